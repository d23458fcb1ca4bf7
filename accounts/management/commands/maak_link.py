from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from accounts.berichten.services import link_adres
from accounts.management.accountopdracht import account_van, in_een_zin
from accounts.toegangslink.services import maak_link


class Command(BaseCommand):
    help = "Maakt de eenmalige link waarmee de eigenaar van een account een wachtwoord instelt, en toont die."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("naam")

    def handle(self, *args: Any, **options: Any) -> None:
        with in_een_zin():
            sleutel = maak_link(account_van(options["naam"]), door=None, herkomst="opdracht maak_link")
        self.stdout.write(f"Geef deze link aan de eigenaar; die werkt één keer, 24 uur lang:\n{link_adres(sleutel)}")
