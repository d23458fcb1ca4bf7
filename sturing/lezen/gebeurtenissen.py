"""Events as charts and lists have them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from common.grafiek.tijdlijn import Tijdlijn, Voorval
from common.tekst.zoeken import zoek
from formatie.models import Onderdeel
from monitor.models import Monitorregel
from sturing.models import Gebeurtenis
from sturing.models.gebeurtenis import GebeurtenisQuerySet


def lees_tijdlijn(moment: datetime | None = None) -> Tijdlijn:
    """Every event as known at ``moment``; None is now. One query."""
    rijen = met_reikwijdte(Gebeurtenis.objects.zoals_bekend_op(moment))
    return Tijdlijn(tuple(_voorval(rij) for rij in rijen))


def zoek_gebeurtenissen(woorden: Sequence[str]) -> QuerySet[Gebeurtenis]:
    """Of those that count now."""
    return zoek(Gebeurtenis.objects.zoals_bekend_op(None), woorden, namen=("titel",), teksten=("toelichting", "bron"))


def met_reikwijdte(rijen: GebeurtenisQuerySet) -> GebeurtenisQuerySet:
    """Each with what it touches: ``codes`` of its own indicators, ``themacodes`` of its theme, ``plekken`` by key."""
    eigen = Gebeurtenis.indicatoren.through.objects.filter(gebeurtenis=OuterRef("pk"))
    plekken = Gebeurtenis.onderdelen.through.objects.filter(gebeurtenis=OuterRef("pk"))
    van_thema = Monitorregel.objects.filter(thema=OuterRef("thema"))
    return rijen.annotate(
        codes=ArraySubquery(eigen.order_by("indicator__volgorde", "indicator").values("indicator__code")),
        themacodes=ArraySubquery(van_thema.order_by("volgorde", "pk").values("indicator__code")),
        plekken=ArraySubquery(plekken.order_by("onderdeel").values("onderdeel")),
    )


def _voorval(rij: Gebeurtenis) -> Voorval:
    codes: Iterable[str] = rij.themacodes if rij.thema_id else rij.codes  # type: ignore[attr-defined]  # annotated
    onderdelen = frozenset(rij.plekken)  # type: ignore[attr-defined]  # annotated
    over = frozenset(codes) if rij.thema_id or codes else None
    return Voorval(rij.datum, rij.titel, rij.get_soort_display(), rij.tot, over, onderdelen or None)


def plek_van(onderdeel: Onderdeel, eenheid: Onderdeel) -> frozenset[int]:
    """A team or district of this unit with what it lies in."""
    return frozenset({onderdeel.pk, onderdeel.ouder_id or onderdeel.pk, eenheid.pk})
