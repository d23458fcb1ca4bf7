"""What shows nothing, or turns a text around, is made visible."""

from __future__ import annotations

import pytest

from common.tekst.tekens import onzichtbare, zichtbaar, zonder_onzichtbare


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


@pytest.mark.parametrize(
    "teken",
    [
        "\ufeff", "\ufeff\ufeff", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066",
        "\u2069", "\u00ad", "\u2060", "\u2061", "\u180e", "\u034f", "\u061c", "\u115f", "\u3164", "\ufe0f", "\ufe00",
        "\U000e0041", "\U000e0100", "\ufff9", "\u206a", "\u2800",
    ],
)  # fmt: skip
def test_wat_niemand_ziet_wordt_weggelaten(teken: str) -> None:
    for tekst in (f"{teken}RE07", f"RE{teken}07", f"RE07{teken}"):
        assert zonder_onzichtbare(tekst) == "RE07"
        assert "".join(onzichtbare(tekst)) == teken


@pytest.mark.parametrize("spatie", ["\u00a0", "\u202f", "\u2007", "\u2009", "\u3000"])
def test_elke_spatie_is_een_gewone(spatie: str) -> None:
    assert zonder_onzichtbare(f"1{spatie}234") == "1 234"
    assert not onzichtbare(spatie)


def test_een_tekening_in_kleur_blijft_zoals_zij_is() -> None:
    assert zichtbaar("goed \u2764\ufe0f") == "goed \u2764\ufe0f"


@pytest.mark.parametrize("tekst", ["", "RE07", "Zuid–Holland", "é", "e\u0301", "€ 1.234,50"])
def test_wat_te_zien_is_blijft(tekst: str) -> None:
    assert zonder_onzichtbare(tekst) == tekst
