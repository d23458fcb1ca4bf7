from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.inloggen.drempel import adressleutel, naamsleutel, ontgrendel


class Command(BaseCommand):
    help = "Laat iemand die te vaak een verkeerd wachtwoord invulde meteen weer inloggen, of een adres."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("naam", nargs="?", help="de naam waarmee die persoon inlogt")
        parser.add_argument("--adres", help="het adres waarvan te vaak is geprobeerd, zoals 192.0.2.1")

    def handle(self, *args: Any, **options: Any) -> None:
        naam, adres = options["naam"], options["adres"]
        if not naam and not adres:
            raise CommandError("Noem een naam of, met --adres, een adres.")
        for wat, sleutel in ((naam, naam and naamsleutel(naam)), (adres, adres and adressleutel(adres))):
            if wat:
                was_dicht = ontgrendel(sleutel)
                self.stdout.write(f"{wat}: {'weer open.' if was_dicht else 'er waren geen mislukte pogingen.'}")
