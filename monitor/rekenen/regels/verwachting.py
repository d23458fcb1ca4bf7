"""What a year volume is expected to be by the end of a quarter, and what is still needed.

Expectations are exact fractions ``boven / onder`` in units of 1/10.000 of the indicator.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from monitor.rekenen.regels.getalreeks import GRENS, SCHAAL, Reeks, deel_afgerond, grootste, ruim

KWARTALEN = 4
MINSTENS_JAREN = 2  # complete earlier years before a seasonal pattern may be used


class Patroon(IntEnum):
    """How a year volume builds up."""

    LINEAIR = 0
    STAP = 1
    SEIZOEN = 2


def lineair(doel: Reeks, kwartaal: Reeks) -> tuple[Reeks, Reeks]:
    """A quarter of the target each quarter."""
    (doel,) = ruim(grootste(doel) * KWARTALEN, doel)
    return doel * kwartaal, np.full(doel.shape, KWARTALEN)


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


def om_te_bewaren(boven: Reeks, onder: Reeks) -> Reeks:
    """The expectation in 1/100.000.000, rounded only where a seasonal share has no end."""
    boven, onder = ruim(2 * grootste(boven) * SCHAAL + grootste(onder), boven, onder)
    getal = deel_afgerond(boven * SCHAAL, onder)
    return getal.astype(np.int64) if getal.dtype == object and grootste(getal) <= GRENS else getal


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
