"""Meting: one measured value of one indicator, one onderdeel and one quarter (or a whole year)."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from common.tekst.periode import Kwartaal
from common.vaststellen.audit import ALLE_VELDEN
from common.vaststellen.model import Vaststelling, door_persoon, een_tegelijk, eens_besloten_blijft, persoon
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
    PLEK = ("indicator", "onderdeel", "jaar", "kwartaal")

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
            *een_tegelijk("meting", "indicator", "onderdeel", "jaar", "kwartaal", nulls_distinct=False),
            door_persoon("meting"),
            models.CheckConstraint(condition=Q(kwartaal=None) | Q(kwartaal__range=(1, 4)), name="meting_kwartaal"),
            models.CheckConstraint(condition=Q(jaar__range=(2000, 2100)), name="meting_jaar"),
            models.CheckConstraint(
                condition=Q(onbekend=True, waarde=None, teller=None, noemer=None)
                | Q(onbekend=False, waarde__isnull=False, teller=None, noemer=None)
                | Q(onbekend=False, waarde=None, teller__isnull=False, noemer__isnull=False),
                name="meting_waarde_of_verhouding",
            ),
            models.CheckConstraint(
                # More people than places is possible; whether a teller may exceed its noemer is asked at the entry.
                condition=Q(noemer=None) | Q(noemer__gte=0, teller__gte=0),
                name="meting_teller_niet_negatief",
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


class ConceptQuerySet(models.QuerySet["Concept"]):
    def getypt(self) -> ConceptQuerySet:
        """Those that hold text; a row without text only remembers its version."""
        return self.exclude(cellen={})

    def in_slotvolgorde(self) -> ConceptQuerySet:
        """Locked until the transaction ends, always in the same order."""
        return self.order_by("indicator_id", "onderdeel_id", "jaar", "kwartaal").select_for_update(of=("self",))


class Concept(models.Model):
    """The typed text of one value: of one indicator, onderdeel and quarter. It need not be a number.

    ``cellen`` holds column → text. ``versie`` rises with every save: who saves names the version they saw, so that
    nobody overwrites what they have not read. When the value is submitted or the cell is emptied the text goes and
    the row stays, without text, so that a version is never given out twice; the audit trail keeps the text.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="concepten")
    onderdeel = models.ForeignKey(Onderdeel, models.CASCADE, related_name="+")
    jaar = models.PositiveSmallIntegerField("jaar")
    kwartaal = models.PositiveSmallIntegerField("kwartaal")
    cellen = models.JSONField("getypte tekst per kolom", default=dict)
    versie = models.PositiveIntegerField("versie", default=1)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="getypt door")
    op = models.DateTimeField("bewaard op", default=timezone.now)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = "concept"
        verbose_name_plural = "concepten"
        ordering = ["jaar", "kwartaal", "indicator", "onderdeel"]
        constraints = [
            models.UniqueConstraint(fields=["jaar", "kwartaal", "indicator", "onderdeel"], name="concept_een_per_cel"),
            models.CheckConstraint(condition=models.Q(kwartaal__range=(1, 4)), name="concept_kwartaal"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.onderdeel.code} {self.jaar} Q{self.kwartaal}"


class Afsluiting(models.Model):
    """One closing of one quarter. While it stands no value of that quarter is submitted, approved or sent back.

    Reopening is asked for with a reason by one person and granted by another, who did not close it either.
    ``toelichting`` says why it was closed with values missing, where that was so.
    """

    SPOORVELDEN = ALLE_VELDEN

    jaar = models.PositiveSmallIntegerField("jaar")
    kwartaal = models.PositiveSmallIntegerField("kwartaal")
    gesloten_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="gesloten door"
    )
    gesloten_op = models.DateTimeField("gesloten op")
    toelichting = models.TextField("toelichting", max_length=2000, blank=True)
    gevraagd_door = persoon("heropening gevraagd door")
    gevraagd_op = models.DateTimeField("heropening gevraagd op", null=True, blank=True)
    heropenreden = models.TextField("reden van heropening", max_length=2000, blank=True)
    heropend_door = persoon("heropend door")
    heropend_op = models.DateTimeField("heropend op", null=True, blank=True)

    class Meta:
        verbose_name = "afsluiting"
        verbose_name_plural = "afsluitingen"
        ordering = ["-jaar", "-kwartaal", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["jaar", "kwartaal"], condition=Q(heropend_op=None), name="afsluiting_een_geldende"
            ),
            models.CheckConstraint(condition=Q(kwartaal__range=(1, 4)), name="afsluiting_kwartaal"),
            models.CheckConstraint(
                condition=Q(gevraagd_door=None, gevraagd_op=None, heropenreden="")
                | Q(gevraagd_door__isnull=False, gevraagd_op__isnull=False) & ~Q(heropenreden=""),
                name="afsluiting_vraag_compleet",
            ),
            models.CheckConstraint(
                condition=Q(heropend_door=None, heropend_op=None)
                | Q(heropend_door__isnull=False, heropend_op__isnull=False, gevraagd_op__isnull=False),
                name="afsluiting_heropening_compleet",
            ),
            models.CheckConstraint(
                condition=Q(heropend_door=None)
                | ~Q(heropend_door=F("gevraagd_door")) & ~Q(heropend_door=F("gesloten_door")),
                name="afsluiting_heropener_is_een_ander",
            ),
        ]

    def __str__(self) -> str:
        return f"afsluiting van {self.periode.leesbaar}"

    @property
    def periode(self) -> Kwartaal:
        return Kwartaal(self.jaar, self.kwartaal)
