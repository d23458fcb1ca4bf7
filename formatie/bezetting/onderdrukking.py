"""Which cells of a table are hidden so that no small number of people can be read, or computed. Pure, exact.

On an axis a category can be the sum of others, and one cell can be a part of another. A small cell is hidden; then, for
every hidden cell, so is a block of cells that can all shift up and down together without any sum changing, any number
falling below nothing, or any part growing beyond its whole. A block is chosen that can shift by ``drempel``, and of
these the one with the least in it. So whoever knows every shown number, every sum and every limit still cannot tell a
hidden number from one that differs that much.

The tables of several periods share one pattern, so that a cell hidden now is not shown a quarter earlier. It grows in
the order in which they became known, and never shrinks.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import chain, product
from math import prod
from typing import TypeVar

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

    def langs(self, as_: int, categorie: str) -> list[tuple[str, int]]:
        return [buur for som in self.assen[as_] for buur in som.buren(categorie)]


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


Waarden = list[int | None]
"""Per numbered cell its value in parts of a fte; None where there is no cell."""
Zijde = tuple[int, int, int, int]
"""A neighbour along one axis: what hiding it costs, its place among the neighbours, its jump, and how it shifts."""
Blok = dict[int, int]
"""Cells with the way each shifts: 1 up, -1 down."""

REDEN = "kleiner dan {drempel}, of te herleiden tot zo'n aantal"
MEESTE_BUREN = 8  # of a cell along one axis that are tried: the smallest, and the total
ALLEEN: Zijde = (0, 0, 0, 0)  # along an axis without sums


def verberg(
    perioden: Sequence[Tabel],
    vorm: Vorm,
    *,
    drempel: Decimal,
    eigen: frozenset[tuple[int, Plek]] = frozenset(),
) -> frozenset[Plek]:
    """The cells to hide in every period: small ones, those in ``eigen`` (period, cell), and what gives these away.

    The periods are in the order in which they became known. Of a part of them that begins with the first, no other
    cells are hidden than of the whole, so that nothing that was shown before makes up for what is hidden now. What a
    reader knows anyway must be taken out of the tables, and out of their sums, first.
    """
    dicht = [
        {plek for plek, waarde in periode.items() if 0 < waarde < drempel or (nummer, plek) in eigen}
        for nummer, periode in enumerate(perioden)
    ]
    return _Besluit(perioden, vorm, drempel).neem(dicht) if any(dicht) else frozenset()


class _Besluit:
    """The pattern as it grows; it only grows, so it ends."""

    def __init__(self, perioden: Sequence[Tabel], vorm: Vorm, drempel: Decimal) -> None:
        self.nummering = Nummering(perioden, vorm)
        schaal = schaal_van(chain([drempel], *(periode.values() for periode in perioden)))
        self.drempel = int(drempel * schaal)
        self.perioden = [self.nummering.waarden(periode, schaal) for periode in perioden]
        self.verborgen: set[int] = set()

    def neem(self, dicht: Sequence[set[Plek]]) -> frozenset[Plek]:
        """Per period hide these, and go round the periods so far until every hidden cell in them is protected."""
        klaar_bij = [0] * len(self.perioden)
        for tot, van_periode in enumerate(dicht, 1):
            self.verborgen.update(map(self.nummering.nummer, van_periode))
            while any(bij < len(self.verborgen) for bij in klaar_bij[:tot]):
                for nummer, waarden in enumerate(self.perioden[:tot]):
                    eerder = len(self.verborgen)
                    if klaar_bij[nummer] < eerder:  # otherwise nothing was hidden since: it would find the same
                        self._bescherm_alle(waarden)
                        klaar_bij[nummer] = eerder
        return frozenset(map(self.nummering.plek, self.verborgen))

    def _bescherm_alle(self, waarden: Waarden) -> None:
        """Protect every hidden cell that holds people in one period."""
        beschermd: set[int] = set()
        for plek in sorted(plek for plek in self.verborgen if waarden[plek]):
            if plek not in beschermd:
                beschermd |= self._bescherm(waarden, plek)

    def _bescherm(self, waarden: Waarden, plek: int) -> set[int]:
        """Hide the block with the least in it that leaves this cell open enough; the cells it protects."""
        gekozen: tuple[int, list[int], Blok] | None = None
        for minstens, blok in self._blokken(waarden, plek):
            if gekozen and minstens > gekozen[0]:
                break
            extra = sorted(blok.keys() - self.verborgen)
            prijs = sum(waarden[hoek] or 0 for hoek in extra)
            if (gekozen is None or (prijs, extra) < gekozen[:2]) and self._ruim_genoeg(waarden, blok):
                gekozen = prijs, extra, blok
                if not extra:
                    break
        if gekozen is None:  # no sum is known of this cell: hiding it alone is enough
            return {plek}
        self.verborgen.update(gekozen[1])
        return set(gekozen[2])

    def _blokken(self, waarden: Waarden, plek: int) -> Iterator[tuple[int, Blok]]:
        """Every block with this cell as a corner and what it costs at least; the cheapest neighbours first."""
        zijden = [self._zijden(waarden, plek, as_) for as_ in self.nummering.assen]
        # What is hidden already costs nothing and mostly does: the others are only worked out when it does not.
        for keuze in product(*([zijde for zijde in langs if not zijde[0]] for langs in zijden)):
            for blok in self._met_geheel(waarden, plek, keuze):
                yield 0, blok
        keuzen = [(sum(zijde[0] for zijde in keuze), keuze) for keuze in product(*zijden) if any(z[0] for z in keuze)]
        for minstens, keuze in sorted(keuzen, key=lambda keuze: keuze[0]):
            for blok in self._met_geheel(waarden, plek, keuze):
                yield minstens, blok

    def _zijden(self, waarden: Waarden, plek: int, as_: int) -> list[Zijde]:
        """The neighbours of a cell along an axis: the cheapest, and the total."""
        buren = self.nummering.buren[as_][plek]
        if buren is None:
            return [ALLEEN]
        verborgen, zijden = self.verborgen, []
        for volgorde, (sprong, teken) in enumerate(buren):
            buur = plek + sprong
            waarde = waarden[buur]
            if waarde is not None:
                zijden.append((0 if buur in verborgen else waarde, volgorde, sprong, teken))
        goedkoop = sorted(zijden)[:MEESTE_BUREN]
        return goedkoop + [zijde for zijde in zijden[:1] if zijde not in goedkoop]

    def _met_geheel(self, waarden: Waarden, plek: int, keuze: Sequence[Zijde]) -> Iterator[Blok]:
        """The block itself; and it together with the same block of what its cells are a part of."""
        blok = _blok(plek, keuze)
        if any(waarden[hoek] is None for hoek in blok):
            return
        yield blok
        if (naar := self.nummering.geheel[plek]) is None:
            return
        geheel = plek + naar
        for sprong, teken in self.nummering.buren[-1][geheel] or ():
            mee = _blok(geheel, [*keuze[:-1], (0, 0, sprong, teken)])
            if all(waarden[hoek] is not None for hoek in mee):
                yield blok | mee

    def _ruim_genoeg(self, waarden: Waarden, blok: Blok) -> bool:
        """Whether the block can shift by the threshold in all, up and down together."""
        op: int | None = None
        neer: int | None = None
        for ruim, tempo in self._grenzen(waarden, blok):
            if tempo > 0:
                neer = ruim // tempo if neer is None else min(neer, ruim // tempo)
            elif tempo:
                op = ruim // -tempo if op is None else min(op, ruim // -tempo)
        return op is None or neer is None or op + neer >= self.drempel

    def _grenzen(self, waarden: Waarden, blok: Blok) -> Iterator[tuple[int, int]]:
        """Every limit: what is left before it, and how fast that grows when the block shifts up.

        A part that is larger than its whole is wrong already, and limits nothing.
        """
        for plek, teken in blok.items():
            hier = waarden[plek] or 0
            yield hier, teken
            naar = self.nummering.geheel[plek]
            if naar is not None and (geheel := waarden[plek + naar]) is not None and geheel >= hier:
                yield geheel - hier, blok.get(plek + naar, 0) - teken
            for sprong in self.nummering.delen[plek]:
                deel = waarden[plek + sprong]
                if deel is not None and hier >= deel and plek + sprong not in blok:
                    yield hier - deel, teken


def _blok(plek: int, keuze: Sequence[Zijde]) -> Blok:
    """The corners where the sides meet; each shifts by the product of how its sides shift."""
    blok = {plek: 1}
    for _, _, sprong, teken in keuze:
        if sprong:
            blok |= {hoek + sprong: richting * teken for hoek, richting in blok.items()}
    return blok


def reden(drempel: Decimal) -> str:
    """Why a cell is hidden: the same words for every one, or the words themselves would tell which are small."""
    return REDEN.format(drempel=f"{drempel.normalize():f}".replace(".", ","))
