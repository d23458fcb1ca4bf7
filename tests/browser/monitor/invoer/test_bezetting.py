"""Bezetting with the keyboard alone: a chief proposes, a vaststeller approves, the indicator follows."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from formatie.models import Bezetting
from monitor.rekenen.wachtrij import werk_wachtrij_af
from tests.browser.monitor.dashboards.test_paginas import Bezoek
from tests.browser.schermen import op_elk_scherm
from tests.browser.toetsen import kies
from tests.factories import BezettingFactory, maak_persoon
from tests.integration.monitor.invoer.bezetting.opstelling import maak_wereld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
INVOER, VASTSTELLEN = "/invoer/2025-Q1/bezetting/", "/vaststellen/bezetting/"
WIE = {"districtschef": {"onderdeel": "A"}, "vaststeller": {}}


@pytest.fixture(autouse=True)
def _wereld(transactional_db: None) -> None:
    maak_wereld()


@pytest.fixture
def bezoek_als(browser: Browser, live_server: Any) -> Any:
    contexten: list[BrowserContext] = []

    def maak(rol: str, **opties: Any) -> Bezoek:
        context = browser.new_context(locale="nl-NL", **opties)
        contexten.append(context)
        client = Client()
        client.force_login(maak_persoon(rol, **WIE[rol]))
        sessie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sessie, "url": live_server.url}])
        return Bezoek(context, live_server.url)

    yield maak
    for context in contexten:
        context.close()


@op_elk_scherm
def test_de_paginas_zijn_schoon(bezoek_als: Any, breed: int, kleuren: str) -> None:
    oud = BezettingFactory(onderdeel__code="A1")
    velden = {"vervangt": oud, "vervangreden": "Nageteld.", "toelichting": "Klopt.", "os": 200}
    pk = BezettingFactory(onderdeel__code="A1", wachtend=True, **velden).pk
    weergave = {"viewport": {"width": breed, "height": 900}, "color_scheme": kleuren}
    for rol, pad in (
        ("districtschef", INVOER),
        ("vaststeller", VASTSTELLEN),
        ("districtschef", f"/bezetting/{pk}/geschiedenis/"),
    ):
        bezoek = bezoek_als(rol, **weergave)
        page = bezoek.open(pad)
        assert page.evaluate("document.documentElement.scrollWidth") == breed
        assert [v["id"] for v in Axe().run(page).response["violations"]] == []
        assert bezoek.klachten == []


def test_van_voorstel_tot_indicator_met_alleen_het_toetsenbord(bezoek_als: Any) -> None:
    zonder_script = {"java_script_enabled": False}
    page = bezoek_als("districtschef", **zonder_script).open(INVOER)
    _typ(page, {"OS, A1": "85,5", "NOS, A1": "tien", "Wijkagenten, A1": "17", "Wijkagenten expert, A1": "1"})
    _tab_naar(page, "Dien in")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Eén veld klopt nog niet.")).to_be_visible()
    expect(page.get_by_label("OS, A1 Onderdeel A1", exact=True)).to_have_value("85,5")
    _tab_naar(page, "NOS, A1")
    page.keyboard.press("Control+A")
    page.keyboard.type("10")
    _tab_naar(page, "Dien in")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 regel is ingediend.")).to_be_visible()

    page = bezoek_als("vaststeller", **zonder_script).open(VASTSTELLEN)
    _tab_naar(page, "OS 85,5 en NOS 10")
    page.keyboard.press("Space")
    _tab_naar(page, "Stel vast")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 regel bezetting vastgesteld.")).to_be_visible()
    assert Bezetting.objects.get().staat == "vastgesteld"
    werk_wachtrij_af()

    page = bezoek_als("districtschef", **zonder_script).open(
        "/indicatoren/bezetting-wijkagenten/?kwartaal=2025-Q1&onderdeel=A"
    )
    expect(page.locator(".kernzin")).to_contain_text("1 van 5 teams heeft geleverd.")
    kies(page, "Per district en team")
    expect(page.get_by_text("90,0%").first).to_be_visible()  # 18 of the 20 places


def _typ(page: Page, velden: dict[str, str]) -> None:
    for naam, tekst in velden.items():
        _tab_naar(page, naam)
        page.keyboard.type(tekst)


def _tab_naar(page: Page, naam: str) -> None:
    """Press Tab until the element whose name begins with this, or holds it, has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        element = page.locator("input:focus, button:focus, textarea:focus")
        if not element.count():
            continue
        gevonden = element.get_attribute("aria-label") or element.text_content() or ""
        if gevonden.startswith(naam) or f": {naam}" in gevonden:
            return
    raise AssertionError(f"{naam} is not reachable with Tab")


def test_wie_weggaat_zonder_in_te_dienen_krijgt_een_vraag(bezoek_als: Any) -> None:
    page = bezoek_als("districtschef").open(INVOER)
    vragen: list[str] = []
    page.on("dialog", lambda vraag: (vragen.append(vraag.type), vraag.dismiss()))
    page.get_by_label("OS, A1", exact=False).first.fill("85,5")
    with page.expect_event("dialog"):
        page.locator(".keuzebalk a").first.click(no_wait_after=True)
    assert vragen == ["beforeunload"]
    expect(page.get_by_label("OS, A1 Onderdeel A1", exact=True)).to_have_value("85,5")
    page.get_by_role("button", name="Dien in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert vragen == ["beforeunload"]


@pytest.mark.parametrize("script", [True, False])
def test_enter_in_een_cijfer_neemt_niets_terug(bezoek_als: Any, *, script: bool) -> None:
    chef = maak_persoon("districtschef", **WIE["districtschef"])
    BezettingFactory(onderdeel__code="A1", wachtend=True, ingevoerd_door=chef)
    page = bezoek_als("districtschef", java_script_enabled=script).open(INVOER)
    expect(page.get_by_role("button", name="Neem terug")).to_be_visible()
    veld = page.locator('[name="A2.basisteam.os"]')
    veld.fill("85,5")
    veld.press("Enter")
    if script:
        expect(page.locator('[name="A3.basisteam.os"]')).to_be_focused()
    else:
        expect(page.get_by_text("Vul NOS in fte in").first).to_be_visible()
    expect(veld).to_have_value("85,5")
    assert Bezetting.objects.get().staat == "ingediend"


def test_een_adres_van_een_regel_komt_uit_in_haar_eerste_cijfer(bezoek_als: Any) -> None:
    page = bezoek_als("districtschef").open(f"{INVOER}?district=A#A2.basisteam")
    expect(page.locator('[name="A2.basisteam.os"]')).to_be_focused()
