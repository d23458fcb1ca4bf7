"""When a value is expected: frequency, due day, validity of the onderdeel, and the years the plan covers."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from common.tekst.periode import Kwartaal
from monitor.rekenen.regels.feiten import Indicatorfeit, Onderdeelfeit
from monitor.rekenen.regels.getalreeks import Reeks
from monitor.rekenen.regels.verschuldigd import is_gevraagd, is_meetmoment, uitgezonderden

KWARTALEN = 4
VIERDE = 3  # index of the fourth quarter


def verschuldigd(jaren: Sequence[int], vandaag: date, termijn_dagen: int) -> Reeks:
    """(jaren, 4): whether the last day for delivering a quarter has passed."""
    return _per_kwartaal(jaren, lambda kwartaal: kwartaal.verschuldigd(vandaag, termijn_dagen))


def voorbij(jaren: Sequence[int], vandaag: date) -> Reeks:
    """(jaren,): whether the year is over; on 31 December it is not."""
    return np.array([jaar < vandaag.year for jaar in jaren], dtype=bool)


def meetmomenten(i: Indicatorfeit, jaren: Sequence[int]) -> Reeks:
    """(jaren, 4): the quarters in which this indicator is measured."""
    return _per_kwartaal(jaren, lambda k: is_meetmoment(i.frequentie, i.eerste_jaar, k.jaar, k.nummer))


def _per_kwartaal(jaren: Sequence[int], vraag: Callable[[Kwartaal], bool]) -> Reeks:
    antwoorden = [vraag(Kwartaal(jaar, nummer)) for jaar in jaren for nummer in range(1, KWARTALEN + 1)]
    return np.array(antwoorden, dtype=bool).reshape(len(jaren), KWARTALEN)


def bestaat(onderdelen: Sequence[Onderdeelfeit], jaren: Sequence[int]) -> Reeks:
    """(onderdelen, jaren, 4): whether each exists on the last day of the quarter."""
    dagen = np.array([[Kwartaal(jaar, q).einde().toordinal() for q in range(1, KWARTALEN + 1)] for jaar in jaren])
    vanaf = np.array([(o.geldig_vanaf or date.min).toordinal() for o in onderdelen])[:, None, None]
    tot = np.array([(o.geldig_tot or date.max).toordinal() for o in onderdelen])[:, None, None]
    return (vanaf <= dagen) & (dagen < tot)


def levert(indicatoren: Sequence[Indicatorfeit], onderdelen: Sequence[Onderdeelfeit]) -> Reeks:
    """(indicatoren, onderdelen): whether a value of this onderdeel itself is asked for."""
    return np.array(
        [[is_gevraagd(i.aggregatie, i.niveau, o.soort, i.herkomst) for o in onderdelen] for i in indicatoren], bool
    )


def uitgezonderd(indicatoren: Sequence[Indicatorfeit], onderdelen: Sequence[Onderdeelfeit]) -> Reeks:
    """(indicatoren, onderdelen): what an indicator does not apply to, with everything below it."""
    ouders = {onderdeel.id: onderdeel.ouder for onderdeel in onderdelen}
    weg = [uitgezonderden(indicator.niet_voor, ouders) for indicator in indicatoren]
    return np.array([[onderdeel.id in uit for onderdeel in onderdelen] for uit in weg], dtype=bool)


def in_plan(grenzen: tuple[int, int] | None, jaren: Sequence[int], vandaag: date) -> Reeks:
    """(jaren,): the years in which values are due."""
    begin, einde = grenzen or (vandaag.year + 1, vandaag.year)
    reeks = np.asarray(jaren)
    return (reeks >= begin) & (reeks <= min(einde, vandaag.year))
