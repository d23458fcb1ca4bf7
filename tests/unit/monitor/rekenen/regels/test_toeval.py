"""Exact limits of chance, against the whole distribution in fractions and against tables."""

from __future__ import annotations

import math
from decimal import Decimal as D
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.rekenen.regels.toeval import (
    Toevalsgrenzen,
    binomiaalgrenzen,
    poissongrenzen,
    student_kans,
    student_kwantiel,
)

DELEN = (F("0.00135"), F("0.02275"), F("0.97725"), F("0.99865"))


def kwantielen(kansen: list[F]) -> Toevalsgrenzen:
    """The first count at which the chances add up to each part, the slow way."""
    gevonden, som, rest = [], F(0), list(DELEN)
    for k, kans in enumerate(kansen):
        som += kans
        while rest and som >= rest[0]:
            gevonden.append(k)
            rest.pop(0)
    return Toevalsgrenzen(*gevonden)


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(1, 99))
def test_binomiaal_is_die_van_de_hele_verdeling(noemer: int, procent: int) -> None:
    p = F(procent, 100)
    kansen = [math.comb(noemer, k) * p**k * (1 - p) ** (noemer - k) for k in range(noemer + 1)]
    assert binomiaalgrenzen(noemer, p) == kwantielen(kansen)


@settings(deadline=None)
@given(st.integers(1, 400))
def test_poisson_is_die_van_de_hele_verdeling(tienden: int) -> None:
    m = F(tienden, 10)
    e = F(D(-tienden).scaleb(-1).exp())  # 28 digits: far finer than any chance lies to a limit
    kansen, term = [], e
    for k in range(tienden + 40):
        kansen.append(term)
        term = term * m / (k + 1)
    assert poissongrenzen(m) == kwantielen(kansen)


@pytest.mark.parametrize(
    ("gemiddelde", "grenzen"),
    [  # from the tables of the Poisson distribution: P(X <= 3 | 0,3) = 0,99973 and P(X <= 2 | 0,3) = 0,99640
        (F(3, 10), (0, 0, 2, 3)),
        (F(1), (0, 0, 3, 5)),
        (F(10), (2, 4, 17, 21)),
        (F(0), (0, 0, 0, 0)),
        (F(-3), (0, 0, 0, 0)),
    ],
)
def test_poisson_uit_de_tabel(gemiddelde: F, grenzen: tuple[int, ...]) -> None:
    assert poissongrenzen(gemiddelde) == Toevalsgrenzen(*grenzen)


def test_de_randen_van_een_aandeel() -> None:
    assert binomiaalgrenzen(40, F(0)) == Toevalsgrenzen(0, 0, 0, 0)
    assert binomiaalgrenzen(40, F(1)) == Toevalsgrenzen(40, 40, 40, 40)
    assert binomiaalgrenzen(40, F(11, 10)).onder == 40


def test_heel_groot_sluit_aan_op_groot() -> None:
    net, over = poissongrenzen(F(999_999)), poissongrenzen(F(1_000_001))
    assert abs(over.boven - net.boven) <= 4
    assert abs(over.onder - net.onder) <= 6
    half = binomiaalgrenzen(4_100_000, F(1, 2))
    assert (half.onder + half.boven, half.boven - 2_050_000) == (4_100_000, 3038)


@pytest.mark.parametrize(
    ("vrijheid", "tabel"),
    [
        (1, "3.0777"),
        (2, "1.8856"),
        (3, "1.6377"),
        (4, "1.5332"),
        (5, "1.4759"),
        (6, "1.4398"),
        (9, "1.3830"),
        (10, "1.3722"),
    ],
)
def test_student_uit_de_tabel(vrijheid: int, tabel: str) -> None:
    assert round(student_kwantiel(vrijheid), 4) == D(tabel)


@given(st.integers(1, 12), st.integers(-500, 500))
def test_de_verdeling_van_student(vrijheid: int, honderdsten: int) -> None:
    t = D(honderdsten) / 100
    kans = student_kans(t, vrijheid)
    assert abs(kans + student_kans(-t, vrijheid) - 1) < D("1e-25")
    assert student_kans(t + D("0.01"), vrijheid) > kans
    stappen = 2000  # the density, added up in thin slices
    top = math.gamma((vrijheid + 1) / 2) / math.sqrt(vrijheid * math.pi) / math.gamma(vrijheid / 2)
    breed = float(t) / stappen
    vlak = sum((1 + ((n + 0.5) * breed) ** 2 / vrijheid) ** (-(vrijheid + 1) / 2) for n in range(stappen)) * breed
    assert float(kans) == pytest.approx(0.5 + top * vlak, abs=1e-5)
