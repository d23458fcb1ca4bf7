"""What is steered on and with: one file per noun."""

from sturing.models.jaarplan import Activiteitversie, Mijlpaal, Planactiviteit

__all__ = ["Activiteitversie", "Mijlpaal", "Planactiviteit"]
