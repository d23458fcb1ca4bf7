"""Events on the time axis: which touch a figure, and where they stand in a chart. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from common.grafiek.beeld import Gebeurtenis
from common.tekst.periode import Kwartaal

_HALF = Decimal("0.5")
_TOT_PUNT = Decimal("0.4")  # of a place, from the begin of its period: the line stays clear of the point


@dataclass(frozen=True, slots=True)
class Voorval:
    """``tot`` is its last day, where it lasts. ``indicatoren`` are codes, ``onderdelen`` keys; None is all of them."""

    datum: date
    titel: str
    soort: str
    tot: date | None = None
    indicatoren: frozenset[str] | None = None
    onderdelen: frozenset[int] | None = None

    @property
    def wanneer(self) -> str:
        return f"{self.datum:%d-%m-%Y}" + (f" t/m {self.tot:%d-%m-%Y}" if self.tot else "")

    def raakt(self, indicator: str, plek: Collection[int]) -> bool:
        """``plek`` is an onderdeel with everything that it lies in."""
        over = self.indicatoren is None or indicator in self.indicatoren
        return over and (self.onderdelen is None or not self.onderdelen.isdisjoint(plek))


class Mijlstreep(NamedTuple):
    """An event in a chart: ``x`` on its axis, before the point of the ``plek``-th period; numbered from the left."""

    nummer: int
    x: Decimal
    plek: int
    voorval: Voorval

    @property
    def kort(self) -> str:
        return str(self.nummer)

    @property
    def tekst(self) -> str:
        return f"{self.nummer} {self.voorval.titel}"

    @property
    def noot(self) -> str:
        """Below the chart."""
        v = self.voorval
        return f"{self.nummer}. {v.wanneer}: {v.titel} ({v.soort.lower()})"

    @property
    def in_cel(self) -> str:
        """In the row of its period."""
        return f"{self.voorval.wanneer}: {self.voorval.titel}"


@dataclass(frozen=True)
class Tijdlijn:
    """Every event that is known."""

    voorvallen: tuple[Voorval, ...] = ()

    def van(self, indicator: str, plek: Collection[int]) -> tuple[Voorval, ...]:
        """Those that touch this figure, in order of time."""
        return tuple(sorted((v for v in self.voorvallen if v.raakt(indicator, plek)), key=_op_volgorde))


def merk_van(voorvallen: Sequence[Voorval]) -> str:
    """Differs with anything a chart says of these; empty where there are none."""
    gezegd = repr([astuple(v)[:4] for v in voorvallen])
    return sha256(gezegd.encode()).hexdigest()[:12] if voorvallen else ""


def zet_op_as(
    voorvallen: Sequence[Voorval], perioden: Sequence[Kwartaal], eerste: date | None = None
) -> list[Mijlstreep]:
    """Those that fall within an axis of these periods, each of which ends with its quarter.

    A point holds all of its period, so every day of it lies before that point: from where the period begins, half a
    place to the left, and its limits and target with it. ``eerste`` is the first day of the first period, where that
    is not the first day of its quarter.
    """
    plekken = [(plek, v) for v in sorted(voorvallen, key=_op_volgorde) if (plek := _plek(v.datum, perioden, eerste))]
    return [Mijlstreep(nummer, x, i, v) for nummer, ((i, x), v) in enumerate(plekken, 1)]


def in_beeld(strepen: Sequence[Mijlstreep], ook: Sequence[Gebeurtenis] = ()) -> tuple[Gebeurtenis, ...]:
    """As a chart has them, with what else it marks, from left to right."""
    eigen = (Gebeurtenis(streep.x, streep.tekst, streep.kort) for streep in strepen)
    return tuple(sorted((*ook, *eigen), key=lambda g: g.x))


def bij_periode(strepen: Sequence[Mijlstreep], plek: int) -> Iterator[str]:
    """What the table says in the row of one period."""
    return (streep.in_cel for streep in strepen if streep.plek == plek)


def _op_volgorde(voorval: Voorval) -> tuple[date, str]:
    return voorval.datum, voorval.titel


def _plek(dag: date, perioden: Sequence[Kwartaal], eerste: date | None) -> tuple[int, Decimal] | None:
    begin = eerste or (perioden[0].begin() if perioden else dag)
    for i, periode in enumerate(perioden):
        eind = periode.einde()
        if begin <= dag <= eind:
            honderdsten = 100 * (dag - begin).days // ((eind - begin).days + 1)
            return i, i - _HALF + _TOT_PUNT * Decimal(honderdsten).scaleb(-2)
        begin = eind + timedelta(days=1)
    return None
