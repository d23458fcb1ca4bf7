"""Every page of the table of rights in a real browser: axe, charts, a silent console, no sideways scroll.

Every route for every role that may see it, on a wide and a narrow screen, in light and in dark, runs apart (``make
chaos``). In the suite each route stands once: as one of its readers, on one of the screens, in turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, product
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser

from accounts.models import User
from tests.browser.bezoek import bezoek_als, fouten_op
from tests.browser.schermen import BREEDTES, KLEUREN
from tests.browser.verzoeken import uitgelopen
from tests.browser.zonder_script import scriptfouten
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, maak_monitor
from tests.integration.site import als, maak_site
from tests.rechten import ROLLEN, ROUTES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# What a browser does not open as a page.
GEEN_PAGINA = {
    "indicator_figuur",
    "stijl_themas",
    "gezondheid",
    "security_txt",
    "importsjabloon",
    "beheer_planblad",
    "bezettingsjabloon",
    "importuitvoer",
    "importmelding",
}
# Addresses of a route that look different with something in them.
GEVULD = {
    "zoeken": ["/zoeken/?q=proef"],
    "sinds": ["/sinds/?van=2023-01-01", "/sinds/?van=gisteren"],
    "beheer_formatieplan": ["/beheer/formatieplan/?wat=hand"],
    "beheer_organisatie": ["/beheer/organisatie/?wat=splitsen"],
    "overzicht": [f"/?kwartaal={KWARTAAL}", "/bestaat-niet/"],
    "indicator": [f"/indicatoren/verdachten/?kwartaal={KWARTAAL}", f"/indicatoren/csv/?kwartaal={KWARTAAL}"],
}
# Every kind of chart: in the suite ``test_beeldtaal`` looks at it, by the same rules.
STIJL = "/stijl/"
HOOGTE = 900
GEWEIGERD = ("/bestaat-niet/", "/sinds/?van=gisteren")
DELEN = 3  # all pages at once take longer than a test may


class Blik(NamedTuple):
    """Who looks, on how wide a screen, in which scheme."""

    rol: str
    breed: int
    kleuren: str


BLIKKEN = [Blik(*keuze) for keuze in product(ROLLEN, BREEDTES, KLEUREN)]


def paden_van(rol: str) -> list[str]:
    namen = [naam for naam in ROUTES if naam not in GEEN_PAGINA and not naam.startswith("api:")]
    mag = [naam for naam in namen if ROUTES[naam].verwacht(rol) == 200]
    return [pad for naam in mag for pad in (ROUTES[naam].adres, *GEVULD.get(naam, []))]


def om_beurten() -> dict[Blik, list[str]]:
    """Each page once; first for who sees the fewest pages, so that every role has some."""
    verdeeld: dict[Blik, list[str]] = {}
    schermen = cycle([(1280, "light"), (320, "dark"), (320, "light"), (1280, "dark")])
    gehad: set[str] = set()
    for rol in sorted(ROLLEN, key=lambda rol: len(paden_van(rol))):
        for pad in paden_van(rol):
            if pad not in gehad:
                gehad.add(pad)
                verdeeld.setdefault(Blik(rol, *next(schermen)), []).append(pad)
    return verdeeld


@pytest.fixture
def site(live_server: Any, worker: Any) -> Iterator[str]:
    maak_site()
    maak_monitor()
    # Only fictitious persons enter fictitious figures: the banner is on every page here.
    User.objects.filter(username="invoerder").update(demo=True)
    with uitgelopen():
        yield live_server.url


def bekijk(browser: Browser, site: str, blik: Blik, paden: list[str], elders: str = "") -> list[str]:
    """Everything that is wrong with these pages for this reader; of ``elders`` only what differs without script."""
    scherm = {"width": blik.breed, "height": HOOGTE}
    bezoek = bezoek_als(browser, site, als(blik.rol), viewport=scherm, color_scheme=blik.kleuren)
    fouten = []
    for pad in paden:
        page = bezoek.open(pad)
        fouten += [f"{pad}: {fout}" for fout in scriptfouten(page)]
        fouten += fouten_op(page, pad, blik.breed) if pad != elders else []
        page.close()
    bezoek.context.close()
    # The browser itself reports what was not there (404) or could not be read (400).
    klachten = [klacht for klacht in bezoek.klachten if not klacht.startswith(GEWEIGERD)]
    return [f"{blik}: {fout}" for fout in (*fouten, *klachten, *bezoek.vreemd)]


@pytest.mark.traag
@pytest.mark.timeout(300)
@pytest.mark.parametrize("deel", range(DELEN))
def test_elke_pagina_is_schoon_voor_een_van_haar_lezers(browser: Browser, site: str, deel: int) -> None:
    beurten = [(blik, paden[deel::DELEN]) for blik, paden in om_beurten().items()]
    assert [fout for blik, paden in beurten for fout in bekijk(browser, site, blik, paden, STIJL)] == []


@pytest.mark.chaos
@pytest.mark.timeout(600)
@pytest.mark.parametrize("blik", BLIKKEN, ids=str)
def test_elke_pagina_is_schoon_voor_iedereen(browser: Browser, site: str, blik: Blik) -> None:
    assert bekijk(browser, site, blik, paden_van(blik.rol)) == []
