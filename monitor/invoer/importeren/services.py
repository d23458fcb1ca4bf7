"""The life of an import: received, read in the background, shown as a proposal, submitted at once or withdrawn."""

import hashlib
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
from monitor.invoer.importeren.bestand.rijen import Ingelezen, Kopfout
from monitor.invoer.importeren.selectors import WACHTEND, lees_koppelingen
from monitor.invoer.importeren.voorstel import eis_importeur, lees_voorstel, maak_regels, schrijf_regels, voer_door
from monitor.invoer.indienen import zonder_reden
from monitor.invoer.regels.vergelijking import Vergelijking
from monitor.invoer.regels.waarneming import Fout, InvoerFout, Invoerrij
from monitor.invoer.vaststellen.eisen import eis_reden
from monitor.models import Import, Importregel

_log = logging.getLogger(__name__)

LEESTAAK = "monitor.invoer.tasks.lees_import"
IMPORTHERKOMST = "scherm importeren"
_MAX_POGINGEN = 3
OPEN = (Import.Staat.VOORSTEL, Import.Staat.FOUTEN)
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
    noteer(bestand, "bestand ontvangen", door, naar={"sha256": bestand.sha256})
    transaction.on_commit(partial(_vraag_lezen, bestand.pk))
    return bestand


def noteer(bestand: Import, wat: str, door: User, **kanten: dict[str, Any]) -> None:
    """One step in the life of a file, for the audit trail."""
    leg_vast([gebeurtenis(wat, bestand, door=door, herkomst=IMPORTHERKOMST, **kanten)])  # type: ignore[arg-type]  # van and naar only


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
        with bewaakt(Recht.IMPORTEREN.value, door=bestand.door, herkomst=IMPORTHERKOMST):
            eis_importeur(bestand.door)
        inhoud = (bestand.gelezen and uit_regels(bestand)) or _uit_bestand(bestand)
    except NietToegestaan as weigering:
        _bewaar_fouten(bestand, [Fout(0, "", str(weigering))])
        return
    except InvoerFout as fout:
        bestand.koppen = list(fout.koppen) if isinstance(fout, Kopfout) else []
        _bewaar_fouten(bestand, fout.fouten, fout.opmerkingen)
        return
    run.gelezen = bestand.gelezen = len(inhoud.rijen)
    bestand.save(update_fields=["gelezen"])  # the page shows how far it is
    with transaction.atomic():
        bewaar_voorstel(bestand, inhoud)


def _uit_bestand(bestand: Import) -> Ingelezen:
    """Read with the columns that who handed it in matched before; the page shows how far it is."""

    def meld(rijen: int) -> None:
        if rijen > bestand.gelezen:
            Import.objects.filter(pk=bestand.pk).update(gelezen=rijen)
            bestand.gelezen = rijen

    inhoud = lees_apart(bytes(bestand.inhoud), lees_koppelingen(bestand.door), meld)
    bestand.koppen = inhoud.koppen
    inhoud.opmerkingen[:0] = _over_de_naam(bestand.naam, inhoud.soort)
    return inhoud


def uit_regels(bestand: Import) -> Ingelezen | None:
    """The file as it stands since it was read: rows put right and rows left out. None when it has no rows yet."""
    regels = list(bestand.regels.exclude(soort=_Soort.WEGGELATEN).order_by("rij"))
    if not regels and not bestand.regels.exists():
        return None
    fouten = [Fout(*fout) for fout in bestand.fouten if not fout[0]]
    fouten += [Fout(regel.rij, *fout) for regel in regels for fout in regel.bestandsfouten]
    return Ingelezen([Invoerrij(regel.rij, regel.cellen) for regel in regels], fouten, list(bestand.opmerkingen))


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
    bestand.save(update_fields=["staat", "fouten", "opmerkingen", "koppen", *_Soort])


def bewaar_voorstel(bestand: Import, inhoud: Ingelezen) -> None:
    """Write every row with what it would do, and the state that follows."""
    voorstel = lees_voorstel(bestand.naam, inhoud, door=bestand.door)
    vergelijking = voorstel.soort.vergelijk(voorstel.rijen)
    regels, fouten = maak_regels(voorstel, vergelijking, door=bestand.door), voorstel.fouten(vergelijking)
    regels = _met_vorige(regels, {regel.rij: regel for regel in bestand.regels.all()})
    bestand.regels.all().delete()
    schrijf_regels(bestand, regels)
    _tel(bestand, regels)
    _meld_buiten(bestand, fouten, voorstel.soort.buiten_bereik)
    gevraagd = {fout.rij for fout in zonder_reden(vergelijking, voorstel.soort.indienen)}
    bestand.zonder_reden = len(gevraagd - vergelijking.onbeantwoord())
    bestand.opmerkingen = list(dict.fromkeys(voorstel.inhoud.opmerkingen))
    bestand.fouten, bestand.staat = fouten, Import.Staat.FOUTEN if fouten else Import.Staat.VOORSTEL
    bestand.save(update_fields=["staat", "fouten", "opmerkingen", "koppen", "zonder_reden", *_Soort])


