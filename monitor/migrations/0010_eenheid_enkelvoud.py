"""The word for a unit where the number is 1 (1 verdachte), and the state of a ratio with nothing to divide by."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitor", "0009_geldigheid_van_een_doel")]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="eenheid_enkelvoud",
            field=models.CharField(
                "eenheid in enkelvoud",
                max_length=30,
                blank=True,
                default="",
                help_text="Bij het getal 1; leeg als het woord gelijk is.",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="doelbereik",
            name="stand",
            field=models.CharField(
                "stand",
                max_length=22,
                choices=[
                    ("geleverd", "Geleverd"),
                    ("noemer_nul", "Noemer is 0"),
                    ("nb", "Nog niet bekend (nb)"),
                    ("geen_meting", "Geen meting"),
                    ("nog_niet_verschuldigd", "Nog niet verschuldigd"),
                    ("niet_van_toepassing", "Niet van toepassing"),
                ],
            ),
        ),
    ]
