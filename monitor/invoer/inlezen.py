"""The life of an import: received, read in the background, shown as a proposal, submitted at once or withdrawn."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from decimal import Decimal
from functools import partial

from celery import current_app
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.audit import gebeurtenis, leg_vast
from common.besluit import NietToegestaan, Verouderd, bewaakt
from common.getallen import toon_kort
from common.jobs import JobRun, job
from common.locks import Slot, houd_slot, sessieslot
from monitor.invoer.bestand import MAX_BYTES, TE_GROOT, Inhoud
from monitor.invoer.importeren import Voorstel, beoordeel, voer_door
from monitor.invoer.leesproces import TE_ZWAAR, lees_apart
from monitor.invoer.vergelijken import Vergelijking, cijfers_van
from monitor.invoer.waarneming import Fout, InvoerFout, Waarneming
from monitor.models import Import, Importregel, Meting

log = logging.getLogger(__name__)

TAAK = "monitor.invoer.tasks.lees_import"
HERKOMST = "scherm importeren"
MAX_POGINGEN = 3
WACHTEND = (Import.Staat.ONTVANGEN, Import.Staat.BEZIG)
OPGEGEVEN = f"Het lezen is {MAX_POGINGEN} keer onderbroken. {TE_ZWAAR}"
ONDERBROKEN = "De verwerking werd onderbroken; het lezen is opnieuw gestart."
Soort = Importregel.Soort


@transaction.atomic
def ontvang(naam: str, inhoud: bytes, *, door: User) -> Import:
    """Keep a file and have it read. Raises InvoerFout for one that is empty or too large."""
    _eis(door)
    if not inhoud or len(inhoud) > MAX_BYTES:
        raise InvoerFout([Fout(0, "", TE_GROOT if inhoud else "Het bestand is leeg.")])
    bestand = Import.objects.create(
        naam=_leesbaar(naam), inhoud=inhoud, sha256=hashlib.sha256(inhoud).hexdigest(), door=door
    )
    leg_vast([gebeurtenis("bestand ontvangen", bestand, door=door, herkomst=HERKOMST, naar={"sha256": bestand.sha256})])
    transaction.on_commit(partial(_vraag_lezen, bestand.pk))
    return bestand


def _leesbaar(naam: str) -> str:
    """The name without characters that show as nothing or turn the text around."""
    return "".join(teken for teken in naam if teken.isprintable())[-120:] or "naamloos"


def _eis(door: User) -> None:
    if not (door.is_active and door.mag(Recht.IMPORTEREN)):
        raise NietToegestaan(f"{door} mag geen bestanden inlezen. Vraag de beheerder om de juiste rol.")


def _vraag_lezen(pk: int) -> None:
    """Hurry it along; when the queue is away, the sweep finds the row.

    It catches by itself: Django's own way to let a failing hook pass cannot name a partial, and fails then itself.
    """
    try:
        current_app.send_task(TAAK, args=[pk], retry=False, ignore_result=True)
    except Exception as fout:
        log.warning("De wachtrij is niet bereikbaar, het bestand wordt later gelezen: %s", fout)


def lees_wachtende() -> int:
    """Read every file that waits or whose worker was lost; gives how many were read here."""
    return sum(lees(pk) for pk in Import.objects.filter(staat__in=WACHTEND).order_by("pk").values_list("pk", flat=True))


def lees(pk: int) -> bool:
    """Read one file into its proposal. Safe to repeat; False when it is read already or another is at it."""
    with sessieslot(Slot.IMPORT, pk) as gekregen:
        bestand = Import.objects.filter(pk=pk, staat__in=WACHTEND).select_related("taak", "door").first()
        if not gekregen or bestand is None:
            return False
        _sluit_onderbroken(bestand.taak)
        if bestand.pogingen >= MAX_POGINGEN:
            _bewaar_fouten(bestand, [Fout(0, "", OPGEGEVEN)])
            return True
        with job("import lezen", bestand.naam, bestand.door) as run:
            _begin(bestand, run)
            _lees(bestand, run)
        return True


def _sluit_onderbroken(taak: JobRun | None) -> None:
    if taak and taak.afloop == JobRun.Afloop.BEZIG:
        taak.afloop, taak.fout, taak.geeindigd_op = JobRun.Afloop.MISLUKT, ONDERBROKEN, timezone.now()
        taak.save()


def _begin(bestand: Import, run: JobRun) -> None:
    bestand.staat, bestand.taak = Import.Staat.BEZIG, run
    bestand.pogingen += 1
    bestand.save(update_fields=["staat", "taak", "pogingen"])


def _lees(bestand: Import, run: JobRun) -> None:
    try:
        inhoud = lees_apart(bytes(bestand.inhoud))
    except InvoerFout as fout:
        _bewaar_fouten(bestand, fout.fouten)
        return
    run.gelezen = bestand.gelezen = len(inhoud.rijen) + len({fout.rij for fout in inhoud.fouten})
    bestand.save(update_fields=["gelezen"])  # the page shows how far it is
    with transaction.atomic():
        bewaar_voorstel(bestand, inhoud)


def _bewaar_fouten(bestand: Import, fouten: list[Fout]) -> None:
    bestand.staat, bestand.fouten = Import.Staat.FOUTEN, [[f.rij, f.kolom, f.reden] for f in fouten]
    bestand.save(update_fields=["staat", "fouten"])


def bewaar_voorstel(bestand: Import, inhoud: Inhoud) -> None:
    """Write every row with what it would do, and the state that follows."""
    _, vergelijking, fouten = beoordeel(inhoud)
    regels = maak_regels(inhoud, vergelijking, fouten)
    for regel in regels:
        regel.bestand = bestand
    bestand.regels.all().delete()
    Importregel.objects.bulk_create(regels, batch_size=2000)
    for soort in Soort:
        setattr(bestand, soort, sum(regel.soort == soort for regel in regels))
    bestand.fouten = [[f.rij, f.kolom, f.reden] for f in fouten]
    bestand.staat = Import.Staat.FOUTEN if fouten else Import.Staat.VOORSTEL
    bestand.save(update_fields=["staat", "fouten", *Soort])


def maak_regels(inhoud: Inhoud, vergelijking: Vergelijking, fouten: Iterable[Fout]) -> list[Importregel]:
    """What each row would do, in the order of the file; a row with a fault is refused, whatever else it is."""
    per_rij: dict[int, list[list[str]]] = {}
    for fout in fouten:
        per_rij.setdefault(fout.rij, []).append([fout.kolom, fout.reden])
    uitkomst = _uitkomsten(vergelijking)
    cellen: dict[int, dict[str, str]] = {rij: {} for rij in per_rij if rij} | dict(inhoud.rijen)
    return [
        Importregel(rij=rij, soort=Soort.GEWEIGERD, cellen=cellen[rij], fouten=per_rij[rij])
        if rij in per_rij
        else Importregel(rij=rij, soort=uitkomst[rij][0], cellen=cellen[rij], verschillen=uitkomst[rij][1])
        for rij in sorted(cellen)
    ]


def _uitkomsten(vergelijking: Vergelijking) -> dict[int, tuple[Soort, list[list[str]]]]:
    gewijzigd = {w.rij: (Soort.GEWIJZIGD, _verschillen(w, meting)) for w, meting in vergelijking.gewijzigd}
    nieuw = {w.rij: (Soort.NIEUW, _verschillen(w, None)) for w in vergelijking.nieuw}
    return {**{w.rij: (Soort.GELIJK, []) for w in vergelijking.gelijk}, **nieuw, **gewijzigd}


def _verschillen(waarneming: Waarneming, meting: Meting | None) -> list[list[str]]:
    """Column, old and new of every cell that differs; without an old value, of every cell that is filled."""
    oud = cijfers_van(meting) if meting else {}
    paren = ((naam, oud.get(naam), nieuw) for naam, nieuw in cijfers_van(waarneming).items())
    return [[naam, _tekst(voor), _tekst(nieuw)] for naam, voor, nieuw in paren if _tekst(voor) != _tekst(nieuw)]


def _tekst(waarde: object) -> str:
    if isinstance(waarde, bool):
        return "nb" if waarde else ""
    return toon_kort(waarde) if isinstance(waarde, Decimal) else str(waarde or "")


def dien_in_als_getoond(pk: int, *, door: User) -> Import | None:
    """Submit the proposal as its reader saw it, all of it or nothing; None when that was done already.

    Raises Verouderd when a value it speaks of changed meanwhile; the proposal is then made again.
    """
    bestand = Import.objects.defer("inhoud").filter(pk=pk, door=door, staat=Import.Staat.VOORSTEL).first()
    if bestand is None:
        return None
    try:
        with job("import indienen", bestand.naam, door) as run:
            return _dien_in(bestand, door, run)
    except Verouderd:
        _lees_opnieuw(pk, door)
        raise


def _dien_in(bestand: Import, door: User, run: JobRun) -> Import | None:
    with bewaakt(Recht.IMPORTEREN.value, door=door, herkomst=HERKOMST):
        _eis(door)
        # The update is the claim: of two at once the second waits here and then finds nothing.
        klaar = Import.objects.filter(pk=bestand.pk, staat=Import.Staat.VOORSTEL)
        if not klaar.update(staat=Import.Staat.DOORGEVOERD, afgerond_op=timezone.now()):
            return None
        houd_slot(Slot.METING)
        metingen, vergelijking = voer_door(_onveranderd(bestand), door=door)
        run.gelezen, run.gewijzigd = bestand.gelezen, len(metingen)
        aantallen = {"nieuw": len(vergelijking.nieuw), "gewijzigd": len(vergelijking.gewijzigd)}
        leg_vast([gebeurtenis("bestand ingediend", bestand, door=door, herkomst=HERKOMST, naar=aantallen)])
        return bestand


def _onveranderd(bestand: Import) -> Voorstel:
    """The proposal held again against what is there now, which must give what its reader saw."""
    getoond = list(bestand.regels.order_by("rij"))
    inhoud = Inhoud([(regel.rij, regel.cellen) for regel in getoond])
    waarnemingen, vergelijking, fouten = beoordeel(inhoud)
    nu = maak_regels(inhoud, vergelijking, fouten)
    if [(r.soort, r.verschillen) for r in nu] != [(r.soort, r.verschillen) for r in getoond]:
        raise Verouderd
    return Voorstel(bestand.naam, waarnemingen, vergelijking)


def _lees_opnieuw(pk: int, door: User) -> None:
    Import.objects.filter(pk=pk, door=door, staat=Import.Staat.VOORSTEL).update(
        staat=Import.Staat.ONTVANGEN, pogingen=0, taak=None
    )
    transaction.on_commit(partial(_vraag_lezen, pk))


@transaction.atomic
def trek_in(pk: int, *, door: User) -> bool:
    """Withdraw a file that was not submitted; False when there was nothing to withdraw."""
    _eis(door)
    open_ = Import.objects.filter(pk=pk, door=door, staat__in=(Import.Staat.VOORSTEL, Import.Staat.FOUTEN))
    if not open_.update(staat=Import.Staat.INGETROKKEN, afgerond_op=timezone.now()):
        return False
    leg_vast([gebeurtenis("bestand ingetrokken", Import.objects.get(pk=pk), door=door, herkomst=HERKOMST)])
    return True
