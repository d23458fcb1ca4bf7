"""Short hands for the calculation tests: indicators, targets and values with sensible defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from monitor.rekenen.cijfers import Afgeleid, leid_cijfers_af
from monitor.rekenen.regels.beoordelen import bereken
from monitor.rekenen.regels.feiten import (
    Doelfeit,
    Indicatorfeit,
    Metingen,
    Metingfeit,
    Onderdeelfeit,
    Rekenfeiten,
    doeljaren_van,
)
from monitor.rekenen.regels.oordeelrij import Oordeelrij, als_records

LATER = date(2026, 11, 23)
JAAR = 2025


@dataclass(frozen=True, slots=True)
class Waarde:
    """A value of one quarter or year; for a ratio ``waarde`` is the teller."""

    waarde: Decimal | None
    noemer: Decimal | None = None
    marge: Decimal | None = None
    voorlopig: bool = False


Periode = tuple[int, int | None]  # jaar, kwartaal (None: the whole year)


def beoordeel_geval(
    indicator: Indicatorfeit,
    doel: Doelfeit | None,
    waarden: Mapping[Periode, Waarde],
    *,
    jaar: int,
    kwartaal: int,
    vandaag: date,
    termijn_dagen: int = 30,
) -> Oordeelrij | None:
    """The record of one indicator, one onderdeel and one quarter; None where nothing is due and nothing is known.

    ``waarden`` are the approved values of all years; one without a number is "nb".
    """
    onderdeel = Onderdeelfeit(1, indicator.niveau)
    metingen = Metingen.van(
        [
            Metingfeit(indicator.id, 1, j, q, w.waarde, w.noemer, w.marge, w.waarde is None, w.voorlopig)
            for (j, q), w in waarden.items()
        ]
    )
    doelen = [doel] if doel else []
    feiten = Rekenfeiten(
        [indicator], [onderdeel], doelen, metingen, vandaag, termijn_dagen, doeljaren_van(doelen, metingen)
    )
    records = als_records(bereken(feiten))
    return next((rij for rij in records if (rij.jaar, rij.kwartaal) == (jaar, kwartaal)), None)


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
    return leid_cijfers_af(rij(feit, doelstelling, waarden, kwartaal, **meer), feit, doelstelling)
