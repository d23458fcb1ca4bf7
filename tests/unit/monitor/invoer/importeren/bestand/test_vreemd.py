"""Each other kind of file has its own sentence, with what to do next; and no bytes at all end in anything else."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.pagina.uitvoer import naar_csv, naar_ods
from monitor.invoer.importeren.bestand.kindproces import TE_ZWAAR, lees_apart
from monitor.invoer.importeren.bestand.lezen import lees_bytes
from monitor.invoer.importeren.bestand.rijen import Ingelezen
from monitor.invoer.regels.waarneming import InvoerFout
from tests.integration.monitor.invoer.importeren.importbestanden import maak_zip, vervang_deel
from tests.unit.monitor.invoer.importeren.bestand.bladen import KOP, RIJ, boek
from tests.unit.monitor.invoer.importeren.bestand.bladen import geweigerd as weigering

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
SOORTEN = {
    "leeg": (b"", "Het bestand is leeg."),
    "wit": (b"\xef\xbb\xbf\r\n\r\n", "Het bestand is leeg."),
    "nullen": (bytes(100), "Het bestand is leeg."),
    "xls": (OLE + "Workbook".encode("utf-16-le"), "oud Excel-bestand (.xls)"),
    "zeer-oude-xls": (b"\x09\x08\x10\x00\x00\x06\x05\x00", "zeer oud Excel-bestand (.xls)"),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), "oud Word-bestand (.doc)"),
    "wachtwoord": (OLE + "EncryptedPackage".encode("utf-16-le"), "beveiligd met een wachtwoord"),
    "xlsb": (maak_zip("xl/workbook.bin"), ".xlsb-bestand"),
    "xlsm": (maak_zip("xl/workbook.xml", "xl/vbaProject.bin"), "macro's (.xlsm)"),
    "docx": (maak_zip("word/document.xml"), "Word-document"),
    "numbers": (maak_zip("Index/Document.iwa"), "Numbers-bestand"),
    "zip": (maak_zip("cijfers/q1.xlsx"), "ingepakt bestand"),
    "gzip": (b"\x1f\x8b\x08", "ingepakt bestand"),
    "pdf": (b"%PDF-1.7", "Dit is een pdf."),
    "plaatje": (b"\x89PNG\r\n", "afbeelding"),
    "rtf": (b"{\\rtf1\\ansi", "tekstdocument (.rtf)"),
    "html": (b"<html><table><tr><td>1</td></tr></table></html>", "webpagina (html)"),
    "html-utf16": ("<html><table>".encode("utf-16"), "webpagina (html)"),
    "xml": (b"<?xml version='1.0'?><a/>", "Dit is xml"),
    "xml-2003": (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>", "Excel 2003"),
    "fods": (
        b"<?xml version='1.0'?><office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>",
        "plat OpenDocument-bestand (.fods)",
    ),
    "gsheet": (
        b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}',
        "snelkoppeling naar Google Spreadsheets",
    ),
    "json": (b'[{"indicator": "telling"}]', "Dit is json"),
    "slk": (b"ID;PWXL;N;E", "SYLK-bestand (.slk)"),
    "mht": (b"MIME-Version: 1.0\r\n", "webarchief (.mht)"),
    "odt": (maak_zip("content.xml", "mimetype"), "OpenDocument-bestand, maar geen rekenblad"),
}


@pytest.mark.parametrize("soort", SOORTEN)
def test_elk_vreemd_bestand_heeft_een_zin_die_zegt_wat_te_doen(soort: str) -> None:
    inhoud, zin = SOORTEN[soort]
    (fout,) = weigering(inhoud).fouten
    assert zin in fout.reden
    assert fout.rij == 0
    stappen = ("Bewaar", "bewaar", "Lever", "Pak", "Zet", "Kies", "Download", "leeg")
    assert any(stap in fout.reden for stap in stappen)


def _ods() -> bytes:
    return naar_ods("Metingen", [KOP, RIJ, RIJ])


HEEL: dict[str, Callable[[], bytes]] = {
    "xlsx": boek,
    "ods": _ods,
    "csv": lambda: naar_csv("Metingen", [KOP, [*RIJ[:10], 'één "twee"; drie']]),
}


def _lees(inhoud: bytes) -> Ingelezen | InvoerFout:
    """Whatever the bytes are: rows, or Dutch sentences; anything else that is raised fails the test."""
    try:
        return lees_bytes(inhoud)
    except InvoerFout as fout:
        geweigerd = fout
    assert geweigerd.fouten
    assert all(f.reden and f.reden[-1] in ".;:?" for f in geweigerd.fouten)
    return geweigerd


@pytest.mark.parametrize("soort", HEEL)
def test_een_afgebroken_bestand_is_niet_half_gelezen(soort: str) -> None:
    heel = HEEL[soort]()
    for lengte in range(0, len(heel), max(1, len(heel) // 150)):
        gelezen = _lees(heel[:lengte])
        assert soort == "csv" or isinstance(gelezen, InvoerFout)


@pytest.mark.parametrize("soort", HEEL)
@settings(deadline=None, max_examples=150)
@given(zaad=st.integers(0, 10**9), aantal=st.integers(1, 12))
def test_geschonden_bytes_geven_altijd_een_zin(soort: str, zaad: int, aantal: int) -> None:
    kans, inhoud = random.Random(zaad), bytearray(HEEL[soort]())
    for _ in range(aantal):
        inhoud[kans.randrange(len(inhoud))] = kans.randrange(256)
    _lees(bytes(inhoud))


@pytest.mark.parametrize("soort", ["xlsx", "ods"])
@settings(deadline=None, max_examples=150)
@given(zaad=st.integers(0, 10**9))
def test_geschonden_delen_geven_altijd_een_zin(soort: str, zaad: int) -> None:
    """The packing is whole, what is in it is not: letters changed, pieces doubled, lost or put elsewhere."""
    kans, doel = random.Random(zaad), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(HEEL[soort]())) as oud, zipfile.ZipFile(doel, "w") as nieuw:
        getroffen = kans.choice([naam for naam in oud.namelist() if naam.endswith((".xml", ".rels"))])
        for naam in oud.namelist():
            inhoud = oud.read(naam)
            nieuw.writestr(naam, _schend(inhoud, kans) if naam == getroffen else inhoud)
    _lees(doel.getvalue())


def _schend(inhoud: bytes, kans: random.Random) -> bytes:
    begin, eind = sorted(kans.randrange(len(inhoud)) for _ in range(2))
    eind = min(eind, begin + 40)
    stuk = inhoud[begin:eind]
    keuzes = (
        lambda: inhoud[:begin] + inhoud[eind:],
        lambda: inhoud[:eind] + stuk + inhoud[eind:],
        lambda: inhoud[:begin] + bytes(kans.randrange(32, 127) for _ in stuk) + inhoud[eind:],
        lambda: inhoud.replace(b"1", kans.choice([b"-1", b"1e999", b"NaN", b"", b"99999999999999", b"\xc3\xa9"])),
        lambda: b"",
    )
    return kans.choice(keuzes)()


@pytest.mark.parametrize("soort", ["xlsx", "ods"])
def test_ook_het_kind_antwoordt_met_een_zin(soort: str) -> None:
    deel = {"xlsx": "xl/worksheets/sheet1.xml", "ods": "content.xml"}[soort]
    for inhoud in (HEEL[soort]()[:-30], maak_zip("xl/workbook.xml"), vervang_deel(HEEL[soort](), deel, b"<half")):
        with pytest.raises(InvoerFout, match="Het bestand is beschadigd") as gevangen:
            lees_apart(inhoud)
        assert TE_ZWAAR not in str(gevangen.value)
