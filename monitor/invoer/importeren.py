"""Import of metingen: a file becomes a proposal with all its faults, or one atomic change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from accounts.models import User
from accounts.rollen import Recht
from common.besluit import bewaakt
from common.vaststelling import Staat
from monitor.invoer.bestand import Inhoud, lees_bestand
from monitor.invoer.kader import lees_kader
from monitor.invoer.services import dien_in, stel_vast
from monitor.invoer.validatie import lees_rij
from monitor.invoer.vergelijken import Vergelijking, sleutel_van, vergelijk
from monitor.invoer.waarneming import Fout, InvoerFout, Waarneming
from monitor.models import Meting


@dataclass(frozen=True, slots=True)
class Voorstel:
    """What a file says, and what it would change."""

    naam: str
    waarnemingen: list[Waarneming]
    vergelijking: Vergelijking


def lees_voorstel(pad: Path) -> Voorstel:
    """Read a file and hold it against what is there. Raises InvoerFout with every fault of every row."""
    waarnemingen, vergelijking, fouten = beoordeel(lees_bestand(pad))
    if fouten:
        raise InvoerFout(fouten)
    return Voorstel(pad.name, waarnemingen, vergelijking)


def beoordeel(inhoud: Inhoud) -> tuple[list[Waarneming], Vergelijking, list[Fout]]:
    """Every row that can be read, what these would change, and every fault of every row in order."""
    kader = lees_kader()
    gelezen = [lees_rij(nummer, cellen, kader) for nummer, cellen in inhoud.rijen]
    waarnemingen = [w for w in gelezen if isinstance(w, Waarneming)]
    vergelijking = vergelijk(waarnemingen)
    fouten = [*inhoud.fouten, *vergelijking.fouten]
    for rij in gelezen:
        fouten += rij if isinstance(rij, list) else []
    return waarnemingen, vergelijking, sorted(fouten, key=lambda fout: (fout.rij, fout.kolom))


def voer_door(
    voorstel: Voorstel, *, door: User, vaststellen_door: User | None = None
) -> tuple[list[Meting], Vergelijking]:
    """Submit everything in the proposal and, where an approver is named, approve it: all or nothing.

    A second run of the same file changes nothing; values of that file that still wait are approved then.
    """
    herkomst = f"import {voorstel.naam}"[:60]
    with bewaakt(Recht.IMPORTEREN.value, door=door, herkomst=herkomst):
        metingen, vergelijking = dien_in(
            voorstel.waarnemingen,
            door=door,
            herkomst=herkomst,
            reden=f"Gewijzigd met het bestand {voorstel.naam}.",
            recht=Recht.IMPORTEREN,
        )
        if vaststellen_door is None:
            return metingen, vergelijking
        wachtend = [*metingen, *_nog_ingediend(vergelijking.gelijk, door)]
        return stel_vast(wachtend, door=vaststellen_door, herkomst=herkomst), vergelijking


def _nog_ingediend(waarnemingen: list[Waarneming], door: User) -> list[Meting]:
    """Values equal to the file that this person submitted earlier and nobody approved yet."""
    sleutels = {w.sleutel for w in waarnemingen}
    wachtend = Meting.objects.filter(
        staat=Staat.INGEDIEND, ingevoerd_door=door, indicator__code__in={w.indicator for w in waarnemingen}
    ).select_related("indicator", "onderdeel")
    return [meting for meting in wachtend if sleutel_van(meting) in sleutels]


def meld(fouten: list[Fout], hoogstens: int = 200) -> str:
    """All faults as lines for a person; a very long list says how many more there are."""
    regels = [f"  {fout}" for fout in fouten[:hoogstens]]
    if len(fouten) > hoogstens:
        regels.append(f"  … en nog {len(fouten) - hoogstens} fouten.")
    return "\n".join(regels)
