"""What the pages of the municipalities show; the views hand it over."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.cache import Pagina, bewaard, een_stand
from common.pagina.tabellen import Tabel
from formatie.gemeenten import Werkkring, get_plaatsrijen, get_werkkringen
from formatie.models import Formatieplan
from formatie.plan.selectors import get_formatieplan
from monitor.dashboards.gemeente import zinnen
from monitor.dashboards.gemeente.selectors import Lens, kop, lens, werkkring
from monitor.dashboards.gemeente.tables import LensTabel, PlaatsenTabel
from monitor.dashboards.keuze import Blik
from monitor.dashboards.pagina import bestand, blik_van, maak_pagina, naar_overzicht, toon


def build_lijst(blik: Blik) -> list[dict[str, Any]]:
    """Every municipality of the day, with where it lies."""
    return [
        {"kring": kring, "adres": adres(blik, kring), "teams": kring.teams, "districten": kring.districten}
        for kring in get_werkkringen(blik.bekend_op)
    ]


def adres(blik: Blik, kring: Werkkring) -> str:
    return reverse("gemeente", args=[kring.gemeente.slug]) + blik.vraag


def build_inhoud(blik: Blik, kring: Werkkring) -> dict[str, Any]:
    """Everything on the page of one municipality; of one that is gone only where it went."""
    if kring.opvolger is not None:
        opvolger = reverse("gemeente", args=[kring.opvolger.slug]) + blik.vraag
        return {"kring": kring, "opgegaan": zinnen.opgegaan(kring.gemeente, kring.opvolger), "opvolger": opvolger}
    gezien, plan = lens(blik, kring), get_formatieplan(blik.kwartaal.einde())
    return {
        "kring": kring,
        "lens": gezien,
        "koppen": [(onderdeel, kop(onderdeel)) for onderdeel in gezien.kolommen],
        "ligging": zinnen.ligging(kring),
        "voorbehoud": zinnen.voorbehoud(kring),
        "standen": zinnen.stand(gezien),
        "weggelaten": zinnen.weggelaten(gezien),
        "gebieden": [(gebied, zinnen.gebied(gebied, kring.gemeente)) for gebied in kring.gebieden],
        **{tabel.naam: tabel for tabel in _tabellen(blik, gezien, plan)},
    }


def build_tabellen(blik: Blik, kring: Werkkring) -> list[Tabel]:
    """What can be saved of a municipality; nothing of one that is gone."""
    if kring.opvolger is not None:
        return []
    return _tabellen(blik, lens(blik, kring), get_formatieplan(blik.kwartaal.einde()))


def _tabellen(blik: Blik, gezien: Lens, plan: Formatieplan | None) -> list[Tabel]:
    """Without a plan in that quarter only the figures."""
    naam = f"{gezien.werkkring.gemeente}, {blik.kwartaal.leesbaar}"
    noten = [*zinnen.voorbehoud(gezien.werkkring), *zinnen.weggelaten(gezien)]
    cijfers = LensTabel(gezien.cellen, titel=f"Cijfers bij {naam}", noten=noten, orderable=False)
    if plan is None:
        return [cijfers]
    rijen = get_plaatsrijen(plan, gezien.kolommen)
    return [cijfers, PlaatsenTabel(rijen, titel=f"Formatie bij {naam}", onderschrift=str(plan), orderable=False)]


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def gemeenten(request: HttpRequest) -> HttpResponse:
    return toon(request, bewaard(request, lambda: _gemeenten(request)))


def _gemeenten(request: HttpRequest) -> Pagina:
    blik = blik_van(request)
    kruimels = [naar_overzicht(blik), ("Gemeenten", "")]
    return maak_pagina(request, blik, "gemeente/_gemeenten", "Gemeenten", kruimels, lijst=build_lijst(blik))


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def gemeente(request: HttpRequest, slug: str) -> HttpResponseBase:
    if "_export" in request.GET:
        with een_stand():
            blik = blik_van(request)
            tabellen = build_tabellen(blik, werkkring(blik, slug))
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
    inhoud = build_inhoud(blik, kring)
    return maak_pagina(request, blik, "gemeente/_gemeente", kring.gemeente.naam, kruimels, **inhoud)
