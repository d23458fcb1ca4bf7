"""Words as a reader counts them, and the halves of a year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sturing.regels.omvang import Halfjaar, tel_woorden


@pytest.mark.parametrize(("tekst", "aantal"), [("", 0), (" \n\t ", 0), ("een", 1), ("een  twee\ndrie", 3), ("a-b", 1)])
def test_woorden(tekst: str, aantal: int) -> None:
    assert tel_woorden(tekst) == aantal


@given(dag=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_halfjaren_sluiten_op_elkaar_aan(dag: date) -> None:
    hier = Halfjaar.van(dag)
    assert hier.begin <= dag < hier.volgende.begin
    assert hier.volgende.vorige == hier
    assert hier < hier.volgende
    assert hier.kwartaal.einde() + timedelta(days=1) == hier.volgende.begin


def test_in_woorden() -> None:
    assert Halfjaar(2026, 1).leesbaar == "eerste helft van 2026"
    assert str(Halfjaar(2026, 2).kwartaal) == "2026-Q4"
