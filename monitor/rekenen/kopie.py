"""PostgreSQL's binary formats, read and written as whole arrays, so that no row passes through Python by itself.

NULL has no fixed width: a reader asks for LEEG in its place, a writer sends rows with the same NULLs together.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import psycopg

from monitor.rekenen.regels.getalreeks import LEEG, Reeks, grootste

KOP = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
EINDE = b"\xff\xff"
ARRAYKOP = 20  # bytes before the elements: dimensions, NULL flag, type, size, lower bound
NEGATIEF = 0x4000
TIENDUIZEND = 10_000

Veld = tuple[str, str, str]  # name, SQL expression without NULLs and of fixed width, its type on the wire (">i8")


def lees_kolommen(
    verbinding: psycopg.Connection, velden: Sequence[Veld], bron: str, waarden: Sequence[Any]
) -> dict[str, Reeks]:
    """Columns of ``FROM …`` as arrays: the server gathers each column, so that one row comes back instead of many."""
    query = f"SELECT {', '.join(f'array_agg({sql})' for _, sql, _ in velden)} {bron}"
    with psycopg.Cursor(verbinding) as cursor:  # Django's own kind cannot ask for binary answers
        cursor.execute(query, waarden, binary=True)
        antwoord = cursor.pgresult
        if antwoord is None:
            raise psycopg.InterfaceError("De server gaf geen antwoord.")
        return {naam: _ontleed(antwoord.get_value(0, plek), soort) for plek, (naam, _, soort) in enumerate(velden)}


def _ontleed(blok: bytes | None, soort: str) -> Reeks:
    """The elements of a binary array: each has its length before it, always the same one."""
    element = np.dtype([("lengte", ">i4"), ("waarde", soort)])
    if blok is None:
        return np.empty(0, element["waarde"])
    (aantal,) = np.frombuffer(blok, ">i4", 1, offset=ARRAYKOP - 8)
    if len(blok) != ARRAYKOP + int(aantal) * element.itemsize:
        raise ValueError("De waarden uit de database hebben niet de verwachte breedte.")
    return np.frombuffer(blok, element, offset=ARRAYKOP)["waarde"]


def schrijf_kolommen(
    kopie: psycopg.Copy, kolommen: Sequence[tuple[str, str, Reeks]], namen: Mapping[str, Sequence[bytes]]
) -> None:
    """Send rows: per column its name, kind (``i8``, ``i2``, ``?``, ``numeric4``, ``numeric8``, ``naam``) and values.

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


def _groep(kolommen: Sequence[tuple[str, str, Reeks]], namen: Mapping[str, Sequence[bytes]]) -> bytes:
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


def _velden(naam: str, soort: str, reeks: Reeks, namen: Mapping[str, Sequence[bytes]]) -> list[tuple[str, str, Any]]:
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
    delen: list[tuple[str, str, Any]] = [
        (f"#{naam}", ">i4", 8 + 2 * aantal),
        (f"{naam}.n", ">i2", aantal),
        (f"{naam}.w", ">i2", aantal - achter - 1),
        (f"{naam}.s", ">u2", np.where(reeks < 0, NEGATIEF, 0)),
        (f"{naam}.d", ">i2", decimalen),
    ]
    rest: Reeks = abs(reeks)
    cijfers: list[tuple[str, str, Any]] = []
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
