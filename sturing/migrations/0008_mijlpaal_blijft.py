import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sturing", "0007_volging"),
    ]

    operations = [
        migrations.AddField(
            model_name="mijlpaal",
            name="demo",
            field=models.BooleanField(default=False, verbose_name="fictief"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mijlpaal",
            trigger=pgtrigger.compiler.Trigger(
                name="niet_wijzigen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."versie_id" IS DISTINCT FROM (NEW."versie_id") OR OLD."titel" IS DISTINCT FROM (NEW."titel") OR OLD."datum" IS DISTINCT FROM (NEW."datum") OR OLD."gereed_op" IS DISTINCT FROM (NEW."gereed_op") OR OLD."demo" IS DISTINCT FROM (NEW."demo"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="37b30259a1d6b228ccbb7902e2ec9503ed5fe45f",
                    operation="UPDATE",
                    pgid="pgtrigger_niet_wijzigen_cf345",
                    table="sturing_mijlpaal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mijlpaal",
            trigger=pgtrigger.compiler.Trigger(
                name="niet_verwijderen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NOT OLD."demo")',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="0bd5a928d1a1d620a1e4a7a4199f5117621e0be5",
                    operation="DELETE",
                    pgid="pgtrigger_niet_verwijderen_dfd0d",
                    table="sturing_mijlpaal",
                    when="BEFORE",
                ),
            ),
        ),
    ]
