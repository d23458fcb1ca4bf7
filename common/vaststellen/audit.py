"""AuditEvent: who did what to which object, when, from what to what, why and by which door.

The table only grows: a trigger in the database refuses to change or remove a row. It holds names and
ids, no foreign keys, so that it outlives what it speaks of.
"""

from datetime import datetime
from typing import Any

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """One step in the life of one object."""

    op = models.DateTimeField("op")
    door_id = models.BigIntegerField("gebruiker", null=True)
    door_naam = models.CharField("naam", max_length=150)
    handeling = models.CharField("handeling", max_length=40)
    object_soort = models.CharField("soort object", max_length=60)
    object_id = models.CharField("object", max_length=60)
    object_naam = models.CharField("naam van het object", max_length=300)
    van = models.JSONField("van", null=True, encoder=DjangoJSONEncoder)
    naar = models.JSONField("naar", null=True, encoder=DjangoJSONEncoder)
    reden = models.TextField("reden", blank=True)
    herkomst = models.CharField("herkomst", max_length=60)

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_soort", "object_id"], name="audit_object")]
        triggers = [pgtrigger.Protect(name="alleen_toevoegen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.op:%d-%m-%Y %H:%M} {self.door_naam}: {self.handeling} {self.object_naam}"


def gebeurtenis(
    handeling: str,
    voorwerp: models.Model,
    *,
    door: Any | None,
    herkomst: str,
    van: dict[str, Any] | None = None,
    naar: dict[str, Any] | None = None,
    reden: str = "",
    op: datetime | None = None,
) -> AuditEvent:
    """An event that is not saved yet; ``door`` None means the program itself."""
    return AuditEvent(
        op=op or timezone.now(),
        door_id=door.pk if door else None,
        door_naam=str(door) if door else "het systeem",
        handeling=handeling,
        object_soort=voorwerp._meta.model_name or "",
        object_id=str(voorwerp.pk),
        object_naam=str(voorwerp)[:300],
        van=van,
        naar=naar,
        reden=reden,
        herkomst=herkomst,
    )


def leg_vast(gebeurtenissen: list[AuditEvent]) -> None:
    """Write events; call it in the transaction of the change itself."""
    AuditEvent.objects.bulk_create(gebeurtenissen, batch_size=2000)
