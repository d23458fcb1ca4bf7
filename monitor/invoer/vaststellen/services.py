"""Proposals two persons decide on, targets and definition sheets: lock them, send back, take back. Once for both.

Whoever proposes or decides holds ``Slot.VOORSTEL`` of the indicator, then the rows. What is specific to a target or
a sheet is in ``doelen`` and ``definities``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.vaststellen.audit import AuditEvent, gebeurtenis, leg_vast
from common.vaststellen.besluit import NietToegestaan, Verouderd, bewaakt, vergrendel, wijs_af
from common.vaststellen.model import Staat
from monitor.invoer.meting.services import eis_reden
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.models import Definitieversie, Doelstelling
from monitor.reikwijdte import lees_reikwijdte

OPENSTAAND = (Staat.CONCEPT, Staat.INGEDIEND, Staat.AFGEKEURD)
Voorstel = Doelstelling | Definitieversie
V = TypeVar("V", Doelstelling, Definitieversie)
Blad = Mapping[str, Any]


@contextmanager
def besluit_over(voorstellen: Sequence[V], *verwant: str, recht: Recht, door: User, herkomst: str) -> Iterator[list[V]]:
    """One transaction with the proposals locked as their reader saw them. Raises Verouderd or NietToegestaan."""
    with bewaakt(recht.value, door=door, herkomst=herkomst):
        if not (door.is_active and door.mag_overal(recht)):
            raise NietToegestaan(
                f"{door} mag dit niet vaststellen of terugsturen. Vraag de beheerder om de juiste rol."
            )
        houd_indicatoren(voorstel.indicator_id for voorstel in voorstellen)
        yield vergrendel(voorstellen, "indicator", *verwant)


def houd_indicatoren(indicatoren: Iterable[int]) -> None:
    """Nobody else proposes or decides for these until the transaction ends; in one order."""
    for indicator in sorted(set(indicatoren)):
        houd_slot(Slot.VOORSTEL, indicator)


def stuur_voorstellen_terug(
    voorstellen: Sequence[V], *, recht: Recht, door: User, reden: str, herkomst: str, op: datetime | None = None
) -> list[V]:
    """Send proposals back to who made them, with a reason."""
    with besluit_over(voorstellen, recht=recht, door=door, herkomst=herkomst) as open_:
        eis_reden(reden, "Schrijf waarom u het voorstel terugstuurt.")
        op = op or timezone.now()
        wijs_af(open_, door=door, reden=reden, op=op)
        leg_vast([spoor("teruggestuurd", rij, door, herkomst, op, reden=reden) for rij in open_])
    return open_


def trek_in(voorstel: Voorstel, *, door: User, herkomst: str) -> None:
    """Take back one's own open proposal. It goes; the audit trail keeps what it said."""
    with bewaakt("voorstel intrekken", door=door, herkomst=herkomst):
        houd_indicatoren([voorstel.indicator_id])
        rij = type(voorstel).objects.filter(pk=voorstel.pk, staat__in=OPENSTAAND).first()
        if rij is None or rij.inhoud != voorstel.inhoud:
            raise Verouderd
        if rij.ingevoerd_door_id != door.pk:
            raise NietToegestaan("Alleen wie het voorstel deed, kan het intrekken.")
        if not _mag_voorstellen(door, rij):
            raise NietToegestaan(f"{door} mag hiervoor geen voorstel meer doen of intrekken.")
        leg_vast([spoor("ingetrokken", rij, door, herkomst, timezone.now())])
        if rij.staat == Staat.INGEDIEND:  # the database lets only a concept go, or what was sent back
            type(rij).objects.filter(pk=rij.pk).update(staat=Staat.CONCEPT)
        rij.delete()


def _mag_voorstellen(door: User, rij: Voorstel) -> bool:
    """Whether the right to propose this is still there."""
    if isinstance(rij, Doelstelling):
        return lees_reikwijdte(door, Recht.DOEL_VOORSTELLEN).bevat(rij.indicator.code, rij.onderdeel.code)
    return lees_reikwijdte(door, Recht.DEFINITIE_VOORSTELLEN).bevat(rij.indicator.code, "")


def eis_niet_in_behandeling(open_: Voorstel | None) -> None:
    """Raises InvoerFout when a proposal already waits for a decision."""
    if open_ and open_.staat == Staat.INGEDIEND:
        reden = f"Er ligt al een voorstel van {open_.ingevoerd_door}. Laat dat eerst vaststellen of terugsturen."
        raise InvoerFout([Fout(0, "", reden)])


def leg_voorstel_neer(rij: V, velden: Blad, *, door: User, op: datetime) -> V:
    """Save a new proposal, or the new content of one that was sent back; its author is who hands it in now."""
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    rij.staat = Staat.INGEDIEND
    rij.ingevoerd_door, rij.ingevoerd_op, rij.ingediend_op = door, op, op
    rij.afgekeurd_door, rij.afgekeurd_op, rij.afkeurreden = None, None, ""
    rij.save()
    return rij


def voorgesteld(opnieuw: bool) -> str:
    """The name in the audit trail of handing in a proposal."""
    return "opnieuw voorgesteld" if opnieuw else "voorgesteld"


def spoor(
    handeling: str, rij: Voorstel, door: User, herkomst: str, op: datetime, *, van: Blad | None = None, reden: str = ""
) -> AuditEvent:
    """What happened to a proposal, with everything it says in words that outlive the rows it points at."""
    return gebeurtenis(
        handeling,
        rij,
        door=door,
        herkomst=herkomst,
        van=dict(van) if van is not None else None,
        naar=in_spoor(rij),
        reden=reden,
        op=op,
    )


def in_spoor(rij: Voorstel) -> dict[str, Any]:
    """Which indicator it is about, of a target also where and when, and everything it says."""
    plek: dict[str, Any] = {"indicator": rij.indicator.code}
    if isinstance(rij, Doelstelling):
        plek |= {"onderdeel": rij.onderdeel.code, "jaar": rij.jaar}
    return plek | als_tekst(rij, type(rij).INHOUD)


def als_tekst(bron: Any, velden: Iterable[str]) -> dict[str, Any]:
    """Fields as they are kept in the audit trail: a related object by its name, the rest as it is."""
    waarden = {naam: getattr(bron, naam) for naam in velden}
    return {naam: str(waarde) if isinstance(waarde, User) else waarde for naam, waarde in waarden.items()}


def wachtende(voorstellen: QuerySet[V], *volgorde: str) -> QuerySet[V]:
    """The proposals that wait for a decision, in the order of the agenda."""
    ingediend = voorstellen.filter(staat=Staat.INGEDIEND).select_related("indicator", "ingevoerd_door")
    return ingediend.order_by("indicator__volgorde", "indicator__code", *volgorde, "pk")
