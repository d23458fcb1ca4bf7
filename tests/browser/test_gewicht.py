"""How much a first visitor's browser has to ask for; the kilobytes and the times are in ``make bench``."""

from __future__ import annotations

import pytest

from tests.browser.common.grafiek.figuurregels import laat_tekenen
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, Q, bezoeker

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MEESTE_VERZOEKEN = 8


@pytest.mark.parametrize("pad", ["/", "/themas/opsporing/", "/indicatoren/", "/indicatoren/verdachten/"])
def test_een_pagina_vraagt_weinig_bestanden(bezoeker: Bezoeker, pad: str) -> None:
    bezoeker("analist").open(f"{pad}{Q}").wait_for_load_state("networkidle")  # the charts have been made
    bezoek = bezoeker("rvo-lid")
    gevraagd: list[str] = []
    bezoek.context.on("request", lambda verzoek: gevraagd.append(verzoek.url.removeprefix(bezoek.adres)))
    page = bezoek.open(f"{pad}{Q}")
    laat_tekenen(page)
    page.wait_for_load_state("networkidle")
    assert len(gevraagd) <= MEESTE_VERZOEKEN, gevraagd
    assert len(set(gevraagd)) == len(gevraagd)
