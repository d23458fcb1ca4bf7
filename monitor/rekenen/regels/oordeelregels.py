"""The rules: from exact numbers to a verdict. Each rule stands here once; source: docs/rekenregels.md.

Every function takes arrays of scaled whole numbers (see ``getalreeks``) and compares by cross-multiplication:
nothing is divided or rounded before it is judged. A value is the pair ``boven / onder``, in units of 1/10.000.
"""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from fractions import Fraction

import numpy as np

from monitor.rekenen.regels.getalreeks import GROOTSTE_GETAL, SCHAAL, Reeks, deel_afgerond, grootste, ruim
from monitor.rekenen.regels.kalender import KWARTALEN

REGELVERSIE = "2026.2"  # goes up with every change that can change a verdict
_HONDERD = 100 * SCHAAL  # 100%, in units of 1/10.000

PROCENT = "%"


class Standcode(IntEnum):
    """The state of a value; the names are those of the database, in lower case."""

    GELEVERD = 0
    NB = 1
    GEEN_METING = 2
    NOG_NIET_VERSCHULDIGD = 3
    NIET_VAN_TOEPASSING = 4


class Oordeelcode(IntEnum):
    """The verdicts, worst first."""

    NIET_BEHAALD = 0
    ACHTER = 1
    AANDACHT = 2
    ONVOLLEDIG = 3
    GEEN_METING = 4
    NIET_TE_ONDERSCHEIDEN = 5
    OP_KOERS = 6
    BEHAALD = 7
    ALLEEN_MONITORING = 8
    DOEL_ONBEKEND = 9
    GEEN_DOEL = 10
    NOG_NIET_VERSCHULDIGD = 11


class Doelsoort(IntEnum):
    """The kinds of target; GEEN where none holds for this onderdeel and year."""

    GEEN = 0
    JAARVOLUME = 1
    MINIMUM = 2
    MAXIMUM = 3
    VERBETERING = 4
    MONITORING = 5
    ONBEKEND = 6


ZONDER_VERDICT = {
    Doelsoort.GEEN: Oordeelcode.GEEN_DOEL,
    Doelsoort.MONITORING: Oordeelcode.ALLEEN_MONITORING,
    Doelsoort.ONBEKEND: Oordeelcode.DOEL_ONBEKEND,
}


def naam(code: IntEnum) -> str:
    return code.name.lower()


def factor(eenheid: str) -> int:
    """A ratio shown in per cent is teller ÷ noemer × 100."""
    return 100 if eenheid == PROCENT else 1


def als_breuk(teller: Reeks, noemer: Reeks, keer: Reeks, verhouding: Reeks) -> tuple[Reeks, Reeks]:
    """The value as ``boven / onder`` in units of 1/10.000; onder is 0 where there is nothing to divide by."""
    (teller,) = ruim(grootste(teller) * 100 * SCHAAL, teller)
    return np.where(verhouding, teller * keer * SCHAAL, teller), np.where(verhouding, noemer, 1)


def oordeel_norm(boven: Reeks, onder: Reeks, doel: Reeks, marge: Reeks, teken: Reeks) -> Reeks:
    """Minimum (teken 1) and its mirror image maximum (teken -1). The edge of a margin is inside it."""
    boven, onder, doel, marge = ruim((grootste(doel) + grootste(marge)) * grootste(onder), boven, onder, doel, marge)
    gehaald = teken * boven >= teken * doel * onder
    binnen = teken * boven >= (teken * doel - marge) * onder
    return _drie_standen(gehaald, binnen)


def oordeel_volume(cum: Reeks, verwacht: tuple[Reeks, Reeks], doel: Reeks, marge: Reeks, teken: Reeks) -> Reeks:
    """Cumulative against the expectation ``verwacht`` (boven, onder); the margin is a percentage of it.

    A year target that is already met is never behind, whatever the expected pattern says.
    """
    boven, onder = verwacht
    grens = grootste(cum) * grootste(onder) * _HONDERD
    grens = max(grens, grootste(boven) * (_HONDERD + grootste(marge)))
    cum, boven, onder, marge = ruim(grens, cum, boven, onder, marge)
    gehaald = (teken * cum * onder >= teken * boven) | ((teken == 1) & (cum >= doel))
    binnen = teken * cum * onder * _HONDERD >= boven * (teken * _HONDERD - marge)
    return _drie_standen(gehaald, binnen)


