"""Every action in a list, what is late first, and one with its history and what its owner may do with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.peildatum import lees_bekend
from common.pagina.tabellen import richt_in
from common.pagina.tonen import exporteer
from common.tekst.tekens import lees_sleutel
from monitor.invoer.vaststellen.voorleggen import BOVENAAN
from sturing.lezen.acties import get_acties, get_versies
from sturing.models import Actie, Actieversie
from sturing.overleg.acties import services
from sturing.overleg.acties.forms import Actiekeuze, Gereedformulier, Vervalformulier, Verzetformulier
from sturing.overleg.acties.tables import ActieTabel
from sturing.overleg.handelen import foutmelding, getypt_voor, terugkijken, voer_uit
from sturing.overleg.selectors import get_uitvoerders

_HERKOMST = "scherm acties"


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def acties(request: HttpRequest) -> HttpResponse:
    bekend, dag = lees_bekend(request)
    alle = sorted(get_acties(bekend.moment), key=lambda versie: not versie.is_open)
    keuze = Actiekeuze(request.GET, alle)
    gekozen = keuze.kies(alle)
    tabel = richt_in(ActieTabel(gekozen, titel="Acties", vandaag=dag, noten=bekend.noten), request)
    context = {
        "keuze": keuze,
        "tabel": tabel,
        "te_laat": sum(versie.is_te_laat(dag) for versie in gekozen),
        **terugkijken(bekend, dag, "Acties", ("Overleg", "overleggen")),
    }
    return exporteer(request, tabel) or render(request, "sturing/overleg/acties.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.CIJFERS_LEZEN)
def actie(request: HttpRequest, pk: int) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    gevonden = get_object_or_404(Actie.objects.select_related("besluit__punt__overleg"), pk=pk)
    versies = list(get_versies(pk))
    nu, vandaag = versies[0], timezone.localdate()
    formulieren = dict(_formulieren(request, user, nu, vandaag))
    if request.method == "POST" and (zin := _handel_af(request, user, gevonden, formulieren)):
        messages.success(request, zin)
        return redirect(gevonden.adres + BOVENAAN)
    context = {
        "actie": gevonden,
        "nu": nu,
        "te_laat": nu.is_te_laat(vandaag),
        "versies": versies,
        "formulieren": formulieren,
        **foutmelding(formulieren.values()),
        "kruimels": [("Overzicht", reverse("overzicht")), ("Acties", reverse("acties")), ("Actie", "")],
    }
    return render(request, "sturing/overleg/actie.html", context, status=400 if request.method == "POST" else 200)


def _formulieren(request: HttpRequest, user: User, nu: Actieversie, vandaag: date) -> Iterator[tuple[str, forms.Form]]:
    """Of what is not open any more only what was just sent is shown, so that nothing typed is lost."""
    gestuurd, gezien = request.POST.get("handeling", ""), {"initial": {"gezien": nu.nummer}}
    leidt, mag = user.mag_overal(Recht.OVERLEG_VOORBEREIDEN), services.mag_bijwerken(user, nu)
    if mag and (nu.is_open or gestuurd == "gereed"):
        yield "gereed", Gereedformulier(**getypt_voor(request, "gereed"), **gezien)
    if mag and (nu.is_open or gestuurd == "verzetten"):
        begin = {"initial": {"gezien": nu.nummer, "datum": nu.datum}}
        personen = get_uitvoerders(vandaag) if leidt else []
        yield "verzetten", Verzetformulier(personen=personen, **getypt_voor(request, "verzetten"), **begin)
    if leidt and (nu.is_open or gestuurd == "intrekken"):
        yield "intrekken", Vervalformulier(**getypt_voor(request, "intrekken"), **gezien)


def _handel_af(request: HttpRequest, user: User, actie: Actie, formulieren: dict[str, forms.Form]) -> str:
    naam, wie = request.POST.get("handeling", ""), {"door": user, "herkomst": _HERKOMST}
    doen: dict[str, Callable[..., Any]] = {
        "gereed": services.meld_gereed,
        "verzetten": services.verzet,
        "intrekken": services.trek_actie_in,
    }
    if naam not in doen:
        raise BadRequest("Deze handeling bestaat niet.")
    if naam not in formulieren:
        raise PermissionDenied

    def _doe(gezien: str, **velden: Any) -> str:
        nieuw = doen[naam](actie, **velden, gezien=lees_sleutel(gezien), **wie)
        return f"De actie is nu: {nieuw.get_status_display().lower()}, uiterlijk {nieuw.datum:%d-%m-%Y}."

    return voer_uit(formulieren[naam], _doe)
