from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("common", "0004_hartslag")]

    operations = [
        migrations.CreateModel(
            name="Figuur",
            fields=[
                (
                    "sleutel",
                    models.CharField(max_length=160, primary_key=True, serialize=False, verbose_name="sleutel"),
                ),
                ("generatie", models.CharField(blank=True, max_length=80, verbose_name="generatie")),
                ("merk", models.CharField(db_index=True, max_length=64, verbose_name="merk")),
                ("beeld", models.BinaryField(verbose_name="beeld als gecomprimeerde JSON")),
                ("plotly", models.BinaryField(verbose_name="figuur als gecomprimeerde JSON")),
                ("svg", models.TextField(blank=True, verbose_name="tekening zonder script")),
                ("getekend_op", models.DateTimeField(auto_now=True, verbose_name="getekend op")),
            ],
            options={"verbose_name": "figuur", "verbose_name_plural": "figuren"},
        ),
    ]
