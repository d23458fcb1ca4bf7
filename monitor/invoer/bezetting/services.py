"""The only way in for bezetting: propose, approve, send back, take back. Set-based, atomic and audited.

Locks as for values: the quarters, then ``Slot.METING``, then rows. What follows from an approved bezetting is written
in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.vaststellen.audit import AuditEvent, gebeurtenis, leg_vast
from common.vaststellen.besluit import NietToegestaan, bewaakt, neem_aan, vergrendel, weiger_eigen_werk, wijs_af
from common.vaststellen.model import Staat
from formatie.models import Bezetting
from monitor.invoer.bezetting.indicatorwaarden import leid_af
from monitor.invoer.bezetting.validatie import Opgave, Plek
from monitor.invoer.bezetting.vergelijken import Bezettingvergelijking, inhoud_van, vergelijk_bezetting
from monitor.invoer.indienen import Invoersoort, schrijf
from monitor.invoer.meting.services import eis_open, eis_recht, eis_reden, houd_kwartalen
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte

BEZETTING_INDIENEN: Invoersoort[Opgave, Bezetting] = Invoersoort(
    model=Bezetting,
    plaats=("onderdeel", "soort", "jaar", "kwartaal"),
    vervangreden=lambda opgave, vorige, reden: reden.strip() or _nieuwe_toelichting(opgave, vorige),
    antwoord="toelichting",
)


def _nieuwe_toelichting(opgave: Opgave, vorige: Bezetting) -> str:
    return opgave.toelichting if opgave.toelichting != vorige.toelichting else ""


def dien_bezetting_in(
    opgaven: Sequence[Opgave],
    *,
    door: User,
    herkomst: str,
    reden: str = "",
    gezien: Mapping[Plek, str] | None = None,
    op: datetime | None = None,
    demo: bool = False,
    keur: Callable[[Bezettingvergelijking], None] | None = None,
) -> tuple[list[Bezetting], Bezettingvergelijking]:
    """Propose bezetting for approval, all or none. What is equal already is left alone.

    A correction of an approved bezetting is a new version, with ``reden`` or a new remark that says why. ``keur`` sees
    what would change while nothing else can, and may refuse it. Raises InvoerFout with every fault, NietToegestaan
    outside the own reach.
    """
    with bewaakt(Recht.BEZETTING_INVOEREN.value, door=door, herkomst=herkomst):
        _eis_plekken([opgave.onderdeel for opgave in opgaven], door)
        houd_kwartalen({(opgave.jaar, opgave.kwartaal) for opgave in opgaven})
        houd_slot(Slot.METING)
        uitkomst = vergelijk_bezetting(opgaven, gezien)
        if keur:
            keur(uitkomst)
        rijen = schrijf(uitkomst, BEZETTING_INDIENEN, door=door, herkomst=herkomst, reden=reden, op=op, demo=demo)
    return rijen, uitkomst


def mag_bezetting(reikwijdte: Reikwijdte, onderdeel: str) -> bool:
    """A theme gives no reach here: bezetting belongs to an onderdeel."""
    return reikwijdte.alles or onderdeel in reikwijdte.onderdelen


def _eis_plekken(onderdelen: Sequence[str], door: User) -> None:
    reikwijdte = lees_reikwijdte(door, Recht.BEZETTING_INVOEREN)
    if not (reikwijdte.alles or reikwijdte.onderdelen):
        raise NietToegestaan(f"{door} mag geen bezetting voorstellen. Vraag de beheerder om de juiste rol.")
    if not all(mag_bezetting(reikwijdte, onderdeel) for onderdeel in onderdelen):
        raise NietToegestaan("Een van deze regels hoort niet bij uw district.")


def stel_bezetting_vast(
    rijen: Sequence[Bezetting], *, door: User, herkomst: str, op: datetime | None = None
) -> list[Bezetting]:
    """Approve proposed bezetting, all or none, and write the measurements that follow from it.

    The author never approves; the database refuses it too. Raises Verouderd, KwartaalGesloten or NietToegestaan.
    """
    with bewaakt(Recht.BEZETTING_VASTSTELLEN.value, door=door, herkomst=herkomst):
        eis_recht(door, Recht.BEZETTING_VASTSTELLEN, "bezetting vaststellen")
        _eis_open_kwartalen(rijen)
        houd_slot(Slot.METING)
        ingediend = vergrendel(rijen, "onderdeel", "ingevoerd_door")
        weiger_eigen_werk(ingediend, door)
        op = op or timezone.now()
        neem_aan(ingediend, door=door, op=op)
        leg_vast(_spoor("vastgesteld", ingediend, door, herkomst, op))
        for rij in ingediend:
            rij.staat, rij.vastgesteld_door, rij.vastgesteld_op = Staat.VASTGESTELD, door, op
        leid_af(ingediend, door=door, op=op)
    return ingediend


def stuur_bezetting_terug(
    rijen: Sequence[Bezetting], *, door: User, reden: str, herkomst: str, op: datetime | None = None
) -> list[Bezetting]:
    """Send proposed bezetting back to its author, with a reason."""
    with bewaakt("bezetting terugsturen", door=door, herkomst=herkomst):
        eis_recht(door, Recht.BEZETTING_VASTSTELLEN, "bezetting terugsturen")
        eis_reden(reden, "Schrijf waarom u de bezetting terugstuurt.")
        _eis_open_kwartalen(rijen)
        ingediend = vergrendel(rijen, "onderdeel")
        op = op or timezone.now()
        wijs_af(ingediend, door=door, reden=reden, op=op)
        leg_vast(_spoor("teruggestuurd", ingediend, door, herkomst, op, reden))
    return ingediend


def neem_bezetting_terug(
    rijen: Sequence[Bezetting], *, door: User, herkomst: str, op: datetime | None = None
) -> list[Bezetting]:
    """Take back proposed bezetting, to change it; who approves at the same moment finds it gone, or was first."""
    with bewaakt("bezetting terugnemen", door=door, herkomst=herkomst):
        _eis_plekken([rij.onderdeel.code for rij in rijen], door)
        _eis_open_kwartalen(rijen)
        ingediend = vergrendel(rijen, "onderdeel")
        op = op or timezone.now()
        Bezetting.objects.filter(pk__in=[rij.pk for rij in ingediend]).update(staat=Staat.CONCEPT)
        leg_vast(_spoor("teruggenomen", ingediend, door, herkomst, op))
    return ingediend


def _eis_open_kwartalen(rijen: Sequence[Bezetting]) -> None:
    eis_open({(rij.jaar, rij.kwartaal) for rij in rijen})


def _spoor(
    handeling: str, rijen: Sequence[Bezetting], door: User, herkomst: str, op: datetime, reden: str = ""
) -> list[AuditEvent]:
    return [
        gebeurtenis(handeling, rij, door=door, herkomst=herkomst, naar=inhoud_van(rij), reden=reden, op=op)
        for rij in rijen
    ]
