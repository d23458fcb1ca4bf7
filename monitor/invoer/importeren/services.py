"""The life of an import: received, read in the background, shown as a proposal, submitted at once or withdrawn."""

import hashlib
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import PurePath
from typing import Any

from celery import current_app
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.jobs import JobRun, job
from common.locks import Slot, sessieslot
from common.vaststellen.audit import gebeurtenis, leg_vast
from common.vaststellen.bewaking import NietToegestaan, Verouderd, bewaakt, weigering
from monitor.invoer.importeren.bestand.kindproces import TE_ZWAAR, lees_apart
from monitor.invoer.importeren.bestand.lezen import MAX_BYTES, TE_GROOT
from monitor.invoer.importeren.bestand.rijen import Ingelezen
from monitor.invoer.importeren.voorstel import eis_importeur, lees_voorstel, maak_regels, schrijf_regels, voer_door
from monitor.invoer.regels.vergelijking import Vergelijking
from monitor.invoer.regels.waarneming import Fout, InvoerFout, Invoerrij
from monitor.invoer.vaststellen.eisen import eis_reden
from monitor.models import Import, Importregel

_log = logging.getLogger(__name__)

LEESTAAK = "monitor.invoer.tasks.lees_import"
_HERKOMST = "scherm importeren"
_MAX_POGINGEN = 3
WACHTEND = (Import.Staat.ONTVANGEN, Import.Staat.BEZIG)
OPGEGEVEN = f"Het lezen is {_MAX_POGINGEN} keer onderbroken. {TE_ZWAAR}"
ONDERBROKEN = "De verwerking werd onderbroken; het lezen is opnieuw gestart."
_Soort = Importregel.Soort


@transaction.atomic
def ontvang(naam: str, inhoud: bytes, *, door: User) -> Import:
    """Keep a file and have it read. Raises InvoerFout for one that is empty or too large."""
    eis_importeur(door)
    if not inhoud or len(inhoud) > MAX_BYTES:
        raise InvoerFout([Fout(0, "", TE_GROOT if inhoud else "Het bestand is leeg.")])
    bestand = Import.objects.create(
        naam=_leesbaar(naam), inhoud=inhoud, sha256=hashlib.sha256(inhoud).hexdigest(), door=door
    )
    leg_vast(
        [gebeurtenis("bestand ontvangen", bestand, door=door, herkomst=_HERKOMST, naar={"sha256": bestand.sha256})]
    )
    transaction.on_commit(partial(_vraag_lezen, bestand.pk))
    return bestand


def _leesbaar(naam: str) -> str:
    """The name without characters that show as nothing or turn the text around."""
    return "".join(teken for teken in naam if teken.isprintable())[-120:] or "naamloos"


def _vraag_lezen(pk: int) -> None:
    """Hurry it along; when the queue is away, the sweep finds the row.

    It catches by itself: Django's own way to let a failing hook pass cannot name a partial, and fails then itself.
    """
    try:
        current_app.send_task(LEESTAAK, args=[pk], retry=False, ignore_result=True)
    except Exception as fout:
        _log.warning("De wachtrij is niet bereikbaar, het bestand wordt later gelezen: %s", fout)


def verwerk_wachtende() -> int:
    """Read every file that waits or whose worker was lost; gives how many were read here."""
    return sum(
        verwerk(pk) for pk in Import.objects.filter(staat__in=WACHTEND).order_by("pk").values_list("pk", flat=True)
    )


def verwerk(pk: int) -> bool:
    """Read one file into its proposal. Safe to repeat; False when it is read already or another is at it."""
    with sessieslot(Slot.IMPORT, pk) as gekregen:
        bestand = Import.objects.filter(pk=pk, staat__in=WACHTEND).select_related("taak", "door").first()
        if not gekregen or bestand is None:
            return False
        _sluit_onderbroken(bestand.taak)
        if bestand.pogingen >= _MAX_POGINGEN:
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
    """Read with the rights that who handed it in has now."""
    try:
        with bewaakt(Recht.IMPORTEREN.value, door=bestand.door, herkomst=_HERKOMST):
            eis_importeur(bestand.door)
        inhoud = lees_apart(bytes(bestand.inhoud))
    except NietToegestaan as weigering:
        _bewaar_fouten(bestand, [Fout(0, "", str(weigering))])
        return
    except InvoerFout as fout:
        _bewaar_fouten(bestand, fout.fouten, fout.opmerkingen)
        return
    run.gelezen = bestand.gelezen = len(inhoud.rijen)
    bestand.save(update_fields=["gelezen"])  # the page shows how far it is
    with transaction.atomic():
        bewaar_voorstel(bestand, inhoud)


def _over_de_naam(naam: str, soort: str) -> list[str]:
    """What a file is follows from its bytes; a name that says otherwise is told."""
    einde = PurePath(naam).suffix.lower().removeprefix(".")
    if einde == soort or einde not in ("csv", "xlsx", "ods"):
        return []
    return [f"De naam eindigt op .{einde}, maar dit is een {soort.upper()}-bestand. Zo is het ook gelezen."]


def _bewaar_fouten(bestand: Import, fouten: list[Fout], opmerkingen: Sequence[str] = ()) -> None:
    """The file as a whole is refused; rows of an earlier reading say nothing any more."""
    bestand.regels.all().delete()
    _tel(bestand, [])
    bestand.staat, bestand.fouten, bestand.opmerkingen = Import.Staat.FOUTEN, fouten, list(opmerkingen)
    bestand.save(update_fields=["staat", "fouten", "opmerkingen", *_Soort])


