"""The limits of ordinary variation: of an XmR chart, never narrower than chance, never beyond what is possible. Pure.

Every point has limits of its own: a season, a trend or the noemer of that quarter moves them. What all of them share
is the mean moving range of what is left when the usual level of each point is taken off.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from statistics import median
from typing import Any

from monitor.rekenen.regels.toeval import Toevalsgrenzen, binomiaalgrenzen, poissongrenzen

MINSTENS = 5  # points before there are limits
GENOEG = 12  # points before the limits are no longer provisional
BREED = Fraction(266, 100)  # limits around the mean, in mean moving ranges
UITSCHIETER = Fraction(3267, 1000)  # a moving range above this many times the mean is not ordinary
ZONE = Fraction(2, 3)  # of the way from the mean to a limit
MINSTENS_JAREN_SEIZOEN = 3  # complete years before a season is proposed
SEIZOEN_LAAT_OVER = Fraction(3, 5)  # of the moving range, or less, where the quarters differ by themselves
MINSTENS_PER_KWARTAAL = 2  # points of each quarter before it has a level of its own
HONDERD = Fraction(100)
PERIODEN_PER_JAAR = 4

Waarden = Sequence[Fraction | None]
"""The values of successive periods; None where there is none."""
Mogelijk = tuple[Fraction | None, Fraction | None]
"""The lowest and the highest value there can be; None where there is no such end."""


@dataclass(frozen=True)
class Meetreeks:
    """The values of successive periods, and all that says what is ordinary for them.

    ``kwartalen`` gives of each point its quarter (1 to 4), ``begin`` the points at which new limits start,
    ``noemers`` of each counted share how many were counted (None: not counted one by one) and ``keer`` what a whole
    is in the unit of the values. ``telling``: the values are counts. ``per_kwartaal``: each quarter has a level of
    its own, ``evenredig`` as a multiple of the mean, else as a difference from it.
    """

    waarden: tuple[Fraction | None, ...]
    kwartalen: tuple[int, ...] = ()
    begin: tuple[int, ...] = ()
    noemers: tuple[int | None, ...] = ()
    keer: int = 1
    telling: bool = False
    per_kwartaal: bool = False
    evenredig: bool = False
    mogelijk: Mogelijk = (None, None)

    def delen(self) -> list[range]:
        """The points that share limits, the earliest first."""
        randen = sorted({0, *(n for n in self.begin if 0 < n < len(self.waarden)), len(self.waarden)})
        return [range(van, tot) for van, tot in pairwise(randen)]


@dataclass(frozen=True, slots=True)
class Grens:
    """What is ordinary at one point, in the unit of the values; ``mediaan`` is the level half of the values reach."""

    midden: Fraction
    mediaan: Fraction
    onder: Fraction
    zone_onder: Fraction
    zone_boven: Fraction
    boven: Fraction


@dataclass(frozen=True, slots=True)
class Grenzen:
    """The limits of the points that share them, from index ``van``; ``helling`` is the trend per period, if any.

    ``schommeling`` is the mean moving range after screening, of what is left without season and trend.
    """

    van: int
    punten: tuple[Grens, ...]
    schommeling: Fraction
    aantal: int
    per_kwartaal: bool
    helling: Fraction | None

    def bij(self, index: int) -> Grens:
        return self.punten[index - self.van]

    @property
    def laatste(self) -> Grens:
        return self.punten[-1]

    @property
    def per_jaar(self) -> Fraction:
        return (self.helling or Fraction(0)) * PERIODEN_PER_JAAR

    @property
    def vlak(self) -> bool:
        """Whether the limits are the same for every point, but for the room that its noemer leaves."""
        return self.helling is None and not self.per_kwartaal


def mogelijke_waarden(indicator: Any, waarden: Sequence[Any] = ()) -> Mogelijk:
    """Counts and euros are never below 0, shares from 0 to 100; a value beyond an end shows that there is none.

    ``indicator`` has an ``aggregatie`` and an ``eenheid``.
    """
    laagste = Fraction(0) if indicator.aggregatie != "stand" or indicator.eenheid == "%" else None
    hoogste = HONDERD if indicator.eenheid == "%" else None
    if laagste is not None and any(waarde < laagste for waarde in waarden):
        laagste = None
    return laagste, None if hoogste is not None and any(waarde > hoogste for waarde in waarden) else hoogste


def binnen(getal: Any, mogelijk: Mogelijk) -> Any:
    """The number itself, or the end of the possible that it passed; of the same type as the number."""
    laagste, hoogste = mogelijk
    if laagste is not None and getal < laagste:
        return type(getal)(int(laagste))
    return type(getal)(int(hoogste)) if hoogste is not None and getal > hoogste else getal


def bepaal_grenzen(reeks: Meetreeks, deel: range, *, met_trend: bool = False) -> Grenzen | None:
    """Of these points; None below five of them, or where no two follow each other."""
    seizoen = _seizoen(reeks)
    niveau = [_zonder_seizoen(reeks, seizoen, i) for i in deel]
    aantal = sum(waarde is not None for waarde in niveau)
    helling = hellend(niveau) if met_trend else None
    rest = [None if w is None else w - (helling or 0) * n for n, w in enumerate(niveau)]
    schommeling = gewone_schommeling(rest)
    if aantal < MINSTENS or schommeling is None:
        return None
    bekend = [waarde for waarde in rest if waarde is not None]
    constant = len({reeks.waarden[i] for i in deel} - {None}) == 1
    punten = []
    for n, i in enumerate(deel):
        lijn = (helling or 0) * n
        midden, mediaan = (_met_seizoen(reeks, seizoen, i, w + lijn) for w in (gemiddelde(bekend), median(bekend)))
        breed = BREED * schommeling * _schaal(reeks, seizoen, i)
        punten.append(_grens(reeks, i, constant, midden, mediaan, breed))
    return Grenzen(deel.start, tuple(punten), schommeling, aantal, seizoen is not None, helling)


def _grens(reeks: Meetreeks, i: int, constant: bool, midden: Fraction, mediaan: Fraction, breed: Fraction) -> Grens:
    onder, boven = midden - breed, midden + breed
    zone_onder, zone_boven = midden - ZONE * breed, midden + ZONE * breed
    toeval = None if constant else _toeval(reeks, i, midden)
    if toeval:
        per = Fraction(reeks.keer, reeks.noemers[i] or 1) if reeks.noemers else Fraction(1)
        onder, boven = min(onder, toeval.onder * per), max(boven, toeval.boven * per)
        zone_onder, zone_boven = min(zone_onder, toeval.zone_onder * per), max(zone_boven, toeval.zone_boven * per)
    onder, boven, midden = (binnen(getal, reeks.mogelijk) for getal in (onder, boven, midden))
    return Grens(midden, mediaan, onder, zone_onder, zone_boven, boven)


def _toeval(reeks: Meetreeks, i: int, midden: Fraction) -> Toevalsgrenzen | None:
    if reeks.telling:
        return poissongrenzen(midden)
    noemer = reeks.noemers[i] if reeks.noemers else None
    return binomiaalgrenzen(noemer, midden / reeks.keer) if noemer else None


def gewone_schommeling(waarden: Waarden) -> Fraction | None:
    """The mean moving range, screened once; None where no two values follow each other."""
    stappen = [abs(na - voor) for voor, na in opeenvolgend(waarden)]
    if not stappen:
        return None
    hoogste = UITSCHIETER * gemiddelde(stappen)
    gewone = [stap for stap in stappen if stap <= hoogste]
    return gemiddelde(gewone if any(gewone) else stappen)


def hellend(waarden: Waarden) -> Fraction:
    """The median of the slopes between every two points, per period; 0 below two points."""
    punten = [(n, waarde) for n, waarde in enumerate(waarden) if waarde is not None]
    hellingen = [(w - v) / (n - m) for (m, v), (n, w) in combinations(punten, 2)]
    return median(hellingen) if hellingen else Fraction(0)


def opeenvolgend(waarden: Waarden) -> Iterator[tuple[Fraction, Fraction]]:
    for voor, na in pairwise(waarden):
        if voor is not None and na is not None:
            yield voor, na


def gemiddelde(getallen: Sequence[Fraction]) -> Fraction:
    return sum(getallen, Fraction(0)) / len(getallen)


_Seizoen = dict[int, Fraction]
"""Per quarter its usual multiple of the level, or its usual difference from it."""


def _seizoen(reeks: Meetreeks) -> _Seizoen | None:
    """From all points, whatever the limits they share; None without a season, or with too few points for one."""
    if not reeks.per_kwartaal:
        return None
    per: dict[int, list[Fraction]] = {kwartaal: [] for kwartaal in range(1, PERIODEN_PER_JAAR + 1)}
    for deel in reeks.delen():
        bekend = [w for i in deel if (w := reeks.waarden[i]) is not None]
        niveau = gemiddelde(bekend) if bekend else Fraction(0)
        if reeks.evenredig and niveau <= 0:
            continue
        for i in deel:
            if (waarde := reeks.waarden[i]) is not None:
                per[reeks.kwartalen[i]].append(waarde / niveau if reeks.evenredig else waarde - niveau)
    if min(map(len, per.values())) < MINSTENS_PER_KWARTAAL:
        return None
    seizoen = {kwartaal: gemiddelde(delen) for kwartaal, delen in per.items()}
    return None if reeks.evenredig and min(seizoen.values()) <= 0 else seizoen


def _zonder_seizoen(reeks: Meetreeks, seizoen: _Seizoen | None, i: int) -> Fraction | None:
    waarde = reeks.waarden[i]
    if waarde is None or seizoen is None:
        return waarde
    eigen = seizoen[reeks.kwartalen[i]]
    return waarde / eigen if reeks.evenredig else waarde - eigen


def _met_seizoen(reeks: Meetreeks, seizoen: _Seizoen | None, i: int, niveau: Fraction) -> Fraction:
    if seizoen is None:
        return niveau
    eigen = seizoen[reeks.kwartalen[i]]
    return niveau * eigen if reeks.evenredig else niveau + eigen


def _schaal(reeks: Meetreeks, seizoen: _Seizoen | None, i: int) -> Fraction:
    """How much wider the limits of this quarter are: as much as its level is higher."""
    return seizoen[reeks.kwartalen[i]] if seizoen and reeks.evenredig else Fraction(1)


def toont_seizoen(reeks: Meetreeks, jaren: int) -> bool:
    """Whether the quarters differ by themselves: with a level of their own far less is left to chance.

    ``reeks`` asks for a season; ``jaren`` complete years, and with fewer than three nothing is shown.
    """
    seizoen, zonder = _seizoen(reeks), gewone_schommeling(reeks.waarden)
    if jaren < MINSTENS_JAREN_SEIZOEN or not zonder or seizoen is None:
        return False
    over = gewone_schommeling([_zonder_seizoen(reeks, seizoen, i) for i in range(len(reeks.waarden))])
    return over is not None and over <= SEIZOEN_LAAT_OVER * zonder
