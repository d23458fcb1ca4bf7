"""What waits for each role, from the first page to done, by keyboard alone, in no more keys than it should take.

A bound is about one and a half times what was counted when it was written: a new link in the menu may come, a detour
may not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from common.vaststellen.model import Staat
from formatie.models import Bezetting, Onderdeel
from monitor.invoer.vaststellen.services import stuur_terug
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Indicator, Meting
from tests.browser.monitor.dashboards.test_paginas import Bezoek, Bezoeker, Q, bezoeker
from tests.browser.toetsen import HEEFT_NAAM, kies, tab_naar, tel_toetsen, vul
from tests.factories import MetingFactory, OnderdeelFactory, maak_persoon
from tests.integration.formatie.personeel import maak_plan

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BREED = {"viewport": {"width": 1280, "height": 900}}


@contextmanager
def eerste_pagina(bezoek: Bezoek, meeste: int) -> Iterator[Page]:
    """The page one lands on; at the end no more keys went down than this, and the browser had nothing to say."""
    page = bezoek.open(f"/{Q}")
    toetsen = tel_toetsen(page)
    yield page
    print(f"{len(toetsen)} toetsen")
    assert 0 < len(toetsen) <= meeste
    assert bezoek.klachten == []


def _wachtend(aantal: int) -> None:
    indicator, anna = Indicator.objects.get(code="verdachten"), maak_persoon("analist", naam="anna")
    for kwartaal in range(1, aantal + 1):
        MetingFactory(indicator=indicator, jaar=2019, kwartaal=kwartaal, wachtend=True, ingevoerd_door=anna)


def test_een_analist_levert_een_waarde(bezoeker: Bezoeker) -> None:
    with eerste_pagina(bezoeker("analist", **BREED), 145) as page:
        kies(page, "Voor mij", "Aanrijdtijd, A1")
        expect(page.locator("[name='aanrijdtijd:A1:teller']")).to_be_focused()
        page.keyboard.type("80")
        page.keyboard.press("Tab")
        page.keyboard.type("100")
        kies(page, "Dien in")
        expect(page.get_by_text("1 waarde ingediend.")).to_be_visible()
    meting = Meting.objects.get(staat=Staat.INGEDIEND)
    assert (meting.teller, meting.noemer, meting.onderdeel.code) == (80, 100, "A1")


def test_een_analist_zet_recht_wat_terugkwam(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("analist", **BREED)
    velden = {"jaar": 2025, "kwartaal": 4, "waarde": Decimal(3), "wachtend": True, "onderdeel": OnderdeelFactory()}
    analist, verdachten = User.objects.get(username="analist"), Indicator.objects.get(code="verdachten")
    terug = MetingFactory(indicator=verdachten, ingevoerd_door=analist, **velden)
    stuur_terug(METING, [terug], door=maak_persoon("vaststeller"), reden="Te laag.", herkomst="proef")
    with eerste_pagina(bezoek, 180) as page:
        kies(page, "1 teruggestuurde inzending te verbeteren")
        expect(page.locator("#cel-verdachten-RE07-bericht")).to_contain_text("Te laag.")
        expect(page.locator("[name='verdachten:RE07:waarde']")).to_be_focused()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("8")
        kies(page, "Dien in")
        expect(page.get_by_text("1 waarde ingediend.")).to_be_visible()
    assert Meting.objects.get(jaar=2025, kwartaal=4).waarde == 8


def _ga_naar(page: Page, naam: str) -> None:
    """Where the focus may be already: the page was to bring it there."""
    if not page.evaluate(HEEFT_NAAM, naam):
        tab_naar(page, naam)


def test_een_vaststeller_besluit_en_vraagt_om_een_correctie(bezoeker: Bezoeker) -> None:
    """With single keys, which are turned on first; then what was decided today and a mistake in it."""
    bezoek = bezoeker("vaststeller", **BREED)
    _wachtend(3)
    with eerste_pagina(bezoek, 230) as page:
        kies(page, "Hulp")
        tab_naar(page, "Sneltoetsen gebruiken")
        page.keyboard.press("Space")
        expect(page.get_by_text("De sneltoetsen staan aan.")).to_be_visible()
        page.keyboard.press("g")
        page.keyboard.press("s")
        page.wait_for_url("**/vaststellen/")
        for toets in ("j", "x", "j", "j", "k", "x", "a"):
            page.keyboard.press(toets)
        expect(page.get_by_text("Klopt dat?")).to_be_visible()  # of two groups it is asked first
        kies(page, "Ja, doe dit")
        expect(page.get_by_text("2 waarden vastgesteld.")).to_be_visible()
        for toets in ("j", "x", "r"):
            page.keyboard.press(toets)
        expect(page.locator("#reden")).to_be_focused()
        page.keyboard.type("Bron?")
        kies(page, "Stuur terug")
        expect(page.get_by_text("1 waarde teruggestuurd")).to_be_visible()
        kies(page, "Vandaag besloten")
        vul(page, {"Wat er niet klopt": "Een te veel."})
        tab_naar(page, "Vraag om een correctie")
        for toets in ("j", "j", "x", "r"):
            page.keyboard.press(toets)
        expect(page.get_by_text("Om een correctie van 1 waarde gevraagd.")).to_be_visible()
    assert Meting.objects.filter(jaar=2019, staat=Staat.VASTGESTELD).count() == 2
    redenen = Meting.objects.filter(staat=Staat.AFGEKEURD).order_by("pk").values_list("afkeurreden", "vervangt")
    assert [(reden, bool(van)) for reden, van in redenen] == [("Bron?", False), ("Een te veel.", True)]


def test_een_vaststeller_zonder_sneltoetsen(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("vaststeller", **BREED)
    _wachtend(2)
    with eerste_pagina(bezoek, 60) as page:
        kies(page, "Vaststellen")
        tab_naar(page, "Kies alle 2")
        page.keyboard.press("Enter")
        kies(page, "Stel vast", "Ja, doe dit")
        expect(page.get_by_text("2 waarden vastgesteld.")).to_be_visible()


def test_een_chef_levert_de_bezetting_van_het_eigen_district(bezoeker: Bezoeker) -> None:
    bezoek = bezoeker("districtschef", **BREED)
    maak_plan({o.code: o for o in Onderdeel.objects.filter(soort="basisteam", ouder__code="A")})
    with eerste_pagina(bezoek, 100) as page:
        kies(page, "Voor mij", "Basisteam, A1")
        page.wait_for_url("**/bezetting/?district=A#A1.basisteam")
        _ga_naar(page, "OS, A1")
        page.keyboard.type("40")
        vul(page, {"NOS, A1": "4", "Wijkagenten, A1": "6", "Wijkagenten expert, A1": "1"})
        kies(page, "Dien in")
        expect(page.get_by_text("1 regel is ingediend.")).to_be_visible()
    bezetting = Bezetting.objects.get()
    assert (bezetting.onderdeel.code, bezetting.os, bezetting.staat) == ("A1", 40, Staat.INGEDIEND)


def test_twee_beheerders_geven_een_nieuw_account_een_rol(bezoeker: Bezoeker) -> None:
    eerste, tweede = bezoeker("beheerder", **BREED), bezoeker("beheerder", naam="tweede", **BREED)
    with eerste_pagina(eerste, 120) as page:
        kies(page, "Beheer", "Accounts en rollen", "Nieuw account")
        vul(page, {"username": "nieuw"})
        page.keyboard.press("Enter")
        page.wait_for_url("**/beheer/gebruikers/*/")
        vul(page, {"rol": "RVO"})
        kies(page, "Stel deze rol voor")
        expect(page.get_by_text("Uw voorstel ligt klaar.")).to_be_visible()
    nieuw = User.objects.get(username="nieuw")
    assert nieuw.rollen == []
    with eerste_pagina(tweede, 60) as page:
        kies(page, "Voor mij (1)", "Rol", "Bevestig")
        expect(page.get_by_role("main")).to_contain_text("evestigd")
    assert [rol.code for rol in User.objects.get(pk=nieuw.pk).rollen] == ["rvo-lid"]


def test_een_rvo_lid_van_bespreken_naar_de_tabel_en_niets_te_doen(bezoeker: Bezoeker) -> None:
    with eerste_pagina(bezoeker("rvo-lid", **BREED), 130) as page:
        kies(page, "Hoe gekozen?")
        naam = page.locator(".bespreken tbody a").first.text_content() or ""
        kies(page, naam, "Dezelfde cijfers in een tabel")
        expect(page.get_by_role("heading", level=1)).to_contain_text(naam)
        expect(page.locator("details[open] table").first).to_be_visible()
        kies(page, "Strategiemonitor", "Voor mij")
        expect(page.get_by_text("Er wacht niets op u.")).to_be_visible()
