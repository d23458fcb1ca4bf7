"""The agenda by keyboard alone, on a narrow dark screen: down to what lies deepest, and as a table."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.bezoek import fouten_op
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, Q, bezoeker
from tests.browser.toetsen import kies, tab_naar
from tests.integration.sturing.doelenboom.opstelling import ambitie, indicator, koppel, vul_agenda

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SMAL = {"width": 320, "height": 800}


def test_through_the_tree_by_keyboard(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("rvo-lid", viewport=SMAL, color_scheme="dark")
    vul_agenda()
    koppel(ambitie(), indicator())
    page = bezoek.open(f"/agenda/{Q}")
    wens = page.locator("#ambitie-opsporing-1")
    expect(wens).to_be_hidden()
    tab_naar(page, "Opsporing")
    page.keyboard.press("Enter")
    expect(wens).to_be_visible()
    tab_naar(page, "Hoofdlijn 1")
    page.keyboard.press("Enter")
    expect(page.locator("#activiteit-opsporing-1-1")).to_be_visible()
    assert fouten_op(page, "agenda", SMAL["width"]) == []
    kies(page, "Tabel")
    expect(page.get_by_role("table", name="De agenda 2023-2026")).to_be_visible()
    assert fouten_op(page, "agenda", SMAL["width"]) == []
    assert bezoek.klachten == []
