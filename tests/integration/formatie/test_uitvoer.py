"""Files of the formation tables: every row and total, numbers as numbers, text as text, read back as written."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from decimal import Decimal
from itertools import takewhile

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client

from common.pagina.uitvoer import ontdoe
from formatie.models import Formatieregel, Onderdeel
from tests.integration.formatie.opstelling import als, laad_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def lezer() -> Client:
    laad_plan()
    return als("rvo-lid")


def haal(client: Client, adres: str, formaat: str, tabel: str = "") -> HttpResponse:
    antwoord = client.get(adres, {"_export": formaat, **({"_tabel": tabel} if tabel else {})})
    assert antwoord.status_code == 200
    return antwoord


def als_csv(client: Client, adres: str, tabel: str = "") -> list[dict[str, str]]:
    """The rows of the file, without the notes below them."""
    inhoud = haal(client, adres, "csv", tabel).content.decode("utf-8-sig")
    rijen = csv.DictReader(io.StringIO(inhoud, newline=""), delimiter=";")
    return list(takewhile(lambda rij: None not in rij.values(), rijen))


def als_xlsx(client: Client, adres: str, tabel: str = "") -> list[list[object]]:
    boek = openpyxl.load_workbook(io.BytesIO(haal(client, adres, "xlsx", tabel).content))
    return [[cel.value for cel in rij] for rij in boek.active.iter_rows()]


def getal(tekst: str) -> Decimal:
    return Decimal(tekst.replace(",", "."))


def test_elke_regel_met_zijn_gedrukte_en_berekende_getallen(lezer: Client) -> None:
    rijen = als_csv(lezer, "/formatie/", "diensten")
    regels = list(Formatieregel.objects.all())
    assert len(rijen) == len(regels) == 87
    gelezen = {int(rij["Volgnummer"]): rij for rij in rijen}
    for regel in regels:
        rij = gelezen[regel.volgnummer]
        assert getal(rij["FTE"]) == regel.fte
        assert (rij["OS"] == "niet gedrukt") is (regel.fte_os is None)
        assert ontdoe(rij["Herleiding van de kolom"]) == regel.herleiding
    totaal = next(rij for rij in rijen if rij["Regel"] == "TOTAAL EENHEID")
    assert (totaal["FTE"], totaal["FTE uit de delen"], totaal["Verschil FTE"]) == ("6129,2", "6128,9", "0,3")


def test_totalen_van_een_district_gaan_mee(lezer: Client) -> None:
    rijen = {rij["Onderdeel"]: rij for rij in als_csv(lezer, "/formatie/districten/B/", "onderdelen")}
    assert rijen["Totaal, zoals gedrukt"]["Formatie (fte)"] == "609"
    assert rijen["Totaal, uit de delen berekend"]["Formatie (fte)"] == "609,5"
    assert rijen["Verschil: gedrukt min berekend"]["Formatie (fte)"] == "-0,5"
    assert rijen["Delfshaven"]["Code"] == "B1"
    assert "afronding" in rijen["Totaal, zoals gedrukt"]["Gedrukt wijkt af van"]


def test_elk_district_en_de_eenheid(lezer: Client) -> None:
    rijen = {rij["District"]: rij for rij in als_csv(lezer, "/formatie/", "districten")}
    assert list(rijen) == ["A", "B", "C", "D", "E", "F", "ZHP", "RE07"]
    assert (rijen["RE07"]["Totaal"], rijen["A"]["Inwoners per wijkagent"]) == ("3833", "4533")
    assert rijen["ZHP"]["Bronregels"] == "1288, 1298, 1300, 1304, 1306, 1308, 1310, 1327"


def test_controle_volgt_het_filter(lezer: Client) -> None:
    antwoord = lezer.get("/formatie/controle/?bevinding=geen+afronding&_export=csv")
    rijen = list(csv.DictReader(io.StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";"))
    assert [rij["Verschil"] for rij in rijen] == ["123,4", "123,9", "0,3", "107,88"]
    assert {rij["Soort verschil"] for rij in rijen} == {"geen afronding"}


@pytest.mark.parametrize(
    ("adres", "tabel"),
    [
        ("/formatie/", "diensten"),
        ("/formatie/", "districten"),
        ("/formatie/districten/A/", ""),
        ("/formatie/controle/", ""),
    ],
)
def test_in_een_werkblad_zijn_getallen_getallen_en_is_tekst_nooit_een_formule(
    lezer: Client, adres: str, tabel: str
) -> None:
    rijen = als_xlsx(lezer, adres, tabel)
    assert any(isinstance(cel, int | float) for rij in rijen for cel in rij)
    ods = zipfile.ZipFile(io.BytesIO(haal(lezer, adres, "ods", tabel).content)).read("content.xml").decode()
    aantal = sum(isinstance(cel, int | float) for rij in rijen for cel in rij)
    assert len(re.findall('office:value-type="float"', ods)) == aantal
    assert "table:formula" not in ods


def test_een_naam_als_formule_blijft_tekst(lezer: Client) -> None:
    gevaar = '=HYPERLINK("http://x";"y")'
    Onderdeel.objects.filter(code="A1").update(naam=gevaar)
    adres, tabel = "/formatie/districten/A/", "onderdelen"
    boek = openpyxl.load_workbook(io.BytesIO(haal(lezer, adres, "xlsx", tabel).content))
    cel = next(cel for rij in boek.active.iter_rows() for cel in rij if cel.value == gevaar)
    assert (cel.data_type, cel.quotePrefix) == ("s", True)
    assert gevaar in [ontdoe(rij["Onderdeel"]) for rij in als_csv(lezer, adres, tabel)]
    assert f"'{gevaar}" in [rij["Onderdeel"] for rij in als_csv(lezer, adres, tabel)]


def test_een_beheerder_krijgt_geen_bestand() -> None:
    laad_plan()
    assert als("beheerder").get("/formatie/?_export=csv").status_code == 404
