"""The life cycle of everything two persons answer for: concept → ingediend → vastgesteld | afgekeurd.

A correction is a new row that names the one it replaces; the approved row itself is never edited, only
marked ``vervangen`` when its successor is approved. The database refuses what must never happen.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.vaststellen.audit import ALLE_VELDEN, AuditEvent


class Staat(models.TextChoices):
    CONCEPT = "concept", "Concept"
    INGEDIEND = "ingediend", "Ingediend"
    VASTGESTELD = "vastgesteld", "Vastgesteld"
    AFGEKEURD = "afgekeurd", "Teruggestuurd"
    VERVANGEN = "vervangen", "Vervangen"


OPENSTAAND = (Staat.CONCEPT, Staat.INGEDIEND, Staat.AFGEKEURD)
"""Not decided on: what a person may still have to do something with."""

ONDERWEG = {
    Staat.CONCEPT.value: "nog niet ingediend",
    Staat.INGEDIEND.value: "ligt ter vaststelling",
    Staat.AFGEKEURD.value: "teruggestuurd",
}
"""What is open in words, for who may know of it."""


class VaststellingQuerySet(models.QuerySet):
    """Versions as they count at a moment."""

    def geldend(self) -> VaststellingQuerySet:
        return self.filter(staat=Staat.VASTGESTELD)

    def zoals_bekend_op(self, moment: datetime | None) -> VaststellingQuerySet:
        """The approved versions at ``moment``: approved by then, and not yet replaced by then; None is now."""
        if moment is None:
            return self.geldend()
        return self.filter(vastgesteld_op__lte=moment).filter(Q(vervangen_op=None) | Q(vervangen_op__gt=moment))

    def openstaand_op(self, moment: datetime | None, **plek: Any) -> list[Any]:
        """What was not decided on at ``moment`` at these places, named by column; None is now. One query.

        A row is changed while it is open, so how it was then is read from the trail. Never to be saved.
        """
        if moment is None:
            return list(self.filter(staat__in=OPENSTAAND, **plek))
        spoor = AuditEvent.objects.filter(object_soort=self.model._meta.model_name)
        van_plek = spoor.filter(**{f"stand__{kolom}": waarde for kolom, waarde in plek.items()}).values("object_id")
        tot_dan = spoor.filter(op__lte=moment, object_id__in=van_plek).order_by("object_id", "-op", "-pk")
        standen = tot_dan.distinct("object_id").values_list("object_id", "stand")
        rijen = [self._uit_spoor(pk, stand) for pk, stand in standen if stand]  # without one it was taken back
        return [rij for rij in rijen if rij.staat in OPENSTAAND]

    def _uit_spoor(self, pk: str, stand: dict[str, Any]) -> Any:
        velden = [veld for veld in self.model._meta.concrete_fields if veld.column in stand]
        return self.model(pk=int(pk), **{veld.attname: veld.to_python(stand[str(veld.column)]) for veld in velden})


def persoon(rol: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=rol,
    )


class Vaststelling(models.Model):
    """Base of everything that one person proposes and another decides on.

    ``INHOUD`` names the fields two persons answer for: what an approver must have seen, and what never changes
    once approved. ``PLEK`` names what its versions have in common: of one place one counts, and one may be open.
    """

    INHOUD: ClassVar[tuple[str, ...]] = ()
    PLEK: ClassVar[tuple[str, ...]] = ()
    SPOORVELDEN: ClassVar[tuple[str, ...]] = ALLE_VELDEN

    staat = models.CharField("staat", max_length=12, choices=Staat, default=Staat.CONCEPT)
    ingevoerd_door = persoon("ingevoerd door")
    ingevoerd_op = models.DateTimeField("ingevoerd op")
    ingediend_op = models.DateTimeField("ingediend op", null=True, blank=True)
    vastgesteld_door = persoon("vastgesteld door")
    vastgesteld_op = models.DateTimeField("vastgesteld op", null=True, blank=True)
    afgekeurd_door = persoon("teruggestuurd door")
    afgekeurd_op = models.DateTimeField("teruggestuurd op", null=True, blank=True)
    afkeurreden = models.TextField("reden van terugsturen", max_length=2000, blank=True)
    vervangt = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="vervanger")
    vervangreden = models.TextField("reden van de correctie", max_length=2000, blank=True)
    vervangen_op = models.DateTimeField("vervangen op", null=True, blank=True)

    objects = VaststellingQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(vastgesteld_door=None) | Q(ingevoerd_door=None) | ~Q(vastgesteld_door=F("ingevoerd_door")),
                name="%(class)s_vaststeller_is_niet_invoerder",
            ),
            models.CheckConstraint(
                condition=Q(staat__in=("vastgesteld", "vervangen"), vastgesteld_op__isnull=False)
                | Q(staat__in=("concept", "ingediend", "afgekeurd"), vastgesteld_op=None, vastgesteld_door=None),
                name="%(class)s_vaststelling_compleet",
            ),
            models.CheckConstraint(
                condition=Q(staat="afgekeurd", afgekeurd_op__isnull=False, afgekeurd_door__isnull=False)
                & ~Q(afkeurreden="")
                | ~Q(staat="afgekeurd") & Q(afgekeurd_op=None, afgekeurd_door=None, afkeurreden=""),
                name="%(class)s_terugsturen_compleet",
            ),
            models.CheckConstraint(
                condition=Q(vervangt=None, vervangreden="") | Q(vervangt__isnull=False) & ~Q(vervangreden=""),
                name="%(class)s_correctie_heeft_reden",
            ),
            models.CheckConstraint(
                condition=Q(staat="vervangen", vervangen_op__isnull=False)
                | ~Q(staat="vervangen") & Q(vervangen_op=None),
                name="%(class)s_vervangen_compleet",
            ),
        ]

    @classmethod
    def vaste_velden(cls) -> set[str]:
        """What is the same in every version of one place; where a version begins may be part of what it says."""
        return set(cls.PLEK) - set(cls.INHOUD)

    @property
    def inhoud(self) -> dict[str, object]:
        """The fields two persons answer for, a related object as its key."""
        return {naam: getattr(self, self._meta.get_field(naam).attname) for naam in self.INHOUD}  # type: ignore[union-attr]  # a column

    @property
    def vingerafdruk(self) -> str:
        """Changes with anything in ``inhoud``, and with nothing else."""
        return hashlib.sha256(repr(sorted(self.inhoud.items())).encode()).hexdigest()[:20]


def een_tegelijk(
    soort: str, *velden: str, geldende: str = "vastgestelde", nulls_distinct: bool | None = None
) -> list[models.UniqueConstraint]:
    """At one place at most one version that holds and one that is still open; ``geldende`` is in the name only."""
    staten = {geldende: Q(staat="vastgesteld"), "openstaande": Q(staat__in=OPENSTAAND)}
    return [
        models.UniqueConstraint(
            fields=velden, condition=staat, name=f"{soort}_een_{naam}", nulls_distinct=nulls_distinct
        )
        for naam, staat in staten.items()
    ]


def door_persoon(soort: str) -> models.CheckConstraint:
    """What is approved was approved by somebody."""
    door_wie = Q(vastgesteld_op=None) | Q(vastgesteld_door__isnull=False)
    return models.CheckConstraint(condition=door_wie, name=f"{soort}_vaststelling_heeft_persoon")


BESLUIT = ("ingevoerd_door", "vastgesteld_door", "vastgesteld_op", "vervangt")


def gewijzigd(velden: tuple[str, ...]) -> pgtrigger.Q:
    """The condition, inside a trigger, that any of these fields changes (NULL counts as a value)."""
    return reduce(or_, (pgtrigger.Q(**{f"old__{veld}__df": pgtrigger.F(f"new__{veld}")}) for veld in velden))


def eens_besloten_blijft(inhoud: tuple[str, ...], *, weg_mag: pgtrigger.Q | None = None) -> list[pgtrigger.Trigger]:
    """An approved version never changes in these fields, and only a concept or what was sent back may be removed.

    ``weg_mag`` is what else may be removed.
    """
    open_ = pgtrigger.Q(old__staat__in=("concept", "afgekeurd"))
    return [
        pgtrigger.Protect(
            name="vastgesteld_niet_wijzigen",
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__staat__in=("vastgesteld", "vervangen")) & gewijzigd((*inhoud, *BESLUIT)),
        ),
        pgtrigger.Protect(
            name="niet_verwijderen",
            operation=pgtrigger.Delete,
            condition=~(open_ | weg_mag) if weg_mag else ~open_,
        ),
    ]
