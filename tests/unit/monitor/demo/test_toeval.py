"""What is drawn varies as counts, shares and amounts do, and is the same for the same name."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from statistics import correlation, fmean, median, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.demo.toeval import toeval_van, trek_aantal, trek_bedrag, trek_deel

ZADEN = range(3000)


def _trek(trekking: Callable[[Random], int]) -> list[int]:
    return [trekking(toeval_van("proef", zaad)) for zaad in ZADEN]


@pytest.mark.parametrize("verwacht", [0.4, 3, 12, 59, 61, 500])
@pytest.mark.parametrize("spreiding", [1, 1.5, 2.5])
def test_een_aantal_heeft_zijn_gemiddelde_en_zijn_spreiding(verwacht: float, spreiding: float) -> None:
    getrokken = _trek(lambda toeval: trek_aantal(toeval, verwacht, spreiding))
    assert fmean(getrokken) == pytest.approx(verwacht, rel=0.08)
    assert variance(getrokken) / fmean(getrokken) == pytest.approx(spreiding, rel=0.15)


@pytest.mark.parametrize(("geheel", "kans"), [(20, 0.3), (60, 0.9), (61, 0.9), (410, 0.82), (36_000, 0.06)])
def test_een_deel_is_binomiaal(geheel: int, kans: float) -> None:
    getrokken = _trek(lambda toeval: trek_deel(toeval, geheel, kans))
    assert fmean(getrokken) == pytest.approx(geheel * kans, rel=0.03)
    assert variance(getrokken) == pytest.approx(geheel * kans * (1 - kans), rel=0.15)


@given(st.integers(), st.integers(0, 5000), st.integers(-50, 150), st.integers(1, 20))
def test_een_deel_past_altijd_in_zijn_geheel(zaad: int, geheel: int, procent: int, spreiding: int) -> None:
    assert 0 <= trek_deel(toeval_van(zaad), geheel, procent / 100, spreiding) <= geheel


def test_een_bedrag_is_scheef_naar_boven_en_heeft_zijn_gemiddelde() -> None:
    getrokken = _trek(lambda toeval: trek_bedrag(toeval, 5_000_000, 0.5))
    assert fmean(getrokken) == pytest.approx(5_000_000, rel=0.03)
    assert median(getrokken) < fmean(getrokken)
    assert min(getrokken) > 0


def test_dezelfde_naam_geeft_hetzelfde_en_een_andere_staat_er_los_van() -> None:
    eerste, weer = ([toeval_van(1, naam).random() for naam in range(500)] for _ in range(2))
    ander = [toeval_van(2, naam).random() for naam in range(500)]
    assert eerste == weer
    assert abs(correlation(eerste, ander)) < 0.15
    assert trek_aantal(toeval_van(1), 0) == 0
