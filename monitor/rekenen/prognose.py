"""A forecast of the total of a year, and the chance of its target. Pure; never stored as a measurement.

Everything is an exact fraction but for the two ends of the interval: these need a root, taken in Decimal with 28
digits. ``eerdere`` years are judged by leaving each out in turn and forecasting it from the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from functools import cache

_JAREN = 2  # complete earlier years before there is a forecast
KLEIN, GROOT = Fraction(1, 3), Fraction(2, 3)
_KWARTALEN = 4
STUDENT_90 = ("3.0777", "1.8856", "1.6377", "1.5332", "1.4759", "1.4398", "1.4149", "1.3968", "1.3830", "1.3722")
"""Student's t at 90% for 1, 2, ... degrees of freedom: 80% lies between both sides. More years use the last."""

Kwartaalwaarden = Sequence[Fraction | None]


class Geen(StrEnum):
    """Why there is no forecast."""

    AFGESLOTEN = "afgesloten"
    ONVOLLEDIG = "onvolledig"
    NIETS_GETELD = "niets geteld"
    TE_WEINIG_JAREN = "te weinig jaren"


@dataclass(frozen=True, slots=True)
class Terugblik:
    """What would have been forecast for an earlier year at this quarter, beside what came."""

    jaar: int
    tot_nu: Fraction
    voorspeld: Fraction
    werkelijk: Fraction

    @property
    def fout(self) -> Fraction:
        """As a share of what came; positive is a forecast that was too high."""
        return (self.voorspeld - self.werkelijk) / self.werkelijk

    @property
    def factor(self) -> Fraction:
        """What came as a multiple of what would have been forecast."""
        return self.werkelijk / self.voorspeld


@dataclass(frozen=True, slots=True)
class Prognose:
    """``laag`` to ``hoog`` is the interval of 80%. ``kans`` None: the target is met already, or can no longer be."""

    tot_nu: Fraction
    aandeel: Fraction
    totaal: Fraction
    laag: Decimal
    hoog: Decimal
    doel: Fraction
    kans: Fraction | None
    terugblik: tuple[Terugblik, ...]

    @property
    def fout(self) -> Fraction:
        """The mean absolute error of the earlier years, as a share of what came."""
        return sum((abs(jaar.fout) for jaar in self.terugblik), Fraction(0)) / len(self.terugblik)


def voorspel(
    dit_jaar: Kwartaalwaarden, eerdere: Mapping[int, Kwartaalwaarden], doel: Fraction, richting: str
) -> Prognose | Geen:
    """The year from its first quarters (one to four) and the four quarters of each earlier year."""
    bekend = [waarde for waarde in dit_jaar if waarde is not None]
    if len(dit_jaar) >= _KWARTALEN:
        return Geen.AFGESLOTEN
    if len(bekend) < len(dit_jaar) or not bekend:
        return Geen.ONVOLLEDIG
    tot_nu, jaren = sum(bekend, Fraction(0)), _bruikbaar(eerdere, len(bekend))
    if len(jaren) < _JAREN:
        return Geen.TE_WEINIG_JAREN
    if tot_nu <= 0:
        return Geen.NIETS_GETELD
    return _prognose(tot_nu, jaren, doel, richting)


def _prognose(
    tot_nu: Fraction, jaren: Mapping[int, tuple[Fraction, Fraction]], doel: Fraction, richting: str
) -> Prognose:
    aandeel = _aandeel(list(jaren.values()))
    totaal = tot_nu / aandeel
    terugblik = tuple(_kijk_terug(jaar, jaren) for jaar in sorted(jaren))
    laag, hoog = _interval(tot_nu, totaal, [jaar.factor for jaar in terugblik])
    kans = None
    if not _beslist(tot_nu, doel, richting):
        kans = kans_op([totaal * jaar.factor for jaar in terugblik], doel, richting)
    return Prognose(tot_nu, aandeel, totaal, laag, hoog, doel, kans, terugblik)


def _bruikbaar(eerdere: Mapping[int, Kwartaalwaarden], tot: int) -> dict[int, tuple[Fraction, Fraction]]:
    """Per complete year what there was by this quarter and in all; a year in which either is 0 gives no share."""
    jaren = {}
    for jaar, kwartalen in eerdere.items():
        bekend = [waarde for waarde in kwartalen if waarde is not None]
        deel, geheel = sum(bekend[:tot], Fraction(0)), sum(bekend, Fraction(0))
        if len(bekend) == len(kwartalen) == _KWARTALEN and deel > 0 and geheel > 0:
            jaren[jaar] = deel, geheel
    return jaren


