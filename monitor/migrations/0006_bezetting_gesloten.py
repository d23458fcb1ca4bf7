"""A closed quarter takes no bezetting either, whatever way it comes; the trigger of Meting, for a table of formatie.

Here and not on the model: what is closed is known to monitor, and formatie knows nothing of monitor.
"""

from __future__ import annotations

from django.db import migrations

WEIGER = """
CREATE FUNCTION bezetting_kwartaal_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM monitor_afsluiting WHERE jaar = NEW.jaar AND kwartaal = NEW.kwartaal AND heropend_op IS NULL
    ) THEN
        RAISE EXCEPTION 'kwartaal gesloten: % Q%', NEW.jaar, NEW.kwartaal USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kwartaal_is_open BEFORE INSERT OR UPDATE ON formatie_bezetting
FOR EACH ROW EXECUTE FUNCTION bezetting_kwartaal_is_open()
"""
NIET_MEER = """
DROP TRIGGER kwartaal_is_open ON formatie_bezetting;
DROP FUNCTION bezetting_kwartaal_is_open()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("formatie", "0002_bezetting"),
        ("monitor", "0005_bezetting"),
    ]

    operations = [migrations.RunSQL(WEIGER, NIET_MEER)]
