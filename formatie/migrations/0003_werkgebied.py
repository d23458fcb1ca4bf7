"""Which basisteam works in which municipality; pages are made from it, so what is written to it is noted."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

NOTEER = """
CREATE TRIGGER noteer_wijziging AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON formatie_werkgebied
FOR EACH STATEMENT EXECUTE FUNCTION noteer_wijziging()
"""
NIET_MEER = "DROP TRIGGER noteer_wijziging ON formatie_werkgebied"


class Migration(migrations.Migration):
    dependencies = [
        ("formatie", "0002_bezetting"),
        ("monitor", "0002_wijzigingen"),  # makes the function that notes
    ]

    operations = [
        migrations.CreateModel(
            name="Werkgebied",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gebied", models.CharField(blank=True, max_length=80, verbose_name="deel van de gemeente")),
                (
                    "grond",
                    models.CharField(
                        choices=[("bron", "een bron noemt het"), ("naam", "op grond van de naam")],
                        max_length=4,
                        verbose_name="grond",
                    ),
                ),
                ("bron", models.CharField(max_length=300, verbose_name="bron")),
                ("bronregel", models.CharField(blank=True, max_length=40, verbose_name="bronregel")),
                ("geldig_vanaf", models.DateField(blank=True, null=True, verbose_name="geldig vanaf")),
                ("geldig_tot", models.DateField(blank=True, null=True, verbose_name="geldig tot")),
                (
                    "basisteam",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="werkgebieden",
                        to="formatie.onderdeel",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="werkgebieden",
                        to="formatie.gemeente",
                    ),
                ),
            ],
            options={
                "verbose_name": "werkgebied",
                "verbose_name_plural": "werkgebieden",
                "ordering": ["gemeente", "basisteam", "gebied"],
                "constraints": [
                    models.UniqueConstraint(fields=("basisteam", "gemeente", "gebied"), name="werkgebied_uniek"),
                    models.CheckConstraint(
                        condition=Q(geldig_vanaf=None) | Q(geldig_tot=None) | Q(geldig_tot__gt=F("geldig_vanaf")),
                        name="werkgebied_geldigheid",
                    ),
                ],
            },
        ),
        migrations.RunSQL(NOTEER, NIET_MEER),
    ]
