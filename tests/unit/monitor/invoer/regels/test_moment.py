"""Years, quarters and days: read where they can mean one thing, else one sentence with what is allowed."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.invoer.regels.moment import (
    datumuitleg,
    jaaruitleg,
    kwartaaluitleg,
    lees_datum,
    lees_jaartal,
    lees_kwartaalnummer,
)


@pytest.mark.parametrize(
    ("tekst", "nummer"),
    [
        ("3", 3), ("03", 3), ("Q3", 3), ("q3", 3), ("K3", 3), ("kw 3", 3), ("kwartaal 3", 3), ("3e kwartaal", 3),
        ("1ste kwartaal", 1), ("2026-Q3", 3), ("2026Q3", 3), ("Q3 2026", 3), ("2026KW03", 3), ("3e kwartaal 2026", 3),
        ("3e kwartaal van 2026", 3), ("2025-Q3", None), ("5", None), ("0", None), ("1,0", None), ("2026-3", None),
        ("20263", None), ("III", None), ("", None), ("33", None), ("-1", None), ("２", None),
    ],
)  # fmt: skip
def test_een_kwartaal(tekst: str, nummer: int | None) -> None:
    assert lees_kwartaalnummer(tekst, "2026") == nummer


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ("5", "“5” is geen kwartaal. Vul 1, 2, 3 of 4 in, of niets voor een heel jaar."),
        ("2025-Q3", "“2025-Q3” hoort bij 2025, maar bij jaar staat 2026. Maak die twee gelijk."),
        ("heel jaar", "“heel jaar” is geen kwartaal. Laat dit leeg voor een heel jaar."),
        ("2e halfjaar", "“2e halfjaar” is geen kwartaal. Een halfjaar hoort bij het laatste kwartaal: vul 4 in."),
        ("III", "“III” is geen kwartaal. Bedoelt u 3? Vul 1, 2, 3 of 4 in, of niets voor een heel jaar."),
        ("3,0", "“3,0” is geen kwartaal. Bedoelt u 3? Vul 1, 2, 3 of 4 in, of niets voor een heel jaar."),
    ],
)
def test_wat_geen_kwartaal_is(tekst: str, zin: str) -> None:
    assert kwartaaluitleg(tekst, "2026", heel_jaar=True) == zin


def test_waar_geen_heel_jaar_kan_wordt_het_niet_genoemd() -> None:
    assert kwartaaluitleg("5", "2026", heel_jaar=False) == "“5” is geen kwartaal. Vul 1, 2, 3 of 4 in."
    assert "heel jaar." not in kwartaaluitleg("jaar", "2026", heel_jaar=False)


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ("", "Vul het jaar in, bijvoorbeeld 2026."),
        ("26", "“26” is geen jaar. Bedoelt u 2026?"),
        ("'26", "“'26” is geen jaar. Bedoelt u 2026?"),
        ("2.026", "“2.026” is geen jaar. Bedoelt u 2026?"),
        ("2026,0", "“2026,0” is geen jaar. Bedoelt u 2026?"),
        ("1999", "“1999” is geen jaar van 2000 tot en met 2100. Kijk of het jaar klopt."),
        ("2026-Q3", "“2026-Q3” is geen jaar. Vul 2026 in bij jaar en 3 bij kwartaal."),
        ("2020KW04", "“2020KW04” is geen jaar. Vul 2020 in bij jaar en 4 bij kwartaal."),
        ("2019JJ00", "“2019JJ00” is geen jaar. Vul 2019 in bij jaar en laat kwartaal leeg."),
        ("2026-10-05", "“2026-10-05” is geen jaar. Bedoelt u 2026?"),
        ("46300", "“46300” is geen jaar. Bedoelt u 2026?"),
        ("dit jaar", "“dit jaar” is geen jaar. Vul vier cijfers in, bijvoorbeeld 2026."),
    ],
)
def test_wat_geen_jaar_is(tekst: str, zin: str) -> None:
    assert jaaruitleg(tekst, 2000, 2100) == zin


@pytest.mark.parametrize("tekst", ["26", "２０２６", "2026 ", "02026", ""])
def test_een_jaar_heeft_vier_gewone_cijfers(tekst: str) -> None:
    assert lees_jaartal(tekst) is None


_VOORBEELD = "Schrijf bijvoorbeeld 05-10-2026."


@pytest.mark.parametrize(
    ("tekst", "uitleg"),
    [
        ("31-4-2026", "April 2026 heeft 30 dagen. Kijk de dag na."),
        ("2026-04-31", "April 2026 heeft 30 dagen. Kijk de dag na."),
        ("29/2/2026", "Februari 2026 heeft 28 dagen. Kijk de dag na."),
        ("4-31-2026", f"Maand 31 bestaat niet. {_VOORBEELD}"),
        ("2026-13-01", f"Maand 13 bestaat niet. {_VOORBEELD}"),
        ("0000-01-01", _VOORBEELD),
        ("5-10-26", f"Bedoelt u 05-10-2026? {_VOORBEELD}"),
        ("5.10.2026", f"Bedoelt u 05-10-2026? {_VOORBEELD}"),
        ("2026/10/05", f"Bedoelt u 05-10-2026? {_VOORBEELD}"),
        ("20261005", f"Bedoelt u 05-10-2026? {_VOORBEELD}"),
        ("5 oktober 2026", f"Bedoelt u 05-10-2026? {_VOORBEELD}"),
        ("5 mrt 2026", f"Bedoelt u 05-03-2026? {_VOORBEELD}"),
        ("5-okt-2026", f"Bedoelt u 05-10-2026? {_VOORBEELD}"),
        ("46300", f"Bedoelt u 05-10-2026? {_VOORBEELD}"),
        ("46300,5", f"Bedoelt u 05-10-2026? {_VOORBEELD}"),
        ("2026-10-05 00:00:00", f"Bedoelt u 05-10-2026? {_VOORBEELD}"),
        ("2026-10-05T12:30:00Z", f"Bedoelt u 05-10-2026? {_VOORBEELD}"),
        ("5 foo 2026", _VOORBEELD),
        ("31.4.2026", _VOORBEELD),
        ("morgen", _VOORBEELD),
        ("Q3", _VOORBEELD),
    ],
)
def test_wat_geen_dag_is(tekst: str, uitleg: str) -> None:
    assert lees_datum(tekst) is None
    assert datumuitleg(tekst) == f"“{tekst[:20]}” is geen datum. {uitleg}"


@pytest.mark.parametrize("tekst", ["2026-10-05", "2026-10-5", "5-10-2026", "05/10/2026"])
def test_een_dag(tekst: str) -> None:
    assert lees_datum(tekst) == date(2026, 10, 5)
