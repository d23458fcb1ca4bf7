"""Which team went on for which, and how one was called before; pages are made from it, so what is written is noted."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

NOTEER = """
CREATE TRIGGER noteer_wijziging AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON formatie_opvolging
FOR EACH STATEMENT EXECUTE FUNCTION noteer_wijziging();
CREATE TRIGGER noteer_wijziging AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON formatie_eerderenaam
FOR EACH STATEMENT EXECUTE FUNCTION noteer_wijziging()
"""
NIET_MEER = """
DROP TRIGGER noteer_wijziging ON formatie_eerderenaam;
DROP TRIGGER noteer_wijziging ON formatie_opvolging
"""


def _naar(naam: str) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=naam, to="formatie.onderdeel")


class Migration(migrations.Migration):
    dependencies = [("formatie", "0004_bijhouden")]

    operations = [
        migrations.CreateModel(
            name="Opvolging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("vanaf", models.DateField(verbose_name="vanaf")),
                ("van", _naar("opvolgingen")),
                ("naar", _naar("voorgangers")),
            ],
            options={
                "verbose_name": "opvolging",
                "verbose_name_plural": "opvolgingen",
                "ordering": ["vanaf", "van", "naar"],
                "constraints": [
                    models.UniqueConstraint(fields=("van", "naar", "vanaf"), name="opvolging_uniek"),
                    models.CheckConstraint(condition=~Q(van=F("naar")), name="opvolging_door_een_ander"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Eerderenaam",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("naam", models.CharField(max_length=120, verbose_name="naam")),
                ("tot", models.DateField(verbose_name="tot")),
                ("onderdeel", _naar("eerdere_namen")),
            ],
            options={
                "verbose_name": "eerdere naam",
                "verbose_name_plural": "eerdere namen",
                "ordering": ["onderdeel", "tot"],
                "constraints": [models.UniqueConstraint(fields=("onderdeel", "tot"), name="eerdere_naam_een_per_dag")],
            },
        ),
        migrations.RunSQL(NOTEER, NIET_MEER),
    ]
