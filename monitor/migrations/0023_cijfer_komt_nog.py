from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("monitor", "0022_opmerking"),
    ]

    operations = [
        migrations.AlterField(
            model_name="doelbereik",
            name="oordeel",
            field=models.CharField(
                choices=[
                    ("niet_behaald", "Niet behaald"),
                    ("achter", "Achter"),
                    ("aandacht", "Aandacht"),
                    ("onvolledig", "Onvolledig"),
                    ("geen_meting", "Geen meting"),
                    ("niet_te_onderscheiden", "Niet te onderscheiden"),
                    ("op_koers", "Op koers"),
                    ("behaald", "Behaald"),
                    ("alleen_monitoring", "Alleen monitoring"),
                    ("doel_onbekend", "Doel onbekend"),
                    ("geen_doel", "Geen doel"),
                    ("nog_niet_verschuldigd", "Cijfer komt nog"),
                ],
                max_length=22,
                verbose_name="oordeel",
            ),
        ),
        migrations.AlterField(
            model_name="doelbereik",
            name="stand",
            field=models.CharField(
                choices=[
                    ("geleverd", "Geleverd"),
                    ("noemer_nul", "Noemer is 0"),
                    ("niet_van_alle", "Nog niet van alle onderdelen"),
                    ("nb", "Nog niet bekend (nb)"),
                    ("geen_meting", "Geen meting"),
                    ("nog_niet_verschuldigd", "Cijfer komt nog"),
                    ("niet_van_toepassing", "Niet van toepassing"),
                ],
                max_length=22,
                verbose_name="stand",
            ),
        ),
    ]
