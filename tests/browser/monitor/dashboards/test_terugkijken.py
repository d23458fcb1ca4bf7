"""Looking back with the keyboard alone, with and without script, on a narrow screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.common.grafiek.figuurregels import laat_tekenen
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, Q, bezoeker

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAG = "11112025"  # day and month alike: the order in which a browser asks for these does not matter


def _loop_naar_de_dag(page: Page) -> None:
    samenvatting = page.locator(".peilkeuze summary")
    for _ in range(40):
        page.keyboard.press("Tab")
        if samenvatting.evaluate("e => e === document.activeElement"):
            return
    pytest.fail("met Tab is de keuze van een dag niet te bereiken")


@pytest.mark.parametrize("script", [True, False])
def test_terugkijken_en_weer_naar_vandaag_met_het_toetsenbord(bezoeker: Bezoeker, script: bool) -> None:
    bezoek = bezoeker("rvo-lid", viewport={"width": 320, "height": 700}, java_script_enabled=script)
    page = bezoek.open(f"/indicatoren/verdachten/{Q}")
    _loop_naar_de_dag(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Toon zoals bekend op")).to_be_focused()
    page.keyboard.type(DAG)
    page.keyboard.press("Enter")
    page.wait_for_url("**peildatum=2025-11-11*")
    terugblik = page.get_by_role("region", name="Terugblik")
    expect(terugblik).to_contain_text("U kijkt terug: dit is wat op 11-11-2025 bekend was.")
    expect(page.locator(".stand")).to_have_text("Stand per Q3 2025, zoals bekend op 11-11-2025")
    if script:
        laat_tekenen(page)  # the data of the chart are of the same day
    terugblik.get_by_role("link", name="Terug naar vandaag").press("Enter")
    page.wait_for_url("**/indicatoren/verdachten/")
    expect(page.get_by_role("region", name="Terugblik")).to_have_count(0)
    assert bezoek.klachten == []


def test_op_papier_staat_dat_er_teruggekeken_wordt(bezoeker: Bezoeker) -> None:
    page = bezoeker("rvo-lid").open(f"/{Q}&peildatum=2025-11-11")
    page.emulate_media(media="print")
    expect(page.get_by_role("region", name="Terugblik")).to_be_visible()
    expect(page.locator(".stand")).to_be_visible()
    for keuze in page.locator(".peilkeuze").all():  # another day, another quarter
        expect(keuze).to_be_hidden()
