"""The rows of Doelbereik on their way from and to the database: read, compared, and only what changed is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg
from django.db import connection, transaction

from monitor.rekenen import kopie
from monitor.rekenen.regels.beoordelen import KOLOMSOORTEN, SCHALEN, Oordeelrijen
from monitor.rekenen.regels.getalreeks import LEEG, Reeks, geschaald
from monitor.rekenen.regels.oordeelregels import Oordeelcode, Standcode, naam

_TABEL = "monitor_doelbereik"
TEKSTBREEDTE = 22

_NAMEN = {
    "stand": [naam(code).encode() for code in Standcode],
    "oordeel": [naam(code).encode() for code in Oordeelcode],
}
KLEIN_LEEG = -(2**15)
SQL_LEEG = f"'{LEEG}'::int8"


def psycopg_verbinding() -> psycopg.Connection:
    """The driver's own connection, inside Django's transaction: COPY is not part of Django's interface."""
    connection.ensure_connection()
    return connection.connection


def _leesvorm(kolom: str, soort: str) -> tuple[str, str]:
    """The SQL expression that has a fixed width, and its type on the wire."""
    if soort == "naam":
        return f"rpad({kolom}, {TEKSTBREEDTE})", f"S{TEKSTBREEDTE}"
    if soort in SCHALEN:
        return f"coalesce(({kolom} * {SCHALEN[soort]})::int8, {SQL_LEEG})", ">i8"
    if soort == "i2":
        return f"coalesce({kolom}, '{KLEIN_LEEG}'::int2)", ">i2"
    return (f"coalesce({kolom}, {SQL_LEEG})", ">i8") if soort == "i8" else (kolom, "?")


def lees_rijen(waar: str, waarden: Sequence[Any]) -> Oordeelrijen:
    """The stored rows that meet a condition, as columns of scaled whole numbers."""
    velden = [(kolom, *_leesvorm(kolom, soort)) for kolom, soort in KOLOMSOORTEN.items()]
    try:
        with transaction.atomic():
            rijen = kopie.lees_kolommen(psycopg_verbinding(), velden, f"FROM {_TABEL} AS d WHERE {waar}", waarden)
    except psycopg.errors.NumericValueOutOfRange:
        return _lees_groot(waar, waarden)
    return Oordeelrijen(**{kolom: _kolom(rijen[kolom], KOLOMSOORTEN[kolom], kolom) for kolom in KOLOMSOORTEN})


def _kolom(reeks: Reeks, soort: str, kolom: str) -> Reeks:
    if soort == "naam":
        bekend = np.array([tekst.ljust(TEKSTBREEDTE) for tekst in _NAMEN[kolom]])
        volgorde = np.argsort(bekend)
        return volgorde[np.searchsorted(bekend[volgorde], reeks)]
    if soort == "?":
        return reeks.astype(bool)
    getal = reeks.astype(np.int64)
    return np.where(getal == KLEIN_LEEG, LEEG, getal) if soort == "i2" else getal


def _lees_groot(waar: str, waarden: Sequence[Any]) -> Oordeelrijen:
    """The same for figures that do not fit in 64 bits: row by row, in Python's own integers."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(KOLOMSOORTEN)} FROM {_TABEL} AS d WHERE {waar}", waarden)  # noqa: S608
        rijen = cursor.fetchall()
    kolommen = zip(*rijen, strict=True) if rijen else ((),) * len(KOLOMSOORTEN)
    return Oordeelrijen(**{k: _python_kolom(k, reeks) for k, reeks in zip(KOLOMSOORTEN, kolommen, strict=True)})


def _python_kolom(kolom: str, reeks: tuple[Any, ...]) -> Reeks:
    soort = KOLOMSOORTEN[kolom]
    if soort == "naam":
        codes = {tekst.decode(): code for code, tekst in enumerate(_NAMEN[kolom])}
        return np.array([codes[tekst] for tekst in reeks])
    if soort in SCHALEN:
        return np.array([geschaald(getal, SCHALEN[soort]) for getal in reeks], dtype=object)
    return np.array([LEEG if getal is None else getal for getal in reeks], dtype=bool if soort == "?" else np.int64)


@dataclass(frozen=True)
class Rijverschil:
    """What must happen to the table: rows to write, and keys whose stored row goes first."""

    nieuw: Oordeelrijen
    weg: Oordeelrijen

    def __len__(self) -> int:
        """How many rows of the table change: written, replaced or removed."""
        vervangen = (
            np.isin(_sleutel(self.weg, self.nieuw), _sleutel(self.nieuw, self.weg)).sum() if len(self.weg) else 0
        )
        return len(self.nieuw) + len(self.weg) - int(vervangen)

    def indicatoren(self) -> list[int]:
        return np.unique(np.concatenate([self.nieuw.indicator_id, self.weg.indicator_id])).tolist()


def _sleutel(rijen: Oordeelrijen, ander: Oordeelrijen) -> Reeks:
    """One number per key, comparable between the two sets of rows."""
    breedte = int(max(r.onderdeel_id.max() if len(r) else 0 for r in (rijen, ander))) + 1
    return (rijen.indicator_id * breedte + rijen.onderdeel_id) * (1 << 15) + rijen.jaar * 4 + rijen.kwartaal - 1


def vergelijk_rijen(berekend: Oordeelrijen, opgeslagen: Oordeelrijen) -> Rijverschil:
    """The difference between what was computed and what stands, column by column."""
    if not len(opgeslagen):
        return Rijverschil(berekend, opgeslagen)
    nieuw, oud = _sleutel(berekend, opgeslagen), _sleutel(opgeslagen, berekend)
    volgorde = np.argsort(oud)
    plek = volgorde[np.minimum(np.searchsorted(oud[volgorde], nieuw), len(oud) - 1)]
    bekend = oud[plek] == nieuw
    gelijk = bekend.copy()
    for kolom in KOLOMSOORTEN:
        gelijk &= np.asarray(getattr(berekend, kolom) == getattr(opgeslagen, kolom)[plek], dtype=bool)
    blijft = np.zeros(len(oud), bool)
    blijft[plek[gelijk]] = True
    return Rijverschil(berekend.kies(~gelijk), opgeslagen.kies(~blijft))


def schrijf_verschil(verschil: Rijverschil) -> None:
    """Remove what is replaced or gone, then copy the new rows in."""
    if len(verschil.weg):
        _verwijder(verschil.weg)
    if len(verschil.nieuw):
        kolommen = [(kolom, soort, getattr(verschil.nieuw, kolom)) for kolom, soort in KOLOMSOORTEN.items()]
        opdracht = f"COPY {_TABEL} ({', '.join(KOLOMSOORTEN)}) FROM STDIN (FORMAT binary)"
        with psycopg_verbinding().cursor() as cursor, cursor.copy(opdracht) as stroom:
            kopie.schrijf_kolommen(stroom, kolommen, _NAMEN)


def _verwijder(rijen: Oordeelrijen) -> None:
    sleutels = [getattr(rijen, kolom).tolist() for kolom in ("indicator_id", "onderdeel_id", "jaar", "kwartaal")]
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {_TABEL} AS d USING unnest(%s::int8[], %s::int8[], %s::int2[], %s::int2[]) AS w(i, o, j, k) "  # noqa: S608
            "WHERE d.indicator_id = w.i AND d.onderdeel_id = w.o AND d.jaar = w.j AND d.kwartaal = w.k",
            sleutels,
        )
