"""Import of metingen: a file becomes a proposal with all its faults, or one atomic change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from accounts.models import User
from accounts.rollen import Recht
from common.vaststellen.besluit import NietToegestaan, bewaakt
from common.vaststellen.model import Staat
from monitor.invoer.importeren.bestand.lezen import lees_bestand
from monitor.invoer.importeren.bestand.rijen import Inhoud
from monitor.invoer.meting.services import dien_in, stel_vast
from monitor.invoer.meting.vergelijken import Vergelijking, sleutel_van, vergelijk
from monitor.invoer.regels.toetsgegevens import lees_kader
from monitor.invoer.regels.validatie import Kader, gewone_code, lees_rij
from monitor.invoer.regels.waarneming import Fout, InvoerFout, Waarneming
from monitor.models import Meting
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte

BUITEN_BEREIK = "Deze rij hoort niet bij uw district of thema."


@dataclass(frozen=True, slots=True)
class Voorstel:
    """What a file says, and what it would change."""

    naam: str
    waarnemingen: list[Waarneming]
    vergelijking: Vergelijking
    opmerkingen: Sequence[str] = ()


def lees_voorstel(pad: Path, *, door: User) -> Voorstel:
    """Read a file and hold it against what is there. Raises InvoerFout with every fault of every row.

    Raises NietToegestaan for who may hand in no file at all.
    """
    with bewaakt(Recht.IMPORTEREN.value, door=door, herkomst=f"import {pad.name}"[:60]):
        eis_importeur(door)
    inhoud = lees_bestand(pad)
    if inhoud.is_bezetting:
        raise InvoerFout([Fout(0, "", "Dit is een bestand met bezetting. Lees dat in met importeer_bezetting.")])
    waarnemingen, vergelijking, fouten = beoordeel(inhoud, door=door)
    if fouten:
        raise InvoerFout(fouten)
    return Voorstel(pad.name, waarnemingen, vergelijking, inhoud.opmerkingen)


def eis_importeur(door: User) -> None:
    if not (door.is_active and door.mag(Recht.IMPORTEREN)):
        raise NietToegestaan(f"{door} mag geen bestanden inlezen. Vraag de beheerder om de juiste rol.")


def beoordeel(inhoud: Inhoud, *, door: User) -> tuple[list[Waarneming], Vergelijking, list[Fout]]:
    """Every row that can be read, what these would change, and every fault of every row in order.

    A row outside what ``door`` may hand in is not read any further, so that nothing of what is there shows.
    """
    kader, reikwijdte = lees_kader(), lees_reikwijdte(door, Recht.IMPORTEREN)
    waarnemingen: list[Waarneming] = []
    fouten = list(inhoud.fouten)
    onleesbaar, genoemd = {fout.rij for fout in fouten}, {(fout.rij, fout.kolom) for fout in fouten}
    for nummer, cellen in inhoud.rijen:
        gelezen = _lees(nummer, cellen, kader, reikwijdte)
        if isinstance(gelezen, list):
            fouten += [fout for fout in gelezen if (fout.rij, fout.kolom) not in genoemd]
        elif nummer not in onleesbaar:
            waarnemingen.append(gelezen)
    vergelijking = vergelijk(waarnemingen)
    fouten += vergelijking.fouten
    return waarnemingen, vergelijking, sorted(set(fouten), key=lambda fout: (fout.rij, fout.kolom, fout.reden))


def _lees(nummer: int, cellen: dict[str, str], kader: Kader, reikwijdte: Reikwijdte) -> Waarneming | list[Fout]:
    indicator, onderdeel = (gewone_code(cellen.get(kolom, "")) for kolom in ("indicator", "onderdeel"))
    bekend = indicator in kader.indicatoren and onderdeel in kader.onderdelen
    if bekend and not reikwijdte.bevat(indicator, onderdeel):
        return [Fout(nummer, "", BUITEN_BEREIK)]
    return lees_rij(nummer, cellen, kader)


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
