"""The admin of Django is gone. What it logged stays where it is, and no longer holds on to an account."""

from __future__ import annotations

from django.db import migrations

LOS = """
DO $$
DECLARE slot record;
BEGIN
    FOR slot IN SELECT conname FROM pg_constraint
                WHERE contype = 'f' AND conrelid = to_regclass('django_admin_log') LOOP
        EXECUTE format('ALTER TABLE django_admin_log DROP CONSTRAINT %I', slot.conname);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_twee_personen")]
    operations = [migrations.RunSQL(LOS, migrations.RunSQL.noop)]
