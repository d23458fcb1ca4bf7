"""What the figures bring to the agenda of a meeting, by rules; each with what was to be read of it that day.

``_BRONNEN`` names the rules in the order of the agenda.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from common.tekst.periode import Kwartaal
from monitor.dashboards import selectors
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.keuze import bepaal
from monitor.dashboards.overzicht.voortgang import Voortgang
from sturing.lezen.ladder import per_trede
from sturing.models import Agendapunt
from sturing.regels.ladder import Trede


@dataclass(frozen=True)
class Voordracht:
    """A figure that asks for a meeting; ``stand`` is that figure in words, as it is now."""

    bron: Agendapunt.Bron
    indicator: int
    kwartaal: Kwartaal
    titel: str
    stand: str


def uit_bespreken(user: User, dag: date) -> Iterator[Voordracht]:
    """What stands under Bespreken on the first page that day, by the same rule."""
    blik = bepaal(user, "", dag)
    for regel in Voortgang(blik.kwartaal, selectors.regels(blik)).bespreken:
        bron = Agendapunt.Bron.BESPREKEN
        yield Voordracht(bron, regel.indicator.pk, blik.kwartaal, regel.naam, _in_woorden(regel))


def van_ladder(user: User, dag: date) -> Iterator[Voordracht]:
    """What stands on the step of the ladder that brings it before the RVO."""
    per_indicator = {regel.indicator.pk: regel for regel in selectors.regels(bepaal(user, "", dag))}
    for punt in per_trede(user, dag)[Trede.RVO]:
        if regel := per_indicator.get(punt.indicator.pk):
            stand = f"{_in_woorden(regel)} Op de ladder: {punt.stand.hoe_lang}."
            yield Voordracht(Agendapunt.Bron.LADDER, punt.indicator.pk, punt.kwartaal, regel.naam, stand)


def _in_woorden(regel: Regel) -> str:
    return " ".join(str(deel) for deel in (f"{regel.oordeel_woord}.", regel.kern, regel.vervolg) if deel)


_BRONNEN: tuple[Callable[[User, date], Iterator[Voordracht]], ...] = (uit_bespreken, van_ladder)


def lees_voordrachten(user: User, dag: date) -> list[Voordracht]:
    """Each figure once, by the first rule that brings it."""
    per_cijfer: dict[tuple[int, Kwartaal], Voordracht] = {}
    for bron in _BRONNEN:
        for een in bron(user, dag):
            per_cijfer.setdefault((een.indicator, een.kwartaal), een)
    return list(per_cijfer.values())
