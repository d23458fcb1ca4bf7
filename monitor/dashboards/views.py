"""The pages of the monitor. A view asks, and hands over; it decides nothing and adds nothing up."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.tabellen import exporteer, richt_in
from monitor.dashboards import figuren, grafieken, selectors, uitleg
from monitor.dashboards.blik import Blik, bepaal, een_stand
from monitor.dashboards.filters import IndicatorFilter
from monitor.dashboards.regels import Regel
from monitor.dashboards.tables import IndicatorTabel, MetingTabel, OnderdeelTabel
from monitor.models import Berekening, Meting, Monitorregel

Kruimels = list[tuple[str, str]]


def _blik(request: HttpRequest) -> Blik:
    return bepaal(request.user, request.GET.get("kwartaal", ""), timezone.localdate())  # type: ignore[arg-type]


def _context(blik: Blik, kruimels: Kruimels, **meer: Any) -> dict[str, Any]:
    return {"blik": blik, "stand": blik, "kruimels": kruimels, **meer}


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def overzicht(request: HttpRequest) -> HttpResponse:
    with een_stand():
        blik = _blik(request)
        regels = selectors.regels(blik, met_vonk=True) if blik.toont_cijfers else []
        themas = list(selectors.themas(blik))
    kaarten = selectors.themakaarten(themas, regels, {t.slug: _themaadres(blik, t.slug) for t in themas})
    context = _context(
        blik,
        [],
        kaarten=kaarten,
        groepen=selectors.groepen(regels),
        volledigheid=selectors.volledigheid(blik, regels),
    )
    return render(request, "monitor/overzicht.html", context)


def _themaadres(blik: Blik, slug: str) -> str:
    return reverse("thema", args=[slug]) + blik.vraag


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def thema(request: HttpRequest, slug: str) -> HttpResponse:
    with een_stand():
        blik = _blik(request)
        gevonden = selectors.thema(blik, slug)
        van_thema = selectors.monitorregels(blik).filter(thema=gevonden)
        regels = selectors.regels(blik, van_thema) if blik.toont_cijfers else []
        tekeningen = figuren.haal(blik, [r.indicator for r in regels], figuren.Soort.KLEIN) if regels else {}
    paren = [(regel, figuren.als_tekening(tekeningen[regel.indicator.pk], regel.indicator)) for regel in regels]
    kruimels = [("Overzicht", reverse("overzicht") + blik.vraag), (gevonden.naam, "")]
    return render(request, "monitor/thema.html", _context(blik, kruimels, thema=gevonden, paren=paren))


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def indicatoren(request: HttpRequest) -> HttpResponse:
    with een_stand():
        blik = _blik(request)
        filter_ = IndicatorFilter(request.GET, selectors.monitorregels(blik), themas=selectors.themas(blik))
        regels = filter_.met_oordeel(selectors.regels(blik, filter_.qs))
    tabel = richt_in(IndicatorTabel(regels, titel=f"Indicatoren, {blik.kwartaal.leesbaar}"), request)
    kruimels = [("Overzicht", reverse("overzicht") + blik.vraag), ("Indicatoren", "")]
    context = _context(blik, kruimels, filter=filter_, tabel=tabel, aantal=len(regels))
    return exporteer(request, tabel) or render(request, "monitor/indicatoren.html", context)


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    with een_stand():
        blik = _blik(request)
        monitorregel = selectors.monitorregel(blik, code)
        pagina = _indicatorpagina(blik, monitorregel)
    titel = f"{monitorregel.indicator.naam}, {blik.kwartaal.leesbaar}"
    metingen = _metingtabel(blik, pagina.pop("metingen"), monitorregel, titel)
    onderdelen = OnderdeelTabel(pagina.pop("onderdelen"), titel=titel)
    for tabel in (richt_in(metingen, request, per_bladzijde=100), richt_in(onderdelen, request, per_bladzijde=500)):
        bestand = exporteer(request, tabel)
        if bestand:
            return bestand
    tabellen = {"metingen": metingen, "onderdelen": onderdelen}
    return render(
        request, "monitor/indicator.html", _context(blik, _kruimels(blik, monitorregel), **pagina, **tabellen)
    )


def _metingtabel(blik: Blik, metingen: list[Meting], monitorregel: Monitorregel, titel: str) -> MetingTabel:
    """Who entered and approved a value is only for those who may read its history."""
    indicator = monitorregel.indicator
    rijen = uitleg.metingregels(metingen, indicator)
    return MetingTabel(rijen, indicator=indicator, met_personen=blik.user.mag(Recht.SPOOR_LEZEN), titel=titel)


def _indicatorpagina(blik: Blik, monitorregel: Monitorregel) -> dict[str, Any]:
    indicator = monitorregel.indicator
    regel: Regel = selectors.regels(blik, [monitorregel])[0]
    figuur = figuren.haal(blik, [indicator], figuren.Soort.GROOT)[indicator.pk]
    adres = reverse("indicator_figuur", args=[indicator.code]) + f"?kwartaal={blik.kwartaal}"
    return {
        "regel": regel,
        "figuur": figuren.als_tekening(figuur, indicator, adres),
        "herkomst": uitleg.herkomst(regel, Berekening.objects.filter(indicator=indicator).first()),
        "doelen": uitleg.doelregels(selectors.doelstellingen(blik, indicator), indicator),
        "waarvan": selectors.waarvan(blik, indicator),
        "onderdelen": selectors.per_onderdeel(blik, regel),
        "metingen": selectors.metingen(blik, indicator),
    }


def _kruimels(blik: Blik, monitorregel: Monitorregel) -> Kruimels:
    return [
        ("Overzicht", reverse("overzicht") + blik.vraag),
        (monitorregel.thema.naam, _themaadres(blik, monitorregel.thema.slug)),
        (monitorregel.indicator.naam, ""),
    ]


@require_safe
@cache_control(private=True, no_cache=True)
@vereist(Recht.CIJFERS_LEZEN)
def figuur(request: HttpRequest, code: str) -> HttpResponse:
    """The data of the chart, as stored; the generation is its ETag, so a browser that has it gets nothing again."""
    with een_stand():
        blik = _blik(request)
        indicator = selectors.monitorregel(blik, code).indicator
        gevonden = figuren.haal(blik, [indicator], figuren.Soort.GROOT)[indicator.pk]
    etag = f'"{code}-{blik.kwartaal}-{gevonden.generatie}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    antwoord = _ingepakt(request, bytes(gevonden.plotly))
    antwoord["ETag"] = etag
    return antwoord


def _ingepakt(request: HttpRequest, inhoud: bytes) -> HttpResponse:
    if "br" in request.headers.get("Accept-Encoding", ""):
        antwoord = HttpResponse(inhoud, content_type="application/json", headers={"Content-Encoding": "br"})
    else:
        antwoord = HttpResponse(grafieken.uitpakken(inhoud), content_type="application/json")
    patch_vary_headers(antwoord, ["Accept-Encoding", "Cookie"])
    return antwoord
