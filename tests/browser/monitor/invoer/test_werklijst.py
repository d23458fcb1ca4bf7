"""From the work list to a closed quarter and back, by three persons with the keyboard alone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from monitor.models import Afsluiting
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, bezoeker
from tests.browser.schermen import op_elk_scherm
from tests.factories import AfsluitingFactory

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIJST = "/invoer/?kwartaal=2025-Q1"


@op_elk_scherm
def test_de_paginas_zijn_schoon(bezoeker: Bezoeker, breed: int, kleuren: str) -> None:
    bezoek = bezoeker("vaststeller", viewport={"width": breed, "height": 900}, color_scheme=kleuren)
    AfsluitingFactory(jaar=2025, kwartaal=2, gevraagd=True)
    for pad in (LIJST, "/invoer/?per=persoon", "/invoer/2025-Q1/sluiten/", "/invoer/2025-Q2/heropening/"):
        page = bezoek.open(pad)
        assert page.evaluate("document.documentElement.scrollWidth") == breed
        assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    assert bezoek.klachten == []


def test_sluiten_vragen_en_heropenen_met_alleen_het_toetsenbord(bezoeker: Bezoeker) -> None:
    page = bezoeker("vaststeller", java_script_enabled=False).open(LIJST)
    _kies(page, "Q1 2025 sluiten")
    _typ_en_kies(page, "De bron ligt stil.", "Sluit Q1 2025")
    expect(page.get_by_text("Q1 2025 is gesloten. Er kan")).to_be_visible()

    page = bezoeker("analist", java_script_enabled=False).open(LIJST)
    _kies(page, "Vraag om heropening")
    _typ_en_kies(page, "Er kwam een cijfer na.", "Vraag om heropening")
    expect(page.get_by_text("Uw vraag is bewaard.")).to_be_visible()

    page = bezoeker("vaststeller", naam="derde", java_script_enabled=False).open(LIJST)
    _kies(page, "Heropening van Q1 2025")
    _kies(page, "Heropen Q1 2025")
    expect(page.get_by_text("Q1 2025 is weer open.")).to_be_visible()
    assert str(Afsluiting.objects.get().heropend_door) == "derde"


def _typ_en_kies(page: Page, tekst: str, knop: str) -> None:
    _tab_naar(page, "textarea:focus", "")
    page.keyboard.type(tekst)
    _kies(page, knop)


def _kies(page: Page, naam: str) -> None:
    _tab_naar(page, "a:focus, button:focus", naam)
    with page.expect_navigation():  # or the next keys would still be for this page
        page.keyboard.press("Enter")


def _tab_naar(page: Page, waar: str, naam: str) -> None:
    """Press Tab until such an element with this text has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        element = page.locator(waar)
        if element.count() and naam in (element.text_content() or ""):
            return
    raise AssertionError(f"{naam} is not reachable with Tab")
