"""Every page is three clicks away at most, and no link leads nowhere: for every role of the table of rights."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from formatie.models import Bezetting, Onderdeel
from tests.factories import BezettingFactory, maak_plan
from tests.integration.monitor.dashboards.opstelling import maak_monitor
from tests.integration.site import als, bewaar_menu, maak_site
from tests.integration.wandeling import Lezer, Wandeling
from tests.rechten import ROLLEN, ROUTES

pytestmark = pytest.mark.django_db
DICHTBIJ = 3  # clicks from the overview
# What no person opens by a link, and what does.
GEEN_PAGINA = {
    "importmelding": "asked by the page that was left",
    "getypt": "opened by the log-in of who sent a form too late",
    "gezondheid": "asked by a monitor",
    "security_txt": "asked by who found a weakness, at the address the standard gives",
    "stijl_themas": "a style sheet",
    **{naam: "asked by a program" for naam in ROUTES if naam.startswith("api:")},
}


def _meer() -> None:
    """What makes a page worth a link: a second version of the plan, and a bezetting that waits for a decision."""
    maak_plan({("A", "totaal"): "9", ("A1", "basisteam"): "9"}, slug="tweede", vanaf=date(2024, 1, 1))
    toen = Kwartaal.van(timezone.localdate()).vorige()
    teams = Onderdeel.objects.filter(code__in=("A1", "B1"))
    for team in teams:
        BezettingFactory(onderdeel=team, jaar=toen.jaar, kwartaal=toen.nummer, wachtend=True)
    eigen = {"A2.basisteam.os": "8", "A2.basisteam.nos": "1", "A2.basisteam.toelichting": "Nageteld."}
    als("districtschef").post(f"/invoer/{toen}/bezetting/", eigen)
    assert Bezetting.objects.get(onderdeel__code="A2").staat == Staat.INGEDIEND


@pytest.mark.traag
@pytest.mark.parametrize("rol", [rol for rol in ROLLEN if rol != "anoniem"])
def test_elke_pagina_is_dichtbij_en_geen_weg_loopt_dood(rol: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bewaar_menu(monkeypatch)
    maak_site()
    maak_monitor()
    _meer()
    wandeling = Wandeling().loop(als(rol))
    assert wandeling.dood == []
    assert wandeling.zonder_plek == []
    assert wandeling.dubbel == []
    assert wandeling.enter == []
    assert wandeling.taal == []
    mag = {naam for naam, route in ROUTES.items() if route.verwacht(rol) == 200 and naam not in GEEN_PAGINA}
    ver = {naam: wandeling.kliks.get(naam) for naam in mag if wandeling.kliks.get(naam, DICHTBIJ + 1) > DICHTBIJ}
    assert ver == {}


def test_voor_het_eerste_kwartaal_ligt_geen_ander() -> None:
    maak_site()
    pagina = Lezer(als("analist").get("/invoer/2000-Q1/bezetting/").content.decode())
    assert [weg for weg in pagina.wegen if "1999" in weg] == []
    assert [weg for weg in pagina.wegen if "2000-Q2" in weg] != []


def test_een_gast_komt_bij_wat_open_is() -> None:
    wandeling = Wandeling().loop(als("anoniem"), "/inloggen/")
    assert wandeling.dood == []
    assert "toegankelijkheid" in wandeling.kliks
