"""Who answers for a value on a day, held against the rule as it is written down."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Rolvervulling, User
from formatie.models import Onderdeel
from monitor.eigenaars import Beurt, Eigenaars, is_aan_zet
from monitor.models import Eigenaarschap, Indicator
from monitor.reikwijdte import Reikwijdte

DAG = date(2026, 11, 29)
EENHEID, DISTRICT, TEAM = (
    Onderdeel(pk=1, code="RE07"),
    Onderdeel(pk=2, code="A", ouder_id=1),
    Onderdeel(pk=3, code="A1", ouder_id=2),
)
INDICATOR, ANDERE = Indicator(pk=1, code="een"), Indicator(pk=2, code="twee")
NAMEN = {1: "anna", 2: "bea", 3: "cora", 4: "dora"}
ANALISTEN = (1, 2)
"""Of the others one has a role that enters nothing, and one has none."""


def persoon(pk: int) -> User:
    user = User(pk=pk, username=NAMEN[pk])
    user.vervullingen = [Rolvervulling(user=user, rol="analist" if pk in ANALISTEN else "vaststeller")]
    return user


PERSONEN = {pk: persoon(pk) for pk in NAMEN}


def rij(wat: str, pk: int, wie: int, plus: int | None = None, vanaf: int = 0, tot: int | None = None) -> Eigenaarschap:
    einde = None if tot is None else DAG + timedelta(days=tot)
    wanneer = {"geldig_vanaf": DAG + timedelta(days=vanaf), "geldig_tot": einde}
    return Eigenaarschap(
        persoon=PERSONEN[wie], vervanger=PERSONEN[plus] if plus else None, **{f"{wat}_id": pk}, **wanneer
    )


def beurt(*rijen: Eigenaarschap, onderdeel: Onderdeel = TEAM, dag: date = DAG) -> Beurt | None:
    werkenden = [PERSONEN[pk] for pk in (1, 2, 3)]
    return Eigenaars(rijen, werkenden, (EENHEID, DISTRICT, TEAM)).beurt(INDICATOR, onderdeel, 7, dag)


PLEKKEN = [("indicator", 1), ("onderdeel", 3), ("onderdeel", 2), ("onderdeel", 1), ("thema", 7)]
"""Of the value of this team, the nearest first."""
ELDERS = [("indicator", 2), ("onderdeel", 9), ("thema", 8)]


RIJEN = st.dictionaries(
    st.sampled_from([*PLEKKEN, *ELDERS]),
    st.tuples(
        st.sampled_from([*NAMEN]), st.sampled_from([None, *NAMEN]), st.integers(-2, 2), st.sampled_from([None, 0, 1, 2])
    ),
)


@given(rijen=RIJEN)
def test_de_naaste_met_iemand_die_telt_is_aan_de_beurt(rijen: dict[tuple[str, int], tuple[Any, ...]]) -> None:
    """Computed once more from the words of the rule: order, days, and who may enter."""
    verwacht: set[int] = set()
    for plek in PLEKKEN:
        if plek in rijen and not verwacht:
            wie, plus, vanaf, duur = rijen[plek]
            if vanaf <= 0 and (duur is None or vanaf + duur > 0):
                verwacht = {wie, plus} & set(ANALISTEN)
    gevonden = beurt(*(
        rij(*plek, wie, plus, vanaf, None if duur is None else vanaf + duur)
        for plek, (wie, plus, vanaf, duur) in rijen.items()
    ))  # fmt: skip
    assert (set(gevonden.tellend) if gevonden else set()) == verwacht
    for pk in ANALISTEN:
        assert is_aan_zet(PERSONEN[pk], gevonden) is (not verwacht or pk in verwacht)


@pytest.mark.parametrize(
    ("wie", "plus", "tekst"),
    [(1, None, "anna"), (1, 2, "anna, vervanger bea"), (1, 3, "anna"), (3, 2, "bea, vervanger van cora")],
)
def test_genoemd_wordt_wie_telt(wie: int, plus: int | None, tekst: str) -> None:
    assert str(beurt(rij("indicator", 1, wie, plus))) == tekst


def test_een_vervanger_weet_van_wie() -> None:
    gevonden = beurt(rij("indicator", 1, 1, 2))
    assert gevonden
    assert [gevonden.als(PERSONEN[pk]) for pk in (1, 2, 3)] == ["", "vervanger van anna", ""]


def test_wie_alleen_een_district_invoert_telt_alleen_daar(monkeypatch: pytest.MonkeyPatch) -> None:
    alleen_a = Reikwijdte(alles=False, onderdelen=frozenset({"A", "A1"}))
    monkeypatch.setattr("monitor.eigenaars.lees_reikwijdte", lambda user, recht: alleen_a)
    eigen = rij("indicator", 1, 1)
    assert beurt(eigen, onderdeel=TEAM) is not None
    assert beurt(eigen, onderdeel=EENHEID) is None


def test_op_de_dag_zelf_en_niet_op_de_dag_van_het_einde() -> None:
    rijen = [rij("indicator", 1, 1, vanaf=-1, tot=1), rij("indicator", 1, 2, vanaf=1)]
    dagen = [beurt(*rijen, dag=DAG + timedelta(days=n)) for n in (-2, -1, 0, 1)]
    assert [str(een) if een else "" for een in dagen] == ["", "anna", "anna", "bea"]
