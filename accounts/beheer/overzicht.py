"""What the pages of a beheerder show: accounts with their roles, what waits for a decision, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.beheer.services import let_op, waarom_niet
from accounts.models import Rolvervulling, Rolvoorstel, User
from common.tekst.tekens import hoofdletter, zichtbaar
from common.vaststellen.audit import AuditEvent

MEESTE_STAPPEN = 100


@dataclass(frozen=True)
class Voorstelrij:
    """An open proposal, with why the reader cannot confirm it, and what they must know."""

    voorstel: Rolvoorstel
    waarom_niet: str
    let_op: str


@dataclass(frozen=True)
class Stap:
    op: datetime
    zin: str
    reden: str
    herkomst: str


def lees_accounts() -> QuerySet[User]:
    """Everyone, with the roles of today as ``nu``."""
    geldig = Rolvervulling.objects.geldig_op(timezone.localdate())
    return User.objects.order_by("username").prefetch_related(Prefetch("rolvervullingen", geldig, to_attr="nu"))


def lees_voorstellen(lezer: User, user: User | None = None) -> list[Voorstelrij]:
    """What waits for a second beheerder, of everyone or of one person; oldest first."""
    rijen = Rolvoorstel.objects.open().select_related("user", "voorsteller").order_by("voorgesteld_op", "pk")
    if user is not None:
        rijen = rijen.filter(user=user)
    return [Voorstelrij(rij, waarom_niet(rij, lezer), let_op(rij)) for rij in rijen]


def lees_rollen(user: User) -> Sequence[Rolvervulling]:
    """The roles of today and later, then those that ended, the newest first."""
    alle = user.rolvervullingen.order_by("rol", "pk")
    lopend = list(alle.ooit_vanaf(timezone.localdate()))
    geweest = alle.exclude(pk__in=[rij.pk for rij in lopend]).order_by("-geldig_tot", "-pk")
    return [*lopend, *geweest]


def lees_stappen(user: User) -> list[Stap]:
    """What the trail says of the account, its roles and the proposals about it, the newest first."""
    soorten = {
        "user": [user.pk],
        "rolvervulling": user.rolvervullingen.values_list("pk", flat=True),
        "rolvoorstel": user.rolvoorstellen.values_list("pk", flat=True),
        "apitoken": user.tokens.values_list("pk", flat=True),
    }
    van = Q()
    for soort, pks in soorten.items():
        van |= Q(object_soort=soort, object_id__in=[str(pk) for pk in pks])
    return [_stap(spoor) for spoor in AuditEvent.objects.filter(van).order_by("-pk")[:MEESTE_STAPPEN]]


def _stap(spoor: AuditEvent) -> Stap:
    zin = f"{hoofdletter(spoor.handeling)}: {spoor.object_naam}, door {spoor.door_naam}.{_verschil(spoor)}"
    return Stap(spoor.op, zichtbaar(zin), spoor.reden, spoor.herkomst)


def _verschil(spoor: AuditEvent) -> str:
    """From what to what, for the names and addresses that changed."""
    van, naar = spoor.van or {}, spoor.naar or {}
    anders = [f"“{van[n]}” werd “{naar[n]}”" for n in naar if n in van and van[n] != naar[n] and van[n] and naar[n]]
    return f" {'; '.join(anders)}." if anders else ""
