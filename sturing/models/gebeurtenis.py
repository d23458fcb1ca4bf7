"""What happened that a reader of figures must know: a change of counting, a campaign, a reorganisation."""

from __future__ import annotations

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.vaststellen.audit import ALLE_VELDEN
from common.vaststellen.model import gewijzigd
from formatie.models import Onderdeel
from monitor.models import Indicator
from strategie.models import Thema

VAST = ("soort", "datum", "tot", "titel", "toelichting", "bron", "thema", "door", "op", "demo")


class GebeurtenisQuerySet(models.QuerySet):
    def zoals_bekend_op(self, moment: datetime | None) -> GebeurtenisQuerySet:
        """Entered by then and not yet withdrawn; None is now."""
        if moment is None:
            return self.filter(ingetrokken_op=None)
        return self.filter(op__lte=moment).filter(Q(ingetrokken_op=None) | Q(ingetrokken_op__gt=moment))


class Gebeurtenis(models.Model):
    """Never changed: what is wrong is withdrawn with a reason, and entered anew.

    It touches these indicators or those of ``thema``, of these onderdelen and what lies in them; none named is all.
    """

    class Soort(models.TextChoices):
        TELLING = "telling", "Telling gewijzigd"
        CAMPAGNE = "campagne", "Campagne"
        REORGANISATIE = "reorganisatie", "Reorganisatie"
        ANDERS = "anders", "Anders"

    SPOORVELDEN = ALLE_VELDEN

    soort = models.CharField("soort", max_length=13, choices=Soort)
    datum = models.DateField("datum")
    tot = models.DateField("tot en met", null=True, blank=True)
    titel = models.CharField("titel", max_length=60)
    toelichting = models.CharField("toelichting", max_length=2000, blank=True)
    bron = models.CharField("bron", max_length=300)
    thema = models.ForeignKey(Thema, models.PROTECT, null=True, blank=True, related_name="gebeurtenissen")
    indicatoren = models.ManyToManyField(Indicator, blank=True, related_name="+", verbose_name="indicatoren")
    onderdelen = models.ManyToManyField(Onderdeel, blank=True, related_name="+", verbose_name="onderdelen")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="door")
    op = models.DateTimeField("op")
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True)
    ingetrokken_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ingetrokken door",
    )
    intrekreden = models.CharField("reden van intrekken", max_length=2000, blank=True)
    demo = models.BooleanField("fictief", default=False)

    objects = GebeurtenisQuerySet.as_manager()

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        ordering = ["-datum", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tot=None) | Q(tot__gte=F("datum")), name="gebeurtenis_dagen_op_volgorde"
            ),
            models.CheckConstraint(condition=~Q(titel="") & ~Q(bron=""), name="gebeurtenis_heeft_titel_en_bron"),
            models.CheckConstraint(
                condition=Q(ingetrokken_op=None, ingetrokken_door=None, intrekreden="")
                | Q(ingetrokken_op__isnull=False, ingetrokken_door__isnull=False) & ~Q(intrekreden=""),
                name="gebeurtenis_intrekken_compleet",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="niet_wijzigen",
                operation=pgtrigger.Update,
                condition=gewijzigd(VAST) | pgtrigger.Q(old__ingetrokken_op__isnull=False),
            ),
            pgtrigger.Protect(
                name="niet_verwijderen", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__demo=False)
            ),
        ]

    def __str__(self) -> str:
        return self.titel
