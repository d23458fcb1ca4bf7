from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("common", "0005_figuur")]

    operations = [
        migrations.AddField(
            model_name="wijziging",
            name="tabel",
            field=models.CharField(blank=True, db_default="", max_length=63, verbose_name="tabel"),
        ),
    ]
