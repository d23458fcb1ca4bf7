"""How long a text is, as a reader counts it, and the halves that a year is told in. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from common.tekst.periode import Kwartaal

MEESTE_WOORDEN = 300
MEESTE_TEKENS = 4_000
"""Of the same text; nobody needs so many for so few words."""


def tel_woorden(tekst: str) -> int:
    """What stands between white space."""
    return len(tekst.split())


class Halfjaar(NamedTuple):
    """In order of time; ``helft`` is 1 or 2."""

    jaar: int
    helft: int

    @classmethod
    def van(cls, dag: date) -> Halfjaar:
        return cls(dag.year, 1 if dag.month < 7 else 2)

    @property
    def leesbaar(self) -> str:
        return f"{'eerste' if self.helft == 1 else 'tweede'} helft van {self.jaar}"

    @property
    def kwartaal(self) -> Kwartaal:
        """The quarter that ends with it."""
        return Kwartaal(self.jaar, self.helft * 2)

    @property
    def vorige(self) -> Halfjaar:
        return Halfjaar(self.jaar, 1) if self.helft == 2 else Halfjaar(self.jaar - 1, 2)

    @property
    def volgende(self) -> Halfjaar:
        return self._replace(helft=2) if self.helft == 1 else Halfjaar(self.jaar + 1, 1)

    @property
    def begin(self) -> date:
        return date(self.jaar, self.helft * 6 - 5, 1)

    @property
    def einde(self) -> date:
        return self.volgende.begin - timedelta(days=1)
