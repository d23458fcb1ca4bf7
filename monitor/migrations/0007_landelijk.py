"""The national targets; pages are made from them, see common.pagina.cache."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

NOTEER = """
CREATE TRIGGER noteer_wijziging AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON monitor_landelijkdoel
FOR EACH STATEMENT EXECUTE FUNCTION noteer_wijziging()
"""
NIET_MEER = "DROP TRIGGER noteer_wijziging ON monitor_landelijkdoel"


class Migration(migrations.Migration):
    dependencies = [
        ("monitor", "0006_bezetting_gesloten"),
    ]

    operations = [
        migrations.CreateModel(
            name="Landelijkdoel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("jaar", models.PositiveSmallIntegerField(verbose_name="jaar")),
                ("streefwaarde", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="streefwaarde")),
                ("eenheid", models.CharField(max_length=30, verbose_name="eenheid")),
                ("bron", models.CharField(max_length=200, verbose_name="bron")),
                ("let_op", models.CharField(blank=True, max_length=300, verbose_name="let op")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="landelijke_doelen",
                        to="monitor.indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "landelijk doel",
                "verbose_name_plural": "landelijke doelen",
                "ordering": ["indicator", "jaar"],
                "constraints": [
                    models.UniqueConstraint(fields=("indicator", "jaar"), name="landelijkdoel_uniek"),
                    models.CheckConstraint(condition=models.Q(("streefwaarde__gt", 0)), name="landelijkdoel_boven_nul"),
                ],
            },
        ),
        migrations.RunSQL(NOTEER, NIET_MEER),
    ]
