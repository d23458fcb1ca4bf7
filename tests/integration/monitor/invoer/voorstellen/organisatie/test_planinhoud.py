"""What a proposed version of the plan says of itself: every figure, and what does not fit, new apart from known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from formatie.bezetting.plekken import get_basisteams
from formatie.bijhouden.formatieplan import FORMATIEPLAN, kapotte_sommen, planrijen_van
from formatie.bijhouden.opvolging import Teamwijziging, Verandering
from formatie.bijhouden.organisatie import TEAMS, teamrijen_van
from formatie.bijhouden.planblad import cijfers_van, met_cijfers
from formatie.models import Onderdeel
from monitor.invoer.voorstellen.organisatie.services import stel_organisatie_voor
from tests.integration.formatie.opstelling import laad_plan
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import analist

pytestmark = pytest.mark.django_db
KOP = {"naam": "Proefplan", "slug": "proefplan", "besluit": "Fictief", "besluitdatum": "2026-01-01", "bronregel": ""}
Cijfers = dict[str, dict[str, D | None]]


@pytest.fixture
def huidig() -> dict[str, Any]:
    return planrijen_van(laad_plan())


def _voorstel(huidig: dict[str, Any], cijfers: Cijfers) -> dict[str, Any]:
    districten = {team.code: team.district for team in get_basisteams().values()}
    return {"plan": [KOP | {"geldig_vanaf": "2027-01-01"}], **met_cijfers(huidig, cijfers, districten)}


def test_elk_getal_dat_verandert_met_evenveel_decimalen(huidig: dict[str, Any]) -> None:
    cijfers: Cijfers = cijfers_van(huidig)
    anders = [kenmerk for kenmerk in cijfers if kenmerk.endswith(":basisteam")][:5]
    for kenmerk in anders:
        cijfers[kenmerk]["fte"] = D(3000)
    rijen = _voorstel(huidig, cijfers)
    lijst = FORMATIEPLAN.lijst(rijen)
    assert len(lijst) == 5
    assert all(zin.endswith((" wordt 3.000", " wordt 3.000,0")) for zin in lijst)
    assert all(len(zin.split(": ")[-1].split(",")) in (1, 3) for zin in lijst)  # both with a comma, or neither
    assert FORMATIEPLAN.nieuw(rijen) == "vanaf 1 januari 2027: 5 getallen anders"


def test_een_nieuw_gat_in_een_som_is_nieuws_en_een_oud_niet(huidig: dict[str, Any]) -> None:
    cijfers: Cijfers = cijfers_van(huidig)
    nieuw, bekend = kapotte_sommen(_voorstel(huidig, cijfers))
    assert not nieuw
    cijfers["cel:A1:basisteam"]["fte"] = D(900)
    rijen = _voorstel(huidig, cijfers)
    gat, nog_steeds = kapotte_sommen(rijen)
    assert {u.som.sleutel for u in nog_steeds} <= {u.som.sleutel for u in bekend}
    assert gat
    assert any("dat klopt niet. Gedrukt staat" in zin for zin in FORMATIEPLAN.twijfels(rijen))
    assert len(FORMATIEPLAN.gevolgen(rijen)) == len(nog_steeds)


def test_een_team_zonder_rij_en_een_team_dat_ophoudt(huidig: dict[str, Any]) -> None:
    cijfers: Cijfers = cijfers_van(huidig)
    assert FORMATIEPLAN.twijfels(_voorstel(huidig, cijfers)) == []
    wijziging = Teamwijziging(Verandering.BEEINDIGEN, date(2027, 1, 1), ("A3",))
    kop = {"vanaf": "2027-01-01", "bron": "Fictief", "door": analist(), "herkomst": "proef"}
    stel_organisatie_voor(TEAMS, teamrijen_van(wijziging), **kop)
    Onderdeel.objects.filter(code="A2").update(geldig_tot=date(2028, 1, 1))
    del cijfers["cel:A1:basisteam"]
    twijfels = FORMATIEPLAN.twijfels(_voorstel(huidig, cijfers))
    a1 = Onderdeel.objects.get(code="A1")
    assert f"Zonder rij in dit plan, en er wel op 1 januari 2027: {a1}." in twijfels
    assert any(zin.startswith("A2 ") and "houdt op 1 januari 2028 op" in zin for zin in twijfels)
    assert any(zin.startswith("Er wacht een voorstel waardoor A3 op 1 januari 2027 ophoudt") for zin in twijfels)
