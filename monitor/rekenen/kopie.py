"""PostgreSQL's binary COPY format, read and written as whole arrays.

Rows of fixed width are one numpy record type, so that no row passes through Python by itself. NULL has no fixed
width: a reader asks for LEEG in its place, a writer sends rows with the same NULLs together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import psycopg

from monitor.rekenen.getalreeks import LEEG, Reeks, grootste

KOP = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
EINDE = b"\xff\xff"
NEGATIEF = 0x4000
TIENDUIZEND = 10_000

Veld = tuple[str, str]  # name and numpy type, big-endian: ("jaar", ">i2")


def lees(verbinding: psycopg.Connection, query: str, waarden: Sequence[Any], velden: Sequence[Veld]) -> Reeks:
    """The rows of a query without NULLs, as a record array. The widths of ``velden`` must be those of the query."""
    with verbinding.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT binary)", waarden) as kopie:
        blok = b"".join(kopie)
    return np.frombuffer(blok, dtype=_rijtype(velden), offset=len(KOP), count=_aantal(blok, velden))


def _rijtype(velden: Sequence[Veld]) -> np.dtype:
    delen: list[tuple[str, str]] = [("#", ">i2")]
    for naam, soort in velden:
        delen += [(f"#{naam}", ">i4"), (naam, soort)]
    return np.dtype(delen)


def _aantal(blok: bytes, velden: Sequence[Veld]) -> int:
    breedte = _rijtype(velden).itemsize
    aantal, rest = divmod(len(blok) - len(KOP) - len(EINDE), breedte)
    if rest:
        raise ValueError("De rijen uit de database hebben niet de verwachte breedte.")
    return aantal


def schrijf(kopie: psycopg.Copy, kolommen: Sequence[tuple[str, str, Reeks]], namen: dict[str, Sequence[bytes]]) -> None:
    """Send rows: per column its name, its kind (``i8``, ``i2``, ``?``, ``numeric4``, ``numeric8``, ``naam``) and values.

    ``namen`` gives for a column of kind ``naam`` the text of each code.
    """
    kopie.write(KOP)
    for rijen in _gelijkvormig(kolommen):
        kopie.write(_groep([(naam, soort, reeks[rijen]) for naam, soort, reeks in kolommen], namen))
    kopie.write(EINDE)


def _gelijkvormig(kolommen: Sequence[tuple[str, str, Reeks]]) -> Iterator[Reeks]:
    """The rows in groups with the same NULLs and the same texts."""
    code = np.zeros(len(kolommen[0][2]), dtype=np.int64)
    for _, soort, reeks in kolommen:
        if soort == "naam":
            code = code * 16 + reeks.astype(np.int64)
        elif soort != "?":
            leeg = (reeks == LEEG).astype(np.int64)
            code = code * 2 + leeg if leeg.any() else code
    volgorde = np.argsort(code, kind="stable")
    grenzen = np.nonzero(np.diff(code[volgorde]))[0] + 1
    yield from (groep for groep in np.split(volgorde, grenzen) if len(groep))


def _groep(kolommen: Sequence[tuple[str, str, Reeks]], namen: dict[str, Sequence[bytes]]) -> bytes:
    """Rows of one shape, as bytes."""
    delen: list[tuple[str, str]] = [("#", ">i2")]
    waarden: dict[str, Any] = {"#": len(kolommen)}
    for naam, soort, reeks in kolommen:
        for deel, vorm, inhoud in _velden(naam, soort, reeks, namen):
            delen.append((deel, vorm))
            waarden[deel] = inhoud
    uit = np.empty(len(kolommen[0][2]), dtype=np.dtype(delen))
    for deel, inhoud in waarden.items():
        uit[deel] = inhoud
    return uit.tobytes()


def _velden(naam: str, soort: str, reeks: Reeks, namen: dict[str, Sequence[bytes]]) -> list[tuple[str, str, Any]]:
    """The parts of one column: its length, then its bytes; a NULL is the length -1 and nothing."""
    if soort == "naam":
        tekst = namen[naam][int(reeks[0])]
        return [(f"#{naam}", ">i4", len(tekst)), (naam, f"S{len(tekst)}", tekst)]
    if soort != "?" and reeks[0] == LEEG:
        return [(f"#{naam}", ">i4", -1)]
    if soort.startswith("numeric"):
        return _numeric(naam, reeks, int(soort.removeprefix("numeric")))
    breedte = {"i8": 8, "i2": 2, "?": 1}[soort]
    return [(f"#{naam}", ">i4", breedte), (naam, "?" if soort == "?" else f">{soort}", reeks)]


def _numeric(naam: str, reeks: Reeks, decimalen: int) -> list[tuple[str, str, Any]]:
    """The wire form of numeric: a count, a weight, a sign, a scale and that many digits of base 10.000.

    All rows of a group get as many digits as the largest needs; the server strips leading zeros itself.
    """
    achter = decimalen // 4
    aantal = max(achter + 1, _cijfers(grootste(reeks)))
    delen = [(f"#{naam}", ">i4", 8 + 2 * aantal), (f"{naam}.n", ">i2", aantal), (f"{naam}.w", ">i2", aantal - achter - 1)]
    delen += [(f"{naam}.s", ">u2", np.where(reeks < 0, NEGATIEF, 0)), (f"{naam}.d", ">i2", decimalen)]
    rest, cijfers = abs(reeks), []
    for plek in reversed(range(aantal)):
        rest, cijfer = rest // TIENDUIZEND, rest % TIENDUIZEND
        cijfers.append((f"{naam}.{plek}", ">i2", cijfer.astype(np.int64)))
    return delen + cijfers[::-1]


def _cijfers(getal: int) -> int:
    aantal = 1
    while getal >= TIENDUIZEND:
        getal //= TIENDUIZEND
        aantal += 1
    return aantal
