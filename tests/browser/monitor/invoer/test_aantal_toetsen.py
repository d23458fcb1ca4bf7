"""How many keys the daily work takes, from the first page: deliver a quarter, approve it.

In the suite with a few values, in chaos with the 59 of a real quarter. Keys are bound, time is only printed: it is that
of the machine. The import with twelve faults is in ``test_importeren``.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from common.vaststellen.model import Staat
from formatie.models import Onderdeel
from monitor.models import Indicator, Meting
from strategie.models import Thema
from tests.browser.monitor.dashboards.test_paginas import Bezoek, Bezoeker, Q, bezoeker
from tests.browser.toetsen import kies, tab_naar, tel_toetsen
from tests.factories import IndicatorFactory, MetingFactory, MonitorregelFactory, OnderdeelFactory, maak_persoon

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
hoeveel = pytest.mark.parametrize("aantal", [5, pytest.param(59, marks=pytest.mark.chaos)])


@contextmanager
def geteld(bezoek: Bezoek, meeste: int) -> Iterator[Page]:
    page = bezoek.open(f"/{Q}")
    toetsen, begin = tel_toetsen(page), time.monotonic()
    yield page
    print(f"{len(toetsen)} toetsen, {time.monotonic() - begin:.0f} s, met {toetsen.count('Tab')} keer Tab")
    assert 0 < len(toetsen) <= meeste


def _teams(aantal: int) -> list[Onderdeel]:
    """As many teams that a value is asked of; nothing else waits."""
    Indicator.objects.update(niveau="eenheid")
    district = Onderdeel.objects.get(code="A")
    zijn = list(Onderdeel.objects.filter(soort="basisteam").order_by("code"))
    extra = [
        OnderdeelFactory(code=f"T{nummer:02}", naam=f"Team {nummer}", soort="basisteam", ouder=district)
        for nummer in range(len(zijn) + 1, aantal + 1)
    ]
    return [*zijn, *extra][:aantal]


@hoeveel
def test_een_kwartaal_leveren(bezoeker: Bezoeker, aantal: int) -> None:
    bezoek, teams = bezoeker("analist", viewport={"width": 1280, "height": 900}), _teams(aantal)
    nieuw = {"code": "aaa", "naam": "Aaa", "niveau": "basisteam", "volgorde": 0}
    MonitorregelFactory(**{f"indicator__{veld}": waarde for veld, waarde in nieuw.items()}, thema=Thema.objects.first())
    with geteld(bezoek, 2 * aantal + 60) as page:
        kies(page, "Voor mij", f"Aaa, {teams[0]}")
        expect(page.locator(f'[name="aaa:{teams[0].code}:waarde"]')).to_be_focused()
        for _ in teams:
            page.keyboard.type("9")
            page.keyboard.press("Enter")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text(f"{aantal} waarden ingediend.")).to_be_visible(timeout=60_000)
    assert Meting.objects.filter(indicator__code="aaa", staat=Staat.INGEDIEND, waarde=9).count() == aantal


@hoeveel
def test_een_kwartaal_vaststellen(bezoeker: Bezoeker, aantal: int) -> None:
    bezoek, teams = bezoeker("vaststeller", viewport={"width": 1280, "height": 900}), _teams(aantal)
    indicator, anna = IndicatorFactory(code="aaa", naam="Aaa", niveau="basisteam"), maak_persoon("analist", naam="anna")
    wachtend = {"indicator": indicator, "jaar": 2025, "kwartaal": 2, "wachtend": True, "ingevoerd_door": anna}
    for team in teams:
        MetingFactory(onderdeel=team, **wachtend)
    with geteld(bezoek, 60) as page:
        kies(page, "Vaststellen")
        tab_naar(page, f"Kies alle {aantal}")
        page.keyboard.press("Enter")
        kies(page, "Stel vast")
        expect(page.get_by_text(f"{aantal} waarden vastgesteld.")).to_be_visible(timeout=60_000)
    assert indicator.metingen.filter(staat=Staat.VASTGESTELD).count() == aantal