def bewaar_voorstel(bestand: Import, inhoud: Ingelezen) -> None:
    """Write every row with what it would do, and the state that follows."""
    voorstel = lees_voorstel(bestand.naam, inhoud, door=bestand.door)
    vergelijking = voorstel.soort.vergelijk(voorstel.rijen)
    regels, fouten = maak_regels(voorstel, vergelijking, door=bestand.door), voorstel.fouten(vergelijking)
    bestand.regels.all().delete()
    schrijf_regels(bestand, regels)
    _tel(bestand, regels)
    bestand.opmerkingen = [*_over_de_naam(bestand.naam, inhoud.soort), *voorstel.inhoud.opmerkingen]
    bestand.fouten, bestand.staat = fouten, Import.Staat.FOUTEN if fouten else Import.Staat.VOORSTEL
    bestand.save(update_fields=["staat", "fouten", "opmerkingen", *_Soort])
    buiten = sum(fout.reden == voorstel.soort.buiten_bereik for fout in fouten)
    if buiten:
        reden = f"{bestand.naam}: {buiten} {'rij' if buiten == 1 else 'rijen'} van buiten het eigen district of thema."
        leg_vast([weigering(Recht.IMPORTEREN.value, reden, door=bestand.door, herkomst=_HERKOMST)])


def _tel(bestand: Import, regels: Iterable[Importregel]) -> None:
    aantallen = Counter(regel.soort for regel in regels)
    for soort in _Soort:
        setattr(bestand, soort, aantallen[soort])


def dien_in_als_getoond(pk: int, *, door: User, toelichting: str = "") -> Import | None:
    """Submit the proposal as its reader saw it, all of it or nothing; None when that was done already.

    ``toelichting`` is kept with the rows that are doubtful, which need one. Raises Verouderd when a value it
    speaks of changed meanwhile; the proposal is then made again.
    """
    bestand = Import.objects.defer("inhoud").filter(pk=pk, door=door, staat=Import.Staat.VOORSTEL).first()
    if bestand is None:
        return None
    if bestand.twijfel:
        eis_reden(toelichting, "Schrijf een toelichting bij de twijfelachtige waarden.")
    try:
        with job("import indienen", bestand.naam, door) as run:
            return _dien_in(bestand, door, toelichting.strip(), run)
    except Verouderd:
        _lees_opnieuw(pk, door)
        raise


def _dien_in(bestand: Import, door: User, toelichting: str, run: JobRun) -> Import | None:
    with bewaakt(Recht.IMPORTEREN.value, door=door, herkomst=_HERKOMST):
        eis_importeur(door)
        # The update is the claim: of two at once the second waits here and then finds nothing.
        klaar = Import.objects.filter(pk=bestand.pk, staat=Import.Staat.VOORSTEL)
        if not klaar.update(staat=Import.Staat.DOORGEVOERD, afgerond_op=timezone.now()):
            return None
        rijen, vergelijking = _voer_door(bestand, door, toelichting)
        run.gelezen, run.gewijzigd = bestand.gelezen, len(rijen)
        aantallen = {"nieuw": len(vergelijking.nieuw), "gewijzigd": len(vergelijking.gewijzigd)}
        leg_vast([gebeurtenis("bestand ingediend", bestand, door=door, herkomst=_HERKOMST, naar=aantallen)])
    return bestand


def _voer_door(bestand: Import, door: User, toelichting: str) -> tuple[list[Any], Vergelijking[Any, Any]]:
    """Hand in what the file says, when that would do exactly what its reader saw; the remark goes with the doubts."""
    getoond = list(bestand.regels.order_by("rij"))
    voorstel = lees_voorstel(bestand.naam, Ingelezen([Invoerrij(r.rij, r.cellen) for r in getoond]), door=door)

    def keur(vergelijking: Vergelijking[Any, Any]) -> None:
        nu = maak_regels(voorstel, vergelijking, door=door)
        if [_gevolg(regel) for regel in nu] != [_gevolg(regel) for regel in getoond]:
            raise Verouderd
        vergelijking.licht_toe({regel.rij for regel in getoond if regel.soort == _Soort.TWIJFEL}, toelichting)

    return voer_door(voorstel, door=door, keur=keur)


def _gevolg(regel: Importregel) -> tuple[str, list[list[str]], list[list[str]]]:
    return regel.soort, regel.verschillen, regel.fouten


def _lees_opnieuw(pk: int, door: User) -> None:
    Import.objects.filter(pk=pk, door=door, staat=Import.Staat.VOORSTEL).update(
        staat=Import.Staat.ONTVANGEN, pogingen=0, taak=None
    )
    transaction.on_commit(partial(_vraag_lezen, pk))


@transaction.atomic
def trek_in(pk: int, *, door: User) -> bool:
    """Withdraw a file that was not submitted; False when there was nothing to withdraw."""
    eis_importeur(door)
    open_ = Import.objects.filter(pk=pk, door=door, staat__in=(Import.Staat.VOORSTEL, Import.Staat.FOUTEN))
    if not open_.update(staat=Import.Staat.INGETROKKEN, afgerond_op=timezone.now()):
        return False
    leg_vast([gebeurtenis("bestand ingetrokken", Import.objects.get(pk=pk), door=door, herkomst=_HERKOMST)])
    return True
