"""The jaarplan: what is done in a year along each main line, as it was agreed and as it goes.

The activity itself is a place that stays; everything said of it is a version, and a change is a new version. So
nothing is lost, and what was known on a day is the last version of that day.
"""

from __future__ import annotations

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.vaststellen.audit import ALLE_VELDEN
from common.vaststellen.model import gewijzigd
from monitor.models import Indicator
from strategie.models import Activiteit, Hoofdlijn


def _blijft(*velden: str) -> list[pgtrigger.Trigger]:
    """Never changed in these fields, and removed only where it is fictitious."""
    return [
        pgtrigger.Protect(name="niet_wijzigen", operation=pgtrigger.Update, condition=gewijzigd(velden)),
        pgtrigger.Protect(name="niet_verwijderen", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__demo=False)),
    ]


class Planactiviteit(models.Model):
    """One activity of the jaarplan of one year. ``activiteit`` is what the agenda already names, where it does."""

    SPOORVELDEN = ALLE_VELDEN

    jaar = models.PositiveSmallIntegerField("jaar")
    hoofdlijn = models.ForeignKey(Hoofdlijn, models.PROTECT, related_name="planactiviteiten")
    nummer = models.PositiveSmallIntegerField("nummer")
    activiteit = models.ForeignKey(
        Activiteit, models.PROTECT, null=True, blank=True, related_name="planactiviteiten", verbose_name="uit de agenda"
    )
    demo = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "activiteit van het jaarplan"
        verbose_name_plural = "activiteiten van het jaarplan"
        ordering = ["jaar", "hoofdlijn", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["jaar", "hoofdlijn", "nummer"], name="planactiviteit_uniek"),
            models.CheckConstraint(condition=Q(nummer__gte=1), name="planactiviteit_nummer"),
        ]
        triggers = _blijft("jaar", "hoofdlijn", "nummer", "activiteit", "demo")

    def __str__(self) -> str:
        return f"{self.hoofdlijn}, activiteit {self.nummer} van {self.jaar}"


class ActiviteitversieQuerySet(models.QuerySet):
    def zoals_bekend_op(self, moment: datetime | None) -> ActiviteitversieQuerySet:
        """Of each activity the version of that moment; None is now."""
        if moment is None:
            return self.filter(vervangen_op=None)
        return self.filter(op__lte=moment).filter(Q(vervangen_op=None) | Q(vervangen_op__gt=moment))


class Activiteitversie(models.Model):
    """What is said of an activity from ``op`` until ``vervangen_op``. ``begin`` and ``eind`` are days, both included.

    ``reden`` says why a status became what it is; a new version that changes the status has one.
    """

    class Status(models.TextChoices):
        NIET_GESTART = "niet-gestart", "Niet gestart"
        OP_SCHEMA = "op-schema", "Op schema"
        VERTRAAGD = "vertraagd", "Vertraagd"
        GEREED = "gereed", "Gereed"
        VERVALLEN = "vervallen", "Vervallen"

    SPOORVELDEN = ALLE_VELDEN

    plan = models.ForeignKey(Planactiviteit, models.PROTECT, related_name="versies", verbose_name="activiteit")
    nummer = models.PositiveSmallIntegerField("versie")
    titel = models.CharField("titel", max_length=200)
    eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="eigenaar", null=True, blank=True
    )
    begin = models.DateField("begin")
    eind = models.DateField("eind")
    status = models.CharField("status", max_length=12, choices=Status, default=Status.NIET_GESTART)
    reden = models.TextField("reden", max_length=2000, blank=True)
    indicatoren = models.ManyToManyField(Indicator, blank=True, related_name="+", verbose_name="moet bewegen")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="door")
    op = models.DateTimeField("op")
    vervangen_op = models.DateTimeField("vervangen op", null=True, blank=True)
    demo = models.BooleanField("fictief", default=False)

    objects = ActiviteitversieQuerySet.as_manager()

    class Meta:
        verbose_name = "versie van een activiteit"
        verbose_name_plural = "versies van activiteiten"
        ordering = ["plan", "nummer"]
        constraints = [
            # Two who change one activity at once: the second is told.
            models.UniqueConstraint(fields=["plan", "nummer"], name="activiteitversie_uniek"),
            models.UniqueConstraint(fields=["plan"], condition=Q(vervangen_op=None), name="activiteitversie_een_geldt"),
            models.CheckConstraint(condition=Q(eind__gte=F("begin")), name="activiteitversie_dagen_op_volgorde"),
            models.CheckConstraint(condition=~Q(titel=""), name="activiteitversie_heeft_titel"),
            models.CheckConstraint(
                condition=~Q(status__in=("vertraagd", "vervallen")) | ~Q(reden=""), name="activiteitversie_heeft_reden"
            ),
        ]
        triggers = _blijft(
            *("plan", "nummer", "titel", "eigenaar", "begin", "eind", "status", "reden", "door", "op", "demo")
        )

    def __str__(self) -> str:
        return self.titel


class Mijlpaal(models.Model):
    """A moment within an activity, as its version has it; reached on ``gereed_op``, open while that is empty."""

    versie = models.ForeignKey(Activiteitversie, models.CASCADE, related_name="mijlpalen")
    titel = models.CharField("mijlpaal", max_length=200)
    datum = models.DateField("datum")
    gereed_op = models.DateField("bereikt op", null=True, blank=True)
    demo = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "mijlpaal"
        verbose_name_plural = "mijlpalen"
        ordering = ["versie", "datum", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(titel=""), name="mijlpaal_heeft_titel")]
        triggers = _blijft("versie", "titel", "datum", "gereed_op", "demo")

    def __str__(self) -> str:
        return self.titel
