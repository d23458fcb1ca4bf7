"""Deciding on what two persons answer for: lock it as it was seen, refuse one's own work, adopt it or send it back.

Written once for every Vaststelling. The caller holds the transaction and writes the audit trail in it.
"""

import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar, cast

from django.db import transaction
from django.utils import timezone

from common.vaststellen.audit import AuditEvent, leg_vast
from common.vaststellen.model import Staat, Vaststelling

log = logging.getLogger("strategie.beveiliging")
V = TypeVar("V", bound=Vaststelling)

VEROUDERD = "Een waarde is gewijzigd of al behandeld nadat u die las. Er is niets gedaan; bekijk de nieuwe stand."
EIGEN_WERK = "U heeft hiervan iets zelf ingevoerd. Laat iemand anders dat vaststellen."


class Geweigerd(Exception):
    """It was not done; the message says why and what to do, in Dutch."""


class NietToegestaan(Geweigerd):
    """The person may not do this. ``spoor`` is the row of the audit trail that says so, once there is one."""

    spoor: AuditEvent | None = None


class Verouderd(Geweigerd):
    """What was decided on is no longer what its reader saw; of ``sleutels`` where that is known, else of all."""

    def __init__(self, bericht: str = VEROUDERD, sleutels: Collection[int] = ()) -> None:
        super().__init__(bericht)
        self.sleutels = frozenset(sleutels)


@contextmanager
def bewaakt(handeling: str, *, door: Any, herkomst: str) -> Iterator[None]:
    """One transaction; when the person may not do it, that they tried stays in the audit trail and in the log.

    Inside another ``bewaakt`` the outer one takes the row back with everything else, and writes it again. A bare
    ``transaction.atomic`` around it would lose the row.
    """
    try:
        with transaction.atomic():
            yield
    except NietToegestaan as fout:
        if fout.spoor is None:
            fout.spoor = weigering(handeling, str(fout), door=door, herkomst=herkomst)
        leg_vast([fout.spoor])
        raise


def weigering(handeling: str, reden: str, *, door: Any, herkomst: str) -> AuditEvent:
    """That someone tried what they may not do: a row for the audit trail, and a line for who watches the log."""
    log.warning("%s geweigerd voor %s (%s): %s", handeling, door, herkomst, reden)
    return AuditEvent(
        op=timezone.now(),
        door_id=door.pk,
        door_naam=str(door),
        handeling="geweigerd",
        object_soort="recht",
        object_id=handeling[:60],
        object_naam=handeling,
        reden=reden,
        herkomst=herkomst,
    )


def vergrendel(rijen: Sequence[V], *verwant: str, staten: Collection[str] = (Staat.INGEDIEND,)) -> list[V]:
    """Lock rows in these states. Raises Verouderd, for all of them, when one is no longer as the caller saw it."""
    if not rijen:
        return []
    gezien = {rij.pk: rij.inhoud for rij in rijen}
    alle = type(rijen[0])._default_manager.select_for_update(of=("self",)).select_related(*verwant)
    nu = cast("list[V]", list(alle.filter(pk__in=gezien).order_by("pk")))
    als_gezien = {rij.pk for rij in nu if rij.staat in staten and rij.inhoud == gezien[rij.pk]}
    if anders := gezien.keys() - als_gezien:
        raise Verouderd(sleutels=anders)
    return nu


def weiger_eigen_werk(rijen: Sequence[Vaststelling], door: Any) -> None:
    """The author never approves; a constraint of the database says the same."""
    if any(rij.ingevoerd_door_id == door.pk for rij in rijen):
        raise NietToegestaan(EIGEN_WERK)


def neem_aan(rijen: Sequence[V], *, door: Any, op: datetime) -> None:
    """The locked rows count from ``op``; a version that one of them corrects is replaced at that same moment."""
    if not rijen:
        return
    alle = type(rijen[0])._default_manager
    vervangen = [rij.vervangt_id for rij in rijen if rij.vervangt_id]  # type: ignore[attr-defined]  # made by Django
    alle.filter(pk__in=vervangen).update(staat=Staat.VERVANGEN, vervangen_op=op)
    alle.filter(pk__in=[rij.pk for rij in rijen]).update(
        staat=Staat.VASTGESTELD, vastgesteld_door=door, vastgesteld_op=op
    )


def wijs_af(rijen: Sequence[V], *, door: Any, reden: str, op: datetime) -> None:
    """The locked rows go back to their author, with a reason."""
    if rijen:
        type(rijen[0])._default_manager.filter(pk__in=[rij.pk for rij in rijen]).update(
            staat=Staat.AFGEKEURD, afgekeurd_door=door, afgekeurd_op=op, afkeurreden=reden
        )
