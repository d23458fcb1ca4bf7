"""The page of events: the list with its filters in the address, a form to enter one, and to withdraw one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.tabellen import richt_in
from common.pagina.tonen import exporteer
from common.tekst.tekens import lees_sleutel, zichtbaar
from common.vaststellen.bewaking import Geweigerd
from formatie.models import Onderdeel
from monitor.dashboards.keuze import Blik
from monitor.dashboards.pagina import blik_van, naar_overzicht
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.voorleggen import BOVENAAN, Voorstelformulier, meld_fouten
from monitor.models import Indicator
from monitor.reikwijdte import Reikwijdte
from strategie.models import Thema
from sturing.gebeurtenissen.forms import Gebeurtenisformulier, Gebeurtenisintrekking, Gebeurteniskeuze
from sturing.gebeurtenissen.selectors import Gebeurtenisregel, lees_gebeurtenissen, mag_bijhouden
from sturing.gebeurtenissen.services import noteer_gebeurtenis, trek_gebeurtenis_in
from sturing.gebeurtenissen.tables import GebeurtenisTabel
from sturing.models import Gebeurtenis

_HERKOMST = "scherm gebeurtenissen"


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.CIJFERS_LEZEN)
def gebeurtenissen(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    blik, bereik = blik_van(request), mag_bijhouden(user)
    mag = not bereik.is_leeg and blik.bekend.dag is None
    if request.method == "POST" and not mag:
        raise PermissionDenied
    alle = lees_gebeurtenissen(blik, bereik)
    getypt = _getypt(request, blik, bereik) if request.method == "POST" else None
    if getypt and _handel_af(request, user, getypt):
        return redirect(reverse("gebeurtenissen") + BOVENAAN)
    filter_ = _filter(request, alle)
    tabel = GebeurtenisTabel(filter_.kies(alle), titel=_titel(blik), noten=blik.bekend.noten)
    richt_in(tabel, request)
    if bestand := exporteer(request, tabel):
        return bestand
    leeg = _formulier(blik, bereik, over=request.GET.getlist("indicator")) if mag else None
    context = {
        "filter": filter_,
        "tabel": tabel,
        "aantal": len(tabel.rows),
        "formulier": _van(getypt, Gebeurtenisformulier) or leeg,
        "intrekken": _intrekken(request, alle, _van(getypt, Gebeurtenisintrekking)),
        "fout": getypt,
        "stand": blik.stand,
        "terugblik": blik.bekend.terugblik,
        "kruimels": [naar_overzicht(blik), ("Gebeurtenissen", "")],
    }
    return render(request, "sturing/gebeurtenissen/gebeurtenissen.html", context, status=400 if getypt else 200)


def _titel(blik: Blik) -> str:
    return f"Gebeurtenissen, zoals bekend op {blik.bekend_op:%d-%m-%Y}" if blik.bekend.dag else "Gebeurtenissen"


def _van(getypt: Voorstelformulier | None, soort: type[Voorstelformulier]) -> Any:
    return getypt if isinstance(getypt, soort) else None


def _filter(request: HttpRequest, alle: list[Gebeurtenisregel]) -> Gebeurteniskeuze:
    jaren = {jaar for r in alle for jaar in range(r.rij.datum.year, (r.rij.tot or r.rij.datum).year + 1)}
    indicatoren = list(Indicator.objects.order_by("naam").values_list("code", "naam"))
    laatste_eerst = sorted(jaren, reverse=True)
    return Gebeurteniskeuze(request.GET, indicatoren=indicatoren, jaren=laatste_eerst, auto_id="toon-%s")


def _getypt(request: HttpRequest, blik: Blik, bereik: Reikwijdte) -> Voorstelformulier:
    if "intrekken" in request.POST:
        return Gebeurtenisintrekking(request.POST)
    return _formulier(blik, bereik, request.POST)


def _formulier(blik: Blik, bereik: Reikwijdte, getypt: Any = None, over: Sequence[str] = ()) -> Gebeurtenisformulier:
    """To choose from is what this person may enter an event about; ``over`` are the indicators to begin with."""
    themas = Thema.objects.filter(agenda__in=blik.agendas).select_related("agenda").order_by("-agenda__begin_jaar")
    indicatoren = Indicator.objects.order_by("naam").values_list("code", "naam")
    return Gebeurtenisformulier(
        getypt,
        initial={"datum": timezone.localdate(), "indicatoren": over},
        alles=bereik.alles,
        themas=[(str(t.pk), f"{t.naam} ({t.agenda.jaren})") for t in themas if bereik.bevat_thema(t.slug)],
        indicatoren=[(code, naam) for code, naam in indicatoren if bereik.alles or code in bereik.indicatoren],
        onderdelen=[(o.code, zichtbaar(str(o))) for o in Onderdeel.objects.filter(soort__in=_TE_KIEZEN)],
    )


_TE_KIEZEN = (Onderdeel.Soort.DISTRICT, Onderdeel.Soort.BASISTEAM)  # the unit is a choice of its own


def _intrekken(
    request: HttpRequest, alle: list[Gebeurtenisregel], getypt: Gebeurtenisintrekking | None
) -> dict[str, Any] | None:
    """The event that the address or the form names, with the form to withdraw it."""
    gevraagd = request.POST.get("intrekken") or request.GET.get("intrek", "")
    regel = next((regel for regel in alle if str(regel.rij.pk) == gevraagd and regel.mag_intrekken), None)
    return {"regel": regel, "formulier": getypt or Gebeurtenisintrekking()} if regel else None


def _handel_af(request: HttpRequest, user: User, formulier: Voorstelformulier) -> bool:
    """Enter or withdraw, and say what was done; False when the page must show what is wrong."""
    if not formulier.is_valid():
        return False
    wie: dict[str, Any] = {"door": user, "herkomst": _HERKOMST}
    try:
        if isinstance(formulier, Gebeurtenisformulier):
            rij = noteer_gebeurtenis(formulier.wat, **wie)
            zin = f"“{rij}” staat op de tijdas van de grafieken die het raakt."
        else:
            rij = trek_gebeurtenis_in(_pk(request.POST["intrekken"]), reden=formulier.cleaned_data["reden"], **wie)
            zin = f"“{rij}” is ingetrokken en staat in geen grafiek meer."
    except (InvoerFout, Geweigerd) as fout:
        meld_fouten(formulier, fout)
        return False
    messages.success(request, zin)
    return True


def _pk(tekst: str) -> int:
    return get_object_or_404(Gebeurtenis, pk=lees_sleutel(tekst)).pk
