"""Comments on a value, a row of bezetting and an import, and whom they mention."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

TABEL = "monitor_vermelding"  # what waits for who is mentioned stands around every page
NOTEER = f"""
CREATE TRIGGER noteer_wijziging AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {TABEL}
FOR EACH STATEMENT EXECUTE FUNCTION noteer_wijziging()
"""
NIET_MEER = f"DROP TRIGGER noteer_wijziging ON {TABEL}"


class Migration(migrations.Migration):
    dependencies = [
        ("formatie", "0003_werkgebied"),
        ("monitor", "0021_eigenaarschap"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Opmerking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "soort",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("basisteam", "Basisteam"),
                            ("leiding", "Leiding en ondersteuning"),
                            ("flexteam", "Flexteam"),
                            ("districtsrecherche", "Districtsrecherche"),
                            ("grens", "Grenstoezicht"),
                        ],
                        max_length=24,
                        verbose_name="soort bezetting",
                    ),
                ),
                ("jaar", models.PositiveSmallIntegerField(null=True, verbose_name="jaar")),
                ("kwartaal", models.PositiveSmallIntegerField(null=True, verbose_name="kwartaal")),
                ("op", models.DateTimeField(verbose_name="geplaatst op")),
                ("tekst", models.TextField(max_length=2000, verbose_name="opmerking")),
                ("merk", models.CharField(max_length=64, verbose_name="merk van het formulier")),
                ("demo", models.BooleanField(default=False, verbose_name="fictief")),
                (
                    "bestand",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="monitor.import",
                        verbose_name="import",
                    ),
                ),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="geplaatst door",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="monitor.indicator"
                    ),
                ),
                (
                    "onderdeel",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="formatie.onderdeel",
                    ),
                ),
            ],
            options={
                "verbose_name": "opmerking",
                "verbose_name_plural": "opmerkingen",
                "ordering": ["op", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Vermelding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gezien_op", models.DateTimeField(null=True, verbose_name="gezien op")),
                (
                    "opmerking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="vermeldingen", to="monitor.opmerking"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="wie",
                    ),
                ),
            ],
            options={
                "verbose_name": "vermelding",
                "verbose_name_plural": "vermeldingen",
                "ordering": ["opmerking", "user"],
            },
        ),
        migrations.AddField(
            model_name="opmerking",
            name="genoemd",
            field=models.ManyToManyField(related_name="+", through="monitor.Vermelding", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name="vermelding",
            index=models.Index(condition=models.Q(("gezien_op", None)), fields=["user"], name="vermelding_wacht"),
        ),
        migrations.AddConstraint(
            model_name="vermelding",
            constraint=models.UniqueConstraint(fields=("opmerking", "user"), name="vermelding_een_per_persoon"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vermelding",
            trigger=pgtrigger.compiler.Trigger(
                name="niet_wijzigen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."opmerking_id" IS DISTINCT FROM (NEW."opmerking_id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="5701878f2df8c50b96ba5d793a0c1efb799c1499",
                    operation="UPDATE",
                    pgid="pgtrigger_niet_wijzigen_876be",
                    table="monitor_vermelding",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vermelding",
            trigger=pgtrigger.compiler.Trigger(
                name="niet_verwijderen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="7d523a12d910e346b4fc2b4834240b6c5537993d",
                    operation="DELETE",
                    pgid="pgtrigger_niet_verwijderen_a2723",
                    table="monitor_vermelding",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="opmerking",
            index=models.Index(fields=["jaar", "kwartaal", "onderdeel"], name="opmerking_plek"),
        ),
        migrations.AddIndex(
            model_name="opmerking",
            index=models.Index(
                condition=models.Q(("bestand__isnull", False)), fields=["bestand"], name="opmerking_bestand"
            ),
        ),
        migrations.AddConstraint(
            model_name="opmerking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("indicator__isnull", False),
                        ("jaar__isnull", False),
                        ("kwartaal__isnull", False),
                        ("onderdeel__isnull", False),
                        ("bestand", None),
                        ("soort", ""),
                    ),
                    models.Q(
                        ("indicator", None),
                        ("jaar__isnull", False),
                        ("kwartaal__isnull", False),
                        ("onderdeel__isnull", False),
                        models.Q(("soort", ""), _negated=True),
                        ("bestand", None),
                    ),
                    models.Q(
                        ("bestand__isnull", False),
                        ("indicator", None),
                        ("jaar", None),
                        ("kwartaal", None),
                        ("onderdeel", None),
                        ("soort", ""),
                    ),
                    _connector="OR",
                ),
                name="opmerking_een_plek",
            ),
        ),
        migrations.AddConstraint(
            model_name="opmerking",
            constraint=models.CheckConstraint(
                condition=models.Q(("kwartaal", None), ("kwartaal__range", (1, 4)), _connector="OR"),
                name="opmerking_kwartaal",
            ),
        ),
        migrations.AddConstraint(
            model_name="opmerking",
            constraint=models.CheckConstraint(
                condition=models.Q(("tekst", ""), _negated=True), name="opmerking_niet_leeg"
            ),
        ),
        migrations.AddConstraint(
            model_name="opmerking",
            constraint=models.UniqueConstraint(fields=("door", "merk"), name="opmerking_een_per_formulier"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="opmerking",
            trigger=pgtrigger.compiler.Trigger(
                name="niet_wijzigen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="6337448788dc7d9516b448619e7049bea97cf398",
                    operation="UPDATE",
                    pgid="pgtrigger_niet_wijzigen_1d74e",
                    table="monitor_opmerking",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="opmerking",
            trigger=pgtrigger.compiler.Trigger(
                name="niet_verwijderen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NOT OLD."demo")',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="0550c83c8f1f21c5d367c9265a213c1d639eb054",
                    operation="DELETE",
                    pgid="pgtrigger_niet_verwijderen_7d4b8",
                    table="monitor_opmerking",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(NOTEER, NIET_MEER),
    ]