def _met_vorige(regels: list[Importregel], vorige: Mapping[int, Importregel]) -> list[Importregel]:
    """What was put right stays known; a row that is not judged is left out, and stays so."""
    for regel in regels:
        regel.hersteld = vorige[regel.rij].hersteld if regel.rij in vorige else {}
    weg = [regel for rij, regel in vorige.items() if rij not in {regel.rij for regel in regels}]
    for regel in weg:
        regel.soort, regel.verschillen, regel.fouten = _Soort.WEGGELATEN, [], []
    return sorted([*regels, *weg], key=lambda regel: regel.rij)


def _meld_buiten(bestand: Import, fouten: Iterable[Fout], zin: str) -> None:
    """That someone handed in rows of elsewhere is kept, for each that came."""
    buiten = sum(fout.reden == zin for fout in fouten)
    if buiten > sum(reden == zin for _, _, reden in bestand.fouten):
        reden = f"{bestand.naam}: {buiten} {'rij' if buiten == 1 else 'rijen'} van buiten het eigen district of thema."
        leg_vast([weigering(Recht.IMPORTEREN.value, reden, door=bestand.door, herkomst=IMPORTHERKOMST)])


def _tel(bestand: Import, regels: Iterable[Importregel]) -> None:
    aantallen = Counter(regel.soort for regel in regels)
    for soort in _Soort:
        setattr(bestand, soort, aantallen[soort])


def dien_in_als_getoond(pk: int, *, door: User, toelichting: str = "", reden: str = "") -> Import | None:
    """Submit the proposal as its reader saw it, all of it or nothing; None when that was done already.

    ``toelichting`` is kept with the rows that are doubtful, ``reden`` with those that correct something approved;
    each is asked for where rows need it. Raises Verouderd when a value it speaks of changed meanwhile; the proposal
    is then made again.
    """
    bestand = Import.objects.defer("inhoud").filter(pk=pk, door=door, staat=Import.Staat.VOORSTEL).first()
    if bestand is None:
        return None
    if bestand.twijfel:
        eis_reden(toelichting, "Schrijf een toelichting bij de twijfelachtige waarden.")
    if bestand.zonder_reden:
        eis_reden(reden, "Schrijf waarom vastgestelde waarden veranderen.")
    try:
        with job("import indienen", bestand.naam, door) as run:
            return _dien_in(bestand, door, (toelichting.strip(), reden.strip()), run)
    except Verouderd:
        lees_opnieuw(pk, door)
        raise


def _dien_in(bestand: Import, door: User, teksten: tuple[str, str], run: JobRun) -> Import | None:
    with bewaakt(Recht.IMPORTEREN.value, door=door, herkomst=IMPORTHERKOMST):
        eis_importeur(door)
        # The update is the claim: of two at once the second waits here and then finds nothing.
        klaar = Import.objects.filter(pk=bestand.pk, staat=Import.Staat.VOORSTEL)
        if not klaar.update(staat=Import.Staat.DOORGEVOERD, afgerond_op=timezone.now()):
            return None
        rijen, vergelijking = _voer_door(bestand, door, *teksten)
        run.gelezen, run.gewijzigd = bestand.gelezen, len(rijen)
        aantallen = {"nieuw": len(vergelijking.nieuw), "gewijzigd": len(vergelijking.gewijzigd)}
        noteer(bestand, "bestand ingediend", door, naar=aantallen)
    return bestand


def _voer_door(bestand: Import, door: User, toelichting: str, reden: str) -> tuple[list[Any], Vergelijking[Any, Any]]:
    """Hand in what the file says, when that would do exactly what its reader saw; the remark goes with the doubts."""
    getoond = list(bestand.regels.exclude(soort=_Soort.WEGGELATEN).order_by("rij"))
    voorstel = lees_voorstel(bestand.naam, Ingelezen([Invoerrij(r.rij, r.cellen) for r in getoond]), door=door)

    def keur(vergelijking: Vergelijking[Any, Any]) -> None:
        nu = maak_regels(voorstel, vergelijking, door=door)
        if [_gevolg(regel) for regel in nu] != [_gevolg(regel) for regel in getoond]:
            raise Verouderd
        vergelijking.licht_toe({regel.rij for regel in getoond if regel.soort == _Soort.TWIJFEL}, toelichting)

    hersteld = {regel.rij for regel in getoond if regel.hersteld}
    return voer_door(voorstel, door=door, keur=keur, reden=reden, hersteld=hersteld)


def _gevolg(regel: Importregel) -> tuple[str, list[list[str]], list[list[str]]]:
    return regel.soort, regel.verschillen, regel.fouten


def lees_opnieuw(pk: int, door: User) -> None:
    """Have it judged anew in the background: its rows as they stand or, where it has none, the file."""
    Import.objects.filter(pk=pk, door=door, staat__in=OPEN).update(staat=Import.Staat.ONTVANGEN, pogingen=0, taak=None)
    transaction.on_commit(partial(_vraag_lezen, pk))


@transaction.atomic
def trek_in(pk: int, *, door: User) -> bool:
    """Withdraw a file that was not submitted; False when there was nothing to withdraw."""
    eis_importeur(door)
    open_ = Import.objects.filter(pk=pk, door=door, staat__in=OPEN)
    if not open_.update(staat=Import.Staat.INGETROKKEN, afgerond_op=timezone.now()):
        return False
    noteer(Import.objects.get(pk=pk), "bestand ingetrokken", door)
    return True
