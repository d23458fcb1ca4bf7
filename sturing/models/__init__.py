"""What is steered on and with: one file per noun."""

from sturing.models.ambitie import Ambitiestand
from sturing.models.gebeurtenis import Gebeurtenis
from sturing.models.jaarplan import Activiteitversie, Mijlpaal, Planactiviteit

__all__ = ["Activiteitversie", "Ambitiestand", "Gebeurtenis", "Mijlpaal", "Planactiviteit"]
