"""The calendar file against RFC 5545, read back by a reader of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from monitor.invoer.werklijst.voor_mij.kalender import Termijn, build_kalender

NU = datetime(2026, 11, 28, 12, 3, 4, tzinfo=UTC)
TEKST = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200)


def maak(*termijnen: Termijn) -> str:
    return build_kalender(termijnen, nu=NU, plaats="site.example", adres="https://site.example/voor-mij/")


def lees(tekst: str) -> list[tuple[str, str]]:
    """Unfolded (3.1), by name with parameters and value; a text is unescaped (3.3.11)."""
    assert tekst.endswith("\r\n")
    regels = tekst.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    paren = [(naam, waarde) for naam, _, waarde in (regel.partition(":") for regel in regels)]
    return [(naam, _tekst(waarde) if naam == "SUMMARY" else waarde) for naam, waarde in paren]


def _tekst(waarde: str) -> str:
    uit, tekens = "", iter(waarde)
    for teken in tekens:
        volgende = next(tekens) if teken == "\\" else ""
        uit += {"n": "\n", "N": "\n"}.get(volgende, volgende) if volgende else teken
    return uit


def test_het_hele_bestand() -> None:
    assert maak(Termijn("2026-Q3-leveren", date(2026, 10, 30), "Uiterste dag: leveren, Q3 2026")) == "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Strategiemonitor//Uiterste dagen//NL",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            "X-WR-CALNAME:Strategiemonitor",
            "BEGIN:VEVENT",
            "UID:2026-Q3-leveren@site.example",
            "DTSTAMP:20261128T120304Z",
            "DTSTART;VALUE=DATE:20261030",
            "SUMMARY:Uiterste dag: leveren\\, Q3 2026",
            "URL:https://site.example/voor-mij/",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def test_zonder_termijnen_is_het_een_lege_agenda() -> None:
    assert [naam for naam, _ in lees(maak())][0::5] == ["BEGIN", "X-WR-CALNAME"]


@given(st.lists(st.builds(Termijn, st.just("k"), st.dates(date(2000, 1, 1)), TEKST), max_size=4))
def test_wat_erin_gaat_komt_eruit_en_geen_regel_is_te_lang(termijnen: list[Termijn]) -> None:
    tekst = maak(*termijnen)
    assert all(len(regel.encode()) <= 75 for regel in tekst.split("\r\n"))
    gelezen = lees(tekst)
    assert [waarde for naam, waarde in gelezen if naam == "SUMMARY"] == [termijn.wat for termijn in termijnen]
    dagen = [waarde for naam, waarde in gelezen if naam == "DTSTART;VALUE=DATE"]
    assert dagen == [f"{termijn.dag:%Y%m%d}" for termijn in termijnen]


@given(st.text(max_size=50))
def test_een_naam_kan_geen_regel_toevoegen(wat: str) -> None:
    wat = wat.encode("utf-8", "ignore").decode()
    regels = maak(Termijn("k", date(2026, 1, 1), wat)).replace("\r\n ", "").split("\r\n")
    assert len(regels) == 16
