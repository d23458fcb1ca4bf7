"""What the commands that read a file share: whose it is, what it would do, and all its faults."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from common.jobs import JobRun, job
from common.vaststellen.besluit import Geweigerd
from monitor.invoer.bezetting.importeren import Bezettingvoorstel
from monitor.invoer.bezetting.vergelijken import Bezettingvergelijking
from monitor.invoer.importeren.voorstel import Voorstel, meld
from monitor.invoer.meting.vergelijken import Vergelijking
from monitor.invoer.regels.waarneming import Fout, InvoerFout


class Inleesopdracht(BaseCommand):
    """``lees`` says what a file would do, ``voer_door`` does it; both raise InvoerFout or Geweigerd."""

    wat = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path)
        parser.add_argument("--door", required=True, help=f"gebruikersnaam van wie de {self.wat} indient")
        parser.add_argument("--vaststellen-door", help=f"gebruikersnaam van een ander, die de {self.wat} vaststelt")
        parser.add_argument("--proef", action="store_true", help="alleen laten zien wat er zou veranderen")

    def lees(self, pad: Path, door: User) -> Any:
        raise NotImplementedError

    def voer_door(self, voorstel: Any, door: User, ander: User | None, run: JobRun) -> tuple[int, Any]:
        """How many rows were written, and what these were."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        door = _gebruiker(options["door"])
        ander = _gebruiker(options["vaststellen_door"]) if options["vaststellen_door"] else None
        try:
            voorstel = self.lees(options["bestand"], door)
            if options["proef"]:
                self._toon(voorstel)
                return
            with job("import", voorstel.naam, door) as run:
                self._meld(*self.voer_door(voorstel, door, ander, run), vast=ander is not None)
        except InvoerFout as fout:
            self.stderr.write(meld(fout.fouten))
            raise CommandError(f"{options['bestand'].name}: {len(fout.fouten)} fout(en), niets ingelezen.") from None
        except Geweigerd as fout:
            raise CommandError(f"{fout} Er is niets ingelezen.") from None

    def _toon(self, voorstel: Voorstel | Bezettingvoorstel) -> None:
        """What the file would do, and every doubt, those that are answered in the file too."""
        self.stdout.write(f"Proef, er is niets gewijzigd. {_tel(voorstel.vergelijking)}")
        for zin in voorstel.opmerkingen:
            self.stdout.write(f"  {zin}")
        twijfels = voorstel.vergelijking.twijfels
        if twijfels:
            self.stdout.write(f"{len(twijfels)} twijfelachtig; zonder toelichting worden ze niet ingelezen:")
            self.stdout.write(meld([Fout(rij, t.kolom, t.reden) for rij in sorted(twijfels) for t in twijfels[rij]]))

    def _meld(self, aantal: int, vergelijking: Vergelijking | Bezettingvergelijking, *, vast: bool) -> None:
        staat = "vastgesteld" if vast else "ingediend; iemand anders moet ze nog vaststellen"
        self.stdout.write(f"{_tel(vergelijking)} {aantal} {staat}.")


def _gebruiker(naam: str) -> User:
    user = User.objects.filter(username=naam, is_active=True).first()
    if user is None:
        raise CommandError(f"Er is geen gebruiker “{naam}”. Maak die met maak_gebruiker, of kijk de naam na.")
    return user


def _tel(vergelijking: Vergelijking | Bezettingvergelijking) -> str:
    return (
        f"{len(vergelijking.nieuw)} nieuw, {len(vergelijking.gewijzigd)} gewijzigd, {len(vergelijking.gelijk)} gelijk."
    )
