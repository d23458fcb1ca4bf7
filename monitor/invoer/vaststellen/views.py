"""The pages of the approver: what waits, and the history of a value."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from monitor.invoer.meting.services import stel_vast, stuur_terug
from monitor.invoer.regels.weergave import periode
from monitor.invoer.vaststellen.besluitpagina import Besluitsoort, tabs, voer_besluit_uit
from monitor.invoer.vaststellen.geschiedenis import als_rijen, get_met_spoor, get_stappen, get_versies
from monitor.invoer.vaststellen.selectors import get_wachtend, lees_keuze, naast_elkaar

PER_BLADZIJDE = 50
WAARDEN = Besluitsoort(
    enkel="waarde",
    meer="waarden",
    gevolg="De oordelen worden nu bijgewerkt.",
    lees=lees_keuze,
    stel_vast=stel_vast,
    stuur_terug=stuur_terug,
    herkomst="scherm vaststellen",
)


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.METING_VASTSTELLEN, bekend_bij=Recht.CONCEPT_LEZEN)
def vaststellen(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    if request.method == "POST":
        voer_besluit_uit(request, user, WAARDEN)
        return redirect(request.get_full_path())
    bladzijde = Paginator(get_wachtend(user), PER_BLADZIJDE).get_page(request.GET.get("page"))
    context = {
        "page": bladzijde,
        "wachtend": naast_elkaar(bladzijde.object_list, user),
        "tabs": tabs(user, "vaststellen"),
        "kruimels": [("Overzicht", reverse("overzicht")), ("Vaststellen", "")],
    }
    return render(request, "monitor/invoer/vaststellen/vaststellen.html", context)


@require_safe
@vereist(Recht.SPOOR_LEZEN)
def geschiedenis(request: HttpRequest, pk: int) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    meting = get_met_spoor(user, pk)
    if meting is None:
        raise Http404
    versies = get_versies(meting)
    adres = reverse("indicator", args=[meting.indicator.code])
    context = {
        "meting": meting,
        "versies": als_rijen(versies),
        "periode": periode(meting),
        "stappen": get_stappen(versies),
        "kruimels": [("Overzicht", reverse("overzicht")), (meting.indicator.naam, adres), ("Geschiedenis", "")],
    }
    return render(request, "monitor/invoer/vaststellen/geschiedenis.html", context)
