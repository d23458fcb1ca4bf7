"""The pages of the monitor. A view asks, and hands over; it decides nothing and adds nothing up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.bewaard import Pagina, bewaard, een_stand
from common.tabellen import Tabel, exporteer, richt_in
from monitor.dashboards import (
    figuren,
    gemeentepagina,
    gewijzigd,
    grafieken,
    landelijk,
    mijngemeente,
    selectors,
    signaalpagina,
    uitleg,
)
from monitor.dashboards.blik import Blik, bepaal
from monitor.dashboards.filters import IndicatorFilter
from monitor.dashboards.gemeente import werkkring
from monitor.dashboards.herkomst.boom import boom
from monitor.dashboards.herkomst.lezen import lees
from monitor.dashboards.herkomst.tabel import cijfertabel
from monitor.dashboards.naslag import begrippen_bij
from monitor.dashboards.regels import Regel
from monitor.dashboards.tables import IndicatorTabel, MetingTabel, OnderdeelTabel
from monitor.dashboards.warmte import warmtetabel
from monitor.models import Indicator, Meting, Monitorregel
from monitor.rekenen.reden import en

Kruimels = list[tuple[str, str]]
GEMEENTE = {"stijl": "css/gemeente.css"}


def _blik(request: HttpRequest) -> Blik:
    kwartaal, peildatum = (request.GET.get(naam, "") for naam in ("kwartaal", "peildatum"))
    return bepaal(request.user, kwartaal, timezone.localdate(), peildatum)  # type: ignore[arg-type]


def _pagina(
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
        "terugblik": _terugblik(blik, over),
        "titel": titel,
        "kruimels": kruimels,
        "stand": _stand(blik) if blik.toont_cijfers else None,
        "figuuradres": inhoud["figuur"].adres if "figuur" in inhoud else "",
        "inhoud": render_to_string(f"monitor/_{deel}.html", {"blik": blik, **inhoud}, request),
    }


def _toon(request: HttpRequest, pagina: Pagina) -> HttpResponse:
    """A kept page says when its figures were computed; whether that is being done anew is asked every time."""
    rekent = selectors.rekent() if pagina["stand"] and not pagina.get("terugblik") else None
    return render(request, "monitor/pagina.html", pagina | {"rekent": rekent})


def _stand(blik: Blik) -> dict[str, Any]:
    """The form beside it keeps a quarter that the reader chose; the day after today cannot be chosen."""
    return {
        "kwartaal": blik.kwartaal,
        "bekend_op": blik.bekend_op,
        "berekend_op": None if blik.toen else selectors.berekend_op(),
        "houd_kwartaal": not blik.is_heden,
        "vandaag": timezone.localdate(),
    }


def _terugblik(blik: Blik, over: Sequence[Regel]) -> dict[str, Any] | None:
    """What is said above a page that looks back; None on the page of today and for who reads no figures."""
    if not blik.toen or not blik.toont_cijfers:
        return None
    sindsdien = gewijzigd.sinds_toen(blik, over)
    return {"op": blik.bekend_op, "nog_niets": blik.toen.nog_niets, "gewijzigd": sindsdien}


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def overzicht(request: HttpRequest) -> HttpResponse:
    pagina = bewaard(request, lambda: _overzicht(request))
    return _toon(request, pagina | {"mijn": mijngemeente.blok(request)} | GEMEENTE)


def _overzicht(request: HttpRequest) -> Pagina:
    blik = _blik(request)
    regels = selectors.regels(blik, met_vonk=True) if blik.toont_cijfers else []
    themas = list(selectors.themas(blik))
    adressen = {thema.slug: _themaadres(blik, thema.slug) for thema in themas}
    return _pagina(
        request,
        blik,
        "overzicht",
        f"Voortgang {blik.kwartaal.leesbaar}",
        [],
        over=regels,
        kaarten=selectors.themakaarten(blik, themas, regels, adressen),
        groepen=selectors.groepen(regels),
        volledigheid=selectors.volledigheid(blik, regels),
        mag_heropening_vragen=blik.user.mag(Recht.HEROPENING_VRAGEN),
    )


def _themaadres(blik: Blik, slug: str) -> str:
    return reverse("thema", args=[slug]) + blik.vraag


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def thema(request: HttpRequest, slug: str) -> HttpResponse:
    return _toon(request, bewaard(request, lambda: _thema(request, slug)))


def _thema(request: HttpRequest, slug: str) -> Pagina:
    blik = _blik(request)
    gevonden = selectors.thema(blik, slug)
    van_thema = selectors.monitorregels(blik).filter(thema=gevonden)
    regels = selectors.regels(blik, van_thema) if blik.toont_cijfers else []
    tekeningen = figuren.haal(blik, [r.indicator for r in regels], figuren.Soort.KLEIN) if regels else {}
    paren = [(regel, figuren.als_tekening(tekeningen[regel.indicator.pk], regel.indicator)) for regel in regels]
    kruimels = [("Overzicht", reverse("overzicht") + blik.vraag), (gevonden.naam, "")]
    return _pagina(request, blik, "thema", gevonden.naam, kruimels, over=regels, thema=gevonden, paren=paren)


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def indicatoren(request: HttpRequest) -> HttpResponse:
    if "_export" in request.GET:
        with een_stand():
            tabel = _indicatortabel(request, _blik(request))[0]
        return exporteer(request, tabel) or HttpResponse(status=400)
    return _toon(request, bewaard(request, lambda: _indicatoren(request)))


def _indicatoren(request: HttpRequest) -> Pagina:
    blik = _blik(request)
    tabel, filter_ = _indicatortabel(request, blik)
    kruimels = [("Overzicht", reverse("overzicht") + blik.vraag), ("Indicatoren", "")]
    inhoud = {"filter": filter_, "tabel": tabel, "aantal": len(tabel.rows)}
    pagina = _pagina(request, blik, "indicatoren", "Indicatoren", kruimels, over=list(tabel.data), **inhoud)
    return pagina | {"met_filter": True}


def _indicatortabel(request: HttpRequest, blik: Blik) -> tuple[IndicatorTabel, IndicatorFilter]:
    filter_ = IndicatorFilter(request.GET, selectors.monitorregels(blik), themas=selectors.themas(blik))
    regels = filter_.met_oordeel(selectors.regels(blik, filter_.qs))
    tabel = IndicatorTabel(regels, titel=f"Indicatoren, {_wanneer(blik)}", noten=_noten(blik))
    richt_in(tabel, request)
    return tabel, filter_


def _wanneer(blik: Blik) -> str:
    """Quarter and, when looking back, day: for the title of a table, on the page and in its file."""
    return (
        f"{blik.kwartaal.leesbaar}, zoals bekend op {blik.bekend_op:%d-%m-%Y}" if blik.toen else blik.kwartaal.leesbaar
    )


def _noten(blik: Blik) -> list[str]:
    return [f"Dit is wat op {blik.bekend_op:%d-%m-%Y} bekend was, niet wat nu bekend is."] if blik.toen else []


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    if "_export" in request.GET:
        with een_stand():
            blik = _blik(request)
            tabellen = _tabellen(request, blik, selectors.regels(blik, [selectors.monitorregel(blik, code)])[0])
        bestanden = (exporteer(request, tabel) for tabel in tabellen.values())
        return next((bestand for bestand in bestanden if bestand), HttpResponse(status=400))
    return _toon(request, bewaard(request, lambda: _indicator(request, code)))


def _indicator(request: HttpRequest, code: str) -> Pagina:
    blik = _blik(request)
    regel, *waarvan = selectors.regels(blik, selectors.met_waarvan(blik, code))
    indicator = regel.indicator
    figuur = figuren.haal(blik, [indicator], figuren.Soort.GROOT)[indicator.pk]
    adres = reverse("indicator_figuur", args=[code]) + blik.volle_vraag
    return _pagina(
        request,
        blik,
        "indicator",
        indicator.naam,
        _kruimels(blik, regel.monitorregel),
        over=[regel, *waarvan],
        regel=regel,
        waarvan=waarvan,
        figuur=figuren.als_tekening(figuur, indicator, adres),
        herkomst=uitleg.herkomst(regel, None if blik.toen else figuren.berekening_van(indicator)),
        mag_doel=_mag_bij_thema(blik, regel, Recht.DOEL_VOORSTELLEN),
        mag_definitie=_mag_bij_thema(blik, regel, Recht.DEFINITIE_VOORSTELLEN),
        doelen=uitleg.doelregels(selectors.doelstellingen(blik, indicator), indicator),
        te_klein=selectors.te_klein(blik, regel),
        landelijk=landelijk.zin(regel, selectors.landelijk_doel(regel)),
        signaal=signaalpagina.signaaldeel(regel.beeld, regel.reden) if regel.beeld else None,
        verwachting=signaalpagina.verwachtingdeel(regel.beeld) if regel.beeld else None,
        niet_destijds=selectors.niet_destijds(blik, regel),
        onlangs=gewijzigd.onlangs(blik, regel),
        begrippen=begrippen_bij(regel.code, regel.soort),
        **_tabellen(request, blik, regel),
    )


def _mag_bij_thema(blik: Blik, regel: Regel, recht: Recht) -> bool:
    """Everywhere, or for the theme that prints this indicator."""
    return blik.user.mag_overal(recht) or regel.monitorregel.thema.slug in blik.user.themas_met(recht)


def _tabellen(request: HttpRequest, blik: Blik, regel: Regel) -> dict[str, Tabel]:
    indicator = regel.indicator
    titel = f"{indicator.naam}, {_wanneer(blik)}"
    metingen = _metingtabel(blik, selectors.metingen(blik, indicator), regel, titel)
    onderdelen = _onderdeeltabel(selectors.per_onderdeel(blik, regel), indicator, titel)
    metingen.noten = onderdelen.noten = _noten(blik)
    return {
        "metingen": richt_in(metingen, request, per_bladzijde=100),
        "kwartalen": richt_in(warmtetabel(blik, regel), request, per_bladzijde=500),
        "onderdelen": richt_in(onderdelen, request, per_bladzijde=500),
    }


def _onderdeeltabel(rijen: list[selectors.Onderdeelrij], indicator: Indicator, titel: str) -> OnderdeelTabel:
    """The onderdelen the indicator is about; the others are named below the title."""
    buiten = [str(rij.onderdeel) for rij in rijen if not rij.van_toepassing]
    return OnderdeelTabel(
        [rij for rij in rijen if rij.van_toepassing],
        eenheid=indicator.eenheid,
        titel=titel,
        onderschrift=f"Niet van toepassing op {en(buiten)}." if buiten else "",
    )


def _metingtabel(blik: Blik, metingen: list[Meting], regel: Regel, titel: str) -> MetingTabel:
    """Who entered and approved a value is only for those who may read its history."""
    rijen = uitleg.metingregels(metingen, regel.indicator)
    rechten = {
        "met_personen": blik.user.mag(Recht.SPOOR_LEZEN),
        "met_geschiedenis": _mag_bij_thema(blik, regel, Recht.SPOOR_LEZEN),
    }
    return MetingTabel(rijen, indicator=regel.indicator, titel=titel, **rechten)


def _kruimels(blik: Blik, monitorregel: Monitorregel) -> Kruimels:
    return [
        ("Overzicht", reverse("overzicht") + blik.vraag),
        (monitorregel.thema.naam, _themaadres(blik, monitorregel.thema.slug)),
        (monitorregel.indicator.naam, ""),
    ]


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def oordeel(request: HttpRequest, code: str) -> HttpResponse:
    """How the verdict of one onderdeel (``?onderdeel=``, else the unit) came about, down to every value."""
    if "_export" in request.GET:
        with een_stand():
            blik = _blik(request)
            tabel = cijfertabel(lees(blik, selectors.monitorregel(blik, code), request.GET.get("onderdeel", "")))
        return exporteer(request, tabel) or HttpResponse(status=400)
    return _toon(request, bewaard(request, lambda: _oordeel(request, code)))


def _oordeel(request: HttpRequest, code: str) -> Pagina:
    blik = _blik(request)
    bronnen = lees(blik, selectors.monitorregel(blik, code), request.GET.get("onderdeel", ""))
    regel = bronnen.regel
    kruimels = [*_kruimels(blik, regel.monitorregel)[:-1], (regel.naam, regel.adres), ("Oordeel", "")]
    inhoud = {"bronnen": bronnen, "regel": regel, "boom": boom(bronnen), "tabel": cijfertabel(bronnen)}
    return _pagina(request, blik, "oordeel", f"Oordeel over {regel.naam}", kruimels, **inhoud)


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def gemeenten(request: HttpRequest) -> HttpResponse:
    return _toon(request, bewaard(request, lambda: _gemeenten(request)))


def _gemeenten(request: HttpRequest) -> Pagina:
    blik = _blik(request)
    kruimels = [("Overzicht", reverse("overzicht") + blik.vraag), ("Gemeenten", "")]
    return _pagina(request, blik, "gemeenten", "Gemeenten", kruimels, lijst=gemeentepagina.lijst(blik)) | GEMEENTE


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def gemeente(request: HttpRequest, slug: str) -> HttpResponse:
    if "_export" in request.GET:
        with een_stand():
            blik = _blik(request)
            tabellen = gemeentepagina.tabellen(blik, werkkring(blik, slug))
        bestanden = (exporteer(request, tabel) for tabel in tabellen)
        return next((bestand for bestand in bestanden if bestand), HttpResponse(status=400))
    return _toon(request, bewaard(request, lambda: _gemeente(request, slug)))


def _gemeente(request: HttpRequest, slug: str) -> Pagina:
    blik = _blik(request)
    kring = werkkring(blik, slug)
    kruimels = [
        ("Overzicht", reverse("overzicht") + blik.vraag),
        ("Gemeenten", reverse("gemeenten") + blik.vraag),
        (kring.gemeente.naam, ""),
    ]
    inhoud = gemeentepagina.inhoud(blik, kring)
    return _pagina(request, blik, "gemeente", kring.gemeente.naam, kruimels, **inhoud) | GEMEENTE


@require_safe
@cache_control(private=True, no_cache=True)
@vereist(Recht.CIJFERS_LEZEN)
def figuur(request: HttpRequest, code: str) -> HttpResponse:
    """The data of the chart, as stored; the generation is its ETag, so a browser that has it gets nothing again."""
    with een_stand():
        blik = _blik(request)
        indicator = selectors.monitorregel(blik, code).indicator
        gevonden = figuren.haal(blik, [indicator], figuren.Soort.GROOT)[indicator.pk]
    etag = f'"{code}-{blik.kwartaal}-{gevonden.generatie}"'  # looking back, the generation holds the day
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
