"""What the pages of the monitor have in common: the view they ask for, their frame, and their files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from common.pagina.cache import Pagina
from common.pagina.tabellen import Tabel, exporteer
from monitor.dashboards import gewijzigd, selectors
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.keuze import Blik, bepaal
from monitor.models import Monitorregel

Kruimels = list[tuple[str, str]]


def blik_van(request: HttpRequest) -> Blik:
    """The view this address asks for: quarter and day."""
    kwartaal, peildatum = (request.GET.get(naam, "") for naam in ("kwartaal", "peildatum"))
    return bepaal(request.user, kwartaal, timezone.localdate(), peildatum)  # type: ignore[arg-type]


def maak_pagina(
    request: HttpRequest,
    blik: Blik,
    deel: str,
    titel: str,
    kruimels: Kruimels,
    *,
    over: Sequence[Regel] = (),
    **inhoud: Any,
) -> Pagina:
    """What ``monitor/pagina.html`` needs, with the part of this page already rendered; ``over`` is what it shows."""
    return {
        "terugblik": gewijzigd.terugblik(blik, over),
        "titel": titel,
        "kruimels": kruimels,
        "stand": _stand(blik) if blik.toont_cijfers else None,
        "figuuradres": inhoud["figuur"].adres if "figuur" in inhoud else "",
        "inhoud": render_to_string(f"monitor/dashboards/{deel}.html", {"blik": blik, **inhoud}, request),
    }


def toon(request: HttpRequest, pagina: Pagina) -> HttpResponse:
    """A kept page says when its figures were computed; whether that is being done anew is asked every time."""
    rekent = selectors.rekent() if pagina["stand"] and not pagina.get("terugblik") else None
    return render(request, "monitor/pagina.html", pagina | {"rekent": rekent})


def _stand(blik: Blik) -> dict[str, Any]:
    """The form beside it keeps a quarter that the reader chose; the day after today cannot be chosen."""
    return {
        "kwartaal": blik.kwartaal,
        "bekend_op": blik.bekend_op,
        "berekend_op": blik.bekend.laatst_berekend(),
        "houd_kwartaal": blik.gekozen is not None,
        "vandaag": timezone.localdate(),
    }


def bestand(request: HttpRequest, tabellen: Iterable[Tabel]) -> HttpResponseBase:
    """The file of the table that the address names; a bad request where it names none of these."""
    bestanden = (exporteer(request, tabel) for tabel in tabellen)
    return next((gevonden for gevonden in bestanden if gevonden), HttpResponse(status=400))


def naar_overzicht(blik: Blik) -> tuple[str, str]:
    return "Overzicht", reverse("overzicht") + blik.vraag


def themaadres(blik: Blik, slug: str) -> str:
    return reverse("thema", args=[slug]) + blik.vraag


def naar_indicator(blik: Blik, monitorregel: Monitorregel) -> Kruimels:
    """The crumbs of an indicator, the last one without an address."""
    thema = monitorregel.thema
    return [naar_overzicht(blik), (thema.naam, themaadres(blik, thema.slug)), (monitorregel.indicator.naam, "")]
