"""Which cells of a table are hidden so that no small number of people can be read, or computed. Pure, exact.

A cell is named by one category per axis: ``("A", "basisteams", "ziek")``. On an axis a category can be the sum of
others (``Som``). A small cell is hidden; then, as long as the sums still give some hidden cell away, more is hidden:
the corners of a block that can all shift up and down together by ``drempel`` without any sum changing. Whoever
knows every shown number, every sum and every limit therefore cannot narrow a hidden cell down to less than that.

The tables of several periods share one pattern, so that a cell hidden now is not shown a quarter earlier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import product

Plek = tuple[str, ...]
Tabel = Mapping[Plek, Decimal]
Blok = tuple[tuple[Plek, int], ...]
"""Cells with the way each shifts: 1 up, -1 down."""

REDEN = "kleiner dan {drempel}, of te herleiden tot zo'n aantal"


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
            yield from ((deel, -1) for deel in self.delen if deel != categorie)
            yield self.totaal, 1


@dataclass(frozen=True)
class Vorm:
    """The sums along each axis, and of which category of the last axis another can be no more than a part."""

    assen: tuple[tuple[Som, ...], ...]
    deel_van: Mapping[str, str] = field(default_factory=dict)

    def grens(self, plek: Plek) -> Plek | None:
        """The cell that this one is a part of."""
        geheel = self.deel_van.get(plek[-1])
        return (*plek[:-1], geheel) if geheel else None

    def langs(self, as_: int, categorie: str) -> list[tuple[str, int]]:
        return [buur for som in self.assen[as_] for buur in som.buren(categorie)]


def verberg(
    perioden: Sequence[Tabel],
    vorm: Vorm,
    *,
    drempel: Decimal,
    eigen: frozenset[tuple[int, Plek]] = frozenset(),
) -> frozenset[Plek]:
    """The cells to hide in every period: small ones, those in ``eigen`` (period, cell), and what gives these away.

    What a reader knows anyway must be taken out of the tables, and out of their sums, first.
    """
    besluit = _Besluit(perioden, vorm, drempel)
    besluit.verborgen |= {
        plek
        for nummer, periode in enumerate(perioden)
        for plek, waarde in periode.items()
        if 0 < waarde < drempel or (nummer, plek) in eigen
    }
    while besluit.vul_aan():
        pass
    return frozenset(besluit.verborgen)


class _Besluit:
    """The pattern as it grows; it only grows, so it ends."""

    def __init__(self, perioden: Sequence[Tabel], vorm: Vorm, drempel: Decimal) -> None:
        self.perioden, self.vorm, self.drempel = perioden, vorm, drempel
        self.verborgen: set[Plek] = set()
        self._langs = lru_cache(maxsize=None)(vorm.langs)

    def vul_aan(self) -> bool:
        """Protect every hidden cell in every period; whether that hid anything more."""
        eerder = len(self.verborgen)
        for periode in self.perioden:
            for plek in sorted(self.verborgen & periode.keys()):
                self._bescherm(periode, plek)
        return len(self.verborgen) > eerder

    def _bescherm(self, periode: Tabel, plek: Plek) -> None:
        """Hide the block with the least in it that leaves this cell open enough."""
        gekozen: tuple[Decimal, list[Plek]] | None = None
        for blok in self._blokken(periode, plek):
            extra = sorted(hoek for hoek, _ in blok if hoek not in self.verborgen)
            prijs = sum((periode[hoek] for hoek in extra), Decimal(0))
            if (gekozen is None or (prijs, extra) < gekozen) and self._ruim_genoeg(periode, blok):
                if not extra:
                    return
                gekozen = prijs, extra
        # Nothing can shift: this number is all there is to know, and it is not known.
        self.verborgen.update(gekozen[1] if gekozen else ())

    def _blokken(self, periode: Tabel, plek: Plek) -> Iterator[Blok]:
        """Every block with this cell as a corner, of cells that exist in this period."""
        opties = [
            [((categorie, 1), buur) for buur in buren]
            if (buren := self._langs(as_, categorie))
            else [((categorie, 1),)]
            for as_, categorie in enumerate(plek)
        ]
        for keuze in product(*opties):
            blok = tuple((tuple(naam for naam, _ in hoek), _teken(hoek)) for hoek in product(*keuze))
            if all(hoek in periode for hoek, _ in blok):
                yield blok

    def _ruim_genoeg(self, periode: Tabel, blok: Blok) -> bool:
        """Whether the block can shift by the threshold in all, up and down together."""
        omhoog = [self._ruimte(periode, hoek, teken) for hoek, teken in blok]
        omlaag = [self._ruimte(periode, hoek, -teken) for hoek, teken in blok]
        op, neer = (min((r for r in ruimten if r is not None), default=None) for ruimten in (omhoog, omlaag))
        return op is None or neer is None or op + neer >= self.drempel

    def _ruimte(self, periode: Tabel, plek: Plek, teken: int) -> Decimal | None:
        """How far a cell can go: down to nothing, up to what it is a part of; None without a limit."""
        if teken < 0:
            return periode[plek]
        grens = self.vorm.grens(plek)
        if grens is None or grens not in periode or grens in self.verborgen:
            return None
        return periode[grens] - periode[plek]


def _teken(hoek: Sequence[tuple[str, int]]) -> int:
    teken = 1
    for _, kant in hoek:
        teken *= kant
    return teken


def reden(drempel: Decimal) -> str:
    """Why a cell is hidden: the same words for every one, or the words themselves would tell which are small."""
    return REDEN.format(drempel=f"{drempel.normalize():f}".replace(".", ","))
