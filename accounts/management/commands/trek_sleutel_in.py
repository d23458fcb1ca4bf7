from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from accounts.management.accountopdracht import in_een_zin
from accounts.sleutels.services import trek_sleutel_in


class Command(BaseCommand):
    help = "Trekt een API-sleutel in; de volgende vraag ermee wordt geweigerd."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("nummer", type=int, help="zoals toon_sleutels het noemt")

    def handle(self, *args: Any, **options: Any) -> None:
        with in_een_zin():
            token = trek_sleutel_in(options["nummer"], door=None, herkomst="opdracht trek_sleutel_in")
        self.stdout.write(f"Ingetrokken: {token}.")
