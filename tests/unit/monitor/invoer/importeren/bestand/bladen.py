"""Sheets for these tests, written mark by mark: what a spreadsheet writes and a library does not."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook

from monitor.invoer.importeren.bestand.lezen import lees_bytes
from monitor.invoer.importeren.bestand.rijen import Ingelezen
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from monitor.invoer.regels.waarneming import InvoerFout
from tests.integration.monitor.invoer.importeren.importbestanden import maak_ods, ods_rij

KOP = list(METINGKOLOMMEN)
RIJ = ["telling", "RE07", 2020, 1, 8, None, None, None, "definitief", None, "zo"]
CALCEXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def boek(*rijen: list[Any], bewerk: Callable[[Any], None] | None = None) -> bytes:
    """A workbook of a header, these rows and what is done to it."""
    werkmap = Workbook()
    for rij in (KOP, *(rijen or (RIJ,))):
        werkmap.active.append(rij)
    if bewerk:
        bewerk(werkmap)
    doel = io.BytesIO()
    werkmap.save(doel)
    return doel.getvalue()


def met_cellen(cellen: Mapping[str, str], *rijen: list[Any], bewerk: Callable[[Any], None] | None = None) -> bytes:
    """The workbook in which these cells are written anew: each as what comes after its address, up to ``</c>``."""

    def vervang(xml: str) -> str:
        for plek, nieuw in cellen.items():
            stijl = re.search(rf'<c r="{plek}"( s="\d+")?', xml)
            deel = f'<c r="{plek}"{(stijl and stijl[1]) or ""}{nieuw}</c>'
            xml, aantal = re.subn(rf'<c r="{plek}"[^>]*?(?:/>|>.*?</c>)', lambda _, deel=deel: deel, xml, count=1)
            assert aantal == 1, plek
        return xml

    return in_deel(boek(*rijen, bewerk=bewerk), "sheet1.xml", vervang)


def in_deel(inhoud: bytes, einde: str, vervang: Callable[[str], str]) -> bytes:
    doel = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhoud)) as oud, zipfile.ZipFile(doel, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for deel in oud.namelist():
            lees = oud.read(deel)
            nieuw.writestr(deel, vervang(lees.decode()).encode() if deel.endswith(einde) else lees)
    return doel.getvalue()


def ods(*rijen: str, stijlen: str = "", kolommen: str = "", na: str = "") -> bytes:
    """A sheet of a header and these rows, and whatever sheets come after."""
    blad = f"<table:table table:name='Metingen'>{kolommen}{ods_rij(*KOP)}{''.join(rijen)}</table:table>{na}"
    return maak_ods(blad, stijlen=stijlen)


def rij(*cellen: str, extra: str = "") -> str:
    """A row of OpenDocument: plain text, or a cell that is spelled out."""
    delen = [cel if cel.startswith("<table") else tekst(cel) for cel in cellen]
    return f"<table:table-row{extra}>{''.join(delen)}</table:table-row>"


def tekst(inhoud: str, kenmerken: str = "") -> str:
    if not inhoud:
        return f"<table:table-cell{kenmerken}/>"
    return f"<table:table-cell{kenmerken}><text:p>{escape(inhoud)}</text:p></table:table-cell>"


def getal(waarde: str, toont: str, soort: str = "float", extra: str = "") -> str:
    return tekst(toont, f" office:value-type='{soort}' office:value='{waarde}'{extra}")


def fouten(inhoud: bytes) -> list[str]:
    return [str(fout) for fout in lees_bytes(inhoud).fouten]


def geweigerd(inhoud: bytes) -> InvoerFout:
    try:
        lees_bytes(inhoud)
    except InvoerFout as fout:
        return fout
    raise AssertionError("the file was read")


def waarden(inhoud: Ingelezen, kolom: str = "waarde") -> list[str]:
    return [gelezen.cellen.get(kolom, "") for gelezen in inhoud.rijen]
