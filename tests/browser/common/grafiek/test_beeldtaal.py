"""The rules for charts hold for every kind of chart and every difficult case, as drawn by the server and by Plotly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from monitor.dashboards.naslag.grafieken import GRAFIEKSOORTEN, LASTIG
from tests.browser.bezoek import bezoek_als, fouten_op
from tests.browser.schermen import op_elk_scherm
from tests.browser.verzoeken import uitgelopen
from tests.integration.site import als, maak_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def site(live_server: Any, worker: Any) -> Iterator[str]:
    maak_site()
    with uitgelopen():
        yield live_server.url


@op_elk_scherm
def test_elke_grafiek_houdt_zich_aan_de_regels(browser: Browser, site: str, breed: int, kleuren: str) -> None:
    scherm = {"width": breed, "height": 900}
    bezoek = bezoek_als(browser, site, als("rvo-lid"), viewport=scherm, color_scheme=kleuren, reduced_motion="reduce")
    page = bezoek.open("/stijl/")
    assert fouten_op(page, "/stijl/", breed) == []
    leeg = sum(beeld.leeg for beeld in LASTIG.values())
    assert page.locator(".grafieken [data-klaar=ja]").count() == len(GRAFIEKSOORTEN) + len(LASTIG) - leeg
    assert bezoek.klachten == []
    bezoek.context.close()
