from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from common.database.kopie import Kopiefout
from common.database.rollen import als_eigenaar
from common.database.terugzetten import Herstel, maak_ongeldig, proef, zet_terug
from monitor.invoer.toezicht.controle import controleer
from monitor.models import Indicator
from monitor.rekenen.wachtrij import WachtrijWeg, leeg_wachtrij, vraag_herberekeningen


def _spoorfouten() -> tuple[str, ...]:
    return controleer(met_koppen=False).fouten


class Command(BaseCommand):
    help = "Zet een kopie terug in een lege database, of probeert dat met --controle in een eigen database."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path, help="de .dump; de .json staat ernaast")
        parser.add_argument("--controle", action="store_true", help="alleen proberen: er verandert niets")

    def handle(self, *args: Any, **options: Any) -> None:
        begin, bestand = monotonic(), options["bestand"]
        try:
            if options["controle"]:
                self._meld(proef(bestand, _spoorfouten))
            else:
                self._zet_terug(bestand)
        except (Kopiefout, WachtrijWeg) as fout:
            raise CommandError(str(fout)) from None
        gedaan = "De kopie is terug te zetten; geprobeerd" if options["controle"] else "Teruggezet"
        self.stdout.write(f"{gedaan} in {monotonic() - begin:.1f} s.")

    def _zet_terug(self, bestand: Path) -> None:
        geleegd = leeg_wachtrij()  # first: a queue that cannot be reached must not be found full later
        with als_eigenaar():
            herstel = zet_terug(bestand, _spoorfouten)
            with transaction.atomic():
                weg = maak_ongeldig(herstel, bestand.name)
                vraag_herberekeningen((pk, None, None) for pk in Indicator.objects.values_list("pk", flat=True))
        self._meld(herstel)
        for tabel, aantal in herstel.manifest.rijen.items():
            self.stdout.write(f"  {tabel}: {aantal}")
        self.stdout.write(f"Vervallen: {weg['accounts.Sessie']} sessies en {weg['accounts.ApiToken']} API-sleutels.")
        self.stdout.write(f"Wachtrij geleegd ({geleegd} sleutels). Alles wordt herberekend.")
        self.stdout.write(
            f"Let op: wachtwoorden, rollen en accounts zijn weer die van {herstel.manifest.gemaakt_op}. "
            "Trek opnieuw in wat daarna is ingetrokken."
        )

    def _meld(self, herstel: Herstel) -> None:
        for regel in herstel.controles:
            self.stdout.write(f"In orde: {regel}.")
        if herstel.nieuwe_migraties:
            self.stdout.write(f"De kopie was van een oudere versie: {herstel.nieuwe_migraties} migraties gedaan.")
