"""The forms of steering sent with what cannot be, on a narrow screen: what comes back breaks no rule of axe either."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.bezoek import Bezoek, bezoek_als, fouten_op
from tests.browser.schermen import op_elk_scherm
from tests.integration.site import als, maak_site
from tests.rechten import ROUTES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Who finds forms to fill in on which pages.
FORMULIEREN = {
    "programmadirecteur": ("overleggen", "overleg", "actie", "planactiviteit_nieuw", "planactiviteit", "koppelingen"),
    "portefeuillehouder": ("ambitie", "indicator_duiding", "gebeurtenissen", "vraag"),
    "rvo-lid": ("vraag_stellen",),
}
LANG = "x" * 3000  # one word, too long for every field
TE_VULLEN = "main form[method=post]:has(textarea, input[type=text], input[type=date])"
# The browser would stop it, and a field may not hold as much as is sent.
STUUR = """(formulier, tekst) => {
    for (const veld of formulier.querySelectorAll('textarea, input[type=text]')) veld.value = tekst;
    formulier.noValidate = true;
    formulier.requestSubmit([...formulier.querySelectorAll('button')].find((k) => k.name !== 'kies' && !k.disabled));
}"""


@pytest.fixture
def site(live_server: Any) -> str:
    maak_site()
    return str(live_server.url)


def _bekijk(bezoek: Bezoek, pad: str, breed: int) -> Iterator[str]:
    """Each form of the page in turn."""
    aantal = bezoek.open(pad).locator(TE_VULLEN).count()
    if not aantal:
        yield f"{pad}: geen formulier"
    for n in range(aantal):
        page = bezoek.open(pad)
        with page.expect_navigation() as gegaan:
            page.locator(TE_VULLEN).nth(n).evaluate(STUUR, LANG)
        if gegaan.value is None or gegaan.value.status != 400:
            yield f"{pad} {n}: niet geweigerd"
        yield from fouten_op(page, f"{pad} {n}", breed)
        page.close()


@pytest.mark.traag
@pytest.mark.timeout(300)
@op_elk_scherm
def test_een_formulier_met_fouten_is_een_schone_pagina(browser: Browser, site: str, breed: int, kleuren: Any) -> None:
    fouten = []
    for rol, namen in FORMULIEREN.items():
        bezoek = bezoek_als(browser, site, als(rol), viewport={"width": breed, "height": 900}, color_scheme=kleuren)
        fouten += [fout for naam in namen for fout in _bekijk(bezoek, ROUTES[naam].adres, breed)]
        bezoek.context.close()
    assert fouten == []
