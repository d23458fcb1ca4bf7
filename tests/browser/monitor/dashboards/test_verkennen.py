"""Looking further, with a real worker: from the first page in two clicks, by keyboard, kept, and without script."""

from __future__ import annotations

import subprocess

import pytest
from playwright.sync_api import Page, expect

from monitor.models import Indicator, Verkenning
from tests.browser.bezoek import fouten_op
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, bezoeker
from tests.browser.schermen import op_elk_scherm
from tests.browser.toetsen import kies, tab_naar, vul
from tests.browser.zonder_script import scriptfouten

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TIJD = "/verkennen/?indicator=aanrijdtijd-prio1&vanaf=2025-Q1&tot=2025-Q3"
STAARTEN = (
    *("&onderdeel=teams&als=naast", "&onderdeel=districten", "&onderdeel=teams&als=tabel", "&als=tegen"),
    "&indicator=verzuim&onderdeel=teams&als=tegen",
)
Worker = subprocess.Popen[bytes]


@pytest.fixture
def prio1(bezoeker: Bezoeker, worker: Worker) -> Bezoeker:
    """The example that the page begins with is about this indicator."""
    Indicator.objects.filter(code="aanrijdtijd").update(code="aanrijdtijd-prio1", naam="Aanrijdtijden prio 1")
    return bezoeker


def _wacht_op_beeld(page: Page) -> None:
    """The first question loads pandas in the worker; the page asks again by itself."""
    expect(page.locator("#resultaat figure svg").first).to_be_attached(timeout=20_000)


def test_van_het_overzicht_in_een_klik_naar_prio_1_van_alle_teams(prio1: Bezoeker) -> None:
    bezoek = prio1("rvo-lid", viewport={"width": 1280, "height": 900})
    page = bezoek.open("/")
    page.get_by_role("link", name="Verkennen").click()
    _wacht_op_beeld(page)
    expect(page.get_by_role("link", name="Prio 1 van alle teams")).to_have_attribute("aria-current", "true")
    expect(page.locator("#resultaat")).to_contain_text("A1 Onderdeel A1")
    assert bezoek.klachten == []
    assert bezoek.vreemd == []


def test_een_filter_met_het_toetsenbord_houdt_de_plek_en_verandert_het_adres(prio1: Bezoeker) -> None:
    page = prio1("rvo-lid", viewport={"width": 1280, "height": 900}).open(TIJD)
    _wacht_op_beeld(page)
    kies(page, "Onderdelen")
    tab_naar(page, "Alle teams")
    page.keyboard.press("Space")
    expect(page.locator("#som-onderdeel")).to_contain_text("gekozen")
    page.wait_for_url("**onderdeel=teams**")
    expect(page.locator("#telling")).to_contain_text("onderdelen; Q1 2025 tot en met Q3 2025")
    assert page.evaluate("document.activeElement.value") == "teams"
    _wacht_op_beeld(page)
    expect(page.locator("#resultaat [data-klaar=ja]").first).to_be_attached(timeout=20_000)
    page.keyboard.press("Space")
    page.wait_for_url(lambda url: "onderdeel" not in url)
    page.go_back()
    expect(page.locator("#som-onderdeel")).to_contain_text("gekozen")


def test_op_een_telefoon_staat_het_beeld_voor_de_keuze_die_opengaat_met_een_tik(prio1: Bezoeker) -> None:
    page = prio1("rvo-lid", viewport={"width": 320, "height": 700}).open(TIJD)
    _wacht_op_beeld(page)
    keuze = page.get_by_role("form", name="Wat u wilt zien")
    expect(keuze).to_be_hidden()
    page.get_by_role("checkbox", name="Wijzig wat u ziet").check()
    expect(keuze).to_be_visible()


def test_een_keuze_bewaren_heropenen_en_delen(prio1: Bezoeker) -> None:
    page = prio1("rvo-lid").open(f"{TIJD}&onderdeel=districten")
    _wacht_op_beeld(page)
    kies(page, "Bewaar deze keuze")
    vul(page, {"naam": "Prio 1 per district"})
    kies(page, "Bewaar")
    expect(page.get_by_role("heading", name="Prio 1 per district", level=1)).to_be_visible()
    page.get_by_role("button", name="Deel", exact=True).click()
    expect(page.get_by_text("Gedeeld: wie cijfers mag lezen, kan deze weergave openen.", exact=True)).to_be_visible()
    ander = prio1("analist").open("/verkennen/")
    kies(ander, "Bewaarde weergaven", "Prio 1 per district")
    _wacht_op_beeld(ander)
    assert Verkenning.objects.get().vraag == TIJD.partition("?")[2].replace("&vanaf", "&onderdeel=districten&vanaf")


def test_zonder_script_werkt_elke_keuze_met_een_knop(prio1: Bezoeker) -> None:
    page = prio1("rvo-lid", java_script_enabled=False).open(TIJD)
    page.get_by_text("Onderdelen:").click()
    page.get_by_label("Alle teams", exact=True).check()
    page.get_by_label("Naast elkaar").check()
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_label("Alle teams", exact=True)).to_be_checked()
    assert "als=naast" in page.url
    expect(page.locator("#reeksen")).to_contain_text("B2 Onderdeel B2")
    page.reload()
    expect(page.locator("#resultaat svg").first).to_be_visible(timeout=20_000)


@op_elk_scherm
def test_de_pagina_is_schoon(prio1: Bezoeker, breed: int, kleuren: str) -> None:
    bezoek = prio1("analist", viewport={"width": breed, "height": 900}, color_scheme=kleuren)
    fouten = []
    for staart in STAARTEN:
        pad = TIJD + staart
        page = bezoek.open(pad)
        if "&als=t" not in staart or "verzuim" in staart:
            _wacht_op_beeld(page)
        page.wait_for_load_state("networkidle")
        fouten += scriptfouten(page) + fouten_op(page, pad, breed)
    assert fouten == []
    assert bezoek.klachten == []
