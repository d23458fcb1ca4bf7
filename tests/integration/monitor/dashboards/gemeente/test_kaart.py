"""The map of the municipalities: what a tile shows, what it hides, and the table beside it."""

from __future__ import annotations

import pytest

from formatie.models import Gemeente, Werkgebied
from monitor.models import Doelbereik
from tests.databaserol import als_superuser
from tests.factories import GemeenteFactory, maak_gebied
from tests.integration.monitor.dashboards.gemeente.test_views import Q, als, lees
from tests.integration.monitor.dashboards.opstelling import maak_monitor
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
VERZUIM = f"/gemeenten/{Q}&indicator=verzuim"


@pytest.fixture(autouse=True, scope="module")
def _kaart(gedeelde_stand: None) -> None:
    """Schiedam has one team, Rotterdam two in two districts, and of Gorinchem and a place without a tile none."""
    maak_monitor()
    maak_gebied(GemeenteFactory(slug="schiedam"), "A3")
    rotterdam = GemeenteFactory(slug="rotterdam")
    for team in ("A2", "B1"):
        maak_gebied(rotterdam, team, gebied=team)
    for slug in ("gorinchem", "nergens"):
        GemeenteFactory(slug=slug)


def tegel(pagina: Pagina, naam: str) -> str:
    return next(link.tekst for link in pagina.inhoud.links if link.tekst.startswith(f"{naam}:"))


def test_een_tegel_heeft_het_oordeel_van_haar_team() -> None:
    pagina = lees(als("rvo-lid"), f"/gemeenten/{Q}")
    assert tegel(pagina, "Schiedam") == "Schiedam: 82,0%, op koers; A3 Onderdeel A3"
    assert tegel(pagina, "Rotterdam") == "Rotterdam: beide, aandacht; A2 Onderdeel A2 en B1 Onderdeel B1"
    assert tegel(pagina, "Gorinchem") == "Gorinchem: team niet bekend"
    assert pagina.heeft("Aanrijdtijd: 1 aandacht en 1 op koers; van 2 gemeenten is niet bekend")


def test_verschillen_de_teams_dan_kleurt_er_geen_de_hele_stad() -> None:
    Doelbereik.objects.filter(indicator__code="aanrijdtijd", onderdeel__code="A2").update(oordeel="achter")
    pagina = lees(als("rvo-lid"), f"/gemeenten/{Q}")
    wie = "A2 Onderdeel A2 en B1 Onderdeel B1"
    assert tegel(pagina, "Rotterdam") == f"Rotterdam: 1 achter en 1 aandacht; {wie}"
    assert pagina.heeft("Aanrijdtijd: 1 op koers en 1 gemengd;")


def test_de_tabel_zegt_hetzelfde_en_noemt_ook_wat_geen_tegel_heeft() -> None:
    tabel = lees(als("rvo-lid"), f"/gemeenten/{Q}").tabel("Aanrijdtijd per gemeente")
    assert [rij.cellen[0] for rij in tabel.rijen] == ["Rotterdam", "Rotterdam", "Schiedam", "Gorinchem", "Nergens"]
    assert tabel.rij("Schiedam").cellen[1:4] == ["Op koers", "82,0", "A3 Onderdeel A3"]
    bestand = als("rvo-lid", naam="ander").get(f"/gemeenten/{Q}&_export=csv").content.decode()
    assert "Schiedam;Op koers;82" in bestand


def test_de_tabel_begint_met_het_slechtste_en_houdt_een_gemeente_bij_elkaar() -> None:
    maak_gebied(GemeenteFactory(slug="brielle"), "B2")
    van = Doelbereik.objects.filter(indicator__code="aanrijdtijd")
    van.filter(onderdeel__code__in=["A2", "B2"]).update(oordeel="achter")
    van.filter(onderdeel__code="B2").update(teller=10, noemer=100, cum_teller=10, cum_noemer=100)
    van.filter(onderdeel__code="B1").update(oordeel="behaald")
    tabel = lees(als("rvo-lid"), f"/gemeenten/{Q}").tabel("Aanrijdtijd per gemeente")
    assert [(rij.cellen[0], rij.cellen[1]) for rij in tabel.rijen[:4]] == [
        ("Brielle", "Achter"),
        ("Rotterdam", "Achter"),
        ("Rotterdam", "Behaald"),
        ("Schiedam", "Op koers"),
    ]


def test_wie_geen_teams_mag_zien_ziet_het_district() -> None:
    pagina = lees(als("rvo-lid"), VERZUIM)
    assert pagina.heeft("De kaart toont daarom het district.")
    assert "A Onderdeel A" in tegel(pagina, "Schiedam")
    assert not pagina.ergens("A3 Onderdeel A3")
    assert "A3 Onderdeel A3" in tegel(lees(als("analist"), VERZUIM), "Schiedam")


def test_een_chef_ziet_alleen_het_eigen_district() -> None:
    pagina = lees(als("districtschef", onderdeel="B"), VERZUIM)
    assert tegel(pagina, "Schiedam") == "Schiedam: niet getoond"
    assert tegel(pagina, "Rotterdam").endswith("; B1 Onderdeel B1")


def test_een_klein_aantal_geeft_geen_oordeel_prijs() -> None:
    Doelbereik.objects.filter(indicator__code="verzuim", onderdeel__code="B").update(teller=3)
    pagina = lees(als("rvo-lid"), VERZUIM)
    assert {tegel(pagina, naam) for naam in ("Schiedam", "Rotterdam")} == {
        "Schiedam: niet getoond", "Rotterdam: niet getoond",
    }  # fmt: skip


@pytest.mark.parametrize("code", ["csv", "nergens", "x" * 400, "aanrijdtijd&indicator=csv"])
def test_wat_niet_op_de_kaart_kan_zegt_wat_wel(code: str) -> None:
    antwoord = als("rvo-lid").get(f"/gemeenten/{Q}&indicator={code}")
    assert antwoord.status_code == 400
    assert Pagina.van(antwoord).heeft("Kies Aanrijdtijd en Verzuim.")


def test_op_een_dag_zonder_gemeenten_staat_dat_er() -> None:
    with als_superuser():
        Werkgebied.objects.all().delete()
        Gemeente.objects.all().delete()
    assert lees(als("rvo-lid"), f"/gemeenten/{Q}").heeft("Er zijn nog geen gemeenten geladen.")
