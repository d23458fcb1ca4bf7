"""The models of the monitor, one file per noun."""

from __future__ import annotations

from monitor.models.afsluiting import Afsluiting
from monitor.models.concept import Concept
from monitor.models.definitie import Definitieversie
from monitor.models.doelbereik import Berekening, Doelbereik, Figuur, Herberekenverzoek, Oordeel, Stand
from monitor.models.herinnering import Herinnering
from monitor.models.indicator import Doelstelling, Indicator, Monitorregel
from monitor.models.invoer import Import, Importregel
from monitor.models.landelijk import Landelijkdoel
from monitor.models.meting import Meting

__all__ = [
    "Afsluiting",
    "Berekening",
    "Concept",
    "Definitieversie",
    "Doelbereik",
    "Doelstelling",
    "Figuur",
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
