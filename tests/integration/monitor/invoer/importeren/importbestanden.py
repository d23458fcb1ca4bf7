"""Files for the tests of the import, made here: good ones, odd ones, and ones that mean harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook

from monitor.invoer.regels.validatie import METINGKOLOMMEN

KOP = ";".join(METINGKOLOMMEN)
GOED = (
    "verdachten;RE07;2025;1;9;;;;definitief;2025-04-05;",
    "verdachten;RE07;2025;2;nb;;;;voorlopig;;wacht op de leverancier",
    "prio1;A1;2025;1;;1.012;1.234;;voorlopig;;",
)
RIJ = ["verdachten", "RE07", 2025, 1, 9, None, None, None, "definitief"]
ODS_KOP = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
)
ODS_SOORT = b"application/vnd.oasis.opendocument.spreadsheet"


def maak_csv(*rijen: str) -> bytes:
    return "\n".join([KOP, *rijen]).encode()


def maak_xlsx(*rijen: list[Any], cel: str = "", bewerk: Callable[[Any], None] | None = None) -> bytes:
    boek = Workbook()
    for rij in rijen:
        boek.active.append(rij)
    if cel:
        boek.active[cel] = 1
    if bewerk:
        bewerk(boek)
    doel = io.BytesIO()
    boek.save(doel)
    return doel.getvalue()


def maak_zip(*delen: str, grootte: int = 1) -> bytes:
    doel = io.BytesIO()
    with zipfile.ZipFile(doel, "w", zipfile.ZIP_DEFLATED) as archief:
        for deel in delen:
            archief.writestr(deel, b"0" * grootte)
    return doel.getvalue()


def vervang_deel(inhoud: bytes, einde: str, nieuw: bytes | str, **extra: bytes | str) -> bytes:
    """The same package with the part of this name replaced, and parts added."""
    doel = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhoud)) as oud, zipfile.ZipFile(doel, "w", zipfile.ZIP_DEFLATED) as archief:
        for deel in oud.namelist():
            archief.writestr(deel, nieuw if deel.endswith(einde) else oud.read(deel))
        for naam, bytes_ in extra.items():
            archief.writestr(naam, bytes_)
    return doel.getvalue()


def maak_ods(tabellen: str, *, stijlen: str = "", begin: str = "") -> bytes:
    """A sheet of which every mark is written by the test itself."""
    lijf = f"{stijlen}<office:body><office:spreadsheet>{tabellen}</office:spreadsheet></office:body>"
    kop = ODS_KOP.replace("?><", f"?>{begin}<")
    doel = io.BytesIO()
    with zipfile.ZipFile(doel, "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("mimetype", ODS_SOORT)
        archief.writestr("content.xml", f"{kop}{lijf}</office:document-content>")
    return doel.getvalue()


def ods_rij(*teksten: str, extra: str = "") -> str:
    cellen = "".join(f"<table:table-cell><text:p>{tekst}</text:p></table:table-cell>" for tekst in teksten)
    return f"<table:table-row{extra}>{cellen}</table:table-row>"
