"""The strip of the first page: per theme a dot for each of its indicators, and how it stands in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from common.tekst.periode import Kwartaal
from common.tekst.tekens import hoeveel_van, hoofdletter
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.oordeel.uiterlijk import UITERLIJK, get_woord, icoon_van
from monitor.dashboards.overzicht.koers import Koers, is_veranderd, koers_van, komt, stap_van, telt
from monitor.models import Oordeel
from strategie.models import Thema

GEEN_INDICATOREN = "Geen indicatoren afgesproken"
GEEN_DOELEN = "De agenda noemt hier geen doelen"
KORTE_NAAM = 32  # letters
_STAND: dict[str, tuple[str, str]] = {
    Oordeel.NIET_BEHAALD: ("niet behaald", "niet behaald"),
    Oordeel.ACHTER: ("achter", "achter"),
    Oordeel.AANDACHT: ("vraagt aandacht", "vragen aandacht"),
}
_PIJLEN = {1: "↑", -1: "↓"}


def naast_kwartaal(kwartaal: Kwartaal, naast: Kwartaal) -> str:
    """Q2 beside Q3 of the same year; the year is only said of another one."""
    return f"Q{kwartaal.nummer}" if kwartaal.jaar == naast.jaar else kwartaal.leesbaar


@dataclass(frozen=True)
class Stip:
    """One indicator as a dot: shape and colour of its verdict, its change, and all of that in words."""

    regel: Regel

    @property
    def icoon(self) -> SafeString:
        return icoon_van(self.regel.oordeel or Oordeel.GEEN_METING)

    @property
    def klasse(self) -> str:
        gesloten = self.regel.oordeel and UITERLIJK[self.regel.oordeel].gesloten
        return f"stip toon-{self.regel.toon}{' gesloten' if gesloten else ''}"

    @property
    def is_veranderd(self) -> bool:
        return is_veranderd(self.regel.was, self.regel.oordeel)

    @property
    def stap(self) -> int:
        return stap_van(self.regel.was, self.regel.oordeel) if self.is_veranderd else 0

    @property
    def pijl(self) -> str:
        return _PIJLEN.get(self.stap, "")

    @property
    def van_naar(self) -> str:
        """From the verdict of the quarter before to the one of now."""
        return f"van {get_woord(self.regel.was).lower()} naar {self.regel.oordeel_woord.lower()}"

    @property
    def naam(self) -> str:
        """Waardebeslag: Achter, was Aandacht in Q2."""
        regel = self.regel
        delen = [f"{regel.naam}: {regel.oordeel_woord}"]
        delen += [f"gemeten in {regel.periode}"] if regel.is_eerder else []
        if self.is_veranderd:
            delen.append(f"was {get_woord(regel.was)} in {naast_kwartaal(regel.kwartaal.vorige(), regel.kwartaal)}")
        return ", ".join(delen)


@dataclass(frozen=True)
class Themarij:
    """A theme with its dots in the order of the agenda; ``toont_cijfers`` False: who reads sees no figures."""

    thema: Thema
    adres: str
    stippen: Sequence[Stip]
    toont_cijfers: bool = True

    @property
    def woorden(self) -> str:
        """How it stands, as it is shown below its name."""
        if not self.toont_cijfers:
            return self.thema.samenvatting
        if not self.stippen:
            return GEEN_DOELEN if self.thema.geen_doel else GEEN_INDICATOREN
        return hoofdletter(themawoorden([stip.regel for stip in self.stippen]))


def themawoorden(regels: Sequence[Regel]) -> str:
    """How many are on course; the one that is not by its name, more of them by their number; what is missing."""
    per_koers: dict[Koers, list[Regel]] = {koers: [] for koers in Koers}
    for regel in regels:
        per_koers[koers_van(regel.telt_als)].append(regel)
    later, doelen = len(per_koers[Koers.LATER]), len(regels) - len(per_koers[Koers.ZONDER])
    delen = _delen(per_koers, doelen - later) + ([komt(later)] if later else [])
    return "; ".join(delen) or "gevolgd zonder oordeel"


def _delen(per_koers: Mapping[Koers, Sequence[Regel]], doelen: int) -> list[str]:
    goed, niet = per_koers[Koers.GOED], per_koers[Koers.NIET]
    delen = [_goed(len(goed), doelen)] if goed else []
    delen += [_niet(niet)] if niet else []
    delen += [f"van {telt(len(per_koers[Koers.MIST]))} mist het cijfer"] if per_koers[Koers.MIST] else []
    delen += [f"bij {telt(len(per_koers[Koers.GELIJK]))} geen verschil"] if per_koers[Koers.GELIJK] else []
    return delen


def _goed(aantal: int, doelen: int) -> str:
    return Koers.GOED if doelen == 1 else f"{hoeveel_van(aantal, doelen)} {Koers.GOED}"


def _niet(regels: Sequence[Regel]) -> str:
    """One of them by its name, where that is short enough to stand in a row."""
    if len(regels) == 1 and len(regels[0].naam) <= KORTE_NAAM:
        return f"{regels[0].naam} {_STAND[regels[0].oordeel][0]}"
    aantal = Counter(regel.oordeel for regel in sorted(regels, key=lambda regel: regel.rang))
    return ", ".join(f"{telt(n)} {_STAND[oordeel][n > 1]}" for oordeel, n in aantal.items())
