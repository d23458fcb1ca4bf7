"""How a year builds up and whether limits are per quarter: part of the definition, decided by two persons."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

OVERNEMEN = """
UPDATE monitor_definitieversie AS v SET verwachting = i.verwachting
FROM monitor_indicator AS i WHERE i.id = v.indicator_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("monitor", "0011_tijd"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="definitieversie",
            name="vastgesteld_niet_wijzigen",
        ),
        migrations.AddField(
            model_name="definitieversie",
            name="grenzen_per_kwartaal",
            field=models.BooleanField(default=False, verbose_name="grenzen per kwartaal"),
        ),
        migrations.AddField(
            model_name="definitieversie",
            name="verwachting",
            field=models.CharField(
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
        migrations.RunSQL(OVERNEMEN, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="indicator",
            name="grenzen_per_kwartaal",
            field=models.BooleanField(
                default=False,
                help_text="Elk kwartaal wordt vergeleken met hetzelfde kwartaal.",
                verbose_name="grenzen per kwartaal",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="definitieversie",
            trigger=pgtrigger.compiler.Trigger(
                name="vastgesteld_niet_wijzigen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."staat" IN (\'vastgesteld\', \'vervangen\') AND (OLD."indicator_id" IS DISTINCT FROM (NEW."indicator_id") OR OLD."naam" IS DISTINCT FROM (NEW."naam") OR OLD."definitie" IS DISTINCT FROM (NEW."definitie") OR OLD."telregel" IS DISTINCT FROM (NEW."telregel") OR OLD."bron" IS DISTINCT FROM (NEW."bron") OR OLD."frequentie" IS DISTINCT FROM (NEW."frequentie") OR OLD."eerste_jaar" IS DISTINCT FROM (NEW."eerste_jaar") OR OLD."niveau" IS DISTINCT FROM (NEW."niveau") OR OLD."verwachting" IS DISTINCT FROM (NEW."verwachting") OR OLD."grenzen_per_kwartaal" IS DISTINCT FROM (NEW."grenzen_per_kwartaal") OR OLD."eigenaar_id" IS DISTINCT FROM (NEW."eigenaar_id") OR OLD."opmerking" IS DISTINCT FROM (NEW."opmerking") OR OLD."reden" IS DISTINCT FROM (NEW."reden") OR OLD."ingevoerd_door_id" IS DISTINCT FROM (NEW."ingevoerd_door_id") OR OLD."vastgesteld_door_id" IS DISTINCT FROM (NEW."vastgesteld_door_id") OR OLD."vastgesteld_op" IS DISTINCT FROM (NEW."vastgesteld_op") OR OLD."vervangt_id" IS DISTINCT FROM (NEW."vervangt_id")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="19753fc0c55a84afbe93230d69c01581fad1d68a",
                    operation="UPDATE",
                    pgid="pgtrigger_vastgesteld_niet_wijzigen_c101f",
                    table="monitor_definitieversie",
                    when="BEFORE",
                ),
            ),
        ),
    ]
