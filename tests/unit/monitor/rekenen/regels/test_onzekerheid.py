"""Intervals: published values, and the definition along another road."""

from __future__ import annotations

import math
from decimal import Decimal as D
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.rekenen.regels.toeval import KLEINE_TELLING, Z, poisson, wilson


@pytest.mark.parametrize(
    ("aantal", "laag", "hoog"),
    # Garwood (1936), as tables print them: 0 gives 3,69 (minus the log of 0,025), 10 gives 4,80 to 18,39.
    [(0, "0.00", "3.69"), (1, "0.03", "5.57"), (5, "1.62", "11.67"), (10, "4.80", "18.39"), (20, "12.22", "30.89")],
)
def test_poisson_zoals_gedrukt(aantal: int, laag: str, hoog: str) -> None:
    assert tuple(round(getal, 2) for getal in poisson(aantal)) == (D(laag), D(hoog))


@pytest.mark.parametrize("aantal", range(KLEINE_TELLING))
def test_aan_elk_eind_valt_precies_een_veertigste_af(aantal: int) -> None:
    laag, hoog = map(float, poisson(aantal))

    def hoogstens(k: int, mu: float) -> float:
        return math.fsum(math.exp(n * math.log(mu) - mu - math.lgamma(n + 1)) for n in range(k + 1))

    assert hoogstens(aantal, hoog) == pytest.approx(0.025, rel=1e-7)
    if aantal:
        assert 1 - hoogstens(aantal - 1, laag) == pytest.approx(0.025, rel=1e-7)


@pytest.mark.parametrize("aantal", [-1, KLEINE_TELLING])
def test_geen_klein_aantal(aantal: int) -> None:
    with pytest.raises(ValueError, match="klein aantal"):
        poisson(aantal)


def test_wilson_met_de_hand() -> None:
    # 81 of 100: centre (81 + 1,9207) / 103,8415 = 0,79853; half 1,95996·√(15,39 + 0,96036) / 103,8415 = 0,07632.
    laag, hoog = wilson(D(81), D(100))
    assert (round(laag, 4), round(hoog, 4)) == (D("0.7222"), D("0.8749"))
    assert wilson(D(0), D(10))[0] == 0
    assert wilson(D(10), D(10))[1] == 1


def test_z_is_het_kwantiel() -> None:
    assert float(Z) == pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-12)


@pytest.mark.parametrize(("teller", "noemer"), [(1, 0), (-1, 5), (6, 5), (0, -1)])
def test_geen_deel_van_een_geheel(teller: int, noemer: int) -> None:
    with pytest.raises(ValueError, match="deel van een geheel"):
        wilson(D(teller), D(noemer))


@given(st.integers(1, 10**7), st.data())
def test_wilson_lost_zijn_vergelijking_op(noemer: int, data: st.DataObject) -> None:
    """Each end p solves (deel - p)² = z² p (1 - p) / n."""
    teller = data.draw(st.integers(0, noemer))
    deel = D(teller) / noemer
    for p in wilson(D(teller), D(noemer)):
        assert abs((deel - p) ** 2 - Z * Z * p * (1 - p) / noemer) < D("1e-20")
        assert 0 <= p <= 1
