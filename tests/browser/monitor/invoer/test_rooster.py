"""The analyst's task with the keyboard alone: type, move, paste, answer a doubt, lose nothing, submit."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from common.vaststellen.model import Staat
from monitor.invoer.vaststellen.services import stuur_terug
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Concept, Indicator, Meting
from tests.browser.monitor.dashboards.test_paginas import Bezoek, Bezoeker, bezoeker
from tests.browser.schermen import op_elk_scherm
from tests.browser.toetsen import kies
from tests.factories import MetingFactory, maak_persoon

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADRES = "/invoer/2024-Q2/"
PLAK = """([element, tekst]) => {
  const data = new DataTransfer();
  data.setData('text/plain', tekst);
  element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def bezoek(bezoeker: Bezoeker) -> Bezoek:
    """An analyst before a quarter of which nothing was delivered yet."""
    return bezoeker("analist", viewport={"width": 1280, "height": 900})


def cel(page: Page, plek: str, kolom: str) -> Locator:
    return page.locator(f'[name="{plek}:{kolom}"]')


def bewaard(page: Page) -> None:
    expect(page.locator("#rooster-stand")).to_contain_text("Alles bewaard om")


def concept(plek: str) -> dict[str, str]:
    indicator, onderdeel = plek.split(":")
    return Concept.objects.get(indicator__code=indicator, onderdeel__code=onderdeel).cellen


def open_rooster(bezoek: Bezoek, adres: str = ADRES) -> Page:
    page = bezoek.open(adres)
    expect(page.locator("form.rooster")).to_be_visible()
    return page


@op_elk_scherm
def test_het_rooster_is_schoon(bezoeker: Bezoeker, breed: int, kleuren: str) -> None:
    bezoek = bezoeker("analist", viewport={"width": breed, "height": 900}, color_scheme=kleuren)
    MetingFactory(indicator=Indicator.objects.get(code="verdachten"), jaar=2024, kwartaal=2, wachtend=True)
    page = open_rooster(bezoek)
    assert page.evaluate("document.documentElement.scrollWidth") == breed
    veld = cel(page, "verdachten-jong:RE07", "waarde")
    veld.fill("1.2.3")
    veld.blur()
    expect(page.locator("#cel-verdachten-jong-RE07-bericht")).to_contain_text("1.234")
    assert page.evaluate("document.documentElement.scrollWidth") == breed
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    assert bezoek.klachten == []
    assert bezoek.vreemd == []


def test_typen_en_met_pijltjes_en_enter_door_het_rooster(bezoek: Bezoek) -> None:
    page = open_rooster(bezoek)
    cel(page, "aanrijdtijd:A1", "teller").focus()
    page.keyboard.type("80")
    page.keyboard.press("Enter")
    expect(cel(page, "aanrijdtijd:A2", "teller")).to_be_focused()
    page.keyboard.type("70")
    page.keyboard.press("Control+ArrowRight")
    expect(cel(page, "aanrijdtijd:A2", "noemer")).to_be_focused()
    page.keyboard.type("100")
    page.keyboard.press("ArrowUp")
    expect(cel(page, "aanrijdtijd:A1", "noemer")).to_be_focused()
    page.keyboard.type("100")
    page.keyboard.press("Tab")
    expect(cel(page, "aanrijdtijd:A1", "status")).to_be_focused()
    bewaard(page)
    expect(page.locator("#cel-aanrijdtijd-A1 .begrepen")).to_have_text("80,0% (80 van 100)")
    page.keyboard.press("ArrowLeft")
    expect(cel(page, "aanrijdtijd:A1", "noemer")).to_be_focused()
    assert concept("aanrijdtijd:A2") == {"teller": "70", "noemer": "100", "status": "definitief"}
    assert bezoek.klachten == []


def test_een_blok_uit_een_spreadsheet_plakken(bezoek: Bezoek) -> None:
    tijd = Indicator.objects.get(code="aanrijdtijd")
    team = MetingFactory(
        indicator=tijd, onderdeel=tijd.metingen.get(onderdeel__code="A2", kwartaal=1).onderdeel,
        jaar=2024, kwartaal=2, waarde=None, teller=1, noemer=2, wachtend=True,
    ).onderdeel  # fmt: skip
    page = open_rooster(bezoek)
    start = cel(page, "aanrijdtijd:A1", "teller")
    start.focus()
    blok = '1.080\t1.200\tVoorlopig\n5\t6\tdefinitief\n70\t100\tdefinitief\t1-7-2024\t"Nageteld\nmet ""bron"""\n'
    page.evaluate(PLAK, [start.element_handle(), blok])
    expect(page.locator("#rooster-stand")).to_contain_text("3 geplakte cellen pasten niet")
    assert concept("aanrijdtijd:A1") == {"teller": "1.080", "noemer": "1.200", "status": "voorlopig"}
    assert concept("aanrijdtijd:A3") == {
        "teller": "70", "noemer": "100", "status": "definitief", "meetdatum": "1-7-2024",
        "toelichting": 'Nageteld met "bron"',
    }  # fmt: skip
    assert not Concept.objects.filter(onderdeel=team).exists()
    expect(page.locator("#cel-aanrijdtijd-A1 .begrepen")).to_have_text("90,0% (1.080 van 1.200), voorlopig")


def test_een_twijfel_beantwoorden_met_het_toetsenbord(bezoek: Bezoek) -> None:
    Indicator.objects.filter(code="verdachten").update(eenheid="%", decimalen=1, aggregatie="stand")
    page = open_rooster(bezoek)
    cel(page, "verdachten:RE07", "waarde").focus()
    page.keyboard.type("0,82")
    page.keyboard.press("Tab")
    bericht = page.locator("#cel-verdachten-RE07-bericht")
    expect(bericht).to_contain_text("Bedoelt u 0,82% of 82%?")
    expect(cel(page, "verdachten:RE07", "waarde")).to_have_attribute("aria-invalid", "true")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "vul":
            break
    page.keyboard.press("Enter")
    expect(cel(page, "verdachten:RE07", "waarde")).to_have_value("82")
    expect(page.locator("#cel-verdachten-RE07 .begrepen")).to_have_text("82,0%")
    expect(bericht.locator(".twijfel")).to_have_count(0)
    assert concept("verdachten:RE07")["waarde"] == "82"


def test_wat_bewaard_is_staat_er_na_herladen(bezoek: Bezoek) -> None:
    page = open_rooster(bezoek)
    cel(page, "verdachten:RE07", "waarde").focus()
    page.keyboard.type("12")
    bewaard(page)  # after a pause in typing, without leaving the cell
    page.reload()
    expect(cel(page, "verdachten:RE07", "waarde")).to_have_value("12")
    assert page.evaluate("localStorage.length") == 0


def test_zonder_verbinding_blijft_de_tekst_op_de_computer(bezoek: Bezoek) -> None:
    page = open_rooster(bezoek)
    page.route("**/bewaar/", lambda route: route.abort())
    cel(page, "verdachten:RE07", "waarde").focus()
    page.keyboard.type("12")
    page.keyboard.press("Tab")
    expect(page.locator("#rooster-stand")).to_contain_text("Geen verbinding.")
    ander = open_rooster(bezoek)  # as after a closed lid or a crash
    bewaard(ander)
    expect(cel(ander, "verdachten:RE07", "waarde")).to_have_value("12")
    assert concept("verdachten:RE07")["waarde"] == "12"


def test_wie_uitgelogd_is_krijgt_na_inloggen_de_tekst_terug(bezoek: Bezoek) -> None:
    page = open_rooster(bezoek)
    bezoek.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    cel(page, "verdachten:RE07", "waarde").focus()
    page.keyboard.type("12")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Log opnieuw in")
    expect(link).to_be_visible()
    assert link.get_attribute("href") == "/inloggen/?next=/invoer/2024-Q2/"
    client = Client()
    client.force_login(maak_persoon("analist"))
    sessie = client.cookies[settings.SESSION_COOKIE_NAME].value
    bezoek.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sessie, "url": bezoek.adres}])
    opnieuw = open_rooster(bezoek)
    expect(cel(opnieuw, "verdachten:RE07", "waarde")).to_have_value("12")
    bewaard(opnieuw)
    assert concept("verdachten:RE07")["waarde"] == "12"


