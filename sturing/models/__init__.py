"""What is steered on and with: one file per noun."""

from sturing.models.ambitie import Ambitiestand
from sturing.models.duiding import MEESTE_TEKENS, Duiding
from sturing.models.gebeurtenis import Gebeurtenis
from sturing.models.jaarplan import Activiteitversie, Mijlpaal, Planactiviteit
from sturing.models.koppeling import KOPPELBARE_SOORTEN, Boomdeel, Koppelbaar, Koppeling, noem, thema_van

__all__ = [
    "KOPPELBARE_SOORTEN",
    "MEESTE_TEKENS",
    "Activiteitversie",
    "Ambitiestand",
    "Boomdeel",
    "Duiding",
    "Gebeurtenis",
    "Koppelbaar",
    "Koppeling",
    "Mijlpaal",
    "Planactiviteit",
    "noem",
    "thema_van",
]
