from monitor.invoer.importeren.soorten import VAN_BEZETTING
from monitor.management.inleesopdracht import Inleesopdracht


class Command(Inleesopdracht):
    help = "Leest bezetting uit een CSV-, XLSX- of ODS-bestand in: alles of niets."
    soort = VAN_BEZETTING