def test_twee_analisten_zien_beide_waarden_en_een_kiest(bezoeker: Bezoeker) -> None:
    eerste = bezoeker("analist", viewport={"width": 1280, "height": 900})
    page = open_rooster(eerste)
    ander = open_rooster(eerste)  # two tabs are two typists
    cel(ander, "verdachten:RE07", "waarde").fill("14")
    cel(ander, "verdachten:RE07", "waarde").blur()
    bewaard(ander)
    cel(page, "verdachten:RE07", "waarde").focus()
    page.keyboard.type("12")
    page.keyboard.press("Tab")
    bericht = page.locator("#cel-verdachten-RE07-bericht")
    expect(bericht).to_contain_text("U typte: 12")
    expect(cel(page, "verdachten:RE07", "waarde")).to_have_value("12")
    assert concept("verdachten:RE07")["waarde"] == "14"
    bericht.get_by_role("button", name="Neem 14").press("Enter")
    expect(cel(page, "verdachten:RE07", "waarde")).to_have_value("14")
    bewaard(page)
    cel(ander, "verdachten:RE07", "waarde").fill("15")
    cel(ander, "verdachten:RE07", "waarde").blur()
    expect(ander.locator("#cel-verdachten-RE07 .begrepen")).to_have_text("15 verdachten")
    cel(page, "verdachten:RE07", "waarde").fill("16")
    cel(page, "verdachten:RE07", "waarde").blur()
    bericht.get_by_role("button", name="Houd 16").press("Enter")
    expect(page.locator("#cel-verdachten-RE07 .begrepen")).to_have_text("16 verdachten")
    assert concept("verdachten:RE07")["waarde"] == "16"


