from argparse import ArgumentParser
from datetime import date
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand

from monitor.dashboards.oordeel.zinnen import vormen, zinnen_van_nu, zinnen_van_toen


class Command(BaseCommand):
    help = "Toont elke zin die de cijfers maken, één keer per vorm: met een voorbeeld en hoe vaak die voorkomt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        wat = "ook zoals bekend op deze dag, als 2026-03-31; mag vaker"
        parser.add_argument("--peildatum", type=date.fromisoformat, action="append", default=[], metavar="D", help=wat)

    def handle(self, *args: Any, **options: Any) -> None:
        gevonden = vormen(chain(zinnen_van_nu(), *(zinnen_van_toen(dag) for dag in options["peildatum"])))
        for (over, tekst), aantal in gevonden:
            self.stdout.write(f"{over:12}{aantal:7} × {tekst}")
        self.stdout.write(f"{len(gevonden)} vormen")
