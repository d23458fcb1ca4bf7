"""The forecast of a year: by hand, along another road, and what holds for all years."""

from __future__ import annotations

import math
from decimal import Decimal as D
from fractions import Fraction as F
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.rekenen.prognose import Geen, Prognose, kans_op, kanswoord, voorspel
from monitor.rekenen.signaalzin import kansgetal, kanstekst, kanszin
from tests.unit.monitor.rekenen.regels.gevallen import indicator

Jaren = dict[int, list[F | None]]


def kwartalen(*waarden: int | None) -> list[F | None]:
    return [None if w is None else F(w) for w in waarden]


def jaren(*rijen: tuple[int | None, ...]) -> Jaren:
    return {2020 + n: kwartalen(*rij) for n, rij in enumerate(rijen)}


def test_met_de_hand() -> None:
    # By Q2 2020 had 10 of 20 (½), 2021 had 10 of 40 (¼): mean share 3/8. 15 by now: 15 ÷ 3/8 = 40.
    # Left out: 2020 from ¼: 40 for 20 (100% off); 2021 from ½: 20 for 40 (50% off). Mean 75%.
    p = voorspel(kwartalen(9, 6), jaren((4, 6, 5, 5), (4, 6, 10, 20)), F(30), "hoger")
    assert isinstance(p, Prognose)
    assert (p.tot_nu, p.aandeel, p.totaal, p.fout) == (15, F(3, 8), 40, F(3, 4))
    assert [(t.jaar, t.voorspeld, t.werkelijk, t.fout) for t in p.terugblik] == [
        (2020, 40, 20, 1),
        (2021, 20, 40, F(-1, 2)),
    ]
    # Factors ½ and 2: outcomes 20 and 80. 30 lies 5/6 of the way from 80 to 20: (1 + 5/6) / 3 = 11/18.
    assert p.kans == F(11, 18)
    # Interval: squares ¼ and 1, mean 5/8, root 0,790569; t for one degree of freedom 3,0777: 40 ± 97,325.
    assert p.laag == 15  # what is counted is not lost again
    assert round(p.hoog, 2) == D("137.33")


def test_gelijke_jaren_geven_een_smalle_verwachting() -> None:
    p = voorspel(kwartalen(5, 5), jaren(*[(5, 5, 5, 5)] * 3), F(20), "hoger")
    assert isinstance(p, Prognose)
    assert (p.totaal, p.laag, p.hoog, p.fout) == (20, 20, 20, 0)
    assert p.kans == F(3, 4)  # as sure as three years can make it


@pytest.mark.parametrize(
    ("dit_jaar", "eerdere", "waarom"),
    [
        (kwartalen(1, 2, 3, 4), jaren((1, 1, 1, 1), (1, 1, 1, 1)), Geen.AFGESLOTEN),
        (kwartalen(1, None, 3), jaren((1, 1, 1, 1), (1, 1, 1, 1)), Geen.ONVOLLEDIG),
        ([], jaren((1, 1, 1, 1), (1, 1, 1, 1)), Geen.ONVOLLEDIG),
        (kwartalen(1), {}, Geen.TE_WEINIG_JAREN),
        (kwartalen(1), jaren((1, 1, 1, 1)), Geen.TE_WEINIG_JAREN),
        (kwartalen(1), jaren((1, 1, 1, 1), (1, None, 1, 1)), Geen.TE_WEINIG_JAREN),
        (kwartalen(1), jaren((1, 1, 1, 1), (0, 0, 0, 0)), Geen.TE_WEINIG_JAREN),
        (kwartalen(1), jaren((1, 1, 1, 1), (0, 1, 1, 1)), Geen.TE_WEINIG_JAREN),  # nothing to divide by at Q1
        (kwartalen(0), jaren((1, 1, 1, 1), (1, 1, 1, 1)), Geen.NIETS_GETELD),
    ],
)
def test_geen_verwachting(dit_jaar: list[F | None], eerdere: Jaren, waarom: Geen) -> None:
    assert voorspel(dit_jaar, eerdere, F(30), "hoger") is waarom


def test_een_gehaald_doel_heeft_geen_kans_meer() -> None:
    eerdere, feit = jaren((1, 1, 1, 1), (1, 1, 1, 1)), indicator()
    p = voorspel(kwartalen(10), eerdere, F(10), "hoger")
    assert isinstance(p, Prognose)
    assert p.kans is None
    assert kanstekst(p, "hoger") == "jaardoel al gehaald"
    assert "10" in kanszin(p, feit)
    lager = voorspel(kwartalen(10), eerdere, F(10), "lager")
    assert isinstance(lager, Prognose)
    assert lager.kans is not None  # at the limit is not over it
    over = voorspel(kwartalen(11), eerdere, F(10), "lager")
    assert isinstance(over, Prognose)
    assert kanstekst(over, "lager") == "jaardoel al overschreden"


