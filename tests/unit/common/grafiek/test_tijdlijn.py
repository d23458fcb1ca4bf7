"""Which events touch a figure, and where they stand on an axis: recomputed day by day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.grafiek.beeld import Gebeurtenis
from common.grafiek.tijdlijn import Tijdlijn, Voorval, bij_periode, in_beeld, merk_van, zet_op_as
from common.tekst.periode import Kwartaal

DAGEN = st.dates(date(2020, 1, 1), date(2030, 12, 31))
BEGIN = st.integers(2021, 2027)


def _voorval(dag: date, titel: str = "Campagne", **over: object) -> Voorval:
    return Voorval(dag, titel, "Campagne", **over)  # type: ignore[arg-type]  # fields of it


@given(dag=DAGEN, jaar=BEGIN, aantal=st.integers(1, 24))
def test_een_dag_staat_tussen_het_begin_en_het_punt_van_zijn_kwartaal(dag: date, jaar: int, aantal: int) -> None:
    perioden = [Kwartaal.van_index(jaar * 4 + n) for n in range(aantal)]
    strepen = zet_op_as([_voorval(dag)], perioden)
    if Kwartaal.van(dag) not in perioden:
        assert strepen == []
        return
    [streep] = strepen
    assert streep.plek == perioden.index(Kwartaal.van(dag))
    voorbij = sum(1 for n in range(92) if Kwartaal.van(dag).begin() + timedelta(days=n) < dag)
    heel = (Kwartaal.van(dag).einde() - Kwartaal.van(dag).begin()).days + 1
    assert streep.x == streep.plek - D("0.5") + D(100 * voorbij // heel) / 250
    assert streep.plek - D("0.5") <= streep.x < streep.plek - D("0.1")


@given(dag=DAGEN, jaar=BEGIN)
def test_op_een_as_van_jaren_telt_het_hele_jaar(dag: date, jaar: int) -> None:
    strepen = zet_op_as([_voorval(dag)], [Kwartaal(jaar + n, 4) for n in range(3)], date(jaar, 1, 1))
    assert [streep.plek for streep in strepen] == ([dag.year - jaar] if 0 <= dag.year - jaar < 3 else [])


@given(dagen=st.lists(DAGEN, max_size=8))
def test_de_nummers_lopen_van_links_naar_rechts(dagen: list[date]) -> None:
    voorvallen = [_voorval(dag, f"Nummer {n}") for n, dag in enumerate(dagen)]
    strepen = zet_op_as(voorvallen, [Kwartaal(2024, n) for n in (1, 2, 3, 4)])
    assert [streep.nummer for streep in strepen] == list(range(1, len(strepen) + 1))
    assert [streep.x for streep in strepen] == sorted(streep.x for streep in strepen)
    assert len(strepen) == sum(dag.year == 2024 for dag in dagen)
    per_rij = [list(bij_periode(strepen, n)) for n in range(4)]
    assert sum(map(len, per_rij)) == len(strepen)


@pytest.mark.parametrize(
    ("over", "waar", "raakt"),
    [
        (None, None, True),
        ({"verzuim"}, None, True),
        ({"beslag"}, None, False),
        (set(), None, False),
        (None, {1}, True),
        (None, {10}, True),
        (None, {2}, False),
        ({"verzuim"}, {10, 2}, True),
        ({"beslag"}, {1}, False),
    ],
)
def test_een_gebeurtenis_raakt_haar_onderdeel_en_wat_erin_ligt(
    over: set[str] | None, waar: set[int] | None, raakt: bool
) -> None:
    """Of team 1 in district 10; no theme without indicators touches anything."""
    codes, plekken = (None if s is None else frozenset(s) for s in (over, waar))
    tijdlijn = Tijdlijn((_voorval(date(2025, 1, 1), indicatoren=codes, onderdelen=plekken),))
    assert bool(tijdlijn.van("verzuim", {1, 10})) is raakt


def test_wat_gezegd_wordt_is_overal_hetzelfde() -> None:
    [streep] = zet_op_as([_voorval(date(2025, 5, 12), "Week", tot=date(2025, 6, 1))], [Kwartaal(2025, 2)])
    assert (streep.kort, streep.tekst) == ("1", "1 Week")
    assert streep.noot == "1. 12-05-2025 t/m 01-06-2025: Week (campagne)"
    assert streep.in_cel == "12-05-2025 t/m 01-06-2025: Week"
    grens = Gebeurtenis(D("-0.4"), "nieuwe grenzen")
    assert in_beeld([streep], [grens]) == (grens, Gebeurtenis(streep.x, "1 Week", "1"))


def test_het_merk_verandert_met_alles_wat_een_grafiek_ervan_zegt() -> None:
    een = _voorval(date(2025, 5, 12))
    dag = date(2025, 5, 12)
    anders = [_voorval(date(2025, 5, 13)), _voorval(dag, "Week"), _voorval(dag, tot=date(2025, 6, 1))]
    merken = {merk_van([]), merk_van([een]), *(merk_van([v]) for v in anders), merk_van([een, *anders])}
    assert len(merken) == 6
    assert merk_van([]) == ""
