"""The approver's task with the keyboard alone, on a page without faults, also on a phone."""

from __future__ import annotations

import time
from itertools import islice, product

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from common.vaststellen.model import Staat
from formatie.models import Onderdeel
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Indicator, Meting
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, bezoeker
from tests.browser.schermen import op_elk_scherm
from tests.factories import MetingFactory, maak_persoon

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _laat_wachten(*kwartalen: int) -> None:
    indicator = Indicator.objects.get(code="verdachten")
    for kwartaal in kwartalen:
        MetingFactory(indicator=indicator, jaar=2019, kwartaal=kwartaal, wachtend=True, toelichting="Nageteld.")


@op_elk_scherm
def test_de_pagina_is_schoon(bezoeker: Bezoeker, breed: int, kleuren: str) -> None:
    bezoek = bezoeker("vaststeller", viewport={"width": breed, "height": 900}, color_scheme=kleuren)
    _laat_wachten(1, 2)
    pk = Meting.objects.latest("pk").pk
    _besluit_vandaag()
    for pad in ("/vaststellen/", "/vaststellen/vandaag/", f"/metingen/{pk}/geschiedenis/"):
        page = bezoek.open(pad)
        assert page.evaluate("document.documentElement.scrollWidth") == breed
        assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    assert bezoek.klachten == []


def _besluit_vandaag() -> None:
    anna, wim = maak_persoon("analist", naam="anna"), maak_persoon("vaststeller", naam="wim")
    verdachten = Indicator.objects.get(code="verdachten")
    rij = MetingFactory(indicator=verdachten, jaar=2018, ingevoerd_door=anna, wachtend=True)
    stel_vast(METING, list(METING.wachtend().filter(pk=rij.pk)), door=wim, herkomst="proef")


def _met_toetsen(page: Page) -> Page:
    page.evaluate("localStorage.setItem('sneltoetsen', 'aan')")
    page.reload()
    return page


def _toets(page: Page, *toetsen: str) -> int:
    """Press keys one by one; gives how many."""
    for toets in toetsen:
        page.keyboard.press(toets)
    return len(toetsen)


def _laat_er_200_wachten() -> None:
    plekken = product(Indicator.objects.all(), Onderdeel.objects.all(), range(2010, 2019), range(1, 5))
    anna, nu = maak_persoon("analist", naam="anna"), timezone.now()
    vast = {"waarde": 9, "staat": Staat.INGEDIEND, "ingevoerd_door": anna, "ingevoerd_op": nu, "ingediend_op": nu}
    Meting.objects.bulk_create(
        Meting(indicator=indicator, onderdeel=onderdeel, jaar=jaar, kwartaal=kwartaal, demo=True, **vast)
        for indicator, onderdeel, jaar, kwartaal in islice(plekken, 200)
    )


@pytest.mark.parametrize("met_toetsen", [True, False])
def test_200_waarden_in_een_minuut(bezoeker: Bezoeker, met_toetsen: bool) -> None:
    """Counted in keys: what a person needs a minute for is pressing and looking, not waiting for this machine."""
    bezoek = bezoeker("vaststeller", java_script_enabled=met_toetsen)
    _laat_er_200_wachten()
    page = bezoek.open("/vaststellen/")
    begin = time.monotonic()
    if met_toetsen:
        toetsen = _toets(_met_toetsen(page), "*")
        expect(page.locator("[data-telling]")).to_have_text("200 gekozen")
        toetsen += _toets(page, "a")
        expect(page.locator(":focus")).to_contain_text("U stelt 200 waarden vast")  # the question, not its answer
        toetsen += _toets(page, "a")
    else:
        toetsen = _tab_naar(page, "kies") + _toets(page, "Enter")
        expect(page.locator("input[name=keuze]:checked")).to_have_count(200)
        toetsen += _tab_naar(page, "besluit") + _toets(page, "Enter")
        expect(page.get_by_text("U stelt 200 waarden vast, uit")).to_be_visible()
        toetsen += _toets(page, "Tab", "Enter")
    expect(page.get_by_text("200 waarden vastgesteld.")).to_be_visible(timeout=60_000)
    assert time.monotonic() - begin < 60
    assert toetsen <= (3 if met_toetsen else 75)  # without script past the whole menu and every kind, twice
    assert Meting.objects.filter(staat=Staat.VASTGESTELD, vastgesteld_door__username="vaststeller").count() == 200


