"""What is steered on and with: one file per noun."""

from sturing.models.jaarplan import Activiteitversie, Mijlpaal, Planactiviteit
from sturing.models.volging import VOLGBAAR, Volging, Volgstand

__all__ = ["VOLGBAAR", "Activiteitversie", "Mijlpaal", "Planactiviteit", "Volging", "Volgstand"]
