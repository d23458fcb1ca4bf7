"""The headline of the first page: its grammar, and that it counts every goal once."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.dashboards.overzicht.bron import bronregels
from monitor.dashboards.overzicht.koers import GEEN_DOEL, Koers, is_veranderd, koers_van, koerszin, stap_van, telzin
from monitor.models import Oordeel

OORDELEN = st.sampled_from(["", *Oordeel.values])
G, N, M, S, Z = "op_koers", "achter", "geen_meting", "niet_te_onderscheiden", "geen_doel"
L = "nog_niet_verschuldigd"
S_ZIN = "geen verschil met de vorige meting."


@pytest.mark.parametrize(
    ("oordelen", "zin"),
    [
        (
            [G] * 7 + ["behaald"] + [N] * 7 + [M] * 2 + [Z] * 4,
            "8 van de 17 doelen zijn op koers of behaald, 7 niet; van 2 mist het cijfer.",
        ),
        ([G] + [N] * 3 + [M], "Eén van de 5 doelen is op koers of behaald, 3 niet; van één mist het cijfer."),
        ([G, G, N], "2 van de 3 doelen zijn op koers of behaald, één niet."),
        ([G] * 3, "Alle 3 doelen zijn op koers of behaald."),
        ([G] * 2, "Beide doelen zijn op koers of behaald."),
        ([G], "Het enige doel is op koers of behaald."),
        ([N, N], "Geen van beide doelen is op koers of behaald."),
        ([N] * 3 + [M], "Geen van de 4 doelen is op koers of behaald; van één mist het cijfer."),
        ([N], "Het enige doel is niet op koers."),
        ([M] * 4, "Van alle 4 doelen mist het cijfer."),
        ([M, M], "Van beide doelen mist het cijfer."),
        ([M, Z], "Van het enige doel mist het cijfer."),
        ([S], f"Bij het enige doel is er {S_ZIN}"),
        ([G, N, S], f"Eén van de 3 doelen is op koers of behaald, één niet; bij één is er {S_ZIN}"),
        ([G, G, S, S], f"2 van de 4 doelen zijn op koers of behaald; bij 2 is er {S_ZIN}"),
        ([Z], f"{GEEN_DOEL}."),
        ([], f"{GEEN_DOEL}."),
        ([L, L, Z], f"{GEEN_DOEL}. Van 2 indicatoren komt het cijfer nog."),
        ([G, G, L], "Beide doelen zijn op koers of behaald. Van één indicator komt het cijfer nog."),
        ([N, L], "Het enige doel is niet op koers. Van één indicator komt het cijfer nog."),
    ],
)
def test_de_zin(oordelen: list[str], zin: str) -> None:
    assert koerszin(oordelen) == zin


@given(st.lists(OORDELEN, max_size=40))
def test_elk_doel_telt_een_keer(oordelen: list[str]) -> None:
    aantal = Counter(koers_van(oordeel) for oordeel in oordelen)
    doelen = len(oordelen) - aantal[Koers.ZONDER] - aantal[Koers.LATER]
    zin = koerszin(oordelen)
    assert zin.endswith(".")
    assert not re.search(r"\b0\b|\b1\b|None", zin)
    if doelen > 2 and aantal[Koers.GOED] not in (0, doelen):
        assert [int(getal) for getal in re.findall(r"\d+", zin.replace("één", "1").replace("Eén", "1"))] == [
            aantal[Koers.GOED],
            doelen,
            *(aantal[koers] for koers in (Koers.NIET, Koers.MIST, Koers.GELIJK, Koers.LATER) if aantal[koers]),
        ]


@given(st.lists(OORDELEN, min_size=2, max_size=40))
def test_de_telling_telt_alles_op(oordelen: list[str]) -> None:
    alle, *delen = map(int, re.findall(r"\d+", telzin(oordelen, 3).partition(";")[0]))
    assert alle == sum(delen) == len(oordelen)


def test_de_telling_zegt_wat_geen_doel_heeft() -> None:
    assert telzin([G, N, M, S, Z, Z, L], 5) == (
        "7 indicatoren: van 1 komt het cijfer nog, daarnaast 4 met een doel en 2 zonder doel; "
        "5 dit kwartaal te leveren."
    )
    assert telzin([G], 1) == "1 indicator: 1 met een doel; 1 dit kwartaal te leveren."


@given(OORDELEN, OORDELEN)
def test_een_stap_heeft_een_tegenstap_en_is_een_verandering(was: str, nu: str) -> None:
    assert stap_van(was, nu) == -stap_van(nu, was)
    assert is_veranderd(was, nu) == is_veranderd(nu, was)
    assert stap_van(was, was) == 0
    assert not is_veranderd(was, was)
    if stap_van(was, nu):
        assert is_veranderd(was, nu)


def test_een_lopend_kwartaal_is_geen_nieuws() -> None:
    assert not is_veranderd("behaald", "nog_niet_verschuldigd")
    assert not is_veranderd("", "achter")
    assert is_veranderd("geen_meting", "achter")
    assert not is_veranderd("geen_meting", "geen_doel")
    assert stap_van("geen_meting", "achter") == 0


@pytest.mark.parametrize(
    ("regels", "zin"),
    [
        (["543-544", "546", "548"], "regel 543-548"),
        (["1201"], "regel 1201"),
        (["548", "543-544, 546"], "regel 543-548"),
        ([], ""),
        (["bijlage"], ""),
    ],
)
def test_de_bron_staat_er_een_keer(regels: list[str], zin: str) -> None:
    assert bronregels(regels) == zin
