"""The models of the monitor, one file per noun."""

from monitor.models.doelbereik import Berekening, Doelbereik, Figuur, Herberekenverzoek, Landelijkdoel, Oordeel, Stand
from monitor.models.indicator import Definitieversie, Doelstelling, Grensbesluit, Indicator, Monitorregel
from monitor.models.invoer import Herinnering, Import, Importregel
from monitor.models.meting import Afsluiting, Concept, Meting

__all__ = [
    "Afsluiting",
    "Berekening",
    "Concept",
    "Definitieversie",
    "Doelbereik",
    "Doelstelling",
    "Figuur",
    "Grensbesluit",
    "Herberekenverzoek",
    "Herinnering",
    "Import",
    "Importregel",
    "Indicator",
    "Landelijkdoel",
    "Meting",
    "Monitorregel",
    "Oordeel",
    "Stand",
]
