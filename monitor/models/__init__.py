"""The models of the monitor, one file per noun."""

from __future__ import annotations

from monitor.models.doelbereik import Berekening, Doelbereik, Figuur, Herberekenverzoek, Oordeel, Stand
from monitor.models.importbestand import Import, Importregel
from monitor.models.indicator import Doelstelling, Indicator, Monitorregel
from monitor.models.meting import Meting

__all__ = [
    "Berekening",
    "Doelbereik",
    "Doelstelling",
    "Figuur",
    "Herberekenverzoek",
    "Import",
    "Importregel",
    "Indicator",
    "Meting",
    "Monitorregel",
    "Oordeel",
    "Stand",
]
