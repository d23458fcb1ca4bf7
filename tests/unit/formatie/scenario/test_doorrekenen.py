"""A thought experiment moves places and people, and loses none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.tekst.periode import Kwartaal
from formatie.models import Inwonertal
from formatie.scenario.doorrekenen import Ingreep, Onmogelijk, Team, reken_door

Q4 = Kwartaal(2025, 4)
FTE = st.integers(500, 2000).map(lambda n: Decimal(n) / 10)
BEETJE = st.integers(-40, 40).map(lambda n: Decimal(n) / 10)


def _teams(plaatsen: list[Decimal]) -> list[Team]:
    return [Team(f"T{n}", f"Team {n}", p, Decimal(12), p - 5, Decimal(10)) for n, p in enumerate(plaatsen)]


@given(st.lists(FTE, min_size=2, max_size=5), st.lists(BEETJE, min_size=4, max_size=4), st.integers(1, 12))
def test_verschuiven_verandert_het_totaal_niet_en_instroom_telt_elk_kwartaal(plaatsen, stappen, vooruit) -> None:
    schuif, schuif_wijk, instroom, instroom_wijk = stappen
    instroom, instroom_wijk = abs(instroom), min(abs(instroom_wijk), abs(instroom))
    ingrepen = {"T0": Ingreep(schuif, schuif_wijk, instroom, instroom_wijk), "T1": Ingreep(-schuif, -schuif_wijk)}
    uitkomst = reken_door(_teams(plaatsen), ingrepen, start=Q4, vooruit=vooruit)
    eerste, laatste = uitkomst.district[0], uitkomst.district[-1]
    assert laatste.plaatsen == eerste.plaatsen == sum(plaatsen)
    assert laatste.plaatsen_wijk == eerste.plaatsen_wijk
    assert laatste.mensen - eerste.mensen == instroom * vooruit
    assert laatste.wijkagenten - eerste.wijkagenten == instroom_wijk * vooruit
    assert laatste.verschil == sum(standen[-1].verschil for standen in uitkomst.teams.values())
    assert len(uitkomst.kwartalen) == vooruit + 1


@given(BEETJE.filter(bool))
def test_plaatsen_die_niet_op_nul_uitkomen_worden_geweigerd(schuif: Decimal) -> None:
    with pytest.raises(Onmogelijk, match="niet op nul uit"):
        reken_door(_teams([Decimal(50)] * 2), {"T0": Ingreep(schuif)}, start=Q4, vooruit=1)


def test_zonder_ingreep_blijft_alles_gelijk() -> None:
    uitkomst = reken_door(_teams([Decimal(50), Decimal(60)]), {}, start=Q4, vooruit=3)
    assert {(stand.mensen, stand.plaatsen) for stand in uitkomst.district} == {(Decimal(100), Decimal(110))}
    assert str(uitkomst.kwartalen[1]) == "2026-Q1"


def test_de_indicatoren_volgen() -> None:
    stand = reken_door(_teams([Decimal(50)]), {}, start=Q4, vooruit=1).district[0]
    assert stand.verschil == Decimal(-5)
    assert stand.bezet.quantize(Decimal("0.1")) == Decimal("83.3")
    assert Inwonertal(aantal=45000).per(stand.wijkagenten) == 4500
    assert Inwonertal(aantal=45000).per(None) is None


def test_wat_niet_bekend_is_wordt_geen_nul() -> None:
    teams = [*_teams([Decimal(50)]), Team("X", "Team X", Decimal(40), None, None, None)]
    uitkomst = reken_door(teams, {"X": Ingreep(instroom=Decimal(3))}, start=Q4, vooruit=2)
    assert uitkomst.teams["X"][2].mensen is None
    assert uitkomst.district[2].mensen is None
    assert uitkomst.district[2].plaatsen == 90
