from __future__ import annotations

from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formatie.plan.controle import Bevinding, Plansom, controleer, halve_eenheid
from tests.unit.formatie.plan.kolommen import herleid_kolommen

FTE = st.decimals(min_value=0, max_value=5000, places=3)


def rond(waarde: Decimal, decimalen: int, wijze: str = ROUND_HALF_UP) -> Decimal:
    return waarde.quantize(Decimal(1).scaleb(-decimalen), rounding=wijze)


def som(*delen: str, soort: str = "som") -> Plansom:
    return Plansom("sleutel", "omschrijving", "geheel", delen, soort)


@pytest.mark.parametrize(("cijfer", "half"), [("16", "0.5"), ("16.0", "0.05"), ("0", "0.5"), ("4533", "0.5")])
def test_the_printed_decimals_bound_the_rounding(cijfer: str, half: str) -> None:
    assert halve_eenheid(Decimal(cijfer)) == Decimal(half)


@pytest.mark.parametrize(
    ("geheel", "delen", "bevinding"),
    [
        ("10", ("4", "6"), Bevinding.KLOPT),
        ("10.0", ("4", "6"), Bevinding.KLOPT),
        ("11", ("4", "6"), Bevinding.AFRONDING),
        ("11.5", ("4", "6"), Bevinding.GEEN_AFRONDING),
        ("356.2", ("355.9",), Bevinding.GEEN_AFRONDING),
        ("10.05", ("10.0",), Bevinding.AFRONDING),
        ("0", (), Bevinding.KLOPT),
    ],
)
def test_finding(geheel: str, delen: tuple[str, ...], bevinding: Bevinding) -> None:
    cijfers = {"geheel": Decimal(geheel)} | {f"d{n}": Decimal(d) for n, d in enumerate(delen)}
    assert controleer(som(*(f"d{n}" for n in range(len(delen)))), cijfers).bevinding is bevinding


def test_a_part_with_a_minus_is_subtracted() -> None:
    cijfers = {"geheel": Decimal(6), "a": Decimal(10), "b": Decimal(4)}
    uitkomst = controleer(som("a", "-b"), cijfers)
    assert (uitkomst.berekend, uitkomst.verschil, uitkomst.speling) == (6, 0, Decimal("1.5"))


def test_a_figure_that_is_not_printed_is_not_zero() -> None:
    with pytest.raises(KeyError):
        controleer(som("weg"), {"geheel": Decimal(1)})


@given(st.lists(st.tuples(FTE, st.integers(0, 2)), min_size=1, max_size=9), st.integers(0, 2), st.booleans())
def test_rounding_is_never_mistaken_for_an_error(
    delen: list[tuple[Decimal, int]], decimalen: int, omlaag: bool
) -> None:
    wijze = ROUND_HALF_DOWN if omlaag else ROUND_HALF_UP
    cijfers = {f"d{n}": rond(waarde, plaatsen, wijze) for n, (waarde, plaatsen) in enumerate(delen)}
    cijfers["geheel"] = rond(sum((waarde for waarde, _ in delen), Decimal(0)), decimalen, wijze)
    uitkomst = controleer(som(*(f"d{n}" for n in range(len(delen)))), cijfers)
    assert uitkomst.bevinding is not Bevinding.GEEN_AFRONDING


@given(st.lists(st.tuples(FTE, st.integers(0, 2)), min_size=1, max_size=9))
def test_an_error_beyond_all_rounding_is_always_seen(delen: list[tuple[Decimal, int]]) -> None:
    cijfers = {f"d{n}": rond(waarde, plaatsen) for n, (waarde, plaatsen) in enumerate(delen)}
    ruimte = sum((halve_eenheid(cijfer) for cijfer in cijfers.values()), Decimal("0.5"))
    cijfers["geheel"] = rond(sum(cijfers.values(), Decimal(0)) + ruimte + 1, 0)
    uitkomst = controleer(som(*(naam for naam in cijfers if naam != "geheel")), cijfers)
    assert uitkomst.bevinding is Bevinding.GEEN_AFRONDING


@given(st.lists(st.tuples(st.integers(1, 9000), st.decimals(1, 200, places=3)), min_size=1, max_size=7))
def test_a_weighted_mean_is_never_mistaken_for_an_error(paren: list[tuple[int, Decimal]]) -> None:
    inwoners = [waarde * plaatsen for waarde, plaatsen in paren]
    cijfers = {"cel:geheel:inwoners": rond(sum(inwoners, Decimal(0)) / sum(p for _, p in paren), 0)}
    for nummer, (waarde, plaatsen) in enumerate(paren):
        cijfers |= {f"cel:{nummer}:inwoners": Decimal(waarde), f"cel:{nummer}:fte": rond(plaatsen, 1)}
    delen = tuple(f"cel:{nummer}:inwoners" for nummer in range(len(paren)))
    uitkomst = controleer(Plansom("s", "o", "cel:geheel:inwoners", delen, "gewogen"), cijfers)
    assert uitkomst.bevinding is not Bevinding.GEEN_AFRONDING
    assert min(w for w, _ in paren) <= uitkomst.berekend <= max(w for w, _ in paren)


def test_lost_columns_are_found_from_the_totals() -> None:
    verloren = {"a": Decimal(59), "b": Decimal(2)}
    assert herleid_kolommen(verloren, Decimal(0), Decimal(61))[0] == (0, {"a": "nos", "b": "nos"})
    assert herleid_kolommen({}, Decimal(1), Decimal(0)) == [(1, {})]


@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(FTE, st.booleans()), max_size=6))
def test_the_true_columns_are_always_among_the_best(rijen: dict[str, tuple[Decimal, bool]]) -> None:
    over = [sum((fte for fte, os in rijen.values() if os is kant), Decimal(0)) for kant in (True, False)]
    wegen = herleid_kolommen({naam: fte for naam, (fte, _) in rijen.items()}, *over)
    waar = {naam: "os" if os else "nos" for naam, (_, os) in rijen.items()}
    assert (0, waar) in [(fout, kolom) for fout, kolom in wegen if not fout]
