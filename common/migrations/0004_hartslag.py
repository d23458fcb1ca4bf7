import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("common", "0003_spoor")]

    operations = [
        migrations.CreateModel(
            name="Hartslag",
            fields=[
                ("naam", models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name="naam")),
                (
                    "op",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="op"),
                ),
            ],
            options={"verbose_name": "hartslag", "verbose_name_plural": "hartslagen"},
        ),
    ]
