"""What is steered on and with: one file per noun."""

from sturing.models.actie import Actie, Actieversie
from sturing.models.jaarplan import Activiteitversie, Mijlpaal, Planactiviteit
from sturing.models.overleg import Agendapunt, Besluit, Overleg
from sturing.models.vraag import Antwoord, Vraag

__all__ = [
    "Actie",
    "Actieversie",
    "Activiteitversie",
    "Agendapunt",
    "Antwoord",
    "Besluit",
    "Mijlpaal",
    "Overleg",
    "Planactiviteit",
    "Vraag",
]
