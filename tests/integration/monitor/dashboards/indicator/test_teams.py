"""The table of districts and teams over the quarters: what a cell says, who sees it, and its file."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client

from tests.factories import maak_persoon
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, maak_monitor
from tests.pagina import Pagina, Tabel

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def _monitor(gedeelde_stand: None) -> None:
    maak_monitor()


def als(rol: str = "rvo-lid", **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


def lees(client: Client, code: str, vraag: str = "") -> Pagina:
    return Pagina.van(client.get(f"/indicatoren/{code}/?kwartaal={KWARTAAL}{vraag}"))


def tabel(client: Client, code: str, vraag: str = "") -> Tabel:
    return lees(client, code, vraag).tabel("per kwartaal, tot en met Q3 2025")


def koppen(tabel: Tabel) -> list[str]:
    return [rij.kop for rij in tabel.rijen]


def bestand(client: Client, code: str) -> list[dict[str, str]]:
    adres = f"/indicatoren/{code}/?kwartaal={KWARTAAL}&_export=csv&_tabel=kwartalen"
    regels = list(csv.reader(io.StringIO(client.get(adres).content.decode("utf-8-sig")), delimiter=";"))
    kop = next(n for n, regel in enumerate(regels) if "Onderdeel" in regel)
    return [dict(zip(regels[kop], regel, strict=True)) for regel in regels[kop + 1 :]]


def test_een_cel_heeft_de_waarde_met_vorm_en_woord() -> None:
    per_kwartaal = tabel(als(), "aanrijdtijd")
    assert per_kwartaal.kolommen == ["Onderdeel", "Q1 2025", "Q2 2025", "Q3 2025"]
    assert per_kwartaal.rij("A1 Onderdeel A1").cellen[1:] == ["80,0%, aandacht"] * 3
    assert per_kwartaal.rij("A3 Onderdeel A3").cellen[1:] == ["82,0%, op koers"] * 3
    assert [len(per_kwartaal.vak("A1", kolom).tekeningen) for kolom in per_kwartaal.kolommen] == [0, 1, 1, 1]


def test_wat_ontbreekt_zegt_waarom_en_een_district_hoeveel_er_leverde() -> None:
    per_kwartaal = tabel(als(), "aanrijdtijd")
    assert per_kwartaal.cel("B2 Onderdeel B2", "Q2 2025") == "geen meting"
    assert per_kwartaal.cel("B Onderdeel B", "Q2 2025") == "80,3%, onvolledig 1 van 2 teams"


def test_een_team_staat_onder_zijn_district_en_de_legenda_noemt_elk_oordeel() -> None:
    per_kwartaal = tabel(als(), "aanrijdtijd")
    assert koppen(per_kwartaal) == [f"{code} Onderdeel {code}" for code in ("A", "A1", "A2", "A3", "B", "B1", "B2")]
    lijsten = lees(als(), "aanrijdtijd").deel("Per district en team").lijsten
    assert ["Aandacht", "Onvolledig", "Geen meting", "Op koers"] in lijsten


def test_ieder_ziet_alleen_het_eigen_deel() -> None:
    chef, lid, analist = tabel(als("districtschef", onderdeel="A"), "verzuim"), tabel(als(), "verzuim"), tabel(
        als("analist"), "verzuim"
    )  # fmt: skip
    assert koppen(chef) == ["A Onderdeel A", "A1 Onderdeel A1", "A2 Onderdeel A2", "A3 Onderdeel A3"]
    assert not chef.ergens("Onderdeel B")
    assert koppen(lid) == ["A Onderdeel A", "B Onderdeel B"]
    assert not lid.ergens("Onderdeel A1")
    assert "B2 Onderdeel B2" in koppen(analist)
    assert {rij["Onderdeel"][:1] for rij in bestand(als("districtschef", onderdeel="A"), "verzuim")} == {"A"}


def test_de_grafiek_zegt_dat_er_meer_onderdelen_zijn() -> None:
    niet_alles, vraag = "in uw rol niet", "&weergave=onderdelen"
    chef = lees(als("districtschef", onderdeel="A"), "verzuim", vraag)
    assert chef.ergens("Hier staan 3 van de 5 teams; de andere ziet u in uw rol niet.")
    assert not lees(als("analist"), "verzuim", vraag).ergens(niet_alles)
    assert not lees(als("districtschef", onderdeel="A"), "aanrijdtijd", vraag).ergens(niet_alles)


def test_gevoelig_heeft_geen_tabel() -> None:
    pagina = lees(als("analist"), "csv")
    assert pagina.kop1 == "Csv"
    assert not [tabel.naam for tabel in pagina.tabellen if "per kwartaal" in tabel.naam]
    assert bestand(als("analist"), "csv") == []


def test_het_bestand_heeft_het_getal_en_het_oordeel_in_woorden() -> None:
    rijen = {rij["Onderdeel"]: rij for rij in bestand(als(), "aanrijdtijd")}
    assert (rijen["A1 Onderdeel A1"]["Q3 2025"], rijen["A1 Onderdeel A1"]["Oordeel Q3 2025"]) == ("80", "Aandacht")
    assert rijen["B2 Onderdeel B2"]["Q2 2025"] == "geen meting"
    assert rijen["B Onderdeel B"]["Oordeel Q2 2025"] == "Onvolledig, 1 van 2 teams"
    assert rijen["A Onderdeel A"]["Soort"] == "District"


def test_een_kolom_sorteert_ook_waar_iets_ontbreekt() -> None:
    for vraag in ("&sort=q2025_2", "&sort=-q2025_2", "&sort=__class__", "&sort=q1999_9"):
        assert "B2 Onderdeel B2" in koppen(tabel(als(), "aanrijdtijd", vraag))
    laag = tabel(als(), "aanrijdtijd", "&sort=q2025_3")
    assert laag.gesorteerd == {"Q3 2025": "ascending"}
    assert koppen(laag).index("A1 Onderdeel A1") < koppen(laag).index("A3 Onderdeel A3")


def test_elk_onderdeel_wijst_naar_zijn_eigen_oordeel() -> None:
    client = als()
    antwoord = client.get(tabel(client, "aanrijdtijd").link("A1 Onderdeel A1"))
    assert antwoord.status_code == 200
    pagina = Pagina.van(antwoord)
    assert pagina.kop1 == "Hoe komt dit oordeel tot stand?"
    assert pagina.heeft("Aanrijdtijd · A1 Onderdeel A1")


def test_de_tabel_zegt_hetzelfde_als_de_api_en_de_boom() -> None:
    client = als()
    adres = "/api/v1/doelbereik?indicator=aanrijdtijd&jaar=2025&kwartaal=3&perPagina=100"
    api = {rij["onderdeel"]: rij for rij in client.get(adres).json()["resultaten"]}
    for rij in bestand(client, "aanrijdtijd"):
        code = rij["Onderdeel"].split()[0]
        woord = api[code]["oordeel"].replace("_", " ").capitalize()
        assert rij["Oordeel Q3 2025"].split(",")[0] == woord
        getal = Decimal(rij["Q3 2025"].replace(",", "."))
        assert round(getal, 9) == round(Decimal(api[code]["cumulatief"]), 9)
        boom = client.get(f"/indicatoren/aanrijdtijd/oordeel/?kwartaal={KWARTAAL}&onderdeel={code}")
        assert Pagina.van(boom).heeft(api[code]["reden"])
