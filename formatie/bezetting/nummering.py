"""Cells by number and their values as whole numbers, so that a search among them is exact and fast. Pure.

The numbers follow the order of the names; a neighbour along an axis lies a fixed jump away. A value counts parts of a
fte so small that half of each is whole too: a block never shifts a limit by more than two at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from itertools import chain
from math import prod
from typing import TypeVar

from formatie.bezetting.vorm import Plek, Tabel, Vorm

Sprong = tuple[int, int]
"""How much further a neighbour is numbered, and which way it shifts along: 1 up, -1 down."""
Per = TypeVar("Per")


class Nummering:
    """Numbers for every cell of some tables of one form; per number what lies around it."""

    def __init__(self, perioden: Sequence[Tabel], vorm: Vorm) -> None:
        self.vorm = vorm
        alle = set(chain.from_iterable(perioden))
        self.namen = [sorted(set(namen)) for namen in zip(*alle, strict=True)]
        self.stappen = [prod(len(namen) for namen in self.namen[as_ + 1 :]) for as_ in range(len(self.namen))]
        self._nummers = [{naam: n for n, naam in enumerate(namen)} for namen in self.namen]
        self.aantal = prod(map(len, self.namen))
        self.buren = [self._per_cel(as_, partial(self._buren, as_)) for as_ in self.assen]
        laatste = len(self.namen) - 1
        self.geheel = self._per_cel(laatste, self._geheel)
        self.delen = self._per_cel(laatste, self._delen)

    @property
    def assen(self) -> range:
        return range(len(self.namen))

    def nummer(self, plek: Plek) -> int:
        return sum(self._nummers[as_][naam] * self.stappen[as_] for as_, naam in enumerate(plek))

    def plek(self, nummer: int) -> Plek:
        return tuple(namen[nummer // stap % len(namen)] for namen, stap in zip(self.namen, self.stappen, strict=True))

    def waarden(self, tabel: Tabel, schaal: int) -> list[int | None]:
        """Per number the value in parts, ``schaal`` of them in one fte; None where the table has no cell."""
        waarden: list[int | None] = [None] * self.aantal
        for plek, waarde in tabel.items():
            waarden[self.nummer(plek)] = int(waarde * schaal)
        return waarden

    def _per_cel(self, as_: int, zoek: Callable[[str], Per]) -> list[Per]:
        """What holds for a category of an axis, for every cell that has it."""
        per_naam, stap = [zoek(naam) for naam in self.namen[as_]], self.stappen[as_]
        return [per_naam[nummer // stap % len(per_naam)] for nummer in range(self.aantal)]

    def _buren(self, as_: int, naam: str) -> list[Sprong] | None:
        """The neighbours that exist; None when the form knows none, so that this axis plays no part."""
        buren = self.vorm.langs(as_, naam)
        gevonden = [(self._sprong(as_, naam, buur), teken) for buur, teken in buren if buur in self._nummers[as_]]
        return gevonden if buren else None

    def _geheel(self, naam: str) -> int | None:
        geheel = self.vorm.deel_van.get(naam)
        return self._sprong(-1, naam, geheel) if geheel in self._nummers[-1] and geheel else None

    def _delen(self, naam: str) -> list[int]:
        delen = [deel for deel, geheel in self.vorm.deel_van.items() if geheel == naam and deel in self._nummers[-1]]
        return [self._sprong(-1, naam, deel) for deel in delen]

    def _sprong(self, as_: int, van: str, naar: str) -> int:
        return (self._nummers[as_][naar] - self._nummers[as_][van]) * self.stappen[as_]


def schaal_van(waarden: Iterable[Decimal]) -> int:
    """The number of parts in one fte with which every one of these is an even whole number."""
    exponenten = {waarde.as_tuple().exponent for waarde in waarden}
    return 2 * 10 ** max((-exponent for exponent in exponenten if isinstance(exponent, int)), default=0)
