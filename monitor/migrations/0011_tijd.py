"""How a ratio combines over the quarters of a year; and of a state more may be there than there are places for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitor", "0010_eenheid_enkelvoud")]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="tijd",
            field=models.CharField(
                choices=[
                    ("optellen", "De kwartalen van een jaar tellen op"),
                    ("laatste", "Het laatste kwartaal telt"),
                ],
                default="optellen",
                max_length=8,
                verbose_name="over de kwartalen van een jaar",
            ),
        ),
        migrations.RemoveConstraint(model_name="meting", name="meting_teller_binnen_noemer"),
        migrations.AddConstraint(
            model_name="meting",
            constraint=models.CheckConstraint(
                condition=models.Q(("noemer", None), models.Q(("noemer__gte", 0), ("teller__gte", 0)), _connector="OR"),
                name="meting_teller_niet_negatief",
            ),
        ),
    ]