def oordeel_verbetering(
    nu: tuple[Reeks, Reeks], vorig: tuple[Reeks, Reeks], marge: Reeks, vorige_marge: Reeks, teken: Reeks
) -> Reeks:
    """A difference counts when it exceeds √(m₁² + m₂²); an absent margin is 0, so that any difference counts."""
    (nu_boven, nu_onder), (vorig_boven, vorig_onder) = nu, vorig
    verschil_grens = grootste(nu_boven) * grootste(vorig_onder) + grootste(vorig_boven) * grootste(nu_onder)
    marge_grens = (grootste(marge) + grootste(vorige_marge)) * grootste(nu_onder) * grootste(vorig_onder)
    reeksen = ruim(
        verschil_grens**2 + marge_grens**2, nu_boven, nu_onder, vorig_boven, vorig_onder, marge, vorige_marge
    )
    nu_boven, nu_onder, vorig_boven, vorig_onder, marge, vorige_marge = reeksen
    verschil = nu_boven * vorig_onder - vorig_boven * nu_onder
    onder = nu_onder * vorig_onder
    telt = verschil * verschil > (marge * marge + vorige_marge * vorige_marge) * onder * onder
    richting = np.where(teken * verschil > 0, Oordeelcode.OP_KOERS, Oordeelcode.ACHTER)
    return np.where(telt, richting, Oordeelcode.NIET_TE_ONDERSCHEIDEN)


def sluit_jaar(oordeel: Reeks, gesloten: Reeks) -> Reeks:
    """Once the year is over and its fourth quarter approved, it has a result instead of a course."""
    behaald = np.where(oordeel == Oordeelcode.OP_KOERS, Oordeelcode.BEHAALD, oordeel)
    niet = (oordeel == Oordeelcode.AANDACHT) | (oordeel == Oordeelcode.ACHTER)
    return np.where(gesloten, np.where(niet, Oordeelcode.NIET_BEHAALD, behaald), oordeel)


def _drie_standen(gehaald: Reeks, binnen: Reeks) -> Reeks:
    return np.where(gehaald, Oordeelcode.OP_KOERS, np.where(binnen, Oordeelcode.AANDACHT, Oordeelcode.ACHTER))


MINSTENS_JAREN = 2  # complete earlier years before a seasonal pattern may be used


def lineair(doel: Reeks, geweest: Reeks, kwartalen: Reeks) -> tuple[Reeks, Reeks]:
    """An equal part of the target each quarter that counts: ``geweest`` of the ``kwartalen`` of the year.

    All of it in a year of which no quarter counts.
    """
    (doel,) = ruim(grootste(doel) * KWARTALEN, doel)
    return np.where(kwartalen > 0, doel * geweest, doel), np.maximum(kwartalen, 1)


def stap(doel: Reeks, kwartaal: Reeks, stap_kwartaal: Reeks) -> tuple[Reeks, Reeks]:
    """Nothing before the quarter of the step, everything from then on."""
    return np.where(kwartaal >= stap_kwartaal, doel, 0), np.ones(doel.shape, dtype=np.int64)


