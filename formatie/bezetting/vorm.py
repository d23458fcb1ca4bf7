"""The form of a table of people: which cells are the sum of which others, and which are a part of another. Pure.

A cell is named by one category per axis: ``("A", "basisteams", "ziek")``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Plek = tuple[str, ...]
Tabel = Mapping[Plek, Decimal]


@dataclass(frozen=True)
class Som:
    """On one axis: ``totaal`` is the sum of ``delen``."""

    totaal: str
    delen: tuple[str, ...]

    def buren(self, categorie: str) -> Iterator[tuple[str, int]]:
        """What must shift along, and which way, when this category shifts up."""
        if categorie == self.totaal:
            yield from ((deel, 1) for deel in self.delen)
        elif categorie in self.delen:
            yield self.totaal, 1
            yield from ((deel, -1) for deel in self.delen if deel != categorie)


@dataclass(frozen=True)
class Vorm:
    """The sums along each axis, and of which category of the last axis another can be no more than a part."""

    assen: tuple[tuple[Som, ...], ...]
    deel_van: Mapping[str, str] = field(default_factory=dict)

    def grens(self, plek: Plek) -> Plek | None:
        """The cell that this one is a part of."""
        geheel = self.deel_van.get(plek[-1])
        return (*plek[:-1], geheel) if geheel else None

    def delen(self, plek: Plek) -> list[Plek]:
        """The cells that are a part of this one."""
        return [(*plek[:-1], deel) for deel, geheel in self.deel_van.items() if geheel == plek[-1]]

    def langs(self, as_: int, categorie: str) -> list[tuple[str, int]]:
        return [buur for som in self.assen[as_] for buur in som.buren(categorie)]
