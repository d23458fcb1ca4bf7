"""The jaarplan as it stands, or stood on a day: each activity with its version of that moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from sturing.models import Activiteitversie


def lees_jaarplan(jaar: int, moment: datetime | None = None) -> QuerySet[Activiteitversie]:
    """The activities of that year in the order of the agenda, with milestones and indicators: three queries."""
    versies = Activiteitversie.objects.zoals_bekend_op(moment).filter(plan__jaar=jaar)
    op_volgorde = versies.order_by("plan__hoofdlijn__thema", "plan__hoofdlijn__nummer", "plan__nummer")
    verwant = op_volgorde.select_related("plan__hoofdlijn__thema", "plan__activiteit", "eigenaar")
    return verwant.prefetch_related("mijlpalen", "indicatoren")


def lees_titels(plannen: Collection[int], moment: datetime | None = None) -> dict[int, str]:
    """What these activities are called; one query, none for none."""
    return _per_plan("titel", plannen, moment)


def lees_eigenaars(plannen: Collection[int], moment: datetime | None = None) -> dict[int, int | None]:
    """Who owns these activities; one query, none for none."""
    return _per_plan("eigenaar", plannen, moment)


def _per_plan(veld: str, plannen: Collection[int], moment: datetime | None) -> dict[int, Any]:
    versies = Activiteitversie.objects.zoals_bekend_op(moment).filter(plan__in=plannen)
    return dict(versies.values_list("plan", veld)) if plannen else {}
