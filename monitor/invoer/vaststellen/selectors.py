"""What waits for approval, as an approver must see it: the new figure beside the one that counts now."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar, cast

from django.db.models import QuerySet

from accounts.models import User
from accounts.rollen import Recht
from common.vaststellen.besluit import Verouderd
from common.vaststellen.model import Staat, Vaststelling
from monitor.invoer.meting.vergelijken import als_waarneming, twijfels_bij
from monitor.invoer.regels.weergave import in_woorden, periode
from monitor.models import Meting
from monitor.zicht import alleen_zichtbaar

V = TypeVar("V", bound=Vaststelling)
_KEUZE = re.compile(r"(\d{1,18}):([0-9a-f]{20})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wachtend:
    """One submitted value with the approved one it stands against, for one reader."""

    meting: Meting
    nu: Meting | None
    is_eigen: bool
    twijfels: list[str]

    @property
    def keuze(self) -> str:
        """What a form sends back: which value, and exactly which figures were on the screen."""
        return keuze_van(self.meting)

    @property
    def periode(self) -> str:
        return periode(self.meting)

    @property
    def nieuw(self) -> str:
        return in_woorden(self.meting)

    @property
    def oud(self) -> str:
        return in_woorden(self.nu) if self.nu else ""


def get_wachtend(user: User) -> QuerySet[Meting]:
    """Every submitted value this approver may decide on, the longest waiting first."""
    metingen = Meting.objects.filter(staat=Staat.INGEDIEND)
    if not user.mag(Recht.METING_VASTSTELLEN):
        return metingen.none()
    return (
        alleen_zichtbaar(metingen, user)
        .select_related("indicator", "onderdeel", "ingevoerd_door", "vervangt", "vervangt__indicator")
        .order_by("indicator__volgorde", "indicator__code", "jaar", "kwartaal", "onderdeel__volgorde", "pk")
    )


def naast_elkaar(metingen: Iterable[Meting], user: User) -> list[Wachtend]:
    """Each value with the one that counts now, and with what is doubtful about it: the same doubts its author got."""
    metingen = list(metingen)
    twijfels = twijfels_bij([als_waarneming(m, m.pk) for m in metingen])
    return [
        Wachtend(
            m,
            cast("Meting | None", m.vervangt),
            m.ingevoerd_door_id == user.pk,
            [twijfel.reden for twijfel in twijfels.get(m.pk, [])],
        )
        for m in metingen
    ]


def lees_keuze(keuzes: Sequence[str], user: User) -> list[Meting]:
    """The values that were ticked. Raises Verouderd when one changed, was decided on, or was never there."""
    return [
        rij.meting for rij in gekozen(keuzes, lambda pks: naast_elkaar(get_wachtend(user).filter(pk__in=pks), user))
    ]


def keuze_van(rij: Vaststelling, *ernaast: object) -> str:
    """Which row, and exactly what its reader saw of it and of what stood beside it."""
    gezien = repr((rij.vingerafdruk, *ernaast)) if ernaast else ""
    return f"{rij.pk}:{hashlib.sha256(gezien.encode()).hexdigest()[:20] if gezien else rij.vingerafdruk}"


class MetKeuze(Protocol):
    """Something that waits, as one reader saw it."""

    @property
    def keuze(self) -> str: ...


W = TypeVar("W", bound=MetKeuze)


def gekozen(keuzes: Sequence[str], lees: Callable[[Collection[int]], list[W]]) -> list[W]:
    """What was ticked, read anew by key. Raises Verouderd unless all of it is exactly as it was on the screen."""
    rijen = lees({int(vorm[1]) for keuze in keuzes if (vorm := _KEUZE.fullmatch(keuze))})
    if {rij.keuze for rij in rijen} != set(keuzes):
        raise Verouderd
    return rijen
