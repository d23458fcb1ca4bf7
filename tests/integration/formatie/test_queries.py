"""The number of queries of a formation page does not grow with the plan, its versions, the quarters or the people."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from common.tekst.periode import Kwartaal
from formatie.models import Formatieplan, Onderdeel, Scenario
from tests.integration.formatie.opstelling import als, laad_plan, nieuw_plan, vergroot, vul_bezetting
from tests.querytelling import controleer, tel

pytestmark = [pytest.mark.django_db, pytest.mark.queries]

PAGINAS = {
    "formatie": "/formatie/",
    "formatie_zoeken": "/formatie/?zoek=recherche",
    "formatie_district": "/formatie/districten/A/",
    "formatie_terugblik": "/formatie/?peildatum=2026-11-01",
    "formatie_district_terugblik": "/formatie/districten/A/?peildatum=2026-11-01",
    "formatie_controle": "/formatie/controle/?bevinding=afronding&sort=-verschil",
    "formatie_versie": "/formatie/versies/plan-1/",
}


def maak_groot(plan: Formatieplan) -> None:
    """43 districts more, versions of the plan one after the other, and people in many quarters."""
    for nummer in range(2, 6):
        nieuw_plan(plan, f"plan-{nummer}", date(2023, 1, 1) + nummer * (date(2023, 4, 1) - date(2023, 1, 1)))
    vul_bezetting(Kwartaal(2026, 3), 12)
    vergroot(plan)


@pytest.mark.parametrize("groot", [False, True])
@pytest.mark.parametrize("pagina", PAGINAS)
def test_een_vast_aantal_queries(pagina: str, groot: bool) -> None:
    plan = laad_plan()
    nieuw_plan(plan, "plan-1", date(2023, 4, 1))
    if groot:
        maak_groot(plan)
    else:
        vul_bezetting(Kwartaal(2026, 3), 2)
    aantal, queries = tel(als("districtschef", onderdeel="A"), PAGINAS[pagina])
    controleer(pagina, aantal, queries)


@pytest.mark.parametrize("groot", [False, True])
def test_wie_geen_teams_ziet_kost_ook_een_vast_aantal_queries(groot: bool) -> None:
    plan = laad_plan()
    if groot:
        maak_groot(plan)
    else:
        vul_bezetting(Kwartaal(2026, 3), 2)
    client = als("rvo-lid")
    controleer("formatie_district_opgeteld", *tel(client, PAGINAS["formatie_district"]))
    controleer("formatie_opgeteld_terugblik", *tel(client, PAGINAS["formatie_terugblik"]))
    controleer("formatie_district_opgeteld_terugblik", *tel(client, PAGINAS["formatie_district_terugblik"]))


@pytest.mark.parametrize("groot", [False, True])
def test_een_wat_als_berekening_kost_een_vast_aantal_queries(groot: bool) -> None:
    """However many there are, and however many teams one changes."""
    plan = laad_plan()
    if groot:
        maak_groot(plan)
    else:
        vul_bezetting(Kwartaal(2026, 3), 2)
    client = als("districtschef", onderdeel="A")
    adressen = [_nieuw_scenario(client, f"Proef {nummer}") for nummer in range(5 if groot else 1)]
    gedachte = Scenario.objects.earliest("pk")
    gedachte.regels.all().delete()
    for team in Onderdeel.objects.filter(ouder__code="A", soort="basisteam")[: None if groot else 1]:
        gedachte.regels.create(onderdeel=team, instroom=1)
    controleer("formatie_scenarios", *tel(client, "/formatie/districten/A/scenarios/"))
    controleer("formatie_scenario", *tel(client, adressen[0]))
    controleer("formatie_wat_als", *tel(client, "/formatie/districten/A/scenarios/?wat=mensen&van=A1&naar=A2&fte=1"))


def _nieuw_scenario(client: Client, naam: str) -> str:
    wat = {"naam": naam, "wat": "mensen", "van": "A1", "naar": "A2", "fte": "1"}
    return str(client.post("/formatie/districten/A/scenarios/", wat)["Location"])
