from __future__ import annotations

from pathlib import Path

from accounts.models import User
from common.jobs import JobRun
from monitor.invoer.bezetting.importeren import Bezettingvoorstel, lees_bezettingvoorstel, voer_bezetting_door
from monitor.invoer.bezetting.vergelijken import Bezettingvergelijking
from monitor.management.inleesopdracht import Inleesopdracht


class Command(Inleesopdracht):
    help = "Leest bezetting uit een CSV-, XLSX- of ODS-bestand in: alles of niets."
    wat = "bezetting"

    def lees(self, pad: Path, door: User) -> Bezettingvoorstel:
        return lees_bezettingvoorstel(pad, door=door)

    def voer_door(
        self, voorstel: Bezettingvoorstel, door: User, ander: User | None, run: JobRun
    ) -> tuple[int, Bezettingvergelijking]:
        rijen, vergelijking = voer_bezetting_door(voorstel, door=door, vaststellen_door=ander)
        run.gelezen, run.gewijzigd = len(voorstel.opgaven), len(rijen)
        return len(rijen), vergelijking
