"""The first page: one sentence, what changed, what to discuss, and every other indicator in a list of its own.

Everything is read off the same lines as the pages of the indicators; nothing here judges.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from common.tekst.periode import Kwartaal
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.oordeel.uiterlijk import SLECHTSTE_EERST
from monitor.dashboards.overzicht.bespreken import (
    EISEN,
    MEEST_BESPROKEN,
    VOLGORDE,
    Kandidaat,
    kies_te_bespreken,
    reden_buiten,
)
from monitor.dashboards.overzicht.koers import Koers, koers_van, koerszin, telt, telzin
from monitor.dashboards.overzicht.strook import Stip, naast_kwartaal
from monitor.models import Doelstelling, Oordeel
from monitor.rekenen.prognose import Kans, Prognose

_HONDERD = 100
_KANTEN = {-1: "slechter", 1: "beter", 0: "ook veranderd"}
GETOOND = 4  # changes that are named in the line under the headline, where there are more than one more


@dataclass(frozen=True)
class Voortgang:
    """``regels`` are all indicators of the quarter, in the order of the agenda."""

    kwartaal: Kwartaal
    regels: Sequence[Regel]

    MEEST_BESPROKEN = MEEST_BESPROKEN
    EISEN = tuple(woorden for woorden, _ in EISEN)
    VOLGORDE = tuple(woorden for woorden, _ in VOLGORDE)

    @property
    def zin(self) -> str:
        return koerszin(regel.telt_als for regel in self.regels)

    @property
    def telling(self) -> str:
        return telzin((regel.telt_als for regel in self.regels), len(compleet(self.regels).verwacht))

    @property
    def oordelen(self) -> list[str]:
        """The verdicts that are there, worst first; what was not computed has the shape of what was not measured."""
        aanwezig = {regel.oordeel or Oordeel.GEEN_METING for regel in self.regels}
        return [oordeel for oordeel in SLECHTSTE_EERST if oordeel in aanwezig]

    @property
    def sinds(self) -> str:
        """The quarter before, as it is said beside this one."""
        return naast_kwartaal(self.kwartaal.vorige(), self.kwartaal)

    @property
    def is_te_vergelijken(self) -> bool:
        """Whether any verdict of the quarter before is known."""
        return any(regel.was for regel in self.regels)

    @cached_property
    def veranderd(self) -> list[Stip]:
        """What got another verdict: worse first, then better, then the others."""
        stippen = [stip for stip in map(Stip, self.regels) if stip.is_veranderd]
        return sorted(stippen, key=lambda stip: ({-1: 0, 1: 1}.get(stip.stap, 2), stip.regel.rang))

    @property
    def eerste(self) -> list[Stip]:
        return self.veranderd[: len(self.veranderd) - len(self.rest)]

    @property
    def per_kant(self) -> list[tuple[str, list[Stip]]]:
        """Of those that are named: what got worse, then what got better, then the others, each with its word."""
        kanten = ((woord, [stip for stip in self.eerste if stip.stap == stap]) for stap, woord in _KANTEN.items())
        return [(woord, stippen) for woord, stippen in kanten if stippen]

    @property
    def rest(self) -> list[Stip]:
        return self.veranderd[GETOOND:] if len(self.veranderd) > GETOOND + 1 else []

    @cached_property
    def bespreken(self) -> list[Regel]:
        return [self.regels[plek] for plek in kies_te_bespreken([kandidaat(regel) for regel in self.regels])]

    def waarom_niet(self, regel: Regel) -> str:
        """Why a line is not under Bespreken; empty for one that is."""
        return "" if regel in self.bespreken else reden_buiten(kandidaat(regel))

    @property
    def lijsten(self) -> list[tuple[str, str, list[Regel]]]:
        """What is not to discuss: a key, a heading with their number and the lines, worst first; each line once."""
        gekozen = {regel.code for regel in self.bespreken}
        over = [regel for regel in self.regels if regel.code not in gekozen]
        return [
            (sleutel, f"{kop} ({_hoeveel(sleutel, gevonden)})", gevonden)
            for sleutel, kop in LIJSTEN.items()
            if (gevonden := sorted((r for r in over if _lijst(r) == sleutel), key=lambda regel: regel.rang))
        ]


LIJSTEN = {
    "andere": "Andere aandachtspunten",
    "wacht": "Wacht op een nieuwe meting",
    "mist": "Cijfer mist",
    "goed": "Op koers of behaald",
    "later": "Cijfer komt nog",
    "zonder": "Zonder oordeel",
}
_PER_KOERS = {
    Koers.MIST: "mist",
    Koers.GOED: "goed",
    Koers.GELIJK: "wacht",
    Koers.LATER: "later",
    Koers.ZONDER: "zonder",
}


def _lijst(regel: Regel) -> str:
    """Of what is off course by an earlier figure nothing can be said before the next one."""
    return _PER_KOERS.get(koers_van(regel.oordeel)) or ("wacht" if regel.is_eerder else "andere")


def _hoeveel(sleutel: str, regels: Sequence[Regel]) -> str:
    """The headline counts goals, a list indicators: those without a goal are told apart, but in their own list."""
    zonder = sum(koers_van(regel.telt_als) is Koers.ZONDER for regel in regels) if sleutel != "zonder" else 0
    return f"{len(regels)}, waarvan {zonder} zonder doel" if zonder else str(len(regels))


def kandidaat(regel: Regel) -> Kandidaat:
    """A line as the choice of what to discuss looks at it."""
    uit, prognose = regel.afgeleid, regel.beeld.prognose if regel.beeld else None
    return Kandidaat(
        oordeel=regel.oordeel,
        is_nu=regel.rij is not None and not regel.is_eerder,
        volgt=bool(uit and uit.resterend),
        beslist=isinstance(prognose, Prognose) and prognose.kanswoord is Kans.OVERSCHREDEN,
        slechter=Stip(regel).stap < 0,
        verschil=uit.verschil if uit else None,
        marge=_marge(regel),
    )


def _marge(regel: Regel) -> Decimal | None:
    """In the unit of the difference: that of a year volume is a percentage of what should be there by now."""
    uit = regel.afgeleid
    if uit is None or uit.marge is None or regel.soort != Doelstelling.Soort.JAARVOLUME:
        return uit.marge if uit else None
    return None if uit.verwachting is None else uit.marge * abs(uit.verwachting) / _HONDERD


def is_compleet(regel: Regel) -> bool:
    return regel.rij is not None and regel.rij.geleverd >= regel.rij.moet_leveren


@dataclass(frozen=True)
class Compleet:
    """Of how many indicators that had to come this quarter everyone delivered, and which ones are not complete.

    What is not due in a quarter is not counted. The agenda sets no target for this.
    """

    verwacht: Sequence[Regel]

    @property
    def mist(self) -> list[Regel]:
        return [r for r in self.verwacht if not is_compleet(r) and koers_van(r.oordeel) is not Koers.LATER]

    @property
    def woorden(self) -> str:
        """What is not due yet is not missing."""
        later = sum(not is_compleet(regel) for regel in self.verwacht) - len(self.mist)
        alle = len(self.verwacht)
        zin = f"{sum(map(is_compleet, self.verwacht))} van {alle} te leveren indicator{'' if alle == 1 else 'en'}"
        return f"{zin}; van {telt(later)} komt het cijfer nog" if later else zin


def compleet(regels: Sequence[Regel]) -> Compleet:
    return Compleet([r for r in regels if r.rij and not r.is_eerder and r.rij.moet_leveren > 0])
