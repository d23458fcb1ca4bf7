"""The table of districts and teams over the quarters: what a cell says, who sees it, and its file."""

from __future__ import annotations

import csv
import html
import io
import re
from decimal import Decimal

import pytest
from django.test import Client

from tests.factories import maak_persoon
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, maak_monitor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monitor() -> None:
    maak_monitor()


def als(rol: str = "rvo-lid", **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


def tabel(client: Client, code: str, vraag: str = "") -> str:
    pagina = client.get(f"/indicatoren/{code}/?kwartaal={KWARTAAL}{vraag}").content.decode()
    return pagina.partition('id="kwartalen"')[2].partition("<details")[0]


def cellen(pagina: str, onderdeel: str) -> list[str]:
    """What a reader hears in the row of one onderdeel, cell by cell."""
    rij = next(rij for rij in pagina.split("<tr") if f">{onderdeel}<" in rij)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", cel)).strip() for cel in re.findall(r"<td.*?</td>", rij)]


def bestand(client: Client, code: str) -> list[dict[str, str]]:
    adres = f"/indicatoren/{code}/?kwartaal={KWARTAAL}&_export=csv&_tabel=kwartalen"
    regels = list(csv.reader(io.StringIO(client.get(adres).content.decode("utf-8-sig")), delimiter=";"))
    kop = next(n for n, regel in enumerate(regels) if "Onderdeel" in regel)
    return [dict(zip(regels[kop], regel, strict=True)) for regel in regels[kop + 1 :]]


def test_een_cel_heeft_de_waarde_met_vorm_en_woord() -> None:
    pagina = tabel(als(), "aanrijdtijd")
    assert cellen(pagina, "A1 Onderdeel A1") == ["80,0%, aandacht"] * 3
    assert cellen(pagina, "A3 Onderdeel A3") == ["82,0%, op koers"] * 3
    rij = next(rij for rij in pagina.split("<tr") if ">A1 Onderdeel A1<" in rij)
    assert rij.count("<svg") == rij.count("toon-aandacht") == 3


def test_wat_ontbreekt_zegt_waarom_en_een_district_hoeveel_er_leverde() -> None:
    pagina = tabel(als(), "aanrijdtijd")
    assert cellen(pagina, "B2 Onderdeel B2")[1] == "geen meting"
    assert cellen(pagina, "B Onderdeel B")[1].endswith("onvolledig 1 van 2 teams")


def test_een_team_staat_onder_zijn_district_en_de_legenda_noemt_elk_oordeel() -> None:
    pagina = als().get(f"/indicatoren/aanrijdtijd/?kwartaal={KWARTAAL}").content.decode()
    volgorde = [pagina.index(f">{code} Onderdeel {code}<") for code in ("A", "A1", "A2", "A3", "B", "B1", "B2")]
    assert volgorde == sorted(volgorde)
    legenda = pagina.partition('id="kwartalen"')[2].partition('<ul class="tel">')[2].partition("</ul>")[0]
    assert re.findall(r"</svg>([^<]+)<", legenda) == ["Aandacht", "Onvolledig", "Geen meting", "Op koers"]


def test_ieder_ziet_alleen_het_eigen_deel() -> None:
    chef, lid, analist = tabel(als("districtschef", onderdeel="A"), "verzuim"), tabel(als(), "verzuim"), tabel(
        als("analist"), "verzuim"
    )  # fmt: skip
    assert ">A1 Onderdeel A1<" in chef
    assert "Onderdeel B" not in chef
    assert "Onderdeel A1" not in lid
    assert ">B2 Onderdeel B2<" in analist
    assert {rij["Onderdeel"][:1] for rij in bestand(als("districtschef", onderdeel="A"), "verzuim")} == {"A"}


def test_gevoelig_heeft_geen_tabel() -> None:
    assert tabel(als("analist"), "csv") == ""
    assert bestand(als("analist"), "csv") == []


def test_het_bestand_heeft_het_getal_en_het_oordeel_in_woorden() -> None:
    rijen = {rij["Onderdeel"]: rij for rij in bestand(als(), "aanrijdtijd")}
    assert (rijen["A1 Onderdeel A1"]["Q3 2025"], rijen["A1 Onderdeel A1"]["Oordeel Q3 2025"]) == ("80", "Aandacht")
    assert rijen["B2 Onderdeel B2"]["Q2 2025"] == "geen meting"
    assert rijen["B Onderdeel B"]["Oordeel Q2 2025"] == "Onvolledig, 1 van 2 teams"
    assert rijen["A Onderdeel A"]["Soort"] == "District"


def test_een_kolom_sorteert_ook_waar_iets_ontbreekt() -> None:
    for vraag in ("&sort=q2025_2", "&sort=-q2025_2", "&sort=__class__", "&sort=q1999_9"):
        assert ">B2 Onderdeel B2<" in tabel(als(), "aanrijdtijd", vraag)
    laag = re.findall(r">([AB]\d?) Onderdeel", tabel(als(), "aanrijdtijd", "&sort=q2025_3"))
    assert laag.index("A1") < laag.index("A3")


def test_elk_onderdeel_wijst_naar_zijn_eigen_oordeel() -> None:
    client = als()
    adres = re.findall(r'href="([^"]+onderdeel=A1)"', tabel(client, "aanrijdtijd"))[0].replace("&amp;", "&")
    antwoord = client.get(adres)
    assert antwoord.status_code == 200
    assert "A1 Onderdeel A1" in antwoord.content.decode()


def test_de_tabel_zegt_hetzelfde_als_de_api_en_de_boom() -> None:
    client = als()
    adres = "/api/v1/doelbereik?indicator=aanrijdtijd&jaar=2025&kwartaal=3&aantal=100"
    api = {rij["onderdeel"]: rij for rij in client.get(adres).json()["resultaten"]}
    for rij in bestand(client, "aanrijdtijd"):
        code = rij["Onderdeel"].split()[0]
        woord = api[code]["oordeel"].replace("_", " ").capitalize()
        assert rij["Oordeel Q3 2025"].split(",")[0] == woord
        getal = Decimal(rij["Q3 2025"].replace(",", "."))
        assert round(getal, 9) == round(Decimal(api[code]["cumulatief"]), 9)
        boom = client.get(f"/indicatoren/aanrijdtijd/oordeel/?kwartaal={KWARTAAL}&onderdeel={code}").content.decode()
        assert html.escape(api[code]["reden"]) in boom
