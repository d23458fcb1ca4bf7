"""Events in the charts and the pages around them, in a real browser: wide, narrow, with no fault that axe knows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Page, expect

from strategie.models import Ambitie, Thema
from sturing.gebeurtenissen.services import Wat, noteer_gebeurtenis
from tests.browser.common.grafiek.figuurregels import GEDULD
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, Q, bezoeker
from tests.browser.monitor.dashboards.test_signaal import geef_een_verleden
from tests.factories import maak_persoon

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALLE = f"/indicatoren/verdachten/{Q}&weergave=alle-kwartalen"
DAGEN = (date(2024, 2, 12), date(2025, 8, 4), date(2025, 8, 18), date(2025, 9, 1), date(2025, 9, 15))


def _noteer() -> None:
    geef_een_verleden()
    for nummer, dag in enumerate(DAGEN, 1):
        gebeurd = Wat(
            "telling", dag, f"Gebeurtenis met een lange naam {nummer}", "Brief", indicatoren=["verdachten"], overal=True
        )
        op = datetime(2025, 10, 1, tzinfo=UTC)
        noteer_gebeurtenis(gebeurd, door=maak_persoon("analist"), herkomst="proef", op=op)
    Ambitie.objects.create(thema=Thema.objects.get(slug="opsporing"), nummer=90, tekst="Verder.", bronregel="1")
    cache.clear()


def _overlap(page: Page) -> list[str]:
    """The words of events that stand over each other in what Plotly drew."""
    teksten = page.locator(".figuur-plotly .annotation-text").all()
    vakken = [(t.text_content() or "", t.bounding_box()) for t in teksten]
    boven = [(naam, vak) for naam, vak in vakken if vak and naam[:1].isdigit() and "Q" not in naam]
    return [
        f"{a} / {b}"
        for n, (a, va) in enumerate(boven)
        for b, vb in boven[n + 1 :]
        if va["x"] < vb["x"] + vb["width"] - 1 and vb["x"] < va["x"] + va["width"] - 1
        if va["y"] < vb["y"] + vb["height"] - 3 and vb["y"] < va["y"] + va["height"] - 3
    ]


def _over_een_streep(page: Page) -> list[str]:
    """The words of values through which the line of an event runs."""
    strepen = [vak for p in page.locator(".figuur-plotly .shapelayer path").all() if (vak := p.bounding_box())]
    teksten = page.locator(".figuur-plotly .annotation-text").all()
    vakken = [(t.text_content() or "", vak) for t in teksten if (vak := t.bounding_box())]
    return [
        tekst
        for tekst, vak in vakken
        for streep in strepen
        if vak["y"] + vak["height"] > streep["y"] + 4 and vak["x"] < streep["x"] < vak["x"] + vak["width"]
    ]


@pytest.mark.parametrize("breed", [1280, 320])
def test_de_grafiek_met_gebeurtenissen(bezoeker: Bezoeker, breed: int) -> None:
    bezoek = bezoeker("rvo-lid", viewport={"width": breed, "height": 900})
    _noteer()
    page = bezoek.open(ALLE)
    expect(page.locator(".figuur-doek").first).to_have_attribute("data-klaar", "ja", timeout=GEDULD)
    assert page.locator(".figuur-plotly .shapelayer path").count() == len(DAGEN)
    noten = page.get_by_role("list", name="Gebeurtenissen in de grafiek").get_by_role("listitem")
    assert noten.count() == len(DAGEN)
    expect(noten.first).to_have_text("1. 12-02-2024: Gebeurtenis met een lange naam 1 (telling gewijzigd)")
    assert _overlap(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == breed
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    page = bezoek.open(ALLE.replace("alle-kwartalen", "dit-jaar"))
    expect(page.locator(".figuur-doek").first).to_have_attribute("data-klaar", "ja", timeout=GEDULD)
    assert page.locator(".figuur-plotly .shapelayer path").count() == len(DAGEN) - 1
    assert _over_een_streep(page) == []
    assert bezoek.klachten == []


def test_zonder_script_staan_de_strepen_en_de_lijst_er_ook(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("rvo-lid", viewport={"width": 320, "height": 900}, java_script_enabled=False)
    _noteer()
    page = bezoek.open(ALLE)
    assert page.locator(".figuur-doek svg .g-gebeurtenis").count() == len(DAGEN)
    assert page.get_by_text("5. 15-09-2025: Gebeurtenis met een lange naam 5").is_visible()
    expect(page.get_by_text("De grafiek is breder dan dit scherm: schuif haar opzij.")).to_be_visible()


@pytest.mark.parametrize(("breed", "kleuren"), [(1280, "light"), (320, "dark")])
def test_de_paginas_eromheen_zijn_schoon(bezoeker: Bezoeker, breed: int, kleuren: str) -> None:
    bezoek = bezoeker("portefeuillehouder", viewport={"width": breed, "height": 900}, color_scheme=kleuren)
    _noteer()
    for pad in ("/gebeurtenissen/", "/themas/opsporing/ambities/90/", f"/themas/opsporing/{Q}"):
        page = bezoek.open(pad)
        assert page.evaluate("document.documentElement.scrollWidth") == breed, pad
        assert [v["id"] for v in Axe().run(page).response["violations"]] == [], pad
    page = bezoek.open("/themas/opsporing/ambities/90/#zeg")
    page.get_by_label("Hoe ver is het, en waaraan ziet u dat").fill("woord " * 301)
    expect(page.locator(".woordental")).to_have_text("301 van 300 woorden")
    assert bezoek.klachten == []
    page.get_by_role("button", name="Dien in").click()
    expect(page.locator("#fouten")).to_be_focused()
    assert page.locator("#fouten").bounding_box()["y"] >= 0  # type: ignore[index]  # in sight, not at the form
    assert page.get_by_label("Hoe ver is het, en waaraan ziet u dat").input_value().split() == ["woord"] * 301
