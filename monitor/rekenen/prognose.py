"""A forecast of the total of a year, and the chance of its target. Pure; never stored as a measurement.

The forecast is an exact fraction; the interval and the chance need a root and a logarithm, taken in Decimal with 28
digits. How wide the interval is follows from leaving out each earlier year and forecasting it from the others; how
far the forecast was off before is told from what was known at that moment only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from monitor.rekenen.regels.toeval import als_getal, student_kans, student_kwantiel

_JAREN = 2  # complete earlier years before there is a forecast
_JAREN_VOOR_KANS = 3
_KWARTAAL_VOOR_KANS = 2  # one quarter of a year says too little: see docs/adr/0020
KLEIN, GROOT = Decimal(1) / 3, Decimal(2) / 3
UITERST = Decimal("0.1")  # and 0,9
_KWARTALEN = 4

Kwartaalwaarden = Sequence[Fraction | None]


class Geen(StrEnum):
    """Why there is no forecast."""

    AFGESLOTEN = "afgesloten"
    ONVOLLEDIG = "onvolledig"
    NIETS_GETELD = "niets geteld"
    TE_WEINIG_JAREN = "te weinig jaren"


class Kans(StrEnum):
    """How likely it is that the target is reached: in words, or why there is no chance to tell."""

    ZEER_KLEIN = "zeer klein"
    KLEIN = "klein"
    EVEN_GROOT = "ongeveer even groot"
    GROOT = "groot"
    ZEER_GROOT = "zeer groot"
    GEHAALD = "gehaald"
    OVERSCHREDEN = "overschreden"
    TE_VROEG = "te vroeg"
    TE_WEINIG_JAREN = "te weinig jaren"


@dataclass(frozen=True, slots=True)
class Terugblik:
    """What would have been forecast for an earlier year at this quarter, from the years before it; and what came."""

    jaar: int
    tot_nu: Fraction
    voorspeld: Fraction
    werkelijk: Fraction

    @property
    def fout(self) -> Fraction:
        """As a share of what came; positive is a forecast that was too high."""
        return (self.voorspeld - self.werkelijk) / self.werkelijk


@dataclass(frozen=True, slots=True)
class Prognose:
    """``laag`` to ``hoog`` is the interval of 80%. ``kans`` is a number (0 to 1) where ``kanswoord`` is one of size."""

    tot_nu: Fraction
    aandeel: Fraction
    totaal: Fraction
    laag: Decimal
    hoog: Decimal
    doel: Fraction
    kans: Decimal | None
    kanswoord: Kans
    jaren: int
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
    aandeel = _aandeel(list(jaren.values()))
    totaal, breedte = tot_nu / aandeel, _breedte(list(jaren.values()))
    kans = _kans(tot_nu, doel, richting, len(jaren), len(bekend))
    getal = None
    if kans is None:
        getal = kans_op(totaal, breedte, len(jaren), doel, richting)
        kans = kanswoord(getal)
    laag, hoog = _interval(tot_nu, totaal, breedte, len(jaren))
    return Prognose(tot_nu, aandeel, totaal, laag, hoog, doel, getal, kans, len(jaren), _kijk_terug(jaren))


def _bruikbaar(eerdere: Mapping[int, Kwartaalwaarden], tot: int) -> dict[int, tuple[Fraction, Fraction]]:
    """Per complete year what there was by this quarter and in all; a year in which either is 0 gives no share."""
    jaren = {}
    for jaar, kwartalen in sorted(eerdere.items()):
        bekend = [waarde for waarde in kwartalen if waarde is not None]
        deel, geheel = sum(bekend[:tot], Fraction(0)), sum(bekend, Fraction(0))
        if len(bekend) == len(kwartalen) == _KWARTALEN and deel > 0 and geheel > 0:
            jaren[jaar] = deel, geheel
    return jaren


_Jaar = tuple[Fraction, Fraction]


def _aandeel(jaren: Sequence[_Jaar]) -> Fraction:
    """The mean of the shares of the year that were done by now."""
    return sum((deel / geheel for deel, geheel in jaren), Fraction(0)) / len(jaren)


def _kijk_terug(jaren: Mapping[int, _Jaar]) -> tuple[Terugblik, ...]:
    """Every year but the first, forecast from the years before it alone."""
    rij = list(jaren.items())
    return tuple(
        Terugblik(jaar, deel, deel / _aandeel([getallen for _, getallen in rij[:n]]), geheel)
        for n, (jaar, (deel, geheel)) in enumerate(rij)
        if n
    )


def _breedte(jaren: Sequence[_Jaar]) -> Decimal:
    """The standard error of the logarithm of a forecast from all n years, out of the errors with each year left out.

    These errors are n / (n - 1) times as far from 0 as the years are from their mean, and a new year has an error of
    its own besides that of the mean: the root of their mean square times the root of n squared - 1, divided by n.
    """
    n = len(jaren)
    fouten = [
        als_getal(geheel * _aandeel([*jaren[:i], *jaren[i + 1 :]]) / deel).ln()
        for i, (deel, geheel) in enumerate(jaren)
    ]
    kwadraat = sum((fout * fout for fout in fouten), Decimal(0)) / n
    return (kwadraat * (n * n - 1)).sqrt() / n


def _interval(tot_nu: Fraction, totaal: Fraction, breedte: Decimal, jaren: int) -> tuple[Decimal, Decimal]:
    """80% of what is likely; what is counted already is not lost again."""
    keer, midden = (student_kwantiel(jaren - 1) * breedte).exp(), als_getal(totaal)
    return max(midden / keer, als_getal(min(tot_nu, totaal))), midden * keer


def _kans(tot_nu: Fraction, doel: Fraction, richting: str, jaren: int, kwartaal: int) -> Kans | None:
    """Why there is no chance to compute: it is decided, or too little is known."""
    if richting == "lager" and tot_nu > doel:
        return Kans.OVERSCHREDEN
    if richting != "lager" and tot_nu >= doel:
        return Kans.GEHAALD
    if jaren < _JAREN_VOOR_KANS:
        return Kans.TE_WEINIG_JAREN
    return Kans.TE_VROEG if kwartaal < _KWARTAAL_VOOR_KANS else None


def kans_op(totaal: Fraction, breedte: Decimal, jaren: int, doel: Fraction, richting: str) -> Decimal:
    """The chance of a year total on the good side of the target, by the same distribution as the interval."""
    boven = totaal >= doel
    if doel > 0 and breedte:
        afstand = als_getal(totaal / doel).ln() / breedte
        hoger = student_kans(afstand, jaren - 1)
    else:
        hoger = Decimal(int(boven))
    return 1 - hoger if richting == "lager" and (breedte or totaal != doel) else hoger


def kanswoord(kans: Decimal) -> Kans:
    if kans < UITERST:
        return Kans.ZEER_KLEIN
    if kans < KLEIN:
        return Kans.KLEIN
    if kans <= GROOT:
        return Kans.EVEN_GROOT
    return Kans.GROOT if kans <= 1 - UITERST else Kans.ZEER_GROOT
