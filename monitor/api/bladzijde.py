"""Pages of a list: ``?pagina=`` from 1, ``?perPagina=`` up to 1000."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db.models import QuerySet
from ninja import Query, Schema
from pydantic import ConfigDict, Field

PER_PAGINA, HOOGSTENS = 100, 1000

Bron = TypeVar("Bron")
Uit = TypeVar("Uit")


class Bladzijde(Schema):
    """Which page is asked for."""

    model_config = ConfigDict(populate_by_name=True)

    pagina: int = Field(1, ge=1, le=1_000_000)
    per_pagina: int = Field(PER_PAGINA, ge=1, le=HOOGSTENS, alias="perPagina")


BladzijdeVraag = Query[Bladzijde]


def blader(
    rijen: QuerySet[Any] | Sequence[Bron], bladzijde: Bladzijde, maak: Callable[[Any], Uit]
) -> dict[str, list[Uit] | int]:
    """One page of rows, and how many there are in all."""
    begin = (bladzijde.pagina - 1) * bladzijde.per_pagina
    totaal = rijen.count() if isinstance(rijen, QuerySet) else len(rijen)
    return {"resultaten": [maak(rij) for rij in rijen[begin : begin + bladzijde.per_pagina]], "totaal": totaal}
