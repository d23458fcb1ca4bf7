"""The models of the monitor, one file per noun."""

from monitor.models.definitie import IN_AGENDA, Definitievelden
from monitor.models.doelbereik import Berekening, Doelbereik, Herberekenverzoek, Landelijkdoel, Oordeel, Stand
from monitor.models.eigenaarschap import VOORWERPEN, Eigenaarschap
from monitor.models.indicator import Definitie, Definitieversie, Doelstelling, Grensbesluit, Indicator, Monitorregel
from monitor.models.invoer import Herinnering, Import, Importregel, Kolomkoppeling
from monitor.models.meting import Afsluiting, Concept, Meting
from monitor.models.opmerking import Opmerking, Vermelding
from monitor.models.toezicht import Spooralarm
from monitor.models.verkenning import Verkenning

__all__ = [
    "IN_AGENDA",
    "VOORWERPEN",
    "Afsluiting",
    "Berekening",
    "Concept",
    "Definitie",
    "Definitievelden",
    "Definitieversie",
    "Doelbereik",
    "Doelstelling",
    "Eigenaarschap",
    "Grensbesluit",
    "Herberekenverzoek",
    "Herinnering",
    "Import",
    "Importregel",
    "Indicator",
    "Kolomkoppeling",
    "Landelijkdoel",
    "Meting",
    "Monitorregel",
    "Oordeel",
    "Opmerking",
    "Spooralarm",
    "Stand",
    "Verkenning",
    "Vermelding",
]