def seizoensdelen(per_kwartaal: Reeks, volledig: Reeks) -> tuple[Reeks, Reeks, Reeks]:
    """Mean cumulative share of the year in earlier complete years, per series, year and quarter.

    ``per_kwartaal`` is (series, jaren, 4), ``volledig`` (series, jaren). Gives ``boven``, ``onder`` (their
    quotient is the mean) and the number of years it is the mean of, 0 included.
    """
    tot = np.cumsum(per_kwartaal.astype(object), axis=2)
    bruikbaar = volledig & (tot[..., -1] > 0)
    boven, onder = np.zeros_like(tot), np.ones_like(tot)
    som, gedeeld = np.zeros_like(tot[:, 0]), np.ones_like(tot[:, 0])
    for jaar in range(tot.shape[1]):
        boven[:, jaar], onder[:, jaar] = som, gedeeld
        telt = bruikbaar[:, jaar, None]
        geheel = np.where(telt, tot[:, jaar, -1:], 1)
        som = np.where(telt, som * geheel + tot[:, jaar] * gedeeld, som)
        gedeeld = gedeeld * geheel
    aantal: Reeks = np.cumsum(bruikbaar, axis=1) - bruikbaar
    return boven, onder * np.maximum(aantal, 1)[..., None], aantal


def seizoen(doel: Reeks, deel_boven: Reeks, deel_onder: Reeks) -> tuple[Reeks, Reeks]:
    """The target times the mean share; too wide for 64 bits, so always in Python's own integers."""
    return doel.astype(object) * deel_boven, deel_onder


JAREN_VOOR_VOORSTEL = 3  # complete years before a seasonal pattern is proposed
STABIEL = Fraction(5, 100)  # of the year: how far a year may lie from the mean of the years, and is as good as even


def jaardelen(jaren: Mapping[int, Sequence[Fraction]]) -> dict[int, tuple[Fraction, ...]]:
    """Per complete year which part of it was done after Q1, Q2 and Q3; a year in which nothing was counted has none."""
    gevuld = {jaar: kwartalen for jaar, kwartalen in jaren.items() if sum(kwartalen) > 0}
    return {
        jaar: tuple(sum(kwartalen[:q], Fraction(0)) / sum(kwartalen) for q in range(1, KWARTALEN))
        for jaar, kwartalen in gevuld.items()
    }


def gemiddelde_delen(delen: Mapping[int, Sequence[Fraction]]) -> tuple[Fraction, ...]:
    return tuple(sum(kolom, Fraction(0)) / len(delen) for kolom in zip(*delen.values(), strict=True))


def toont_patroon(delen: Mapping[int, Sequence[Fraction]]) -> bool:
    """Whether the years build up alike, and not by an even part each quarter."""
    if len(delen) < JAREN_VOOR_VOORSTEL:
        return False
    midden = gemiddelde_delen(delen)
    gelijk = all(abs(deel - m) <= STABIEL for jaar in delen.values() for deel, m in zip(jaar, midden, strict=True))
    return gelijk and any(abs(m - Fraction(q, KWARTALEN)) > STABIEL for q, m in enumerate(midden, 1))


def om_te_bewaren(boven: Reeks, onder: Reeks) -> Reeks:
    """The expectation in 1/100.000.000, rounded only where a seasonal share has no end."""
    boven, onder = ruim(2 * grootste(boven) * SCHAAL + grootste(onder), boven, onder)
    getal = deel_afgerond(boven * SCHAAL, onder)
    return getal.astype(np.int64) if getal.dtype == object and grootste(getal) <= GROOTSTE_GETAL else getal


def nog_nodig(cum: Reeks, doel: Reeks) -> Reeks:
    """What is missing from the year target, never below 0."""
    return np.maximum(doel - cum, 0)


def op_tempo(waarden: Reeks, telt: Reeks, nodig: Reeks, resterend: Reeks, tot: Reeks) -> tuple[Reeks, Reeks]:
    """How many earlier periods reached the pace now needed, and how many there were.

    ``waarden`` and ``telt`` are (rijen, perioden): the values of the periods and whether each can be compared;
    ``tot`` is the last period, included. The pace is ``nodig / resterend``.
    """
    waarden, nodig = ruim(grootste(waarden) * KWARTALEN, waarden, nodig)
    eerder = telt & (np.arange(waarden.shape[1]) <= tot[:, None])
    gehaald = eerder & (waarden * resterend[:, None] >= nodig[:, None])
    return gehaald.sum(axis=1), eerder.sum(axis=1)
