"""Where the goals stand, in one sentence, and what a change of verdict means. Pure."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from common.tekst.tekens import en, hoofdletter
from sturing.regels.ladder import VRAAGT_DUIDING


class Koers(StrEnum):
    """What a reader asks of a goal; every verdict belongs to one of these."""

    GOED = "op koers of behaald"
    NIET = "niet op koers"
    MIST = "cijfer mist"
    GELIJK = "geen verschil met de vorige meting"
    LATER = "cijfer komt nog"
    ZONDER = "zonder oordeel"


_KOERS = {
    **dict.fromkeys(("op_koers", "behaald"), Koers.GOED),
    **dict.fromkeys(VRAAGT_DUIDING, Koers.NIET),
    **dict.fromkeys(("onvolledig", "geen_meting", ""), Koers.MIST),
    "niet_te_onderscheiden": Koers.GELIJK,
    "nog_niet_verschuldigd": Koers.LATER,
}
_BUITEN = (Koers.LATER, Koers.ZONDER)  # what no goal can be judged by
_STAP = {"niet_behaald": 0, "achter": 0, "aandacht": 1, "op_koers": 2, "behaald": 2}
_GEEN_NIEUWS = ("", "nog_niet_verschuldigd")
GEEN_DOEL = "Er is nog geen doel om over te oordelen"


def koers_van(oordeel: str) -> Koers:
    """``oordeel`` is empty where nothing was computed: then the figure is missing."""
    return _KOERS.get(oordeel, Koers.ZONDER)


def is_veranderd(was: str, nu: str) -> bool:
    """Whether there is news beside the quarter before: a verdict came, went or became another one.

    That a quarter still runs is none, nor is a figure that came or went where nothing is judged.
    """
    oordeelt = {koers_van(was), koers_van(nu)} & {Koers.GOED, Koers.NIET, Koers.GELIJK}
    return was != nu and bool(oordeelt) and was not in _GEEN_NIEUWS and nu not in _GEEN_NIEUWS


def stap_van(was: str, nu: str) -> int:
    """1 for better, -1 for worse, 0 where a verdict came or went without being either."""
    voor, na = _STAP.get(was), _STAP.get(nu)
    return 0 if voor is None or na is None else (na > voor) - (na < voor)


def koerszin(oordelen: Iterable[str]) -> str:
    """How many goals are on course, how many are not, and of how many the figure is missing."""
    aantal = Counter(koers_van(oordeel) for oordeel in oordelen)
    later = f" {hoofdletter(komt(aantal[Koers.LATER]))}." if aantal[Koers.LATER] else ""
    return f"{'; '.join(_delen(aantal))}.{later}"


def _delen(aantal: Counter[Koers]) -> list[str]:
    doelen = aantal.total() - sum(aantal[koers] for koers in _BUITEN)
    if not doelen:
        return [GEEN_DOEL]
    if doelen == 1:
        return [_van_een(next(koers for koers in aantal if koers not in _BUITEN))]
    if aantal[Koers.MIST] == doelen:
        return [f"Van {_alle(doelen)} mist het cijfer"]
    delen = [_goed(aantal[Koers.GOED], aantal[Koers.NIET], doelen)]
    delen += [f"van {telt(aantal[Koers.MIST])} mist het cijfer"] if aantal[Koers.MIST] else []
    return delen + ([_gelijk(aantal[Koers.GELIJK])] if aantal[Koers.GELIJK] else [])


def komt(aantal: int) -> str:
    """Of a quarter that still runs, or whose figures are not due yet."""
    return f"van {telt(aantal)} indicator{'' if aantal == 1 else 'en'} komt het cijfer nog"


def telt(aantal: int) -> str:
    """As one says it within a sentence."""
    return "één" if aantal == 1 else str(aantal)


def _van_een(koers: Koers) -> str:
    zinnen = {
        Koers.MIST: "Van het enige doel mist het cijfer",
        Koers.GELIJK: f"Bij het enige doel is er {Koers.GELIJK}",
    }
    return zinnen.get(koers, f"Het enige doel is {koers}")


def _alle(doelen: int) -> str:
    return "beide doelen" if doelen == 2 else f"alle {doelen} doelen"


def _goed(goed: int, niet: int, doelen: int) -> str:
    if goed == doelen:
        return f"{hoofdletter(_alle(doelen))} zijn {Koers.GOED}"
    if not goed:
        return f"Geen van {'beide' if doelen == 2 else f'de {doelen}'} doelen is {Koers.GOED}"
    werkwoord = "is" if goed == 1 else "zijn"
    rest = f", {telt(niet)} niet" if niet else ""
    return f"{hoofdletter(telt(goed))} van de {doelen} doelen {werkwoord} {Koers.GOED}{rest}"


def _gelijk(aantal: int) -> str:
    return f"bij {telt(aantal)} is er {Koers.GELIJK}"


def telzin(oordelen: Iterable[str], te_leveren: int) -> str:
    """How the goals of the headline, the dots of the strip and the figures of this quarter belong together."""
    aantal = Counter(koers_van(oordeel) for oordeel in oordelen)
    doelen = aantal.total() - sum(aantal[koers] for koers in _BUITEN)
    soorten = ((doelen, "met een doel"), (aantal[Koers.ZONDER], "zonder doel"))
    delen = en([f"{hoeveel} {wat}" for hoeveel, wat in soorten if hoeveel])
    if later := aantal[Koers.LATER]:
        delen = f"van {later} komt het cijfer nog{f', daarnaast {delen}' if delen else ''}"
    indicatoren = "1 indicator" if aantal.total() == 1 else f"{aantal.total()} indicatoren"
    return f"{indicatoren}: {delen}; {te_leveren} dit kwartaal te leveren."
