import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.rollen import ROLLEN
from accounts.services import maak_gebruiker
from formatie.models import Gemeente, Onderdeel
from strategie.models import Thema


class Command(BaseCommand):
    help = "Maakt een account met een rol, of geeft een bestaand account die rol erbij."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("naam")
        parser.add_argument("--rol", required=True, choices=sorted(ROLLEN))
        parser.add_argument("--onderdeel", default="", help="code van het district van een chef of analist")
        parser.add_argument("--thema", default="", help="thema van een portefeuillehouder of analist")
        parser.add_argument("--gemeente", default="", help="kenmerk van de gemeente van een RVO-lid, zoals nissewaard")

    def handle(self, *args: Any, **options: Any) -> None:
        _toets_gebied(options["rol"], options["onderdeel"], options["thema"])
        _toets_gemeente(options["rol"], options["gemeente"])
        try:
            user, nieuw = maak_gebruiker(
                naam=options["naam"],
                wachtwoord=_wachtwoord(),
                rol=options["rol"],
                onderdeel_code=options["onderdeel"],
                thema_slug=options["thema"],
                gemeente_slug=options["gemeente"],
                door=None,
                herkomst="opdracht maak_gebruiker",
            )
        except ValidationError as fout:
            raise CommandError(" ".join(fout.messages)) from None
        gedaan = "gemaakt" if nieuw else "bestond al; het wachtwoord is niet gewijzigd"
        self.stdout.write(f"Gebruiker {user.username} ({ROLLEN[options['rol']].naam}): {gedaan}.")


def _wachtwoord() -> str:
    """Ask for it, or read it from standard input when that is not a terminal."""
    wachtwoord = getpass("Wachtwoord: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if not wachtwoord:
        raise CommandError("Er is geen wachtwoord gegeven.")
    return wachtwoord


def _toets_gebied(rol: str, onderdeel: str, thema: str) -> None:
    """A district chief has a district, a portefeuillehouder a theme; an analyst may have one of the two."""
    if bool(onderdeel) != (rol == "districtschef") and not (rol == "analist" and not thema):
        raise CommandError("Geef --onderdeel bij de rol districtschef, en verder hoogstens bij een analist.")
    if bool(thema) != (rol == "portefeuillehouder") and not (rol == "analist" and not onderdeel):
        raise CommandError("Geef --thema bij de rol portefeuillehouder, en verder hoogstens bij een analist.")
    if onderdeel and not Onderdeel.objects.filter(code=onderdeel, soort=Onderdeel.Soort.DISTRICT).exists():
        raise CommandError(f"Er is geen district “{onderdeel}”.")
    if thema and not Thema.objects.filter(slug=thema).exists():
        raise CommandError(f"Er is geen thema “{thema}”.")


def _toets_gemeente(rol: str, gemeente: str) -> None:
    """Only a member of the RVO sits there for a municipality; the chief prosecutor and the police chief for none."""
    if gemeente and rol != "rvo-lid":
        raise CommandError("Geef --gemeente alleen bij de rol rvo-lid.")
    if gemeente and not Gemeente.objects.filter(slug=gemeente).exists():
        raise CommandError(f"Er is geen gemeente “{gemeente}”.")
