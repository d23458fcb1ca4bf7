"""The page of a duiding, and that of the ladder."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.tonen import Context, Scherm
from common.vaststellen.bewaking import Geweigerd
from monitor.dashboards.indicator.zinnen import feiten
from monitor.dashboards.pagina import blik_van, maak_scherm, naar_overzicht, toon
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.services import neem_terug
from monitor.invoer.vaststellen.soorten import DUIDING
from monitor.invoer.vaststellen.voorleggen import BOVENAAN, meld_fouten
from sturing.duiding.forms import Duidingsformulier
from sturing.duiding.overzicht import lees_ladderbeeld
from sturing.duiding.selectors import Duidingsbeeld, lees_beeld, lees_dragers
from sturing.duiding.services import dien_duiding_in
from sturing.duiding.tables import LadderTabel
from sturing.lezen.duidingen import Gezien, duidingadres
from sturing.regels.ladder import REGELS, Trede

_HERKOMST = "scherm duiding"


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.CIJFERS_LEZEN)
def duiding(request: HttpRequest, code: str) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    blik = blik_van(request)
    beeld = lees_beeld(blik, code, request.GET.get("onderdeel", ""))
    if request.method == "POST" and not beeld.schrijft:
        raise PermissionDenied
    getypt = _formulier(beeld, request.POST) if request.method == "POST" else None
    if getypt and _handel_af(request, user, beeld, getypt):
        return redirect(duidingadres(code, beeld.onderdeel.code, blik.kwartaal) + BOVENAAN)
    formulier = getypt or (_formulier(beeld, begin=_begin(beeld, user)) if beeld.kan_schrijven else None)
    context = {
        "beeld": beeld,
        "blik": replace(blik, kwartaal=beeld.regel.kwartaal),
        "feiten": feiten(beeld.regel),
        "formulier": formulier,
        "gezien": beeld.gezien,
        "kruimels": [naar_overzicht(blik), (beeld.regel.naam, beeld.regel.adres), ("Duiding", "")],
        "terugblik": blik.bekend.terugblik,
    }
    return render(request, "sturing/duiding/duiding.html", context, status=400 if getypt else 200)


def _formulier(beeld: Duidingsbeeld, getypt: Any = None, begin: Context | None = None) -> Duidingsformulier:
    verandert = beeld.geldend is not None and not (beeld.open and beeld.open.vervangreden)
    return Duidingsformulier(
        getypt,
        initial=begin,
        personen=lees_dragers(),
        met_vorige=beeld.vorige is not None,
        met_reden=verandert,
    )


def _begin(beeld: Duidingsbeeld, user: User) -> Context:
    """What was taken back, sent back or counts; else only who writes it."""
    if rij := beeld.open or beeld.geldend:
        return rij.inhoud | {"persoon": rij.wie_id, "wanneer": rij.wanneer}
    return {"persoon": user.pk}


def _handel_af(request: HttpRequest, user: User, beeld: Duidingsbeeld, formulier: Duidingsformulier) -> bool:
    """Take back or hand in, and say what was done; False when the form must be shown again with its faults."""
    if "terugnemen" in request.POST:
        _neem_terug(request, user, beeld)
        return True
    gezien = Gezien(request.POST.get("gezien", ""), request.POST.get("gezien_vorige", ""))
    cellen = {naam: request.POST.get(naam, "") for naam in Duidingsformulier.base_fields}
    try:
        dien_duiding_in(beeld.plek, cellen, door=user, herkomst=_HERKOMST, gezien=gezien)
    except (InvoerFout, Geweigerd) as fout:
        meld_fouten(formulier, fout)
        return False
    messages.success(request, "Uw duiding ligt klaar. Een ander stelt die vast.")
    return True


def _neem_terug(request: HttpRequest, user: User, beeld: Duidingsbeeld) -> None:
    rij = beeld.open
    if rij is None or request.POST["terugnemen"] != str(rij.pk):
        raise Http404
    try:
        neem_terug(DUIDING, [rij], door=user, herkomst=_HERKOMST)
        messages.success(request, "U heeft uw duiding teruggenomen. Pas die aan en dien opnieuw in.")
    except Geweigerd as fout:
        messages.error(request, str(fout))


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def ladder(request: HttpRequest) -> HttpResponse:
    """The rule in words, and what stands on which step."""

    def _maak() -> Scherm:
        blik = blik_van(request)
        beeld = lees_ladderbeeld(blik)
        titel = f"Ladder en duidingen, {blik.bekend.wanneer(blik.kwartaal)}"
        tabel = LadderTabel(beeld.regels, titel=titel, noten=blik.bekend.noten)
        inhoud = {"beeld": beeld, "regels": REGELS, "treden": [trede for trede in Trede if trede]}
        wegen = [naar_overzicht(blik), ("Ladder", "")]
        over = [rij.regel for rij in beeld.regels]
        scherm = maak_scherm(blik, "", "Ladder", wegen, lambda: inhoud, over=over, tabellen=[tabel])
        return replace(scherm, sjabloon="sturing/duiding/_ladder.html")

    return toon(request, _maak)
