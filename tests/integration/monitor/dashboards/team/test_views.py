"""The page of an onderdeel: its place, its figures as far as its reader may see them, its places and people."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from formatie.models import Eerderenaam, Onderdeel, Opvolging
from monitor.models import Doelbereik
from tests.factories import BezettingFactory, GemeenteFactory, maak_gebied, maak_plan
from tests.integration.monitor.dashboards.gemeente.test_views import als, lees
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, maak_monitor
from tests.pagina import Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
Q = f"?kwartaal={KWARTAAL}"
A1 = f"/onderdelen/A1/{Q}"
DAG, STRAKS = date(2024, 1, 1), date(2100, 1, 1)


@pytest.fixture(autouse=True)
def _monitor(request: pytest.FixtureRequest) -> None:
    if "queries" in request.keywords:
        return
    maak_monitor()
    maak_gebied(GemeenteFactory(slug="stad"), "A1", gebied="Noord")
    maak_plan({("A1", "basisteam"): "143.8", ("A1", "wijkagenten"): "18", ("A", "totaal"): "565.8"})


def test_de_kop_zegt_waar_het_team_bij_hoort_en_werkt() -> None:
    pagina = lees(als("rvo-lid"), A1)
    assert pagina.kop1 == "Basisteam A1 Onderdeel A1"
    assert pagina.link("district A Onderdeel A") == f"/onderdelen/A/{Q}"
    assert pagina.link("Stad") == f"/gemeenten/stad/{Q}"


def test_het_oordeel_met_zijn_zin_en_de_weg_naar_alle_onderdelen() -> None:
    pagina = lees(als("rvo-lid"), A1)
    deel = pagina.deel("Hoe het ervoor staat")
    assert deel.heeft("Achter") or deel.heeft("Aandacht")
    assert pagina.link("Vergelijk alle onderdelen: Aanrijdtijd") == f"/indicatoren/aanrijdtijd/{Q}&weergave=onderdelen"


def test_wat_deze_lezer_niet_ziet_is_nergens() -> None:
    """Of staff a member of the RVO reads districts, never a team: not in a chart, a table or a sentence either."""
    rij = Doelbereik.objects.get(indicator__code="verzuim", onderdeel__code="A1", jaar=2025, kwartaal=3)
    Doelbereik.objects.filter(pk=rij.pk).update(teller=7, cum_teller=7777, cum_noemer=10000)
    assert not lees(als("rvo-lid"), A1).ergens("77,8")
    assert lees(als("analist"), A1).ergens("77,8")
    assert lees(als("districtschef", onderdeel="A"), A1).ergens("77,8")
    elders = lees(als("districtschef", onderdeel="B", naam="elders"), A1)
    assert not elders.ergens("77,8")
    assert elders.deel("Wat u hier niet ziet").heeft("Verzuim: cijfers over personeel van A1")


def test_een_as_reikt_niet_verder_dan_wat_de_lezer_ziet() -> None:
    """What is hidden may not show by the room it takes: a drawing is the same whatever it is."""
    client = als("rvo-lid")

    def tekeningen() -> list[str]:
        pagina = client.get(f"/onderdelen/A1/{Q}").content.decode()
        return [svg for svg in re.findall(r"<svg.*?</svg>", pagina, re.DOTALL) if "Verzuim" in svg or "<text" in svg]

    voor = tekeningen()
    team = Doelbereik.objects.filter(indicator__code="verzuim", onderdeel__code__in=("A1", "A2"))
    team.update(cum_teller=99, cum_noemer=100)
    assert len(voor) > 2
    assert tekeningen() == voor


def test_plaatsen_en_mensen_naar_wie_leest() -> None:
    BezettingFactory(onderdeel=Onderdeel.objects.get(code="A1"), jaar=2025, kwartaal=3, os="130", nos="5")
    lid = lees(als("rvo-lid"), A1).deel("Plaatsen en mensen")
    assert lid.heeft("Het plan geeft dit basisteam 143,8 fte. Daarvan zijn 18,0 fte voor wijkagenten.")
    assert lid.heeft("is niet te zeggen: cijfers over personeel van een basisteam horen niet bij uw rol.")
    analist = lees(als("analist"), A1).deel("Plaatsen en mensen")
    assert analist.heeft("Eind Q3 2025 werkten er 135,0 fte: 8,8 fte te weinig")


def test_een_district_heeft_zijn_teams_en_zijn_eigen_formatiepagina() -> None:
    pagina = lees(als("rvo-lid"), f"/onderdelen/A/{Q}")
    assert pagina.link("A2 Onderdeel A2") == f"/onderdelen/A2/{Q}"
    assert pagina.link("Formatie van district A") == f"/formatie/districten/A/{Q}"


def test_een_team_dat_er_niet_meer_is_houdt_zijn_pagina() -> None:
    Onderdeel.objects.filter(code="A1").update(geldig_tot=date(2025, 7, 1))
    assert lees(als("rvo-lid"), A1).heeft("Dit basisteam bestond tot 1 juli 2025.")
    assert not lees(als("rvo-lid", naam="ander"), "/onderdelen/A1/?kwartaal=2025-Q2").heeft("bestond tot")


def test_de_eenheid_wijst_naar_het_overzicht_en_een_dienst_naar_formatie() -> None:
    assert lees(als("rvo-lid"), f"/onderdelen/RE07/{Q}").link("Naar het overzicht") == f"/{Q}"
    Onderdeel.objects.filter(code="A3").update(soort="dienst")
    dienst = lees(als("rvo-lid", naam="ander"), f"/onderdelen/A3/{Q}")
    assert dienst.heeft("Van een dienst wordt niets apart gemeten.")
    assert dienst.link("Naar Formatie") == f"/formatie/{Q}"


@pytest.mark.parametrize("code", ["Z9", "a1", "x" * 300])
def test_een_onbekende_code_bestaat_niet_en_zegt_dat(code: str) -> None:
    antwoord = als("rvo-lid").get(f"/onderdelen/{code}/{Q}")
    assert antwoord.status_code == 404
    assert Pagina.van(antwoord).heeft("De monitor kent geen onderdeel met deze code.")


def test_terugkijken_en_een_ander_kwartaal() -> None:
    client: Client = als("rvo-lid")
    for vraag in ("?kwartaal=2025-Q1", f"{Q}&peildatum=2025-08-01", "?peildatum=2025-02-01"):
        assert client.get(f"/onderdelen/A1/{vraag}").status_code == 200, vraag


@pytest.mark.parametrize("formaat", ["csv", "xlsx", "ods"])
def test_opslaan(formaat: str) -> None:
    assert als("rvo-lid").get(f"{A1}&_export={formaat}").status_code == 200


@pytest.mark.queries
@pytest.mark.parametrize("maat", ["klein", "groot"])
@pytest.mark.parametrize(("pagina", "code"), [("onderdeel", "A1"), ("onderdeel_district", "A")])
def test_een_vast_aantal_queries(pagina: str, code: str, maat: str) -> None:
    maak_monitor({"klein": {"A": 3, "B": 2}, "groot": {"A": 9, "B": 9}}[maat])
    maak_plan({("A1", "basisteam"): "10"})
    maak_gebied(GemeenteFactory(slug="stad"), "A1")
    controleer(pagina, *tel(als("rvo-lid"), f"/onderdelen/{code}/{Q}"))


def test_de_pagina_noemt_wie_ervoor_en_erna_kwam_en_hoe_het_heette() -> None:
    """On the pages of all three: the team that ended, the one that followed it, and the district of both."""
    a1 = Onderdeel.objects.get(code="A1")
    nieuw = Onderdeel.objects.create(code="A9", naam="Nieuw", soort="basisteam", ouder=a1.ouder, geldig_vanaf=DAG)
    Onderdeel.objects.filter(pk=a1.pk).update(geldig_tot=DAG)
    Opvolging.objects.create(van=a1, naar=nieuw, vanaf=DAG)
    Eerderenaam.objects.create(onderdeel=a1, naam="Vroeger", tot=date(2020, 1, 1))
    ging = f"A1 {a1.naam} ging op 1 januari 2024 verder als A9 Nieuw."
    client = als("analist")
    assert lees(client, A1).heeft(f"Heette tot 1 januari 2020 Vroeger. {ging}")
    assert lees(client, f"/onderdelen/A9/{Q}").heeft(f"A9 Nieuw kwam op 1 januari 2024 voort uit A1 {a1.naam}.")
    district = lees(client, f"/onderdelen/A/{Q}")
    assert district.heeft(ging)
    assert district.link("A9 Nieuw")
    with pytest.raises(AssertionError):
        district.link(f"A1 {a1.naam}")
    assert lees(client, A1).link("A9 Nieuw")
    assert lees(client, f"/onderdelen/A9/{Q}").link(f"A1 {a1.naam}")


def test_wat_nog_komt_staat_in_de_tegenwoordige_tijd_en_is_te_vinden() -> None:
    a1 = Onderdeel.objects.get(code="A1")
    nieuw = Onderdeel.objects.create(code="A9", naam="Nieuw", soort="basisteam", ouder=a1.ouder, geldig_vanaf=STRAKS)
    Onderdeel.objects.filter(pk=a1.pk).update(geldig_tot=STRAKS)
    Opvolging.objects.create(van=a1, naar=nieuw, vanaf=STRAKS)
    client = als("analist")
    assert lees(client, A1).heeft(f"A1 {a1.naam} gaat op 1 januari 2100 verder als A9 Nieuw.")
    assert lees(client, f"/onderdelen/A9/{Q}").heeft(f"A9 Nieuw komt op 1 januari 2100 voort uit A1 {a1.naam}.")
    gevonden = lees(client, "/zoeken/?q=A9")
    assert gevonden.heeft("vanaf 1 januari 2100")
    assert gevonden.link("A9 Nieuw")
