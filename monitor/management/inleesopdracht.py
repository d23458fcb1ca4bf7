"""What the commands that read a file share: whose it is, what it would do, and all its faults."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from common.jobs import job
from common.vaststellen.bewaking import Geweigerd
from monitor.invoer.importeren.soorten import Importsoort
from monitor.invoer.importeren.voorstel import Importvoorstel, open_bestand, vergelijk_voorstel, voer_door
from monitor.invoer.regels.vergelijking import Vergelijking
from monitor.invoer.regels.waarneming import Fout, InvoerFout


class Inleesopdracht(BaseCommand):
    """Reads a file of one kind, all of it or nothing."""

    soort: Importsoort[Any, Any]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path)
        wat = self.soort.vorm.naam
        parser.add_argument("--door", required=True, help=f"gebruikersnaam van wie de {wat} indient")
        parser.add_argument("--vaststellen-door", help=f"gebruikersnaam van een ander, die de {wat} vaststelt")
        parser.add_argument("--proef", action="store_true", help="alleen laten zien wat er zou veranderen")

    def handle(self, *args: Any, **options: Any) -> None:
        door = _gebruiker(options["door"])
        ander = _gebruiker(options["vaststellen_door"]) if options["vaststellen_door"] else None
        try:
            voorstel = open_bestand(options["bestand"], self.soort, door=door)
            if options["proef"]:
                self._toon(voorstel, vergelijk_voorstel(voorstel))
                return
            with job("import", voorstel.naam, door) as run:
                rijen, vergelijking = voer_door(voorstel, door=door, vaststellen_door=ander)
                run.gelezen, run.gewijzigd = len(voorstel.rijen), len(rijen)
            self._meld(len(rijen), vergelijking, vast=ander is not None)
        except InvoerFout as fout:
            self.stderr.write(_opsomming(fout.fouten))
            for zin in fout.opmerkingen:
                self.stderr.write(f"  {zin}")
            raise CommandError(f"{options['bestand'].name}: {len(fout.fouten)} fout(en), niets ingelezen.") from None
        except Geweigerd as fout:
            raise CommandError(f"{fout} Er is niets ingelezen.") from None

    def _toon(self, voorstel: Importvoorstel[Any, Any], vergelijking: Vergelijking[Any, Any]) -> None:
        """What the file would do, and every doubt, those that are answered in the file too."""
        self.stdout.write(f"Proef, er is niets gewijzigd. {_tel(vergelijking)}")
        for zin in voorstel.inhoud.opmerkingen:
            self.stdout.write(f"  {zin}")
        twijfels = vergelijking.twijfels
        if twijfels:
            self.stdout.write(f"{len(twijfels)} twijfelachtig; zonder toelichting worden ze niet ingelezen:")
            alle = [Fout(rij, t.kolom, t.reden) for rij in sorted(twijfels) for t in twijfels[rij]]
            self.stdout.write(_opsomming(alle))

    def _meld(self, aantal: int, vergelijking: Vergelijking[Any, Any], *, vast: bool) -> None:
        staat = "vastgesteld" if vast else "ingediend; iemand anders moet ze nog vaststellen"
        self.stdout.write(f"{_tel(vergelijking)} {aantal} {staat}.")


def _gebruiker(naam: str) -> User:
    user = User.objects.filter(username=naam, is_active=True).first()
    if user is None:
        raise CommandError(f"Er is geen gebruiker “{naam}”. Maak die met maak_gebruiker, of kijk de naam na.")
    return user


def _tel(vergelijking: Vergelijking[Any, Any]) -> str:
    return (
        f"{len(vergelijking.nieuw)} nieuw, {len(vergelijking.gewijzigd)} gewijzigd, {len(vergelijking.gelijk)} gelijk."
    )


def _opsomming(fouten: list[Fout], hoogstens: int = 200) -> str:
    """All faults as lines for a person; a very long list says how many more there are."""
    regels = [f"  {fout}" for fout in fouten[:hoogstens]]
    if len(fouten) > hoogstens:
        regels.append(f"  … en nog {len(fouten) - hoogstens} fouten.")
    return "\n".join(regels)
