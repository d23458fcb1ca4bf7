"""A target holds from a day of its own year or before, and after the one it replaces."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("monitor", "0008_grensbesluit"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="doelstelling",
            trigger=pgtrigger.compiler.Trigger(
                name="zijn_geldigheid",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NEW.geldig_vanaf > make_date(NEW.jaar, 12, 31) OR EXISTS (\n    SELECT 1 FROM monitor_doelstelling WHERE id = NEW.vervangt_id AND geldig_vanaf >= NEW.geldig_vanaf\n) THEN\n    RAISE EXCEPTION 'doel van % geldt niet vanaf %', NEW.jaar, NEW.geldig_vanaf USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n",
                    hash="5feb1df3c01241d41b3adb04f7653d9a6a1915ef",
                    operation='INSERT OR UPDATE OF "jaar", "geldig_vanaf", "vervangt_id"',
                    pgid="pgtrigger_zijn_geldigheid_22d4f",
                    table="monitor_doelstelling",
                    when="BEFORE",
                ),
            ),
        ),
    ]
