"""Search, help and explanations in a browser: by keyboard alone, and without a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.bezoek import Bezoek, bezoek_als
from tests.browser.verzoeken import uitgelopen
from tests.integration.site import als, maak_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server: Any) -> Iterator[str]:
    maak_site()
    with uitgelopen():
        yield live_server.url


def _actief(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def _zoek_a2(bezoek: Bezoek) -> Page:
    page = bezoek.open("/")
    page.locator("#zoek-overal").focus()
    page.keyboard.type("A2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="A2 Onderdeel A2")).to_be_visible()
    return page


def test_zoeken_en_uitleg_met_het_toetsenbord_en_zonder_script(browser: Browser, site: str) -> None:
    for met_script in (True, False):
        bezoek = bezoek_als(browser, site, als("analist"), java_script_enabled=met_script)
        page = _zoek_a2(bezoek)
        page.goto(f"{site}/formatie/")
        knop = page.locator("#diensten").get_by_role("button", name="Uitleg van NOS")
        knop.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#begrip-nos-diensten")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.locator("#begrip-nos-diensten a")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#begrip-nos-diensten")).to_be_hidden()
        assert bezoek.klachten == []
        bezoek.context.close()


def test_sneltoetsen_staan_uit_tot_men_ze_aanzet_en_doen_niets_in_een_veld(browser: Browser, site: str) -> None:
    bezoek = bezoek_als(browser, site, als("analist"))
    page = bezoek.open("/hulp/")
    page.keyboard.press("/")
    assert _actief(page) == ""
    page.get_by_label("Sneltoetsen gebruiken in deze browser").check()
    expect(page.locator("#sneltoetsen-stand")).to_have_text("De sneltoetsen staan aan.")
    page.locator("h1").click()
    page.keyboard.press("/")
    assert _actief(page) == "zoek-overal"
    page.keyboard.type("g i?")
    expect(page.locator("#zoek-overal")).to_have_value("g i?")
    page.locator("h1").click()
    page.keyboard.type("gi")
    page.wait_for_url("**/indicatoren/")
    page.keyboard.press("?")
    page.wait_for_url("**/hulp/")
    expect(page.get_by_label("Sneltoetsen gebruiken in deze browser")).to_be_checked()
    page.get_by_label("Sneltoetsen gebruiken in deze browser").uncheck()
    page.locator("h1").click()
    page.keyboard.type("gi/")
    assert page.url.endswith("/hulp/")
    assert bezoek.klachten == []
    bezoek.context.close()


def test_een_deel_van_een_woord_na_g_gaat_nergens_heen(browser: Browser, site: str) -> None:
    bezoek = bezoek_als(browser, site, als("rvo-lid"))
    page = bezoek.open("/hulp/")
    page.get_by_label("Sneltoetsen gebruiken in deze browser").check()
    page.locator("h1").click()
    page.keyboard.type("gz")  # nowhere
    page.keyboard.type("i")  # and the g before it is over
    page.keyboard.type("gs")  # vaststellen, which this person may not
    assert page.url.endswith("/hulp/")
    bezoek.context.close()
