"""What the rules do in worlds of which the truth is known: false alarms, what is seen, and what a chance is worth.

The seeds are fixed. In the suite each world is short; marked ``chaos`` it is long, with the edges of the contract.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from fractions import Fraction as F

import numpy as np
import pytest

from monitor.rekenen.prognose import GROOT, KLEIN, UITERST, Kans, Prognose, voorspel
from monitor.rekenen.regels.grenzen import Meetreeks
from monitor.rekenen.regels.signaalregels import beoordeel_reeks

N = 23  # six years of quarters up to the third
LAATSTE = 4
KWARTALEN = tuple(n % 4 + 1 for n in range(N))
SEIZOEN = np.array([(1.4, 0.8, 0.6, 1.2)[k - 1] for k in KWARTALEN])
NUL = (F(0), None)
KORT, LANG = 25, 2500
Wereld = Callable[[np.random.Generator], Meetreeks]


def exact(getallen: np.ndarray) -> tuple[F, ...]:
    return tuple(F(int(getal), 100) for getal in np.round(getallen * 100))


def heel(getallen: np.ndarray) -> tuple[F, ...]:
    return tuple(F(int(getal)) for getal in getallen)


def normaal(toeval: np.random.Generator) -> Meetreeks:
    return Meetreeks(exact(toeval.normal(100, 10, N)), KWARTALEN)


def poisson(gemiddelde: float) -> Wereld:
    return lambda toeval: Meetreeks(heel(toeval.poisson(gemiddelde, N)), KWARTALEN, telling=True, mogelijk=NUL)


def binomiaal(noemer: int, kans: float) -> Wereld:
    def maak(toeval: np.random.Generator) -> Meetreeks:
        waarden = tuple(F(int(teller) * 100, noemer) for teller in toeval.binomial(noemer, kans, N))
        return Meetreeks(waarden, KWARTALEN, noemers=(noemer,) * N, keer=100, mogelijk=(F(0), F(100)))

    return maak


def seizoen(ruis: float, val: int = 0) -> Wereld:
    """Four quarters that differ by 40% either way; in the last ``val`` everything is 35% lower."""

    def maak(toeval: np.random.Generator) -> Meetreeks:
        niveau = np.where(np.arange(N) < N - val, 1.0, 0.65)
        getallen = 1000 * niveau * SEIZOEN * (1 + ruis * toeval.normal(size=N))
        return Meetreeks(exact(getallen), KWARTALEN, per_kwartaal=True, evenredig=True, mogelijk=NUL)

    return maak


def seizoenstelling(gemiddelde: float) -> Wereld:
    return lambda toeval: Meetreeks(
        heel(toeval.poisson(gemiddelde * SEIZOEN)), KWARTALEN, telling=True, per_kwartaal=True, evenredig=True,
        mogelijk=NUL,
    )  # fmt: skip


STABIEL: dict[str, Wereld] = {
    "normaal": normaal,
    **{f"poisson {m}": poisson(m) for m in (0.3, 1, 3, 10, 100)},
    **{f"binomiaal {n} {p}": binomiaal(n, p) for n, p in ((20, 0.05), (20, 0.8), (200, 0.35), (5000, 0.97))},
    **{f"seizoen {ruis}": seizoen(ruis) for ruis in (0.05, 0.15)},
    **{f"seizoen poisson {m}": seizoenstelling(m) for m in (5, 50)},
}
LANGE: dict[str, Wereld] = {
    "normaal": normaal,
    **{f"poisson {m}": poisson(m) for m in (0.3, 0.5, 1, 2, 3, 5, 8, 15, 30, 100)},
    **{f"binomiaal {n} {p}": binomiaal(n, p) for n in (20, 50, 200, 1000, 5000) for p in (0.05, 0.35, 0.8, 0.97)},
    **{f"seizoen {ruis}": seizoen(ruis) for ruis in (0.05, 0.1, 0.15)},
    **{f"seizoen poisson {m}": seizoenstelling(m) for m in (5, 20, 100)},
}


def heeft_signaal(reeks: Meetreeks) -> bool:
    """A signal that ends in the last four quarters, or a trend: what a reader is told is not stable."""
    laatste = beoordeel_reeks(reeks)[-1]
    assert laatste.grenzen is not None
    return bool(laatste.grenzen.helling) or any(s.tot >= N - LAATSTE for s in laatste.signalen)


def deel_met_signaal(wereld: Wereld, keren: int, zaad: int = 1) -> float:
    toeval = np.random.default_rng(zaad)
    return sum(heeft_signaal(wereld(toeval)) for _ in range(keren)) / keren


def test_stabiele_processen_geven_zelden_een_signaal() -> None:
    """Together: each world by itself is too short to tell 4% from 6%."""
    delen = [deel_met_signaal(wereld, KORT) for wereld in STABIEL.values()]
    assert sum(delen) / len(delen) <= 0.05


@pytest.mark.chaos
@pytest.mark.parametrize("naam", LANGE)
def test_elk_stabiel_proces_geeft_zelden_een_signaal(naam: str) -> None:
    assert deel_met_signaal(LANGE[naam], LANG) <= 0.05


@pytest.mark.parametrize(("ruis", "kwartalen"), [(0.05, 1), (0.1, 2), (0.1, 4)])
def test_een_val_van_een_derde_wordt_gezien_ondanks_het_seizoen(ruis: float, kwartalen: int) -> None:
    assert deel_met_signaal(seizoen(ruis, kwartalen), 3 * KORT) >= 0.70


@pytest.mark.chaos
@pytest.mark.parametrize(("ruis", "kwartalen"), [(0.05, 1), (0.1, 2), (0.1, 4)])
def test_een_val_van_een_derde_wordt_gezien_ook_op_de_lange_duur(ruis: float, kwartalen: int) -> None:
    assert deel_met_signaal(seizoen(ruis, kwartalen), LANG) >= 0.70


JAAROPBOUW = np.array([0.8, 0.95, 0.85, 1.4])
BANDEN = {
    Kans.ZEER_KLEIN: (0.0, float(UITERST)),
    Kans.KLEIN: (float(UITERST), float(KLEIN)),
    Kans.EVEN_GROOT: (float(KLEIN), float(GROOT)),
    Kans.GROOT: (float(GROOT), 1 - float(UITERST)),
    Kans.ZEER_GROOT: (1 - float(UITERST), 1.0),
}


def jaren(toeval: np.random.Generator, aantal: int, ruis: float, niveau: float) -> list[list[F]]:
    """Years of four quarters; ``niveau`` is how much one year differs from another. The last one is this year."""
    keer = np.exp(niveau * toeval.normal(size=(aantal + 1, 1)))
    getallen = 1000 * JAAROPBOUW * keer * np.maximum(0.05, 1 + ruis * toeval.normal(size=(aantal + 1, 4)))
    return [[F(int(getal)) for getal in jaar] for jaar in getallen]


def verwacht(toeval: np.random.Generator, aantal: int, ruis: float, niveau: float, kwartaal: int) -> tuple[Prognose, F]:
    *eerder, dit = jaren(toeval, aantal, ruis, niveau)
    doel = F(int(4000 * np.exp(max(niveau, 0.1) * toeval.normal())))
    p = voorspel(dit[:kwartaal], dict(enumerate(eerder)), doel, "hoger")
    assert isinstance(p, Prognose)
    return p, sum(dit, F(0))


GEVALLEN = [
    (n, ruis, niveau, q) for n in (2, 3, 5) for ruis in (0.05, 0.14) for niveau in (0.0, 0.1, 0.25) for q in (1, 2, 3)
]


def dekking(keren: int) -> float:
    toeval, raak = np.random.default_rng(7), 0
    for _ in range(keren):
        for n, ruis, niveau, q in GEVALLEN:
            p, werd = verwacht(toeval, n, ruis, niveau, q)
            raak += p.laag <= werd <= p.hoog
    return raak / (keren * len(GEVALLEN))


def test_in_het_gebied_van_80_procent_ligt_80_procent() -> None:
    assert 0.77 <= dekking(20) <= 0.85


@pytest.mark.chaos
def test_in_het_gebied_van_80_procent_ligt_80_procent_op_de_lange_duur() -> None:
    assert 0.78 <= dekking(400) <= 0.82


def per_band(gevallen: Sequence[tuple[int, float, float, int]], keren: int) -> dict[Kans, tuple[int, int]]:
    toeval, banden = np.random.default_rng(11), defaultdict(list)
    for _ in range(keren):
        for geval in gevallen:
            p, werd = verwacht(toeval, *geval)
            if p.kans is not None:
                banden[p.kanswoord].append(werd >= p.doel)
                # outside the interval a chance is at most 10% or at least 90%
                assert p.laag <= p.doel <= p.hoog or min(p.kans, 1 - p.kans) <= UITERST
    return {woord: (sum(gehaald), len(gehaald)) for woord, gehaald in banden.items()}


def test_een_kans_is_wat_hij_zegt() -> None:
    """Over all worlds from three years and from Q2 on; 3 points for chance on top of the 5 of the contract."""
    banden = per_band([g for g in GEVALLEN if g[0] > 2 and g[3] > 1], 45)
    for woord, (gehaald, aantal) in banden.items():
        laag, hoog = BANDEN[woord]
        assert laag - 0.08 <= gehaald / aantal <= hoog + 0.08, woord
    assert set(banden) == set(BANDEN)


@pytest.mark.chaos
@pytest.mark.parametrize("kwartaal", [2, 3])
@pytest.mark.parametrize("niveau", [0.0, 0.1, 0.25])
def test_een_kans_is_wat_hij_zegt_in_elke_wereld(kwartaal: int, niveau: float) -> None:
    banden = per_band([(n, ruis, niveau, kwartaal) for n in (3, 5) for ruis in (0.05, 0.14)], 2000)
    for woord, (gehaald, aantal) in banden.items():
        laag, hoog = BANDEN[woord]
        assert laag - 0.05 <= gehaald / aantal <= hoog + 0.05, woord


def test_zonder_toeval_is_de_kans_zeker() -> None:
    """Years that were all the same leave no room: the target is made or it is not."""
    for doel, woord in ((19, Kans.ZEER_GROOT), (20, Kans.ZEER_GROOT), (21, Kans.ZEER_KLEIN)):
        p = voorspel([F(5), F(5)], {n: [F(5)] * 4 for n in range(3)}, F(doel), "hoger")
        assert isinstance(p, Prognose)
        assert p.kanswoord is woord
