from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from monitor.invoer.toezicht.cijfers import reken_na
from monitor.rekenen.wachtrij import kalender_gedaan

MEESTE = 1000


class Command(BaseCommand):
    help = "Rekent elk oordeel langs een andere weg na en noemt elk verschil met wat er staat."

    def handle(self, *args: Any, **options: Any) -> None:
        uitslag = reken_na(timezone.localtime())
        if uitslag is None:
            raise CommandError("De cijfers worden al nagerekend. Probeer het over een minuut opnieuw.")
        for verschil in uitslag.verschillen[:MEESTE]:
            self.stdout.write(str(verschil))
        if uitslag.wachtend:
            self.stdout.write(f"Wordt nog berekend: {', '.join(uitslag.wachtend)}.")
        aantal = len(uitslag.verschillen)
        if aantal:
            kalender = "" if kalender_gedaan() else " De dagelijkse berekening van vandaag is nog niet geweest."
            raise CommandError(f"Er {'is 1 verschil' if aantal == 1 else f'zijn {aantal} verschillen'}.{kalender}")
        self.stdout.write(f"{uitslag.rijen} rijen van {uitslag.indicatoren} indicatoren: {uitslag.in_woorden}.")
