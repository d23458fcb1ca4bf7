"""Overleg: a meeting, what is on its agenda, and what it decided.

Nothing of it is removed. What should not have been there is withdrawn, with a reason, and stays to be read; so what
was known on a day is what was there and not withdrawn by then.
"""

from __future__ import annotations

from datetime import date, datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from common.tekst.periode import Kwartaal
from common.vaststellen.audit import ALLE_VELDEN
from common.vaststellen.model import gewijzigd
from monitor.models import Indicator
from strategie.models import Thema
from sturing.models.jaarplan import Planactiviteit

LANGSTE_TEKST = 2000
LANGSTE_PUNT = 200
"""Characters, a line end counts as one."""
_INTREKKEN = ("ingetrokken_op", "ingetrokken_door", "intrekreden")


def vast(*velden: str) -> list[pgtrigger.Trigger]:
    """Never changed in these fields, and removed only where it is fictitious."""
    return [
        pgtrigger.Protect(name="niet_wijzigen", operation=pgtrigger.Update, condition=gewijzigd(velden)),
        pgtrigger.Protect(name="niet_verwijderen", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__demo=False)),
    ]


def eens_ingetrokken() -> pgtrigger.Trigger:
    """Once withdrawn it stays so, with that reason."""
    weg = pgtrigger.Q(old__ingetrokken_op__isnull=False)
    return pgtrigger.Protect(
        name="blijft_ingetrokken", operation=pgtrigger.Update, condition=weg & gewijzigd(_INTREKKEN)
    )


class IntrekbaarQuerySet(models.QuerySet):
    """What is there, now or on a day."""

    def geldend(self) -> IntrekbaarQuerySet:
        return self.filter(ingetrokken_op=None)

    def zoals_bekend_op(self, moment: datetime | None) -> IntrekbaarQuerySet:
        """What was there at that moment and not withdrawn by then; None is now."""
        if moment is None:
            return self.geldend()
        return self.filter(op__lte=moment).filter(Q(ingetrokken_op=None) | Q(ingetrokken_op__gt=moment))

    def ingetrokken(self, moment: datetime | None) -> IntrekbaarQuerySet:
        """What was withdrawn by then, with its reason; None is now."""
        weg = self.exclude(ingetrokken_op=None)
        return weg if moment is None else weg.filter(ingetrokken_op__lte=moment)


class Intrekbaar(models.Model):
    """Written once, by one person; it can only be withdrawn, with a reason."""

    SPOORVELDEN = ALLE_VELDEN

    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="door")
    op = models.DateTimeField("op")
    ingetrokken_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="ingetrokken door"
    )
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True)
    intrekreden = models.TextField("reden van intrekken", max_length=LANGSTE_TEKST, blank=True)
    demo = models.BooleanField("fictief", default=False)

    objects = IntrekbaarQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ingetrokken_op=None, ingetrokken_door=None, intrekreden="")
                | Q(ingetrokken_op__isnull=False, ingetrokken_door__isnull=False) & ~Q(intrekreden=""),
                name="%(class)s_intrekken_compleet",
            ),
        ]

    def is_weg(self, moment: datetime | None) -> bool:
        """Whether it was withdrawn by then; None is now."""
        return self.ingetrokken_op is not None and (moment is None or self.ingetrokken_op <= moment)


class Overleg(Intrekbaar):
    """A meeting on a day."""

    datum = models.DateField("datum")
    titel = models.CharField("titel", max_length=LANGSTE_PUNT)
    plaats = models.CharField("plaats", max_length=LANGSTE_PUNT, blank=True)

    class Meta(Intrekbaar.Meta):
        verbose_name = "overleg"
        verbose_name_plural = "overleggen"
        ordering = ["datum", "pk"]
        constraints = [
            *Intrekbaar.Meta.constraints,
            # A form that is sent twice plans it once.
            models.UniqueConstraint(
                fields=["datum", "titel"], condition=Q(ingetrokken_op=None), name="overleg_een_per_dag"
            ),
            models.CheckConstraint(condition=~Q(titel=""), name="overleg_heeft_titel"),
        ]
        triggers = [*vast("datum", "titel", "plaats", "door", "op", "demo"), eens_ingetrokken()]

    def __str__(self) -> str:
        return self.titel

    @property
    def adres(self) -> str:
        return reverse("overleg", args=[self.pk])

    def is_geweest(self, vandaag: date) -> bool:
        """On the day itself decisions are written down."""
        return self.datum <= vandaag


