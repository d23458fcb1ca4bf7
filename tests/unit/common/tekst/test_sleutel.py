"""What is a key of a row, as an address or a form sends it back, and what cannot be one."""

from __future__ import annotations

import pytest

from common.tekst.tekens import lees_sleutel


@pytest.mark.parametrize(("tekst", "sleutel"), [("7", 7), ("007", 7), ("9" * 18, 10**18 - 1), ("0", 0)])
def test_een_sleutel(tekst: str, sleutel: int) -> None:
    assert lees_sleutel(tekst) == sleutel


@pytest.mark.parametrize("tekst", ["", " 7", "-1", "1.0", "١٢", "²", "a\x00b", "9" * 19, "9" * 5000])
def test_geen_sleutel(tekst: str) -> None:
    assert lees_sleutel(tekst) is None
