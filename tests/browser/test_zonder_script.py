"""With JavaScript off every chart shows the drawing of the server.

That such a page says the same as with script is looked at on every visit of ``test_alle_routes``.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.bezoek import bezoek_als
from tests.browser.test_alle_routes import om_beurten, site
from tests.integration.site import als
from tests.pagina import Pagina

__all__ = ["site"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEKENING = "figure:not(:has(.leeg)) :is(svg.tekening, .staven svg)"


@pytest.mark.traag
def test_zonder_script_toont_elke_figuur_haar_tekening(browser: Browser, site: str) -> None:
    getekend, fouten = 0, []
    for blik, paden in om_beurten().items():
        client = als(blik.rol)
        bezoek = bezoek_als(
            browser, site, client, java_script_enabled=False, viewport={"width": blik.breed, "height": 900}
        )
        for pad in (pad for pad in paden if Pagina.van(client.get(pad)).figuren):
            tekeningen = bezoek.open(pad).locator(TEKENING)
            getekend += tekeningen.count()
            fouten += [f"{blik} {pad}" for tekening in tekeningen.all() if not tekening.is_visible()]
        bezoek.context.close()
    assert fouten == []
    assert getekend >= 10
