from __future__ import annotations

from pathlib import Path

from accounts.models import User
from common.jobs import JobRun
from monitor.invoer.importeren.voorstel import Voorstel, lees_voorstel, voer_door
from monitor.invoer.meting.vergelijken import Vergelijking
from monitor.management.inleesopdracht import Inleesopdracht


class Command(Inleesopdracht):
    help = "Leest metingen uit een CSV-, XLSX- of ODS-bestand in: alles of niets."
    wat = "metingen"

    def lees(self, pad: Path, door: User) -> Voorstel:
        return lees_voorstel(pad, door=door)

    def voer_door(self, voorstel: Voorstel, door: User, ander: User | None, run: JobRun) -> tuple[int, Vergelijking]:
        metingen, vergelijking = voer_door(voorstel, door=door, vaststellen_door=ander)
        run.gelezen, run.gewijzigd = len(voorstel.waarnemingen), len(metingen)
        return len(metingen), vergelijking
