"""A mayor with ten minutes: log in, to the own municipality, to an indicator, by keyboard alone."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.monitor.dashboards.test_paginas import Bezoeker, Q, bezoeker
from tests.browser.schermen import op_elk_scherm
from tests.factories import GemeenteFactory, maak_gebied, maak_persoon, maak_plan
from tests.factories.personen import WACHTWOORD

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _maak_gemeente(teams: tuple[str, ...] = ("A1",)) -> None:
    gemeente = GemeenteFactory(slug="stad")
    for team in teams:
        maak_gebied(gemeente, team, gebied=f"Deel {team}")
    maak_plan({("A1", "basisteam"): "10", ("A", "totaal"): "40"})
    maak_persoon("rvo-lid", gemeente="stad")


@op_elk_scherm
def test_de_paginas_zijn_schoon(bezoeker: Bezoeker, breed: int, kleuren: str) -> None:
    _maak_gemeente(("A1", "A2", "A3", "B1", "B2"))
    GemeenteFactory(slug="dorp")
    maak_gebied(GemeenteFactory(slug="schiedam"), "A2")
    bezoek = bezoeker("rvo-lid", viewport={"width": breed, "height": 900}, color_scheme=kleuren)
    for pad in (f"/{Q}", f"/gemeenten/stad/{Q}", f"/gemeenten/dorp/{Q}", f"/gemeenten/{Q}", f"/onderdelen/A1/{Q}"):
        page = bezoek.open(pad)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") == breed, pad
        assert [v["id"] for v in Axe().run(page).response["violations"]] == [], pad
    assert bezoek.klachten == []
    assert bezoek.vreemd == []


def test_van_inloggen_naar_de_eigen_gemeente_naar_een_indicator(bezoeker: Bezoeker) -> None:
    _maak_gemeente()
    page = bezoeker(java_script_enabled=False).open("/inloggen/")
    for veld, tekst in (("username", "rvo-lid"), ("password", WACHTWOORD)):
        _tab_naar(page, f"[name={veld}]:focus")
        page.keyboard.type(tekst)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mijn gemeente: Stad")).to_be_visible()
    _kies(page, "Bekijk Stad")
    expect(page.get_by_role("heading", name="Gemeente Stad", level=1)).to_be_visible()
    _kies(page, "Aanrijdtijd")
    expect(page.get_by_role("heading", name="Aanrijdtijd", level=1)).to_be_visible()


def test_op_een_smal_scherm_staat_bij_elk_cijfer_van_wie_het_is(bezoeker: Bezoeker) -> None:
    _maak_gemeente()
    page = bezoeker("rvo-lid", viewport={"width": 320, "height": 900}).open(f"/gemeenten/stad/{Q}")
    cel = page.locator(".lens td[data-kop='A1 Onderdeel A1']").first
    assert cel.evaluate("c => getComputedStyle(c, '::before').content") == '"A1 Onderdeel A1"'
    expect(page.locator(".lens td.weg").first).to_be_hidden()
    expect(page.get_by_text("Verzuim: cijfers over personeel van A1 horen niet bij uw rol.")).to_be_visible()


def _kies(page: Page, naam: str) -> None:
    _tab_naar(page, "a:focus, button:focus", naam)
    with page.expect_navigation():  # or the next keys would still be for this page
        page.keyboard.press("Enter")


def _tab_naar(page: Page, waar: str, naam: str = "") -> None:
    """Tab until that has the focus; at most as often as a page has places to stop."""
    for _ in range(80):
        gevonden = page.locator(waar).filter(has_text=naam) if naam else page.locator(waar)
        if gevonden.count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{naam or waar} is not reached by Tab")


def test_met_de_pijltjes_over_de_kaart_naar_een_gemeente(bezoeker: Bezoeker) -> None:
    """To the nearest tile that way, over the holes; at the edge the focus stays. Tab reaches each tile too."""
    for slug in ("maassluis", "schiedam", "rotterdam", "dordrecht", "gorinchem"):
        maak_gebied(GemeenteFactory(slug=slug), "A1", gebied=slug)
    maak_persoon("rvo-lid")
    page = bezoeker("rvo-lid", viewport={"width": 1280, "height": 900}).open(f"/gemeenten/{Q}")
    tegels = page.locator(".tegel")
    expect(tegels).to_have_count(5)
    tegels.first.focus()
    weg = (
        "Right Schiedam, Right Rotterdam, Down Dordrecht, Down Dordrecht, Up Rotterdam, Left Schiedam, Right Rotterdam"
    )
    for stap in f"{weg}, Right Gorinchem".split(", "):
        kant, naam = stap.split()
        page.keyboard.press(f"Arrow{kant}")
        expect(page.locator(".tegel:focus")).to_have_attribute("title", re.compile(f"^{naam}: "))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Gemeente Gorinchem", level=1)).to_be_visible()
