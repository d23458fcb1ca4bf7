"""Two texts beside each other, word by word; together the pieces are the texts again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.invoer.voorstellen.definitiebladen.blad import verschil

TEKST = st.text(alphabet="ab \n", max_size=20)


def test_alleen_wat_verandert_is_gemarkeerd() -> None:
    uit = verschil("Bron", "cijfers van de eenheid", "cijfers van het OM")
    assert uit.oud == [("cijfers van ", False), ("de eenheid", True)]
    assert uit.nieuw == [("cijfers van ", False), ("het OM", True)]


def test_leeg_is_geen_stuk() -> None:
    assert (verschil("Bron", "", "x").oud, verschil("Bron", "", "x").nieuw) == ([], [("x", True)])


@given(TEKST, TEKST)
def test_de_stukken_samen_zijn_de_teksten(oud: str, nieuw: str) -> None:
    uit = verschil("Bron", oud, nieuw)
    assert "".join(deel for deel, _ in uit.oud) == oud
    assert "".join(deel for deel, _ in uit.nieuw) == nieuw
