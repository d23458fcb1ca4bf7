"""The running total is what the verdict becomes: held against the verdict that follows once all is approved."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from monitor.invoer.rooster.selectors import get_rooster
from monitor.invoer.rooster.services import Celtekst, bewaar_concepten, dien_concepten_in
from monitor.invoer.rooster.totaal import reken_totalen
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Doelbereik, Indicator, Meting
from monitor.rekenen.cijfers import leid_cijfers_af
from monitor.rekenen.herberekenen import herbereken
from tests.factories import DoelstellingFactory, IndicatorFactory, MetingFactory, maak_eenheid, maak_persoon
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
Q3 = Kwartaal(2025, 3)
LATER = date(2026, 11, 24)
TEAMS = ("A1", "A2", "A3", "B1", "B2")


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: LATER)


def typ(door: User, teksten: dict[tuple[str, str], dict[str, str]]) -> None:
    celteksten = [Celtekst(*plek, Q3, {"status": "definitief", **cellen}, 0) for plek, cellen in teksten.items()]
    bewaar_concepten(celteksten, door=door, herkomst="proef")


@pytest.fixture
def indicatoren() -> list[Indicator]:
    """A share with a minimum and a count with a year volume, each with two quarters of all teams."""
    onderdelen = maak_eenheid()
    tijd = IndicatorFactory(code="tijd", percentage=True)
    zaken = IndicatorFactory(code="zaken", niveau="basisteam")
    DoelstellingFactory(indicator=tijd, soort="minimum", streefwaarde=Decimal(80), marge=Decimal(2))
    DoelstellingFactory(indicator=zaken, streefwaarde=Decimal(120), marge=Decimal(10))
    for team in TEAMS:
        for kwartaal in (1, 2):
            op = {"onderdeel": onderdelen[team], "kwartaal": kwartaal}
            MetingFactory(indicator=tijd, waarde=None, teller=80, noemer=100, **op)
            MetingFactory(indicator=zaken, waarde=6, **op)
    return [tijd, zaken]


@pytest.mark.parametrize("zaad", range(4))
def test_het_totaal_is_wat_het_oordeel_wordt(indicatoren: list[Indicator], zaad: int) -> None:
    kans, anna = random.Random(zaad), maak_persoon("analist", naam="anna")
    teksten = {}
    for team in TEAMS if zaad else TEAMS[:4]:
        teksten["tijd", team] = {"teller": str(kans.randrange(60, 101)), "noemer": "100", "toelichting": "Geteld."}
        teksten["zaken", team] = {"waarde": str(kans.randrange(12)), "toelichting": "Geteld."}
    typ(anna, teksten)
    voorspeld = reken_totalen(get_rooster(anna, Q3))
    metingen, blijft = dien_concepten_in(Q3, door=anna, herkomst="proef")
    assert not blijft
    assert reken_totalen(get_rooster(anna, Q3)) == voorspeld  # what waits counts as what was typed
    stel_vast(METING, metingen, door=maak_persoon("vaststeller"), herkomst="proef")
    herbereken()
    for indicator in indicatoren:
        rij = Doelbereik.objects.get(indicator=indicator, onderdeel__code="RE07", jaar=2025, kwartaal=3)
        totaal = voorspeld[indicator.code]
        assert (totaal.onderdeel, totaal.oordeel) == ("RE07 Onderdeel RE07", rij.oordeel)
        assert totaal.zin == leid_cijfers_af(rij, indicator, rij.doelstelling).reden


def test_een_onleesbare_tekst_telt_niet_mee_en_het_totaal_zegt_wat_er_mist(indicatoren: list[Indicator]) -> None:
    anna = maak_persoon("analist", naam="anna")
    typ(anna, {("zaken", team): {"waarde": "6" if team != "B2" else "zes"} for team in TEAMS})
    totaal = reken_totalen(get_rooster(anna, Q3))["zaken"]
    zin = totaal.zin
    assert totaal.vervolg.startswith("4 van 5 teams")  # its verdict stands before it
    assert zin.startswith("Onvolledig: 4 van 5 teams hebben geleverd; 84 onderzoeken t/m Q3")


def test_wie_een_district_heeft_krijgt_het_totaal_daarvan(indicatoren: list[Indicator]) -> None:
    """Of what others deliver nothing shows."""
    van_a = maak_persoon("analist", naam="van-a", onderdeel="A")
    typ(van_a, {("zaken", team): {"waarde": "7"} for team in ("A1", "A2", "A3")})
    totalen = reken_totalen(get_rooster(van_a, Q3))
    assert (totalen["zaken"].onderdeel, totalen["zaken"].zin[:24]) == ("A Onderdeel A", "57 onderzoeken t/m Q3; h")


def test_zonder_getypte_of_vastgestelde_waarde_is_er_geen_totaal(
    indicatoren: list[Indicator], django_assert_num_queries: object
) -> None:
    gevonden = get_rooster(maak_persoon("analist"), Q3)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert reken_totalen(gevonden) == {}


def test_de_pagina_en_het_script_zeggen_hetzelfde(client: Client, indicatoren: list[Indicator]) -> None:
    anna = maak_persoon("analist", naam="anna")
    client.force_login(anna)
    adres = "/invoer/2025-Q3/"
    token = Pagina.van(client.get(adres)).waarden["zaken:A1:versie"]
    rij = {"plek": "zaken:A1", "cellen": {"waarde": "6", "status": "definitief"}, "versie": token}
    antwoord = client.post(f"{adres}bewaar/", {"rijen": [rij]}, content_type="application/json").json()
    [(code, html)] = antwoord["totalen"].items()
    assert code == "zaken"
    getoond = Pagina.van(client.get(adres)).plek("totaal-zaken").tekst
    assert getoond == Pagina.van(html).tekst
    assert "1 van 5 teams heeft geleverd" in getoond
    assert "Onvolledig" in getoond
    assert not Meting.objects.filter(staat=Staat.INGEDIEND).exists()
