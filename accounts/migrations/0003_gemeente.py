"""An RVO member sits there for a municipality."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_toewijzing"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="rolvervulling", name="rolvervulling_uniek"),
        migrations.AddField(
            model_name="rolvervulling",
            name="gemeente_slug",
            field=models.SlugField(
                blank=True, help_text="Alleen bij een RVO-lid: wiens burgemeester.", verbose_name="gemeente"
            ),
        ),
        migrations.AddConstraint(
            model_name="rolvervulling",
            constraint=models.UniqueConstraint(
                fields=("user", "rol", "onderdeel_code", "thema_slug", "gemeente_slug"), name="rolvervulling_uniek"
            ),
        ),
        migrations.AddConstraint(
            model_name="rolvervulling",
            constraint=models.CheckConstraint(
                condition=Q(gemeente_slug="") | Q(rol="rvo-lid"),
                name="rolvervulling_gemeente",
                violation_error_message="Alleen een RVO-lid heeft een gemeente.",
            ),
        ),
    ]
