"""Limits: published examples, chance, what is possible, season, new limits and trend."""

from __future__ import annotations

from decimal import Decimal as D
from fractions import Fraction as F
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.rekenen.regels.grenzen import (
    Grenzen,
    Meetreeks,
    bepaal_grenzen,
    binnen,
    hellend,
    mogelijke_waarden,
    toont_seizoen,
)
from monitor.rekenen.regels.signaalregels import Signaalregel, beoordeel_reeks, vraagt_nieuwe_grenzen
from monitor.rekenen.regels.toeval import binomiaalgrenzen, poissongrenzen


def reeks(*waarden: object, **velden: object) -> Meetreeks:
    getallen = tuple(None if w is None else F(str(w)) for w in waarden)
    return Meetreeks(getallen, tuple(n % 4 + 1 for n in range(len(getallen))), **velden)  # type: ignore[arg-type]


def grenzen(van: Meetreeks) -> Grenzen:
    gevonden = bepaal_grenzen(van, range(len(van.waarden)))
    assert gevonden is not None
    return gevonden


def test_het_voorbeeld_van_nist() -> None:
    """e-Handbook 6.3.2.2, flowrate: mean 50,81, mean moving range 1,8778, limits 45,8159 and 55,8041 with 3 / 1,128."""
    g = grenzen(reeks(49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1))
    assert g.laatste.midden == F("50.81")
    assert round(float(g.schommeling), 4) == 1.8778
    assert float(g.laatste.onder) == pytest.approx(45.8159, abs=0.001)  # 2,66 is 3 / 1,128 rounded
    assert float(g.laatste.boven) == pytest.approx(55.8041, abs=0.001)


def test_een_telling_is_nooit_nauwer_dan_toeval() -> None:
    # 7 8 7 8: mean 7,5, ranges 1: 2,66 on either side; chance alone reaches from 1 to 17
    telling = grenzen(reeks(*[7, 8] * 6, telling=True))
    toeval = poissongrenzen(F(15, 2))
    assert (telling.laatste.onder, telling.laatste.boven) == (toeval.onder, toeval.boven) == (1, 17)
    assert grenzen(reeks(*[7, 8] * 6)).laatste.boven == F("10.16")
    # wider than chance they stay as they are: 0 20 0 20: mean 10, ranges 20
    assert grenzen(reeks(*[0, 20] * 6, telling=True)).laatste.boven == F("63.2")


def test_een_aandeel_krijgt_de_ruimte_van_zijn_eigen_noemer() -> None:
    g = grenzen(reeks(*[50, 52] * 6, noemers=(20, 500) * 6, keer=100, mogelijk=(F(0), F(100))))
    klein, groot = binomiaalgrenzen(20, F(51, 100)), binomiaalgrenzen(500, F(51, 100))
    assert (g.punten[0].onder, g.punten[0].boven) == (klein.onder * 5, klein.boven * 5)
    assert (g.punten[1].onder, g.punten[1].boven) == (F(groot.onder, 5), F(groot.boven, 5))


def test_de_zone_van_kleine_tellingen_volgt_het_toeval() -> None:
    # 0 0 1 0 0 0 1 …: the lower end is 0, and a 0 is never close to it
    r = reeks(*[0, 0, 1, 0, 0] * 4, telling=True, mogelijk=(F(0), None))
    [beoordeling] = beoordeel_reeks(r)
    assert beoordeling.signalen == ()
    g = grenzen(r).laatste
    assert g.onder == 0
    assert g.zone_onder <= 0


@pytest.mark.parametrize(
    ("aggregatie", "eenheid", "waarden", "verwacht"),
    [
        ("som", "€", [1], (0, None)),
        ("som", "verdachten", [], (0, None)),
        ("verhouding", "%", [50], (0, 100)),
        ("enquete", "%", [50], (0, 100)),
        ("stand", "fte", [-3], (None, None)),
        ("verhouding", "%", [101], (0, None)),  # a surplus is measured, so it is possible
        ("som", "€", [-5], (None, None)),
    ],
)
def test_wat_mogelijk_is(aggregatie: str, eenheid: str, waarden: list[int], verwacht: tuple[object, object]) -> None:
    assert mogelijke_waarden(SimpleNamespace(aggregatie=aggregatie, eenheid=eenheid), waarden) == verwacht


def test_binnen_het_mogelijke_blijft_het_getal_van_zijn_soort() -> None:
    kan = F(0), F(100)
    assert [binnen(D(g), kan) for g in ("-0.5", "0", "33.3", "100.1")] == [D(0), D(0), D("33.3"), D(100)]
    assert isinstance(binnen(D(-1), kan), D)
    assert binnen(F(-1, 3), (None, None)) == F(-1, 3)


WAARDEN = st.lists(st.one_of(st.none(), st.integers(0, 60)), min_size=0, max_size=30)


@given(WAARDEN, st.booleans(), st.booleans(), st.booleans(), st.sets(st.integers(1, 25), max_size=3))
def test_grenzen_verlaten_het_mogelijke_niet(
    waarden: list[int | None], telling: bool, per_kwartaal: bool, evenredig: bool, begin: set[int]
) -> None:
    r = reeks(*waarden, telling=telling, per_kwartaal=per_kwartaal, evenredig=evenredig,
              begin=tuple(begin), mogelijk=(F(0), F(60)))  # fmt: skip
    for beoordeling in beoordeel_reeks(r):
        if beoordeling.grenzen:
            for punt in beoordeling.grenzen.punten:
                assert 0 <= punt.onder <= punt.midden <= punt.boven <= 60
        assert all(s.van in beoordeling.deel and s.tot in beoordeling.deel for s in beoordeling.signalen)


