"""What is steered on and with: one file per noun."""

from sturing.models.jaarplan import Activiteitversie, Mijlpaal, Planactiviteit
from sturing.models.koppeling import KOPPELBARE_SOORTEN, Boomdeel, Koppelbaar, Koppeling, noem, thema_van

__all__ = [
    "KOPPELBARE_SOORTEN",
    "Activiteitversie",
    "Boomdeel",
    "Koppelbaar",
    "Koppeling",
    "Mijlpaal",
    "Planactiviteit",
    "noem",
    "thema_van",
]
