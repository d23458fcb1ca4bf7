import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Rolvervulling, User
from accounts.rollen import RVO_LID
from common.pagina.tonen import DEMOMELDING, is_demo
from common.pagina.uitvoer import FORMATEN
from common.vaststellen.audit import AuditEvent, leg_vast
from monitor.dashboards.verkennen.reeksen import (
    BESTANDSKOP,
    Keuzefout,
    Reekskeuze,
    als_bestandsrij,
    get_reeksen,
    keur_keuze,
)


class Command(BaseCommand):
    help = "Schrijft de cijfers als csv, xlsx of ods: een rij per indicator, onderdeel en kwartaal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", metavar="BESTAND", type=Path, help="waar het komt; een bestaand wordt vervangen")
        parser.add_argument("--indicator", action="append", default=[], metavar="CODE", help="mag meer keren")
        parser.add_argument("--onderdeel", action="append", default=[], metavar="CODE", help="mag meer keren")
        parser.add_argument("--vanaf", default="", metavar="KWARTAAL", help="het eerste, als 2023-Q1")
        parser.add_argument("--tot", default="", metavar="KWARTAAL", help="het laatste, als 2026-Q3")
        parser.add_argument("--als", metavar="GEBRUIKER", help="wat deze persoon leest; zonder: wat een RVO-lid leest")
        parser.add_argument("--formaat", choices=list(FORMATEN), help="zonder: zoals het bestand heet")

    def handle(self, *args: Any, **options: Any) -> None:
        bestand: Path = options["bestand"]
        formaat = options["formaat"] or bestand.suffix.lstrip(".").lower()
        if formaat not in FORMATEN:
            raise CommandError("Kies csv, xlsx of ods met --formaat, of noem het bestand zo.")
        keuze, fouten = keur_keuze(options["indicator"], options["onderdeel"], options["vanaf"], options["tot"])
        if fouten:
            raise CommandError(_in_een_regel(fouten))
        aantal = _schrijf(bestand, formaat, _lezer(options["als"]), keuze)
        _leg_vast(bestand, options["als"], aantal)
        self.stdout.write(f"{aantal} {'rij' if aantal == 1 else 'rijen'} in {bestand}.")


def _in_een_regel(fouten: list[Keuzefout]) -> str:
    return " ".join(f"--{fout.veld}: {fout.zin}" for fout in fouten)


def _lezer(naam: str | None) -> User:
    """The person whose rights decide; without one a reader who may not read small numbers, and is nobody."""
    if naam is None:
        niemand = User(username="")
        niemand.vervullingen = [Rolvervulling(rol=RVO_LID.code)]
        return niemand
    gevonden = User.objects.filter(username=naam, is_active=True).first()
    if gevonden is None:
        raise CommandError(f"Er is geen actieve gebruiker “{naam}”.")
    return gevonden


def _schrijf(bestand: Path, formaat: str, lezer: User, keuze: Reekskeuze) -> int:
    """The whole file at once, or none; gives the number of rows."""
    rijen = [als_bestandsrij(rij) for rij in get_reeksen(lezer, keuze)]
    kop = [[DEMOMELDING], BESTANDSKOP] if is_demo() else [BESTANDSKOP]
    inhoud = FORMATEN[formaat][1]("Cijfers", [*kop, *rijen])
    try:
        with tempfile.NamedTemporaryFile(dir=bestand.parent, delete=False) as nieuw:
            nieuw.write(inhoud)
        os.replace(nieuw.name, bestand)
    except OSError as fout:
        raise CommandError(f"{bestand} is niet te schrijven: {fout.strerror}.") from None
    return len(rijen)


def _leg_vast(bestand: Path, als: str | None, rijen: int) -> None:
    naar = {"bestand": bestand.name, "als": als, "rijen": rijen}
    leg_vast(
        [
            AuditEvent(
                op=timezone.now(), door_naam="het systeem", handeling="export", object_soort="tabel",
                object_id="cijfers", object_naam="Cijfers", naar=naar, herkomst="exporteer_cijfers",
            )
        ]
    )  # fmt: skip
