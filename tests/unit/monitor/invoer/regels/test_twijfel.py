"""What is doubtful: a slip of unit or factor, a sudden nothing, a value outside its own history."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.invoer.regels.twijfel import Eerder, twijfels
from monitor.invoer.regels.validatie import IndicatorFeiten
from monitor.invoer.regels.waarneming import Waarneming

GETALLEN = st.decimals(-(10**15), 10**15, places=4)


def feiten(aggregatie: str = "som", eenheid: str = "verdachten", decimalen: int = 0) -> IndicatorFeiten:
    return IndicatorFeiten("i", aggregatie, "kwartaal", "eenheid", eenheid, "hoger", decimalen, None)


def gemeten(waarde: str | None = None, teller: str | None = None, noemer: str | None = None) -> Waarneming:
    waarden = [None if tekst is None else Decimal(tekst) for tekst in (waarde, teller, noemer)]
    return Waarneming(1, "i", "RE07", 2026, 1, *waarden, None, False, "definitief", None, "")


def eerder(*waarden: str) -> dict[tuple[str, str], list[Eerder]]:
    rij = [Eerder(2020 + n // 4, n % 4 + 1, Decimal(waarde), None, None) for n, waarde in enumerate(waarden)]
    return {("i", "RE07"): rij}


def eerdere_delen(*paren: tuple[str, str]) -> dict[tuple[str, str], list[Eerder]]:
    rij = [Eerder(2020 + n // 4, n % 4 + 1, None, *map(Decimal, paar)) for n, paar in enumerate(paren)]
    return {("i", "RE07"): rij}


@pytest.mark.parametrize(
    ("waarde", "verleden", "deel_van_de_zin"),
    [
        ("900", ("9",), "ongeveer 100 keer zo veel als de vorige meting (9)"),
        ("1900", ("9",), "ongeveer 100 keer zo veel"),
        ("9000", ("9",), "ongeveer 1000 keer zo veel"),
        ("9", ("900",), "ongeveer 100 keer zo weinig"),
        ("21", ("20917",), "ongeveer 1000 keer zo weinig"),
        ("0", ("2000",), "Hier staat 0; de vorige meting was 2.000"),
        ("30", ("10", "11", "9", "10", "12"), "30 valt buiten wat eerdere metingen laten verwachten"),
        ("60", ("0", "9", "1", "12", "2"), "60 valt buiten wat eerdere metingen laten verwachten (0 tot "),
        ("-60", ("-9", "-1", "-12", "-2", "0"), "-60 valt buiten wat eerdere metingen laten verwachten (-"),
        ("2", ("10", "11", "9", "10", "12"), "2 valt buiten"),
    ],
)
def test_twijfelachtig(waarde: str, verleden: tuple[str, ...], deel_van_de_zin: str) -> None:
    [twijfel] = twijfels(gemeten(waarde), feiten(), eerder(*verleden))
    assert deel_van_de_zin in twijfel.reden
    assert twijfel.kolom == "waarde"


@pytest.mark.parametrize(
    ("waarde", "verleden"),
    [
        ("9", ()),
        ("0", ("2",)),
        ("0", ("0", "0", "0", "0", "0")),
        ("27", ("9",)),
        ("12", ("10", "11", "9", "10", "12")),
        ("105", ("100",) * 8),
        ("30", ("10", "11", "9", "10")),
    ],
)
def test_gewoon(waarde: str, verleden: tuple[str, ...]) -> None:
    assert twijfels(gemeten(waarde), feiten(), eerder(*verleden)) == []


def test_een_deel_van_een_in_plaats_van_een_percentage() -> None:
    enquete = feiten("enquete", "%", 1)
    [twijfel] = twijfels(gemeten("0.82"), enquete, {})
    assert (twijfel.reden, twijfel.bedoeld) == ("Bedoelt u 0,82% of 82%?", "82")
    assert twijfels(gemeten("0.5"), enquete, eerder("0.4", "0.6")) == []
    assert twijfels(gemeten("0"), enquete, {}) == []


def test_een_verhouding_wordt_bekeken_op_de_noemer_en_het_percentage() -> None:
    verleden = eerdere_delen(("82", "100"), ("80", "100"), ("83", "101"), ("81", "99"), ("84", "102"))
    verhouding = feiten("verhouding", "%", 1)
    assert twijfels(gemeten(teller="83", noemer="100"), verhouding, verleden) == []
    [noemer] = twijfels(gemeten(teller="8300", noemer="10000"), verhouding, verleden)
    assert noemer.kolom == "noemer"
    [deel] = twijfels(gemeten(teller="20", noemer="100"), verhouding, verleden)
    assert (deel.kolom, deel.reden[:5]) == ("teller", "20% v")
    assert [t.kolom for t in twijfels(gemeten(teller="0", noemer="0"), verhouding, verleden)] == ["noemer"]


def test_alleen_wat_ervoor_kwam_en_van_dezelfde_soort_telt() -> None:
    later = {("i", "RE07"): [Eerder(2026, 2, Decimal(9), None, None), Eerder(2025, None, Decimal(9), None, None)]}
    assert twijfels(gemeten("900"), feiten(), later) == []


def test_wie_nb_zegt_krijgt_geen_vraag() -> None:
    nb = Waarneming(1, "i", "RE07", 2026, 1, None, None, None, None, True, "voorlopig", None, "")
    assert twijfels(nb, feiten(), eerder("2000")) == []


@given(GETALLEN, st.lists(GETALLEN, max_size=15))
def test_geen_getal_geeft_een_storing_en_elke_zin_is_een_zin(waarde: Decimal, verleden: list[Decimal]) -> None:
    gevonden = twijfels(gemeten(str(waarde)), feiten(), eerder(*map(str, verleden)))
    assert len(gevonden) <= 1
    assert all(twijfel.reden.endswith((".", "?")) for twijfel in gevonden)


@given(st.lists(GETALLEN, min_size=1, max_size=12))
def test_wie_de_vorige_waarde_herhaalt_op_een_vlakke_reeks_krijgt_geen_vraag(verleden: list[Decimal]) -> None:
    vlak = [str(verleden[-1])] * len(verleden)
    assert twijfels(gemeten(vlak[-1]), feiten(), eerder(*vlak)) == []


def test_wat_te_verwachten_was_blijft_binnen_het_mogelijke() -> None:
    """Mean 6, steps of 10: below 0 nothing is possible, so nothing is expected there; a stock may be below 0."""
    verleden = eerder("1", "11", "1", "11", "1", "11")
    [euro] = twijfels(gemeten("90"), feiten(eenheid="€"), verleden)
    assert "(0 tot 32,6)" in euro.reden
    [stand] = twijfels(gemeten("90"), feiten(aggregatie="stand", eenheid="fte"), verleden)
    assert "(-20,6 tot 32,6)" in stand.reden
    delen = eerdere_delen(*[("90", "100"), ("99", "100")] * 3)
    [laag] = twijfels(gemeten(teller="20", noemer="100"), feiten(aggregatie="verhouding", eenheid="%"), delen)
    assert "tot 100%)" in laag.reden
