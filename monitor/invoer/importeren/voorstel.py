"""From the rows of a file to what each would do, or to every fault; then one atomic change. For every kind."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Generic

from django.db import connection

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.cijfers import celtekst
from common.vaststellen.bewaking import NietToegestaan, Verouderd, bewaakt
from common.vaststellen.model import Staat, Vaststelling
from monitor.invoer.importeren.aanvullen import Aangevuld, maak_volledig
from monitor.invoer.importeren.bestand.lezen import lees_bestand
from monitor.invoer.importeren.bestand.rijen import Ingelezen, rijnummers
from monitor.invoer.importeren.soorten import Importsoort, Verborgen, soort_van
from monitor.invoer.regels.toetsgegevens import lees_kader
from monitor.invoer.regels.twijfel import Twijfel
from monitor.invoer.regels.validatie import Kader
from monitor.invoer.regels.vergelijking import Ingevoerd, R, V, Vergelijking
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.eisen import houd_elk_kwartaal
from monitor.models import Import, Importregel
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte

_Soort = Importregel.Soort
NIET_TE_ZIEN = "(niet zichtbaar voor u)"
REGELVELDEN = ("rij", "soort", "cellen", "verschillen", "fouten", "bestandsfouten", "hersteld")
_KORTE_NAAM = 32  # with a row and a word behind it, it fits the trail
WIJKT_AF = "Deze waarde wijkt sterk af van eerdere metingen."


@dataclass(frozen=True, slots=True)
class Importvoorstel(Generic[R, V]):
    """What a file says: the rows that could be read, and the faults in those that could not.

    ``leunt``: it keeps something of what was there when it was read.
    """

    naam: str
    soort: Importsoort[R, V]
    inhoud: Ingelezen
    rijen: list[R]
    leesfouten: list[Fout]
    leunt: bool = False

    def fouten(self, vergelijking: Vergelijking[R, V]) -> list[Fout]:
        """Every fault of every row, in order."""
        return sorted({*self.leesfouten, *vergelijking.fouten})


def eis_importeur(door: User) -> None:
    if not (door.is_active and door.mag(Recht.IMPORTEREN)):
        raise NietToegestaan(f"{door} mag geen bestanden inlezen. Vraag de beheerder om de juiste rol.")


def lees_voorstel(naam: str, inhoud: Ingelezen, *, door: User) -> Importvoorstel[Any, Any]:
    """Read every row. One outside what ``door`` may hand in is not read any further, so that nothing of it shows."""
    soort = soort_van(inhoud.vorm)
    bereik = lees_reikwijdte(door, soort.recht)
    kader = _met_noembaar(lees_kader(), bereik)
    buiten = {rij.nummer for rij in inhoud.rijen if soort.is_buiten(rij.cellen, kader, bereik)}
    onleesbaar = {fout.rij for fout in inhoud.fouten}
    vol = maak_volledig(inhoud.rijen, soort, kader, buiten=buiten, houd=onleesbaar)
    genoemd, inhoud = {(fout.rij, fout.kolom) for fout in inhoud.fouten}, _zonder_lege(inhoud, vol)
    rijen, fouten = [], [*inhoud.fouten, *vol.fouten]
    for rij in vol.rijen:
        gelezen = [Fout(rij.nummer, "", soort.buiten_bereik)] if rij.nummer in buiten else soort.lees(rij, kader)
        if isinstance(gelezen, list):
            fouten += [fout for fout in gelezen if (fout.rij, fout.kolom) not in genoemd]
        elif rij.nummer not in onleesbaar:
            rijen.append(gelezen)
    return Importvoorstel(naam, soort, inhoud, rijen, fouten, leunt=vol.leunt)


def _met_noembaar(kader: Kader, bereik: Reikwijdte) -> Kader:
    """A wrong code is answered with one that its reader may hand in."""
    if bereik.alles:
        return kader
    indicatoren = kader.indicatoren if bereik.onderdelen else bereik.indicatoren
    onderdelen = kader.onderdelen if bereik.indicatoren else bereik.onderdelen
    return replace(kader, noembaar={*indicatoren, *onderdelen})


def _zonder_lege(inhoud: Ingelezen, vol: Aangevuld) -> Ingelezen:
    """The rows that say something, and how many do not."""
    weg = set(vol.overgeslagen)
    if not weg:
        return inhoud
    zin = f"{'1 rij zonder waarde is' if len(weg) == 1 else f'{len(weg)} rijen zonder waarde zijn'} overgeslagen: rij "
    rijen = [rij for rij in inhoud.rijen if rij.nummer not in weg]
    leeg = [] if rijen else [Fout(0, "", "Het bestand heeft wel rijen, maar geen waarden. Vul de waarden in.")]
    opmerkingen = [*inhoud.opmerkingen, f"{zin}{rijnummers(vol.overgeslagen)}."]
    return replace(inhoud, rijen=rijen, fouten=[*inhoud.fouten, *leeg], opmerkingen=opmerkingen)


def open_bestand(pad: Path, soort: Importsoort[R, V], *, door: User) -> Importvoorstel[R, V]:
    """Read a file of this kind. Raises InvoerFout with every fault of every row when one cannot be read.

    Raises NietToegestaan for who may hand in no file at all.
    """
    with bewaakt(Recht.IMPORTEREN.value, door=door, herkomst=_herkomst(pad.name)):
        eis_importeur(door)
    voorstel = lees_voorstel(pad.name, lees_bestand(pad), door=door)
    if voorstel.soort is not soort:
        ander = voorstel.soort
        raise InvoerFout([Fout(0, "", f"Dit is een bestand met {ander.vorm.naam}. Lees dat in met {ander.opdracht}.")])
    if voorstel.leesfouten:
        vergelijk_voorstel(voorstel)
    return voorstel


def vergelijk_voorstel(voorstel: Importvoorstel[R, V]) -> Vergelijking[R, V]:
    """What the file would change as things are now. Raises InvoerFout with every fault of every row."""
    vergelijking = voorstel.soort.vergelijk(voorstel.rijen)
    if fouten := voorstel.fouten(vergelijking):
        raise InvoerFout(fouten)
    return vergelijking


def _herkomst(naam: str) -> str:
    return f"import {naam}"[:60]


def _bron(naam: str, rij: int, hersteld: Collection[int]) -> str:
    """Where one value came from: the row of the file, and whether it was put right after that."""
    return f"import {naam[:_KORTE_NAAM]}, rij {rij}{', hersteld' if rij in hersteld else ''}"


def voer_door(
    voorstel: Importvoorstel[R, V],
    *,
    door: User,
    vaststellen_door: User | None = None,
    keur: Callable[[Vergelijking[R, V]], None] | None = None,
    reden: str = "",
    hersteld: Collection[int] = (),
) -> tuple[list[V], Vergelijking[R, V]]:
    """Submit everything in the file and, where an approver is named, approve it: all or nothing.

    ``hersteld`` are the rows that were put right after they were read, ``reden`` why approved values change. A second
    run of the same file changes nothing; what of that file still waits is approved then.
    """
    soort, herkomst = voorstel.soort, _herkomst(voorstel.naam)
    reden = reden or f"Gewijzigd met het bestand {voorstel.naam}."
    toets = keur or partial(_keur_ongewijzigd, voorstel, door)

    def keur_met_bron(vergelijking: Vergelijking[R, V]) -> None:
        toets(vergelijking)
        vergelijking.bron = {rij.rij: _bron(voorstel.naam, rij.rij, hersteld) for rij in vergelijking.te_schrijven()}

    with bewaakt(Recht.IMPORTEREN.value, door=door, herkomst=herkomst):
        if vaststellen_door:
            houd_elk_kwartaal()
        rijen, vergelijking = soort.dien_in(
            voorstel.rijen, door=door, herkomst=herkomst, reden=reden, keur=keur_met_bron
        )
        if vaststellen_door is None:
            return rijen, vergelijking
        wachtend = [*rijen, *_nog_ingediend(vergelijking, door)]
        return soort.stel_vast(wachtend, door=vaststellen_door, herkomst=herkomst), vergelijking


def _keur_ongewijzigd(voorstel: Importvoorstel[R, V], door: User, _: Vergelijking[R, V]) -> None:
    """What a file leaves unsaid is kept as it is now, not as it was when the file was read."""
    if voorstel.leunt and lees_voorstel(voorstel.naam, voorstel.inhoud, door=door).rijen != voorstel.rijen:
        raise Verouderd


def _nog_ingediend(vergelijking: Vergelijking[R, V], door: User) -> list[V]:
    """What equals the file, was handed in earlier by this person and is not approved yet."""
    versies = [versie for _, versie in vergelijking.gelijk]
    return [v for v in versies if v.staat == Staat.INGEDIEND and v.ingevoerd_door_id == door.pk]


def maak_regels(voorstel: Importvoorstel[R, V], vergelijking: Vergelijking[R, V], *, door: User) -> list[Importregel]:
    """What each row would do, in the order of the file; a row with a fault is refused, whatever else it is.

    A row with a doubt and without a remark of its own is doubtful; with one it keeps its doubt in view.
    """
    per_rij: dict[int, list[list[str]]] = {}
    for fout in voorstel.fouten(vergelijking):
        per_rij.setdefault(fout.rij, []).append([fout.kolom, fout.reden])
    uitkomst = _uitkomsten(voorstel.soort, vergelijking, door)
    cellen: dict[int, Mapping[str, str]] = {rij: {} for rij in per_rij if rij} | dict(voorstel.inhoud.rijen)
    regels = [_regel(rij, cellen[rij], per_rij.get(rij, []), uitkomst) for rij in sorted(cellen)]
    per_rij = {regel.rij: regel.bestandsfouten for regel in regels}
    for fout in voorstel.inhoud.fouten:
        if fout.rij:
            per_rij[fout.rij].append([fout.kolom, fout.reden])
    return regels


def _regel(
    rij: int, cellen: Mapping[str, str], fouten: list[list[str]], uitkomst: Mapping[int, Importregel]
) -> Importregel:
    regel = Importregel(soort=_Soort.GEWEIGERD, fouten=fouten) if fouten else uitkomst[rij]
    regel.rij, regel.cellen = rij, cellen
    return regel


def _uitkomsten(soort: Importsoort[R, V], vergelijking: Vergelijking[R, V], lezer: User) -> dict[int, Importregel]:
    regels = {rij.rij: Importregel(soort=_Soort.GELIJK) for rij, _ in vergelijking.gelijk}
    onbeantwoord, verborgen = vergelijking.onbeantwoord(), soort.verborgen(vergelijking, lezer)
    for rij, vorige in [*((rij, None) for rij in vergelijking.nieuw), *vergelijking.gewijzigd]:
        gevolg = _Soort.GEWIJZIGD if vorige else _Soort.NIEUW
        regels[rij.rij] = Importregel(
            soort=_Soort.TWIJFEL if rij.rij in onbeantwoord else gevolg,
            verschillen=_verschillen(rij, vorige, soort.velden, verborgen=rij.rij in verborgen.oud),
            fouten=[[t.kolom, _reden(t, rij, verborgen)] for t in vergelijking.twijfels.get(rij.rij, [])],
        )
    return regels


def _reden(twijfel: Twijfel, rij: Ingevoerd, verborgen: Verborgen) -> str:
    """The figure a value is held against stays unsaid where its reader may not see it."""
    return twijfel.reden if twijfel.los_van_verleden or rij.rij not in verborgen.eerder else WIJKT_AF


def _verschillen(
    rij: Ingevoerd, vorige: Vaststelling | None, velden: Iterable[str], *, verborgen: bool
) -> list[list[str]]:
    """Column, old and new of every cell that differs; without an old value, of every cell that is filled."""
    paren = [(naam, _tekst(getattr(vorige, naam, None)), _tekst(getattr(rij, naam))) for naam in velden]
    return [[naam, NIET_TE_ZIEN if verborgen else voor, na] for naam, voor, na in paren if voor != na]


def _tekst(waarde: object) -> str:
    if isinstance(waarde, date):
        return f"{waarde:%d-%m-%Y}"
    return "nb" if waarde is True else celtekst(waarde)


def schrijf_regels(bestand: Import, regels: Iterable[Importregel]) -> None:
    """By COPY: many rows of JSON take an INSERT three times as long."""
    opdracht = f"COPY {Importregel._meta.db_table} (bestand_id, {', '.join(REGELVELDEN)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(opdracht) as stroom:
        for regel in regels:
            rij, soort, *velden = (getattr(regel, naam) for naam in REGELVELDEN)
            stroom.write_row((bestand.pk, rij, str(soort), *map(json.dumps, velden)))
