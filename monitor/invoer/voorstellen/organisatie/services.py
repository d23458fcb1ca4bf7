"""A change of the organisation, proposed: rows as the files have them, that count once another approved them."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.vaststellen.bewaking import bewaakt
from common.vaststellen.model import OPENSTAAND
from formatie.bijhouden.inhoud import Bezwaar, Inhoud, Rijen, bezwaren_tegen, bezwaren_tegen_kop, pas_toe
from formatie.models import Organisatiebesluit
from monitor.invoer.kwartaal.gesloten import bewaar_gesloten
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.eisen import eis_recht, houd_elk_kwartaal
from monitor.invoer.vaststellen.voorstel import eis_niet_in_behandeling, leg_voorstel_neer


def stel_organisatie_voor(
    inhoud: Inhoud,
    rijen: Rijen,
    *,
    vanaf: date | str | None,
    bron: str,
    bronregel: str = "",
    reden: str = "",
    door: User,
    herkomst: str,
    op: datetime | None = None,
    proef: bool = False,
) -> Organisatiebesluit:
    """Propose these rows; a proposal about the same place that was sent back takes the new content.

    ``proef``: only see whether it could be; then nothing is written.

    Raises InvoerFout with every fault at its field, also when a proposal about it waits already, KwartaalGesloten when
    it would change a verdict of a closed quarter, and NietToegestaan.
    """
    with bewaakt("de organisatie bijhouden", door=door, herkomst=herkomst):
        eis_recht(door, Recht.ORGANISATIE_BIJHOUDEN, "de organisatie bijhouden")
        if inhoud.raakt_oordelen:
            houd_elk_kwartaal()
        houd_slot(Slot.ORGANISATIE)
        op = op or timezone.now()
        kop = {"vanaf": vanaf, "bron": bron, "bronregel": bronregel, "reden": reden}
        _toets(inhoud, rijen, kop, timezone.localdate(op))
        if inhoud.raakt_oordelen:
            _eis_gesloten_blijft(inhoud, rijen, timezone.localdate(op))
        plek = inhoud.plek(rijen)
        open_ = Organisatiebesluit.objects.filter(soort=inhoud.soort, plek=plek, staat__in=OPENSTAAND)
        rij = open_.select_related("ingevoerd_door").first()
        eis_niet_in_behandeling(rij, door)
        rij = rij or Organisatiebesluit(soort=inhoud.soort, plek=plek)
        dag = date.fromisoformat(vanaf) if isinstance(vanaf, str) else vanaf
        velden = {**kop, "vanaf": dag, "bron": bron.strip(), "naam": inhoud.naam(rijen), "rijen": rijen}
        if proef:
            return rij
        leg_voorstel_neer(rij, velden, door=door, herkomst=herkomst, op=op, van=None, reden=reden)
    return rij


def _toets(inhoud: Inhoud, rijen: Rijen, kop: Mapping[str, object], vandaag: date) -> None:
    """Raises InvoerFout with all that is wrong, each thing once; what is doubtful asks for an explanation."""
    bezwaren = [*bezwaren_tegen(inhoud, rijen, vandaag), *bezwaren_tegen_kop(inhoud, kop)]
    if not bezwaren and not str(kop["reden"]).strip():
        bezwaren = [Bezwaar("reden", f"{zin} Klopt dat? Schrijf dan hier waarom.") for zin in inhoud.twijfels(rijen)]
    if bezwaren:
        raise InvoerFout([Fout(0, veld, reden) for veld, reden in dict.fromkeys(bezwaren)])


def _eis_gesloten_blijft(inhoud: Inhoud, rijen: Rijen, vandaag: date) -> None:
    """Do it, hold the closed quarters against it, and take it back. Raises KwartaalGesloten."""
    with transaction.atomic():
        with bewaar_gesloten():
            pas_toe(inhoud, rijen, vandaag)
        transaction.set_rollback(True)
