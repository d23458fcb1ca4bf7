"""Actions as they stand, or stood on a day: each with its version of that moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from common.tekst.zoeken import zoek
from sturing.models import Actieversie


def get_acties(moment: datetime | None = None) -> QuerySet[Actieversie]:
    """Every action with its decision and meeting, what is due first first; one query."""
    versies: QuerySet[Any] = Actieversie.objects.zoals_bekend_op(moment)
    return versies.select_related("actie__besluit__punt__overleg", "eigenaar", "door").order_by("datum", "actie")


def get_open_acties(moment: datetime | None = None) -> QuerySet[Actieversie]:
    return get_acties(moment).filter(status=Actieversie.Status.OPEN)


def zoek_acties(woorden: Sequence[str]) -> QuerySet[Actieversie]:
    """As they stand now, done and withdrawn ones too."""
    return zoek(get_acties(), woorden, namen=("actie__wat",), teksten=("actie__besluit__tekst", "reden"))


def get_versies(actie: int) -> QuerySet[Actieversie]:
    """Everything that was said of one action, the newest first."""
    return Actieversie.objects.filter(actie=actie).select_related("eigenaar", "door").order_by("-nummer")
