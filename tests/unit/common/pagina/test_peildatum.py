"""The day in an address: read in two ways of writing, or refused with a sentence; never a fault."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.pagina.peildatum import EERSTE_DAG, Uitgelegd, lees_dag

VANDAAG = date(2026, 11, 23)
dagen = st.dates(EERSTE_DAG, VANDAAG)


@given(dagen)
def test_beide_schrijfwijzen_zijn_dezelfde_dag(dag: date) -> None:
    vormen = (dag.isoformat(), f"{dag:%d-%m-%Y}", f"{dag.day}-{dag.month}-{dag.year}", f" {dag.isoformat()} ")
    assert {lees_dag(vorm, VANDAAG) for vorm in vormen} == {dag}


@given(st.one_of(st.text(), st.from_regex(r"[0-9]{1,5}-[0-9]{1,3}-[0-9]{1,5}"), st.dates().map(str)))
def test_wat_er_ook_staat_het_is_een_dag_die_kan_of_een_zin(tekst: str) -> None:
    with contextlib.suppress(Uitgelegd):
        assert EERSTE_DAG <= lees_dag(tekst, VANDAAG) <= VANDAAG


@pytest.mark.parametrize("tekst", ["2026-W01-1", "20260630", "2026-6-30", "30/06/2026", "30-06-26", "2026-06-30T12:00"])
def test_een_andere_schrijfwijze_is_geen_dag(tekst: str) -> None:
    with pytest.raises(Uitgelegd, match=r"geen datum\. Schrijf de dag als 30-06-2026; kies een dag van 01-01-2000 "):
        lees_dag(tekst, VANDAAG)
