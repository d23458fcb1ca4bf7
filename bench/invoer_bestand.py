"""A file of 20.000 rows from received to previewed, per kind, against merely parsing it and writing as many rows."""

from __future__ import annotations

import csv
import io
import os
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import Any
from xml.etree.ElementTree import iterparse

from bench.kladdatabase import kladdatabase
from bench.regel import Regel

KOP = "een bestand van 20.000 rijen, van ontvangen tot voorstel"
RIJEN, PROEF = 20_000, 300
KEREN = 2  # of each, the fastest counts
GRENS = 4.0  # times merely parsing it and writing as many rows
MEGABYTES = 512.0  # what the process that reads may take: the same on every machine


def meet(*, kort: bool) -> list[Regel]:
    """Per kind of file; RuntimeError when not every row was read, or one was refused."""
    with kladdatabase():
        return list(_meet(PROEF if kort else RIJEN))


def _meet(aantal: int) -> Iterator[Regel]:
    from accounts.models import Rolvervulling, User
    from bench import gegevens
    from common.pagina.uitvoer import FORMATEN
    from monitor.invoer.regels.validatie import METINGKOLOMMEN

    gegevens.maak(gegevens.S)
    analist = User.objects.get(username="analist")
    Rolvervulling.objects.create(user=analist, rol="analist")
    rijen = [list(METINGKOLOMMEN), *islice(_rijen(), aantal)]
    for soort, (_, schrijf) in FORMATEN.items():
        inhoud = schrijf("Metingen", rijen)
        eigen = _snelste(partial(_voorstel, inhoud, analist, aantal))
        kaal = _snelste(partial(_kaal, inhoud, soort, analist))
        kind_seconden, megabytes = _kind(inhoud)
        yield Regel(f"{soort} ({len(inhoud) / 1024**2:.1f} MB): kaal ontleden en wegschrijven", kaal, " s")
        yield Regel(f"{soort}: waarvan lezen in het kind", kind_seconden / kaal, "×")
        yield Regel(f"{soort}: voorstel ({eigen:.1f} s) tegen kaal", eigen / kaal, "×", GRENS)
        yield Regel(f"{soort}: meeste geheugen van het kind", megabytes, " MB", MEGABYTES)


def _rijen() -> Iterator[list[Any]]:
    """Values of every indicator and team, back from the last quarter: what is there, other figures, and new ones."""
    from bench.gegevens import LAATSTE
    from monitor.invoer.regels.toetsgegevens import lees_kader
    from monitor.rekenen.regels.verschuldigd import is_meetmoment

    kader = lees_kader()
    kwartalen = [(jaar, k) for jaar in range(LAATSTE[0], 1999, -1) for k in (4, 3, 2, 1) if (jaar, k) <= LAATSTE]
    for jaar, kwartaal in kwartalen:
        for feiten in kader.indicatoren.values():
            if not is_meetmoment(feiten.frequentie, feiten.eerste_jaar, jaar, kwartaal):
                continue
            cijfers = (None, 20, 30) if feiten.aggregatie == "verhouding" else (Decimal(26), None, None)
            for plek in kader.onderdelen.values():
                if plek.soort == feiten.niveau:
                    yield [feiten.code, plek.code, jaar, kwartaal, *cijfers, None, "definitief", None, "Nageteld."]


def _snelste(werk: Callable[[], float]) -> float:
    return min(werk() for _ in range(KEREN))


def _voorstel(inhoud: bytes, door: Any, aantal: int) -> float:
    from monitor.invoer.importeren import services
    from monitor.models import Import, Importregel

    bestand = Import.objects.create(naam="metingen", inhoud=inhoud, sha256="", door=door)
    begin = time.perf_counter()
    services.verwerk(bestand.pk)
    seconden = time.perf_counter() - begin
    bestand.refresh_from_db()
    geteld = {soort: getattr(bestand, soort) for soort in Importregel.Soort}
    if sum(geteld.values()) != aantal or bestand.geweigerd:
        raise RuntimeError(f"not the work that was meant: {geteld}, {bestand.fouten[:3]}")
    bestand.delete()
    return seconden


def _kaal(inhoud: bytes, soort: str, door: Any) -> float:
    """The same file parsed by the plain library, and as many rows of text written in one go."""
    from monitor.models import Import, Importregel

    bestand = Import.objects.create(naam="kaal", inhoud=b"", sha256="", door=door)
    begin = time.perf_counter()
    rijen = _KAAL[soort](inhoud)[1:]
    regels = [Importregel(bestand=bestand, rij=nr, soort="nieuw", cellen=rij) for nr, rij in enumerate(rijen)]
    Importregel.objects.bulk_create(regels, batch_size=2000)
    seconden = time.perf_counter() - begin
    bestand.delete()
    return seconden


def _kaal_csv(inhoud: bytes) -> list[list[Any]]:
    return list(csv.reader(io.StringIO(inhoud.decode("utf-8-sig"), newline=""), delimiter=";"))


def _kaal_xlsx(inhoud: bytes) -> list[list[Any]]:
    from openpyxl import load_workbook

    return [list(rij) for rij in load_workbook(io.BytesIO(inhoud), read_only=True).active.values]


def _kaal_ods(inhoud: bytes) -> list[list[Any]]:
    """Our own file, that this machine wrote a moment ago."""
    rijen: list[list[Any]] = []
    with zipfile.ZipFile(io.BytesIO(inhoud)) as archief, archief.open("content.xml") as deel:
        for _, element in iterparse(deel):  # noqa: S314  # written by ourselves, just now
            if element.tag.endswith("}table-row"):
                rijen.append(["".join(cel.itertext()) for cel in element])
                element.clear()
    return rijen


_KAAL = {"csv": _kaal_csv, "xlsx": _kaal_xlsx, "ods": _kaal_ods}


def _kind(inhoud: bytes) -> tuple[float, float]:
    """Seconds and the most memory of the limited process alone."""
    from monitor.invoer.importeren.bestand.kindproces import BASIS, MODULE, OMGEVING

    invoer, uitvoer = os.memfd_create("invoer"), os.open(os.devnull, os.O_WRONLY)
    os.write(invoer, b"{}\n" + inhoud)  # no heading of its own stands for another
    os.lseek(invoer, 0, os.SEEK_SET)
    begin = time.perf_counter()
    opdracht = [sys.executable, "-m", MODULE]
    stromen = [(os.POSIX_SPAWN_DUP2, invoer, 0), (os.POSIX_SPAWN_DUP2, uitvoer, 1)]
    pid = os.posix_spawn(sys.executable, opdracht, OMGEVING | {"PYTHONPATH": str(BASIS)}, file_actions=stromen)
    _, staat, verbruik = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(staat):
        raise RuntimeError("the process that reads did not end well")
    return time.perf_counter() - begin, verbruik.ru_maxrss / 1024
