"""Duiding: why a figure is off course, and what is promised about it, for one indicator, onderdeel and quarter."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from common.tekst.periode import Kwartaal
from common.vaststellen.model import Vaststelling, door_persoon, een_tegelijk, eens_besloten_blijft
from formatie.models import Onderdeel
from monitor.models import Indicator
from monitor.models.meting import WEIGER_IN_GESLOTEN_KWARTAAL

LANGSTE_DUIDING = 2000
_PLEK = ("indicator", "onderdeel", "jaar", "kwartaal")
_INHOUD = ("wat", "waardoor", "doen", "wie", "wanneer", "vorige", "afloop", "afloop_toelichting")


def _tekst(naam: str, *, leeg: bool = False) -> models.TextField:
    return models.TextField(naam, max_length=LANGSTE_DUIDING, blank=leeg)


class Duiding(Vaststelling):
    """What two persons answer for. ``doen``, ``wie`` and ``wanneer`` are the promise.

    ``vorige`` is the promise of an earlier quarter that was known when this was written, and ``afloop`` what became of
    it; both are empty where there was none.
    """

    class Afloop(models.TextChoices):
        NAGEKOMEN = "nagekomen", "Nagekomen"
        DEELS = "deels-nagekomen", "Deels nagekomen"
        NIET = "niet-nagekomen", "Niet nagekomen"
        LOOPT = "loopt-nog", "Loopt nog"

    INHOUD = _INHOUD
    PLEK = _PLEK

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="duidingen")
    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, related_name="duidingen")
    jaar = models.PositiveSmallIntegerField("jaar")
    kwartaal = models.PositiveSmallIntegerField("kwartaal")
    wat = _tekst("wat zien we")
    waardoor = _tekst("waardoor")
    doen = _tekst("wat doen we")
    wie = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="wie")
    wanneer = models.DateField("wanneer")
    vorige = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="opvolgers")
    afloop = models.CharField("wat is ervan geworden", max_length=16, choices=Afloop, blank=True)
    afloop_toelichting = _tekst("toelichting daarbij", leeg=True)
    demo = models.BooleanField("fictief", default=False)

    class Meta(Vaststelling.Meta):
        verbose_name = "duiding"
        verbose_name_plural = "duidingen"
        ordering = ["jaar", "kwartaal", "indicator", "onderdeel", "id"]
        constraints = [
            *Vaststelling.Meta.constraints,
            *een_tegelijk("duiding", *_PLEK),
            door_persoon("duiding"),
            models.CheckConstraint(condition=Q(kwartaal__range=(1, 4)), name="duiding_kwartaal"),
            models.CheckConstraint(condition=Q(jaar__range=(2000, 2100)), name="duiding_jaar"),
            models.CheckConstraint(
                condition=~Q(wat="") & ~Q(waardoor="") & ~Q(doen=""), name="duiding_zegt_wat_waardoor_en_wat_we_doen"
            ),
            models.CheckConstraint(
                condition=Q(vorige=None, afloop="", afloop_toelichting="") | Q(vorige__isnull=False) & ~Q(afloop=""),
                name="duiding_zegt_wat_van_de_vorige_werd",
            ),
        ]
        triggers = [
            *eens_besloten_blijft((*_PLEK, *_INHOUD, "demo"), weg_mag=pgtrigger.Q(old__demo=True)),
            pgtrigger.Trigger(
                name="kwartaal_is_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=WEIGER_IN_GESLOTEN_KWARTAAL,
            ),
        ]

    def __str__(self) -> str:
        return f"Duiding van {self.indicator}, {self.onderdeel}, {self.periode.leesbaar}"

    @property
    def periode(self) -> Kwartaal:
        return Kwartaal(self.jaar, self.kwartaal)

    @property
    def belofte(self) -> str:
        """What is promised, by whom and when."""
        return f"{self.doen} ({self.wie}, {self.wanneer:%d-%m-%Y})"

    @property
    def afloop_in_woorden(self) -> str:
        """What became of the earlier promise; empty where there was none."""
        erbij = f": {self.afloop_toelichting}" if self.afloop_toelichting else ""
        return f"{self.get_afloop_display()}{erbij}" if self.afloop else ""

    @property
    def antwoorden(self) -> list[tuple[str, str]]:
        """Question and answer, the earlier promise and what became of it last."""
        eigen = [("Wat zien we", self.wat), ("Waardoor", self.waardoor), ("Wat doen we", self.doen)]
        eigen += [("Wie", str(self.wie)), ("Wanneer", f"{self.wanneer:%d-%m-%Y}")]
        if self.vorige is None:
            return eigen
        beloofd = (f"Eerder beloofd, over {self.vorige.periode.leesbaar}", self.vorige.belofte)
        return [*eigen, beloofd, ("Wat is ervan geworden", self.afloop_in_woorden)]
