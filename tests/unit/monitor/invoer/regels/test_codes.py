"""A code is known whatever way it was written, and a wrong one is answered with one that may be named."""

from __future__ import annotations

import time

import pytest

from monitor.invoer.regels.codes import herken, voorstel
from monitor.invoer.regels.validatie import OnderdeelFeiten

BEKEND = {
    o.code: o
    for o in (
        OnderdeelFeiten("RE07", "eenheid", naam="Eenheid Rotterdam"),
        OnderdeelFeiten("A", "district", naam="Rotterdam-Noord"),
        OnderdeelFeiten("B1", "basisteam", naam="Rotterdam-West"),
        OnderdeelFeiten("B2", "basisteam", naam="Delfshaven"),
        OnderdeelFeiten("A1", "basisteam", naam="Centrum"),
        OnderdeelFeiten("A2", "basisteam", naam="Centrum"),
        OnderdeelFeiten("verdachten-mensenhandel", "eenheid", naam="Verdachten van mensenhandel"),
        OnderdeelFeiten("zorg-en-café", "eenheid"),
    )
}


@pytest.mark.parametrize(
    ("tekst", "code"),
    [
        ("RE07", "RE07"), ("re07", "RE07"), (" Re07 ", "RE07"), ("RE\u200b07", "RE07"), ("RE-07", "RE07"),
        ("re 07", "RE07"), ("ＲＥ０７", "RE07"), ("Eenheid Rotterdam", "RE07"), ("eenheid rotterdam", "RE07"),
        ("Verdachten-Mensenhandel", "verdachten-mensenhandel"), ("verdachten–mensenhandel", "verdachten-mensenhandel"),
        ("verdachten_mensenhandel", "verdachten-mensenhandel"),
        ("Verdachten van MENSENHANDEL", "verdachten-mensenhandel"),
        ("zorg-en-cafe", "zorg-en-café"), ("a", "A"),
    ],
)  # fmt: skip
def test_een_code_is_bekend_hoe_zij_ook_geschreven_is(tekst: str, code: str) -> None:
    gevonden = herken(tekst, BEKEND)
    assert gevonden is not None
    assert gevonden.code == code


@pytest.mark.parametrize("tekst", ["", "-", "B9", "Centrum", "verdachten", "RE7"])
def test_wat_niets_of_meer_dan_een_ding_is_wordt_niet_geraden(tekst: str) -> None:
    assert herken(tekst, BEKEND) is None


@pytest.mark.parametrize(
    ("tekst", "bedoeld"),
    [
        ("B9", "B1 (Rotterdam-West)"),
        ("RE7", "RE07 (Eenheid Rotterdam)"),
        ("verdachten-mensenhandl", "verdachten-mensenhandel (Verdachten van mensenhandel)"),
        ("zorg-en-kafe", "zorg-en-café"),
        ("Delfshavn", "B2 (Delfshaven)"),
        ("ziekteverzuim", ""),
        ("", ""),
    ],
)
def test_een_verkeerde_code_biedt_de_naaste_aan(tekst: str, bedoeld: str) -> None:
    assert voorstel(tekst, BEKEND, None) == bedoeld


def test_alleen_wat_genoemd_mag_worden_wordt_aangeboden() -> None:
    assert voorstel("B9", BEKEND, {"B2"}) == "B2 (Delfshaven)"
    assert voorstel("B9", BEKEND, ()) == ""


def test_duizend_verkeerde_codes_kosten_geen_minuut() -> None:
    bekend = {f"indicator-{n}-van-de-agenda": OnderdeelFeiten(f"indicator-{n}-van-de-agenda", "x") for n in range(150)}
    begin = time.perf_counter()
    for nummer in range(1000):
        voorstel(f"onbekend-{nummer}-woord", bekend, None)
    assert time.perf_counter() - begin < 60
