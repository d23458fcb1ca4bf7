"""Vraag: what somebody asks or advises about a figure, an ambition or an activity, and the versions of its answer."""

from __future__ import annotations

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from common.tekst.periode import Kwartaal
from common.vaststellen.audit import ALLE_VELDEN
from common.vaststellen.model import gewijzigd
from formatie.models import Onderdeel
from monitor.models import Indicator
from strategie.models import Ambitie, Thema
from sturing.models.jaarplan import Planactiviteit
from sturing.models.overleg import LANGSTE_TEKST, Intrekbaar, Overleg, eens_ingetrokken, vast

ADVIES_OVER = "politie-voor-iedereen"
"""The theme that lies over the others; the adviescommissie advises on it alone."""
_CIJFER = Q(indicator__isnull=False, onderdeel__isnull=False, jaar__isnull=False, kwartaal__range=(1, 4))
_PLEK = ("indicator", "onderdeel", "jaar", "kwartaal", "ambitie", "plan")
_GEEN_CIJFER = Q(indicator=None, onderdeel=None, jaar=None, kwartaal=None)


class Vraag(Intrekbaar):
    """About one of three: the figure of a quarter, an ambition, or an activity of the jaarplan.

    ``overleg`` is the meeting before which its asker wants an answer; None is the first that comes.
    """

    class Soort(models.TextChoices):
        VRAAG = "vraag", "Vraag"
        ADVIES = "advies", "Advies"

    PLEK = _PLEK

    soort = models.CharField("soort", max_length=6, choices=Soort, default=Soort.VRAAG)
    tekst = models.TextField("vraag of advies", max_length=LANGSTE_TEKST)
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, null=True, related_name="+")
    jaar = models.PositiveSmallIntegerField("jaar", null=True)
    kwartaal = models.PositiveSmallIntegerField("kwartaal", null=True)
    ambitie = models.ForeignKey(Ambitie, models.PROTECT, null=True, related_name="+")
    plan = models.ForeignKey(
        Planactiviteit, models.PROTECT, null=True, related_name="+", verbose_name="activiteit van het jaarplan"
    )
    overleg = models.ForeignKey(Overleg, models.PROTECT, null=True, related_name="vragen")
    merk = models.CharField("merk van het formulier", max_length=64)

    class Meta(Intrekbaar.Meta):
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["-op", "-pk"]
        constraints = [
            *Intrekbaar.Meta.constraints,
            models.CheckConstraint(
                condition=_CIJFER & Q(ambitie=None, plan=None)
                | _GEEN_CIJFER & (Q(ambitie__isnull=False, plan=None) | Q(ambitie=None, plan__isnull=False)),
                name="vraag_over_een_ding",
            ),
            models.CheckConstraint(condition=~Q(tekst=""), name="vraag_heeft_tekst"),
            # A form that is sent twice asks it once.
            models.UniqueConstraint(fields=["door", "merk"], name="vraag_een_per_formulier"),
        ]
        triggers = [
            *vast("soort", "tekst", *_PLEK, "overleg", "door", "op", "merk", "demo"),
            eens_ingetrokken(),
        ]

    def __str__(self) -> str:
        return f"{self.soort} over {self.waarover}"

    @property
    def periode(self) -> Kwartaal | None:
        return Kwartaal(self.jaar, self.kwartaal) if self.jaar and self.kwartaal else None

    @property
    def waarover(self) -> str:
        """Without a figure, so that it can go in a message."""
        if self.indicator and self.periode:
            return f"{self.indicator.naam}, {self.onderdeel}, {self.periode.leesbaar}"
        return str(self.ambitie or self.plan)

    @property
    def adres(self) -> str:
        return reverse("vraag", args=[self.pk])

    @property
    def in_themas(self) -> list[Thema]:
        """The themes that it belongs to."""
        if self.ambitie:
            return [self.ambitie.thema]
        if self.plan:
            return [self.plan.hoofdlijn.thema]
        return [regel.thema for regel in self.indicator.monitorregels.all()] if self.indicator else []

    @property
    def themas(self) -> set[str]:
        return {thema.slug for thema in self.in_themas}

    @property
    def themanamen(self) -> str:
        """Each name once: a theme comes back in a next agenda."""
        return ", ".join(dict.fromkeys(thema.naam for thema in self.in_themas))


class AntwoordQuerySet(models.QuerySet):
    def zoals_bekend_op(self, moment: datetime | None) -> AntwoordQuerySet:
        """What was written by then, released or not; None is now."""
        return self if moment is None else self.filter(op__lte=moment)


class Antwoord(models.Model):
    """A version of an answer: internal until another releases it, and never changed after it was written.

    ``gezien_op`` is when the asker said to have read it.
    """

    SPOORVELDEN = ALLE_VELDEN

    vraag = models.ForeignKey(Vraag, models.PROTECT, related_name="antwoorden")
    nummer = models.PositiveSmallIntegerField("versie")
    tekst = models.TextField("antwoord", max_length=LANGSTE_TEKST)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="door")
    op = models.DateTimeField("op")
    vrijgegeven_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="vrijgegeven door"
    )
    vrijgegeven_op = models.DateTimeField("vrijgegeven op", null=True)
    gezien_op = models.DateTimeField("gezien op", null=True)
    demo = models.BooleanField("fictief", default=False)

    objects = AntwoordQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        ordering = ["vraag", "nummer"]
        constraints = [
            # Two who answer at once: the second is told.
            models.UniqueConstraint(fields=["vraag", "nummer"], name="antwoord_uniek"),
            models.CheckConstraint(condition=~Q(tekst=""), name="antwoord_heeft_tekst"),
            models.CheckConstraint(
                condition=Q(vrijgegeven_op=None, vrijgegeven_door=None, gezien_op=None)
                | Q(vrijgegeven_op__isnull=False, vrijgegeven_door__isnull=False),
                name="antwoord_vrijgave_compleet",
            ),
            models.CheckConstraint(
                condition=Q(vrijgegeven_door=None) | ~Q(vrijgegeven_door=F("door")),
                name="antwoord_vrijgever_is_niet_schrijver",
            ),
        ]
        triggers = [
            *vast("vraag", "nummer", "tekst", "door", "op", "demo"),
            pgtrigger.Protect(
                name="blijft_vrijgegeven",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__vrijgegeven_op__isnull=False)
                & gewijzigd(("vrijgegeven_op", "vrijgegeven_door")),
            ),
        ]

    def __str__(self) -> str:
        return f"antwoord {self.nummer} op {self.vraag}"
