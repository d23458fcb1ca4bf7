"""Meting: one measured value of one indicator, one onderdeel and one quarter (or a whole year)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from common.vaststellen.bescherming import eens_besloten_blijft
from common.vaststellen.model import Vaststelling
from formatie.models import Onderdeel
from monitor.models.indicator import Indicator

INHOUD_VAN_METING = ("waarde", "teller", "noemer", "marge", "onbekend", "status", "meetdatum", "toelichting")

WEIGER_IN_GESLOTEN_KWARTAAL = """
IF EXISTS (
    SELECT 1 FROM monitor_afsluiting
    WHERE jaar = NEW.jaar AND kwartaal = coalesce(NEW.kwartaal, 4) AND heropend_op IS NULL
) THEN
    RAISE EXCEPTION 'kwartaal gesloten: % Q%', NEW.jaar, coalesce(NEW.kwartaal, 4) USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


def getal(naam: str) -> models.DecimalField:
    return models.DecimalField(naam, max_digits=20, decimal_places=4, null=True, blank=True)


class Meting(Vaststelling):
    """One version of one value, in the unit of its indicator.

    ``verhouding``: ``teller`` and ``noemer``; anything else: ``waarde``. ``onbekend`` is a printed or
    typed "nb": the value is not known yet, which is not 0. ``kwartaal`` is empty for a whole year.
    """

    class Zekerheid(models.TextChoices):
        VOORLOPIG = "voorlopig", "Voorlopig"
        DEFINITIEF = "definitief", "Definitief"

    INHOUD = INHOUD_VAN_METING

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="metingen")
    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, related_name="metingen")
    jaar = models.PositiveSmallIntegerField("jaar")
    kwartaal = models.PositiveSmallIntegerField("kwartaal", null=True, blank=True)
    waarde = getal("waarde")
    teller = getal("teller")
    noemer = getal("noemer")
    marge = getal("foutmarge (95%)")
    onbekend = models.BooleanField("nog niet bekend (nb)", default=False)
    status = models.CharField("status", max_length=10, choices=Zekerheid, default=Zekerheid.DEFINITIEF)
    meetdatum = models.DateField("meetdatum", null=True, blank=True)
    toelichting = models.TextField("toelichting", max_length=2000, blank=True)
    demo = models.BooleanField("fictief", default=False)

    class Meta(Vaststelling.Meta):
        verbose_name = "meting"
        verbose_name_plural = "metingen"
        ordering = ["indicator", "onderdeel", "jaar", "kwartaal", "id"]
        constraints = [
            *Vaststelling.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator", "onderdeel", "jaar", "kwartaal"],
                condition=Q(staat="vastgesteld"),
                nulls_distinct=False,
                name="meting_een_vastgestelde",
            ),
            models.UniqueConstraint(
                fields=["indicator", "onderdeel", "jaar", "kwartaal"],
                condition=Q(staat__in=("concept", "ingediend", "afgekeurd")),
                nulls_distinct=False,
                name="meting_een_openstaande",
            ),
            models.CheckConstraint(
                condition=Q(vastgesteld_op=None) | Q(vastgesteld_door__isnull=False),
                name="meting_vaststelling_heeft_persoon",
            ),
            models.CheckConstraint(condition=Q(kwartaal=None) | Q(kwartaal__range=(1, 4)), name="meting_kwartaal"),
            models.CheckConstraint(condition=Q(jaar__range=(2000, 2100)), name="meting_jaar"),
            models.CheckConstraint(
                condition=Q(onbekend=True, waarde=None, teller=None, noemer=None)
                | Q(onbekend=False, waarde__isnull=False, teller=None, noemer=None)
                | Q(onbekend=False, waarde=None, teller__isnull=False, noemer__isnull=False),
                name="meting_waarde_of_verhouding",
            ),
            models.CheckConstraint(
                condition=Q(noemer=None) | Q(noemer__gte=0, teller__gte=0, teller__lte=F("noemer")),
                name="meting_teller_binnen_noemer",
            ),
            models.CheckConstraint(condition=Q(marge=None) | Q(marge__gte=0), name="meting_marge"),
        ]
        indexes = [
            models.Index(
                fields=["indicator", "jaar"],
                name="meting_vastgesteld",
                condition=Q(staat="vastgesteld"),
            ),
        ]
        triggers = [
            *eens_besloten_blijft(
                ("indicator", "onderdeel", "jaar", "kwartaal", *INHOUD_VAN_METING, "demo"),
                weg_mag=pgtrigger.Q(old__demo=True),
            ),
            pgtrigger.Trigger(
                name="kwartaal_is_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=WEIGER_IN_GESLOTEN_KWARTAAL,
            ),
        ]

    def __str__(self) -> str:
        kwartaal = f" Q{self.kwartaal}" if self.kwartaal else ""
        return f"{self.indicator} {self.onderdeel.code} {self.jaar}{kwartaal}"
