"""What the figures bring to the agenda of a meeting, by rules; each with what was to be read of it that day.

``_BRONNEN`` names the rules in the order of the agenda: the ladder of what goes up is to stand here too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from common.tekst.periode import Kwartaal
from monitor.dashboards import selectors
from monitor.dashboards.keuze import bepaal
from monitor.dashboards.overzicht.voortgang import Voortgang
from sturing.models import Agendapunt


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
        stand = " ".join(str(deel) for deel in (f"{regel.oordeel_woord}.", regel.kern, regel.vervolg) if deel)
        yield Voordracht(Agendapunt.Bron.BESPREKEN, regel.indicator.pk, blik.kwartaal, regel.naam, stand)


_BRONNEN: tuple[Callable[[User, date], Iterator[Voordracht]], ...] = (uit_bespreken,)


def lees_voordrachten(user: User, dag: date) -> list[Voordracht]:
    """Each figure once, by the first rule that brings it."""
    per_cijfer: dict[tuple[int, Kwartaal], Voordracht] = {}
    for bron in _BRONNEN:
        for een in bron(user, dag):
            per_cijfer.setdefault((een.indicator, een.kwartaal), een)
    return list(per_cijfer.values())
