"""Last days as a calendar file (iCalendar, RFC 5545). Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

REGELEINDE = "\r\n"
LANGSTE_REGEL = 75
"""Octets, without what ends the line (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class Termijn:
    """One last day; ``kenmerk`` is the same each time the file is made."""

    kenmerk: str
    dag: date
    wat: str


def build_kalender(termijnen: Iterable[Termijn], *, nu: datetime, plaats: str, adres: str) -> str:
    """The whole file. ``plaats`` makes the names of the events unique in the world, ``adres`` is where they lead."""
    regels = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Strategiemonitor//Uiterste dagen//NL",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Strategiemonitor",
        *(regel for termijn in termijnen for regel in _gebeurtenis(termijn, nu, plaats, adres)),
        "END:VCALENDAR",
    ]
    return "".join(_gevouwen(regel) + REGELEINDE for regel in regels)


def _gebeurtenis(termijn: Termijn, nu: datetime, plaats: str, adres: str) -> Iterator[str]:
    """A whole day, in which its owner is not busy."""
    yield "BEGIN:VEVENT"
    yield f"UID:{termijn.kenmerk}@{plaats}"
    yield f"DTSTAMP:{nu.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{termijn.dag:%Y%m%d}"
    yield f"SUMMARY:{_tekst(termijn.wat)}"
    yield f"URL:{adres}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _tekst(tekst: str) -> str:
    """A value of the kind TEXT (3.3.11)."""
    for teken in ("\\", ";", ","):
        tekst = tekst.replace(teken, "\\" + teken)
    return tekst.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _gevouwen(regel: str) -> str:
    """Longer than may be it goes on on a next line, after a space; never halfway a character."""
    delen: list[str] = []
    deel = ""
    for teken in regel:
        if len((" " * bool(delen) + deel + teken).encode()) > LANGSTE_REGEL:
            delen.append(deel)
            deel = ""
        deel += teken
    return f"{REGELEINDE} ".join([*delen, deel])
