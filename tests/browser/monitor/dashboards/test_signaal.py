"""The course of an indicator in a real browser: narrow, without script, with no fault that axe knows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe

from formatie.models import Onderdeel
from monitor.models import Indicator
from monitor.rekenen.herberekenen import herbereken
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, Q, bezoeker
from tests.browser.schermen import op_elk_scherm
from tests.factories import MetingFactory
from tests.integration.monitor.dashboards.opstelling import VANDAAG

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def geef_een_verleden() -> None:
    eenheid, verdachten = Onderdeel.objects.get(code="RE07"), Indicator.objects.get(code="verdachten")
    for nummer, waarde in enumerate((7, 8, 7, 8, 7, 8, 7, 20)):
        waar = {"jaar": 2023 + nummer // 4, "kwartaal": nummer % 4 + 1, "waarde": Decimal(waarde)}
        MetingFactory(indicator=verdachten, onderdeel=eenheid, **waar)
    herbereken(vandaag=VANDAAG)


def test_een_grafiek_die_breder_is_dan_het_scherm_begint_links_en_zegt_dat_zij_schuift(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("rvo-lid", viewport={"width": 320, "height": 900}, java_script_enabled=False)
    geef_een_verleden()
    page = bezoek.open(f"/indicatoren/verdachten/{Q}&weergave=alle-kwartalen")
    assert page.get_by_role("heading", name="Eerdere verwachtingen en wat het werd").is_visible()
    punten = page.locator(".figuur-doek .g-hoofd .g-punt")
    assert punten.count() == 11
    eerste = punten.first.bounding_box()
    assert eerste is not None
    assert 0 < eerste["x"] < 320
    assert page.locator(".schuift").first.is_visible()
    assert page.locator(".figuur-doek .g-hoofd path.g-punt").count() == 1  # the signal, by its shape
    assert bezoek.klachten == []


@op_elk_scherm
def test_met_een_signaal_is_elke_pagina_schoon(bezoeker: Bezoeker, breed: int, kleuren: str) -> None:
    bezoek = bezoeker("rvo-lid", viewport={"width": breed, "height": 900}, color_scheme=kleuren)
    geef_een_verleden()
    fouten = []
    for pad in (
        f"/{Q}",
        f"/themas/opsporing/{Q}",
        f"/indicatoren/{Q}",
        f"/indicatoren/verdachten/{Q}",
        f"/indicatoren/verdachten/{Q}&weergave=alle-kwartalen",
    ):
        page = bezoek.open(pad)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert page.locator(".signaal-hier").count(), pad
        if page.evaluate("document.documentElement.scrollWidth") > breed:
            fouten.append(f"{pad}: schuift opzij")
        fouten += [f"{pad}: {v['id']} {v['nodes'][0]['html'][:200]}" for v in Axe().run(page).response["violations"]]
        page.close()
    assert fouten == []
    assert bezoek.klachten == []
