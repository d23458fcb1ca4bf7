"""The rules for charts find a fault where there is one: a page is spoiled in one place, and the rules name it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.common.grafiek.figuurregels import figuurfouten
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, Q, bezoeker

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GROOT = "document.querySelector('figure.figuur')"
BEDORVEN = {
    f"{GROOT}.removeAttribute('aria-labelledby')": "geen naam",
    f"{GROOT}.querySelector('figcaption').textContent = 'Het verloop'": "geen conclusie",
    f"{GROOT}.querySelector('tbody td.getal').textContent = '22'": "getekend 9",
    f"{GROOT}.querySelector('.punt').remove()": "2 punten, 3 gevulde cellen",
    f"{GROOT}.querySelector('.figuur-doek').removeAttribute('tabindex')": "een grafiek zonder toetsen",
    "document.querySelector('main .oordeel svg').remove()": "alleen kleur",
    f"{GROOT}.querySelector('table').remove()": "geen tabel",
    f"{GROOT}.querySelector('.figuur-plotly').data.forEach((s) => {{ s.mode = 'lines'; s.line.dash = 'solid'; }})": (
        "twee sporen met alleen een andere kleur"
    ),
}


def test_elke_regel_vindt_haar_fout(bezoeker: Bezoeker) -> None:
    page = bezoeker("rvo-lid").open(f"/indicatoren/verdachten/{Q}")
    expect(page.locator("[data-klaar=ja]")).to_be_visible()
    assert figuurfouten(page) == []
    gemist = []
    for script, fout in BEDORVEN.items():
        page.reload()
        expect(page.locator("[data-klaar=ja]")).to_be_visible()
        page.evaluate(script)
        gevonden = figuurfouten(page)
        if not any(fout in regel for regel in gevonden):
            gemist.append((script, fout, gevonden))
    assert gemist == []
