from __future__ import annotations

from decimal import Decimal

import pytest

from formatie.plan.controle import Bevinding
from formatie.plan.kolommen import cijfer, cijfer_met_teken, merk
from tests.boom import lees


@pytest.mark.parametrize(
    ("waarde", "tekst"),
    [
        ("16", "16"),
        ("16.0", "16,0"),
        ("6129.2", "6.129,2"),
        ("0", "0"),
        ("-0.5", "-0,5"),
        ("4280.1173533083645443196", "4.280,12"),
        ("1E+2", "100"),
    ],
)
def test_a_figure_keeps_the_decimals_it_is_printed_with(waarde: str, tekst: str) -> None:
    assert cijfer(Decimal(waarde)) == tekst


def test_a_difference_shows_its_sign() -> None:
    assert [cijfer_met_teken(Decimal(w)) for w in ("0.3", "-0.3", "0.0")] == ["+0,3", "-0,3", "0,0"]


def test_every_finding_has_a_word_and_a_shape_of_its_own() -> None:
    merken = {bevinding: merk(bevinding) for bevinding in Bevinding}
    assert {bevinding: lees(html).tekst() for bevinding, html in merken.items()} == {b: b.value for b in Bevinding}
    vormen = [next(k["d"] for k in lees(html).alle() if k.naam == "path") for html in merken.values()]
    assert len(set(vormen)) == len(Bevinding)
