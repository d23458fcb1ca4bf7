"""Alarms about the trail; and of what was there before the trail kept rows, one event each that says how it stands."""

from django.db import migrations, models

TABELLEN = {
    "meting": "monitor_meting",
    "doelstelling": "monitor_doelstelling",
    "definitieversie": "monitor_definitieversie",
    "grensbesluit": "monitor_grensbesluit",
    "afsluiting": "monitor_afsluiting",
    "bezetting": "formatie_bezetting",
    "rolvervulling": "accounts_rolvervulling",
    "user": "accounts_user",
}
# Of an account never the password.
ACCOUNT = (
    "jsonb_build_object('id', id, 'username', username, 'first_name', first_name, 'last_name', last_name, "
    "'email', email, 'is_active', is_active, 'is_staff', is_staff, 'is_superuser', is_superuser, 'demo', demo)"
)
NEEM_OVER = """
INSERT INTO common_auditevent (
    op, door_naam, handeling, object_soort, object_id, object_naam, reden, herkomst, stand
)
SELECT now(), 'het systeem', 'overgenomen', '{soort}', id::text, '{soort} ' || id, '', 'migratie', {stand}
FROM {tabel} AS rij ORDER BY id
"""


def neem_over(soort, tabel):
    stand = ACCOUNT if soort == "user" else "to_jsonb(rij)"
    return NEEM_OVER.format(soort=soort, tabel=tabel, stand=stand)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_gemeente"),
        ("common", "0003_spoor"),
        ("formatie", "0003_werkgebied"),
        ("monitor", "0014_niet_van_alle"),
    ]

    operations = [
        migrations.CreateModel(
            name="Spooralarm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tekst", models.TextField(verbose_name="wat er niet klopt")),
                ("gevonden_op", models.DateTimeField(verbose_name="gevonden op")),
                ("gemeld_op", models.DateTimeField(null=True, verbose_name="gemeld op")),
                ("hersteld_op", models.DateTimeField(null=True, verbose_name="niet meer gevonden op")),
            ],
            options={
                "verbose_name": "alarm over het spoor",
                "verbose_name_plural": "alarmen over het spoor",
                "ordering": ["-gevonden_op", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("hersteld_op", None)), fields=("tekst",), name="spooralarm_een_per_fout"
                    )
                ],
            },
        ),
        *(migrations.RunSQL(neem_over(*een), migrations.RunSQL.noop) for een in TABELLEN.items()),
    ]
