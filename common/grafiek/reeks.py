"""The numbers of one chart: drawn by the server, drawn by the browser and printed as a table from this one object."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import TypeVar

from common.tekst.cijfers import LosseMaat, decimalen_van, gedrukt, kort_in_woorden, naast_grenzen
from common.tekst.getallen import toon
from common.tekst.periode import Kwartaal

GEEN_GETAL = ""
Waarden = tuple[Decimal | None, ...]
T = TypeVar("T")


@dataclass(frozen=True)
class Lijn:
    """One line of a chart. ``per_jaar``: it starts anew each year and is not drawn across New Year."""

    naam: str
    waarden: Waarden
    per_jaar: bool = False


@dataclass(frozen=True)
class Reeks:
    """What is plotted, per quarter; every tuple is as long as ``kwartalen``, and None is a gap.

    ``doel``, ``laag`` and ``hoog`` (the band of the expectation or margin) and ``marge`` (95%) are in the unit of
    the indicator. ``eerder`` is the target that ``doel`` replaced, in force until the day that ``eerder_tot`` names.
    ``redenen`` says per quarter why there is no value, or that it is provisional. ``wissels`` are the quarters from
    which something else holds (an agenda, a definition), each with its words.
    """

    naam: str
    eenheid: str
    decimalen: int
    kwartalen: tuple[Kwartaal, ...]
    hoofd: Lijn
    bij: Lijn | None = None
    doel: Waarden = ()
    eerder: Waarden = ()
    eerder_tot: tuple[str, ...] = ()
    laag: Waarden = ()
    hoog: Waarden = ()
    marge: Waarden = ()
    bandnaam: str = ""
    voorlopig: frozenset[int] = frozenset()
    redenen: tuple[str, ...] = field(default=())
    vanaf_nul: bool = False
    eenheid_enkelvoud: str = ""
    wissels: tuple[tuple[int, str], ...] = ()

    @property
    def leeg(self) -> bool:
        return all(waarde is None for waarde in self.hoofd.waarden)

    @property
    def heeft_doel(self) -> bool:
        return any(waarde is not None for waarde in self.doel)

    @property
    def heeft_eerder(self) -> bool:
        return any(waarde is not None for waarde in self.eerder)

    @property
    def heeft_band(self) -> bool:
        return any(waarde is not None for waarde in self.laag)

    def extremen(self) -> tuple[Decimal, Decimal]:
        """The lowest and highest number that must fit in the drawing."""
        bij = self.bij.waarden if self.bij else ()
        alle = [
            w
            for rij in (self.hoofd.waarden, bij, self.doel, self.eerder, self.laag, self.hoog)
            for w in rij
            if w is not None
        ]
        alle += [w + m * teken for w, m in self.met_marge() for teken in (-1, 1)]
        laagste, hoogste = (min(alle), max(alle)) if alle else (Decimal(0), Decimal(1))
        return (min(laagste, Decimal(0)), hoogste) if self.vanaf_nul else (laagste, hoogste)

    def met_marge(self) -> Iterator[tuple[Decimal, Decimal]]:
        for waarde, marge in zip(self.hoofd.waarden, self.marge, strict=False):
            if waarde is not None and marge is not None:
                yield waarde, marge


def stukken(waarden: Sequence[Decimal | None], jaren: Sequence[int] | None = None) -> list[list[int]]:
    """The runs of indexes without a gap; with ``jaren`` (or other periods) a new one also starts a new run."""
    sleutels = [None if waarde is None else jaren[i] if jaren else 0 for i, waarde in enumerate(waarden)]
    return [run for run, _ in _gelijke(sleutels)]


def lijnstukken(reeks: Reeks, lijn: Lijn) -> list[list[int]]:
    return stukken(lijn.waarden, [k.jaar for k in reeks.kwartalen] if lijn.per_jaar else None)


def bandstukken(reeks: Reeks) -> list[list[int]]:
    """An expectation starts anew each year; a margin around a norm only where another agenda begins."""
    per_agenda = [sum(plek <= i for plek, _ in reeks.wissels) for i in range(len(reeks.kwartalen))]
    return stukken(reeks.laag, [k.jaar for k in reeks.kwartalen] if reeks.vanaf_nul else per_agenda)


def gelijke_stukken(reeks: Reeks) -> list[tuple[list[int], Decimal]]:
    """Runs over which the target is one and the same number, within a year or across years."""
    return _gelijke(reeks.doel)


def eerdere_stukken(reeks: Reeks) -> list[tuple[list[int], Decimal, str]]:
    """Runs over which one and the same target held before, with the day until which it did."""
    paren = [None if w is None else (w, tot) for w, tot in zip(reeks.eerder, reeks.eerder_tot, strict=True)]
    return [(run, waarde, tot) for run, (waarde, tot) in _gelijke(paren)]


def _gelijke(waarden: Sequence[T | None]) -> list[tuple[list[int], T]]:
    groepen = groupby(enumerate(waarden), key=lambda paar: paar[1])
    return [([index for index, _ in groep], waarde) for waarde, groep in groepen if waarde is not None]


def _waarden(reeks: Reeks) -> list[tuple[str, Waarden]]:
    """The columns of the table of this chart: what is plotted, the unit in its heading."""
    return [(f"{lijn.naam}{_tussen_haken(reeks)}", lijn.waarden) for lijn in (reeks.hoofd, reeks.bij) if lijn]


def _grenzen(reeks: Reeks) -> list[tuple[str, Waarden]]:
    """The columns of what the values are seen beside."""
    kolommen = [(f"Doel{_tussen_haken(reeks)}", reeks.doel)] if reeks.heeft_doel else []
    kolommen += [(f"Eerder doel{_tussen_haken(reeks)}", reeks.eerder)] if reeks.heeft_eerder else []
    return kolommen + ([(f"{reeks.bandnaam}: van", reeks.laag), ("tot", reeks.hoog)] if reeks.heeft_band else [])


def _tussen_haken(reeks: Reeks) -> str:
    return f" ({reeks.eenheid})" if reeks.eenheid else ""


def _heeft_foutmarge(reeks: Reeks) -> bool:
    return any(marge is not None for marge in reeks.marge)


def koppen(reeks: Reeks) -> list[str]:
    namen = [naam for naam, _ in (*_waarden(reeks), *_grenzen(reeks))]
    return ["Kwartaal", *namen, *(["Foutmarge (±)"] if _heeft_foutmarge(reeks) else []), "Opmerking"]


def rijen(reeks: Reeks) -> list[list[str]]:
    """The plotted numbers as text, quarter by quarter; the last cell says what is missing or provisional."""
    return [
        [k.leesbaar, *map(_cel, getoond(reeks, i)), *_foutmarge(reeks, i), _opmerking(reeks, i)]
        for i, k in enumerate(reeks.kwartalen)
    ]


def getoond(reeks: Reeks, index: int) -> list[Decimal | None]:
    """The numbers of one quarter as they are written: the main line, the other one, and what they are seen beside."""
    waarden, grenzen = ([rij[index] for _, rij in van] for van in (_waarden(reeks), _grenzen(reeks)))
    return naast_grenzen(waarden, grenzen, reeks)


def laatste(reeks: Reeks) -> int | None:
    """The index of the last value of the main line; None where there is none."""
    return next((i for i in reversed(range(len(reeks.kwartalen))) if reeks.hoofd.waarden[i] is not None), None)


def kort(reeks: Reeks, index: int) -> str:
    """The direct label of a value of the main line: the figure of its cell, large amounts in millions."""
    getal = getoond(reeks, index)[0]
    if getal is None:
        return GEEN_GETAL
    maat = LosseMaat(reeks.eenheid, max(reeks.decimalen, decimalen_van(getal)))
    return kort_in_woorden(getal, maat, naast=reeks.doel[index] if reeks.doel else None)


def _foutmarge(reeks: Reeks, index: int) -> list[str]:
    marge = reeks.marge[index] if _heeft_foutmarge(reeks) else None
    return [GEEN_GETAL if marge is None else toon(marge, reeks.decimalen)] if _heeft_foutmarge(reeks) else []


def _opmerking(reeks: Reeks, index: int) -> str:
    tot = reeks.eerder_tot[index] if reeks.heeft_eerder else ""
    vanaf = [f"vanaf hier {woorden}" for plek, woorden in reeks.wissels if plek == index]
    delen = (reeks.redenen[index], f"eerder doel tot {tot}" if tot else "", *vanaf)
    return "; ".join(deel for deel in delen if deel)


def _cel(getal: Decimal | None) -> str:
    return GEEN_GETAL if getal is None else gedrukt(getal)
