"""What shows nothing, or turns a text around, is made visible."""

from __future__ import annotations

import pytest

from common.tekst.tekens import zichtbaar


@pytest.mark.parametrize(
    ("tekst", "getoond"),
    [
        ("gewoon, met é en €", "gewoon, met é en €"),
        ("goed\u202edeof", "goed[U+202E]deof"),
        ("\ufeff1\u200b2", "[U+FEFF]1[U+200B]2"),
        ("\u2066a\u2069", "[U+2066]a[U+2069]"),
        ("", ""),
    ],
)
def test_onzichtbare_tekens_worden_zichtbaar(tekst: str, getoond: str) -> None:
    assert zichtbaar(tekst) == getoond
