"""When a value is expected: frequency, due day, validity of the onderdeel, and the years the plan covers."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from common.tekst.periode import Kwartaal
from monitor.rekenen.regels.feiten import Indicatorfeit, Onderdeelfeit
from monitor.rekenen.regels.getalreeks import Reeks
from monitor.rekenen.regels.verschuldigd import is_gevraagd, is_meetmoment, telt_in, uitgezonderden

KWARTALEN = 4
VIERDE = 3  # index of the fourth quarter


def verschuldigd(jaren: Sequence[int], vandaag: date, termijn_dagen: int) -> Reeks:
    """(jaren, 4): whether the last day for delivering a quarter has passed."""
    return _per_kwartaal(jaren, lambda kwartaal: kwartaal.verschuldigd(vandaag, termijn_dagen))


def voorbij(jaren: Sequence[int], vandaag: date) -> Reeks:
    """(jaren,): whether the year is over; on 31 December it is not."""
    return np.array([jaar < vandaag.year for jaar in jaren], dtype=bool)


def meetmomenten(i: Indicatorfeit, jaren: Sequence[int]) -> Reeks:
    """(jaren, 4): the quarters in which this indicator is measured, as it is defined in each year."""
    return _per_kwartaal(jaren, lambda k: _is_meetmoment(i.in_jaar(k.jaar), k))


def _is_meetmoment(feit: Indicatorfeit, k: Kwartaal) -> bool:
    return is_meetmoment(feit.frequentie, feit.eerste_jaar, k.jaar, k.nummer)


def tellende(i: Indicatorfeit, jaren: Sequence[int]) -> Reeks:
    """(jaren, 4): the quarters between its first and its last, of an agenda that prints it."""
    return _per_kwartaal(jaren, lambda k: i.staat_in(k.jaar) and telt_in(i.in_jaar(k.jaar), k))


def _per_kwartaal(jaren: Sequence[int], vraag: Callable[[Kwartaal], bool]) -> Reeks:
    antwoorden = [vraag(Kwartaal(jaar, nummer)) for jaar in jaren for nummer in range(1, KWARTALEN + 1)]
    return np.array(antwoorden, dtype=bool).reshape(len(jaren), KWARTALEN)


def bestaat(onderdelen: Sequence[Onderdeelfeit], jaren: Sequence[int]) -> Reeks:
    """(onderdelen, jaren, 4): whether each exists on the last day of the quarter."""
    dagen = np.array([[Kwartaal(jaar, q).einde().toordinal() for q in range(1, KWARTALEN + 1)] for jaar in jaren])
    vanaf = np.array([(o.geldig_vanaf or date.min).toordinal() for o in onderdelen])[:, None, None]
    tot = np.array([(o.geldig_tot or date.max).toordinal() for o in onderdelen])[:, None, None]
    return (vanaf <= dagen) & (dagen < tot)


def levert(indicatoren: Sequence[Indicatorfeit], onderdelen: Sequence[Onderdeelfeit], jaren: Sequence[int]) -> Reeks:
    """(indicatoren, onderdelen, jaren): whether a value of this onderdeel itself is asked for."""

    def _zelf(feit: Indicatorfeit) -> list[bool]:
        return [is_gevraagd(feit.aggregatie, feit.niveau, o.soort, feit.herkomst) for o in onderdelen]

    return _per_definitie(indicatoren, onderdelen, jaren, _zelf)


def uitgezonderd(
    indicatoren: Sequence[Indicatorfeit], onderdelen: Sequence[Onderdeelfeit], jaren: Sequence[int]
) -> Reeks:
    """(indicatoren, onderdelen, jaren): what an indicator does not apply to, with everything below it."""
    ouders = {onderdeel.id: onderdeel.ouder for onderdeel in onderdelen}

    def _buiten(feit: Indicatorfeit) -> list[bool]:
        weg = uitgezonderden(feit.niet_voor, ouders)
        return [onderdeel.id in weg for onderdeel in onderdelen]

    return _per_definitie(indicatoren, onderdelen, jaren, _buiten)


def _per_definitie(
    indicatoren: Sequence[Indicatorfeit],
    onderdelen: Sequence[Onderdeelfeit],
    jaren: Sequence[int],
    vraag: Callable[[Indicatorfeit], list[bool]],
) -> Reeks:
    """The answer of every onderdeel, asked once of each definition and laid over the years in which it holds."""
    uit = np.zeros((len(indicatoren), len(onderdelen), len(jaren)), dtype=bool)
    vanaf = np.asarray(jaren)
    for plek, indicator in enumerate(indicatoren):
        for feit in (indicator, *indicator.later):
            uit[plek][:, vanaf >= feit.begin_jaar] = np.array(vraag(feit), dtype=bool)[:, None]
    return uit


def in_plan(grenzen: tuple[int, int] | None, jaren: Sequence[int], vandaag: date) -> Reeks:
    """(jaren,): the years in which values are due."""
    begin, einde = grenzen or (vandaag.year + 1, vandaag.year)
    reeks = np.asarray(jaren)
    return (reeks >= begin) & (reeks <= min(einde, vandaag.year))
