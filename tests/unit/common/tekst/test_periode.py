from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.tekst.periode import Kwartaal, kwartalen, laatst_verschuldigde

elk_kwartaal = st.builds(Kwartaal, st.integers(2000, 2100), st.integers(1, 4))


@given(elk_kwartaal)
def test_leest_terug_wat_het_schrijft(kwartaal: Kwartaal) -> None:
    assert Kwartaal.parse(str(kwartaal)) == kwartaal


@given(elk_kwartaal)
def test_volgende_sluit_aan(kwartaal: Kwartaal) -> None:
    assert kwartaal.volgende().vorige() == kwartaal
    assert kwartaal < kwartaal.volgende()
    assert (kwartaal.volgende().begin() - kwartaal.einde()).days == 1


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_elke_dag_ligt_in_zijn_kwartaal(dag: date) -> None:
    kwartaal = Kwartaal.van(dag)
    assert kwartaal.begin() <= dag <= kwartaal.einde()


@pytest.mark.parametrize("tekst", ["2026", "2026-Q5", "2026-q3", "2026-3", "Q3-2026", "٢٠٢٦-Q1", "2026-Q3 ", ""])
def test_weigert_wat_geen_kwartaal_is(tekst: str) -> None:
    with pytest.raises(ValueError, match="Schrijf het als"):
        Kwartaal.parse(tekst)


def test_weigert_een_vijfde_kwartaal() -> None:
    with pytest.raises(ValueError, match="1 tot en met 4"):
        Kwartaal(2026, 5)


@pytest.mark.parametrize(
    ("vandaag", "verwacht"),
    [
        (date(2026, 10, 30), "2026-Q2"),  # the last day on which Q3 is still on time
        (date(2026, 10, 31), "2026-Q3"),
        (date(2026, 12, 31), "2026-Q3"),
        (date(2027, 1, 1), "2026-Q3"),
    ],
)
def test_laatst_verschuldigde_kwartaal(vandaag: date, verwacht: str) -> None:
    assert str(laatst_verschuldigde(vandaag, 30)) == verwacht


def test_loopt_van_en_tot_en_met() -> None:
    reeks = [str(k) for k in kwartalen(Kwartaal(2025, 3), Kwartaal(2026, 2))]
    assert reeks == ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
