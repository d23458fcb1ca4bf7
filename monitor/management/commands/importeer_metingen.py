from monitor.invoer.importeren.soorten import VAN_METINGEN
from monitor.management.inleesopdracht import Inleesopdracht


class Command(Inleesopdracht):
    help = "Leest metingen uit een CSV-, XLSX- of ODS-bestand in: alles of niets."
    soort = VAN_METINGEN
