"""The pages about one's own account, on a wide and a narrow screen, light and dark; and a form sent too late."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser

from accounts.sessies.opslag import beeindig_alle
from tests.browser.bezoek import bezoek_als, fouten_op
from tests.factories import UserFactory, maak_persoon
from tests.factories.personen import WACHTWOORD
from tests.integration.site import maak_site

pytestmark = pytest.mark.django_db(transaction=True)
SCHERMEN = [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")]
LAAT = "/indicatoren/proef/doelen/"


@pytest.mark.parametrize(("breed", "kleur"), SCHERMEN)
def test_de_paginas_zijn_goed_te_lezen(live_server: Any, browser: Browser, breed: int, kleur: str) -> None:
    maak_persoon("beheerder", naam="petra")
    gast, lid, nieuw = Client(), Client(), Client()
    for _ in range(3):
        lid.force_login(maak_persoon("rvo-lid"))
    nieuw.force_login(UserFactory(username="nieuw"))
    fouten = []
    for client, pad in ((gast, "/inloggen/"), (lid, "/account/"), (lid, "/account/wachtwoord/"), (nieuw, "/")):
        maten = {"viewport": {"width": breed, "height": 800}, "color_scheme": kleur}
        bezoek = bezoek_als(browser, live_server.url, client, **maten)
        fouten += fouten_op(bezoek.open(pad), pad, breed)
        fouten += [klacht for klacht in bezoek.klachten if "403" not in klacht]
        bezoek.context.close()
    assert not fouten


def test_wat_te_laat_werd_verstuurd_staat_er_na_het_inloggen_weer(live_server: Any, browser: Browser) -> None:
    maak_site()
    anna = maak_persoon("analist", naam="anna")
    client = Client()
    client.force_login(anna)
    bezoek = bezoek_als(browser, live_server.url, client, java_script_enabled=False)
    page = bezoek.open(LAAT)
    tekst = page.locator("main form[method=post] textarea").first
    tekst.fill("Eerste regel\nen een tweede")
    beeindig_alle(anna.pk)
    page.locator("main form[method=post] button[type=submit]").last.click()
    assert "Wat u typte is bewaard: na het inloggen ziet u het terug." in page.locator(".melding").inner_text()
    page.fill("[name=username]", "anna")
    page.fill("[name=password]", WACHTWOORD)
    page.get_by_role("button", name="Inloggen").click()
    assert page.url.startswith(f"{live_server.url}/getypt/")
    assert "Eerste regel\nen een tweede" in [veld.input_value() for veld in page.locator("textarea").all()]
    page.get_by_role("button", name="Verstuur opnieuw").click()
    assert page.url.startswith(live_server.url + LAAT)
    bezoek.context.close()
