"""The table of districts and teams over the quarters: what a cell says, who sees it, and its file."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

from tests.factories import maak_persoon
from tests.integration.dashboards.opstelling import KWARTAAL, maak_monitor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monitor() -> None:
    maak_monitor()


def als(rol: str = "rvo-lid", **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


def tabel(client: Client, code: str, vraag: str = "") -> str:
    html = client.get(f"/indicatoren/{code}/?kwartaal={KWARTAAL}{vraag}").content.decode()
    return html.partition('id="kwartalen"')[2].partition("<details")[0]


def cellen(html: str, onderdeel: str) -> list[str]:
    """What a reader hears in the row of one onderdeel, cell by cell."""
    rij = next(rij for rij in html.split("<tr") if f">{onderdeel}<" in rij)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", cel)).strip() for cel in re.findall(r"<td.*?</td>", rij)]


def bestand(client: Client, code: str) -> list[dict[str, str]]:
    adres = f"/indicatoren/{code}/?kwartaal={KWARTAAL}&_export=csv&_tabel=kwartalen"
    regels = list(csv.reader(io.StringIO(client.get(adres).content.decode("utf-8-sig")), delimiter=";"))
    kop = next(n for n, regel in enumerate(regels) if "Onderdeel" in regel)
    return [dict(zip(regels[kop], regel, strict=True)) for regel in regels[kop + 1 :]]


def test_een_cel_heeft_de_waarde_met_vorm_en_woord() -> None:
    html = tabel(als(), "aanrijdtijd")
    assert cellen(html, "A1 Onderdeel A1") == ["80,0%, aandacht"] * 3
    assert cellen(html, "A3 Onderdeel A3") == ["82,0%, op koers"] * 3
    rij = next(rij for rij in html.split("<tr") if ">A1 Onderdeel A1<" in rij)
    assert rij.count("<svg") == rij.count("toon-aandacht") == 3


def test_wat_ontbreekt_zegt_waarom_en_een_district_hoeveel_er_leverde() -> None:
    html = tabel(als(), "aanrijdtijd")
    assert cellen(html, "B2 Onderdeel B2")[1] == "geen meting"
    assert cellen(html, "B Onderdeel B")[1].endswith("onvolledig 1 van 2 teams")


def test_een_team_staat_onder_zijn_district_en_de_legenda_noemt_elk_oordeel() -> None:
    html = als().get(f"/indicatoren/aanrijdtijd/?kwartaal={KWARTAAL}").content.decode()
    volgorde = [html.index(f">{code} Onderdeel {code}<") for code in ("A", "A1", "A2", "A3", "B", "B1", "B2")]
    assert volgorde == sorted(volgorde)
    legenda = html.partition('id="kwartalen"')[2].partition('<ul class="tel">')[2].partition("</ul>")[0]
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