def test_de_kans_is_de_plek_tussen_de_uitkomsten() -> None:
    uitkomsten = [F(20), F(30), F(40), F(50)]  # at the i-th best i/5
    assert [kans_op(uitkomsten, F(doel), "hoger") for doel in (10, 20, 30, 35, 50, 60)] == [
        F(4, 5), F(4, 5), F(3, 5), F(1, 2), F(1, 5), F(1, 5),
    ]  # fmt: skip
    assert [kans_op(uitkomsten, F(doel), "lager") for doel in (10, 20, 35, 50, 60)] == [
        F(1, 5), F(1, 5), F(1, 2), F(4, 5), F(4, 5),
    ]  # fmt: skip
    assert kans_op([F(20), F(20), F(30)], F(20), "hoger") == F(3, 4)  # reached exactly is reached


@pytest.mark.parametrize(
    ("kans", "woord", "getal"),
    [
        (F(1, 3), "ongeveer gelijk", "34%"),
        (F(333, 1000), "klein", "33%"),
        (F(2, 3), "ongeveer gelijk", "66%"),
        (F(667, 1000), "groot", "67%"),
        (F(1, 2), "ongeveer gelijk", "50%"),
    ],
)
def test_woord_en_getal_spreken_elkaar_niet_tegen(kans: F, woord: str, getal: str) -> None:
    assert (kanswoord(kans), kansgetal(kans)) == (woord, getal)


AANTAL = st.integers(0, 400).map(F)
JAAR = st.lists(AANTAL, min_size=4, max_size=4)
EERDERE = st.lists(JAAR, min_size=0, max_size=8).map(lambda rijen: dict(enumerate(rijen, 2015)))
DIT_JAAR = st.lists(AANTAL, min_size=1, max_size=3)


@given(DIT_JAAR, EERDERE, AANTAL, st.sampled_from(["hoger", "lager", "geen"]))
def test_nooit_een_fout_of_een_zekere_kans(dit_jaar: list[F], eerdere: Jaren, doel: F, richting: str) -> None:
    p = voorspel(dit_jaar, eerdere, doel, richting)
    if isinstance(p, Prognose):
        assert p.kans is None or 0 < p.kans < 1
        assert p.laag <= p.totaal + F(1, 10**20)
        assert p.hoog >= p.laag >= 0
        assert p.laag.is_finite()
        assert p.hoog.is_finite()
        assert p.totaal >= p.tot_nu
        assert len(p.terugblik) >= 2


@given(DIT_JAAR, EERDERE, AANTAL, st.integers(1, 30))
def test_een_lager_doel_is_niet_moeilijker(dit_jaar: list[F], eerdere: Jaren, doel: F, lichter: int) -> None:
    zwaar, licht = (voorspel(dit_jaar, eerdere, d, "hoger") for d in (doel, doel - lichter))
    if isinstance(zwaar, Prognose) and isinstance(licht, Prognose) and zwaar.kans and licht.kans:
        assert licht.kans >= zwaar.kans


@given(DIT_JAAR, EERDERE, AANTAL, st.integers(1, 40).map(lambda n: F(n, 3)))
def test_in_een_andere_maat_is_het_dezelfde_verwachting(dit_jaar: list[F], eerdere: Jaren, doel: F, keer: F) -> None:
    p = voorspel(dit_jaar, eerdere, doel, "hoger")
    groter = {jaar: [w * keer for w in rij if w is not None] for jaar, rij in eerdere.items()}
    q = voorspel([w * keer for w in dit_jaar], groter, doel * keer, "hoger")  # type: ignore[arg-type]
    if isinstance(p, Prognose) and isinstance(q, Prognose):
        assert (q.totaal, q.kans, q.fout) == (p.totaal * keer, p.kans, p.fout)
    else:
        assert p == q


@given(DIT_JAAR, st.lists(st.lists(st.integers(1, 400).map(F), min_size=4, max_size=4), min_size=2, max_size=8))
def test_een_andere_berekening_vindt_hetzelfde(dit_jaar: list[F], rijen: list[list[F]]) -> None:
    p = voorspel(dit_jaar, dict(enumerate(rijen)), F(10**9), "hoger")
    if not isinstance(p, Prognose):
        assert sum(dit_jaar) == 0
        return
    q, tot = len(dit_jaar), float(sum(dit_jaar))
    delen = [float(sum(rij[:q])) / float(sum(rij)) for rij in rijen]
    assert float(p.totaal) == pytest.approx(tot / fmean(delen))
    los = [float(sum(r[:q])) / fmean(delen[:n] + delen[n + 1 :]) for n, r in enumerate(rijen)]
    echt = [float(sum(rij)) for rij in rijen]
    assert float(p.fout) == pytest.approx(fmean(abs(v - w) / w for v, w in zip(los, echt, strict=True)))
    spreiding = math.sqrt(fmean((w / v - 1) ** 2 for v, w in zip(los, echt, strict=True)))
    student = [3.0777, 1.8856, 1.6377, 1.5332, 1.4759, 1.4398, 1.4149][len(rijen) - 2]
    assert float(p.hoog) == pytest.approx(float(p.totaal) * (1 + student * spreiding))
