"""Import of metingen: a file becomes a proposal with all its faults, or one atomic change."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.cijfers import celtekst
from common.vaststellen.besluit import NietToegestaan, bewaakt
from common.vaststellen.model import Staat
from monitor.invoer.importeren.bestand.lezen import lees_bestand
from monitor.invoer.importeren.bestand.rijen import Inhoud
from monitor.invoer.meting.services import dien_in
from monitor.invoer.meting.vergelijken import Vergelijking, cijfers_van, sleutel_van, vergelijk
from monitor.invoer.regels.toetsgegevens import lees_kader
from monitor.invoer.regels.twijfel import Plek, Twijfel
from monitor.invoer.regels.validatie import Kader, gewone_code, lees_rij
from monitor.invoer.regels.waarneming import Fout, InvoerFout, Waarneming
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Import, Importregel, Meting
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte
from monitor.selectors import get_metingen
from monitor.zicht import alleen_zichtbaar

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
        return stel_vast(METING, wachtend, door=vaststellen_door, herkomst=herkomst), vergelijking


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


Soort = Importregel.Soort
NIET_TE_ZIEN = "(niet zichtbaar voor u)"
VELDEN = ("rij", "soort", "cellen", "verschillen", "fouten")
WIJKT_AF = "Deze waarde wijkt sterk af van eerdere metingen."


def maak_regels(inhoud: Inhoud, vergelijking: Vergelijking, fouten: Iterable[Fout], *, door: User) -> list[Importregel]:
    """What each row would do, in the order of the file; a row with a fault is refused, whatever else it is.

    A row with a doubt and without a remark of its own is doubtful; with one it keeps its doubt in view.
    """
    per_rij: dict[int, list[list[str]]] = {}
    for fout in fouten:
        per_rij.setdefault(fout.rij, []).append([fout.kolom, fout.reden])
    uitkomst, twijfels = _uitkomsten(vergelijking, door), _twijfels(vergelijking, door)
    cellen: dict[int, dict[str, str]] = {rij: {} for rij in per_rij if rij} | dict(inhoud.rijen)
    regels = []
    for rij in sorted(cellen):
        regel = Importregel(rij=rij, soort=Soort.GEWEIGERD, cellen=cellen[rij], fouten=per_rij.get(rij, []))
        if rij not in per_rij:
            regel.soort, regel.verschillen = uitkomst[rij]
            regel.fouten = twijfels.get(rij, [])
        regels.append(regel)
    return regels


def schrijf_regels(bestand: Import, regels: Iterable[Importregel]) -> None:
    """By COPY: many rows of JSON take an INSERT three times as long."""
    opdracht = f"COPY {Importregel._meta.db_table} (bestand_id, {', '.join(VELDEN)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(opdracht) as stroom:
        for regel in regels:
            json_ = (json.dumps(veld) for veld in (regel.cellen, regel.verschillen, regel.fouten))
            stroom.write_row((bestand.pk, regel.rij, str(regel.soort), *json_))


def _uitkomsten(vergelijking: Vergelijking, door: User) -> dict[int, tuple[Soort, list[list[str]]]]:
    leesbaar = _leesbaar([meting for _, meting in vergelijking.gewijzigd], door)
    soorten: dict[int, tuple[Soort, list[list[str]]]] = {w.rij: (Soort.GELIJK, []) for w in vergelijking.gelijk}
    soorten |= {w.rij: (Soort.NIEUW, _verschillen(w, None)) for w in vergelijking.nieuw}
    for waarneming, meting in vergelijking.gewijzigd:
        verschillen = _verschillen(waarneming, meting)
        if meting.pk not in leesbaar:
            verschillen = [[kolom, NIET_TE_ZIEN, nieuw] for kolom, _, nieuw in verschillen]
        soorten[waarneming.rij] = (Soort.GEWIJZIGD, verschillen)
    return soorten | _zonder_antwoord(vergelijking, soorten)


def _zonder_antwoord(
    vergelijking: Vergelijking, soorten: dict[int, tuple[Soort, list[list[str]]]]
) -> dict[int, tuple[Soort, list[list[str]]]]:
    rijen = [w.rij for w in vergelijking.te_schrijven() if w.rij in vergelijking.twijfels and not w.toelichting]
    return {rij: (Soort.TWIJFEL, soorten[rij][1]) for rij in rijen}


def _leesbaar(metingen: list[Meting], door: User) -> set[int]:
    if not metingen:
        return set()
    return set(get_metingen(door).filter(pk__in=[m.pk for m in metingen]).values_list("pk", flat=True))


def _twijfels(vergelijking: Vergelijking, door: User) -> dict[int, list[list[str]]]:
    """The doubts by row; the figure a value is held against stays unsaid where its reader may not see it."""
    bij_rij = {w.rij: (w.indicator, w.onderdeel) for w in vergelijking.te_schrijven()}
    plekken = {rij: bij_rij[rij] for rij in vergelijking.twijfels}
    zichtbaar = _zichtbaar(set(plekken.values()), door)
    return {
        rij: [[t.kolom, _reden(t, zichtbaar=plekken[rij] in zichtbaar)] for t in gevonden]
        for rij, gevonden in vergelijking.twijfels.items()
    }


def _reden(twijfel: Twijfel, *, zichtbaar: bool) -> str:
    return twijfel.reden if zichtbaar or twijfel.los_van_verleden else WIJKT_AF


def _zichtbaar(plekken: Collection[Plek], door: User) -> set[Plek]:
    if not plekken:
        return set()
    eerder = Meting.objects.filter(
        staat=Staat.VASTGESTELD,
        indicator__code__in={indicator for indicator, _ in plekken},
        onderdeel__code__in={onderdeel for _, onderdeel in plekken},
    )
    return set(alleen_zichtbaar(eerder, door).order_by().values_list("indicator__code", "onderdeel__code").distinct())


def _verschillen(waarneming: Waarneming, meting: Meting | None) -> list[list[str]]:
    """Column, old and new of every cell that differs; without an old value, of every cell that is filled."""
    oud = cijfers_van(meting) if meting else {}
    anders = ((naam, oud.get(naam), nieuw) for naam, nieuw in cijfers_van(waarneming).items() if oud.get(naam) != nieuw)
    regels = [[naam, _tekst(voor), _tekst(nieuw)] for naam, voor, nieuw in anders]
    return [regel for regel in regels if regel[1] != regel[2]]


def _tekst(waarde: object) -> str:
    return "nb" if waarde is True else celtekst(waarde)
