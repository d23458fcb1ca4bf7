"""Note of which table something was written, and also that somebody typed; see common.pagina.cache."""

from django.db import migrations

_FUNCTIE = """
CREATE OR REPLACE FUNCTION noteer_wijziging() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO common_wijziging {};
    RETURN NULL;
END $$
"""
MET_TABEL = _FUNCTIE.format("(tabel) VALUES (TG_TABLE_NAME)")
ZONDER = _FUNCTIE.format("DEFAULT VALUES")
NOTEER = """
CREATE TRIGGER noteer_wijziging AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON monitor_concept
FOR EACH STATEMENT EXECUTE FUNCTION noteer_wijziging()
"""
NIET_MEER = "DROP TRIGGER noteer_wijziging ON monitor_concept"


class Migration(migrations.Migration):
    dependencies = [("common", "0006_wijziging_tabel"), ("monitor", "0023_cijfer_komt_nog")]

    operations = [migrations.RunSQL(MET_TABEL, ZONDER), migrations.RunSQL(NOTEER, NIET_MEER)]
