from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitor", "0018_nagerekend")]

    operations = [
        # Given up on long ago; whom they were for hears of what still waits in a message of its own.
        migrations.RunSQL("DELETE FROM monitor_herinnering WHERE verzonden_op IS NULL", migrations.RunSQL.noop),
        migrations.RemoveConstraint("herinnering", "herinnering_een_per_dag"),
        migrations.AddField("herinnering", "regels", models.JSONField(default=list, verbose_name="waarover")),
        migrations.AddField(
            "herinnering", "geprobeerd_op", models.DateTimeField(blank=True, null=True, verbose_name="geprobeerd op")
        ),
        migrations.AddConstraint(
            "herinnering",
            models.UniqueConstraint(
                condition=models.Q(("verzonden_op", None)), fields=("user",), name="herinnering_een_onverzonden"
            ),
        ),
    ]
