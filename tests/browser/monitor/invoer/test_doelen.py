"""Proposing and approving a target and a definition with the keyboard alone; the verdict follows."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from common.vaststellen.model import Staat
from monitor.models import Definitieversie, Doelstelling, Indicator
from monitor.rekenen.wachtrij import werk_wachtrij_af
from tests.browser.common.grafiek.figuurregels import laat_tekenen
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, bezoeker
from tests.browser.schermen import op_elk_scherm
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, VANDAAG
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import stel_blad_voor, stel_voor, wijzig

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
INDICATOR = "/indicatoren/verdachten/"


@op_elk_scherm
def test_de_paginas_zijn_schoon(bezoeker: Bezoeker, breed: int, kleuren: str) -> None:
    opties = {"viewport": {"width": breed, "height": 900}, "color_scheme": kleuren}
    indicator = Indicator.objects.get(code="verdachten")
    wijzig(indicator)
    stel_voor(indicator, streefwaarde="50", geldig_vanaf="13-3-2025")
    stel_blad_voor(indicator, definitie="Wat we tellen.", frequentie="kwartaal")
    paginas = {
        "analist": (f"{INDICATOR}doelen/?jaar=2024", f"{INDICATOR}definitie/", f"{INDICATOR}?kwartaal={KWARTAAL}"),
        "vaststeller": ("/vaststellen/doelen/", "/vaststellen/definities/"),
    }
    fouten = []
    for rol, paden in paginas.items():
        bezoek = bezoeker(rol, **opties)
        for pad in paden:
            page = bezoek.open(pad)
            if page.evaluate("document.documentElement.scrollWidth") > breed:
                fouten.append(f"{pad}: schuift opzij")
            fouten += [
                f"{pad}: {v['id']} {v['nodes'][0]['html'][:200]}" for v in Axe().run(page).response["violations"]
            ]
        assert bezoek.klachten == []
    assert fouten == []


def test_een_doel_voorstellen_en_vaststellen_met_het_toetsenbord_verandert_het_oordeel(bezoeker: Bezoeker) -> None:
    analist = bezoeker("analist", java_script_enabled=False).open(f"{INDICATOR}doelen/?jaar=2025&onderdeel=RE07")
    _vul(analist, {"streefwaarde": "20", "besluit": "Bijstelling", "orgaan": "RVO"})
    _tab_naar(analist, "geldig_vanaf")
    analist.keyboard.type("03032025")  # the same day in every order of day and month
    _vul(analist, {"reden": "Nieuwe landelijke afspraak."})
    _tab_naar(analist, "Stel dit doel voor")
    analist.keyboard.press("Enter")
    expect(analist.get_by_text("Uw voorstel voor 2025 ligt klaar.")).to_be_visible()
    _beslis(bezoeker, "/vaststellen/doelen/", "1 gewijzigd doel vastgesteld.")
    assert Doelstelling.objects.get(indicator__code="verdachten", staat=Staat.VASTGESTELD).streefwaarde == 20
    werk_wachtrij_af(vandaag=VANDAAG)
    lezer = bezoeker("rvo-lid").open(f"{INDICATOR}?kwartaal={KWARTAAL}")
    expect(lezer.locator(".indicatorkop")).to_contain_text("Op koers")
    laat_tekenen(lezer)
    expect(lezer.locator("figure").get_by_role("button", name="Doel tot 03-03-2025", exact=True)).to_be_visible()


def test_een_definitie_voorstellen_terugsturen_opnieuw_en_vaststellen_met_het_toetsenbord(bezoeker: Bezoeker) -> None:
    analist = bezoeker("analist")
    for poging, bron in enumerate(("Het OM", "Registratie van het OM")):
        page = analist.open(f"{INDICATOR}definitie/")
        _tab_naar(page, "Pas het voorstel aan" if poging else "Toon het formulier")
        page.keyboard.press("Enter")
        _vul(page, {"bron": bron, "reden": "Preciezer."})
        _tab_naar(page, "Stel deze definitie voor")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Uw voorstel ligt klaar.")).to_be_visible()
        if poging == 0:
            _stuur_terug(bezoeker, "/vaststellen/definities/", "1 gewijzigde definitie teruggestuurd")
    _beslis(bezoeker, "/vaststellen/definities/", "1 gewijzigde definitie vastgesteld.")
    assert Definitieversie.objects.get().staat == Staat.VASTGESTELD
    lezer = bezoeker("rvo-lid").open(f"{INDICATOR}?kwartaal={KWARTAAL}")
    _tab_naar(lezer, "Definitie, bron en methode")
    lezer.keyboard.press("Enter")
    expect(lezer.get_by_text("Registratie van het OM")).to_be_visible()


def _beslis(bezoeker: Bezoeker, pad: str, bericht: str) -> None:
    page = bezoeker("vaststeller").open(pad)
    _tab_naar(page, "keuze")
    page.keyboard.press("Space")
    _tab_naar(page, "Stel vast")
    page.keyboard.press("Enter")
    expect(page.get_by_text(bericht)).to_be_visible()


def _stuur_terug(bezoeker: Bezoeker, pad: str, bericht: str) -> None:
    page = bezoeker("vaststeller").open(pad)
    _tab_naar(page, "keuze")
    page.keyboard.press("Space")
    _vul(page, {"reden": "Welke registratie?"})
    _tab_naar(page, "Stuur terug")
    page.keyboard.press("Enter")
    expect(page.get_by_text(bericht)).to_be_visible()


def _vul(page: Page, velden: dict[str, str]) -> None:
    for naam, tekst in velden.items():
        _tab_naar(page, naam)
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(tekst)


def _tab_naar(page: Page, naam: str) -> None:
    """Press Tab until the field with this name, or the button with this text, has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        bezig = page.locator(":focus")
        if bezig.count() and naam in (bezig.get_attribute("name"), (bezig.text_content() or "").strip()):
            return
    raise AssertionError(f"{naam} is not reachable with Tab")
