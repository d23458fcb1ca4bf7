"""A period that is not over is not final: on each edge of a quarter and a year, for values and for bezetting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.tekst.periode import Kwartaal
from monitor.invoer.bezetting.validatie import BEZETTINGKOLOMMEN, Opgave, lees_opgave
from monitor.invoer.regels.twijfel import lopend, over_de_dag
from monitor.invoer.regels.validatie import IndicatorFeiten, Kader, OnderdeelFeiten, lees_rij
from monitor.invoer.regels.waarneming import Fout, Invoerrij, Waarneming

Q4 = Kwartaal(2026, 4)
SOM = IndicatorFeiten("telling", "som", "kwartaal", "eenheid", "stuks", "hoger", 0, None, agendajaar=2023)
HALF = replace(SOM, code="half", frequentie="halfjaar")
LOS = replace(SOM, code="los", agendajaar=None)
ENQUETE = replace(SOM, code="enquete", aggregatie="enquete", frequentie="tweejaarlijks", eenheid="%", eerste_jaar=2021)
ONDERDELEN = {"RE07": OnderdeelFeiten("RE07", "eenheid"), "A1": OnderdeelFeiten("A1", "basisteam")}


def kader(vandaag: date) -> Kader:
    return Kader({feit.code: feit for feit in (SOM, HALF, LOS, ENQUETE)}, ONDERDELEN, vandaag)


def meting(vandaag: date, **cellen: str) -> Waarneming | list[Fout]:
    rij = {"indicator": "telling", "onderdeel": "RE07", "jaar": "2026", "kwartaal": "4", "waarde": "1"}
    return lees_rij(Invoerrij(2, rij | {"status": "definitief"} | cellen), kader(vandaag))


def bezetting(vandaag: date, **cellen: str) -> Opgave | list[Fout]:
    rij = dict.fromkeys(BEZETTINGKOLOMMEN, "") | {"onderdeel": "A1", "soort": "basisteam", "os": "80", "nos": "5"}
    return lees_opgave(
        Invoerrij(2, rij | {"jaar": "2026", "kwartaal": "4", "status": "definitief"} | cellen), kader(vandaag)
    )


LEZERS = pytest.mark.parametrize("lees", [meting, bezetting])
LOOPT = "Q4 2026 loopt nog tot en met 31 december 2026. Vul voorlopig in; definitief kan vanaf 1 januari 2027."


@LEZERS
@pytest.mark.parametrize("dag", [date(2026, 10, 1), date(2026, 10, 25), date(2026, 11, 28), date(2026, 12, 31)])
def test_over_een_lopend_kwartaal_is_niets_definitief(lees: object, dag: date) -> None:
    assert lees(dag) == [Fout(2, "status", LOOPT)]  # type: ignore[operator]
    assert not isinstance(lees(dag, status="voorlopig"), list)  # type: ignore[operator]


@LEZERS
def test_vanaf_de_dag_erna_wel(lees: object) -> None:
    assert not isinstance(lees(date(2027, 1, 1)), list)  # type: ignore[operator]


@LEZERS
def test_een_kwartaal_dat_niet_begon_neemt_niets_aan(lees: object) -> None:
    for status in ("voorlopig", "definitief"):
        uit = lees(date(2026, 9, 30), status=status)  # type: ignore[operator]
        assert uit == [Fout(2, "kwartaal", "Deze periode is nog niet begonnen.")]


@LEZERS
@pytest.mark.parametrize(
    ("jaar", "kwartaal", "laatste"),
    [("2024", "1", date(2024, 3, 31)), ("2028", "1", date(2028, 3, 31)), ("2026", "2", date(2026, 6, 30))],
)
def test_de_laatste_dag_hoort_nog_bij_het_kwartaal(lees: object, jaar: str, kwartaal: str, laatste: date) -> None:
    """Also in a year with a 29 February, and in a quarter in which the clock changes."""
    deel = {"jaar": jaar, "kwartaal": kwartaal}
    assert [fout.kolom for fout in lees(laatste, **deel)] == ["status"]  # type: ignore[operator]
    assert not isinstance(lees(laatste + timedelta(days=1), **deel), list)  # type: ignore[operator]


@given(dag=st.dates(date(2020, 1, 1), date(2030, 12, 31)), kwartaal=st.integers(2021 * 4, 2029 * 4))
def test_elk_kwartaal_is_voor_elke_dag_toekomst_lopend_of_voorbij(dag: date, kwartaal: int) -> None:
    over = Kwartaal.van_index(kwartaal)
    assert (over.begin() > dag) + over.loopt(dag) + (over.einde() < dag) == 1
    assert over.loopt(dag) == (Kwartaal.van(dag) == over)


@pytest.mark.parametrize("dag", [date(2026, 1, 1), date(2026, 12, 31)])
def test_een_heel_jaar_dat_niet_voorbij_is(dag: date) -> None:
    [fout] = _fouten(meting(dag, indicator="los", kwartaal=""))
    assert fout.reden == "2026 is nog niet voorbij. Vul het kwartaal in; een heel jaar kan vanaf 1 januari 2027."
    assert isinstance(meting(date(2027, 1, 1), indicator="los", kwartaal=""), Waarneming)


def test_een_heel_jaar_alleen_van_voor_de_agenda() -> None:
    dag = date(2026, 11, 28)
    assert isinstance(meting(dag, jaar="2022", kwartaal=""), Waarneming)
    [fout] = _fouten(meting(dag, jaar="2023", kwartaal=""))
    assert fout.reden == (
        "Deze indicator wordt elk kwartaal gemeten. Vul het kwartaal in; een heel jaar kan over jaren tot en met 2022."
    )
    [fout] = _fouten(meting(dag, jaar="2024", kwartaal="", indicator="half"))
    assert "elk halfjaar" in fout.reden
    assert isinstance(meting(dag, jaar="2023", kwartaal="", indicator="enquete"), Waarneming)


def _fouten(uitkomst: Waarneming | list[Fout]) -> Sequence[Fout]:
    assert isinstance(uitkomst, list)
    return uitkomst


def _waarneming(**cellen: str) -> Waarneming:
    uit = meting(date(2026, 12, 31), status="voorlopig", **cellen)
    assert isinstance(uit, Waarneming)
    return uit


def test_een_waarde_over_een_lopend_kwartaal_vraagt_een_toelichting() -> None:
    [twijfel] = over_de_dag(_waarneming(), SOM, date(2026, 12, 31))
    assert twijfel.reden == "Het kwartaal loopt nog tot en met 31 december 2026."
    assert twijfel.los_van_verleden
    assert over_de_dag(_waarneming(), SOM, date(2027, 1, 1)) == []
    assert over_de_dag(_waarneming(waarde="nb"), SOM, date(2026, 12, 31)) == []
    assert [t.reden for t in lopend(Q4, date(2026, 10, 1))] == [twijfel.reden]
    assert lopend(Q4, date(2026, 9, 30)) == lopend(Q4, date(2027, 1, 1)) == []


def test_een_enquete_die_later_gehouden_is_vraagt_een_toelichting() -> None:
    laat = replace(_waarneming(), jaar=2025, meetdatum=date(2026, 2, 12))
    [twijfel] = over_de_dag(laat, ENQUETE, date(2026, 3, 1))
    assert twijfel.reden == "Deze meting gaat over 2025 en is van 12 februari 2026, na 31 december 2025."
    assert over_de_dag(replace(laat, meetdatum=date(2025, 12, 31)), ENQUETE, date(2026, 3, 1)) == []
    assert over_de_dag(laat, SOM, date(2026, 3, 1)) == []  # a count is taken after the quarter


def test_een_late_enquete_mag_ook_met_een_dag_in_het_volgende_jaar() -> None:
    uit = meting(date(2026, 3, 1), indicator="enquete", jaar="2025", waarde="46", meetdatum="12-2-2026")
    assert isinstance(uit, Waarneming)
    assert (uit.jaar, uit.kwartaal, uit.meetdatum) == (2025, 4, date(2026, 2, 12))