SEIZOEN = (140, 80, 60, 120)


def test_elk_kwartaal_tegen_hetzelfde_kwartaal() -> None:
    jaren = [w + d for d in (0, 2, -2, 1, -1) for w in SEIZOEN]
    g = grenzen(reeks(*jaren, per_kwartaal=True, evenredig=True))
    assert [float(punt.midden) for punt in g.punten[:4]] == pytest.approx(SEIZOEN)
    assert g.per_kwartaal
    # without it nothing stands out, with it a Q1 as low as a Q3 does
    laag = [*jaren, 60]
    assert beoordeel_reeks(reeks(*laag))[0].signalen == ()
    [b] = beoordeel_reeks(reeks(*laag, per_kwartaal=True, evenredig=True))
    assert (Signaalregel.GRENS, False, 20) in {(s.regel, s.omhoog, s.tot) for s in b.signalen}


def test_te_weinig_jaren_geven_geen_seizoen() -> None:
    assert not grenzen(reeks(*SEIZOEN, 140, 80, 60, per_kwartaal=True)).per_kwartaal
    assert grenzen(reeks(*SEIZOEN, *SEIZOEN, per_kwartaal=True)).per_kwartaal
    # of counts that are 0 in one quarter of the year no multiple can be told
    assert not grenzen(reeks(*[0, 1, 2, 3] * 3, per_kwartaal=True, evenredig=True)).per_kwartaal


def test_een_seizoen_wordt_alleen_gezien_waar_het_is() -> None:
    seizoen = reeks(*[w + d for d in (0, 2, -2) for w in SEIZOEN], per_kwartaal=True, evenredig=True)
    assert toont_seizoen(seizoen, 3)
    assert not toont_seizoen(seizoen, 2)
    ruis = reeks(10, 12, 9, 11, 13, 8, 12, 10, 9, 13, 11, 8, per_kwartaal=True, evenredig=True)
    assert not toont_seizoen(ruis, 3)


def test_na_een_besluit_begint_het_opnieuw() -> None:
    waarden = [*[10, 11] * 6, *[30, 31] * 4]
    [voor, na] = beoordeel_reeks(reeks(*waarden, begin=(12,)))
    assert voor.grenzen is not None
    assert na.grenzen is not None
    assert (voor.deel, na.deel) == (range(12), range(12, 20))
    assert (voor.grenzen.laatste.midden, na.grenzen.laatste.midden) == (F(21, 2), F(61, 2))
    assert voor.signalen == na.signalen == ()
    # too few since then: no limits yet, and those of before no longer hold
    assert beoordeel_reeks(reeks(*waarden[:15], begin=(12,)))[1].grenzen is None
    # a decision before the first point or after the last changes nothing
    assert len(beoordeel_reeks(reeks(*waarden, begin=(0, 20, 99)))) == 1


def test_acht_op_rij_vraagt_om_nieuwe_grenzen() -> None:
    def gevraagd(aantal: int) -> tuple[int, int] | None:
        waarden = tuple(F(w) for w in [*[10, 14] * 8, *[15, 16] * 4][: 16 + aantal])
        r = Meetreeks(waarden)
        lang = vraagt_nieuwe_grenzen(r.waarden, beoordeel_reeks(r)[-1])
        return (lang.van, lang.tot) if lang else None

    assert gevraagd(7) is None  # the 14 before it is the median: on no side
    assert gevraagd(8) == (16, 23)


def test_een_lijn_wordt_als_lijn_beoordeeld() -> None:
    # 1 a quarter with a wobble of 1: by its mean nearly every point is marked
    waarden = [n + (n % 2) for n in range(20)]
    [b] = beoordeel_reeks(reeks(*waarden))
    assert b.grenzen is not None
    assert b.grenzen.helling == 1
    assert b.grenzen.per_jaar == 4
    assert b.signalen == ()
    assert hellend([]) == 0


def test_een_sprong_is_geen_lijn() -> None:
    waarden = [*[40, 44, 41, 43] * 3, *[7, 8, 6, 9, 7] * 2]
    [b] = beoordeel_reeks(reeks(*waarden))
    assert hellend([F(w) for w in waarden]) < 0
    assert b.grenzen is not None
    assert b.grenzen.helling is None
    assert {Signaalregel.KANT, Signaalregel.GRENS} <= {s.regel for s in b.signalen}
    lang = vraagt_nieuwe_grenzen(reeks(*waarden).waarden, b)
    assert lang is not None
    assert (lang.van, lang.omhoog) == (12, False)


def test_een_uitschieter_van_de_lijn_is_een_signaal() -> None:
    waarden = [n + (n % 2) for n in range(20)]
    waarden[18] -= 9
    [b] = beoordeel_reeks(reeks(*waarden))
    assert b.grenzen is not None
    assert b.grenzen.helling
    assert [(s.regel, s.omhoog, s.tot) for s in b.signalen] == [(Signaalregel.GRENS, False, 18)]
