"""Back in the browser: the page shows what is kept, not what was typed before it was kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from monitor.models import Indicator
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, bezoeker
from tests.factories import MetingFactory

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("met_script", [True, False])
def test_na_een_besluit(bezoeker: Bezoeker, met_script: bool) -> None:
    indicator = Indicator.objects.get(code="verdachten")
    for kwartaal in (1, 2):
        MetingFactory(indicator=indicator, jaar=2019, kwartaal=kwartaal, wachtend=True, toelichting="Nageteld.")
    page = bezoeker("vaststeller", java_script_enabled=met_script).open("/vaststellen/")
    page.get_by_label("Q1 2019").check()
    page.get_by_label("Reden van terugsturen").fill("Graag de bron erbij.")
    page.get_by_role("button", name="Stuur terug").click()
    expect(page.get_by_text("1 waarde teruggestuurd")).to_be_visible()
    page.goto(page.url.replace("/vaststellen/", "/hulp/"))
    page.go_back()
    expect(page.get_by_label("Q1 2019")).to_have_count(0)
    expect(page.get_by_label("Reden van terugsturen")).to_have_value("")


@pytest.mark.parametrize("pad", ["/indicatoren/verdachten/doelen/", "/indicatoren/verdachten/grenzen/"])
def test_na_een_voorstel(bezoeker: Bezoeker, pad: str) -> None:
    """What was typed and left without being sent is not there as if it were kept."""
    page = bezoeker("analist").open(pad)
    reden = page.locator("textarea[name=reden]")
    reden.fill("Dit is nergens bewaard.")
    page.goto(page.url.split("/indicatoren/")[0] + "/hulp/")
    page.go_back()
    expect(page.locator("textarea[name=reden]")).to_have_value("")
