"""The sheet of an indicator per agenda, and its first and last quarter; see common.pagina.cache for the notes."""

from __future__ import annotations

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

NOTEER = """
CREATE TRIGGER noteer_wijziging AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {tabel}
FOR EACH STATEMENT EXECUTE FUNCTION noteer_wijziging()
"""
NIET_MEER = "DROP TRIGGER noteer_wijziging ON {tabel}"
TABELLEN = ("monitor_definitie", "monitor_definitie_niet_voor")


class Migration(migrations.Migration):
    dependencies = [
        ("formatie", "0003_werkgebied"),
        ("monitor", "0012_seizoen_en_grenzen"),
        ("strategie", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Definitie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("naam", models.CharField(max_length=160, verbose_name="naam")),
                ("definitie", models.TextField(verbose_name="definitie")),
                ("telregel", models.TextField(verbose_name="telregel")),
                ("bron", models.CharField(max_length=300, verbose_name="bron van de cijfers")),
                ("opmerking", models.TextField(blank=True, verbose_name="opmerking")),
                ("decimalen", models.PositiveSmallIntegerField(default=0, verbose_name="decimalen in beeld")),
                (
                    "richting",
                    models.CharField(
                        choices=[("hoger", "Hoger is beter"), ("lager", "Lager is beter"), ("geen", "Geen richting")],
                        max_length=6,
                        verbose_name="richting",
                    ),
                ),
                (
                    "frequentie",
                    models.CharField(
                        choices=[
                            ("kwartaal", "Elk kwartaal"),
                            ("halfjaar", "Elk halfjaar"),
                            ("jaar", "Elk jaar"),
                            ("tweejaarlijks", "Elke twee jaar"),
                        ],
                        max_length=14,
                        verbose_name="frequentie",
                    ),
                ),
                (
                    "eerste_jaar",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="eerste jaar van een tweejaarlijkse meting"
                    ),
                ),
                (
                    "niveau",
                    models.CharField(
                        choices=[("eenheid", "Eenheid"), ("district", "District"), ("basisteam", "Basisteam")],
                        max_length=10,
                        verbose_name="niveau",
                    ),
                ),
                (
                    "verwachting",
                    models.CharField(
                        choices=[
                            ("lineair", "Gelijkmatig over het jaar"),
                            ("stap", "In één keer, vanaf een kwartaal"),
                            ("seizoen", "Volgens het patroon van eerdere jaren"),
                        ],
                        default="lineair",
                        max_length=8,
                        verbose_name="verwachting",
                    ),
                ),
                (
                    "stap_kwartaal",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="kwartaal van de stap"),
                ),
                (
                    "grenzen_per_kwartaal",
                    models.BooleanField(
                        default=False,
                        help_text="Elk kwartaal wordt vergeleken met hetzelfde kwartaal.",
                        verbose_name="grenzen per kwartaal",
                    ),
                ),
                (
                    "vanaf",
                    models.CharField(
                        blank=True, help_text="Bijvoorbeeld 2026-Q3.", max_length=7, verbose_name="eerste kwartaal"
                    ),
                ),
                (
                    "tot",
                    models.CharField(
                        blank=True, help_text="Bijvoorbeeld 2026-Q4.", max_length=7, verbose_name="laatste kwartaal"
                    ),
                ),
            ],
            options={
                "verbose_name": "definitie in een latere agenda",
                "verbose_name_plural": "definities in latere agenda's",
                "ordering": ["indicator", "agenda"],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="definitieversie",
            name="vastgesteld_niet_wijzigen",
        ),
        migrations.RemoveConstraint(
            model_name="definitieversie",
            name="definitieversie_een_geldende",
        ),
        migrations.AddField(
            model_name="definitieversie",
            name="agenda",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="strategie.agenda",
                verbose_name="latere agenda",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="tot",
            field=models.CharField(
                blank=True, help_text="Bijvoorbeeld 2026-Q4.", max_length=7, verbose_name="laatste kwartaal"
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="vanaf",
            field=models.CharField(
                blank=True, help_text="Bijvoorbeeld 2026-Q3.", max_length=7, verbose_name="eerste kwartaal"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="definitieversie",
            trigger=pgtrigger.compiler.Trigger(
                name="vastgesteld_niet_wijzigen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."staat" IN (\'vastgesteld\', \'vervangen\') AND (OLD."indicator_id" IS DISTINCT FROM (NEW."indicator_id") OR OLD."agenda_id" IS DISTINCT FROM (NEW."agenda_id") OR OLD."naam" IS DISTINCT FROM (NEW."naam") OR OLD."definitie" IS DISTINCT FROM (NEW."definitie") OR OLD."telregel" IS DISTINCT FROM (NEW."telregel") OR OLD."bron" IS DISTINCT FROM (NEW."bron") OR OLD."frequentie" IS DISTINCT FROM (NEW."frequentie") OR OLD."eerste_jaar" IS DISTINCT FROM (NEW."eerste_jaar") OR OLD."niveau" IS DISTINCT FROM (NEW."niveau") OR OLD."verwachting" IS DISTINCT FROM (NEW."verwachting") OR OLD."grenzen_per_kwartaal" IS DISTINCT FROM (NEW."grenzen_per_kwartaal") OR OLD."eigenaar_id" IS DISTINCT FROM (NEW."eigenaar_id") OR OLD."opmerking" IS DISTINCT FROM (NEW."opmerking") OR OLD."reden" IS DISTINCT FROM (NEW."reden") OR OLD."ingevoerd_door_id" IS DISTINCT FROM (NEW."ingevoerd_door_id") OR OLD."vastgesteld_door_id" IS DISTINCT FROM (NEW."vastgesteld_door_id") OR OLD."vastgesteld_op" IS DISTINCT FROM (NEW."vastgesteld_op") OR OLD."vervangt_id" IS DISTINCT FROM (NEW."vervangt_id")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="2d549cc5e408efd21ad304df8f87700e18ab4074",
                    operation="UPDATE",
                    pgid="pgtrigger_vastgesteld_niet_wijzigen_c101f",
                    table="monitor_definitieversie",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="definitieversie",
            constraint=models.UniqueConstraint(
                condition=models.Q(("staat", "vastgesteld")),
                fields=("indicator", "agenda"),
                name="definitieversie_een_geldende",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("vanaf", ""), ("tot", ""), ("tot__gte", models.F("vanaf")), _connector="OR"),
                name="indicator_kwartalen_op_volgorde",
            ),
        ),
        migrations.AddField(
            model_name="definitie",
            name="agenda",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="definities", to="strategie.agenda"
            ),
        ),
        migrations.AddField(
            model_name="definitie",
            name="indicator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="definities", to="monitor.indicator"
            ),
        ),
        migrations.AddField(
            model_name="definitie",
            name="niet_voor",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="formatie.onderdeel", verbose_name="niet van toepassing op"
            ),
        ),
        migrations.AddConstraint(
            model_name="definitie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("frequentie", "tweejaarlijks"), _negated=True),
                    ("eerste_jaar__isnull", False),
                    _connector="OR",
                ),
                name="definitie_tweejaarlijks_heeft_jaar",
            ),
        ),
        migrations.AddConstraint(
            model_name="definitie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verwachting", "stap"), _negated=True), ("stap_kwartaal__range", (1, 4)), _connector="OR"
                ),
                name="definitie_stap_heeft_kwartaal",
            ),
        ),
        migrations.AddConstraint(
            model_name="definitie",
            constraint=models.CheckConstraint(
                condition=models.Q(("vanaf", ""), ("tot", ""), ("tot__gte", models.F("vanaf")), _connector="OR"),
                name="definitie_kwartalen_op_volgorde",
            ),
        ),
        migrations.AddConstraint(
            model_name="definitie",
            constraint=models.UniqueConstraint(fields=("agenda", "indicator"), name="definitie_uniek"),
        ),
        *(migrations.RunSQL(NOTEER.format(tabel=tabel), NIET_MEER.format(tabel=tabel)) for tabel in TABELLEN),
    ]
