"""What the organisation is, decided on the site; a municipality has a population, and a work area can begin again."""

from __future__ import annotations

import django.core.serializers.json
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

NOTEER = """
CREATE TRIGGER noteer_wijziging AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON formatie_organisatiebesluit
FOR EACH STATEMENT EXECUTE FUNCTION noteer_wijziging()
"""
NIET_MEER = "DROP TRIGGER noteer_wijziging ON formatie_organisatiebesluit"


class Migration(migrations.Migration):
    dependencies = [
        ("formatie", "0003_werkgebied"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisatiebesluit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staat",
                    models.CharField(
                        choices=[
                            ("concept", "Concept"),
                            ("ingediend", "Ingediend"),
                            ("vastgesteld", "Vastgesteld"),
                            ("afgekeurd", "Teruggestuurd"),
                            ("vervangen", "Vervangen"),
                        ],
                        default="concept",
                        max_length=12,
                        verbose_name="staat",
                    ),
                ),
                ("ingevoerd_op", models.DateTimeField(verbose_name="ingevoerd op")),
                ("ingediend_op", models.DateTimeField(blank=True, null=True, verbose_name="ingediend op")),
                ("vastgesteld_op", models.DateTimeField(blank=True, null=True, verbose_name="vastgesteld op")),
                ("afgekeurd_op", models.DateTimeField(blank=True, null=True, verbose_name="teruggestuurd op")),
                ("afkeurreden", models.TextField(blank=True, max_length=2000, verbose_name="reden van terugsturen")),
                ("vervangreden", models.TextField(blank=True, max_length=2000, verbose_name="reden van de correctie")),
                ("vervangen_op", models.DateTimeField(blank=True, null=True, verbose_name="vervangen op")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("werkgebied", "Werkgebied"),
                            ("inwonertal", "Inwonertal"),
                            ("agenda", "Agenda"),
                            ("organisatie", "Organisatie"),
                            ("formatieplan", "Formatieplan"),
                        ],
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                ("plek", models.CharField(max_length=120, verbose_name="waarover, als kenmerk")),
                ("naam", models.CharField(max_length=200, verbose_name="waarover")),
                ("vanaf", models.DateField(verbose_name="vanaf")),
                ("bron", models.CharField(max_length=300, verbose_name="bron")),
                ("bronregel", models.CharField(blank=True, max_length=40, verbose_name="bronregel")),
                ("reden", models.TextField(blank=True, max_length=2000, verbose_name="toelichting")),
                (
                    "rijen",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="rijen"),
                ),
            ],
            options={
                "verbose_name": "besluit over de organisatie",
                "verbose_name_plural": "besluiten over de organisatie",
                "ordering": ["soort", "naam", "id"],
                "abstract": False,
            },
        ),
        migrations.AlterModelOptions(
            name="inwonertal",
            options={
                "ordering": ["onderdeel", "gemeente", "peildatum"],
                "verbose_name": "inwonertal",
                "verbose_name_plural": "inwonertallen",
            },
        ),
        migrations.RemoveConstraint(
            model_name="inwonertal",
            name="inwonertal_een_per_dag",
        ),
        migrations.RemoveConstraint(
            model_name="werkgebied",
            name="werkgebied_uniek",
        ),
        migrations.AddField(
            model_name="inwonertal",
            name="gemeente",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inwonertallen",
                to="formatie.gemeente",
            ),
        ),
        migrations.AlterField(
            model_name="inwonertal",
            name="onderdeel",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inwonertallen",
                to="formatie.onderdeel",
            ),
        ),
        migrations.AddConstraint(
            model_name="inwonertal",
            constraint=models.UniqueConstraint(
                fields=("onderdeel", "gemeente", "peildatum"), name="inwonertal_een_per_dag", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="inwonertal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gemeente__isnull", False), ("onderdeel", None)),
                    models.Q(("gemeente", None), ("onderdeel__isnull", False)),
                    _connector="OR",
                ),
                name="inwonertal_van_een",
            ),
        ),
        migrations.AddConstraint(
            model_name="werkgebied",
            constraint=models.UniqueConstraint(
                fields=("basisteam", "gemeente", "gebied", "geldig_vanaf"),
                name="werkgebied_uniek",
                nulls_distinct=False,
            ),
        ),
        migrations.AddField(
            model_name="organisatiebesluit",
            name="afgekeurd_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="teruggestuurd door",
            ),
        ),
        migrations.AddField(
            model_name="organisatiebesluit",
            name="ingevoerd_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ingevoerd door",
            ),
        ),
        migrations.AddField(
            model_name="organisatiebesluit",
            name="vastgesteld_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="vastgesteld door",
            ),
        ),
        migrations.AddField(
            model_name="organisatiebesluit",
            name="vervangt",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="vervanger",
                to="formatie.organisatiebesluit",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisatiebesluit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("vastgesteld_door", None),
                    ("ingevoerd_door", None),
                    models.Q(("vastgesteld_door", models.F("ingevoerd_door")), _negated=True),
                    _connector="OR",
                ),
                name="organisatiebesluit_vaststeller_is_niet_invoerder",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisatiebesluit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("staat__in", ("vastgesteld", "vervangen")), ("vastgesteld_op__isnull", False)),
                    models.Q(
                        ("staat__in", ("concept", "ingediend", "afgekeurd")),
                        ("vastgesteld_door", None),
                        ("vastgesteld_op", None),
                    ),
                    _connector="OR",
                ),
                name="organisatiebesluit_vaststelling_compleet",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisatiebesluit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("afgekeurd_door__isnull", False),
                        ("afgekeurd_op__isnull", False),
                        ("staat", "afgekeurd"),
                        models.Q(("afkeurreden", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("staat", "afgekeurd"), _negated=True),
                        ("afgekeurd_door", None),
                        ("afgekeurd_op", None),
                        ("afkeurreden", ""),
                    ),
                    _connector="OR",
                ),
                name="organisatiebesluit_terugsturen_compleet",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisatiebesluit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("vervangreden", ""), ("vervangt", None)),
                    models.Q(("vervangt__isnull", False), models.Q(("vervangreden", ""), _negated=True)),
                    _connector="OR",
                ),
                name="organisatiebesluit_correctie_heeft_reden",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisatiebesluit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("staat", "vervangen"), ("vervangen_op__isnull", False)),
                    models.Q(models.Q(("staat", "vervangen"), _negated=True), ("vervangen_op", None)),
                    _connector="OR",
                ),
                name="organisatiebesluit_vervangen_compleet",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisatiebesluit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("staat__in", ("concept", "ingediend", "afgekeurd"))),
                fields=("soort", "plek"),
                name="organisatiebesluit_een_openstaande",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisatiebesluit",
            constraint=models.CheckConstraint(
                condition=models.Q(("vastgesteld_op", None), ("vastgesteld_door__isnull", False), _connector="OR"),
                name="organisatiebesluit_vaststelling_heeft_persoon",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisatiebesluit",
            constraint=models.CheckConstraint(
                condition=models.Q(("bron", ""), _negated=True), name="organisatiebesluit_heeft_bron"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisatiebesluit",
            trigger=pgtrigger.compiler.Trigger(
                name="vastgesteld_niet_wijzigen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."staat" IN (\'vastgesteld\', \'vervangen\') AND (OLD."soort" IS DISTINCT FROM (NEW."soort") OR OLD."plek" IS DISTINCT FROM (NEW."plek") OR OLD."naam" IS DISTINCT FROM (NEW."naam") OR OLD."vanaf" IS DISTINCT FROM (NEW."vanaf") OR OLD."bron" IS DISTINCT FROM (NEW."bron") OR OLD."bronregel" IS DISTINCT FROM (NEW."bronregel") OR OLD."reden" IS DISTINCT FROM (NEW."reden") OR OLD."rijen" IS DISTINCT FROM (NEW."rijen") OR OLD."ingevoerd_door_id" IS DISTINCT FROM (NEW."ingevoerd_door_id") OR OLD."vastgesteld_door_id" IS DISTINCT FROM (NEW."vastgesteld_door_id") OR OLD."vastgesteld_op" IS DISTINCT FROM (NEW."vastgesteld_op") OR OLD."vervangt_id" IS DISTINCT FROM (NEW."vervangt_id")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="12f5cd03929cd269daaa35438ea7327a6186b6ba",
                    operation="UPDATE",
                    pgid="pgtrigger_vastgesteld_niet_wijzigen_c2e10",
                    table="formatie_organisatiebesluit",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisatiebesluit",
            trigger=pgtrigger.compiler.Trigger(
                name="niet_verwijderen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NOT (OLD.\"staat\" IN ('concept', 'afgekeurd')))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="850184919fdb62b3738a37ae3ad3d1c5c2064f85",
                    operation="DELETE",
                    pgid="pgtrigger_niet_verwijderen_975b6",
                    table="formatie_organisatiebesluit",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(NOTEER, NIET_MEER),
    ]
