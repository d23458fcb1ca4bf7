"""Short hands for the calculation tests: indicators, targets and values with sensible defaults."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from monitor.rekenen.cijfers import Afgeleid, leid_af
from monitor.rekenen.regels.een_geval import Oordeelrij, Waarde, beoordeel_geval
from monitor.rekenen.regels.feiten import Doelfeit, Indicatorfeit

LATER = date(2026, 11, 23)
JAAR = 2025


def indicator(aggregatie: str = "som", richting: str = "hoger", **meer: object) -> Indicatorfeit:
    velden = {"frequentie": "kwartaal", "niveau": "eenheid", "eenheid": "verdachten"} | meer
    return Indicatorfeit(1, aggregatie, richting, **velden)


def doel(
    soort: str, streefwaarde: str | int | None = None, marge: str | int | None = None, jaar: int = JAAR
) -> Doelfeit:
    waarden = [None if getal is None else Decimal(getal) for getal in (streefwaarde, marge)]
    return Doelfeit(7, 1, 1, jaar, soort, *waarden)


def kwartalen(*waarden: object, jaar: int = JAAR) -> dict:
    """Values of Q1, Q2, …: a number, a pair teller/noemer, ``"nb"``, or None for nothing delivered."""
    return {(jaar, nummer): waarde(w) for nummer, w in enumerate(waarden, start=1) if w is not None}


def waarde(w: object, **meer: object) -> Waarde:
    if w == "nb":
        return Waarde(None)
    if isinstance(w, tuple):
        return Waarde(Decimal(w[0]), Decimal(w[1]), **meer)
    return Waarde(Decimal(str(w)), **meer)


def rij(
    feit: Indicatorfeit, doelstelling: Doelfeit | None, waarden: dict, kwartaal: int = 3, **meer: object
) -> Oordeelrij:
    velden = {"jaar": JAAR, "vandaag": LATER} | meer
    uit = beoordeel_geval(feit, doelstelling, waarden, kwartaal=kwartaal, **velden)
    assert uit is not None
    return uit


def oordeel(
    feit: Indicatorfeit, doelstelling: Doelfeit | None, waarden: dict, kwartaal: int = 3, **meer: object
) -> str:
    return rij(feit, doelstelling, waarden, kwartaal, **meer).oordeel


def cijfers(
    feit: Indicatorfeit, doelstelling: Doelfeit | None, waarden: dict, kwartaal: int = 3, **meer: object
) -> Afgeleid:
    return leid_af(rij(feit, doelstelling, waarden, kwartaal, **meer), feit, doelstelling)
