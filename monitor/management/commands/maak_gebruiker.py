import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.beheer.bevoegd import is_in_gebruik
from accounts.beheer.gebieden import onbekend_gebied
from accounts.beheer.personen import maak_account
from accounts.beheer.services import stel_rol_voor
from accounts.berichten.services import link_adres
from accounts.models import User
from accounts.rollen import ROLLEN
from accounts.services import maak_gebruiker
from accounts.toegangslink.services import maak_link
from common.vaststellen.bewaking import Geweigerd

_HERKOMST = "opdracht maak_gebruiker"


class Command(BaseCommand):
    help = "Maakt een account met een rol, of stelt die rol voor zodra er een beheerder aan het werk is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("naam")
        parser.add_argument("--rol", required=True, choices=sorted(ROLLEN))
        parser.add_argument("--onderdeel", default="", help="code van het district van een chef of analist")
        parser.add_argument("--thema", default="", help="thema van een portefeuillehouder of analist")
        parser.add_argument("--gemeente", default="", help="kenmerk van de gemeente van een RVO-lid, zoals nissewaard")

    def handle(self, *args: Any, **options: Any) -> None:
        _toets_gebied(options["rol"], options["onderdeel"], options["thema"])
        _toets_gemeente(options["rol"], options["gemeente"])
        velden = {"onderdeel_code": "onderdeel", "thema_slug": "thema", "gemeente_slug": "gemeente"}
        gebied = {veld: options[optie] for veld, optie in velden.items()}
        if zin := onbekend_gebied(**gebied):
            raise CommandError(zin)
        waar: dict[str, Any] = {"rol": options["rol"], **gebied}
        try:
            zinnen = _stel_voor(options["naam"], waar) if is_in_gebruik() else _maak(options["naam"], waar)
        except ValidationError as fout:
            raise CommandError(" ".join(fout.messages)) from None
        except Geweigerd as fout:
            raise CommandError(str(fout)) from None
        for zin in zinnen:
            self.stdout.write(zin)


def _maak(naam: str, waar: dict[str, Any]) -> list[str]:
    """Nobody has begun yet, or it is a demo: the role counts at once."""
    user, nieuw = maak_gebruiker(naam=naam, wachtwoord=_wachtwoord(), **waar, door=None, herkomst=_HERKOMST)
    gedaan = "gemaakt" if nieuw else "bestond al; het wachtwoord is niet gewijzigd"
    return [f"Gebruiker {user.username} ({ROLLEN[waar['rol']].naam}): {gedaan}."]


@transaction.atomic
def _stel_voor(naam: str, waar: dict[str, Any]) -> list[str]:
    """A beheerder is at work: the role waits for one, and the owner of a new account sets the password."""
    user = User.objects.filter(username=naam).first()
    zinnen = []
    if user is None:
        user = maak_account(username=naam, door=None, herkomst=_HERKOMST)
        adres = link_adres(maak_link(user, door=None, herkomst=_HERKOMST))
        zinnen = [f"Gebruiker {naam}: gemaakt. De eigenaar stelt een wachtwoord in met {adres}"]
    voorstel = stel_rol_voor(user=user, **waar, door=None, herkomst=_HERKOMST)
    vanaf = timezone.localtime(voorstel.wacht_tot)
    zin = f"De rol {voorstel.in_woorden()} is voorgesteld en geeft nog niets."
    return [*zinnen, f"{zin} Een beheerder bevestigt die op /beheer/accounts/, vanaf {vanaf:%d-%m-%Y %H:%M}."]


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


def _toets_gemeente(rol: str, gemeente: str) -> None:
    """Only a member of the RVO sits there for a municipality; the chief prosecutor and the police chief for none."""
    if gemeente and rol != "rvo-lid":
        raise CommandError("Geef --gemeente alleen bij de rol rvo-lid.")
