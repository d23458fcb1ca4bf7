"""Which parts of the agenda and which indicators belong together, beyond what the agenda itself lays under what."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from common.vaststellen.model import Vaststelling, door_persoon, een_tegelijk, eens_besloten_blijft
from monitor.models import Indicator
from strategie.models import Activiteit, Ambitie, Hoofdlijn, Thema

INHOUD_VAN_KOPPELING = ("geldt", "reden")
KOPPELBARE_SOORTEN = ("ambitie", "hoofdlijn", "activiteit", "indicator")


def _een_van(*velden: str) -> Q:
    """Exactly one of these is filled."""
    alle = Q()
    for gevuld in velden:
        alle |= Q(**{f"{veld}__isnull": veld != gevuld for veld in velden})
    return alle


class Boomdeel(models.Model):
    """One thing that can be linked: an ambition, a main line, an activity of the agenda or an indicator.

    The row is made with the first link, and what it stands for never changes.
    """

    VERWANT = ("ambitie__thema", "hoofdlijn__thema", "activiteit__hoofdlijn__thema", "indicator")
    """From which its name is read."""

    ambitie = models.OneToOneField(Ambitie, models.PROTECT, null=True, blank=True, related_name="boomdeel")
    hoofdlijn = models.OneToOneField(Hoofdlijn, models.PROTECT, null=True, blank=True, related_name="boomdeel")
    activiteit = models.OneToOneField(Activiteit, models.PROTECT, null=True, blank=True, related_name="boomdeel")
    indicator = models.OneToOneField(Indicator, models.PROTECT, null=True, blank=True, related_name="boomdeel")

    class Meta:
        verbose_name = "deel van de boom"
        verbose_name_plural = "delen van de boom"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=_een_van(*KOPPELBARE_SOORTEN), name="boomdeel_is_een_ding")]
        triggers = [pgtrigger.Protect(name="niet_wijzigen", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.naam

    @property
    def naam(self) -> str:
        return noem(self.ding)

    @property
    def soort(self) -> str:
        return next(soort for soort in KOPPELBARE_SOORTEN if getattr(self, f"{soort}_id") is not None)

    @property
    def ding(self) -> Koppelbaar:
        gevonden: Koppelbaar = getattr(self, self.soort)
        return gevonden

    @property
    def thema(self) -> Thema | None:
        """Of an indicator none: each agenda lays it under a theme of its own."""
        ding = self.ding
        return None if isinstance(ding, Indicator) else thema_van(ding)


Koppelbaar = Ambitie | Hoofdlijn | Activiteit | Indicator


def thema_van(ding: Ambitie | Hoofdlijn | Activiteit) -> Thema:
    return ding.hoofdlijn.thema if isinstance(ding, Activiteit) else ding.thema


def noem(ding: Koppelbaar) -> str:
    """What it is and where it stands, in one line that no other thing of its agenda has."""
    if isinstance(ding, Indicator):
        return noem_kort(ding)
    return f"{noem_kort(ding)}: {ding.titel if isinstance(ding, Hoofdlijn) else ding.tekst}"


def noem_kort(ding: Koppelbaar) -> str:
    """What it is and where it stands, for within a sentence."""
    if isinstance(ding, Indicator):
        return f"Indicator {ding.naam}"
    if isinstance(ding, Activiteit):
        return f"{_lijn(ding.hoofdlijn)}, activiteit {ding.nummer}"
    return _lijn(ding) if isinstance(ding, Hoofdlijn) else f"{ding.thema}, ambitie {ding.nummer}"


def _lijn(lijn: Hoofdlijn) -> str:
    return f"{lijn.thema}, hoofdlijn {lijn.nummer}" if lijn.nummer else f"{lijn.thema}, programma"


class Koppeling(Vaststelling):
    """That ``onder`` belongs under ``boven``: what is done or measured there says something of what is wanted.

    ``geldt`` False is that the link ends: a link is never deleted. Of a pair, in whichever order, one version counts.
    """

    INHOUD = INHOUD_VAN_KOPPELING
    PLEK = ("boven", "onder")

    boven = models.ForeignKey(Boomdeel, models.PROTECT, related_name="koppelingen_omlaag")
    onder = models.ForeignKey(Boomdeel, models.PROTECT, related_name="koppelingen_omhoog")
    geldt = models.BooleanField("geldt", default=True)
    reden = models.TextField("waarom", max_length=2000)

    class Meta(Vaststelling.Meta):
        verbose_name = "koppeling"
        verbose_name_plural = "koppelingen"
        ordering = ["boven", "onder", "id"]
        constraints = [
            *Vaststelling.Meta.constraints,
            *een_tegelijk("koppeling", "boven", "onder", geldende="geldende"),
            models.UniqueConstraint(
                Least("boven", "onder"),
                Greatest("boven", "onder"),
                condition=Q(staat="vastgesteld", geldt=True),
                name="koppeling_een_per_paar",
            ),
            models.CheckConstraint(condition=~Q(boven=F("onder")), name="koppeling_niet_met_zichzelf"),
            models.CheckConstraint(condition=~Q(reden=""), name="koppeling_heeft_reden"),
            door_persoon("koppeling"),
        ]
        triggers = eens_besloten_blijft(("boven", "onder", *INHOUD_VAN_KOPPELING))

    def __str__(self) -> str:
        return f"koppeling {self.richting}"

    @property
    def richting(self) -> str:
        """What comes under what, or no longer does, for within a sentence."""
        hoe = "onder" if self.geldt else "niet meer onder"
        return f"“{noem_kort(self.onder.ding)}” {hoe} “{noem_kort(self.boven.ding)}”"

    @property
    def in_woorden(self) -> str:
        return "Hoort bij elkaar" if self.geldt else "De koppeling vervalt"
