"""Questions that somebody keeps under a name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("monitor", "0016_figuur_weg"),
    ]

    operations = [
        migrations.CreateModel(
            name="Verkenning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("naam", models.CharField(max_length=80, verbose_name="naam")),
                ("vraag", models.CharField(max_length=2000, verbose_name="vraag")),
                ("gedeeld", models.BooleanField(default=False, verbose_name="gedeeld")),
                ("gemaakt_op", models.DateTimeField(auto_now_add=True, verbose_name="gemaakt op")),
                ("gewijzigd_op", models.DateTimeField(auto_now=True, verbose_name="gewijzigd op")),
                (
                    "eigenaar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verkenningen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "weergave",
                "verbose_name_plural": "weergaven",
                "ordering": ["naam", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("eigenaar", "naam"), name="verkenning_naam_uniek"),
                ],
            },
        ),
    ]
