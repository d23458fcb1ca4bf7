"""Late, first and where on the timeline: recomputed by another road, and what must hold whatever the days are."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sturing.regels.jaarplan import (
    AF,
    STATUSSEN,
    Mijlpaalstand,
    Verloop,
    achterstanden,
    balk_in_jaar,
    is_stil,
    plek_in_jaar,
    rang,
    vraagt_reden,
)

D = timedelta(days=1)
dagen = st.dates(date(2024, 1, 1), date(2027, 12, 31))
mijlpalen = st.builds(Mijlpaalstand, dagen, st.just("Proef"), st.none() | dagen)


@st.composite
def verlopen(trek: st.DrawFn) -> Verloop:
    begin, eind = sorted((trek(dagen), trek(dagen)))
    return Verloop(begin, eind, trek(st.sampled_from(STATUSSEN)), tuple(trek(st.lists(mijlpalen, max_size=3))))


def _is_laat(v: Verloop, dag: date) -> bool:
    """Written from the contract."""
    if v.status in ("gereed", "vervallen"):
        return False
    open_voorbij = any(m.gereed_op is None and m.datum < dag for m in v.mijlpalen)
    niet_begonnen = v.status == "niet-gestart" and v.begin < dag
    return v.eind < dag or open_voorbij or niet_begonnen or v.status == "vertraagd"


@given(verlopen(), dagen)
def test_te_laat_is_wat_de_afspraak_zegt(verloop: Verloop, dag: date) -> None:
    assert bool(achterstanden(verloop, dag)) == _is_laat(verloop, dag)


@given(verlopen(), dagen)
def test_elke_achterstand_begon_niet_later_dan_vandaag_en_was_er_de_dag_ervoor_niet(v: Verloop, dag: date) -> None:
    for een in achterstanden(v, dag):
        if een.sinds:
            assert een.sinds <= dag
            assert een.zin in [zelfde.zin for zelfde in achterstanden(v, een.sinds)]
            assert een.zin not in [eerder.zin for eerder in achterstanden(v, een.sinds - D)]


@given(verlopen(), dagen)
def test_wie_eenmaal_te_laat_is_blijft_dat_tot_er_iets_gezegd_wordt(verloop: Verloop, dag: date) -> None:
    if achterstanden(verloop, dag):
        assert achterstanden(verloop, dag + D)


@given(st.lists(verlopen(), max_size=8), dagen)
def test_wat_te_laat_is_staat_vooraan_en_wat_af_is_achteraan(alle: list[Verloop], dag: date) -> None:
    op_rij = sorted(alle, key=lambda verloop: rang(verloop, dag))
    groepen = [2 if v.status in AF else 0 if _is_laat(v, dag) else 1 for v in op_rij]
    assert groepen == sorted(groepen)


@pytest.mark.parametrize(("dag", "laat"), [(date(2025, 6, 30), False), (date(2025, 7, 1), True)])
def test_de_laatste_dag_zelf_is_nog_op_tijd(dag: date, laat: bool) -> None:
    verloop = Verloop(date(2025, 1, 1), date(2025, 6, 30), "op-schema")
    assert bool(achterstanden(verloop, dag)) is laat


@given(dagen, dagen, st.integers(2024, 2027))
def test_een_balk_ligt_in_het_jaar_en_wordt_nooit_korter_van_een_dag_meer(een: date, ander: date, jaar: int) -> None:
    begin, eind = sorted((een, ander))
    balk, langer = balk_in_jaar(begin, eind, jaar), balk_in_jaar(begin, eind + D, jaar)
    assert 0 <= balk.van <= balk.tot <= 1
    assert langer.tot >= balk.tot
    if begin.year <= jaar <= eind.year:
        assert balk.tot > balk.van
    assert (balk.van_eerder, balk.gaat_door) == (begin.year < jaar, eind.year > jaar)


def test_de_maanden_zijn_even_breed_en_een_jaar_is_de_hele_balk() -> None:
    assert [plek_in_jaar(date(2026, maand, 1), 2026) for maand in range(1, 13)] == [Fraction(m, 12) for m in range(12)]
    heel = balk_in_jaar(date(2026, 1, 1), date(2026, 12, 31), 2026)
    assert (heel.van, heel.tot) == (0, 1)
    assert plek_in_jaar(date(2024, 2, 29), 2024) == Fraction(1, 12) + Fraction(28, 29 * 12)


@pytest.mark.parametrize("oud", ["", *STATUSSEN])
@pytest.mark.parametrize("nieuw", STATUSSEN)
def test_alleen_wie_gewoon_begint_zegt_niet_waarom(oud: str, nieuw: str) -> None:
    if oud:
        assert vraagt_reden(oud, nieuw) == (oud != nieuw and (oud, nieuw) != ("niet-gestart", "op-schema"))
    else:
        assert vraagt_reden(oud, nieuw) == (nieuw in ("vertraagd", "vervallen"))


def test_stil_is_een_kwartaal_niets_gezegd_over_wat_loopt() -> None:
    begin, bijgewerkt = date(2025, 1, 1), date(2025, 1, 15)
    assert not is_stil("op-schema", bijgewerkt, begin, bijgewerkt + 92 * D)
    assert is_stil("op-schema", bijgewerkt, begin, bijgewerkt + 93 * D)
    assert not is_stil("gereed", bijgewerkt, begin, bijgewerkt + 93 * D)
    assert not is_stil("op-schema", bijgewerkt, date(2026, 1, 1), bijgewerkt + 93 * D)
