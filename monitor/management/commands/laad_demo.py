from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from common.tekst.periode import Kwartaal, laatst_verschuldigde
from monitor.demo.laden import GEBRUIKERS, WACHTWOORD, laad_demo
from monitor.models import Indicator
from strategie.models import Agenda


class Command(BaseCommand):
    help = "Maakt demogebruikers en fictieve metingen, om de monitor te proberen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tot", type=_kwartaal, help="laatste kwartaal, bijvoorbeeld 2026-Q3")
        parser.add_argument("--zaad", type=int, default=1, help="dezelfde waarde geeft dezelfde cijfers")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PROEF:
            raise CommandError("laad_demo werkt niet met productie-instellingen (DEBUG=0).")
        if not Indicator.objects.exists():
            raise CommandError("Er zijn nog geen indicatoren. Voer eerst laad_agenda uit.")
        tot = _lees_tot(options["tot"])
        telling = laad_demo(map_=settings.FIXTURES_DIR / "demo", tot=tot, zaad=options["zaad"])
        namen = ", ".join(naam for naam, *_ in GEBRUIKERS)
        wat = f"{telling.metingen} fictieve metingen en {telling.bezetting} regels bezetting"
        self.stdout.write(f"{telling.gebruikers} gebruikers, {wat} t/m {tot} gemaakt.")
        self.stdout.write(f"Inloggen als {namen}; wachtwoord {WACHTWOORD}.")


def _lees_tot(gevraagd: Kwartaal | None) -> Kwartaal:
    """The figures are about the first agenda; without a wish up to the latest of its quarters that is due."""
    vandaag, laatste = timezone.localdate(), Kwartaal(Agenda.objects.earliest("begin_jaar").eind_jaar, 4)
    tot = gevraagd or min(laatste, laatst_verschuldigde(vandaag, settings.INLEVERTERMIJN_DAGEN))
    if tot.einde() >= vandaag:
        raise CommandError(f"{tot} is nog niet voorbij. Kies met --tot een eerder kwartaal.")
    if tot > laatste:
        raise CommandError(f"De democijfers gaan tot en met {laatste}. Kies met --tot dat kwartaal of een eerder.")
    return tot


def _kwartaal(tekst: str) -> Kwartaal:
    try:
        return Kwartaal.parse(tekst)
    except ValueError as fout:
        raise ArgumentTypeError(str(fout)) from None
