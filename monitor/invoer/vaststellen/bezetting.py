"""Bezetting that waits for approval, as an approver must see it: each figure beside the one that counts now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from django.db.models import QuerySet

from accounts.models import User
from accounts.rollen import Recht
from common.vaststellen.model import Staat
from formatie.models import Bezetting
from monitor.invoer.bezetting.vergelijken import als_opgave, twijfels_bij_bezetting
from monitor.invoer.bezetting.weergave import Naastelkaar, in_woorden, naast_elkaar, plaatsnaam
from monitor.invoer.vaststellen.selectors import gekozen, keuze_van


@dataclass(frozen=True, slots=True)
class Wachtend:
    """One proposal with the approved bezetting it stands against, for one reader."""

    rij: Bezetting
    nu: Bezetting | None
    is_eigen: bool
    twijfels: list[str]

    @property
    def keuze(self) -> str:
        """What a form sends back: which row, and exactly which figures were on the screen."""
        return keuze_van(self.rij)

    @property
    def naam(self) -> str:
        return plaatsnaam(self.rij)

    @property
    def periode(self) -> str:
        return f"Q{self.rij.kwartaal} {self.rij.jaar}"

    @property
    def cijfers(self) -> list[Naastelkaar]:
        return naast_elkaar(self.rij, self.nu)

    @property
    def omschrijving(self) -> str:
        return f"{self.naam}, {self.periode}: {in_woorden(self.rij)}"


def get_wachtend(user: User) -> QuerySet[Bezetting]:
    """Every proposal this approver may decide on, by quarter and place."""
    rijen = Bezetting.objects.filter(staat=Staat.INGEDIEND)
    if not user.mag_overal(Recht.BEZETTING_VASTSTELLEN):
        return rijen.none()
    return rijen.select_related("onderdeel", "ingevoerd_door", "vervangt").order_by(
        "jaar", "kwartaal", "onderdeel__volgorde", "onderdeel__code", "soort", "pk"
    )


def als_wachtend(rijen: Iterable[Bezetting], user: User) -> list[Wachtend]:
    """Each proposal with what counts now, and with the same doubts its author got."""
    rijen = list(rijen)
    twijfels = twijfels_bij_bezetting([als_opgave(rij) for rij in rijen])
    return [
        Wachtend(
            rij,
            cast("Bezetting | None", rij.vervangt),
            rij.ingevoerd_door_id == user.pk,
            [twijfel.reden for twijfel in twijfels.get(rij.pk, [])],
        )
        for rij in rijen
    ]


def lees_keuze(keuzes: Sequence[str], user: User) -> list[Bezetting]:
    """The rows that were ticked. Raises Verouderd when one changed, was decided on, or was never there."""
    wachtend = gekozen(keuzes, lambda pks: als_wachtend(get_wachtend(user).filter(pk__in=pks), user))
    return [wacht.rij for wacht in wachtend]
