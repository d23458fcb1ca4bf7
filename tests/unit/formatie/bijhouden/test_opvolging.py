"""What becomes of teams on a day: every part of a district is in exactly one team, at the end of every quarter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.tekst.periode import Kwartaal, kwartalen
from formatie.bijhouden.opvolging import (
    GEEN_TWEE_OPVOLGERS,
    Basisteam,
    Opvolger,
    Teamwijziging,
    Verandering,
    bezwaren,
    erven,
    gevolgen,
    na,
)

DAG = date(2027, 1, 1)
DISTRICTEN = {"A": "Noord", "B": "Stad"}
TEAMS = {
    "A1": Basisteam("A1", "Waterweg", "A"),
    "A2": Basisteam("A2", "Schiedam", "A"),
    "B1": Basisteam("B1", "Delfshaven", "B"),
    "A9": Basisteam("A9", "Oud", "A", tot=date(2024, 1, 1)),
    "A8": Basisteam("A8", "Straks", "A", vanaf=date(2027, 7, 1)),
}
CODES = [*TEAMS, *DISTRICTEN, "RE07"]
Nieuw = Opvolger


def _fouten(soort: str, vanaf: date = DAG, *, van: str = "", naar: Any = (), **meer: str) -> list[tuple[str, str]]:
    wijziging = Teamwijziging(Verandering(soort), vanaf, tuple(van.split()), tuple(naar), **meer)
    return bezwaren(wijziging, TEAMS, CODES, DISTRICTEN)


GOED = [
    ("splitsen", {"van": "A1", "naar": [Nieuw("A4", "Maassluis"), Nieuw("A5", "Vlaardingen")]}),
    ("splitsen", {"van": "A1", "naar": [Opvolger("A1"), Nieuw("A5", "Vlaardingen")]}),
    ("splitsen", {"van": "A1", "naar": [Opvolger("A2"), Nieuw("A5", "Waterweg")]}),
    ("samenvoegen", {"van": "A1 A2", "naar": [Nieuw("A4", "Waterweg")]}),
    ("samenvoegen", {"van": "A1 A2", "naar": [Opvolger("A2")]}),
    ("samenvoegen", {"van": "A1", "naar": [Opvolger("A2")]}),
    ("samenvoegen", {"van": "A1 B1", "naar": [Nieuw("A4", "Samen")], "district": "B"}),
    ("hernoemen", {"van": "A1", "naam": "Waterkant"}),
    ("beeindigen", {"van": "A1"}),
    ("beginnen", {"naar": [Nieuw("B4", "Hoogvliet")], "district": "B"}),
]


@pytest.mark.parametrize(("soort", "velden"), GOED)
def test_wat_kan(soort: str, velden: dict[str, Any]) -> None:
    assert _fouten(soort, **velden) == []


FOUT: list[tuple[str, dict[str, Any], str, str]] = [
    ("splitsen", {"van": "A1"}, "code_1", GEEN_TWEE_OPVOLGERS),
    ("splitsen", {"van": "A1", "naar": [Nieuw("A4", "Een")]}, "code_2", GEEN_TWEE_OPVOLGERS),
    ("splitsen", {"naar": [Nieuw("A4", "Een"), Nieuw("A5", "Twee")]}, "van", "Kies het ene team"),
    ("splitsen", {"van": "A1", "naar": [Nieuw("A4", "X"), Nieuw("A4", "Y")]}, "code_2", "A4 staat er twee keer."),
    ("splitsen", {"van": "A1", "naar": [Nieuw("A2", "X"), Nieuw("A4", "Y")]}, "code_1", "A2 is al van Schiedam"),
    ("splitsen", {"van": "A1", "naar": [Nieuw("A9", ""), Nieuw("A4", "Y")]}, "code_1", "A9 Oud is er niet"),
    ("splitsen", {"van": "A1", "naar": [Nieuw("a", "X"), Nieuw("A4", "Y")]}, "code_1", "hoofdletters"),
    ("splitsen", {"van": "A1", "naar": [Nieuw("RE07", "X"), Nieuw("A4", "Y")]}, "code_1", "ander onderdeel"),
    ("splitsen", {"van": "A1", "naar": [Nieuw("A5"), Nieuw("A4", "Y")]}, "naam_1", "vul ook zijn naam in"),
    (
        "splitsen",
        {"van": "A1", "naar": [Nieuw("A5", "schiedam"), Nieuw("A4", "Y")]},
        "naam_1",
        "A2 Schiedam heet al zo.",
    ),
    ("splitsen", {"van": "A1", "naar": [Nieuw("A4", "X"), Nieuw("", "Y")]}, "code_2", "Geef Y een code"),
    ("splitsen", {"van": "Z1", "naar": [Nieuw("A5", "X"), Nieuw("A4", "Y")]}, "van", "Z1 is geen basisteam"),
    ("samenvoegen", {"van": "A1", "naar": [Nieuw("A4", "Y")]}, "van", "ten minste twee"),
    ("samenvoegen", {"van": "A1 A2"}, "code_1", "het ene team dat doorgaat"),
    ("samenvoegen", {"van": "A1 B1", "naar": [Nieuw("A4", "Y")]}, "district", "Kies het district"),
    ("hernoemen", {"van": "A1"}, "naam", "Vul de nieuwe naam in."),
    ("hernoemen", {"van": "A1", "naam": "Delfshaven"}, "naam", "B1 Delfshaven heet al zo."),
    ("beeindigen", {}, "van", "Kies het team"),
    ("beeindigen", {"van": "A9"}, "van", "A9 Oud bestaat al niet meer sinds 1 januari 2024."),
    ("beeindigen", {"van": "A8"}, "vanaf", "A8 Straks begint pas op 1 juli 2027: een einde ligt na het begin."),
    ("beeindigen", {"van": "A8", "vanaf": date(2027, 7, 1)}, "vanaf", "een einde ligt na het begin"),
    ("beginnen", {"naar": [Nieuw("B4", "Hoogvliet")]}, "district", "Kies het district"),
    ("beginnen", {"naar": [Nieuw("B4", "Hoogvliet")], "district": "Q"}, "district", "uit de lijst"),
    ("beginnen", {"naar": [Nieuw("B1", "Delfshaven")], "district": "B"}, "code_1", "B1 is al van Delfshaven"),
]


@pytest.mark.parametrize(("soort", "velden", "veld", "reden"), FOUT)
def test_wat_niet_kan_staat_bij_zijn_veld(soort: str, velden: dict[str, Any], veld: str, reden: str) -> None:
    gevonden = _fouten(soort, **velden)
    assert [bezwaar for bezwaar in gevonden if bezwaar[0] == veld and reden in bezwaar[1]], gevonden


def test_na_een_splitsing() -> None:
    wijziging = Teamwijziging(Verandering.SPLITSEN, DAG, ("A1",), (Nieuw("A4", "West"), Nieuw("A5", "Oost")))
    daarna = na(wijziging, TEAMS)
    assert daarna["A1"].tot == DAG
    assert daarna["A4"] == Basisteam("A4", "West", "A", DAG)
    assert wijziging.lijnen == [("A1", "A4"), ("A1", "A5")]
    assert daarna["A2"] is TEAMS["A2"]


def test_wat_doorgaat_volgt_zichzelf_niet() -> None:
    wijziging = Teamwijziging(Verandering.SAMENVOEGEN, DAG, ("A1", "A2"), (Opvolger("A2"),))
    assert (wijziging.eindigen, wijziging.lijnen) == (["A1"], [("A1", "A2")])
    assert na(wijziging, TEAMS)["A2"] == TEAMS["A2"]


def test_de_zinnen_zeggen_wat_er_met_de_reeksen_gebeurt() -> None:
    naar = (Opvolger("A1"), Nieuw("A5", "Oost"))
    zinnen = " ".join(gevolgen(Teamwijziging(Verandering.SPLITSEN, date(2026, 11, 15), ("A1",), naar), TEAMS))
    assert "A1 Waterweg gaat door" in zinnen
    assert "A5 Oost begint op 15 november 2026 met een eigen, lege reeks, en noemt A1 als voorganger" in zinnen
    assert "voor het eerst gevraagd over Q4 2026" in zinnen
    assert "midden in Q4 2026" in zinnen
    assert "kies dan 1 januari 2027" in zinnen
    assert "De som van district A blijft heel" in zinnen
    op_grens = " ".join(gevolgen(Teamwijziging(Verandering.SPLITSEN, DAG, ("A1",), naar), TEAMS))
    assert "midden in" not in op_grens


# The parts of a district as atoms: each in one team, handed on by every change.
Delen = dict[str, frozenset[int]]
BEGIN = date(2024, 1, 1)


@st.composite
def _verloop(draw: st.DrawFn) -> tuple[dict[str, Basisteam], list[tuple[date, Delen]], list[tuple[str, str, date]]]:
    """Some changes after each other: the teams in the end, who held which parts from when, and who follows whom."""
    aantal = draw(st.integers(1, 4))
    teams = {f"T{n}": Basisteam(f"T{n}", f"Basisteam {n}", "A") for n in range(aantal)}
    delen: Delen = {f"T{n}": frozenset(range(n * 4, n * 4 + 4)) for n in range(aantal)}
    standen, lijnen, dag = [(date.min, delen)], [], BEGIN
    for nummer in range(draw(st.integers(1, 5))):
        dag += timedelta(days=draw(st.integers(1, 200)))
        wijziging = draw(_wijziging(delen, dag, nummer))
        assert not bezwaren(wijziging, teams, list(teams), {"A": "Noord"})
        delen = _verdeel(draw, wijziging, delen)
        teams, lijnen = na(wijziging, teams), [*lijnen, *((van, naar, dag) for van, naar in wijziging.lijnen)]
        standen.append((dag, delen))
    return teams, standen, lijnen


@st.composite
def _wijziging(draw: st.DrawFn, delen: Mapping[str, frozenset[int]], dag: date, nummer: int) -> Teamwijziging:
    codes = sorted(delen)
    nieuw = [Opvolger(f"N{nummer}-{n}", f"Nieuw {nummer}-{n}") for n in range(3)]
    van = draw(st.sampled_from(codes))
    anderen = [code for code in codes if code != van]
    if anderen and draw(st.booleans()):
        samen = (van, *draw(st.lists(st.sampled_from(anderen), min_size=1, unique=True)))
        naar = draw(st.sampled_from([nieuw[0], *map(Opvolger, samen)]))
        return Teamwijziging(Verandering.SAMENVOEGEN, dag, samen, (naar,))
    bestaand = draw(st.lists(st.sampled_from(list(map(Opvolger, codes))), unique=True, max_size=2))
    aantal = draw(st.integers(max(0, 2 - len(bestaand)), 3))
    return Teamwijziging(Verandering.SPLITSEN, dag, (van,), (*bestaand, *nieuw[:aantal]))


def _verdeel(draw: st.DrawFn, wijziging: Teamwijziging, delen: Delen) -> Delen:
    """Hand the parts of who takes part to who goes on, each to one."""
    los = sorted(deel for code in wijziging.van for deel in delen[code])
    daarna = {code: wat for code, wat in delen.items() if code not in wijziging.van}
    krijgt = [draw(st.sampled_from([op.code for op in wijziging.naar])) for _ in los]
    for opvolger in wijziging.naar:
        eigen = frozenset(deel for deel, code in zip(los, krijgt, strict=True) if code == opvolger.code)
        daarna[opvolger.code] = daarna.get(opvolger.code, frozenset()) | eigen
    return daarna


@given(_verloop())
def test_elk_deel_is_op_de_laatste_dag_van_elk_kwartaal_in_precies_een_team(verloop: Any) -> None:
    teams, standen, lijnen = verloop
    alles = sorted(deel for delen in standen[0][1].values() for deel in delen)
    for kwartaal in kwartalen(Kwartaal(2023, 4), Kwartaal(2027, 1)):
        dag = kwartaal.einde()
        delen = next(delen for sinds, delen in reversed(standen) if sinds <= dag)
        geldig = {code for code, team in teams.items() if team.bestaat_op(dag)}
        assert geldig == set(delen)
        assert sorted(deel for code in geldig for deel in delen[code]) == alles
        for begin, eerste in standen[0][1].items():
            erfgenamen = erven(begin, dag, teams, lijnen)
            assert erfgenamen <= geldig
            assert not eerste - frozenset().union(*(delen[code] for code in erfgenamen))
