"""Meetings as they stand, or stood on a day: which comes next, and what is on the agenda of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.periode import Kwartaal
from sturing.lezen.jaarplan import lees_titels
from sturing.models import Agendapunt, Besluit, Overleg

_WAARIN = ("plan__hoofdlijn__thema", "vraag__ambitie__thema", "vraag__plan__hoofdlijn__thema")
"""From which the theme of a point is read."""


@dataclass(frozen=True)
class Punt:
    """A point as one reader has it: what holds figures is left out for who reads none."""

    punt: Agendapunt
    toelichting: str
    stand: str
    activiteit: str
    besluiten: Sequence[Besluit]

    @property
    def kwartaal(self) -> Kwartaal | None:
        return self.punt.periode


def get_overleggen(moment: datetime | None = None) -> QuerySet[Overleg]:
    """Every meeting, the earliest first; None is now."""
    return Overleg.objects.zoals_bekend_op(moment)


def lees_volgend(dag: date, moment: datetime | None = None) -> Overleg | None:
    """The first meeting on that day or later; one query."""
    return get_overleggen(moment).filter(datum__gte=dag).order_by("datum", "pk").first()


def lees_agenda(overleg: Overleg, user: User, moment: datetime | None = None) -> list[Punt]:
    """The points in their order with their decisions, as this person may read them: three queries."""
    return lees_agendas([overleg], user, moment)[overleg.pk]


def lees_agendas(overleggen: Sequence[Overleg], user: User, moment: datetime | None = None) -> Mapping[int, list[Punt]]:
    """The same of several meetings, by their key, in as many queries."""
    leest = user.mag(Recht.CIJFERS_LEZEN)
    besluiten = Besluit.objects.zoals_bekend_op(moment) if leest else Besluit.objects.none()
    van_punt = Prefetch("besluiten", besluiten.select_related("door").order_by("op", "pk"), to_attr="genomen")
    rijen = Agendapunt.objects.zoals_bekend_op(moment).filter(overleg__in=overleggen).order_by("volgorde", "pk")
    punten: list[Any] = list(rijen.select_related("indicator", "thema", "door", *_WAARIN).prefetch_related(van_punt))
    titels = lees_titels({punt.plan_id for punt in punten if punt.plan_id}, moment)
    per_overleg: dict[int, list[Punt]] = {overleg.pk: [] for overleg in overleggen}
    for punt in punten:
        toelichting, stand = (punt.toelichting, punt.stand) if leest else ("", "")
        activiteit = titels.get(punt.plan_id or 0, "")
        per_overleg[punt.overleg_id].append(Punt(punt, toelichting, stand, activiteit, punt.genomen))
    return per_overleg
