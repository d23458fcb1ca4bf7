"""The tokens and the verdicts: readable in light, dark and on paper, and never told apart by colour alone."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from monitor.dashboards.oordeel.uiterlijk import UITERLIJK, badge
from monitor.models import Oordeel
from tests.boom import lees

TOKENS = (settings.BASE_DIR / "static" / "common" / "tokens.css").read_text()
TEKST, VORM = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
PAREN = [
    ("inkt", "papier", TEKST),
    ("inkt", "vlak", TEKST),
    ("inkt", "vlak-2", TEKST),
    ("inkt-2", "papier", TEKST),
    ("inkt-2", "vlak", TEKST),
    ("inkt-2", "vlak-2", TEKST),
    ("accent", "papier", TEKST),
    ("accent", "vlak", TEKST),
    ("accent-inkt", "accent", TEKST),
    ("balk-inkt", "balk", TEKST),
    ("balk-inkt-2", "balk", TEKST),
    *((toon, f"{toon}-vlak", TEKST) for toon in ("achter", "aandacht", "goed", "gat", "stil")),
    ("vol-inkt", "achter", TEKST),
    ("vol-inkt", "goed", TEKST),
    ("lijn-sterk", "vlak", VORM),
    ("focus", "papier", VORM),
    ("focus", "vlak", VORM),
    ("reeks", "vlak", VORM),
    ("reeks-2", "vlak", VORM),
    ("doel", "vlak", VORM),
    ("reeks", "grijs-vlak", VORM),  # the area of a band or of limits
    ("doel", "grijs-vlak", VORM),
]


def kleuren() -> dict[str, dict[str, str]]:
    """Per scheme every colour; dark and paper change only some."""
    licht, donker, papier = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", blok)) for blok in re.split(r"@media", TOKENS)
    )
    return {"licht": licht, "donker": licht | donker, "papier": licht | papier}


def helderheid(kleur: str) -> float:
    cijfers = kleur.lstrip("#")
    vol = "".join(c * 2 for c in cijfers) if len(cijfers) == 3 else cijfers
    delen = [int(vol[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    lineair = [d / 12.92 if d <= 0.04045 else ((d + 0.055) / 1.055) ** 2.4 for d in delen]
    return sum(deel * gewicht for deel, gewicht in zip(lineair, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(een: str, ander: str) -> float:
    hoog, laag = sorted((helderheid(een), helderheid(ander)), reverse=True)
    return (hoog + 0.05) / (laag + 0.05)


@pytest.mark.parametrize("schema", ["licht", "donker", "papier"])
@pytest.mark.parametrize(("voor", "achter", "minstens"), PAREN)
def test_contrast(schema: str, voor: str, achter: str, minstens: float) -> None:
    kleur = kleuren()[schema]
    assert contrast(kleur[voor], kleur[achter]) >= minstens, f"{schema}: {voor} op {achter}"


def test_elk_oordeel_heeft_een_eigen_vorm_en_een_eigen_woord() -> None:
    assert set(UITERLIJK) == set(Oordeel)
    assert list(UITERLIJK) == list(Oordeel)
    assert len({uiterlijk.tekening for uiterlijk in UITERLIJK.values()}) == len(UITERLIJK)
    assert len({uiterlijk.woord for uiterlijk in UITERLIJK.values()}) == len(UITERLIJK)


@pytest.mark.parametrize("oordeel", Oordeel)
def test_een_badge_is_een_vorm_en_een_woord(oordeel: Oordeel) -> None:
    knopen = list(lees(badge(oordeel)).alle())
    assert [knoop.naam for knoop in knopen].count("svg") == 1
    assert knopen[0].tekst() == UITERLIJK[oordeel].woord
    assert not any("style" in knoop.kenmerken for knoop in knopen)


def test_geen_enkel_sjabloon_draagt_stijl_of_script_in_zich() -> None:
    for sjabloon in (settings.BASE_DIR / "templates").rglob("*.html"):
        tekst = sjabloon.read_text()
        assert not re.search(r"\sstyle=|<style|<script>|\son\w+=|javascript:", tekst), sjabloon
