from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.management.accountopdracht import account_van, in_een_zin
from accounts.sleutels.services import maak_sleutel


class Command(BaseCommand):
    help = "Maakt een API-sleutel voor een gebruiker, en toont die één keer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("naam")
        parser.add_argument("--waarvoor", required=True, help="welk programma hiermee leest")
        parser.add_argument("--geldig-tot", required=True, help="de laatste dag, zoals 2027-06-30; hoogstens een jaar")
        parser.add_argument("--alleen", default="", help="welke lijsten, zoals doelbereik,indicatoren; leeg is alle")

    def handle(self, *args: Any, **options: Any) -> None:
        with in_een_zin():
            sleutel = maak_sleutel(
                account_van(options["naam"]),
                naam=options["waarvoor"],
                geldig_tot=_dag(options["geldig_tot"]),
                lijsten=[lijst.strip() for lijst in options["alleen"].split(",") if lijst.strip()],
                door=None,
                herkomst="opdracht maak_sleutel",
            )
        self.stdout.write(f"Bewaar de sleutel nu; die is daarna nergens te zien:\n{sleutel}")


def _dag(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise CommandError(f"“{tekst}” is geen dag; schrijf die als 2027-06-30.") from None
