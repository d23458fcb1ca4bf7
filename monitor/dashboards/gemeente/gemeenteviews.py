"""The pages of the municipalities."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.cache import Pagina, bewaard, een_stand
from monitor.dashboards.gemeente import views as gemeentepagina
from monitor.dashboards.gemeente.selectors import werkkring
from monitor.dashboards.pagina import bestand, blik_van, maak_pagina, naar_overzicht, toon


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def gemeenten(request: HttpRequest) -> HttpResponse:
    return toon(request, bewaard(request, lambda: _gemeenten(request)))


def _gemeenten(request: HttpRequest) -> Pagina:
    blik = blik_van(request)
    kruimels = [naar_overzicht(blik), ("Gemeenten", "")]
    return maak_pagina(request, blik, "gemeente/_gemeenten", "Gemeenten", kruimels, lijst=gemeentepagina.lijst(blik))


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def gemeente(request: HttpRequest, slug: str) -> HttpResponseBase:
    if "_export" in request.GET:
        with een_stand():
            blik = blik_van(request)
            tabellen = gemeentepagina.tabellen(blik, werkkring(blik, slug))
        return bestand(request, tabellen)
    return toon(request, bewaard(request, lambda: _gemeente(request, slug)))


def _gemeente(request: HttpRequest, slug: str) -> Pagina:
    blik = blik_van(request)
    kring = werkkring(blik, slug)
    kruimels = [
        naar_overzicht(blik),
        ("Gemeenten", reverse("gemeenten") + blik.vraag),
        (kring.gemeente.naam, ""),
    ]
    inhoud = gemeentepagina.inhoud(blik, kring)
    return maak_pagina(request, blik, "gemeente/_gemeente", kring.gemeente.naam, kruimels, **inhoud)
