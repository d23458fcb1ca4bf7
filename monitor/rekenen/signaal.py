"""Signal or noise: the XmR chart of the values of periods, in exact fractions. Pure.

Which periods are compared follows from their order alone: a period without a value breaks every run, and no moving
range crosses it. The sentences about what is found here are in ``signaalzin``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

MINSTENS = 5  # points before there are limits
GENOEG = 12  # points before the limits are no longer provisional
OP_RIJ = 7  # points on one side, or in one direction
BREED = Fraction(266, 100)  # limits around the mean, in mean moving ranges
UITSCHIETER = Fraction(3267, 1000)  # a moving range above this many times the mean is not ordinary
ZONE = Fraction(2, 3)  # of the way from the mean to a limit
VENSTER = 3

Waarden = Sequence[Fraction | None]
"""The values of successive periods; None where there is none."""


class Signaalregel(StrEnum):
    """Why a point is a signal; the first that fits is the one to name."""

    GRENS = "grens"
    KANT = "kant"
    REEKS = "reeks"
    ZONE = "zone"


class Zekerheid(StrEnum):
    """What may be expected of the process beside its target, as long as nothing changes."""

    STRUCTUREEL = "structureel"
    NIET = "niet"
    WISSELEND = "wisselend"


@dataclass(frozen=True)
class Grenzen:
    """Mean and limits, and the mean moving range after screening; in the unit of the values."""

    gemiddelde: Fraction
    schommeling: Fraction

    @cached_property
    def onder(self) -> Fraction:
        return self.gemiddelde - BREED * self.schommeling

    @cached_property
    def boven(self) -> Fraction:
        return self.gemiddelde + BREED * self.schommeling

    @cached_property
    def zone_onder(self) -> Fraction:
        return self.gemiddelde - ZONE * BREED * self.schommeling

    @cached_property
    def zone_boven(self) -> Fraction:
        return self.gemiddelde + ZONE * BREED * self.schommeling


@dataclass(frozen=True, slots=True)
class Signaal:
    """One signal, over the points with index ``van`` up to and including ``tot``."""

    regel: Signaalregel
    omhoog: bool
    van: int
    tot: int

    @property
    def volgorde(self) -> tuple[int, int]:
        """The latest first, then the strongest rule."""
        return -self.tot, list(Signaalregel).index(self.regel)


@dataclass(frozen=True, slots=True)
class Verandering:
    """The step between two successive measurements; ``gewoon``: no more than noise. None where that is not known."""

    verschil: Fraction
    gewoon: bool | None


def bepaal_grenzen(waarden: Waarden) -> Grenzen | None:
    """Mean ± 2,66 mean moving range; None below five points, or where no two follow each other."""
    bekend = [waarde for waarde in waarden if waarde is not None]
    stappen = [abs(na - voor) for voor, na in _opeenvolgend(waarden)]
    if len(bekend) < MINSTENS or not stappen:
        return None
    hoogste = UITSCHIETER * _gemiddelde(stappen)
    gewone = [stap for stap in stappen if stap <= hoogste]
    return Grenzen(_gemiddelde(bekend), _gemiddelde(gewone))


def zoek_signalen(waarden: Waarden, grenzen: Grenzen) -> tuple[Signaal, ...]:
    """Every signal, the latest first. A value on a limit is inside it; one on the mean is on no side."""
    gevonden = [
        *_buiten(waarden, grenzen),
        *_aan_een_kant(waarden, grenzen),
        *_in_een_richting(waarden),
        *_dicht_bij(waarden, grenzen),
    ]
    return tuple(sorted(gevonden, key=lambda signaal: signaal.volgorde))


def bepaal_zekerheid(grenzen: Grenzen, norm: Fraction, richting: str) -> Zekerheid | None:
    """The limits against the target; a limit on the target is on its good side. None without a direction."""
    if richting == "geen":
        return None
    teken = 1 if richting == "hoger" else -1
    slechtste, beste = sorted((teken * grenzen.onder, teken * grenzen.boven))
    if slechtste >= teken * norm:
        return Zekerheid.STRUCTUREEL
    return Zekerheid.NIET if beste < teken * norm else Zekerheid.WISSELEND


def vergelijk_kwartalen(waarden: Waarden, grenzen: Grenzen | None) -> Verandering | None:
    """The last step against the largest ordinary one; None where the last period or the one before has no value."""
    if len(waarden) < 2 or waarden[-1] is None or waarden[-2] is None:
        return None
    verschil = waarden[-1] - waarden[-2]
    return Verandering(verschil, None if grenzen is None else abs(verschil) <= UITSCHIETER * grenzen.schommeling)


def vergelijk_met_vorige(
    nu: Fraction, toen: Fraction, marge_nu: Fraction | None, marge_toen: Fraction | None
) -> Verandering:
    """Two surveys: only a difference above the root of both squared margins of error (95%) is more than noise."""
    verschil = nu - toen
    if marge_nu is None or marge_toen is None:
        return Verandering(verschil, None)
    return Verandering(verschil, verschil**2 <= marge_nu**2 + marge_toen**2)


def _gemiddelde(getallen: Sequence[Fraction]) -> Fraction:
    return sum(getallen, Fraction(0)) / len(getallen)


def _opeenvolgend(waarden: Waarden) -> Iterator[tuple[Fraction, Fraction]]:
    for voor, na in pairwise(waarden):
        if voor is not None and na is not None:
            yield voor, na


def _buiten(waarden: Waarden, grenzen: Grenzen) -> Iterator[Signaal]:
    onder, boven = grenzen.onder, grenzen.boven
    for i, waarde in enumerate(waarden):
        if waarde is not None and not onder <= waarde <= boven:
            yield Signaal(Signaalregel.GRENS, waarde > boven, i, i)


def _aan_een_kant(waarden: Waarden, grenzen: Grenzen) -> Iterator[Signaal]:
    kanten = [None if waarde is None else _teken(waarde - grenzen.gemiddelde) for waarde in waarden]
    for teken, van, tot in _gelijke_reeksen(kanten):
        if tot - van + 1 >= OP_RIJ:
            yield Signaal(Signaalregel.KANT, teken > 0, van, tot)


def _in_een_richting(waarden: Waarden) -> Iterator[Signaal]:
    stappen = [None if voor is None or na is None else _teken(na - voor) for voor, na in pairwise(waarden)]
    for teken, van, tot in _gelijke_reeksen(stappen):
        if tot - van + 2 >= OP_RIJ:
            yield Signaal(Signaalregel.REEKS, teken > 0, van, tot + 1)


def _dicht_bij(waarden: Waarden, grenzen: Grenzen) -> Iterator[Signaal]:
    """Windows of three successive points with two beyond the zone on one side; what overlaps is one signal."""
    for omhoog in (True, False):
        voorbij = [waarde is not None and is_voorbij(waarde, grenzen, omhoog=omhoog) for waarde in waarden]
        vensters = [range(i, i + VENSTER) for i in range(len(waarden) - VENSTER + 1)]
        punten = {
            i
            for venster in vensters
            if all(waarden[i] is not None for i in venster) and sum(voorbij[i] for i in venster) >= VENSTER - 1
            for i in venster
            if voorbij[i]
        }
        yield from (Signaal(Signaalregel.ZONE, omhoog, van, tot) for van, tot in _aaneen(sorted(punten)))


def is_voorbij(waarde: Fraction, grenzen: Grenzen, *, omhoog: bool) -> bool:
    """More than two thirds of the way from the mean to the limit on that side, or beyond it."""
    return waarde > grenzen.zone_boven if omhoog else waarde < grenzen.zone_onder


def _aaneen(punten: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of the groups of points that are in one window with the next."""
    begin = 0
    for i, punt in enumerate(punten):
        if i + 1 == len(punten) or punten[i + 1] - punt >= VENSTER:
            yield punten[begin], punt
            begin = i + 1


def _teken(getal: Fraction) -> int:
    return (getal > 0) - (getal < 0)


def _gelijke_reeksen(tekens: Sequence[int | None]) -> Iterator[tuple[int, int, int]]:
    """Sign, first and last index of each longest run of one sign; 0 and None are in no run."""
    van = 0
    for i, teken in enumerate(tekens):
        if i + 1 == len(tekens) or tekens[i + 1] != teken:
            if teken:
                yield teken, van, i
            van = i + 1