def test_met_losse_toetsen_lopen_kiezen_en_terugsturen(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("vaststeller")
    _laat_wachten(1, 2, 3)
    page = bezoek.open("/vaststellen/")
    gekozen, hulp = page.locator("input[name=keuze]:checked"), page.locator(".toetsenhulp")
    _toets(page, "j", "x", "*", "a")
    expect(gekozen).to_have_count(0)  # off until someone turns them on
    expect(hulp).to_be_hidden()
    _met_toetsen(page)
    _toets(page, "j", "x", "j", "j", "j", "k", "x")
    assert [vak.is_checked() for vak in page.locator("input[name=keuze]").all()] == [True, True, False]
    _toets(page, "*")
    expect(gekozen).to_have_count(3)
    _toets(page, "*", "j", "Shift+X")
    expect(gekozen).to_have_count(1)
    expect(hulp).not_to_have_attribute("open", "")
    _toets(page, "?")
    expect(hulp.get_by_text("volgende")).to_be_visible()
    assert page.url.endswith("/vaststellen/")
    _toets(page, "r")
    expect(page.locator("#reden")).to_be_focused()
    page.keyboard.type("xa jk?")  # while one types a letter is a letter
    expect(page.locator("#reden")).to_have_value("xa jk?")
    expect(gekozen).to_have_count(1)
    _toets(page, "Tab", "Tab", "r")
    expect(page.get_by_text("1 waarde teruggestuurd")).to_be_visible()
    assert Meting.objects.get(staat=Staat.AFGEKEURD).afkeurreden == "xa jk?"
    assert bezoek.klachten == []


def test_een_ontbrekende_reden_houdt_de_vinkjes_en_zegt_waar(bezoeker: Bezoeker) -> None:
    page = bezoeker("vaststeller").open("/vaststellen/")
    _laat_wachten(1, 2)
    page.reload()
    page.get_by_role("button", name="Kies alle 2").click()
    page.get_by_role("button", name="Stuur terug").click()
    expect(page.locator("#niet-gedaan")).to_be_focused()
    expect(page.locator("input[name=keuze]:checked")).to_have_count(2)
    page.get_by_role("link", name="Schrijf waarom").click()
    expect(page.locator("#reden")).to_be_focused()


@pytest.mark.parametrize("pad", ["/vaststellen/", "/vaststellen/vandaag/"])
@pytest.mark.parametrize("script", [True, False])
def test_enter_op_een_vakje_vinkt_niets_aan_en_besluit_niets(bezoeker: Bezoeker, pad: str, script: bool) -> None:
    bezoek = bezoeker("vaststeller", java_script_enabled=script)
    _laat_wachten(1, 2, 3)
    _besluit_vandaag()
    page = bezoek.open(pad)
    eerste = page.get_by_role("checkbox").first
    eerste.focus()
    _toets(page, "Space", "Enter")
    page.wait_for_timeout(300)
    expect(page.locator("input[name=keuze]:checked")).to_have_count(1)
    expect(page.locator("#niet-gedaan")).to_have_count(0)
    assert Meting.objects.filter(staat=Staat.INGEDIEND).count() == 3


def test_na_een_besluit_staat_de_focus_bij_wat_er_gebeurde(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("vaststeller")
    _laat_wachten(1, 2, 3)
    page = bezoek.open("/vaststellen/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Naar de eerste regel")
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox").first).to_be_focused()
    page.get_by_role("link", name="Naar uw besluit").click()
    page.get_by_role("button", name="Stel vast").click()
    expect(page.locator("#niet-gedaan")).to_be_focused()
    expect(page.locator("#niet-gedaan")).to_be_in_viewport()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("link", name="Naar uw besluit").click()
    page.get_by_role("button", name="Stel vast").click()
    gezegd = page.locator(":focus")
    expect(gezegd).to_contain_text("1 waarde vastgesteld.")
    expect(gezegd).to_be_in_viewport()
    gezegd.get_by_role("link", name="Bekijk wat vandaag is besloten").click()
    expect(page.get_by_role("cell", name="geldt")).to_be_visible()
    assert bezoek.klachten == []


def test_de_sneltoetsen_gaan_hier_aan(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("vaststeller")
    _laat_wachten(1, 2)
    page = bezoek.open("/vaststellen/")
    page.get_by_role("button", name="Zet de sneltoetsen aan").click()
    _toets(page, "j", "x")
    expect(page.locator("input[name=keuze]:checked")).to_have_count(1)


def test_een_vergissing_in_twee_klikken(bezoeker: Bezoeker) -> None:
    page = bezoeker("vaststeller").open("/vaststellen/")
    _besluit_vandaag()
    page.get_by_role("link", name="Vandaag besloten").click()
    page.get_by_label("Wat er niet klopt").fill("Een cijfer te veel.")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Vraag om een correctie").click()
    expect(page.get_by_text("Om een correctie van 1 waarde gevraagd.")).to_be_visible()
    expect(page.get_by_role("cell", name="correctie gevraagd")).to_be_visible()
    assert Meting.objects.get(staat=Staat.AFGEKEURD).vervangt.staat == Staat.VASTGESTELD


def test_vaststellen_en_terugsturen_met_alleen_het_toetsenbord(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("vaststeller", java_script_enabled=False)
    _laat_wachten(1, 2)
    page = bezoek.open("/vaststellen/")
    _tab_naar(page, "Q1 2019")
    page.keyboard.press("Space")
    _tab_naar(page, "besluit")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 waarde vastgesteld.")).to_be_visible()
    _tab_naar(page, "Q2 2019")
    page.keyboard.press("Space")
    _tab_naar(page, "reden")
    page.keyboard.type("Graag de bron erbij.")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Stuur terug")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 waarde teruggestuurd")).to_be_visible()
    staten = Meting.objects.filter(jaar=2019).order_by("kwartaal").values_list("staat", flat=True)
    assert list(staten) == [Staat.VASTGESTELD, Staat.AFGEKEURD]


def _tab_naar(page: Page, naam: str) -> int:
    """Press Tab until the element with this name, or part of it, has the focus; gives how often."""
    for keer in range(1, 60):
        page.keyboard.press("Tab")
        element = page.locator("input:focus, button:focus, textarea:focus")
        if element.count() and naam in _naam_van(element):
            return keer
    raise AssertionError(f"{naam} is not reachable with Tab")


def _naam_van(element: Locator) -> str:
    return element.get_attribute("aria-label") or element.get_attribute("name") or ""
