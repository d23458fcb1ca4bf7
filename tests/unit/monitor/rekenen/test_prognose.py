"""The forecast of a year: by hand, along another road, and what holds for all years."""

from __future__ import annotations

import math
from decimal import Decimal as D
from fractions import Fraction as F
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.rekenen.prognose import Geen, Kans, Prognose, kanswoord, voorspel
from monitor.rekenen.signaalzin import foutzin, kansgetal, kanstekst, kanszin
from tests.unit.monitor.rekenen.regels.gevallen import indicator

Jaren = dict[int, list[F | None]]


def kwartalen(*waarden: int | None) -> list[F | None]:
    return [None if w is None else F(w) for w in waarden]


def jaren(*rijen: tuple[int | None, ...]) -> Jaren:
    return {2020 + n: kwartalen(*rij) for n, rij in enumerate(rijen)}


def test_met_de_hand() -> None:
    # By Q2 2020 had 10 of 20 (½), 2021 had 10 of 40 (¼): mean share 3/8. 15 by now: 15 ÷ 3/8 = 40.
    p = voorspel(kwartalen(9, 6), jaren((4, 6, 5, 5), (4, 6, 10, 20)), F(30), "hoger")
    assert isinstance(p, Prognose)
    assert (p.tot_nu, p.aandeel, p.totaal) == (15, F(3, 8), 40)
    # In 2021 only 2020 was known: from ½ it would have been 20 for 40, 50% off. In 2020 nothing was known.
    assert [(t.jaar, t.voorspeld, t.werkelijk, t.fout) for t in p.terugblik] == [(2021, 20, 40, F(-1, 2))]
    assert p.fout == F(1, 2)
    # Left out, both are a factor 2 off: logarithms ±0,6931, root mean square 0,6931. Times √3 / 2 is 0,6003, times
    # Student's 3,0777 for one degree of freedom 1,8475: a factor 6,344 either way.
    assert p.laag == 15  # what is counted is not lost again
    assert round(p.hoog, 1) == D("253.8")
    assert p.kanswoord is Kans.TE_WEINIG_JAREN
    assert p.kans is None


def test_de_kans_komt_uit_dezelfde_verdeling() -> None:
    eerdere = jaren((5, 5, 5, 5), (5, 6, 5, 6), (6, 5, 5, 5), (4, 5, 6, 5))
    for doel in range(10, 40):
        p = voorspel(kwartalen(5, 4), eerdere, F(doel), "hoger")
        assert isinstance(p, Prognose)
        assert p.kans is not None
        if doel > p.hoog:
            assert p.kanswoord is Kans.ZEER_KLEIN
        elif doel < p.laag:
            assert p.kanswoord is Kans.ZEER_GROOT
        else:
            assert D("0.1") <= p.kans <= D("0.9")
        lager = voorspel(kwartalen(5, 4), eerdere, F(doel), "lager")
        assert isinstance(lager, Prognose)
        assert lager.kans is not None
        assert lager.kans + p.kans == 1


def test_een_kans_vraagt_drie_jaren_en_twee_kwartalen() -> None:
    drie = jaren((5, 5, 5, 5), (5, 6, 5, 6), (6, 5, 5, 5))
    woorden = {}
    for kwartaal, eerdere in ((1, drie), (2, drie), (2, dict(list(drie.items())[:2]))):
        p = voorspel(kwartalen(*[5] * kwartaal), eerdere, F(30), "hoger")
        assert isinstance(p, Prognose)
        woorden[kwartaal, len(eerdere)] = p.kanswoord
        assert bool(kanstekst(p)) == (p.kans is not None)
        assert kanszin(p, indicator())
    assert woorden == {(1, 3): Kans.TE_VROEG, (2, 3): Kans.ZEER_KLEIN, (2, 2): Kans.TE_WEINIG_JAREN}


def test_gelijke_jaren_geven_een_smalle_verwachting() -> None:
    p = voorspel(kwartalen(5, 5), jaren(*[(5, 5, 5, 5)] * 3), F(20), "hoger")
    assert isinstance(p, Prognose)
    assert (p.totaal, p.laag, p.hoog, p.fout) == (20, 20, 20, 0)
    assert p.kanswoord is Kans.ZEER_GROOT
    assert foutzin(p) == "Met wat toen bekend was, zat deze verwachting er over 2 eerdere jaren gemiddeld 0% naast."


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
    eerdere, feit = jaren((1, 1, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1)), indicator()
    p = voorspel(kwartalen(10), eerdere, F(10), "hoger")
    assert isinstance(p, Prognose)
    assert p.kans is None
    assert kanstekst(p) == "jaardoel al gehaald"
    assert "10" in kanszin(p, feit)
    lager = voorspel(kwartalen(5, 5), eerdere, F(10), "lager")
    assert isinstance(lager, Prognose)
    assert lager.kans is not None  # at the limit is not over it
    over = voorspel(kwartalen(11), eerdere, F(10), "lager")
    assert isinstance(over, Prognose)
    assert kanstekst(over) == "jaardoel al overschreden"


