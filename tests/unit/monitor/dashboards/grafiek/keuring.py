"""What holds of every chart: its numbers are those of its table, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal as D
from itertools import pairwise

from common.grafiek.beeld import Assoort, Beeld
from common.tekst.cijfers import decimalen_van
from common.tekst.getallen import Notatie, lees


def keur(beeld: Beeld) -> None:
    """Every plotted number stands rounded in the row of its place, and every number of a row is plotted there."""
    if beeld.leeg and not beeld.rijen:
        return
    assert len(beeld.koppen) == len({*beeld.koppen})
    assert all(len(rij) == len(beeld.koppen) for rij in beeld.rijen)
    assert len(beeld.rijen) == len(beeld.x.labels) if beeld.x.soort is Assoort.KWARTALEN else True
    for plek, rij in enumerate(beeld.rijen):
        geschreven, getekend = list(_geschreven(rij)), list(_getekend(beeld, plek))
        for cel, stap in geschreven:
            assert any(abs(cel - w) <= stap / 2 for w in getekend), (plek, cel, getekend)
        for getal in getekend:
            assert any(abs(cel - getal) <= stap / 2 for cel, stap in geschreven), (plek, getal, geschreven)
    assert beeld.titel.endswith(".")
    assert beeld.titel.count(". ") == 0


def _geschreven(rij: tuple[str, ...]) -> Iterator[tuple[D, D]]:
    for cel in rij[1:-1]:
        if cel:
            yield lees(cel, Notatie.HOEVEELHEID), D(1).scaleb(-len(cel.partition(",")[2]))


def _getekend(beeld: Beeld, plek: int) -> Iterator[D]:
    for spoor in beeld.sporen:
        strepen = [punt for punt in spoor.punten if punt.x is not None]
        for a, b in pairwise(strepen):
            if decimalen_van(D(a.x)) and a.y == b.y and D(a.x) < plek < D(b.x) and a.y is not None:
                yield D(a.y)
                yield from ((a.van, a.tot) if a.van is not None and a.tot is not None and a.van != a.tot else ())
        for punt in strepen:
            if punt.x == plek and punt.y is not None:
                yield D(punt.y)
                yield from (rand for rand in (_marge(punt.y, punt.van, punt.tot, beeld)) if rand is not None)


def _marge(y: object, van: D | None, tot: D | None, beeld: Beeld) -> tuple[D | None, D | None]:
    """Of a margin of error the table has its size, of all else both ends."""
    if van is None or tot is None or van == tot:
        return None, None
    return (None, tot - D(str(y))) if "Foutmarge (±)" in beeld.koppen else (van, tot)
