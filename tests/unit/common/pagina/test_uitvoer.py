"""A file holds what the page shows: text as text, numbers as numbers, read back identical."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal

import pytest
from odf import teletype
from odf.opendocument import load
from odf.table import TableCell
from odf.text import P
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from common.pagina import uitvoer

GEVAARLIJK = [
    "=1+1",
    '=HYPERLINK("http://example.org")',
    "+31 6 12345678",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "'aanhalingsteken",
    "''=1",
    "_x000D_",
    "regel 1\nregel 2",
    "regel 1\r\nregel 2",
    "a  b ",
    "Zuid–Holland; “café”",
    "",
]
RIJEN = [[tekst, Decimal("82.45"), 1234] for tekst in GEVAARLIJK]


def uit_csv(inhoud: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(inhoud.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize(("tekst", "rij"), list(zip(GEVAARLIJK, uit_csv(uitvoer.naar_csv("x", RIJEN)), strict=True)))
def test_csv_rekent_niets_uit_en_leest_gelijk_terug(tekst: str, rij: list[str]) -> None:
    assert rij[0].lstrip()[:1] not in set("=+-@")
    assert not rij[0].startswith(("\t", "\r"))
    assert uitvoer.ontdoe(rij[0]) == tekst
    assert rij[1:] == ["82,45", "1234"]


def test_xlsx_rekent_niets_uit_en_leest_gelijk_terug() -> None:
    blad = load_workbook(io.BytesIO(uitvoer.naar_xlsx("x", RIJEN))).active
    for tekst, (cel, getal, heel) in zip(GEVAARLIJK, blad.iter_rows(), strict=True):
        assert cel.data_type in ("s", "inlineStr", "n")  # an empty text is an empty cell
        assert unescape(cel.value or "") == tekst
        assert (getal.value, heel.value) == (82.45, 1234)
        assert getal.data_type == heel.data_type == "n"


def test_xlsx_blijft_tekst_als_iemand_de_cel_bewerkt() -> None:
    blad = load_workbook(io.BytesIO(uitvoer.naar_xlsx("x", [["=1+1"]]))).active
    assert blad["A1"].quotePrefix


def test_ods_rekent_niets_uit_en_leest_gelijk_terug() -> None:
    inhoud = uitvoer.naar_ods("x", RIJEN)
    cellen = load(io.BytesIO(inhoud)).getElementsByType(TableCell)
    gelezen = ["\n".join(teletype.extractText(p) for p in cel.getElementsByType(P)) for cel in cellen[::3]]
    assert gelezen == GEVAARLIJK
    assert {cel.getAttribute("valuetype") for cel in cellen[::3]} == {"string"}
    assert {cel.getAttribute("value") for cel in cellen[1::3]} == {"82.45"}
    assert b"formula" not in zipfile.ZipFile(io.BytesIO(inhoud)).read("content.xml")


def test_ods_noemt_eerst_zijn_soort() -> None:
    eerste = zipfile.ZipFile(io.BytesIO(uitvoer.naar_ods("x", [["a"]]))).infolist()[0]
    assert (eerste.filename, eerste.compress_type) == ("mimetype", zipfile.ZIP_STORED)


@pytest.mark.parametrize("schrijf", [uitvoer.naar_csv, uitvoer.naar_xlsx, uitvoer.naar_ods])
def test_stuurtekens_en_vreemde_bladnamen_breken_geen_bestand(schrijf) -> None:
    assert schrijf("a/b:c[d]*?" + "x" * 50, [["\x00\x07 tekst", None, True, Decimal("1E+3")]])


def test_een_groot_getal_houdt_al_zijn_cijfers() -> None:
    assert uit_csv(uitvoer.naar_csv("x", [[Decimal("1E+3"), Decimal("-0.10"), 10**20]])) == [
        ["1000", "-0,1", "100000000000000000000"]
    ]
