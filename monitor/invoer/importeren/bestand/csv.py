"""CSV as spreadsheets and people write it: any usual encoding, separator and line end, named in what is told."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from common.pagina.uitvoer import ontdoe
from monitor.invoer.importeren.bestand.cel import tekstcel
from monitor.invoer.importeren.bestand.codering import GEEN_TEKST, decodeer
from monitor.invoer.importeren.bestand.rijen import (  # fmt: skip
    BESTANDSVORMEN,
    KOPRIJEN,
    Ingelezen,
    Rauw,
    fout,
    kolomnamen,
    met_kolommen,
)
from monitor.invoer.regels.waarneming import InvoerFout

MAX_REGEL = 20_000
SCHEIDINGEN = {";": "een puntkomma", ",": "een komma", "\t": "een tab", "|": "een sluisteken (|)"}
_GEZEGD = re.compile(r"\"?sep=(.)\"?(?:\r\n|\r|\n)", re.IGNORECASE)  # what Excel looks for and does not show
_KOLOMMEN = {naam for vorm in BESTANDSVORMEN for naam in vorm.kolommen}
_NAAM = re.compile(r"\w+")


def lees_csv(inhoud: bytes) -> Ingelezen:
    tekst, (codering, *voorbeeld) = decodeer(inhoud)
    if "\x00" in tekst:
        raise fout(GEEN_TEKST)
    teken, tekst = _splits_gezegd(tekst)
    teken = teken or _scheiding(tekst)
    zin = f"Gelezen als {codering}, met {SCHEIDINGEN.get(teken, f'“{teken}”')} tussen de kolommen"
    gelezen = Ingelezen(soort="csv", opmerkingen=[f"{zin}.", *voorbeeld])
    try:
        return met_kolommen(_rijen(tekst, teken), gelezen)
    except InvoerFout as geweigerd:
        geweigerd.opmerkingen = [f"{zin}{_ander_teken(tekst, teken)}.", *voorbeeld]
        raise


def _splits_gezegd(tekst: str) -> tuple[str, str]:
    """A first line that only says what the separator is, is no row for a spreadsheet."""
    gezegd = _GEZEGD.match(tekst)
    return (gezegd[1], tekst[gezegd.end() :]) if gezegd else ("", tekst)


def _scheiding(tekst: str) -> str:
    """The separator that makes the most names of columns in one row, or that occurs most in the first line."""
    regels = list(islice(_regels(tekst), 2 * KOPRIJEN))
    return max(SCHEIDINGEN, key=lambda teken: (_meeste_namen(regels, teken), (regels or [""])[0].count(teken)))


def _meeste_namen(regels: Sequence[str], teken: str) -> int:
    """A name may have a line end in it, between quotes."""
    meeste = 0
    try:
        for cellen in islice(csv.reader(regels, delimiter=teken), KOPRIJEN):
            meeste = max(meeste, len(_KOLOMMEN.intersection(kolomnamen(cellen))))
    except csv.Error:
        pass  # the rows before it count
    return meeste


def _ander_teken(tekst: str, teken: str) -> str:
    """What stands between the names of columns where the separator should be."""
    kop = tekst[:MAX_REGEL].lower()
    tussen = {
        kop[een.end() : ander.start()].strip("\"' \r\n")
        for een, ander in pairwise(_NAAM.finditer(kop))
        if een[0] in _KOLOMMEN and ander[0] in _KOLOMMEN
    }
    vreemd = sorted(t for t in tussen - {teken} if len(t) == 1)
    return f"; er staan {vreemd[0]} in de kop" if vreemd else ""


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
            gelezen = [tekstcel(ontdoe(cel)) for cel in cellen]
            yield nummer, [cel for cel, _ in gelezen], {plek: b for plek, (_, b) in enumerate(gelezen) if b}
    except csv.Error:
        zin = 'De aanhalingstekens (") kloppen niet: er is er een te veel of te weinig. Vanaf hier is niets te lezen.'
        raise fout(zin, nummer + 1) from None
