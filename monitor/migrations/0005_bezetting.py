"""Pages are made from the bezetting too; see common.pagina.cache."""

from __future__ import annotations

from django.db import migrations

TABELLEN = ("formatie_bezetting", "formatie_inwonertal")
NOTEER = """
CREATE TRIGGER noteer_wijziging AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {tabel}
FOR EACH STATEMENT EXECUTE FUNCTION noteer_wijziging()
"""
NIET_MEER = "DROP TRIGGER noteer_wijziging ON {tabel}"


class Migration(migrations.Migration):
    dependencies = [
        ("formatie", "0002_bezetting"),
        ("monitor", "0004_invoer"),
    ]

    operations = [migrations.RunSQL(NOTEER.format(tabel=tabel), NIET_MEER.format(tabel=tabel)) for tabel in TABELLEN]
