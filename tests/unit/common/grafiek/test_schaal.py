"""The ticks of an axis: round numbers around all that is drawn, and few of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from common.grafiek.schaal import STREEPJES, asstreepjes


@pytest.mark.parametrize(
    ("laag", "hoog", "verwacht"),
    [
        (0, 30, ["0", "10", "20", "30"]),
        ("80.1", "83.9", ["80", "81", "82", "83", "84"]),
        (0, 0, ["0", "0.2"]),
        ("-76.2", "-12", ["-80", "-60", "-40", "-20", "0"]),
        (5, 5, ["5", "6"]),
    ],
)
def test_de_as_heeft_ronde_getallen(laag: str | int, hoog: str | int, verwacht: list[str]) -> None:
    streepjes = asstreepjes(Decimal(laag), Decimal(hoog))
    assert streepjes[0] <= Decimal(laag)
    assert streepjes[-1] >= Decimal(hoog)
    assert [f"{s.normalize():f}" for s in streepjes] == verwacht
    assert len(streepjes) <= STREEPJES + 2
