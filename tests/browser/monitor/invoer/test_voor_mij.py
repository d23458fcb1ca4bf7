"""What waits, from the first page to the cell itself and back to nothing, with the keyboard alone."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from accounts.models import User
from common.vaststellen.model import Staat
from monitor.invoer.vaststellen.services import stuur_terug
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Indicator, Meting
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, Q, bezoeker
from tests.browser.schermen import op_elk_scherm
from tests.browser.toetsen import kies
from tests.factories import MetingFactory, OnderdeelFactory, maak_persoon

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def laat_wachten(door: User) -> Meting:
    velden = {"jaar": 2025, "kwartaal": 4, "waarde": Decimal(3), "wachtend": True, "ingevoerd_door": door}
    return MetingFactory(indicator=Indicator.objects.get(code="verdachten"), onderdeel=OnderdeelFactory(), **velden)


@pytest.mark.parametrize("script", [True, False])
def test_van_de_eerste_bladzijde_naar_de_cel_die_terugkwam(bezoeker: Bezoeker, script: bool) -> None:
    bezoek = bezoeker("analist", java_script_enabled=script, viewport={"width": 1280, "height": 900})
    waarde = laat_wachten(User.objects.get(username="analist"))
    stuur_terug(METING, [waarde], door=maak_persoon("vaststeller"), reden="Te laag.", herkomst="proef")
    page = bezoek.open(f"/{Q}")
    kies(page, "1 teruggestuurde inzending te verbeteren")
    expect(page).to_have_url(re.compile(r"/invoer/2025-Q4/#cel-verdachten-RE07$"))
    expect(page.locator("#cel-verdachten-RE07")).to_be_in_viewport()
    page.keyboard.press("Tab")
    if script:
        assert page.evaluate("document.activeElement.name").startswith("verdachten:RE07:")
    page.locator("[name='verdachten:RE07:waarde']").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("8")
    kies(page, "Dien in")
    expect(page.get_by_text("1 waarde ingediend.")).to_be_visible()
    assert Meting.objects.get(jaar=2025, kwartaal=4).staat == Staat.INGEDIEND
    page = bezoek.open("/voor-mij/?soort=teruggestuurd")
    expect(page.get_by_text("Hiervan wacht niets op u.").or_(page.get_by_text("Er wacht niets op u."))).to_be_visible()


def test_een_vaststeller_komt_langs_het_menu_bij_het_vinkje(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("vaststeller", viewport={"width": 1280, "height": 900})
    laat_wachten(maak_persoon("analist"))
    page = bezoek.open(f"/{Q}")
    kies(page, "Voor mij (1)", "Verdachten, RE07")
    expect(page).to_have_url(re.compile(r"/vaststellen/waarden/#keuze-meting-\d+$"))
    expect(page.locator(":target")).to_be_focused()
    expect(page.locator(":target")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(":target")).to_be_in_viewport()
    assert bezoek.klachten == []


@op_elk_scherm
def test_de_lijst_en_mijn_account_zijn_schoon(bezoeker: Bezoeker, breed: int, kleuren: str) -> None:
    bezoek = bezoeker("analist", viewport={"width": breed, "height": 900}, color_scheme=kleuren)
    analist = User.objects.get(username="analist")
    stuur_terug(METING, [laat_wachten(analist)], door=maak_persoon("vaststeller"), reden="Te laag.", herkomst="proef")
    for pad in ("/voor-mij/", "/voor-mij/?soort=teruggestuurd", "/account/"):
        page = bezoek.open(pad)
        assert page.evaluate("document.documentElement.scrollWidth") == breed
        assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    kies(page, "Maak een adres")
    expect(page.get_by_text("u ziet het maar één keer")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == breed
    assert bezoek.klachten == []
