"""The heads of the chain, noted where who writes the database does not come: a file that only grows, and the log.

The chain alone does not tell that its end was cut off, or that everything after an edit was computed anew. A head that
was noted does: it must still be in the chain.
"""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from common.spoor.keten import Kop, Schakel, lees_kop

_log = logging.getLogger("strategie.beveiliging")


@dataclass(frozen=True, slots=True)
class Notitie:
    """A head as it was noted, and when."""

    kop: Kop
    op: datetime


def koppenbestand() -> Path:
    """One line per head: number, hash and time in UTC. In a folder of its own, so that it can be a volume."""
    return settings.DATA_DIR / "spoorkoppen" / "koppen.txt"


def noteer_kop(aanleiding: str) -> Kop | None:
    """Write the head as it is now to the log, and to the file when it is another than the last one there."""
    kop = lees_kop()
    if kop is None:
        return None
    _log.info("Kop van het spoor (%s): %s", aanleiding, kop)
    laatste = list(lees_notities())[-1:]
    if not laatste or laatste[0] is None or laatste[0].kop != kop:
        _schrijf_bij(f"{kop.nummer} {kop.hash} {timezone.now().isoformat(timespec='seconds')}\n")
    return kop


def _schrijf_bij(regel: str) -> None:
    pad = koppenbestand()
    pad.parent.mkdir(parents=True, exist_ok=True)
    with pad.open("a", encoding="ascii") as bestand:
        bestand.write(regel)
        bestand.flush()
        os.fsync(bestand.fileno())


def lees_notities() -> Iterator[Notitie | None]:
    """Everything that was noted, in order; None for a line that is none."""
    pad = koppenbestand()
    for regel in pad.read_text(encoding="utf-8", errors="replace").splitlines() if pad.exists() else ():
        yield _lees_regel(regel)


def _lees_regel(regel: str) -> Notitie | None:
    try:
        nummer, hash_, op = regel.split(" ")
        return Notitie(Kop(int(nummer), hash_), datetime.fromisoformat(op))
    except ValueError:
        return None


def vind_kopfouten() -> list[str]:
    """A sentence when the chain no longer holds a head that was noted; it names the numbers that cannot be trusted."""
    notities = list(lees_notities())
    gelezen = [notitie for notitie in notities if notitie]
    nu = dict(Schakel.objects.filter(nummer__in=[n.kop.nummer for n in gelezen]).values_list("nummer", "hash"))
    goed = [nu.get(notitie.kop.nummer) == notitie.kop.hash for notitie in gelezen]
    zinnen = [] if all(goed) else [_zin(gelezen, goed)]
    if len(gelezen) < len(notities):
        zinnen.append(f"Het bestand met genoteerde koppen is beschadigd: {len(notities) - len(gelezen)} onleesbaar.")
    return zinnen


def _zin(notities: list[Notitie], goed: list[bool]) -> str:
    eerste = notities[goed.index(False)]
    vertrouwd = max((n.kop.nummer for n, is_goed in zip(notities, goed, strict=True) if is_goed), default=0)
    kop = lees_kop()
    wanneer = f"{timezone.localtime(eerste.op):%d-%m-%Y %H:%M}"
    if kop is None or kop.nummer < eerste.kop.nummer:
        return (
            f"Het spoor is afgekapt: op {wanneer} liep het tot nr {eerste.kop.nummer}, nu tot "
            f"nr {kop.nummer if kop else 0}. Zeker is het tot en met nr {vertrouwd}."
        )
    return (
        f"Het spoor is herschreven: nr {eerste.kop.nummer} is niet meer wat op {wanneer} is genoteerd. "
        f"Zeker is het tot en met nr {vertrouwd}."
    )
