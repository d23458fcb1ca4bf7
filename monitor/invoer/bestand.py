"""Reading a file of metingen: CSV or XLSX to rows of text. Knows nothing of indicators or the database.

A file is foreign: its size, its unpacked size and its dimensions are checked before it is read.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from monitor.invoer.validatie import KOLOMMEN
from monitor.invoer.waarneming import Fout, InvoerFout

MAX_BYTES = 20 * 1024 * 1024
MAX_UITGEPAKT = 200 * 1024 * 1024
MAX_DELEN = 2000
MAX_RIJEN = 50_000
MAX_REGEL = 20_000
MAX_KOLOMMEN = 200
MAX_CIJFERS = 15
TE_GROOT = f"Het bestand is te groot: hoogstens {MAX_BYTES // 1024**2} MB."
VERPLICHT = ("indicator", "onderdeel", "jaar")

Rij = tuple[int, dict[str, str]]


@dataclass(slots=True)
class Inhoud:
    """The readable rows as (row number as a spreadsheet counts, column → text), and what is not readable."""

    rijen: list[Rij] = field(default_factory=list)
    fouten: list[Fout] = field(default_factory=list)


def lees_bestand(pad: Path) -> Inhoud:
    """Read a file. Raises InvoerFout when the file as a whole cannot be read."""
    if not pad.is_file():
        raise _fout(f"Het bestand {pad.name} bestaat niet.")
    if pad.stat().st_size > MAX_BYTES:
        raise _fout(TE_GROOT)
    return lees_bytes(pad.read_bytes())


def lees_bytes(inhoud: bytes) -> Inhoud:
    """Read the bytes of a file; what kind it is follows from these, never from a name."""
    if not inhoud:
        raise _fout("Het bestand is leeg.")
    if len(inhoud) > MAX_BYTES:
        raise _fout(TE_GROOT)
    if inhoud.startswith(b"PK\x03\x04"):
        return _lees_xlsx(inhoud)
    _weiger_vreemd(inhoud)
    return _lees_csv(inhoud)


def _fout(reden: str, rij: int = 0, kolom: str = "") -> InvoerFout:
    return InvoerFout([Fout(rij, kolom, reden)])


def _weiger_vreemd(inhoud: bytes) -> None:
    if inhoud.startswith(b"\xd0\xcf\x11\xe0"):
        raise _fout("Dit is een oud of beveiligd Excel-bestand. Bewaar het als .xlsx zonder wachtwoord, of als .csv.")
    if inhoud.startswith(b"%PDF"):
        raise _fout("Dit is een pdf. Lever een .csv of .xlsx aan.")
    if inhoud.startswith(b"PK"):
        raise _fout("Het bestand is beschadigd. Bewaar het opnieuw en probeer het nog eens.")


def _lees_csv(inhoud: bytes) -> Inhoud:
    tekst = _decodeer(inhoud)
    if "\x00" in tekst:
        raise _fout("Het bestand is geen tekst. Bewaar het als CSV in UTF-8.")
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=_scheiding(tekst), strict=True)
    try:
        return _met_kolommen(enumerate(lezer, start=1), Inhoud())
    except csv.Error as fout:
        reden = f"De regel is niet te lezen ({fout}). Kijk of de aanhalingstekens kloppen."
        raise _fout(reden, lezer.line_num) from None


def _decodeer(inhoud: bytes) -> str:
    if inhoud.startswith((b"\xff\xfe", b"\xfe\xff")):
        return inhoud.decode("utf-16", errors="replace")
    try:
        return inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel for Windows writes when it is asked for plain CSV.
        return inhoud.decode("cp1252", errors="replace")


def _scheiding(tekst: str) -> str:
    kop = tekst.split("\n", 1)[0]
    if len(kop) > MAX_REGEL:
        raise _fout("De eerste regel is te lang. Verwacht wordt een regel met de namen van de kolommen.", 1)
    return max(";", ",", "\t", key=kop.count)


def _lees_xlsx(inhoud: bytes) -> Inhoud:
    _bewaak_zip(inhoud)
    # openpyxl takes a third of a second to import and is needed for this kind of file only.
    from openpyxl import load_workbook

    resultaat = Inhoud()
    try:
        boek = load_workbook(io.BytesIO(inhoud), read_only=True, data_only=True)
        blad = boek[boek.sheetnames[0]]
        _bewaak_omvang(blad)
        blad.reset_dimensions()
        return _met_kolommen(_xlsx_rijen(blad, resultaat.fouten), resultaat)
    except InvoerFout:
        raise
    except Exception as fout:
        raise _fout("Het bestand is niet te lezen als Excel-bestand. Bewaar het opnieuw als .xlsx.") from fout


def _bewaak_zip(inhoud: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
            delen = archief.infolist()
    except zipfile.BadZipFile:
        raise _fout("Het bestand is beschadigd. Bewaar het opnieuw en probeer het nog eens.") from None
    namen = [deel.filename for deel in delen]
    if len(delen) > MAX_DELEN or sum(deel.file_size for deel in delen) > MAX_UITGEPAKT:
        raise _fout("Het bestand is uitgepakt te groot. Verdeel het over kleinere bestanden.")
    if len(set(namen)) != len(namen) or any(".." in naam or naam.startswith("/") for naam in namen):
        raise _fout("Het bestand heeft een ongeldige opbouw. Bewaar het opnieuw als .xlsx.")
    if "xl/workbook.bin" in namen:
        raise _fout("Dit is een .xlsb-bestand. Bewaar het als .xlsx of .csv.")
    if "content.xml" in namen and "mimetype" in namen:
        raise _fout("Dit is een OpenDocument-bestand (.ods). Bewaar het als .xlsx of .csv.")
    if "xl/workbook.xml" not in namen or any(naam.endswith("vbaProject.bin") for naam in namen):
        raise _fout("Dit is geen gewoon .xlsx-bestand. Bewaar het als .xlsx zonder macro's.")


def _bewaak_omvang(blad: Any) -> None:
    """What the sheet says of itself; a sheet that hides its size is stopped while its rows are read."""
    kolommen, rijen = blad.max_column or 0, blad.max_row or 0
    if kolommen > MAX_KOLOMMEN or rijen > MAX_RIJEN + 1:
        omvang = f"{kolommen} kolommen en {rijen} rijen"
        raise _fout(f"Het blad is te groot ({omvang}). Verwijder alles buiten de tabel, ook lege cellen met opmaak.")


def _xlsx_rijen(blad: Any, fouten: list[Fout]) -> Iterator[tuple[int, list[str]]]:
    for nummer, rij in enumerate(blad.iter_rows(), start=1):
        if nummer > MAX_RIJEN + 1:
            raise _fout(f"Het blad heeft meer dan {MAX_RIJEN} rijen. Verdeel het over kleinere bestanden.")
        if len(rij) > MAX_KOLOMMEN:
            raise _fout(f"Deze rij heeft meer dan {MAX_KOLOMMEN} kolommen. Verwijder alles buiten de tabel.", nummer)
        yield nummer, [_celtekst(cel, nummer, fouten) for cel in rij]


def _celtekst(cel: Any, rij: int, fouten: list[Fout]) -> str:
    """The text a person would have typed for this cell; names what a spreadsheet changed on its own."""
    waarde = cel.value
    reden = _bezwaar(waarde, cel)
    if reden:
        fouten.append(Fout(rij, f"kolom {cel.column_letter}", reden))
        return ""
    if isinstance(waarde, datetime):
        return waarde.date().isoformat()
    if isinstance(waarde, int | float):
        return f"{Decimal(repr(waarde)).normalize():f}".replace(".", ",")
    return "" if waarde is None else str(waarde)


def _bezwaar(waarde: object, cel: Any) -> str:
    if isinstance(waarde, bool):
        return "In deze cel staat WAAR of ONWAAR in plaats van een waarde."
    if not isinstance(waarde, int | float):
        return ""
    if "%" in (cel.number_format or ""):
        return "Deze cel is als percentage opgemaakt. Maak er een gewoon getal van: 82 in plaats van 82%."
    if len(Decimal(repr(waarde)).as_tuple().digits) > MAX_CIJFERS:
        return "Excel heeft dit getal afgerond. Zet de cel om naar tekst en vul het hele getal in."
    return ""


def _met_kolommen(rijen: Iterator[tuple[int, list[str]]], resultaat: Inhoud) -> Inhoud:
    """Name the cells by the header; skip rows that are wholly empty, and rows with an unreadable cell."""
    _, kop = next(rijen, (1, []))
    namen = [cel.strip().lower() for cel in kop]
    _toets_kop(namen)
    for nummer, cellen in rijen:
        if any(cel.strip() for cel in cellen):
            resultaat.fouten += _te_breed(nummer, cellen, namen)
            resultaat.rijen.append((nummer, dict(zip(namen, cellen, strict=False))))
        _bewaak_lengte(resultaat)
    if not resultaat.rijen:
        raise _fout("Het bestand heeft wel een kop, maar geen waarden.")
    kapot = {fout.rij for fout in resultaat.fouten}
    resultaat.rijen = [rij for rij in resultaat.rijen if rij[0] not in kapot]
    return resultaat


def _bewaak_lengte(resultaat: Inhoud) -> None:
    if len(resultaat.rijen) > MAX_RIJEN:
        raise _fout(f"Het bestand heeft meer dan {MAX_RIJEN} rijen. Verdeel het over kleinere bestanden.")


def _te_breed(nummer: int, cellen: list[str], namen: list[str]) -> list[Fout]:
    over = any(cel.strip() for cel in cellen[len(namen) :])
    return [Fout(nummer, "", "Deze rij heeft meer cellen dan de kop kolommen heeft.")] if over else []


def _toets_kop(namen: list[str]) -> None:
    gevuld = [naam for naam in namen if naam]
    fouten = [Fout(1, naam, "Deze kolom staat er niet.") for naam in VERPLICHT if naam not in gevuld]
    fouten += [Fout(1, naam, "Deze kolom is onbekend.") for naam in gevuld if naam not in KOLOMMEN]
    fouten += [Fout(1, naam, "Deze kolom staat er twee keer.") for naam in set(gevuld) if gevuld.count(naam) > 1]
    if fouten:
        verwacht = Fout(1, "", f"Verwacht worden de kolommen {'; '.join(KOLOMMEN)}.")
        raise InvoerFout([*fouten, verwacht])
