import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_missers_en_sessies")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="herinnering",
            field=models.CharField(
                choices=[
                    ("meteen", "Meteen als er iets bij komt, vanaf zeven uur"),
                    ("dagelijks", "Eens per dag, om zeven uur"),
                    ("wekelijks", "Eens per week, op maandag om zeven uur"),
                    ("nooit", "Nooit"),
                ],
                default="dagelijks",
                max_length=10,
                verbose_name="bericht over wat wacht",
            ),
        ),
        migrations.CreateModel(
            name="Kalenderadres",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "vingerafdruk",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="vingerafdruk"),
                ),
                ("gemaakt_op", models.DateTimeField(verbose_name="gemaakt op")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kalenderadres",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gebruiker",
                    ),
                ),
            ],
            options={"verbose_name": "kalenderadres", "verbose_name_plural": "kalenderadressen"},
        ),
    ]
