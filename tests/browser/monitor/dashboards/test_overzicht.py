"""The first page in a real browser: what changed, for each role and by keyboard; on a phone and on paper."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from formatie.models import Onderdeel
from monitor.models import Indicator
from monitor.rekenen.herberekenen import herbereken
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, Q, bezoeker
from tests.browser.toetsen import druk, kies, tab_naar
from tests.factories import MetingFactory
from tests.integration.monitor.dashboards.opstelling import VANDAAG

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEZERS = ["rvo-lid", "analist", "vaststeller", "districtschef", "portefeuillehouder"]
TELEFOON = {"width": 320, "height": 640}


def test_wat_er_sinds_het_vorige_kwartaal_veranderde_in_een_klik(bezoeker: Bezoeker) -> None:
    for rol in LEZERS:
        bezoek = bezoeker(rol)
        page = bezoek.open(f"/{Q}")
        sinds = page.locator(".sinds")
        expect(sinds).to_contain_text("Verdachten van op koers naar aandacht")
        sinds.get_by_role("link", name="Verdachten", exact=True).click()
        expect(page.get_by_role("heading", name="Verdachten", level=1)).to_be_visible()
        assert bezoek.klachten == []


@pytest.mark.parametrize("met_toetsen", [False, True])
def test_of_een_jaardoel_gehaald_wordt_staat_een_klik_verder(bezoeker: Bezoeker, met_toetsen: bool) -> None:
    """The verdict, what is expected of the year and how large the chance is, above the first fold."""
    eenheid, verdachten = Onderdeel.objects.get(code="RE07"), Indicator.objects.get(code="verdachten")
    for jaar, waarden in {2022: (7, 8, 7, 8), 2023: (8, 7, 7, 9), 2024: (7, 8, 6, 8)}.items():
        for kwartaal, waarde in enumerate(waarden, 1):
            MetingFactory(indicator=verdachten, onderdeel=eenheid, jaar=jaar, kwartaal=kwartaal, waarde=Decimal(waarde))
    herbereken([verdachten.pk], vandaag=VANDAAG)
    page = bezoeker("rvo-lid", viewport={"width": 1280, "height": 900}).open(f"/{Q}")
    if met_toetsen:
        kies(page, "Verdachten")
    else:
        page.locator(".sinds").get_by_role("link", name="Verdachten", exact=True).click()
    expect(page.get_by_role("heading", name="Verdachten", level=1)).to_be_visible()
    expect(page.locator(".indicatorkop .oordeel")).to_have_text("Aandacht")
    zin, kans = page.locator(".kernzin"), page.locator(".kerncijfers div", has_text="Kans op doel")
    expect(zin).to_contain_text(re.compile(r"verwacht [\d,]+ tot [\d,]+ verdachten, doel 30"))
    expect(kans).to_contain_text(re.compile("klein|groot"))
    for deel in (zin, kans):
        maat = deel.bounding_box()
        assert maat
        assert maat["y"] + maat["height"] <= 900


def test_met_het_toetsenbord_van_de_kop_langs_de_stippen_naar_wat_te_bespreken_is(bezoeker: Bezoeker) -> None:
    page = bezoeker("rvo-lid", java_script_enabled=False).open(f"/{Q}")
    for naam in ("Ander kwartaal", "Verdachten", "Opsporing", "Verdachten: Aandacht, was Op koers in Q2"):
        tab_naar(page, naam)
    tab_naar(page, "Hoe gekozen?")
    druk(page)
    expect(page.get_by_text("Hier staan hoogstens 5 indicatoren")).to_be_visible()
    tab_naar(page, "Verdachten")
    tab_naar(page, "Op koers of behaald")
    druk(page)
    expect(page.get_by_role("heading", name="Verzuim")).to_be_visible()


def test_op_een_telefoon_staan_zin_en_stippen_op_het_eerste_scherm(bezoeker: Bezoeker) -> None:
    page = bezoeker("rvo-lid", viewport=TELEFOON).open(f"/{Q}")
    onderkant = page.locator(".themarijen").evaluate("e => e.getBoundingClientRect().bottom + scrollY")
    assert (
        page.locator("h1").evaluate("e => e.getBoundingClientRect().bottom + scrollY") < onderkant <= TELEFOON["height"]
    )
    for stip in page.locator(".stippen a").all():
        maat = stip.bounding_box()
        assert maat
        assert min(maat["width"], maat["height"]) >= 24
    vormen = page.get_by_role("list", name="Wat de vormen betekenen")
    expect(vormen).to_contain_text("Aandacht")
    assert vormen.locator(".oordeel").first.is_visible()


def _bladzijden(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4")))


def test_op_papier_past_de_eerste_pagina_op_twee_bladzijden(bezoeker: Bezoeker) -> None:
    page = bezoeker("rvo-lid").open(f"/{Q}")
    assert 1 <= _bladzijden(page) <= 2
    page.emulate_media(media="print")
    merk = page.locator(".bespreken table .oordeel").first
    expect(merk).to_be_visible()
    expect(merk).to_contain_text("Aandacht")
    assert merk.locator("svg").bounding_box()
