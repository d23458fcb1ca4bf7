import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Tables of libraries that kept this before. Every session of before ends.
VROEGER = (
    "django_session",
    "axes_accessattempt",
    "axes_accessattemptexpiration",
    "axes_accessfailurelog",
    "axes_accesslog",
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_admin_weg")]

    operations = [
        migrations.CreateModel(
            name="Misser",
            fields=[
                ("sleutel", models.CharField(max_length=80, primary_key=True, serialize=False, verbose_name="van")),
                ("aantal", models.PositiveIntegerField(verbose_name="aantal")),
                ("sinds", models.DateTimeField(db_index=True, verbose_name="sinds")),
            ],
            options={"verbose_name": "mislukte poging", "verbose_name_plural": "mislukte pogingen"},
        ),
        migrations.CreateModel(
            name="Sessie",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("gezien_op", models.DateTimeField(db_index=True, verbose_name="laatst gebruikt")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "sessie", "verbose_name_plural": "sessies"},
        ),
        migrations.RunSQL(
            "; ".join(f"DROP TABLE IF EXISTS {tabel} CASCADE" for tabel in VROEGER), migrations.RunSQL.noop
        ),
    ]
