"""The decision of ``formatie.bezetting.onderdrukking``, written out with names and decimals, and as slow as that is.

What it hides the fast one must hide, no more and no less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from math import prod

from formatie.bezetting.onderdrukking import MEESTE_BUREN, Plek, Tabel, Vorm
from tests.unit.formatie.bezetting.aanval import delen_van, geheel_van

Zijde = tuple[tuple[str, int], ...]
"""A category, and possibly a neighbour on the same axis, each with the way it shifts: 1 up, -1 down."""
Blok = dict[Plek, int]
NIETS = Decimal(0)


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
    besluit = _Besluit(vorm, drempel)
    for nummer, periode in enumerate(perioden):
        besluit.verborgen |= {p for p, waarde in periode.items() if 0 < waarde < drempel or (nummer, p) in eigen}
        while besluit.vul_aan(perioden[: nummer + 1]):
            pass
    return frozenset(besluit.verborgen)


class _Besluit:
    """The pattern as it grows; it only grows, so it ends."""

    def __init__(self, vorm: Vorm, drempel: Decimal) -> None:
        self.vorm, self.drempel = vorm, drempel
        self.verborgen: set[Plek] = set()

    def vul_aan(self, perioden: Sequence[Tabel]) -> bool:
        """Protect every hidden cell that holds people, in every period; whether that hid anything more."""
        eerder = len(self.verborgen)
        for periode in perioden:
            beschermd: set[Plek] = set()
            for plek in sorted(plek for plek in self.verborgen & periode.keys() if periode[plek]):
                if plek not in beschermd:
                    beschermd |= self._bescherm(periode, plek)
        return len(self.verborgen) > eerder

    def _bescherm(self, periode: Tabel, plek: Plek) -> set[Plek]:
        """Hide the block with the least in it that leaves this cell open enough; the cells it protects."""
        gekozen: tuple[Decimal, list[Plek], Blok] | None = None
        for minstens, keuze in self._keuzen(periode, plek):
            if gekozen and minstens > gekozen[0]:
                break
            for blok in self._blokken(periode, keuze):
                extra = sorted(blok.keys() - self.verborgen)
                prijs = sum((periode[hoek] for hoek in extra), NIETS)
                if (gekozen is None or (prijs, extra) < gekozen[:2]) and self._ruim_genoeg(periode, blok):
                    gekozen = prijs, extra, blok
            if gekozen and not gekozen[1]:
                break
        if gekozen is None:  # no sum is known of this cell: hiding it alone is enough
            return {plek}
        self.verborgen.update(gekozen[1])
        return set(gekozen[2])

    def _keuzen(self, periode: Tabel, plek: Plek) -> list[tuple[Decimal, Sequence[Zijde]]]:
        """Every block with this cell as a corner, as its side along each axis; the cheapest neighbours first."""
        zijden = [self._zijden(periode, plek, as_) for as_ in range(len(plek))]
        keuzen: list[tuple[Decimal, Sequence[Zijde]]] = [
            (sum((prijs for prijs, _ in keuze), NIETS), [zijde for _, zijde in keuze]) for keuze in product(*zijden)
        ]
        return sorted(keuzen, key=lambda keuze: keuze[0])

    def _zijden(self, periode: Tabel, plek: Plek, as_: int) -> list[tuple[Decimal, Zijde]]:
        """This cell with one neighbour along an axis, and what hiding that neighbour costs."""
        hier = (plek[as_], 1)
        buren = self.vorm.langs(as_, plek[as_])
        if not buren:
            return [(NIETS, (hier,))]
        ernaast = [((*plek[:as_], buur[0], *plek[as_ + 1 :]), buur) for buur in buren]
        zijden: list[tuple[Decimal, Zijde]] = [
            (NIETS if ander in self.verborgen else periode[ander], (hier, buur))
            for ander, buur in ernaast
            if ander in periode
        ]
        goedkoop = sorted(zijden, key=lambda zijde: zijde[0])[:MEESTE_BUREN]
        return goedkoop + [zijde for zijde in zijden[:1] if zijde not in goedkoop]

    def _blokken(self, periode: Tabel, keuze: Sequence[Zijde]) -> Iterator[Blok]:
        """The block itself; and it together with the same block of what its cells are a part of."""
        blok = _blok(keuze)
        if not blok.keys() <= periode.keys():
            return
        yield blok
        geheel = self.vorm.deel_van.get(keuze[-1][0][0])
        if geheel is None:
            return
        for buur in self.vorm.langs(len(keuze) - 1, geheel):
            mee = _blok([*keuze[:-1], ((geheel, 1), buur)])
            if mee.keys() <= periode.keys():
                yield blok | mee

    def _ruim_genoeg(self, periode: Tabel, blok: Blok) -> bool:
        """Whether the block can shift by the threshold in all, up and down together."""
        op, neer = self._ruimte(periode, blok, 1), self._ruimte(periode, blok, -1)
        return op is None or neer is None or op + neer >= self.drempel

    def _ruimte(self, periode: Tabel, blok: Blok, kant: int) -> Decimal | None:
        """How far the block can shift this way; None without a limit."""
        grenzen = [(ruim, -tempo * kant) for ruim, tempo in self._grenzen(periode, blok)]
        return min((ruim / tempo for ruim, tempo in grenzen if tempo > 0), default=None)

    def _grenzen(self, periode: Tabel, blok: Blok) -> Iterator[tuple[Decimal, int]]:
        """Every limit: what is left before it, and how fast that grows when the block shifts up.

        A part that is larger than its whole is wrong already, and limits nothing.
        """
        for plek, teken in blok.items():
            yield periode[plek], teken
            geheel = geheel_van(self.vorm, plek)
            if geheel and geheel in periode and (over := periode[geheel] - periode[plek]) >= 0:
                yield over, blok.get(geheel, 0) - teken
            for deel in delen_van(self.vorm, plek):
                if deel in periode and deel not in blok and (over := periode[plek] - periode[deel]) >= 0:
                    yield over, teken


def _blok(zijden: Sequence[Zijde]) -> Blok:
    """The corners where the sides meet; each shifts by the product of how its sides shift."""
    return {tuple(naam for naam, _ in hoek): prod(teken for _, teken in hoek) for hoek in product(*zijden)}
