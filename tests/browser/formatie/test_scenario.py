"""A chief thinks aloud with the keyboard alone, without script; the pages are clean, also on a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.models import User
from formatie.models import Onderdeel, Scenario, Scenarioregel
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, bezoeker
from tests.browser.monitor.invoer.test_vaststellen import _tab_naar as tab_naar
from tests.browser.schermen import op_elk_scherm
from tests.integration.formatie.personeel import Q1, leg_vast, maak_plan

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIJST = "/formatie/districten/A/scenarios/"


def _richt_in() -> None:
    teams = {o.code: o for o in Onderdeel.objects.filter(soort="basisteam", ouder__code="A")}
    maak_plan(teams)
    for team in teams.values():
        leg_vast(team, os=36, nos=4, wijkagenten=6, wijkagenten_expert=1)


def _scenario() -> Scenario:
    district = Onderdeel.objects.get(code="A")
    scenario = Scenario.objects.create(
        eigenaar=User.objects.get(rolvervullingen__rol="analist"),
        district=district, naam="Vier mensen naar A1", jaar=Q1.jaar, kwartaal=Q1.nummer,
    )  # fmt: skip
    for code, schuif in (("A1", 4), ("A2", -4)):
        team = Onderdeel.objects.get(code=code)
        Scenarioregel.objects.create(scenario=scenario, onderdeel=team, verschuiving=schuif, instroom=1)
    return scenario


@op_elk_scherm
def test_de_paginas_zijn_schoon(bezoeker: Bezoeker, breed: int, kleuren: str) -> None:
    bezoek = bezoeker("analist", viewport={"width": breed, "height": 900}, color_scheme=kleuren)
    _richt_in()
    for pad in (LIJST, f"{LIJST}?wat=mensen&van=A1&naar=A1&fte=3", f"{LIJST}{_scenario().pk}/"):
        page = bezoek.open(pad)
        assert page.evaluate("document.documentElement.scrollWidth") == breed
        assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    assert bezoek.klachten == []


def test_kiezen_uitrekenen_en_bewaren_met_alleen_het_toetsenbord(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("analist", java_script_enabled=False)
    _richt_in()
    page = bezoek.open(LIJST)
    page.get_by_role("link", name="Mensen verschuiven").press("Enter")
    page.get_by_label("Van", exact=True).press("ArrowDown")
    page.get_by_label("Hoeveel fte").press_sequentially("3")
    page.get_by_label("Hoeveel fte").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Kies waarheen.")
    expect(page.get_by_label("Hoeveel fte")).to_have_value("3")
    page.get_by_label("Naar", exact=True).select_option("A3")
    _druk_op(page, "Reken uit")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 fte aan mensen van A1 naar A3: A1 -8,0, A3 -2,0.")
    tab_naar(page, "naam")
    page.keyboard.type("Schuiven")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Alleen u ziet deze wat-als-berekening")).to_be_visible()
    assert Scenario.objects.get().regels.count() == 2
    _druk_op(page, "Deel binnen het district")
    expect(page.get_by_text("Gedeeld binnen het district.").first).to_be_visible()
    assert Scenario.objects.get().gedeeld


def _druk_op(page: Page, naam: str) -> None:
    """Tab to the button with this text and press it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        element = page.locator("button:focus")
        if element.count() and naam == (element.text_content() or "").strip():
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{naam} is not reachable with Tab")
