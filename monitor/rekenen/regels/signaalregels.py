"""Signal or noise: which points of a series are more than ordinary variation, in exact fractions. Pure.

Which periods are compared follows from their order alone: a period without a value breaks every run, and no moving
range crosses it. The limits are in ``regels.grenzen``, the sentences about what is found here in ``signaalzin``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from monitor.rekenen.regels.grenzen import BREED, UITSCHIETER, Grenzen, Meetreeks, Waarden, bepaal_grenzen

OP_RIJ = 7  # points on one side, or in one direction
VOORSTEL_OP_RIJ = 8  # points on one side before new limits are proposed
TREND = Fraction(1, 3)  # of the points marked: more, and it is a trend
VENSTER = 3


class Signaalregel(StrEnum):
    """Why a point is a signal, the strongest first."""

    GRENS = "grens"
    KANT = "kant"
    REEKS = "reeks"
    ZONE = "zone"


class Zekerheid(StrEnum):
    """What may be expected of the process beside its target, as long as nothing changes."""

    STRUCTUREEL = "structureel"
    NIET = "niet"
    WISSELEND = "wisselend"


@dataclass(frozen=True, slots=True)
class Signaal:
    """One signal, on the points with these indexes; of two out of three the third is no part of it."""

    regel: Signaalregel
    omhoog: bool
    punten: tuple[int, ...]

    @property
    def van(self) -> int:
        return self.punten[0]

    @property
    def tot(self) -> int:
        return self.punten[-1]

    @property
    def rang(self) -> int:
        return list(Signaalregel).index(self.regel)

    @property
    def volgorde(self) -> tuple[int, int]:
        """The latest first, then the strongest rule."""
        return -self.tot, self.rang

    @property
    def sterkte(self) -> tuple[int, int]:
        """The strongest rule first, then the latest."""
        return self.rang, -self.tot


@dataclass(frozen=True, slots=True)
class Beoordeling:
    """Points that share limits, with what was found there; ``grenzen`` None: too few of them."""

    deel: range
    grenzen: Grenzen | None
    signalen: tuple[Signaal, ...]


@dataclass(frozen=True, slots=True)
class Verandering:
    """The step between two successive measurements; ``gewoon``: no more than noise. None where that is not known."""

    verschil: Fraction
    gewoon: bool | None


@lru_cache(maxsize=512)  # a new value changes one series, and a page shows dozens
def beoordeel_reeks(reeks: Meetreeks) -> tuple[Beoordeling, ...]:
    """Per set of limits what is found, the earliest first."""
    return tuple(_beoordeel(reeks, deel) for deel in reeks.delen())


def _beoordeel(reeks: Meetreeks, deel: range) -> Beoordeling:
    """Where more than a third of the points would be marked they are judged around the line of their trend.

    A step up or down is no trend: around its line nearly as many points would be marked.
    """
    grenzen = bepaal_grenzen(reeks, deel)
    if grenzen is None:
        return Beoordeling(deel, None, ())
    signalen = zoek_signalen(reeks.waarden, grenzen)
    gemerkt = _gemerkt(signalen)
    langs = bepaal_grenzen(reeks, deel, met_trend=True) if gemerkt > TREND * grenzen.aantal else None
    if langs and _loopt(langs):
        erlangs = zoek_signalen(reeks.waarden, langs)
        if 2 * _gemerkt(erlangs) <= gemerkt:
            return Beoordeling(deel, langs, erlangs)
    return Beoordeling(deel, grenzen, signalen)


def _gemerkt(signalen: Sequence[Signaal]) -> int:
    return len({punt for signaal in signalen for punt in signaal.punten})


def _loopt(langs: Grenzen) -> bool:
    """Over all its points the line moves more than the distance from the mean to a limit: chance alone does not."""
    return abs(langs.helling or Fraction(0)) * (len(langs.punten) - 1) > BREED * langs.schommeling


def zoek_signalen(waarden: Waarden, grenzen: Grenzen) -> tuple[Signaal, ...]:
    """Every signal of the points that these limits are of, the latest first. A value on a limit is inside it."""
    punten = [(i, waarden[i]) for i in range(grenzen.van, grenzen.van + len(grenzen.punten))]
    gevonden = [
        *_buiten(punten, grenzen),
        *_op_rij(punten, grenzen, OP_RIJ),
        *_in_een_richting(punten, grenzen),
        *_dicht_bij(punten, grenzen),
    ]
    return tuple(sorted(gevonden, key=lambda signaal: signaal.volgorde))


def bepaal_zekerheid(grenzen: Grenzen, norm: Fraction, richting: str) -> Zekerheid | None:
    """The limits against the target; a limit on the target is on its good side. None without a direction."""
    if richting == "geen" or not grenzen.vlak:
        return None
    teken = 1 if richting == "hoger" else -1
    slechtste, beste = sorted((teken * grenzen.laatste.onder, teken * grenzen.laatste.boven))
    if slechtste >= teken * norm:
        return Zekerheid.STRUCTUREEL
    return Zekerheid.NIET if beste < teken * norm else Zekerheid.WISSELEND


def vergelijk_kwartalen(waarden: Waarden, grenzen: Grenzen | None) -> Verandering | None:
    """The last step against the largest ordinary one; None where the last period or the one before has no value."""
    if len(waarden) < 2 or waarden[-1] is None or waarden[-2] is None:
        return None
    verschil = waarden[-1] - waarden[-2]
    if grenzen is None or len(grenzen.punten) < 2:
        return Verandering(verschil, None)
    verwacht = grenzen.laatste.midden - grenzen.punten[-2].midden
    return Verandering(verschil, abs(verschil - verwacht) <= UITSCHIETER * grenzen.schommeling)


def vergelijk_met_vorige(
    nu: Fraction, toen: Fraction, marge_nu: Fraction | None, marge_toen: Fraction | None
) -> Verandering:
    """Two surveys: only a difference above the root of both squared margins of error (95%) is more than noise."""
    verschil = nu - toen
    if marge_nu is None or marge_toen is None:
        return Verandering(verschil, None)
    return Verandering(verschil, verschil**2 <= marge_nu**2 + marge_toen**2)


_Punten = Sequence[tuple[int, Fraction | None]]


def _buiten(punten: _Punten, grenzen: Grenzen) -> Iterator[Signaal]:
    for i, waarde in punten:
        if waarde is not None and not grenzen.bij(i).onder <= waarde <= grenzen.bij(i).boven:
            yield Signaal(Signaalregel.GRENS, waarde > grenzen.bij(i).boven, (i,))


def _op_rij(punten: _Punten, grenzen: Grenzen, minstens: int) -> Iterator[Signaal]:
    """A side is beyond the mean and the median: of counts around 0 nearly all lie below their mean by themselves."""
    kanten = [None if waarde is None else _kant(waarde, grenzen, i) for i, waarde in punten]
    for teken, van, tot in _gelijke_reeksen(kanten):
        if tot - van + 1 >= minstens:
            yield Signaal(Signaalregel.KANT, teken > 0, tuple(i for i, _ in punten[van : tot + 1]))


def _kant(waarde: Fraction, grenzen: Grenzen, i: int) -> int:
    grens = grenzen.bij(i)
    hoog, laag = max(grens.midden, grens.mediaan), min(grens.midden, grens.mediaan)
    return (waarde > hoog) - (waarde < laag)


def _in_een_richting(punten: _Punten, grenzen: Grenzen) -> Iterator[Signaal]:
    los = [None if waarde is None else waarde - grenzen.bij(i).midden for i, waarde in punten]
    stappen = [None if voor is None or na is None else _teken(na - voor) for voor, na in pairwise(los)]
    for teken, van, tot in _gelijke_reeksen(stappen):
        if tot - van + 2 >= OP_RIJ:
            yield Signaal(Signaalregel.REEKS, teken > 0, tuple(i for i, _ in punten[van : tot + 2]))


def _dicht_bij(punten: _Punten, grenzen: Grenzen) -> Iterator[Signaal]:
    """Windows of three successive points with two beyond the zone on one side; what overlaps is one signal."""
    for omhoog in (True, False):
        voorbij = [waarde is not None and _is_ver(waarde, grenzen, i, omhoog=omhoog) for i, waarde in punten]
        vensters = [range(n, n + VENSTER) for n in range(len(punten) - VENSTER + 1)]
        ver = {
            n
            for venster in vensters
            if all(punten[n][1] is not None for n in venster) and sum(voorbij[n] for n in venster) >= VENSTER - 1
            for n in venster
            if voorbij[n]
        }
        for groep in _aaneen(sorted(ver)):
            yield Signaal(Signaalregel.ZONE, omhoog, tuple(punten[n][0] for n in groep))


def _is_ver(waarde: Fraction, grenzen: Grenzen, i: int, *, omhoog: bool) -> bool:
    """More than two thirds of the way from the mean to the limit on that side, or beyond it."""
    return waarde > grenzen.bij(i).zone_boven if omhoog else waarde < grenzen.bij(i).zone_onder


def _aaneen(punten: Sequence[int]) -> Iterator[list[int]]:
    """The groups of points that are in one window with the next."""
    groep: list[int] = []
    for punt in punten:
        if groep and punt - groep[-1] >= VENSTER:
            yield groep
            groep = []
        groep.append(punt)
    if groep:
        yield groep


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


def vraagt_nieuwe_grenzen(waarden: Waarden, beoordeling: Beoordeling) -> Signaal | None:
    """The latest run on one side that is long enough to propose new limits; never where a trend stands."""
    grenzen = beoordeling.grenzen
    if grenzen is None or grenzen.helling is not None:
        return None
    lang = list(_op_rij([(i, waarden[i]) for i in beoordeling.deel], grenzen, VOORSTEL_OP_RIJ))
    return lang[-1] if lang else None
