"""What is steered on and with: one file per noun."""

from sturing.models.actie import Actie, Actieversie
from sturing.models.ambitie import Ambitiestand
from sturing.models.duiding import LANGSTE_DUIDING, Duiding
from sturing.models.gebeurtenis import Gebeurtenis
from sturing.models.jaarplan import Activiteitversie, Mijlpaal, Planactiviteit
from sturing.models.koppeling import KOPPELBARE_SOORTEN, Boomdeel, Koppelbaar, Koppeling, noem, noem_kort, thema_van
from sturing.models.overleg import Agendapunt, Besluit, Overleg
from sturing.models.volging import VOLGBAAR, Volging, Volgstand
from sturing.models.vraag import Antwoord, Vraag

__all__ = [
    "KOPPELBARE_SOORTEN",
    "LANGSTE_DUIDING",
    "VOLGBAAR",
    "Actie",
    "Actieversie",
    "Activiteitversie",
    "Agendapunt",
    "Ambitiestand",
    "Antwoord",
    "Besluit",
    "Boomdeel",
    "Duiding",
    "Gebeurtenis",
    "Koppelbaar",
    "Koppeling",
    "Mijlpaal",
    "Overleg",
    "Planactiviteit",
    "Volging",
    "Volgstand",
    "Vraag",
    "noem",
    "noem_kort",
    "thema_van",
]
