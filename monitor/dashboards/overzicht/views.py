"""The first page, the themes and the list. A view asks, and hands over; it decides nothing and adds nothing up."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.cache import Pagina, bewaard, een_stand
from common.pagina.tabellen import Keuzes, exporteer, get_keuzes, richt_in
from monitor.dashboards import selectors
from monitor.dashboards.grafiek import plotly as figuren
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.indicator.tables import IndicatorTabel
from monitor.dashboards.keuze import Blik
from monitor.dashboards.oordeel.uiterlijk import UITERLIJK
from monitor.dashboards.overzicht import selectors as mijngemeente
from monitor.dashboards.overzicht.selectors import volledigheid
from monitor.dashboards.pagina import blik_van, maak_pagina, naar_overzicht, themaadres, toon
from monitor.models import Monitorregel
from strategie.models import Thema


class IndicatorFilter(django_filters.FilterSet):
    """Name and theme are asked of the database; the verdict of the rows that belong to the quarter shown."""

    zoek = django_filters.CharFilter(
        field_name="indicator__naam", lookup_expr="icontains", label="Naam bevat", max_length=100
    )
    thema = django_filters.ChoiceFilter(field_name="thema__slug", label="Thema", empty_label="Alle thema's")
    oordeel = django_filters.ChoiceFilter(
        label="Oordeel",
        empty_label="Alle oordelen",
        method="laat_staan",
        choices=[(code, uiterlijk.woord) for code, uiterlijk in UITERLIJK.items()],
    )
    kwartaal = django_filters.CharFilter(method="laat_staan", widget=forms.HiddenInput)

    class Meta:
        model = Monitorregel
        fields = ("zoek", "thema", "oordeel", "kwartaal")

    def __init__(self, *args: Any, themas: QuerySet[Thema], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["thema"].extra["choices"] = [(thema.slug, thema.naam) for thema in themas]

    def laat_staan(self, rijen: QuerySet[Monitorregel], naam: str, waarde: str) -> QuerySet[Monitorregel]:
        return rijen

    def met_oordeel(self, regels: list[Regel]) -> list[Regel]:
        gekozen = self.form.cleaned_data.get("oordeel") if self.form.is_valid() else ""
        return [regel for regel in regels if not gekozen or regel.oordeel == gekozen]


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def overzicht(request: HttpRequest) -> HttpResponse:
    pagina = bewaard(request, lambda: _overzicht(request))
    return toon(request, pagina | {"mijn": mijngemeente.blok(request)})


def _overzicht(request: HttpRequest) -> Pagina:
    blik = blik_van(request)
    regels = selectors.regels(blik, met_vonk=True) if blik.toont_cijfers else []
    themas = list(selectors.themas(blik))
    adressen = {thema.slug: themaadres(blik, thema.slug) for thema in themas}
    return maak_pagina(
        request,
        blik,
        "overzicht/_overzicht",
        f"Voortgang {blik.kwartaal.leesbaar}",
        [],
        over=regels,
        kaarten=selectors.themakaarten(blik, themas, regels, adressen),
        groepen=selectors.groepen(regels),
        volledigheid=volledigheid(blik, regels),
        mag_heropening_vragen=blik.user.mag(Recht.HEROPENING_VRAGEN),
    )


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def thema(request: HttpRequest, slug: str) -> HttpResponse:
    return toon(request, bewaard(request, lambda: _thema(request, slug)))


def _thema(request: HttpRequest, slug: str) -> Pagina:
    blik = blik_van(request)
    gevonden = selectors.thema(blik, slug)
    van_thema = selectors.monitorregels(blik).filter(thema=gevonden)
    regels = selectors.regels(blik, van_thema) if blik.toont_cijfers else []
    tekeningen = figuren.haal(blik, [r.indicator for r in regels], figuren.Soort.KLEIN) if regels else {}
    paren = [(regel, figuren.als_tekening(tekeningen[regel.indicator.pk], regel.indicator)) for regel in regels]
    kruimels = [naar_overzicht(blik), (gevonden.naam, "")]
    return maak_pagina(
        request, blik, "overzicht/_thema", gevonden.naam, kruimels, over=regels, thema=gevonden, paren=paren
    )


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def indicatoren(request: HttpRequest) -> HttpResponse:
    if "_export" in request.GET:
        with een_stand():
            tabel = _indicatortabel(request, blik_van(request))[0]
        return exporteer(request, tabel) or HttpResponse(status=400)
    keuzes = get_keuzes(request.user)
    return toon(request, bewaard(request, lambda: _indicatoren(request, keuzes), sorted(keuzes.items())))


def _indicatoren(request: HttpRequest, keuzes: Keuzes) -> Pagina:
    blik = blik_van(request)
    tabel, filter_ = _indicatortabel(request, blik)
    tabel.kies_kolommen(keuzes)
    kruimels = [naar_overzicht(blik), ("Indicatoren", "")]
    inhoud = {"filter": filter_, "tabel": tabel, "aantal": len(tabel.rows)}
    pagina = maak_pagina(
        request, blik, "overzicht/_indicatoren", "Indicatoren", kruimels, over=list(tabel.data), **inhoud
    )
    return pagina | {"met_filter": True}


def _indicatortabel(request: HttpRequest, blik: Blik) -> tuple[IndicatorTabel, IndicatorFilter]:
    filter_ = IndicatorFilter(request.GET, selectors.monitorregels(blik), themas=selectors.themas(blik))
    regels = filter_.met_oordeel(selectors.regels(blik, filter_.qs))
    tabel = IndicatorTabel(regels, titel=f"Indicatoren, {blik.bekend.wanneer(blik.kwartaal)}", noten=blik.bekend.noten)
    richt_in(tabel, request)
    return tabel, filter_