@pytest.mark.parametrize(
    ("kans", "woord", "getal"),
    [
        ("0.0999", "zeer klein", "minder dan 10%"),
        ("0.1", "klein", "ongeveer 10%"),
        ("0.333", "klein", "ongeveer 30%"),
        ("0.334", "ongeveer even groot", "ongeveer 35%"),
        ("0.52", "ongeveer even groot", "ongeveer 50%"),
        ("0.666", "ongeveer even groot", "ongeveer 65%"),
        ("0.667", "groot", "ongeveer 70%"),
        ("0.9", "groot", "ongeveer 90%"),
        ("0.9001", "zeer groot", "meer dan 90%"),
    ],
)
def test_woord_en_getal_spreken_elkaar_niet_tegen(kans: str, woord: str, getal: str) -> None:
    p = Prognose(F(1), F(1), F(1), D(0), D(2), F(1), D(kans), kanswoord(D(kans)), 3, ())
    assert (p.kanswoord, kansgetal(p)) == (woord, getal)


AANTAL = st.integers(0, 400).map(F)
JAAR = st.lists(AANTAL, min_size=4, max_size=4)
EERDERE = st.lists(JAAR, min_size=0, max_size=8).map(lambda rijen: dict(enumerate(rijen, 2015)))
DIT_JAAR = st.lists(AANTAL, min_size=1, max_size=3)


@given(DIT_JAAR, EERDERE, AANTAL, st.sampled_from(["hoger", "lager", "geen"]))
def test_nooit_een_fout_of_een_zekere_kans(dit_jaar: list[F], eerdere: Jaren, doel: F, richting: str) -> None:
    p = voorspel(dit_jaar, eerdere, doel, richting)
    if isinstance(p, Prognose):
        assert p.kans is None or 0 <= p.kans <= 1
        assert p.laag <= p.totaal + F(1, 10**20)
        assert p.hoog >= p.laag >= 0
        assert p.laag.is_finite()
        assert p.hoog.is_finite()
        assert p.totaal >= p.tot_nu
        assert len(p.terugblik) == p.jaren - 1 >= 1


@given(DIT_JAAR, EERDERE, AANTAL, st.integers(1, 30))
def test_een_lager_doel_is_niet_moeilijker(dit_jaar: list[F], eerdere: Jaren, doel: F, lichter: int) -> None:
    zwaar, licht = (voorspel(dit_jaar, eerdere, d, "hoger") for d in (doel, doel - lichter))
    if (
        isinstance(zwaar, Prognose)
        and isinstance(licht, Prognose)
        and zwaar.kans is not None
        and licht.kans is not None
    ):
        assert licht.kans >= zwaar.kans


@given(DIT_JAAR, EERDERE, AANTAL, st.integers(1, 40).map(lambda n: F(n, 3)))
def test_in_een_andere_maat_is_het_dezelfde_verwachting(dit_jaar: list[F], eerdere: Jaren, doel: F, keer: F) -> None:
    p = voorspel(dit_jaar, eerdere, doel, "hoger")
    groter = {jaar: [w * keer for w in rij if w is not None] for jaar, rij in eerdere.items()}
    q = voorspel([w * keer for w in dit_jaar], groter, doel * keer, "hoger")  # type: ignore[arg-type]
    if isinstance(p, Prognose) and isinstance(q, Prognose):
        assert (q.totaal, q.kanswoord, q.fout) == (p.totaal * keer, p.kanswoord, p.fout)
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
    echt = [float(sum(rij)) for rij in rijen]
    toen = [float(sum(r[:q])) / fmean(delen[:n]) for n, r in enumerate(rijen) if n]
    assert float(p.fout) == pytest.approx(fmean(abs(v - w) / w for v, w in zip(toen, echt[1:], strict=True)))
    los = [float(sum(r[:q])) / fmean(delen[:n] + delen[n + 1 :]) for n, r in enumerate(rijen)]
    kwadraten = fmean(math.log(w / v) ** 2 for v, w in zip(los, echt, strict=True))
    n = len(rijen)
    student = [3.077684, 1.885618, 1.637744, 1.533206, 1.475884, 1.439756, 1.414924][n - 2]
    breedte = student * math.sqrt(kwadraten * (n * n - 1)) / n
    assert float(p.hoog) == pytest.approx(float(p.totaal) * math.exp(breedte), rel=1e-5)
