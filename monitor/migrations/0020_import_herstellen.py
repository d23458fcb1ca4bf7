"""Put a file right on the screen, leave wrong rows for later, and remember what a person calls a column."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("monitor", "0019_herinnering"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="koppen",
            field=models.JSONField(default=list, verbose_name="koppen die niet bekend zijn"),
        ),
        migrations.AddField(
            model_name="import",
            name="rest_van",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resten",
                to="monitor.import",
                verbose_name="rest van",
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="weggelaten",
            field=models.PositiveIntegerField(default=0, verbose_name="weggelaten"),
        ),
        migrations.AddField(
            model_name="import",
            name="zonder_reden",
            field=models.PositiveIntegerField(default=0, verbose_name="correcties zonder reden"),
        ),
        migrations.AddField(
            model_name="importregel",
            name="bestandsfouten",
            field=models.JSONField(default=list, verbose_name="fouten van het bestand"),
        ),
        migrations.AddField(
            model_name="importregel",
            name="hersteld",
            field=models.JSONField(default=dict, verbose_name="hersteld"),
        ),
        migrations.AlterField(
            model_name="importregel",
            name="soort",
            field=models.CharField(
                choices=[
                    ("nieuw", "Nieuw"),
                    ("gewijzigd", "Gewijzigd"),
                    ("gelijk", "Gelijk"),
                    ("twijfel", "Twijfelachtig"),
                    ("geweigerd", "Geweigerd"),
                    ("weggelaten", "Weggelaten"),
                ],
                max_length=10,
                verbose_name="soort",
            ),
        ),
        migrations.CreateModel(
            name="Kolomkoppeling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kop", models.CharField(max_length=120, verbose_name="kop")),
                ("kolom", models.CharField(max_length=40, verbose_name="kolom")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gebruiker",
                    ),
                ),
            ],
            options={
                "verbose_name": "kolomkoppeling",
                "verbose_name_plural": "kolomkoppelingen",
                "ordering": ["user", "kop"],
                "constraints": [models.UniqueConstraint(fields=("user", "kop"), name="kolomkoppeling_een_per_kop")],
            },
        ),
    ]