class Agendapunt(Intrekbaar):
    """What is to be discussed. ``stand`` is what was to be read of its figure when it was put there, for good.

    Of an indicator ``jaar`` and ``kwartaal`` say of which figure; ``volgorde`` is its place and may change.
    """

    class Bron(models.TextChoices):
        BESPREKEN = "bespreken", "uit Bespreken"
        LADDER = "ladder", "volgens de ladder"
        VRAAG = "vraag", "een vraag of advies"
        TOEGEVOEGD = "toegevoegd", "toegevoegd"

    overleg = models.ForeignKey(Overleg, models.PROTECT, related_name="punten")
    volgorde = models.PositiveSmallIntegerField("volgorde")
    bron = models.CharField("waar het vandaan komt", max_length=10, choices=Bron, default=Bron.TOEGEVOEGD)
    titel = models.CharField("punt", max_length=LANGSTE_PUNT)
    toelichting = models.TextField("toelichting", max_length=LANGSTE_TEKST, blank=True)
    stand = models.TextField("stand bij het overnemen", blank=True)
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    jaar = models.PositiveSmallIntegerField("jaar", null=True)
    kwartaal = models.PositiveSmallIntegerField("kwartaal", null=True)
    thema = models.ForeignKey(Thema, models.PROTECT, null=True, related_name="+")
    plan = models.ForeignKey(
        Planactiviteit, models.PROTECT, null=True, related_name="+", verbose_name="activiteit van het jaarplan"
    )
    vraag = models.ForeignKey("sturing.Vraag", models.PROTECT, null=True, related_name="punten")

    class Meta(Intrekbaar.Meta):
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        ordering = ["overleg", "volgorde", "pk"]
        constraints = [
            *Intrekbaar.Meta.constraints,
            models.CheckConstraint(condition=~Q(titel=""), name="agendapunt_heeft_titel"),
            models.CheckConstraint(
                condition=Q(indicator=None, jaar=None, kwartaal=None)
                | Q(indicator__isnull=False, jaar__isnull=False, kwartaal__range=(1, 4)),
                name="agendapunt_cijfer_van_kwartaal",
            ),
            # Taken over by two at once, or twice: it stands there once.
            models.UniqueConstraint(
                fields=["overleg", "indicator", "jaar", "kwartaal"],
                condition=Q(ingetrokken_op=None),
                name="agendapunt_een_per_cijfer",
            ),
            models.UniqueConstraint(
                fields=["overleg", "vraag"], condition=Q(ingetrokken_op=None), name="agendapunt_een_per_vraag"
            ),
        ]
        triggers = [
            *vast(
                *("overleg", "bron", "titel", "toelichting", "stand", "indicator", "jaar", "kwartaal", "thema"),
                *("plan", "vraag", "door", "op", "demo"),
            ),
            eens_ingetrokken(),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def adres(self) -> str:
        return f"{self.overleg.adres}#punt-{self.pk}"

    @property
    def van_thema(self) -> Thema | None:
        """The theme it is about: itself, or that of its activity or ambition; of a figure its page says that."""
        over = self.vraag or self
        if plan := over.plan:
            return plan.hoofdlijn.thema
        return self.thema or (self.vraag.ambitie.thema if self.vraag and self.vraag.ambitie else None)

    @property
    def periode(self) -> Kwartaal | None:
        return Kwartaal(self.jaar, self.kwartaal) if self.jaar and self.kwartaal else None


class Besluit(Intrekbaar):
    """What a meeting decided at a point of its agenda."""

    punt = models.ForeignKey(Agendapunt, models.PROTECT, related_name="besluiten")
    tekst = models.TextField("besluit", max_length=LANGSTE_TEKST)

    class Meta(Intrekbaar.Meta):
        verbose_name = "besluit van een overleg"
        verbose_name_plural = "besluiten van overleggen"
        ordering = ["punt", "pk"]
        constraints = [
            *Intrekbaar.Meta.constraints,
            models.CheckConstraint(condition=~Q(tekst=""), name="besluit_heeft_tekst"),
        ]
        triggers = [*vast("punt", "tekst", "door", "op", "demo"), eens_ingetrokken()]

    def __str__(self) -> str:
        return f"besluit bij {self.punt}"

    @property
    def adres(self) -> str:
        return self.punt.adres
