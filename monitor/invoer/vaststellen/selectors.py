"""What waits for a decision, as who decides must see it, and what of it was ticked."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet, Value

from accounts.models import User
from common.vaststellen.bewaking import Verouderd
from common.vaststellen.model import Staat, Vaststelling
from monitor.invoer.vaststellen.naast import Naast
from monitor.invoer.vaststellen.soorten import SOORTEN, Soort

_KEUZE = re.compile(r"(\d{1,18}):([0-9a-f]{20})", re.ASCII)
PerInvoerder = Counter[int | None]
_STATEN = (Staat.INGEDIEND, Staat.AFGEKEURD)


@dataclass(frozen=True, slots=True)
class Wachtend:
    """One row that waits, beside what counts now, for one reader; ``keuze`` is what a form sends back."""

    rij: Any
    naast: Naast
    keuze: str
    is_eigen: bool


def get_te_besluiten(soort: Soort, user: User) -> QuerySet[Any]:
    """Everything of this kind that this person may decide on."""
    rijen = soort.wachtend()
    return soort.zichtbaar(rijen, user) if user.mag_overal(soort.besluit) else rijen.none()


def als_wachtend(soort: Soort, rijen: Sequence[Any], user: User) -> list[Wachtend]:
    return [
        Wachtend(rij, naast, keuze_van(soort, rij), rij.ingevoerd_door_id == user.pk)
        for rij, naast in zip(rijen, soort.naast(rijen), strict=True)
    ]


def keuze_van(soort: Soort, rij: Vaststelling) -> str:
    """Which row, and exactly what its reader saw of it and of what stood beside it."""
    ernaast = soort.ernaast(rij)
    gezien = repr((rij.vingerafdruk, *ernaast)) if ernaast else ""
    return f"{rij.pk}:{hashlib.sha256(gezien.encode()).hexdigest()[:20] if gezien else rij.vingerafdruk}"


def lees_keuze(soort: Soort, keuzes: Sequence[str], user: User) -> list[Any]:
    """What was ticked, read anew. Raises Verouderd unless all of it is exactly as it was on the screen."""
    sleutels = {int(vorm[1]) for keuze in keuzes if (vorm := _KEUZE.fullmatch(keuze))}
    rijen = list(get_te_besluiten(soort, user).filter(pk__in=sleutels))
    if {keuze_van(soort, rij) for rij in rijen} != set(keuzes):
        raise Verouderd
    return rijen


def tel_wachtend(user: User) -> dict[Soort, int]:
    """How much waits of each kind that this person may decide on, in one query."""
    eigen = {soort: get_te_besluiten(soort, user) for soort in SOORTEN if user.mag(soort.besluit)}
    return {soort: per_invoerder.total() for soort, per_invoerder in _tel(eigen).items()}


def tel_per_invoerder(soorten: Sequence[Soort] = SOORTEN) -> Mapping[Soort, PerInvoerder]:
    """How much waits for a decision, per kind and author; one query."""
    return tel_per_staat(soorten)[Staat.INGEDIEND]


def tel_per_staat(soorten: Sequence[Soort] = SOORTEN) -> Mapping[str, Mapping[Soort, PerInvoerder]]:
    """The same, and how much was sent back; one query.

    The first page asks it, so it is written out: Django takes longer over the words than PostgreSQL over the answer.
    """
    per_staat: dict[str, dict[Soort, PerInvoerder]] = {staat: {s: Counter() for s in soorten} for staat in _STATEN}
    if soorten:
        with connection.cursor() as cursor:
            cursor.execute(_telvraag(tuple(soorten)), [[*_STATEN]] * len(soorten))
            for plek, staat, invoerder, aantal in cursor.fetchall():
                per_staat[staat][soorten[plek]][invoerder] = aantal
    return per_staat


@lru_cache(maxsize=64)
def _telvraag(soorten: tuple[Soort, ...]) -> str:
    een = "SELECT {}, staat, ingevoerd_door_id, count(*) FROM {} WHERE staat = ANY(%s) GROUP BY 2, 3"
    return " UNION ALL ".join(een.format(plek, s.model._meta.db_table) for plek, s in enumerate(soorten))


def _tel(rijen: Mapping[Soort, QuerySet[Any]]) -> Mapping[Soort, PerInvoerder]:
    per_soort: dict[Soort, PerInvoerder] = {soort: Counter() for soort in rijen}
    per_pagina = {soort.pagina: soort for soort in rijen}
    if not rijen:
        return per_soort
    een, *meer = (
        van.select_related(None)
        .order_by()
        .values("ingevoerd_door", pagina=Value(soort.pagina))
        .annotate(aantal=Count("pk"))
        .values_list("pagina", "ingevoerd_door", "aantal")
        for soort, van in rijen.items()
    )
    for pagina, invoerder, aantal in een.union(*meer, all=True) if meer else een:
        per_soort[per_pagina[pagina]][invoerder] = aantal
    return per_soort
