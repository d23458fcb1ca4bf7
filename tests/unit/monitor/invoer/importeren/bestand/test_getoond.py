"""What a cell shows is what is read; where it holds something else, both are named with what to do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from monitor.invoer.importeren.bestand.lezen import lees_bytes
from tests.unit.monitor.invoer.importeren.bestand.bladen import (
    RIJ,
    boek,
    fouten,
    getal,
    in_deel,
    met_cellen,
    ods,
    rij,
    waarden,
)

TEKSTRIJ = [str(cel or "") for cel in RIJ]


@pytest.mark.parametrize(
    ("bewaard", "tekst_", "gemeld"),
    [
        ("352.29999999999995", "352,3", True),
        ("7.9999999999999991", "8", True),
        ("0.30000000000000004", "0,3", True),
        ("1.1000000000000001", "1,1", False),  # the same stored number in more digits
        ("82.35", "82,35", False),
        ("1E2", "100", False),
    ],
)
def test_de_rest_van_een_berekening_hoort_niet_bij_het_getal(bewaard: str, tekst_: str, *, gemeld: bool) -> None:
    zin = ["1 getal is afgerond op 15 cijfers, zoals het rekenblad toont en rekent: E2."]
    for inhoud in (
        met_cellen({"E2": f"><v>{bewaard}</v>"}),
        ods(rij(*TEKSTRIJ[:4], getal(bewaard, tekst_), "definitief")),
    ):
        gelezen = lees_bytes(inhoud)
        assert (gelezen.fouten, waarden(gelezen), gelezen.opmerkingen) == ([], [tekst_], zin if gemeld else [])


@pytest.mark.parametrize(
    ("waarde", "vorm", "zin"),
    [
        (14 / 17, "0.0%", "Cel E2 toont 82,4% maar bevat 82,35294…%; rond af met AFRONDEN, of laat alle cijfers zien"),
        (1234.56, "#,##0", "Cel E2 toont 1.235 maar bevat 1234,56; rond af met AFRONDEN, of laat alle cijfers zien"),
        (12345, "#,##0,", "Cel E2 toont 12 maar bevat 12345; zet de opmaak op Standaard en vul in wat u bedoelt"),
        (12, '0" mln"', "Cel E2 toont 12 mln maar bevat 12; zet de opmaak op Standaard en vul in wat u bedoelt"),
        (7, ";;;", "Cel E2 toont niets maar bevat 7; zet de opmaak op Standaard en vul in wat u bedoelt"),
        (-5, "0;0", "Cel E2 toont 5 maar bevat -5; zet de opmaak op Standaard en vul in wat u bedoelt"),
        (0, '0;-0;"n.v.t."', "Cel E2 toont n.v.t. maar bevat 0; zet de opmaak op Standaard en vul in wat u bedoelt"),
        (1234, "0.00E+00", "Cel E2 toont 1,23E+03 maar bevat 1234; zet de opmaak op Standaard en vul in wat u bedoelt"),
        (0.333, "# ?/?", "Cel E2 toont 1/3 maar bevat 0,333; rond af met AFRONDEN, of laat alle cijfers zien"),
        (8, "[<10]0,;0", "Cel E2 toont 0 maar bevat 8; zet de opmaak op Standaard en vul in wat u bedoelt"),
    ],
)
def test_wat_een_cel_anders_toont_dan_zij_bevat(waarde: float, vorm: str, zin: str) -> None:
    def maak_op(werkmap: Any) -> None:
        werkmap.active["E2"].number_format = vorm

    assert fouten(boek([*RIJ[:4], waarde, *RIJ[5:]], bewerk=maak_op)) == [f"rij 2, waarde: {zin}"]


@pytest.mark.parametrize(
    ("waarde", "vorm", "tekst_"),
    [
        (0.82, "0%", "82%"),
        (13500000.5, '_-[$€-413] * #,##0.00_-;-[$€-413] * #,##0.00_-;_-[$€-413] * "-"??_-;_-@_-', "13500000,5"),
        (0, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "0"),
        (-5, "#,##0;(#,##0)", "-5"),
        (-5, "0;[Red]0", "-5"),
        (0.5, "# ?/?", "0,5"),
        (7, '0" fte"', "7"),
        (1200, "0.0E+00", "1200"),
        (3, "0000", "3"),
        (3, "@", "3"),
        (82.5, '0.0"%"', "82,5"),
        (1000000.0001, "General", "1000000,0001"),
    ],
)
def test_wat_een_cel_toont_wordt_gelezen(waarde: float, vorm: str, tekst_: str) -> None:
    def maak_op(werkmap: Any) -> None:
        werkmap.active["E2"].number_format = vorm

    inhoud = lees_bytes(boek([*RIJ[:4], waarde, *RIJ[5:]], bewerk=maak_op))
    assert (inhoud.fouten, waarden(inhoud)) == ([], [tekst_])


@pytest.mark.parametrize(
    ("bewaard", "toont", "soort", "zin"),
    [
        ("0.823529411764706", "82,4%", "percentage", "toont 82,4% maar bevat 82,35294…%"),
        ("12345", "12", "float", "toont 12 maar bevat 12345"),
        ("12345.6", "€ 12.346", "currency", "toont € 12.346 maar bevat 12345,6"),
        ("7", "", "float", "toont niets maar bevat 7"),
        ("0.82", "82%", "percentage", ""),
        ("12345.5", "€ 12.345,50", "currency", ""),
        ("-5", "(5)", "float", ""),
        ("1234.5", "1,234.50", "float", ""),
        ("0", "-", "float", ""),
    ],
)
def test_wat_een_cel_van_ods_toont(bewaard: str, toont: str, soort: str, zin: str) -> None:
    kenmerken = f"office:value-type='{soort}' office:value='{bewaard}'"
    cel = f"<table:table-cell {kenmerken}><text:p>{toont}</text:p></table:table-cell>"
    gevonden = fouten(ods(rij(*TEKSTRIJ[:4], cel, "definitief")))
    assert (zin in gevonden[0]) if zin else not gevonden


def test_tekst_die_de_opmaak_verbergt() -> None:
    def verberg(werkmap: Any) -> None:
        werkmap.active["K2"].number_format = ";;;"

    assert "Cel K2 toont de tekst niet die erin staat" in fouten(boek(bewerk=verberg))[0]


@pytest.mark.parametrize(("telling", "bewaard"), [("0", "46300"), ("1", "44838")])
def test_een_datum_telt_vanaf_1900_of_1904(telling: str, bewaard: str) -> None:
    def maak_op(werkmap: Any) -> None:
        werkmap.active["J2"] = date(2020, 1, 1)

    inhoud = met_cellen({"J2": f"><v>{bewaard}</v>"}, bewerk=maak_op)
    inhoud = in_deel(
        inhoud, "workbook.xml", lambda xml: xml.replace("<workbookPr />", f'<workbookPr date1904="{telling}"/>')
    )
    assert waarden(lees_bytes(inhoud), "meetdatum") == ["2026-10-05"]