def test_een_kwartaal_leveren_met_alleen_het_toetsenbord(bezoek: Bezoek) -> None:
    """From the work list to a quarter that is delivered: a fault is found from the list, the rest goes at once."""
    page = bezoek.open("/invoer/?kwartaal=2024-Q2")
    kies(page, "Aanrijdtijd")  # the first value of the list, at its own cell
    page.wait_for_url("**/invoer/2024-Q2/#cel-aanrijdtijd-A1")
    expect(cel(page, "aanrijdtijd:A1", "teller")).to_be_focused()
    for teller in ("80", "70", "60"):
        page.keyboard.type(teller)
        page.keyboard.press("Tab")
        page.keyboard.type("100" if teller != "60" else "honderd")
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowLeft")
    bewaard(page)
    totaal = page.locator("#totaal-aanrijdtijd")
    expect(totaal).to_contain_text("75,0% t/m Q2")
    kies(page, "Dien in")
    expect(page.get_by_text("2 waarden ingediend.")).to_be_visible()
    expect(page.locator("#aandacht")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(cel(page, "aanrijdtijd:A3", "noemer")).to_be_focused()
    page.keyboard.type("100")
    page.keyboard.press("Tab")
    expect(page.locator("#cel-aanrijdtijd-A3 .begrepen")).to_have_text("60,0% (60 van 100)")
    expect(totaal).to_contain_text("70,0% t/m Q2")
    kies(page, "Dien in")
    expect(page.get_by_text("1 waarde ingediend.")).to_be_visible()
    assert Meting.objects.filter(jaar=2024, kwartaal=2, staat=Staat.INGEDIEND).count() == 3
    assert bezoek.klachten == []


def test_een_link_naar_een_cel_die_klaar_is_toont_alles(bezoek: Bezoek) -> None:
    MetingFactory(indicator=Indicator.objects.get(code="verdachten"), jaar=2024, kwartaal=2, wachtend=True)
    page = open_rooster(bezoek, f"{ADRES}#cel-verdachten-RE07")
    page.wait_for_url("**/invoer/2024-Q2/?toon=alles#cel-verdachten-RE07")
    expect(page.locator("#cel-verdachten-RE07")).to_be_in_viewport()


def test_geen_vak_binnen_de_pagina_schuift_apart(bezoek: Bezoek) -> None:
    page = open_rooster(bezoek, f"{ADRES}?toon=alles")
    vakken = """[...document.querySelectorAll('form.rooster *')].filter((e) =>
      /auto|scroll/.test(getComputedStyle(e).overflowX + getComputedStyle(e).overflowY)
      && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)).map((e) => e.className)"""
    assert page.evaluate(vakken) == []


def test_indienen_met_het_toetsenbord(bezoek: Bezoek) -> None:
    page = open_rooster(bezoek)
    cel(page, "verdachten:RE07", "waarde").focus()
    page.keyboard.type("12")
    page.get_by_role("button", name="Dien in").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 waarde ingediend.")).to_be_visible()
    assert Meting.objects.get(jaar=2024, kwartaal=2, indicator__code="verdachten").staat == Staat.INGEDIEND
    page.goto(f"{page.url}?toon=alles")
    terug = page.get_by_role("button", name="Neem terug: Verdachten")
    terug.press("Enter")
    expect(cel(page, "verdachten:RE07", "waarde")).to_have_value("12")
    assert page.evaluate("localStorage.length") == 0


def test_zonder_script_bewaart_enter_en_dient_niets_in(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("analist", java_script_enabled=False)
    page = open_rooster(bezoek)
    cel(page, "verdachten:RE07", "waarde").focus()
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 waarde bewaard als concept.")).to_be_visible()
    assert concept("verdachten:RE07")["waarde"] == "12"


@pytest.mark.parametrize("breed", [1280, 320])
def test_de_toelichting_blijft_op_haar_plek_en_wordt_breed_genoeg(bezoeker: Bezoeker, breed: int) -> None:
    page = open_rooster(bezoeker("analist", viewport={"width": breed, "height": 900}))
    veld = cel(page, "aanrijdtijd:A1", "toelichting")
    veld.scroll_into_view_if_needed()
    voor = veld.bounding_box()
    veld.focus()
    na = veld.bounding_box()
    assert voor is not None
    assert na is not None
    assert na["width"] >= 240
    assert na["x"] == pytest.approx(voor["x"], abs=1) if breed > 320 else na["x"] + na["width"] <= breed
    assert page.evaluate("document.documentElement.scrollWidth") == breed


def test_bij_wat_terugkwam_staat_de_cursor_in_het_cijfer(bezoek: Bezoek) -> None:
    tijd = Indicator.objects.get(code="aanrijdtijd")
    team = tijd.metingen.filter(onderdeel__code="A2").first().onderdeel
    cijfers = {"waarde": None, "teller": 1, "noemer": 2}
    meting = MetingFactory(indicator=tijd, onderdeel=team, jaar=2024, kwartaal=2, wachtend=True, **cijfers)
    stuur_terug(METING, [meting], door=maak_persoon("vaststeller"), reden="Bron?", herkomst="proef")
    page = open_rooster(bezoek, f"{ADRES}#cel-aanrijdtijd-A2")
    expect(cel(page, "aanrijdtijd:A2", "teller")).to_be_focused()


def test_de_balk_telt_elke_rij_die_aandacht_vraagt_en_ligt_niet_over_de_fout(bezoek: Bezoek) -> None:
    page = open_rooster(bezoek)
    for team, zin in (("A1", "1 rij vraagt uw aandacht"), ("A2", "2 rijen vragen uw aandacht")):
        cel(page, f"aanrijdtijd:{team}", "teller").focus()
        page.keyboard.type("1.2.3")
        page.keyboard.press("Tab")
        expect(page.locator("#rooster-stand")).to_contain_text(zin)
        bericht = page.locator(f"#cel-aanrijdtijd-{team}-bericht .fout").first.bounding_box()
        balk = page.locator(".roostervoet").bounding_box()
        assert bericht is not None
        assert balk is not None
        assert bericht["y"] + bericht["height"] <= balk["y"]
