"""How far an ambition of the agenda is, as the portefeuillehouder says it each half year."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from common.vaststellen.model import Vaststelling, door_persoon, een_tegelijk, eens_besloten_blijft
from strategie.models import Ambitie
from sturing.regels.omvang import MEESTE_TEKENS, Halfjaar

INHOUD_VAN_STAND = ("oordeel", "tekst", "bewijs")


class Ambitiestand(Vaststelling):
    """What one person says of an ambition at the end of a half year and another approved. Words, never a number.

    ``bewijs`` is a list of ``{code, datum, soort, titel}``: an indicator by its code, anything else by its title and
    date (ISO), with ``waar`` it is to be found where that was said.
    """

    class Oordeel(models.TextChoices):
        GEHAALD = "gehaald", "Gehaald"
        OP_WEG = "op-weg", "Op weg"
        LOOPT_ACHTER = "loopt-achter", "Loopt achter"
        NIET_TE_ZEGGEN = "niet-te-zeggen", "Niet te zeggen"

    INHOUD = INHOUD_VAN_STAND
    PLEK = ("ambitie", "jaar", "helft")

    ambitie = models.ForeignKey(Ambitie, models.PROTECT, related_name="standen")
    jaar = models.PositiveSmallIntegerField("jaar")
    helft = models.PositiveSmallIntegerField("halfjaar")
    oordeel = models.CharField("hoe ver is het", max_length=14, choices=Oordeel)
    tekst = models.CharField("toelichting", max_length=MEESTE_TEKENS)
    bewijs = models.JSONField("bewijs", default=list, blank=True)
    demo = models.BooleanField("fictief", default=False)

    class Meta(Vaststelling.Meta):
        verbose_name = "stand van een ambitie"
        verbose_name_plural = "standen van ambities"
        ordering = ["ambitie", "jaar", "helft", "id"]
        constraints = [
            *Vaststelling.Meta.constraints,
            *een_tegelijk("ambitiestand", "ambitie", "jaar", "helft"),
            door_persoon("ambitiestand"),
            models.CheckConstraint(condition=Q(helft__in=(1, 2)), name="ambitiestand_helft_bestaat"),
            models.CheckConstraint(condition=~Q(tekst=""), name="ambitiestand_heeft_tekst"),
            models.CheckConstraint(
                condition=Q(oordeel="niet-te-zeggen") | ~Q(bewijs=[]), name="ambitiestand_heeft_bewijs"
            ),
        ]
        triggers = eens_besloten_blijft(
            ("ambitie", "jaar", "helft", *INHOUD_VAN_STAND, "demo"), weg_mag=pgtrigger.Q(old__demo=True)
        )

    def __str__(self) -> str:
        return f"{self.ambitie}, {self.halfjaar.leesbaar}"

    @property
    def halfjaar(self) -> Halfjaar:
        return Halfjaar(self.jaar, self.helft)
