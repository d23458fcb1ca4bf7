"""Triggers that note every statement on a table that pages are made from; see common.pagina.cache."""

from __future__ import annotations

from django.db import migrations

TABELLEN = (
    "formatie_onderdeel",
    "formatie_gemeente",
    "formatie_formatieplan",
    "formatie_formatieregel",
    "formatie_districtsformatie",
    "formatie_controlesom",
    "strategie_agenda",
    "strategie_opdracht",
    "strategie_thema",
    "strategie_ambitie",
    "strategie_hoofdlijn",
    "strategie_activiteit",
    "strategie_zetel",
    "monitor_indicator",
    "monitor_indicator_niet_voor",
    "monitor_monitorregel",
    "monitor_doelstelling",
    "monitor_meting",
    "monitor_doelbereik",
    "monitor_berekening",
)
# Of a person pages show the name; that someone logged in changes none.
NAMEN = "accounts_user"

FUNCTIE = """
CREATE FUNCTION noteer_wijziging() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO common_wijziging DEFAULT VALUES;
    RETURN NULL;
END $$
"""
BIJ_ALLES = """
CREATE TRIGGER noteer_wijziging AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {tabel}
FOR EACH STATEMENT EXECUTE FUNCTION noteer_wijziging()
"""
BIJ_NAMEN = """
CREATE TRIGGER noteer_wijziging AFTER INSERT OR DELETE OR UPDATE OF username, first_name, last_name, demo ON {tabel}
FOR EACH STATEMENT EXECUTE FUNCTION noteer_wijziging()
"""
WEG = "DROP TRIGGER noteer_wijziging ON {tabel}"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("common", "0001_initial"),
        ("formatie", "0001_initial"),
        ("strategie", "0001_initial"),
        ("monitor", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIE, "DROP FUNCTION noteer_wijziging()"),
        *(migrations.RunSQL(BIJ_ALLES.format(tabel=tabel), WEG.format(tabel=tabel)) for tabel in TABELLEN),
        migrations.RunSQL(BIJ_NAMEN.format(tabel=NAMEN), WEG.format(tabel=NAMEN)),
    ]
