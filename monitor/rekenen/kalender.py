"""When a value is expected: frequency, due day, validity of the onderdeel, and the years the plan covers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from common.periode import Kwartaal
from monitor.rekenen.feiten import EENHEDEN_VAN_ORDE, Indicatorfeit, Onderdeelfeit
from monitor.rekenen.getalreeks import Reeks

KWARTALEN = 4
VIERDE = 3  # index of the fourth quarter
_KWARTALEN_VAN = {"kwartaal": (0, 1, 2, 3), "halfjaar": (1, 3), "jaar": (3,), "tweejaarlijks": (3,)}


def verschuldigd(jaren: Sequence[int], vandaag: date, termijn_dagen: int) -> Reeks:
    """(jaren, 4): whether the last day for delivering a quarter has passed."""
    return np.array(
        [[Kwartaal(jaar, q).verschuldigd(vandaag, termijn_dagen) for q in range(1, KWARTALEN + 1)] for jaar in jaren],
        dtype=bool,
    ).reshape(len(jaren), KWARTALEN)


def meetmomenten(indicator: Indicatorfeit, jaren: Sequence[int]) -> Reeks:
    """(jaren, 4): the quarters in which this indicator is measured."""
    masker = np.zeros((len(jaren), KWARTALEN), dtype=bool)
    masker[:, _KWARTALEN_VAN[indicator.frequentie]] = True
    if indicator.frequentie == "tweejaarlijks" and indicator.eerste_jaar is not None:
        sinds = np.asarray(jaren) - indicator.eerste_jaar
        masker &= ((sinds >= 0) & (sinds % 2 == 0))[:, None]
    return masker


def bestaat(onderdelen: Sequence[Onderdeelfeit], jaren: Sequence[int]) -> Reeks:
    """(onderdelen, jaren, 4): whether each exists on the last day of the quarter."""
    dagen = np.array([[Kwartaal(jaar, q).einde().toordinal() for q in range(1, KWARTALEN + 1)] for jaar in jaren])
    vanaf = np.array([(o.geldig_vanaf or date.min).toordinal() for o in onderdelen])[:, None, None]
    tot = np.array([(o.geldig_tot or date.max).toordinal() for o in onderdelen])[:, None, None]
    return (vanaf <= dagen) & (dagen < tot)


def levert(indicator: Indicatorfeit, onderdeel: Onderdeelfeit) -> bool:
    """Whether a value of this onderdeel itself is asked for; everything above it is added up.

    A survey is never added up, so it is asked for at its level and at every level above, up to the unit.
    """
    if indicator.optelbaar or onderdeel.soort not in EENHEDEN_VAN_ORDE[1:]:
        return onderdeel.soort == indicator.niveau
    return EENHEDEN_VAN_ORDE.index(onderdeel.soort) <= EENHEDEN_VAN_ORDE.index(indicator.niveau)


def planjaren(grenzen: tuple[int, int] | None, jaren: Sequence[int], vandaag: date) -> Reeks:
    """(jaren,): the years in which values are due."""
    begin, einde = grenzen or (vandaag.year + 1, vandaag.year)
    reeks = np.asarray(jaren)
    return (reeks >= begin) & (reeks <= min(einde, vandaag.year))
