"""The forecast of a year in plain Dutch, with the numbers that were used. Pure."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from common.tekst.getallen import met_eenheid, toon, toon_kort
from monitor.rekenen.oordeelzin import round_op
from monitor.rekenen.prognose import GROOT, KLEIN, Geen, Prognose, als_getal, kanswoord

if TYPE_CHECKING:
    from monitor.rekenen.cijfers import Indicatordeel

_MIDDEN = Decimal(34), Decimal(66)  # whole per cents between a third and two thirds
GEEN = {
    Geen.AFGESLOTEN: "Het jaar is afgesloten: er valt niets meer te verwachten.",
    Geen.ONVOLLEDIG: "Geen verwachting: niet alle kwartalen van dit jaar zijn compleet.",
    Geen.NIETS_GETELD: "Geen verwachting: er is dit jaar nog niets geteld, en uit niets volgt geen jaartotaal.",
    Geen.TE_WEINIG_JAREN: "Geen verwachting: daarvoor zijn ten minste twee volledige eerdere jaren nodig.",
}


def procent(deel: Fraction) -> str:
    """A share in whole per cents."""
    return f"{toon(als_getal(deel * 100), 0)}%"


def kanstekst(prognose: Prognose, richting: str) -> str:
    """The chance in words with the number; what is decided is no chance any more."""
    if prognose.kans is None:
        return "jaardoel al overschreden" if richting == "lager" else "jaardoel al gehaald"
    return f"kans {kanswoord(prognose.kans)} ({kansgetal(prognose.kans)})"


def kansgetal(kans: Fraction) -> str:
    """In whole per cents, never rounded over the edge of its word: 67% is large, a chance of exactly 2/3 is not."""
    afgerond = round_op(als_getal(kans * 100), 0)
    return f"{min(max(afgerond, _MIDDEN[0]), _MIDDEN[1]) if KLEIN <= kans <= GROOT else afgerond}%"


def prognosezin(prognose: Prognose, jaar: int, kwartaal: int, i: Indicatordeel) -> str:
    """The forecast with its interval, beside how far it was off before."""
    midden = met_eenheid(toon(als_getal(prognose.totaal), i.decimalen), i.eenheid)
    tussen = f"{_rond(prognose.laag, i)} en {_rond(prognose.hoog, i)}"
    normaal = f"gewoonlijk is t/m Q{kwartaal} {procent(prognose.aandeel)} van het jaar gedaan"
    return f"Naar verwachting {midden} in {jaar}, met 80% zekerheid tussen {tussen}; {normaal}."


def foutzin(prognose: Prognose) -> str:
    """The error of the backtest: never left out where a forecast stands."""
    aantal = len(prognose.terugblik)
    return f"Over {aantal} eerdere jaren zat deze verwachting er gemiddeld {procent(prognose.fout)} naast."


def kanszin(prognose: Prognose, i: Indicatordeel) -> str:
    doel = met_eenheid(toon_kort(als_getal(prognose.doel)), i.eenheid)
    tekst = kanstekst(prognose, i.richting)
    if prognose.kans is None:
        return f"{tekst.capitalize()} ({doel})."
    woord = kanswoord(prognose.kans).replace("ongeveer gelijk", "ongeveer gelijk aan die dat het niet lukt")
    n = len(prognose.terugblik)
    grens = f"met {n} eerdere jaren nooit onder {procent(Fraction(1, n + 1))} of boven {procent(Fraction(n, n + 1))}"
    zin = f"De kans dat het jaardoel van {doel} gehaald wordt, is {woord} ({kansgetal(prognose.kans)})."
    return f"{zin} Deze kans komt {grens}."


def _rond(getal: Decimal, i: Indicatordeel) -> str:
    return toon(getal, i.decimalen)
