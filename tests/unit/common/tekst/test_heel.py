"""A number never breaks at the end of a line, and nothing of a sentence is lost or let through."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.templatetags.tekst import heel


@pytest.mark.parametrize(
    ("tekst", "stukken"),
    [
        ("€ 13,5 mln t/m Q3 2026", ["€ 13,5 mln", "Q3 2026"]),
        ("Nog -€ 4.680.321 op 28-11-2026 08:10.", ["-€ 4.680.321", "28-11-2026"]),
        ("3,5 fte te weinig, 2 procentpunt minder", ["3,5 fte", "2 procentpunt"]),
        ("82,5% van 1.234 verdachten, 9 meer", []),
        ("<b>€ 1</b>", ["€ 1"]),
    ],
)
def test_wat_niet_breekt(tekst: str, stukken: list[str]) -> None:
    assert re.findall(r'<span class="heel">(.*?)</span>', heel(tekst)) == stukken


@given(st.text(alphabet="0123456789 €%-−.,Qmlnfte<>&'\"abc", max_size=60))
def test_de_zin_blijft_dezelfde(tekst: str) -> None:
    zonder = re.sub(r'</?span(?: class="heel")?>', "", heel(tekst))
    assert "<" not in zonder
    assert unescape(zonder) == tekst
