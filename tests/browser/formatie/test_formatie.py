"""The formation pages in a real browser: nothing in the console, no sideways page, axe, and the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from accounts.models import User
from common.tekst.periode import Kwartaal
from tests.browser.schermen import op_elk_scherm
from tests.factories import AgendaFactory, maak_persoon
from tests.integration.formatie.opstelling import laad_plan, nieuw_plan, vul_bezetting

pytestmark = pytest.mark.django_db(transaction=True)

PAGINAS = (
    "/formatie/",
    "/formatie/?zoek=waterweg",
    "/formatie/versies/herzien/",
    "/formatie/?waarvan=open",
    "/formatie/districten/B/",
    "/formatie/districten/ZHP/",
    "/formatie/?peildatum=2026-09-30",
    "/formatie/districten/B/?peildatum=2026-09-30",
    "/formatie/controle/",
    "/formatie/controle/?vergelijking=gewogen&bevinding=afronding",
)


@pytest.fixture
def districtschef(live_server: Any, page: Any) -> Iterator[Any]:
    """A page in which the chief of district B is logged in; it gathers what the browser complains about.

    There are people in fourteen quarters, one of them with a gap, and a version of the plan that was in force
    for a year.
    """
    plan = laad_plan()
    vul_bezetting(aantal=14, zonder={("B1", Kwartaal(2025, 1))})
    nieuw_plan(plan, "herzien", date(2024, 7, 1), date(2025, 7, 1))
    page.adres = live_server.url
    inloggen(page, maak_persoon("districtschef", onderdeel="B"))
    page.klachten = []
    page.on("console", lambda bericht: page.klachten.append(bericht.text))
    page.on("pageerror", lambda fout: page.klachten.append(str(fout)))
    yield page
    page.wait_for_load_state("networkidle")  # and what it asked for has been answered
    page.goto("about:blank")  # nothing asks for a chart any more while the tables are emptied


def inloggen(page: Any, user: User) -> None:
    client = Client()
    client.force_login(user)
    naam = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": naam, "value": client.cookies[naam].value, "url": page.adres}])


def open_(page: Any, pad: str, breedte: int = 1280) -> None:
    page.set_viewport_size({"width": breedte, "height": 800})
    assert page.goto(page.adres + pad).status == 200


@pytest.mark.traag
@op_elk_scherm
def test_geen_klacht_geen_zijwaartse_pagina_en_axe_vindt_niets(districtschef: Any, breed: int, kleuren: str) -> None:
    districtschef.emulate_media(color_scheme=kleuren)
    for pad in PAGINAS:
        open_(districtschef, pad, breed)
        maten = districtschef.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert maten[0] == maten[1], f"{pad} is {maten[0]} px wide on a screen of {breed}"
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


def test_een_district_past_op_twee_bladzijden_met_leesbare_grafieken(districtschef: Any) -> None:
    districtschef.emulate_media(media="print")
    inloggen(districtschef, maak_persoon("analist"))
    for code in ("A", "B", "F", "ZHP"):
        open_(districtschef, f"/formatie/districten/{code}/", 703)
        pdf = districtschef.pdf(prefer_css_page_size=True)
        assert pdf.count(b"/Type /Page\n") <= 2, code
        letters = districtschef.locator("svg.tekening").evaluate_all(
            "alle => alle.map((svg) => 12 * svg.getScreenCTM().a)"
        )
        assert all(pixels >= 7 for pixels in letters), (code, letters)


def test_van_een_verschil_naar_de_uitleg_en_sorteren_zonder_muis(districtschef: Any) -> None:
    open_(districtschef, "/formatie/districten/B/")
    districtschef.locator(".verschillen a").first.press("Enter")
    districtschef.wait_for_url("**/formatie/controle/#districtstotaal-b-fte")
    districtschef.locator("#districtstotaal-b-fte").wait_for()
    districtschef.locator("thead a", has_text="Verschil").first.press("Enter")
    districtschef.wait_for_url("**sort=verschil")
    assert districtschef.locator("th[aria-sort=ascending]").inner_text().startswith("Verschil")


def test_een_keuze_staat_in_het_adres_en_zonder_script_is_alles_er(districtschef: Any, browser: Any) -> None:
    open_(districtschef, "/formatie/controle/")
    districtschef.get_by_label("Soort verschil:").select_option("geen afronding")
    districtschef.get_by_role("button", name="Toon").press("Enter")
    districtschef.wait_for_url("**bevinding=geen+afronding**")
    assert districtschef.locator("tbody tr").count() == 4
    assert districtschef.locator("main script").count() == 0


def test_kolommen_kiezen_met_het_toetsenbord_en_de_keuze_blijft(districtschef: Any) -> None:
    open_(districtschef, "/formatie/districten/B/")
    blok = districtschef.locator("#formatie")
    assert blok.get_by_role("columnheader", name="NOS (fte)").is_visible()
    blok.locator("summary", has_text="Kolommen kiezen").press("Enter")
    blok.get_by_role("checkbox", name="NOS (fte)").press("Space")
    blok.get_by_role("checkbox", name="Ziek (fte)").press("Space")
    blok.get_by_role("button", name="Toon deze kolommen").press("Enter")
    districtschef.wait_for_url("**/formatie/districten/B/#formatie")
    open_(districtschef, "/formatie/districten/B/?sort=fte")
    assert districtschef.locator("#formatie").get_by_role("columnheader", name="NOS (fte)").count() == 0
    assert districtschef.locator("#formatie").get_by_role("columnheader", name="Ziek (fte)").is_visible()
    assert districtschef.locator("#wijkagenten").get_by_role("columnheader", name="Plaatsen (fte)").is_visible()


def test_zoeken_werkt_de_tabel_bij_tijdens_het_typen(districtschef: Any) -> None:
    open_(districtschef, "/formatie/")
    districtschef.get_by_label("Zoek een dienst").press_sequentially("waterweg")
    districtschef.locator("#resultaat [role=status]", has_text="1 district en 1 basisteam").wait_for()
    assert districtschef.locator("#bezetting tbody tr").count() == 2
    assert districtschef.get_by_label("Zoek een dienst").evaluate("veld => veld === document.activeElement")
    assert "zoek=waterweg" in districtschef.url
    assert districtschef.klachten == []


def test_een_ander_kwartaal_kiezen_met_het_toetsenbord(districtschef: Any) -> None:
    open_(districtschef, "/formatie/districten/B/")
    districtschef.get_by_label("Kwartaal").select_option("2026-Q2")
    districtschef.get_by_role("button", name="Toon", exact=True).press("Enter")
    districtschef.wait_for_url("**kwartaal=2026-Q2")
    assert "Stand per Q2 2026" in districtschef.locator(".stand").inner_text()
    assert "in Q1 2026" in districtschef.locator("h1").inner_text()


def test_zonder_script_zoekt_en_kiest_het_ook(districtschef: Any, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(districtschef.context.cookies())
    kaal = context.new_page()
    kaal.goto(f"{districtschef.adres}/formatie/")
    kaal.get_by_label("Zoek een dienst").fill("waterweg")
    kaal.locator("main").get_by_role("button", name="Zoek").click()
    expect(kaal.locator("#bezetting tbody tr")).to_have_count(2)  # waits for the page that the button asks for
    context.close()


def test_waar_het_gat_in_een_district_is_in_twee_klikken(districtschef: Any) -> None:
    AgendaFactory()
    inloggen(districtschef, maak_persoon("rvo-lid"))
    open_(districtschef, "/")
    districtschef.locator("header").get_by_role("link", name="Formatie", exact=True).click()
    districtschef.locator("#bezetting").get_by_role("link", name="F Zuid").click()
    expect(districtschef.get_by_role("heading", level=1)).to_contain_text("District F komt")


def test_de_chef_ziet_het_gat_op_de_eerste_pagina_en_kiest_met_het_toetsenbord(districtschef: Any) -> None:
    AgendaFactory()
    open_(districtschef, "/")
    districtschef.get_by_role("link", name="Mijn district").press("Enter")
    expect(districtschef.get_by_role("heading", level=1)).to_contain_text("District B komt")
    districtschef.get_by_role("navigation", name="Welke plaatsen").get_by_role("link", name="Wijkagenten").press(
        "Enter"
    )
    districtschef.wait_for_url("**soort=wijkagenten")
    expect(districtschef.locator(".schakel [aria-current]")).to_have_text("Wijkagenten")


def test_op_een_telefoon_staat_het_verschil_zonder_schuiven_in_beeld(districtschef: Any) -> None:
    open_(districtschef, "/formatie/districten/B/", 320)
    kop = districtschef.locator("#formatie").get_by_role("columnheader", name="Verschil (fte)")
    vak = kop.bounding_box()
    assert vak["x"] + vak["width"] <= 320, vak
    cel = (
        districtschef.locator("#formatie tbody tr", has_text="Totaal, zoals gedrukt").locator("td").first.bounding_box()
    )
    assert cel["x"] + cel["width"] <= 320, cel
