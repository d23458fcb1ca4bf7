"""AuditEvent: who did what to which object, when, from what to what, why and by which door.

The table only grows: a trigger in the database refuses to change or remove a row. It holds names and
ids, no foreign keys, so that it outlives what it speaks of. When its transaction ends the database itself
links each row to the one before (``common.spoor.keten``).

Of a model with ``SPOORVELDEN`` an event keeps the whole row as it stands after the act (``stand``), so that a row
that does not follow from its trail can be found.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils import timezone

ALLE_VELDEN = ("*",)


class AlsTekst(json.JSONEncoder):
    """What is to be written is JSON already, made by the database: numbers stay exact."""

    def encode(self, o: Any) -> str:
        return o if isinstance(o, str) else super().encode(o)


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
    stand = models.JSONField("de rij erna", null=True, editable=False, encoder=AlsTekst)

    voorwerp: models.Model | None = None
    """What it is about, until it is written."""

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
    nieuw = AuditEvent(
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
    nieuw.voorwerp = voorwerp
    return nieuw


def leg_vast(gebeurtenissen: list[AuditEvent]) -> None:
    """Write events; call it in the transaction of the change itself, after the change."""
    _vul_standen(gebeurtenissen)
    AuditEvent.objects.bulk_create(gebeurtenissen, batch_size=2000)


def _vul_standen(gebeurtenissen: Iterable[AuditEvent]) -> None:
    """One query per kind; of a row that is gone there is nothing to keep."""
    per_soort: dict[type[models.Model], list[AuditEvent]] = defaultdict(list)
    for een in gebeurtenissen:
        if een.voorwerp and hasattr(een.voorwerp, "SPOORVELDEN"):
            per_soort[type(een.voorwerp)].append(een)
    for soort, lijst in per_soort.items():
        standen = _lees_standen(soort, {een.object_id for een in lijst})
        for een in lijst:
            een.stand = standen.get(een.object_id)


def _lees_standen(soort: type[models.Model], sleutels: Collection[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        waaruit = f"{stand_in_sql(soort)} FROM {soort._meta.db_table} rij"  # names of our own models only
        opdracht = f"SELECT id::text, {waaruit} WHERE id = ANY(%s)"
        cursor.execute(opdracht, [[int(sleutel) for sleutel in sleutels]])
        return dict(cursor.fetchall())


def stand_in_sql(soort: type[models.Model]) -> str:
    """The row ``rij`` of this kind as the trail keeps it."""
    bewaard: tuple[str, ...] = soort.SPOORVELDEN  # type: ignore[attr-defined]  # each audited model has them
    kolommen = [str(veld.column) for veld in soort._meta.concrete_fields if not veld.primary_key]
    weg = [kolom for kolom in kolommen if kolom not in bewaard] if bewaard != ALLE_VELDEN else []
    return f"to_jsonb(rij) - '{{{','.join(weg)}}}'::text[]"
