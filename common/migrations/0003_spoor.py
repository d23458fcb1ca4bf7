from pathlib import Path

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import common.vaststellen.audit

KETEN = Path(__file__).with_suffix(".sql")
WEG = """
DROP TRIGGER spoor_meld_aan ON common_auditevent;
DROP TRIGGER spoor_sluit_aan ON common_schakel;
DROP FUNCTION spoor_meld_aan, spoor_sluit_aan, spoor_verzegel, spoor_hash, spoor_tekst;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0002_kolomkeuze"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditevent",
            name="stand",
            field=models.JSONField(
                editable=False, encoder=common.vaststellen.audit.AlsTekst, null=True, verbose_name="de rij erna"
            ),
        ),
        migrations.CreateModel(
            name="Schakel",
            fields=[
                (
                    "gebeurtenis",
                    models.BigIntegerField(primary_key=True, serialize=False, verbose_name="gebeurtenis"),
                ),
                ("nummer", models.BigIntegerField(null=True, unique=True, verbose_name="nummer")),
                ("vorige", models.CharField(max_length=64, verbose_name="hash van de vorige")),
                ("hash", models.CharField(max_length=64, verbose_name="hash")),
            ],
            options={"verbose_name": "schakel", "verbose_name_plural": "schakels", "ordering": ["nummer"]},
        ),
        migrations.RunSQL(KETEN.read_text(encoding="utf-8"), WEG),
        pgtrigger.migrations.AddTrigger(
            model_name="schakel",
            trigger=pgtrigger.compiler.Trigger(
                name="eens_verzegeld_blijft",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."nummer" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="e6bb8e3228ce963ec429d12b36b08bc5fad68a1d",
                    operation="UPDATE",
                    pgid="pgtrigger_eens_verzegeld_blijft_e1256",
                    table="common_schakel",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schakel",
            trigger=pgtrigger.compiler.Trigger(
                name="niet_verwijderen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="6ce295bc06c43db1c709fc15ff368019fcfd4f06",
                    operation="DELETE",
                    pgid="pgtrigger_niet_verwijderen_f023a",
                    table="common_schakel",
                    when="BEFORE",
                ),
            ),
        ),
    ]
