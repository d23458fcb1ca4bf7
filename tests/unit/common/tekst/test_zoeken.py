"""What is typed as words, and where these stand in a text: whatever is typed, nothing but the marks is mark-up."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.tekst.tekens import kaal, past
from common.tekst.zoeken import (
    LANGSTE_VRAAG,
    LENGTE,
    MEESTE_WOORDEN,
    beste_fragment,
    fragment,
    markeer,
    woorden_van,
)


@pytest.mark.parametrize(
    ("vraag", "woorden"),
    [
        ("", ()),
        ("  %_' ", ()),
        ("Coördinatie één", ("coordinatie", "een")),
        ("A2 – Schiedam", ("a2", "schiedam")),
        ("ziek ZIEK zïek", ("ziek",)),
        ("zie\x00k", ("zie", "k")),
    ],
)
def test_woorden(vraag: str, woorden: tuple[str, ...]) -> None:
    assert woorden_van(vraag) == woorden


@given(st.text(max_size=300))
def test_woorden_zijn_weinig_kort_en_zonder_leestekens(vraag: str) -> None:
    woorden = woorden_van(vraag)
    assert len(woorden) <= MEESTE_WOORDEN
    assert all(re.fullmatch(r"[^\W_]+", woord) for woord in woorden)
    assert len(vraag) <= LANGSTE_VRAAG or woorden == woorden_van(vraag[:LANGSTE_VRAAG])
    assert past(woorden, vraag) or not woorden


def test_een_kort_woord_past_alleen_aan_het_begin() -> None:
    assert past(("os",), "NOS en OS")
    assert not past(("os",), "NOS")
    assert past(("nos", "o"), "nos, of os")
    assert past(("verzuim",), "ziekteverzuim")


@given(st.text(max_size=400), st.text(max_size=40))
def test_markeren_verandert_geen_letter_van_de_tekst(tekst: str, vraag: str) -> None:
    gemarkeerd = markeer(tekst, woorden_van(vraag))
    assert html.unescape(re.sub("</?mark>", "", gemarkeerd)) == tekst
    assert "<" not in re.sub("</?mark>", "", gemarkeerd)
    assert gemarkeerd.count("<mark>") == gemarkeerd.count("</mark>")


@given(st.text(alphabet="ab <&é", max_size=600), st.text(alphabet="abé", min_size=1, max_size=4))
def test_een_fragment_is_een_stuk_van_de_tekst_en_niet_lang(tekst: str, vraag: str) -> None:
    kort = html.unescape(re.sub("</?mark>", "", fragment(tekst, woorden_van(vraag))))
    stuk = kort.removeprefix("… ").removesuffix(" …") if len(tekst) > LENGTE else kort
    assert stuk in tekst
    assert len(stuk) <= LENGTE


@pytest.mark.parametrize("waar", [0, 50, 400, 900])
def test_het_fragment_bevat_de_eerste_treffer(waar: int) -> None:
    tekst = "woord " * (waar // 6) + "naald in de " + "hooi berg " * 60
    assert "<mark>naald</mark>" in fragment(tekst, ("naald",))


def test_van_meer_teksten_telt_de_eerste_waarin_iets_staat() -> None:
    assert beste_fragment(("hooi", "een naald"), ("naald",)) == "een <mark>naald</mark>"
    assert beste_fragment(("hooi", ""), ("naald",)) == "hooi"


def test_een_andere_vorm_wordt_bij_het_begin_gemarkeerd() -> None:
    assert markeer("Signalen delen", ("signaal",)) == "<mark>Signa</mark>len delen"
    assert markeer("Coördinatie", ("coordinatie",)) == "<mark>Coördinatie</mark>"
    assert markeer("NOS en OS", ("os",)) == "NOS en <mark>OS</mark>"


def test_kaal_is_klaar_na_een_keer() -> None:
    assert kaal(kaal("Zuid-Hollandse  Eilanden!")) == "zuid hollandse eilanden"
