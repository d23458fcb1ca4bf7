"""The rules for charts find a fault where there is one: a page is spoiled in one place, and the rules name it."""

from __future__ import annotations

import pytest

from tests.browser.common.grafiek.figuurregels import figuurfouten, laat_tekenen
from tests.browser.monitor.dashboards.test_paginas import Bezoeker, Q, bezoeker

__all__ = ["bezoeker"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GROOT = "document.querySelector('figure.figuur')"
TEKENING = f"{GROOT}.querySelector('.tekening')"
GELIJK = "Object.assign(s, { type: 'scatter', mode: 'lines', line: { dash: 'solid', width: 2 }, marker: {}, fill: '' })"
BEDORVEN = {
    f"{GROOT}.removeAttribute('aria-labelledby')": "geen naam",
    f"{GROOT}.querySelector('figcaption').textContent = 'Het verloop'": "geen conclusie",
    f"{TEKENING}.removeAttribute('aria-label')": "een tekening zonder naam",
    f"{GROOT}.querySelectorAll('tbody td.getal').forEach((cel) => {{ cel.textContent = '2,5'; }})": "staat in geen rij",
    f"{GROOT}.querySelector('.figuur-plotly').data.forEach((s) => {{ s.customdata = []; }})": "door geen punt gezegd",
    f"{GROOT}.querySelector('.figuur-doek').removeAttribute('tabindex')": "een grafiek zonder toetsen",
    "document.querySelector('main .oordeel svg').remove()": "alleen kleur",
    f"{GROOT}.querySelector('table').remove()": "geen tabel",
    f"{TEKENING}.querySelector('text').setAttribute('x', -60)": "px buiten",
    f"{TEKENING}.querySelectorAll('text').forEach((t) => {{ t.setAttribute('x', 90); t.setAttribute('y', 90); }})": (
        "staat over"
    ),
    f"{TEKENING}.querySelector('text').style.fill = '#bbb'": "heeft contrast",
    f"{GROOT}.querySelector('.ytick text').style.fill = '#bbb'": "heeft contrast",
    f"{GROOT}.querySelector('.figuur-plotly').data.forEach((s) => {GELIJK})": "twee sporen met alleen een andere kleur",
}


def test_elke_regel_vindt_haar_fout(bezoeker: Bezoeker) -> None:
    page = bezoeker("rvo-lid", color_scheme="light").open(f"/indicatoren/verdachten/{Q}")
    assert figuurfouten(page) == []
    gemist = []
    for script, fout in BEDORVEN.items():
        page.reload()
        laat_tekenen(page)
        page.evaluate(script)
        gevonden = figuurfouten(page)
        if not any(fout in regel for regel in gevonden):
            gemist.append((script, fout, gevonden))
    assert gemist == []
