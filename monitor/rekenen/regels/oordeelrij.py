"""One verdict by itself: a row of the database, out of columns of whole numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.rekenen.regels.beoordelen import KOLOMSOORTEN, SCHALEN, Oordeelrijen
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
    kolommen = {kolom: _kolom(kolom, getattr(rijen, kolom)) for kolom in KOLOMSOORTEN}
    return [Oordeelrij(*waarden) for waarden in zip(*kolommen.values(), strict=True)]


def _kolom(kolom: str, reeks: Sequence) -> list:
    soort = KOLOMSOORTEN[kolom]
    if soort in SCHALEN:
        return [ongeschaald(getal, SCHALEN[soort]) for getal in reeks]
    if soort == "?":
        return [bool(vlag) for vlag in reeks]
    if soort == "naam":
        codes = Standcode if kolom == "stand" else Oordeelcode
        return [naam(codes(int(code))) for code in reeks]
    return [None if int(getal) == LEEG else int(getal) for getal in reeks]
