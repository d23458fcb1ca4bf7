"""Hand over a page as it was made before, for as long as nothing it is made from has changed.

The database itself says whether something changed (``common.pagina.cache``), whoever wrote it and by whatever
way. So nothing needs to be told that a page is out of date, and none can be forgotten.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, models, transaction
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils import timezone

BEWAAR = timedelta(days=1)


class Wijziging(models.Model):
    """That something was written, when and in which table (empty: any); what it was is for the audit trail."""

    op = models.DateTimeField("op", db_default=Now())
    tabel = models.CharField("tabel", max_length=63, blank=True, db_default="")

    class Meta:
        verbose_name = "wijziging"
        verbose_name_plural = "wijzigingen"

    def __str__(self) -> str:
        return f"wijziging {self.pk}"


Stand = tuple[int, ...]
# Text that somebody types is in no page that is kept, but it counts in what waits.
_GETYPT = "monitor_concept"
_STAND = """
SELECT count(*) FILTER (WHERE tabel <> %s), coalesce(max(id) FILTER (WHERE tabel <> %s), 0), count(*),
    coalesce(max(id), 0) FROM common_wijziging
"""


def lees_stand() -> Stand:
    """How many there are and the newest: a transaction that commits late raises the first, any other the second.

    Of what pages are made from, and then the same with what somebody types.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAND, [_GETYPT, _GETYPT])
        return cursor.fetchone()


def lees_standen() -> dict[str, Stand]:
    """The same of each table that was written to, and under no name what counts for all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tabel, count(*), max(id) FROM common_wijziging GROUP BY tabel")
        return {tabel: tuple(stand) for tabel, *stand in cursor.fetchall()}


@transaction.atomic
def ruim_op() -> None:
    """Forget what is older than a day. The row it adds keeps a standing from ever coming back."""
    if Wijziging.objects.filter(op__lt=Now() - BEWAAR).delete()[0]:
        Wijziging.objects.create()


Pagina = dict[str, Any]
# Only an address with nothing but the quarter is kept: whatever else people can type there is without end.
BEKEND = {"kwartaal"}
BEWAAR_SECONDEN = 3600


@contextmanager
def een_stand() -> Iterator[None]:
    """Read everything inside as of one moment: a chart and its table never come from two computations."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def bewaard(
    request: HttpRequest,
    maak: Callable[[], Pagina],
    keuze: Any = None,
    *,
    bewaren: bool = True,
    overal: bool = False,
) -> Pagina:
    """The page that ``maak`` gives, all of one moment. It may depend on the address, the roles, today and ``keuze``.

    ``overal``: it is a part of every page, does not depend on the address, and may depend on what somebody types.
    """
    if connection.in_atomic_block:
        return maak()
    te_bewaren = bewaren and (overal or set(request.GET) <= BEKEND) and not settings.DEBUG
    sleutel = _sleutel(request, keuze, overal) if te_bewaren else ""
    gevonden = cache.get(sleutel) if sleutel else None
    telt = slice(None) if overal else slice(2)
    if gevonden and gevonden["stand"] == _stand_van(request)[telt]:
        return gevonden["pagina"]
    with een_stand():
        stand, pagina = lees_stand(), maak()
    request.stand = stand  # type: ignore[attr-defined]  # of the request, not of Django's class
    if sleutel:
        cache.set(sleutel, {"stand": stand[telt], "pagina": pagina}, BEWAAR_SECONDEN)
    return pagina


def _stand_van(request: HttpRequest) -> Stand:
    """Asked once a request: all that it hands over, kept or made, is then of one moment."""
    if not hasattr(request, "stand"):
        request.stand = lees_stand()  # type: ignore[attr-defined]  # of the request, not of Django's class
    return request.stand  # type: ignore[attr-defined]  # set above


def _sleutel(request: HttpRequest, keuze: Any, overal: bool) -> str:
    """Everything a page depends on besides the database: never who reads it, always what that person may read."""
    rollen = sorted((v.rol, v.onderdeel_code, v.thema_slug) for v in request.user.vervullingen)  # type: ignore[union-attr]  # logged in
    adres = () if overal else (request.path, request.GET.get("kwartaal", ""))
    delen = (*adres, timezone.localdate().isoformat(), rollen, keuze)
    return "pagina:" + hashlib.sha256(repr(delen).encode()).hexdigest()
