from django.db import migrations


class Migration(migrations.Migration):
    """Figures are derived: those of the other table are simply drawn again."""

    dependencies = [("common", "0005_figuur"), ("monitor", "0015_toezicht")]

    operations = [migrations.DeleteModel(name="Figuur")]
