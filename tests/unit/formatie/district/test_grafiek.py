from __future__ import annotations

import re
from decimal import Decimal

import pytest

from formatie.district.grafiek import staven


def conclusie(*waarden: tuple[str, str]) -> str:
    figuur = staven("f", "Titel", "plaatsen", [(naam, Decimal(waarde)) for naam, waarde in waarden])
    assert figuur is not None
    return figuur.conclusie


@pytest.mark.parametrize(
    ("waarden", "zin"),
    [
        ([("Haven", "159.0")], "Haven is het enige basisteam: 159,0 fte plaatsen."),
        ([("A", "2"), ("B", "2")], "Alle basisteams hebben evenveel plaatsen: 2 fte."),
        ([("A", "2"), ("B", "1")], "A heeft met 2 fte de meeste plaatsen, B met 1 fte de minste."),
        (
            [("A", "1000.5"), ("B", "1"), ("C", "1000.5"), ("D", "1"), ("E", "1")],
            "A en C hebben met 1.000,5 fte de meeste plaatsen, B, D en E met 1 fte de minste.",
        ),
    ],
)
def test_the_conclusion_names_the_most_and_the_least(waarden: list[tuple[str, str]], zin: str) -> None:
    assert conclusie(*waarden) == zin


@pytest.mark.parametrize("waarden", [[], [("A", Decimal(0))]])
def test_nothing_to_draw(waarden: list[tuple[str, Decimal]]) -> None:
    assert staven("f", "Titel", "plaatsen", waarden) is None


def test_bars_start_at_zero_and_share_one_scale() -> None:
    figuur = staven("f", "Titel", "plaatsen", [("A", Decimal("7.5")), ("B", Decimal(30)), ("C", Decimal(0))])
    assert figuur is not None
    lengten = [re.search(r'<rect width="([\d.]+)"', staaf.svg) for staaf in figuur.staven]
    assert [lengte and lengte[1] for lengte in lengten] == ["25.00", "100.00", "0.00"]
