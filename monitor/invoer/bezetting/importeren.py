"""A file with bezetting: from rows to what each would do, or to every fault; then one atomic change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.cijfers import celtekst
from common.vaststellen.besluit import bewaakt
from common.vaststellen.model import Staat
from formatie.models import Bezetting
from monitor.invoer.bezetting.kader import lees_versies
from monitor.invoer.bezetting.services import dien_bezetting_in, mag_bezetting
from monitor.invoer.bezetting.validatie import Opgave, lees_opgave
from monitor.invoer.bezetting.vergelijken import Bezettingvergelijking, inhoud_van, vergelijk_bezetting
from monitor.invoer.importeren.bestand.lezen import lees_bestand
from monitor.invoer.importeren.bestand.rijen import Inhoud
from monitor.invoer.importeren.voorstel import eis_importeur
from monitor.invoer.regels.toetsgegevens import lees_kader
from monitor.invoer.regels.validatie import Kader, gewone_code
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import BEZETTING
from monitor.models import Importregel
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte

BUITEN_BEREIK = "Deze rij hoort niet bij uw district."
Soort = Importregel.Soort


@dataclass(frozen=True, slots=True)
class Bezettingvoorstel:
    """What a file says, and what it would change."""

    naam: str
    opgaven: list[Opgave]
    vergelijking: Bezettingvergelijking
    opmerkingen: Sequence[str] = ()


def beoordeel_bezetting(inhoud: Inhoud, *, door: User) -> tuple[list[Opgave], Bezettingvergelijking, list[Fout]]:
    """Every row that can be read, what these would change, and every fault of every row in order.

    A row outside what ``door`` may propose is not read any further, so that nothing of what is there shows.
    """
    kader, reikwijdte = lees_kader(), lees_reikwijdte(door, Recht.BEZETTING_INVOEREN)
    opgaven, fouten = [], list(inhoud.fouten)
    onleesbaar = {fout.rij for fout in fouten}
    for nummer, cellen in inhoud.rijen:
        gelezen = _lees(nummer, cellen, kader, reikwijdte)
        if isinstance(gelezen, list):
            fouten += gelezen
        elif nummer not in onleesbaar:
            opgaven.append(gelezen)
    vergelijking = vergelijk_bezetting(opgaven)
    fouten += vergelijking.fouten
    return opgaven, vergelijking, sorted(set(fouten), key=lambda fout: (fout.rij, fout.kolom, fout.reden))


def _lees(nummer: int, cellen: Mapping[str, str], kader: Kader, reikwijdte: Reikwijdte) -> Opgave | list[Fout]:
    onderdeel = gewone_code(cellen.get("onderdeel", ""))
    if onderdeel in kader.onderdelen and not mag_bezetting(reikwijdte, onderdeel):
        return [Fout(nummer, "", BUITEN_BEREIK)]
    return lees_opgave(nummer, cellen, kader)


def maak_bezettingsregels(
    inhoud: Inhoud, vergelijking: Bezettingvergelijking, fouten: Iterable[Fout]
) -> list[Importregel]:
    """What each row would do, in the order of the file; a row with a fault is refused, whatever else it is."""
    per_rij: dict[int, list[list[str]]] = {}
    for fout in fouten:
        per_rij.setdefault(fout.rij, []).append([fout.kolom, fout.reden])
    uitkomst = _uitkomsten(vergelijking)
    cellen: dict[int, dict[str, str]] = {rij: {} for rij in per_rij if rij} | dict(inhoud.rijen)
    return [_regel(rij, cellen[rij], per_rij.get(rij, []), uitkomst) for rij in sorted(cellen)]


def _regel(
    rij: int, cellen: dict[str, str], fouten: list[list[str]], uitkomst: Mapping[int, Importregel]
) -> Importregel:
    regel = Importregel(soort=Soort.GEWEIGERD, fouten=fouten) if fouten else uitkomst[rij]
    regel.rij, regel.cellen = rij, cellen
    return regel


def _uitkomsten(vergelijking: Bezettingvergelijking) -> dict[int, Importregel]:
    """By row; who may propose bezetting may read what is there, so nothing is left out."""
    regels = {opgave.rij: Importregel(soort=Soort.GELIJK) for opgave in vergelijking.gelijk}
    paren = [(opgave, None) for opgave in vergelijking.nieuw] + list(vergelijking.gewijzigd)
    for opgave, vorige in paren:
        twijfels = [[twijfel.kolom, twijfel.reden] for twijfel in vergelijking.twijfels.get(opgave.rij, [])]
        soort = Soort.GEWIJZIGD if vorige else Soort.NIEUW
        soort = Soort.TWIJFEL if twijfels and not opgave.toelichting else soort
        regels[opgave.rij] = Importregel(soort=soort, verschillen=_verschillen(opgave, vorige), fouten=twijfels)
    return regels


def _verschillen(opgave: Opgave, vorige: Bezetting | None) -> list[list[str]]:
    oud = inhoud_van(vorige) if vorige else {}
    paren = [(naam, _tekst(oud.get(naam)), _tekst(nieuw)) for naam, nieuw in inhoud_van(opgave).items()]
    return [[naam, voor, na] for naam, voor, na in paren if voor != na]


def _tekst(waarde: object) -> str:
    return waarde.isoformat() if isinstance(waarde, date) else celtekst(waarde)


def met_toelichting(opgaven: Iterable[Opgave], rijen: set[int], toelichting: str) -> list[Opgave]:
    """The remark that was given on the page, with the rows that asked for one."""
    return [replace(opgave, toelichting=toelichting) if opgave.rij in rijen else opgave for opgave in opgaven]


def lees_bezettingvoorstel(pad: Path, *, door: User) -> Bezettingvoorstel:
    """Read a file and hold it against what is there. Raises InvoerFout with every fault of every row.

    Raises NietToegestaan for who may hand in no file at all.
    """
    with bewaakt(Recht.IMPORTEREN.value, door=door, herkomst=f"import {pad.name}"[:60]):
        eis_importeur(door)
    inhoud = lees_bestand(pad)
    if inhoud.rijen and not inhoud.is_bezetting:
        raise InvoerFout([Fout(0, "", "Dit is een bestand met metingen. Lees dat in met importeer_metingen.")])
    opgaven, vergelijking, fouten = beoordeel_bezetting(inhoud, door=door)
    if fouten:
        raise InvoerFout(fouten)
    return Bezettingvoorstel(pad.name, opgaven, vergelijking, tuple(inhoud.opmerkingen))


def voer_bezetting_door(
    voorstel: Bezettingvoorstel, *, door: User, vaststellen_door: User | None = None
) -> tuple[list[Bezetting], Bezettingvergelijking]:
    """Propose everything in the file and, where an approver is named, approve it: all or nothing.

    A second run of the same file changes nothing; what of that file still waits is approved then.
    """
    herkomst = f"import {voorstel.naam}"[:60]
    reden = f"Gewijzigd met het bestand {voorstel.naam}."
    with bewaakt(Recht.IMPORTEREN.value, door=door, herkomst=herkomst):
        rijen, vergelijking = dien_bezetting_in(voorstel.opgaven, door=door, herkomst=herkomst, reden=reden)
        if vaststellen_door is None:
            return rijen, vergelijking
        wachtend = [*rijen, *_nog_ingediend(vergelijking.gelijk, door)]
        return stel_vast(BEZETTING, wachtend, door=vaststellen_door, herkomst=herkomst), vergelijking


def _nog_ingediend(opgaven: Iterable[Opgave], door: User) -> list[Bezetting]:
    """What equals the file, was proposed earlier by this person and is not approved yet."""
    versies = lees_versies({opgave.sleutel for opgave in opgaven})
    return [
        rij for van in versies.values() for rij in van if rij.staat == Staat.INGEDIEND and rij.ingevoerd_door == door
    ]
