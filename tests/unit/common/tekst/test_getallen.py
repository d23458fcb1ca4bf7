from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.tekst.getallen import GetalFout, Notatie, lees, toon, toon_kort, voor_programma

ALLE = list(Notatie)


@pytest.mark.parametrize(
    ("tekst", "notatie", "waarde"),
    [
        ("1.234", Notatie.TELLING, "1234"),
        ("20.917.070", Notatie.TELLING, "20917070"),
        ("20.917.070", Notatie.BEDRAG, "20917070"),
        ("€ 1.234,50", Notatie.BEDRAG, "1234.50"),
        ("-€ 1.234,50", Notatie.BEDRAG, "-1234.50"),
        ("€ -1.234,50", Notatie.BEDRAG, "-1234.50"),
        ("1.234", Notatie.HOEVEELHEID, "1234"),
        ("24,5", Notatie.HOEVEELHEID, "24.5"),
        ("1.234,5", Notatie.MAAT, "1234.5"),
        ("1234,5", Notatie.MAAT, "1234.5"),
        ("1\u00a0234,5", Notatie.MAAT, "1234.5"),
        ("1\u202f234\u2009567", Notatie.TELLING, "1234567"),
        ("20.917.070", Notatie.MAAT, "20917070"),
        ("82%", Notatie.PERCENTAGE, "82"),
        ("82 %", Notatie.PERCENTAGE, "82"),
        ("0,82", Notatie.PERCENTAGE, "0.82"),
        ("-5", Notatie.MAAT, "-5"),
        ("0", Notatie.TELLING, "0"),
    ],
)
def test_leest_wat_maar_een_ding_kan_betekenen(tekst: str, notatie: Notatie, waarde: str) -> None:
    assert lees(tekst, notatie) == Decimal(waarde)


@pytest.mark.parametrize(("tekst", "bedoeld"), [("5.9", "5,9"), ("1.234", "1,234"), ("0.82", "0,82")])
def test_vraagt_terug_wat_twee_dingen_kan_betekenen(tekst: str, bedoeld: str) -> None:
    with pytest.raises(GetalFout, match="Bedoelt u") as fout:
        lees(tekst, Notatie.PERCENTAGE)
    assert fout.value.bedoeld == bedoeld


@pytest.mark.parametrize("notatie", ALLE)
@pytest.mark.parametrize(
    "tekst",
    ["", " ", "-", "nb", "NaN", "inf", "1e400", "1E3", "0x10", "1_000", "٣٥", "−5", "1.2.3", "12.34.567", "1,2,3",
     "1,234.5", "--5", "5-", "+5", ",5", "5,", "1 23", "1.23,4.5", "1\x00", "９", "1" * 17, "0,12345"],
)  # fmt: skip
def test_weigert_de_rest_met_een_zin(tekst: str, notatie: Notatie) -> None:
    with pytest.raises(GetalFout) as fout:
        lees(tekst, notatie)
    assert str(fout.value).endswith((".", "?"))
    assert not fout.value.args[0].startswith("None")


@pytest.mark.parametrize("tekst", ["1.23", "5.9"])
def test_een_telling_met_een_engelse_punt_wordt_geen_groter_getal(tekst: str) -> None:
    with pytest.raises(GetalFout, match="Engels"):
        lees(tekst, Notatie.TELLING)


@settings(max_examples=5000)
@given(st.decimals(min_value=-(10**15), max_value=10**15, places=3))
def test_wat_getoond_wordt_leest_terug(waarde: Decimal) -> None:
    assert lees(toon(waarde, 3), Notatie.MAAT) == waarde


@settings(max_examples=5000)
@given(st.text(alphabet="0123456789.,- €%eExX_\u00a0nbNa٣−", max_size=14), st.sampled_from(ALLE))
def test_leest_getallen_of_zegt_waarom_niet(tekst: str, notatie: Notatie) -> None:
    """Whatever is read has exactly the digits that were typed; anything else is a GetalFout."""
    with suppress(GetalFout):
        waarde = lees(tekst, notatie)
        getypt = "".join(teken for teken in tekst if teken.isdigit())
        assert waarde.is_finite()
        assert int(getypt) == abs(int(waarde.scaleb(-int(waarde.as_tuple().exponent))))


@pytest.mark.parametrize(
    ("waarde", "decimalen", "tekst"),
    [
        ("20917070", 0, "20.917.070"),
        ("82.45", 1, "82,5"),
        ("82.5", 1, "82,5"),
        ("-1234.56", 1, "-1.234,6"),
        ("-0.04", 1, "0,0"),
        ("0", 0, "0"),
    ],
)
def test_toont_nederlands(waarde: str, decimalen: int, tekst: str) -> None:
    assert toon(Decimal(waarde), decimalen) == tekst


@pytest.mark.parametrize(("waarde", "tekst"), [("22.5000", "22,5"), ("300", "300"), ("0", "0"), ("1E+3", "1.000")])
def test_toont_niet_meer_decimalen_dan_er_zijn(waarde: str, tekst: str) -> None:
    assert toon_kort(Decimal(waarde)) == tekst


@pytest.mark.parametrize(
    ("getal", "tekst"),
    [
        (Decimal(100) / 3, "33.3333333333"),
        (Decimal("82.50"), "82.5"),
        (Decimal(20_917_070), "20917070"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.00000000001"), "0"),
        (Decimal("0.0000"), "0"),
        (7, "7"),
    ],
)
def test_een_ander_programma_krijgt_hoogstens_tien_decimalen(getal, tekst):
    assert voor_programma(getal) == tekst
