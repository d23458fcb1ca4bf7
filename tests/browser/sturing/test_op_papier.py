"""What is said of a figure and of an activity stands on paper too: the print style hides none of its words."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.bezoek import bezoek_als
from tests.browser.verzoeken import uitgelopen
from tests.integration.site import als
from tests.integration.sturing.test_dezelfde_woorden import ACTIVITEIT, NU, OP_DE_PAGINA, vertel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BLAD = {"width": 794, "height": 1123}  # A4 at 96 dots to the inch


@pytest.fixture
def activiteit(monkeypatch: pytest.MonkeyPatch) -> str:
    def _nu() -> datetime:
        return NU

    monkeypatch.setattr(timezone, "now", _nu)
    return vertel()


def test_elke_pagina_zegt_het_op_papier(activiteit: str, live_server: object, browser: object, worker: object) -> None:
    bezoek = bezoek_als(browser, live_server.url, als("rvo-lid"), viewport=BLAD)  # type: ignore[attr-defined,arg-type]
    with uitgelopen():
        for adres, woorden in {**OP_DE_PAGINA, activiteit: ACTIVITEIT}.items():
            page = bezoek.open(adres)
            page.emulate_media(media="print")
            for woord in woorden:
                zichtbaar = page.get_by_role("main").get_by_text(woord).filter(visible=True)
                expect(zichtbaar.first, f"{woord} on {adres}").to_be_visible()
            page.close()
        bezoek.context.close()
