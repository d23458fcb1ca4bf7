"""The approver's task with the keyboard alone, on a page without faults, also on a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from common.vaststellen.model import Staat
from monitor.models import Indicator, Meting
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, bezoeker
from tests.browser.schermen import op_elk_scherm
from tests.factories import MetingFactory

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _laat_wachten(*kwartalen: int) -> None:
    indicator = Indicator.objects.get(code="verdachten")
    for kwartaal in kwartalen:
        MetingFactory(indicator=indicator, jaar=2019, kwartaal=kwartaal, wachtend=True, toelichting="Nageteld.")


@op_elk_scherm
def test_de_pagina_is_schoon(bezoeker: Bezoeker, breed: int, kleuren: str) -> None:
    bezoek = bezoeker("vaststeller", viewport={"width": breed, "height": 900}, color_scheme=kleuren)
    _laat_wachten(1, 2)
    pk = Meting.objects.latest("pk").pk
    for pad in ("/vaststellen/", f"/metingen/{pk}/geschiedenis/"):
        page = bezoek.open(pad)
        assert page.evaluate("document.documentElement.scrollWidth") == breed
        assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    assert bezoek.klachten == []


def test_vaststellen_en_terugsturen_met_alleen_het_toetsenbord(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("vaststeller", java_script_enabled=False)
    _laat_wachten(1, 2)
    page = bezoek.open("/vaststellen/")
    _tab_naar(page, "Q1 2019")
    page.keyboard.press("Space")
    _tab_naar(page, "besluit")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 waarde vastgesteld.")).to_be_visible()
    _tab_naar(page, "Q2 2019")
    page.keyboard.press("Space")
    _tab_naar(page, "reden")
    page.keyboard.type("Graag de bron erbij.")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Stuur terug")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 waarde teruggestuurd")).to_be_visible()
    staten = Meting.objects.filter(jaar=2019).order_by("kwartaal").values_list("staat", flat=True)
    assert list(staten) == [Staat.VASTGESTELD, Staat.AFGEKEURD]


def _tab_naar(page: Page, naam: str) -> None:
    """Press Tab until the element with this name, or part of it, has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        element = page.locator("input:focus, button:focus, textarea:focus")
        if element.count() and naam in _naam_van(element):
            return
    raise AssertionError(f"{naam} is not reachable with Tab")


def _naam_van(element: Locator) -> str:
    return element.get_attribute("aria-label") or element.get_attribute("name") or ""
