import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Kolomkeuze",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tabel", models.SlugField(max_length=40, verbose_name="tabel")),
                ("verborgen", models.JSONField(default=list, verbose_name="verborgen kolommen")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kolomkeuzes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "kolomkeuze",
                "verbose_name_plural": "kolomkeuzes",
                "ordering": ["user", "tabel"],
                "constraints": [models.UniqueConstraint(fields=("user", "tabel"), name="kolomkeuze_een_per_tabel")],
            },
        ),
    ]
