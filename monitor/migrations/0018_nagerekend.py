"""Alarms about figures that are not the same when they are computed by another road."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitor", "0016_figuur_weg")]

    operations = [
        migrations.AddField(
            model_name="spooralarm",
            name="over",
            field=models.CharField(
                choices=[("spoor", "Het spoor"), ("cijfers", "Nagerekende cijfers")],
                default="spoor",
                max_length=8,
                verbose_name="waarover",
            ),
        ),
    ]