def _aandeel(jaren: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """The mean of the shares of the year that were done by now."""
    return sum((deel / geheel for deel, geheel in jaren), Fraction(0)) / len(jaren)


def _kijk_terug(jaar: int, jaren: Mapping[int, tuple[Fraction, Fraction]]) -> Terugblik:
    deel, geheel = jaren[jaar]
    anderen = [getallen for ander, getallen in jaren.items() if ander != jaar]
    return Terugblik(jaar, deel, deel / _aandeel(anderen), geheel)


def _interval(tot_nu: Fraction, totaal: Fraction, factoren: Sequence[Fraction]) -> tuple[Decimal, Decimal]:
    """80% around the forecast; what is counted already is not lost again."""
    kwadraat = sum(((factor - 1) ** 2 for factor in factoren), Fraction(0)) / len(factoren)
    student = Decimal(STUDENT_90[min(len(factoren) - 1, len(STUDENT_90)) - 1])
    midden, breed = als_getal(totaal), als_getal(totaal) * student * als_getal(kwadraat).sqrt()
    return max(midden - breed, als_getal(min(tot_nu, totaal))), midden + breed


def _beslist(tot_nu: Fraction, doel: Fraction, richting: str) -> bool:
    """A total that asks for more is met, or one that asks for less is passed, before the year is over."""
    return tot_nu > doel if richting == "lager" else tot_nu >= doel


def kans_op(uitkomsten: Sequence[Fraction], doel: Fraction, richting: str) -> Fraction:
    """Where the target lies between the outcomes: at the i-th best of n it is i / (n + 1), straight in between.

    Beyond the outermost outcome it stays what it is there, so that few years never make a chance of 0 or 1.
    """
    teken = -1 if richting == "lager" else 1
    punten = sorted((teken * uitkomst for uitkomst in uitkomsten), reverse=True)
    gevraagd, n = teken * doel, len(punten)
    boven = sum(punt >= gevraagd for punt in punten)
    if boven in (0, n):
        return Fraction(max(boven, 1), n + 1)
    hoger, lager = punten[boven - 1], punten[boven]
    return (boven + (hoger - gevraagd) / (hoger - lager)) / (n + 1)


def kanswoord(kans: Fraction) -> str:
    if kans < KLEIN:
        return "klein"
    return "groot" if kans > GROOT else "ongeveer gelijk"


def als_getal(breuk: Fraction) -> Decimal:
    """With 28 digits: for what is shown, and for a root."""
    return Decimal(breuk.numerator) / Decimal(breuk.denominator)


KLEINE_TELLING = 50  # counts below this show their interval
HALF = Decimal("0.025")  # what may fall outside on each side
Z = Decimal("1.959963984540054")  # the standard normal quantile of 97,5%
_CIJFERS = 34
NAUWKEURIG = Decimal("1e-10")

Interval = tuple[Decimal, Decimal]


@cache
def poisson(aantal: int) -> Interval:
    """The exact interval of the mean of a count from 0 up to ``KLEINE_TELLING``; ValueError for any other count."""
    if not 0 <= aantal < KLEINE_TELLING:
        raise ValueError(f"Geen klein aantal: {aantal}")
    with localcontext(prec=_CIJFERS):
        onder = _waar(aantal - 1, 1 - HALF) if aantal else Decimal(0)
        return onder, _waar(aantal, HALF)


def _waar(aantal: int, kans: Decimal) -> Decimal:
    """The mean at which the chance of at most ``aantal`` is ``kans``: halved until it is known well enough."""
    laag, hoog = Decimal(0), Decimal(2 * aantal + 10)
    while hoog - laag > NAUWKEURIG:
        midden = (laag + hoog) / 2
        laag, hoog = (midden, hoog) if _hoogstens(aantal, midden) > kans else (laag, midden)
    return (laag + hoog) / 2


def _hoogstens(aantal: int, gemiddelde: Decimal) -> Decimal:
    """The chance of at most ``aantal`` where ``gemiddelde`` is expected."""
    term = som = Decimal(1)
    for k in range(1, aantal + 1):
        term = term * gemiddelde / k
        som += term
    return som * (-gemiddelde).exp()


def wilson(teller: Decimal, noemer: Decimal) -> Interval:
    """The interval of a share ``teller / noemer``, as shares from 0 to 1; ValueError where it is no share."""
    if not (noemer > 0 and 0 <= teller <= noemer):
        raise ValueError(f"Geen deel van een geheel: {teller} van {noemer}")
    with localcontext(prec=_CIJFERS):
        kwadraat = Z * Z
        midden = (teller + kwadraat / 2) / (noemer + kwadraat)
        breed = Z * (teller * (noemer - teller) / noemer + kwadraat / 4).sqrt() / (noemer + kwadraat)
        return max(Decimal(0), midden - breed), min(Decimal(1), midden + breed)
