"""The door for one case: Decimals in, one record out, through exactly the same functions as half a million rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from monitor.rekenen.regels import kubus
from monitor.rekenen.regels.beoordelen import SCHALEN, SOORTEN, Oordeelrijen, beoordeel_kubus
from monitor.rekenen.regels.feiten import (
    Doelfeit,
    Indicatorfeit,
    Metingen,
    Metingfeit,
    Onderdeelfeit,
    Rekenfeiten,
    doeljaren_van,
)
from monitor.rekenen.regels.getalreeks import LEEG, ongeschaald
from monitor.rekenen.regels.oordeelregels import Oordeelcode, Standcode, naam


@dataclass(frozen=True, slots=True)
class Oordeelrij:
    """One row of Doelbereik, as the database would hold it."""

    indicator_id: int
    onderdeel_id: int
    jaar: int
    kwartaal: int
    stand: str
    teller: Decimal | None
    noemer: Decimal | None
    cum_teller: Decimal | None
    cum_noemer: Decimal | None
    marge: Decimal | None
    vorige: Decimal | None
    vorige_noemer: Decimal | None
    vorige_marge: Decimal | None
    vorige_jaar: int | None
    vorige_kwartaal: int | None
    verwachting: Decimal | None
    doelstelling_id: int | None
    oordeel: str
    moet_leveren: int
    geleverd: int
    gemist: int
    op_tempo: int | None
    vergeleken: int | None
    voorlopig: bool
    heel_jaar: bool
    doel_elders: bool
    seizoen_terugval: bool


def als_records(rijen: Oordeelrijen) -> list[Oordeelrij]:
    """Columns of scaled whole numbers as records of Decimals."""
    kolommen = {kolom: _kolom(kolom, getattr(rijen, kolom)) for kolom in SOORTEN}
    return [Oordeelrij(*waarden) for waarden in zip(*kolommen.values(), strict=True)]


def _kolom(kolom: str, reeks: Sequence) -> list:
    soort = SOORTEN[kolom]
    if soort in SCHALEN:
        return [ongeschaald(getal, SCHALEN[soort]) for getal in reeks]
    if soort == "?":
        return [bool(vlag) for vlag in reeks]
    if soort == "naam":
        codes = Standcode if kolom == "stand" else Oordeelcode
        return [naam(codes(int(code))) for code in reeks]
    return [None if int(getal) == LEEG else int(getal) for getal in reeks]


def bereken(feiten: Rekenfeiten, vanaf_jaar: int | None = None) -> Oordeelrijen:
    """Everything in ``feiten``: rolled up and judged."""
    return beoordeel_kubus(kubus.bouw_kubus(feiten), vanaf_jaar)


@dataclass(frozen=True, slots=True)
class Waarde:
    """A value of one quarter or year; for a ratio ``waarde`` is the teller."""

    waarde: Decimal | None
    noemer: Decimal | None = None
    marge: Decimal | None = None
    voorlopig: bool = False


_Periode = tuple[int, int | None]  # jaar, kwartaal (None: the whole year)


def beoordeel_geval(
    indicator: Indicatorfeit,
    doel: Doelfeit | None,
    waarden: Mapping[_Periode, Waarde],
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
