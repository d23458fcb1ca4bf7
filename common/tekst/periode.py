"""Quarters: the period every value belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from common.tekst.tekens import zonder_onzichtbare

_MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_VORM = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)
_DAG = re.compile(r"(?P<j>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)|(?P<d2>\d\d?)-(?P<m2>\d\d?)-(?P<j2>\d{4})", re.ASCII)


@dataclass(frozen=True, order=True, slots=True)
class Kwartaal:
    """A quarter of a calendar year; ``nummer`` runs from 1 to 4."""

    jaar: int
    nummer: int

    def __post_init__(self) -> None:
        if self.nummer not in (1, 2, 3, 4):
            raise ValueError(f"Een kwartaal heeft nummer 1 tot en met 4, niet {self.nummer}.")

    def __str__(self) -> str:
        return f"{self.jaar}-Q{self.nummer}"

    @property
    def leesbaar(self) -> str:
        """The way people write it: ``Q3 2026``."""
        return f"Q{self.nummer} {self.jaar}"

    @classmethod
    def parse(cls, tekst: str) -> Kwartaal:
        """Read ``2026-Q3``; anything else is a ValueError with a Dutch sentence."""
        vorm = _VORM.fullmatch(tekst)
        if not vorm:
            raise ValueError(f"“{tekst}” is geen kwartaal. Schrijf het als 2026-Q3.")
        return cls(int(vorm[1]), int(vorm[2]))

    @staticmethod
    def is_geschreven(tekst: str) -> bool:
        """Whether this is a quarter as ``parse`` reads it."""
        return _VORM.fullmatch(tekst) is not None

    @classmethod
    def van(cls, dag: date) -> Kwartaal:
        return cls(dag.year, (dag.month + 2) // 3)

    @classmethod
    def van_index(cls, index: int) -> Kwartaal:
        return cls(index // 4, index % 4 + 1)

    @property
    def index(self) -> int:
        """A running number, so that quarters can be counted and subtracted."""
        return self.jaar * 4 + self.nummer - 1

    def volgende(self) -> Kwartaal:
        return self.van_index(self.index + 1)

    def vorige(self) -> Kwartaal:
        return self.van_index(self.index - 1)

    def begin(self) -> date:
        return date(self.jaar, self.nummer * 3 - 2, 1)

    def einde(self) -> date:
        """The last day of the quarter."""
        return self.volgende().begin() - timedelta(days=1)

    def loopt(self, vandaag: date) -> bool:
        """Whether it began and is not over: its last day is still part of it."""
        return self.begin() <= vandaag <= self.einde()

    def uiterste_dag(self, termijn_dagen: int) -> date:
        """The last day on which a value for this quarter is on time."""
        return self.einde() + timedelta(days=termijn_dagen)

    def verschuldigd(self, vandaag: date, termijn_dagen: int) -> bool:
        """Whether a value should have been delivered by ``vandaag``."""
        return vandaag > self.uiterste_dag(termijn_dagen)


def lees_datum(tekst: str) -> date | None:
    """Read ``2026-06-30`` or ``30-06-2026``; None for anything else."""
    vorm = _DAG.fullmatch(zonder_onzichtbare(tekst).strip())
    try:
        return date(*(int(vorm[naam] or vorm[f"{naam}2"]) for naam in "jmd")) if vorm else None
    except ValueError:
        return None


def bestaat_niet(tekst: str) -> bool:
    """Whether it is written as a day that no calendar has: 31-02-2026."""
    return lees_datum(tekst) is None and _DAG.fullmatch(zonder_onzichtbare(tekst).strip()) is not None


def dag_in_woorden(dag: date) -> str:
    """31 december 2026."""
    return f"{dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"


def laatst_verschuldigde(vandaag: date, termijn_dagen: int) -> Kwartaal:
    """The latest quarter whose values should all have been delivered."""
    kwartaal = Kwartaal.van(vandaag).vorige()
    return kwartaal if kwartaal.verschuldigd(vandaag, termijn_dagen) else kwartaal.vorige()


def kwartalen(van: Kwartaal, tot: Kwartaal) -> Iterator[Kwartaal]:
    """Every quarter from ``van`` up to and including ``tot``."""
    for index in range(van.index, tot.index + 1):
        yield Kwartaal.van_index(index)
