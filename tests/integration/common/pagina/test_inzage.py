"""One line in the log per read of small numbers and of the API: who, what, how far, how many; never a value."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from formatie.models import Onderdeel
from monitor.models import Indicator
from tests.factories import MetingFactory
from tests.integration.site import als, maak_site
from tests.rechten import ROLLEN, ROUTES

pytestmark = pytest.mark.django_db
GEHEIM = 98765
VELDEN = {"op", "wie", "adres", "vraag", "bereik", "rijen"}
KLEIN = "/indicatoren/proef/"
DISTRICT = "/formatie/districten/A/"
VERWACHT = {
    # address → what the line says of how far the right reaches, for who reads small numbers there
    KLEIN: {"analist": "alles", "vaststeller": "alles", "districtschef": "A", "portefeuillehouder": "proefthema"},
    DISTRICT: {"analist": "alles", "vaststeller": "alles", "districtschef": "A", "portefeuillehouder": "proefthema"},
    "/invoer/2025-Q1/bezetting/": {"analist": "alles", "districtschef": "A"},
    "/bezetting/1/geschiedenis/": {"analist": "alles", "vaststeller": "alles"},
    "/vaststellen/bezetting/": {"vaststeller": "alles"},
    "/invoer/importeren/uitvoer.csv": {"analist": "alles", "districtschef": "A"},
}


@pytest.fixture(autouse=True)
def _site(caplog: pytest.LogCaptureFixture) -> None:
    maak_site()
    Indicator.objects.filter(code="proef").update(personeel=True)
    waar = {"indicator": Indicator.objects.get(code="proef"), "onderdeel": Onderdeel.objects.get(code="A1")}
    MetingFactory(**waar, waarde=GEHEIM, jaar=2025, kwartaal=1)
    caplog.set_level("INFO", "strategie.inzage")


def _regels(caplog: Any, client: Client, adres: str) -> list[dict[str, Any]]:
    caplog.clear()
    client.get(adres)
    regels = [record.getMessage() for record in caplog.records if record.name == "strategie.inzage"]
    assert not any("\n" in regel or str(GEHEIM) in regel for regel in regels)
    return [json.loads(regel) for regel in regels]


@pytest.mark.parametrize("adres", VERWACHT)
def test_wie_kleine_aantallen_leest_staat_in_het_logboek(adres: str, caplog: Any) -> None:
    for rol in ROLLEN:
        client = als(rol)
        for _ in range(2):  # also when the page is handed over as it was
            regels = _regels(caplog, client, adres)
            verwacht = [bereik for wie, bereik in VERWACHT[adres].items() if wie == rol]
            assert [regel["bereik"] for regel in regels] == verwacht, rol
            assert all(set(regel) >= VELDEN and regel["wie"] == f"proef-{rol}" for regel in regels)
            assert all(regel["adres"] == adres for regel in regels)


@pytest.mark.parametrize("naam", [naam for naam in ROUTES if naam.startswith("api:") and naam != "api:openapi"])
def test_elke_vraag_aan_de_api(naam: str, caplog: Any) -> None:
    adres = f"{ROUTES[naam].adres}?perPagina=1"
    (regel,) = _regels(caplog, als("rvo-lid"), adres)
    assert (regel["bereik"], regel["vraag"], regel["wie"]) == ("api", "perPagina=1", "proef-rvo-lid")
    assert regel["rijen"] == min(1, regel["totaal"])
    assert not _regels(caplog, als("beheerder"), adres)  # nothing was read
    assert not _regels(caplog, Client(), adres)


def test_wat_alleen_de_eenheid_toont_staat_er_niet_in(caplog: Any) -> None:
    assert not any(_regels(caplog, als("analist"), adres) for adres in ("/", "/indicatoren/", "/themas/proefthema/"))


def test_een_bestand_en_een_regeleinde_in_het_adres(caplog: Any) -> None:
    (regel,) = _regels(caplog, als("analist"), f"{KLEIN}?_export=csv&x=%0Awie")
    assert regel["vraag"] == "_export=csv&x=%0Awie"
