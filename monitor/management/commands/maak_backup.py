from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from common.database.kopie import Kopiefout, lees_manifest, maak_kopie


class Command(BaseCommand):
    help = "Maakt een kopie van de hele database: een .dump met een .json die zegt wat erin zit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("map", nargs="?", default=settings.DATA_DIR / "kopie", type=Path, help="waar de kopie komt")

    def handle(self, *args: Any, **options: Any) -> None:
        begin = monotonic()
        try:
            kopie = maak_kopie(options["map"])
            manifest = lees_manifest(kopie)
        except Kopiefout as fout:
            raise CommandError(str(fout)) from None
        rijen = f"{sum(manifest.rijen.values())} rijen uit {len(manifest.rijen)} tabellen"
        self.stdout.write(f"{kopie}: {rijen}, {manifest.bytes} bytes, in {monotonic() - begin:.1f} s.")
        self.stdout.write(f"SHA-256 {manifest.sha256}")
        self.stdout.write(f"Het auditspoor eindigt bij gebeurtenis {manifest.gebeurtenissen}.")
