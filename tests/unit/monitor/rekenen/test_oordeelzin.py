"""How often the pace that is still needed was reached before, in words."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from monitor.rekenen.oordeelzin import tempo_zin


@pytest.mark.parametrize(
    ("op_tempo", "vergeleken", "zin"),
    [
        (0, 0, ""),
        (None, None, ""),
        (0, 1, "Het enige eerdere kwartaal haalde dat tempo niet."),
        (1, 1, "Het enige eerdere kwartaal haalde dat tempo."),
        (0, 23, "Geen van de 23 eerdere kwartalen haalde dat tempo."),
        (1, 23, "1 van de 23 eerdere kwartalen haalde dat tempo."),
        (2, 23, "2 van de 23 eerdere kwartalen haalden dat tempo."),
        (23, 23, "Alle 23 eerdere kwartalen haalden dat tempo."),
    ],
)
def test_het_tempo_van_eerder_in_gewoon_nederlands(op_tempo: int | None, vergeleken: int | None, zin: str) -> None:
    assert tempo_zin(SimpleNamespace(op_tempo=op_tempo, vergeleken=vergeleken)) == zin
