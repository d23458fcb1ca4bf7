"""The pages in a real browser: a silent console, no sideways scroll, no fault that axe knows; also without script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, expect

from accounts.models import User
from tests.browser.bezoek import Bezoek, bezoek_als, fouten_op
from tests.browser.schermen import op_elk_scherm
from tests.browser.verzoeken import uitgelopen
from tests.factories import maak_persoon
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, maak_monitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Q = f"?kwartaal={KWARTAAL}"
WAAR = {"districtschef": {"onderdeel": "A"}, "portefeuillehouder": {"thema": "opsporing"}}
PAGINAS = [
    f"/{Q}",
    f"/themas/{Q}",
    f"/themas/opsporing/{Q}",
    f"/themas/onrust/{Q}",
    f"/indicatoren/{Q}",
    f"/indicatoren/verdachten/{Q}",
    f"/indicatoren/aanrijdtijd/{Q}",
    f"/indicatoren/verdachten/oordeel/{Q}",
    f"/indicatoren/aanrijdtijd/oordeel/{Q}",
    f"/indicatoren/csv/{Q}",
    f"/indicatoren/aanrijdtijd/{Q}&peildatum=2025-11-11",
    f"/invoer/{KWARTAAL}/",
    "/toegankelijkheid/",
    "/bestaat-niet/",
]


Bezoeker = Callable[..., Bezoek]


@pytest.fixture
def bezoeker(browser: Browser, live_server: Any, worker: Any) -> Iterator[Bezoeker]:
    maak_monitor()
    # Only fictitious persons enter fictitious figures: the banner is on every page here.
    User.objects.filter(username="invoerder").update(demo=True)
    open_contexten: list[BrowserContext] = []

    def maak(rol: str = "", naam: str = "", **opties: Any) -> Bezoek:
        client = Client()
        if rol:
            client.force_login(maak_persoon(rol, naam=naam, **WAAR.get(rol, {})))
        bezoek = bezoek_als(browser, live_server.url, client, **opties)
        open_contexten.append(bezoek.context)
        return bezoek

    with uitgelopen():
        yield maak
        for context in open_contexten:
            context.close()


def zonder_404(klachten: list[str]) -> list[str]:
    """The browser itself reports that a page that does not exist answered 404."""
    return [klacht for klacht in klachten if not ("/bestaat-niet/" in klacht and "404" in klacht)]


@pytest.mark.traag
@op_elk_scherm
def test_elke_pagina_is_schoon(bezoeker: Bezoeker, breed: int, kleuren: str) -> None:
    bezoek = bezoeker("analist", viewport={"width": breed, "height": 900}, color_scheme=kleuren)
    fouten = []
    for pad in PAGINAS:
        page = bezoek.open(pad)
        fouten += fouten_op(page, pad, breed)
        page.close()
    assert fouten == []
    assert zonder_404(bezoek.klachten) == []
    assert bezoek.vreemd == []


def test_een_beheerder_en_een_gast_zien_schone_paginas(bezoeker: Bezoeker) -> None:
    beheerder, gast = bezoeker("beheerder"), bezoeker()
    for bezoek, paden in ((beheerder, [f"/{Q}", f"/themas/opsporing/{Q}"]), (gast, ["/inloggen/"])):
        for pad in paden:
            assert Axe().run(bezoek.open(pad)).response["violations"] == []
        assert bezoek.klachten == []


def test_zonder_script_is_alles_er(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("rvo-lid", java_script_enabled=False)
    page = bezoek.open(f"/indicatoren/verdachten/{Q}")
    expect(page.locator(".figuur-doek > svg")).to_be_visible()
    page.get_by_text("Dezelfde cijfers in een tabel").first.click()
    expect(page.get_by_role("cell", name="21", exact=True).first).to_be_visible()
    page.get_by_text("Hoe komt dit oordeel tot stand?").click()
    expect(page.get_by_text("10% van de norm").first).to_be_visible()
    lijst = bezoek.open("/indicatoren/")
    lijst.get_by_label("Naam bevat").fill("verzuim")
    lijst.locator("#kwartaal").select_option(KWARTAAL)
    lijst.get_by_role("button", name="Toon").click()
    expect(lijst.locator("#telling")).to_have_text("1 indicator")


def test_filteren_ververst_alleen_de_lijst_en_noemt_het_aantal(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("rvo-lid")
    page = bezoek.open(f"/indicatoren/{Q}")
    page.evaluate("window.nogDezelfde = true")
    page.locator("#id_thema").select_option("wijk")
    expect(page.locator("#telling")).to_have_text("3 indicatoren")
    assert page.locator("#resultaat tbody tr").count() == 3
    assert page.evaluate("window.nogDezelfde") is True
    assert "thema=wijk" in page.url
    assert bezoek.klachten == []


def test_met_het_toetsenbord_direct_naar_de_inhoud(bezoeker: Bezoeker) -> None:
    page = bezoeker("rvo-lid").open(f"/{Q}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"


def test_afdrukken_toont_de_tekening_en_niet_het_menu(bezoeker: Bezoeker) -> None:
    page = bezoeker("rvo-lid").open(f"/indicatoren/verdachten/{Q}")
    expect(page.locator("[data-klaar=ja]")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".figuur-doek > svg")).to_be_visible()
    expect(page.locator(".hoofdnav")).to_be_hidden()
