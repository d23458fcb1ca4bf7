"""The pages of the approver: what waits, and the history of a value."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.besluit import Geweigerd
from monitor.invoer.services import stel_vast, stuur_terug
from monitor.invoer.spoor import als_rijen, get_met_spoor, get_stappen, get_versies
from monitor.invoer.vaststellen import get_wachtend, lees_keuze, naast_elkaar
from monitor.invoer.waarneming import InvoerFout
from monitor.invoer.weergave import periode

PER_BLADZIJDE = 50
HERKOMST = "scherm vaststellen"


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.METING_VASTSTELLEN, bekend_bij=Recht.CONCEPT_LEZEN)
def vaststellen(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    if request.method == "POST":
        _besluit(request, user)
        return redirect(request.get_full_path())
    bladzijde = Paginator(get_wachtend(user), PER_BLADZIJDE).get_page(request.GET.get("page"))
    context = {
        "page": bladzijde,
        "wachtend": naast_elkaar(bladzijde.object_list, user),
        "kruimels": [("Overzicht", reverse("overzicht")), ("Vaststellen", "")],
    }
    return render(request, "monitor/vaststellen.html", context)


def _besluit(request: HttpRequest, user: User) -> None:
    """Carry out what the form asks, all of it or nothing, and say what was done."""
    keuzes = request.POST.getlist("keuze")
    if not keuzes:
        messages.error(request, "U heeft nog niets aangevinkt. Vink aan welke waarden u bedoelt.")
        return
    try:
        messages.success(request, _voer_uit(request.POST, keuzes, user))
    except Geweigerd as fout:
        messages.error(request, str(fout))
    except InvoerFout as fout:
        messages.error(request, fout.fouten[0].reden)


def _voer_uit(formulier: dict[str, str], keuzes: list[str], user: User) -> str:
    metingen = lees_keuze(keuzes, user)
    waarden = "1 waarde" if len(metingen) == 1 else f"{len(metingen)} waarden"
    if formulier.get("besluit") == "terugsturen":
        stuur_terug(metingen, door=user, reden=formulier.get("reden", ""), herkomst=HERKOMST)
        return f"{waarden} teruggestuurd naar de invoerder."
    stel_vast(metingen, door=user, herkomst=HERKOMST)
    return f"{waarden} vastgesteld. De oordelen worden nu bijgewerkt."


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
    return render(request, "monitor/geschiedenis.html", context)
