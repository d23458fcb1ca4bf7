"""The only way in for a value: submit, approve, send back. Set-based, atomic and audited.

Each function is one transaction. What must be recomputed is written in that same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.audit import AuditEvent, gebeurtenis, leg_vast
from common.locks import Slot, houd_slot
from common.vaststelling import Staat
from formatie.models import Onderdeel
from monitor.invoer.validatie import bezwaren_tegen
from monitor.invoer.vergelijken import Vergelijking, cijfers_van, vergelijk
from monitor.invoer.waarneming import Fout, InvoerFout, Waarneming
from monitor.models import Indicator, Meting
from monitor.rekenen.wachtrij import vraag_herberekeningen


class NietToegestaan(Exception):
    """The person may not do this; the message says why, in Dutch."""


@transaction.atomic
def dien_in(
    waarnemingen: Sequence[Waarneming],
    *,
    door: User,
    herkomst: str,
    reden: str = "",
    op: datetime | None = None,
    demo: bool = False,
) -> tuple[list[Meting], Vergelijking]:
    """Submit observations for approval, all or none. What is equal already is left alone.

    An approved value is never edited: a different figure becomes a new version that names it, with
    ``reden``. Raises InvoerFout with every fault, NietToegestaan without the right to enter values.
    """
    _eis(door, Recht.METING_INVOEREN, "metingen invoeren")
    houd_slot(Slot.METING)
    uitkomst = vergelijk(waarnemingen)
    if uitkomst.fouten:
        raise InvoerFout(sorted(uitkomst.fouten, key=lambda fout: fout.rij))
    op = op or timezone.now()
    nieuw = _maak_versies(uitkomst, door, reden, op, demo)
    herzien = _herzie_open_versies(uitkomst, door, op)
    leg_vast([*_spoor_nieuw(nieuw, door, herkomst, op), *_spoor_herzien(herzien, door, herkomst, op)])
    return [*nieuw, *(meting for meting, _ in herzien)], uitkomst


def _eis(door: User, recht: Recht, wat: str) -> None:
    if not (door.is_active and door.mag_overal(recht)):
        raise NietToegestaan(f"{door} mag geen {wat}. Vraag de beheerder om de juiste rol.")


def _maak_versies(uitkomst: Vergelijking, door: User, reden: str, op: datetime, demo: bool) -> list[Meting]:
    """First versions, and corrections of approved ones."""
    correcties = {w.sleutel: m for w, m in uitkomst.gewijzigd if m.staat == Staat.VASTGESTELD}
    waarnemingen = [*uitkomst.nieuw, *(w for w, m in uitkomst.gewijzigd if w.sleutel in correcties)]
    indicatoren = {i.code: i for i in Indicator.objects.filter(code__in={w.indicator for w in waarnemingen})}
    onderdelen = {o.code: o for o in Onderdeel.objects.filter(code__in={w.onderdeel for w in waarnemingen})}
    return Meting.objects.bulk_create(
        [
            Meting(
                indicator=indicatoren[w.indicator],
                onderdeel=onderdelen[w.onderdeel],
                jaar=w.jaar,
                kwartaal=w.kwartaal,
                **cijfers_van(w),
                staat=Staat.INGEDIEND,
                ingevoerd_door=door,
                ingevoerd_op=op,
                ingediend_op=op,
                vervangt=correcties.get(w.sleutel),
                vervangreden=(reden or w.toelichting or "Gecorrigeerd.") if w.sleutel in correcties else "",
                demo=demo,
            )
            for w in waarnemingen
        ],
        batch_size=2000,
    )


def _herzie_open_versies(uitkomst: Vergelijking, door: User, op: datetime) -> list[tuple[Meting, dict[str, object]]]:
    """Concepts and values that were sent back take the new figures and are submitted (again)."""
    herzien = []
    for waarneming, meting in uitkomst.gewijzigd:
        if meting.staat != Staat.VASTGESTELD:
            herzien.append((meting, cijfers_van(meting)))
            _neem_over(meting, waarneming, door, op)
    velden = [*Meting.CIJFERS, "staat", "ingevoerd_door", "ingevoerd_op", "ingediend_op"]
    velden += ["afgekeurd_door", "afgekeurd_op", "afkeurreden"]
    Meting.objects.bulk_update([meting for meting, _ in herzien], velden, batch_size=2000)
    return herzien


def _neem_over(meting: Meting, waarneming: Waarneming, door: User, op: datetime) -> None:
    for naam, waarde in cijfers_van(waarneming).items():
        setattr(meting, naam, waarde)
    meting.staat = Staat.INGEDIEND
    meting.ingevoerd_door, meting.ingevoerd_op, meting.ingediend_op = door, op, op
    meting.afgekeurd_door, meting.afgekeurd_op, meting.afkeurreden = None, None, ""


def _spoor_nieuw(metingen: list[Meting], door: User, herkomst: str, op: datetime) -> list[AuditEvent]:
    return [
        gebeurtenis(
            "correctie ingediend" if m.vervangt else "ingediend",
            m,
            door=door,
            herkomst=herkomst,
            van=cijfers_van(cast(Meting, m.vervangt)) if m.vervangt else None,
            naar=cijfers_van(m),
            reden=m.vervangreden,
            op=op,
        )
        for m in metingen
    ]


def _spoor_herzien(
    herzien: list[tuple[Meting, dict[str, object]]], door: User, herkomst: str, op: datetime
) -> list[AuditEvent]:
    return [
        gebeurtenis("opnieuw ingediend", m, door=door, herkomst=herkomst, van=voor, naar=cijfers_van(m), op=op)
        for m, voor in herzien
    ]


@transaction.atomic
def stel_vast(metingen: Sequence[Meting], *, door: User, herkomst: str, op: datetime | None = None) -> list[Meting]:
    """Approve submitted values, all or none; a value they correct becomes ``vervangen``.

    The author never approves; the database refuses it too. What follows from the values is asked to be
    recomputed in this same transaction.
    """
    _eis(door, Recht.METING_VASTSTELLEN, "metingen vaststellen")
    ingediend = _vergrendel(metingen, Staat.INGEDIEND)
    _weiger_eigen_werk(ingediend, door)
    op = op or timezone.now()
    vervangen = [m.vervangt_id for m in ingediend if m.vervangt_id]
    Meting.objects.filter(pk__in=vervangen).update(staat=Staat.VERVANGEN, vervangen_op=op)
    pks = [m.pk for m in ingediend]
    Meting.objects.filter(pk__in=pks).update(staat=Staat.VASTGESTELD, vastgesteld_door=door, vastgesteld_op=op)
    leg_vast(
        [gebeurtenis("vastgesteld", m, door=door, herkomst=herkomst, naar=cijfers_van(m), op=op) for m in ingediend]
    )
    vraag_herberekeningen({(m.indicator_id, m.onderdeel_id, m.jaar) for m in ingediend})
    return ingediend


@transaction.atomic
def stuur_terug(
    metingen: Sequence[Meting], *, door: User, reden: str, herkomst: str, op: datetime | None = None
) -> list[Meting]:
    """Send submitted values back to their author, with a reason."""
    _eis(door, Recht.METING_VASTSTELLEN, "metingen terugsturen")
    bezwaren = bezwaren_tegen(reden) if reden.strip() else ["Schrijf waarom u de waarde terugstuurt."]
    if bezwaren:
        raise InvoerFout([Fout(0, "reden", bezwaar) for bezwaar in bezwaren])
    ingediend = _vergrendel(metingen, Staat.INGEDIEND)
    op = op or timezone.now()
    Meting.objects.filter(pk__in=[m.pk for m in ingediend]).update(
        staat=Staat.AFGEKEURD, afgekeurd_door=door, afgekeurd_op=op, afkeurreden=reden
    )
    leg_vast([gebeurtenis("teruggestuurd", m, door=door, herkomst=herkomst, reden=reden, op=op) for m in ingediend])
    return ingediend


def _vergrendel(metingen: Sequence[Meting], staat: Staat) -> list[Meting]:
    """Lock the rows and refuse all of them when one is no longer as the caller saw it."""
    pks = [m.pk for m in metingen]
    rijen = list(
        Meting.objects.select_for_update(of=("self",))
        .filter(pk__in=pks)
        .select_related("indicator", "onderdeel")
        .order_by("pk")
    )
    gezien = {m.pk: cijfers_van(m) for m in metingen}
    if len(rijen) != len(set(pks)) or any(r.staat != staat or cijfers_van(r) != gezien[r.pk] for r in rijen):
        raise NietToegestaan("Een waarde is gewijzigd nadat u die las. Bekijk de nieuwe stand en probeer het opnieuw.")
    return rijen


def _weiger_eigen_werk(metingen: Sequence[Meting], door: User) -> None:
    if any(m.ingevoerd_door_id == door.pk for m in metingen):
        raise NietToegestaan("U heeft een van deze waarden zelf ingevoerd. Laat iemand anders die vaststellen.")
