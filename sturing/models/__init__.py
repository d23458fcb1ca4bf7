"""What is steered on and with: one file per noun."""

from sturing.models.ambitie import Ambitiestand
from sturing.models.duiding import MEESTE_TEKENS, Duiding
from sturing.models.gebeurtenis import Gebeurtenis
from sturing.models.jaarplan import Activiteitversie, Mijlpaal, Planactiviteit

__all__ = ["MEESTE_TEKENS", "Activiteitversie", "Ambitiestand", "Duiding", "Gebeurtenis", "Mijlpaal", "Planactiviteit"]
