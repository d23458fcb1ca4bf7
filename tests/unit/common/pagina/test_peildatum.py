"""The day in an address: read in two ways of writing, or refused with a sentence; never a fault."""

from __future__ import annotations

import contextlib
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.pagina.peildatum import EERSTE_DAG, Kwartaalpad, lees_dag
from common.pagina.verzoek import Uitgelegd

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
    with pytest.raises(Uitgelegd, match=r"geen datum\. Schrijf de dag als 30-06-2026\."):
        lees_dag(tekst, VANDAAG)


@pytest.fixture
def vandaag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("common.pagina.peildatum.timezone.localdate", lambda: VANDAAG)


@pytest.mark.usefixtures("vandaag")
def test_een_kwartaal_in_een_adres_komt_heel_terug() -> None:
    for tekst in ("2000-Q1", "2025-Q3", "2026-Q4"):
        kwartaal = Kwartaalpad().to_python(tekst)
        assert (str(kwartaal), Kwartaalpad().to_url(kwartaal)) == (tekst, tekst)


@pytest.mark.usefixtures("vandaag")
@pytest.mark.parametrize("tekst", ["2027-Q1", "2099-Q4"])
def test_van_een_kwartaal_dat_nog_niet_begonnen_is_is_er_geen_adres(tekst: str) -> None:
    with pytest.raises(ValueError, match="nog niet begonnen"):
        Kwartaalpad().to_python(tekst)


@pytest.mark.parametrize("tekst", ["2025-Q0", "2025-Q5", "1999-Q4", "0000-Q1", "2025-Q03", "2025-q3", "25-Q3"])
def test_wat_geen_kwartaal_is_is_geen_adres(tekst: str) -> None:
    assert not re.fullmatch(Kwartaalpad.regex, tekst)
