"""CSV as spreadsheets and people write it: any usual encoding, separator and line end, named in what is told."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from common.pagina.uitvoer import ontdoe
from monitor.invoer.importeren.bestand.rijen import BESTANDSVORMEN, KOPRIJEN, Ingelezen, Rauw, fout, met_kolommen

MAX_REGEL = 20_000
_GEEN_TEKST = "Het bestand is geen tekst. Bewaar het als CSV in UTF-8."
SCHEIDINGEN = {";": "een puntkomma", ",": "een komma", "\t": "een tab"}
CODERINGEN = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16"}
MONSTER = 2000


def lees_csv(inhoud: bytes) -> Ingelezen:
    tekst, codering = _decodeer(inhoud)
    if "\x00" in tekst:
        raise fout(_GEEN_TEKST)
    teken = _scheiding(tekst)
    zin = f"Gelezen als {codering}, met {SCHEIDINGEN[teken]} tussen de kolommen."
    return met_kolommen(_rijen(tekst, teken), Ingelezen(soort="csv", opmerkingen=[zin]))


def _decodeer(inhoud: bytes) -> tuple[str, str]:
    """The text, and the name people know its encoding by."""
    for codering in _kandidaten(inhoud):
        try:
            return inhoud.decode(codering), CODERINGEN.get(codering, "UTF-16")
        except UnicodeDecodeError:
            continue
    raise fout(_GEEN_TEKST)


def _kandidaten(inhoud: bytes) -> tuple[str, ...]:
    """Without a mark at its start UTF-16 shows by the zeros between its letters."""
    if inhoud.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    monster = inhoud[:MONSTER]
    for plek, codering in ((1, "utf-16-le"), (0, "utf-16-be")):
        if monster[plek::2].count(0) > len(monster) // 3:
            return (codering,)
    # The last is what Excel for Windows writes when it is asked for plain CSV.
    return ("utf-8-sig", "cp1252")


def _scheiding(tekst: str) -> str:
    """The separator that occurs most in the header, or in the first line when no line looks like one."""
    regels = [regel.lower() for regel in islice(_regels(tekst), KOPRIJEN)] or [""]
    kop = next((regel for regel in regels if _is_kopregel(regel)), regels[0])
    return max(SCHEIDINGEN, key=kop.count)


def _is_kopregel(regel: str) -> bool:
    return any(all(naam in regel for naam in vorm.verplicht) for vorm in BESTANDSVORMEN)


def _regels(tekst: str) -> Iterator[str]:
    for nummer, regel in enumerate(io.StringIO(tekst, newline=""), start=1):
        if len(regel) > MAX_REGEL:
            raise fout(f"Deze regel is te lang: hoogstens {MAX_REGEL} tekens.", nummer)
        yield regel


def _rijen(tekst: str, teken: str) -> Iterator[Rauw]:
    """Rows as a spreadsheet counts them: a text over more lines is one row."""
    lezer = csv.reader(_regels(tekst), delimiter=teken, strict=True)
    nummer = 0
    try:
        for nummer, cellen in enumerate(lezer, start=1):  # the fault below needs where it stopped
            yield nummer, [ontdoe(cel) for cel in cellen], {}
    except csv.Error:
        zin = 'De aanhalingstekens (") kloppen niet: er is er een te veel of te weinig. Vanaf hier is niets te lezen.'
        raise fout(zin, nummer + 1) from None
