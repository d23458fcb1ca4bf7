"""The rules: from exact numbers to a verdict. Each rule stands here once; source: docs/rekenregels.md.

Every function takes arrays of scaled whole numbers (see ``getalreeks``) and compares by cross-multiplication:
nothing is divided or rounded before it is judged. A value is the pair ``boven / onder``, in units of 1/10.000.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from monitor.rekenen.regels.getalreeks import SCHAAL, Reeks, grootste, ruim

REGELVERSIE = "2026.1"  # goes up with every change that can change a verdict
HONDERD = 100 * SCHAAL  # 100%, in units of 1/10.000

PROCENT = "%"


class Stand(IntEnum):
    """The state of a value; the names are those of the database, in lower case."""

    GELEVERD = 0
    NB = 1
    GEEN_METING = 2
    NOG_NIET_VERSCHULDIGD = 3
    NIET_VAN_TOEPASSING = 4


class Oordeel(IntEnum):
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


class Soort(IntEnum):
    """The kinds of target; GEEN where none holds for this onderdeel and year."""

    GEEN = 0
    JAARVOLUME = 1
    MINIMUM = 2
    MAXIMUM = 3
    VERBETERING = 4
    MONITORING = 5
    ONBEKEND = 6


ZONDER_VERDICT = {
    Soort.GEEN: Oordeel.GEEN_DOEL,
    Soort.MONITORING: Oordeel.ALLEEN_MONITORING,
    Soort.ONBEKEND: Oordeel.DOEL_ONBEKEND,
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
    grens = grootste(cum) * grootste(onder) * HONDERD
    grens = max(grens, grootste(boven) * (HONDERD + grootste(marge)))
    cum, boven, onder, marge = ruim(grens, cum, boven, onder, marge)
    gehaald = (teken * cum * onder >= teken * boven) | ((teken == 1) & (cum >= doel))
    binnen = teken * cum * onder * HONDERD >= boven * (teken * HONDERD - marge)
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
    richting = np.where(teken * verschil > 0, Oordeel.OP_KOERS, Oordeel.ACHTER)
    return np.where(telt, richting, Oordeel.NIET_TE_ONDERSCHEIDEN)


def sluit_jaar(oordeel: Reeks, gesloten: Reeks) -> Reeks:
    """Once the fourth quarter is approved the year has a result instead of a course."""
    behaald = np.where(oordeel == Oordeel.OP_KOERS, Oordeel.BEHAALD, oordeel)
    niet = (oordeel == Oordeel.AANDACHT) | (oordeel == Oordeel.ACHTER)
    return np.where(gesloten, np.where(niet, Oordeel.NIET_BEHAALD, behaald), oordeel)


def _drie_standen(gehaald: Reeks, binnen: Reeks) -> Reeks:
    return np.where(gehaald, Oordeel.OP_KOERS, np.where(binnen, Oordeel.AANDACHT, Oordeel.ACHTER))
