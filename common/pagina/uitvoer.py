"""A table as a file: csv, xlsx or ods. Text stays text, in whatever program opens it; a number is a number.

Rows are lists of cells: ``Decimal`` or ``int`` for a number, ``None`` for nothing, anything else is text.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from common.tekst.getallen import toon_kort, voor_programma

Bestandsrij = Sequence[Any]
MAX_BLADNAAM = 31
_GEVAARLIJK = re.compile(r"\s*[=+\-@\t\r']")
_ONTOELAATBAAR = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLADTEKENS = re.compile(r"[\[\]:*?/\\']")
_XLSX_ESCAPE = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")
_SPATIES = re.compile(r"^ | {2,}| $")


def is_getal(cel: Any) -> bool:
    return isinstance(cel, Decimal | int) and not isinstance(cel, bool)


def tekst(cel: Any) -> str:
    """The text of a cell, without the control characters no spreadsheet can hold."""
    return "" if cel is None else _ONTOELAATBAAR.sub("\ufffd", str(cel))


def bescherm(waarde: str) -> str:
    """Text for csv: an apostrophe before anything a spreadsheet would calculate, or that starts with one.

    ``ontdoe`` takes exactly that apostrophe off again, so what is read back is what was written.
    """
    return f"'{waarde}" if _GEVAARLIJK.match(waarde) else waarde


def ontdoe(waarde: str) -> str:
    """The text as it was before ``bescherm``."""
    return waarde[1:] if waarde.startswith("'") and bescherm(waarde[1:]) == waarde else waarde


def naar_csv(titel: str, rijen: Iterable[Bestandsrij]) -> bytes:
    """Semicolons, UTF-8 with a byte order mark and decimal commas: what a Dutch spreadsheet expects."""
    bestand = io.StringIO(newline="")
    schrijver = csv.writer(bestand, delimiter=";", lineterminator="\r\n")
    for rij in rijen:
        schrijver.writerow([_csv_getal(cel) if is_getal(cel) else bescherm(tekst(cel)) for cel in rij])
    return bestand.getvalue().encode("utf-8-sig")


def _csv_getal(cel: Decimal | int) -> str:
    return voor_programma(cel).replace(".", ",")


def _bladnaam(titel: str) -> str:
    """As much of the title as a spreadsheet allows."""
    return " ".join(_BLADTEKENS.sub(" ", titel).split())[:MAX_BLADNAAM].rstrip(" ,;") or "Tabel"


def naar_xlsx(titel: str, rijen: Iterable[Bestandsrij]) -> bytes:
    # Imported here: openpyxl costs every process 60 ms and only an export needs it.
    from openpyxl import Workbook

    boek = Workbook(write_only=True)
    blad = boek.create_sheet(_bladnaam(titel))
    for rij in rijen:
        blad.append([_xlsx_cel(blad, cel) for cel in rij])
    bestand = io.BytesIO()
    boek.save(bestand)
    return bestand.getvalue()


def _xlsx_cel(blad: Any, cel: Any) -> Any:
    """A text cell is marked as text and as quoted, so that editing it does not make it a formula either."""
    from openpyxl.cell import WriteOnlyCell

    if is_getal(cel):
        return WriteOnlyCell(blad, value=Decimal(voor_programma(cel)))
    doel = WriteOnlyCell(blad, value=_xlsx_tekst(tekst(cel)))
    doel.data_type = "s"
    doel.quotePrefix = 1
    return doel


def _xlsx_tekst(waarde: str) -> str:
    """A carriage return does not survive XML: the format spells it _x000D_, and that spelling itself _x005F_x000D_."""
    return _XLSX_ESCAPE.sub("_x005F\\g<0>", waarde).replace("\r", "_x000D_")


_ODS_SOORT = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_KOP = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
    "<office:body><office:spreadsheet>"
)
_ODS_VOET = "</office:spreadsheet></office:body></office:document-content>"
_ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_SOORT}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def naar_ods(titel: str, rijen: Iterable[Bestandsrij]) -> bytes:
    """Written by hand: odfpy loses carriage returns, takes 32 times as long, and a sheet is little work."""
    inhoud = "".join(f"<table:table-row>{''.join(map(_ods_cel, rij))}</table:table-row>" for rij in rijen)
    naam = escape(_bladnaam(titel), {'"': "&quot;"})
    bestand = io.BytesIO()
    with zipfile.ZipFile(bestand, "w", zipfile.ZIP_DEFLATED) as zip_:
        # The format asks for the kind first, and not compressed.
        zip_.writestr(zipfile.ZipInfo("mimetype"), _ODS_SOORT, zipfile.ZIP_STORED)
        zip_.writestr("META-INF/manifest.xml", _ODS_MANIFEST)
        zip_.writestr("content.xml", f'{_ODS_KOP}<table:table table:name="{naam}">{inhoud}</table:table>{_ODS_VOET}')
    return bestand.getvalue()


def _ods_cel(cel: Any) -> str:
    if is_getal(cel):
        getal = voor_programma(cel)
        begin = f'<table:table-cell office:value-type="float" office:value="{getal}">'
        return f"{begin}<text:p>{toon_kort(Decimal(getal))}</text:p></table:table-cell>"
    regels = "".join(f"<text:p>{_ods_tekst(regel)}</text:p>" for regel in tekst(cel).split("\n"))
    return f'<table:table-cell office:value-type="string">{regels}</table:table-cell>'


def _ods_tekst(regel: str) -> str:
    schoon = escape(regel).replace("\r", "&#13;").replace("\t", "<text:tab/>")
    return _SPATIES.sub(lambda gevonden: f'<text:s text:c="{len(gevonden[0])}"/>', schoon)


FORMATEN: dict[str, tuple[str, Callable[[str, Iterable[Bestandsrij]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", naar_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", naar_xlsx),
    "ods": (_ODS_SOORT, naar_ods),
}
