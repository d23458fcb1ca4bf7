"""The ladder counts quarters off course in a row: against a plain recount, and by what must hold of any run."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.tekst.periode import Kwartaal
from monitor.models import Oordeel
from sturing.regels.ladder import (
    LANGSTE_STILSTAND,
    NIET_OP_DE_LADDER,
    VRAAGT_DUIDING,
    ZONDER_CIJFER,
    Ladderstand,
    Trede,
    lees_stand,
    vraagt_duiding,
)

NU = Kwartaal(2026, 3).index
KORT = {"x": "achter", "a": "aandacht", "n": "niet_behaald", "g": "op_koers", "-": "geen_meting", "o": "onvolledig"}
oordelen = st.sampled_from([*Oordeel.values, ""])
reeksen = st.lists(oordelen, max_size=20)


def _als_reeks(oordelen: list[str]) -> dict[int, str]:
    """The last one is of NU; what is empty was never computed."""
    begin = NU - len(oordelen) + 1
    return {begin + plek: oordeel for plek, oordeel in enumerate(oordelen) if oordeel}


def _nageteld(oordelen: list[str]) -> int:
    """By another road: cut the text of the run at the last quarter that breaks it."""
    tekst = "".join("x" if vraagt_duiding(o) else "-" if o in ZONDER_CIJFER else "|" for o in oordelen)
    laatste = tekst.rpartition("|")[2].rpartition("-" * (LANGSTE_STILSTAND + 1))[2]
    return laatste.count("x")


@pytest.mark.parametrize(
    ("reeks", "kwartalen", "trede"),
    [
        ("", 0, Trede.GEEN),
        ("g", 0, Trede.GEEN),
        ("x", 1, Trede.EIGENAAR),
        ("ga", 1, Trede.EIGENAAR),
        ("xx", 2, Trede.PORTEFEUILLEHOUDER),
        ("axn", 3, Trede.RVO),
        ("xxxxx", 5, Trede.RVO),
        ("xxg", 0, Trede.GEEN),
        ("xxgx", 1, Trede.EIGENAAR),
        ("xx-", 2, Trede.PORTEFEUILLEHOUDER),
        ("x-x", 2, Trede.PORTEFEUILLEHOUDER),
        ("x--ox", 2, Trede.PORTEFEUILLEHOUDER),
        ("x" + "-" * 8, 1, Trede.EIGENAAR),
        ("x" + "-" * 9, 0, Trede.GEEN),
    ],
)
def test_een_reeks_en_haar_trede(reeks: str, kwartalen: int, trede: Trede) -> None:
    stand = lees_stand(_als_reeks([KORT[teken] for teken in reeks]), NU)
    assert (stand.kwartalen, stand.trede) == (kwartalen, trede)


@settings(deadline=None)
@given(reeksen)
def test_nageteld_is_het_hetzelfde(reeks: list[str]) -> None:
    assert lees_stand(_als_reeks(reeks), NU).kwartalen == _nageteld(reeks)


@settings(deadline=None)
@given(reeksen, st.sampled_from(sorted(VRAAGT_DUIDING)))
def test_nog_een_kwartaal_van_koers_is_precies_een_meer(reeks: list[str], oordeel: str) -> None:
    langer = lees_stand(_als_reeks([*reeks, oordeel]), NU)
    voor = lees_stand(_als_reeks(reeks), NU)
    if voor.kwartalen or not reeks:
        assert langer.kwartalen == voor.kwartalen + 1
    assert langer.trede >= Trede.EIGENAAR


@settings(deadline=None)
@given(reeksen)
def test_op_koers_haalt_van_de_ladder_en_wat_later_komt_telt_niet(reeks: list[str]) -> None:
    assert lees_stand(_als_reeks([*reeks, "op_koers"]), NU) == NIET_OP_DE_LADDER
    assert lees_stand(_als_reeks(reeks) | {NU + 1: "op_koers"}, NU) == lees_stand(_als_reeks(reeks), NU)


@settings(deadline=None)
@given(reeksen, reeksen)
def test_wat_voor_de_breuk_lag_maakt_niets_uit(voor: list[str], na: list[str]) -> None:
    assert lees_stand(_als_reeks([*voor, "behaald", *na]), NU) == lees_stand(_als_reeks(["behaald", *na]), NU)


@settings(deadline=None)
@given(reeksen)
def test_het_eerste_kwartaal_van_de_reeks_is_zelf_van_koers(reeks: list[str]) -> None:
    bewaard, stand = _als_reeks(reeks), lees_stand(_als_reeks(reeks), NU)
    assert (stand.sinds is None) == (stand.kwartalen == 0)
    assert stand.sinds is None or vraagt_duiding(bewaard[stand.sinds])


def test_elk_oordeel_hoort_bij_een_van_de_drie() -> None:
    assert VRAAGT_DUIDING | ZONDER_CIJFER - {""} < set(Oordeel.values)
    assert not VRAAGT_DUIDING & ZONDER_CIJFER


def test_in_woorden() -> None:
    assert Ladderstand(1, NU).hoe_lang == "1 kwartaal van koers, sinds Q3 2026"
    assert Ladderstand(3, NU - 2).hoe_lang == "3 kwartalen op rij van koers, sinds Q1 2026"
    assert NIET_OP_DE_LADDER.hoe_lang == ""
    assert [trede.bij for trede in Trede if trede][-1] == "de agenda van het RVO"
