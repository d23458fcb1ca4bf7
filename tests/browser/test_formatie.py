"""The formation pages in a real browser: nothing in the console, no sideways page, axe, and the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from tests.factories import maak_persoon
from tests.integration.formatie.opstelling import laad_plan

pytestmark = pytest.mark.django_db(transaction=True)

PAGINAS = (
    "/formatie/",
    "/formatie/?waarvan=open",
    "/formatie/districten/B/",
    "/formatie/districten/ZHP/",
    "/formatie/controle/",
    "/formatie/controle/?vergelijking=gewogen&bevinding=afronding",
)


@pytest.fixture
def districtschef(live_server: Any, page: Any) -> Any:
    """A page in which the chief of district B is logged in; it gathers what the browser complains about."""
    laad_plan()
    client = Client()
    client.force_login(maak_persoon("districtschef", onderdeel="B"))
    naam = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": naam, "value": client.cookies[naam].value, "url": live_server.url}])
    page.klachten = []
    page.on("console", lambda bericht: page.klachten.append(bericht.text))
    page.on("pageerror", lambda fout: page.klachten.append(str(fout)))
    page.adres = live_server.url
    return page


def open_(page: Any, pad: str, breedte: int = 1280) -> None:
    page.set_viewport_size({"width": breedte, "height": 800})
    assert page.goto(page.adres + pad).status == 200


@pytest.mark.parametrize("kleur", ["light", "dark"])
@pytest.mark.parametrize("breedte", [320, 1280])
def test_geen_klacht_geen_zijwaartse_pagina_en_axe_vindt_niets(districtschef: Any, breedte: int, kleur: str) -> None:
    districtschef.emulate_media(color_scheme=kleur)
    for pad in PAGINAS:
        open_(districtschef, pad, breedte)
        maten = districtschef.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert maten[0] == maten[1], f"{pad} is {maten[0]} px wide on a screen of {breedte}"
        gevonden = Axe().run(districtschef, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        assert gevonden.violations_count == 0, f"{pad}: {gevonden.generate_report()}"
    assert districtschef.klachten == []


def test_waarvan_regels_gaan_met_het_toetsenbord_open_en_weer_dicht(districtschef: Any) -> None:
    open_(districtschef, "/formatie/")
    regel = districtschef.locator("tr.waarvan", has_text="waarvan Milieu")
    knop = districtschef.locator("summary", has_text="Thematische Opsporing")
    assert not regel.is_visible()
    knop.focus()
    districtschef.keyboard.press("Enter")
    assert regel.is_visible()
    assert not districtschef.locator("tr.waarvan", has_text="waarvan Observatieteam").is_visible()
    districtschef.keyboard.press("Space")
    assert not regel.is_visible()


def test_op_papier_staat_elke_regel_en_niets_is_afgesneden(districtschef: Any) -> None:
    districtschef.emulate_media(media="print")
    # The width between the margins of A4: on its side for the unit, upright for a district.
    for pad, breedte in (("/formatie/", 1047), ("/formatie/controle/", 1047), ("/formatie/districten/B/", 703)):
        open_(districtschef, pad, breedte)
        assert districtschef.evaluate("document.documentElement.scrollWidth") == breedte, pad
    open_(districtschef, "/formatie/", 1047)
    assert districtschef.locator("tr.waarvan:visible").count() == districtschef.locator("tr.waarvan").count() > 0


def test_een_district_past_op_een_bladzijde(districtschef: Any) -> None:
    districtschef.emulate_media(media="print")
    for code in ("A", "B", "F", "ZHP"):
        open_(districtschef, f"/formatie/districten/{code}/")
        pdf = districtschef.pdf(prefer_css_page_size=True)
        assert pdf.count(b"/Type /Page\n") == 1, code


def test_van_een_verschil_naar_de_uitleg_en_sorteren_zonder_muis(districtschef: Any) -> None:
    open_(districtschef, "/formatie/districten/B/")
    districtschef.locator(".verschillen a").first.press("Enter")
    districtschef.wait_for_url("**/formatie/controle/#districtstotaal-b-fte")
    assert districtschef.locator("#districtstotaal-b-fte").is_visible()
    districtschef.locator("thead a", has_text="Verschil").first.press("Enter")
    districtschef.wait_for_url("**sort=verschil")
    assert districtschef.locator("th[aria-sort=ascending]").inner_text().startswith("Verschil")


def test_een_keuze_staat_in_het_adres_en_zonder_script_is_alles_er(districtschef: Any, browser: Any) -> None:
    open_(districtschef, "/formatie/controle/")
    districtschef.get_by_label("Soort verschil").select_option("geen afronding")
    districtschef.get_by_role("button", name="Toon").press("Enter")
    districtschef.wait_for_url("**bevinding=geen+afronding**")
    assert districtschef.locator("tbody tr").count() == 4
    assert districtschef.locator("script").count() == 0
