"""What waits for approval, as an approver must see it: the new figure beside the one that counts now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from django.db.models import QuerySet

from accounts.models import User
from accounts.rollen import Recht
from common.besluit import Verouderd
from common.vaststelling import Staat, Vaststelling
from monitor.invoer.vergelijken import als_waarneming, twijfels_bij
from monitor.invoer.weergave import in_woorden, periode
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
        return f"{self.meting.pk}:{self.meting.vingerafdruk}"

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
    return kies(keuzes, get_wachtend(user))


def kies(keuzes: Sequence[str], wachtend: QuerySet[V]) -> list[V]:
    """The rows that a form names by key and fingerprint, out of what waits."""
    gekozen = {int(vorm[1]): vorm[2] for keuze in keuzes if (vorm := _KEUZE.fullmatch(keuze))}
    rijen = list(wachtend.filter(pk__in=gekozen))
    if len(rijen) != len(set(keuzes)) or any(rij.vingerafdruk != gekozen[rij.pk] for rij in rijen):
        raise Verouderd
    return rijen
