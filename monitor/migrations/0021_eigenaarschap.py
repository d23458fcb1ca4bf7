"""Owners by day, of indicators, onderdelen and themes; who stood on a definition sheet is taken over.

The notes (``noteer_wijziging``) are for common.pagina.cache: an owner counts while the account is on and a role lets
them enter values, so what roles and accounts become is noted too.
"""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Func, Q, Value

VOORWERPEN = ("indicator", "thema", "onderdeel")
NOTEER = """
CREATE TRIGGER noteer_wijziging AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {tabel}
FOR EACH STATEMENT EXECUTE FUNCTION noteer_wijziging()
"""
NIET_MEER = "DROP TRIGGER IF EXISTS noteer_wijziging ON {tabel}"
NOTEER_ACCOUNT = """
CREATE TRIGGER noteer_wijziging AFTER INSERT OR DELETE OR UPDATE OF username, first_name, last_name, demo{erbij}
ON accounts_user FOR EACH STATEMENT EXECUTE FUNCTION noteer_wijziging()
"""
# From the day on which a sheet that names this owner was first approved.
NEEM_OVER = """
WITH overgenomen AS (
    INSERT INTO monitor_eigenaarschap (persoon_id, indicator_id, geldig_vanaf)
    SELECT i.eigenaar_id, i.id, coalesce(
        (SELECT min(v.vastgesteld_op AT TIME ZONE 'Europe/Amsterdam')::date FROM monitor_definitieversie v
         WHERE v.indicator_id = i.id AND v.eigenaar_id = i.eigenaar_id), current_date)
    FROM monitor_indicator i WHERE i.eigenaar_id IS NOT NULL ORDER BY i.id
    RETURNING *
)
INSERT INTO common_auditevent (
    op, door_naam, handeling, object_soort, object_id, object_naam, naar, reden, herkomst, stand
)
SELECT now(), 'het systeem', 'overgenomen', 'eigenaarschap', rij.id::text, left(u.username || ' voor ' || i.naam, 300),
    jsonb_build_object('indicator', i.naam, 'persoon', u.username), '', 'migratie', to_jsonb(rij)
FROM overgenomen AS rij
JOIN monitor_indicator i ON i.id = rij.indicator_id JOIN accounts_user u ON u.id = rij.persoon_id
"""
GEEF_TERUG = """
UPDATE monitor_indicator SET eigenaar_id = e.persoon_id FROM monitor_eigenaarschap e
WHERE e.indicator_id = monitor_indicator.id
    AND e.geldig_vanaf <= current_date AND coalesce(e.geldig_tot > current_date, true)
"""


def alleen(voorwerp):
    return Q(**{f"{ander}__isnull": ander != voorwerp for ander in VOORWERPEN})


def een_tegelijk(voorwerp):
    return django.contrib.postgres.constraints.ExclusionConstraint(
        name=f"eigenaarschap_een_per_{voorwerp}",
        expressions=[
            (Func(F(voorwerp), F(voorwerp), Value("[]"), function="int8range"), "&&"),
            (Func(F("geldig_vanaf"), F("geldig_tot"), function="daterange"), "&&"),
        ],
        condition=Q(**{f"{voorwerp}__isnull": False}),
    )


def sleutel(naar, verbose_name=None, *, leeg=True):
    naam = {"verbose_name": verbose_name} if verbose_name else {}
    mag_leeg = {"null": True, "blank": True} if leeg else {}
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=naar, **naam, **mag_leeg)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_herinnering_en_kalender"),
        ("common", "0003_spoor"),
        ("formatie", "0003_werkgebied"),
        ("strategie", "0001_initial"),
        ("monitor", "0020_import_herstellen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Eigenaarschap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("persoon", sleutel(settings.AUTH_USER_MODEL, "eigenaar", leeg=False)),
                ("vervanger", sleutel(settings.AUTH_USER_MODEL, "vervanger")),
                ("indicator", sleutel("monitor.indicator")),
                ("onderdeel", sleutel("formatie.onderdeel")),
                ("thema", sleutel("strategie.thema")),
                ("geldig_vanaf", models.DateField(verbose_name="vanaf")),
                ("geldig_tot", models.DateField(blank=True, null=True, verbose_name="tot")),
            ],
            options={
                "verbose_name": "eigenaar",
                "verbose_name_plural": "eigenaren",
                "ordering": ["geldig_vanaf", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=alleen("indicator") | alleen("thema") | alleen("onderdeel"),
                        name="eigenaarschap_van_een_ding",
                    ),
                    models.CheckConstraint(
                        condition=Q(vervanger=None) | ~Q(vervanger=F("persoon")),
                        name="eigenaarschap_vervanger_is_een_ander",
                    ),
                    models.CheckConstraint(
                        condition=Q(geldig_tot=None) | Q(geldig_tot__gte=F("geldig_vanaf")),
                        name="eigenaarschap_geldigheid",
                    ),
                    *(een_tegelijk(voorwerp) for voorwerp in VOORWERPEN),
                ],
            },
        ),
        *(
            migrations.RunSQL(NOTEER.format(tabel=tabel), NIET_MEER.format(tabel=tabel))
            for tabel in ("monitor_eigenaarschap", "accounts_rolvervulling")
        ),
        migrations.RunSQL(
            NIET_MEER.format(tabel="accounts_user") + ";" + NOTEER_ACCOUNT.format(erbij=", is_active"),
            NIET_MEER.format(tabel="accounts_user") + ";" + NOTEER_ACCOUNT.format(erbij=""),
        ),
        migrations.RunSQL(NEEM_OVER, GEEF_TERUG),
        migrations.RemoveField("indicator", "eigenaar"),
    ]
