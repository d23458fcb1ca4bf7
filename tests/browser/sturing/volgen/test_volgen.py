"""From the first page to what changed, and what of it is followed: by keyboard only, on a wide and a narrow screen."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from monitor.rekenen.herberekenen import herbereken
from tests.browser.bezoek import fouten_op
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, bezoeker
from tests.browser.toetsen import kies
from tests.integration.monitor.dashboards.verleden import corrigeer
from tests.integration.sturing.volgen.test_sinds import een

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("breed", [1280, 320])
def test_van_de_eerste_pagina_naar_wat_veranderde_en_het_volgen(bezoeker: Bezoeker, breed: int) -> None:
    corrigeer(een("verdachten"), timezone.now() - timedelta(minutes=1), waarde=Decimal(40))
    herbereken()
    bezoek = bezoeker("rvo-lid", viewport={"width": breed, "height": 900})
    page = bezoek.open("/")
    kies(page, "bekijk")
    expect(page.get_by_role("heading", name="Wat veranderde er", level=1)).to_be_visible()
    regel = page.get_by_role("listitem").filter(has_text="Q3 2025 gecorrigeerd, van 6 verdachten naar 40 verdachten")
    expect(regel).to_be_visible()
    assert fouten_op(page, "/sinds/", breed) == []
    kies(page, "Gezien")
    expect(page.get_by_text("Genoteerd.")).to_be_visible()
    expect(page.get_by_role("link", name="Uw vorige keer")).to_be_visible()
    page.goto(f"{bezoek.adres}/indicatoren/verdachten/")
    kies(page, "Volgen")
    expect(page.get_by_role("button", name="Volgt u: stop met volgen")).to_be_visible()
    page.goto(f"{bezoek.adres}/volgen/")
    expect(page.get_by_role("listitem").filter(has_text="Q3 2025 gecorrigeerd")).to_be_visible()
    assert fouten_op(page, "/volgen/", breed) == []
    kies(page, "Stop met volgen van Verdachten")
    expect(page.get_by_text("U volgt nog niets.")).to_be_visible()
    assert bezoek.klachten == []
