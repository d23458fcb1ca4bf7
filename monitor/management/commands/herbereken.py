import time
from argparse import ArgumentParser
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.jobs import job
from common.tekst.getallen import toon
from monitor.models import Indicator
from monitor.rekenen import wachtrij
from monitor.rekenen.herberekenen import Herberekening, herbereken
from monitor.rekenen.tasks import meld_door

_JAREN = range(2000, 2101)


class Command(BaseCommand):
    help = "Berekent het doelbereik opnieuw; zonder keuze alleen wat in de wachtrij staat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--alles", action="store_true", help="alle indicatoren")
        parser.add_argument("--indicator", metavar="CODE", help="alleen deze indicator")
        parser.add_argument("--jaar", type=int, metavar="J", help="alleen vanaf dit jaar bijwerken")

    def handle(self, *args: Any, **options: Any) -> None:
        begin = time.perf_counter()
        uitkomst = self._bereken(options)
        meld_door(uitkomst)
        duur = time.perf_counter() - begin
        self.stdout.write(
            f"Rijen gelezen {uitkomst.gelezen}, berekend {uitkomst.berekend}, gewijzigd {uitkomst.gewijzigd}, "
            f"in {_seconden(duur)} s."
        )

    def _bereken(self, options: dict[str, Any]) -> Herberekening:
        code, jaar = options["indicator"], options["jaar"]
        if jaar is not None and jaar not in _JAREN:
            raise CommandError(f"{jaar} is geen jaar van {_JAREN.start} tot en met {_JAREN.stop - 1}.")
        if options["alles"] and code:
            raise CommandError("Kies --alles of --indicator, niet allebei.")
        if not options["alles"] and not code and jaar is None:
            return wachtrij.werk_wachtrij_af()
        ids = [_indicator(code)] if code else None
        with job("herberekening", f"commando{f' {code}' if code else ''}{f' vanaf {jaar}' if jaar else ''}") as run:
            uitkomst = herbereken(ids, vanaf_jaar=jaar)
            run.gelezen, run.berekend, run.gewijzigd = uitkomst.gelezen, uitkomst.berekend, uitkomst.gewijzigd
        return uitkomst


def _indicator(code: str) -> int:
    pk = Indicator.objects.filter(code=code).values_list("pk", flat=True).first()
    if pk is None:
        raise CommandError(f"Er is geen indicator met code “{code}”.")
    return pk


def _seconden(duur: float) -> str:
    return toon(Decimal(str(duur)), 2)
