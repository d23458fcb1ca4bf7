"""The pages of the agenda: the whole of it as a tree or a table, and the links that people lay in it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.peildatum import Uitgelegd
from common.pagina.tonen import Context, Scherm
from common.tekst.tekens import lees_sleutel
from common.vaststellen.bewaking import Geweigerd, NietToegestaan
from monitor.dashboards.keuze import Blik
from monitor.dashboards.overzicht.agendastand import lees_boom
from monitor.dashboards.pagina import blik_van, maak_scherm, naar_overzicht, toon
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.soorten import KOPPELING
from monitor.invoer.vaststellen.voorleggen import BOVENAAN, meld_fouten, trek_eigen_in
from sturing.doelenboom.forms import LIJST, Koppelformulier
from sturing.doelenboom.selectors import (
    Koppelingenbeeld,
    get_feitengroepen,
    get_keuzes,
    get_koppelingenbeeld,
    get_teruggestuurd,
    get_zetelgroepen,
)
from sturing.doelenboom.services import stel_koppeling_voor
from sturing.doelenboom.tables import Agendatabel
from sturing.models import Koppelbaar

_VORMEN = {"boom": "Boom", "tabel": "Tabel"}
_HERKOMST = "scherm koppelingen"


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def doelenboom(request: HttpRequest) -> HttpResponse:
    vorm = request.GET.get("vorm", "boom")
    if vorm not in _VORMEN:
        raise Uitgelegd(f"Deze vorm is er niet. Kies {' of '.join(_VORMEN)}.")
    return toon(request, lambda: _doelenboom(blik_van(request), vorm, alles_open="open" in request.GET))


def _doelenboom(blik: Blik, vorm: str, *, alles_open: bool) -> Scherm:
    boom, regels = lees_boom(blik)
    titel = f"De agenda {blik.agenda.jaren}, {blik.bekend.wanneer(blik.kwartaal)}"
    tabel = Agendatabel(boom.delen, titel=titel, noten=blik.bekend.noten)

    def _inhoud() -> Context:
        return {
            "boom": boom,
            "vorm": vorm,
            "vormen": _VORMEN.items(),
            "alles_open": alles_open,
            "groepen": get_feitengroepen(blik.agenda),
            "zetels": get_zetelgroepen(blik.bekend_op),
        }

    kruimels = [naar_overzicht(blik), ("Agenda", "")]
    scherm = maak_scherm(blik, "", f"Agenda {blik.agenda.jaren}", kruimels, _inhoud, over=regels, tabellen=[tabel])
    kader = scherm.kader
    return replace(
        scherm,
        sjabloon="sturing/doelenboom/_agenda.html",
        kader=lambda: kader() | {"stijlblad": "sturing/doelenboom.css"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.CIJFERS_LEZEN)
def koppelingen(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    blik = blik_van(request)
    mag = user.mag(Recht.KOPPELING_VOORSTELLEN) and not blik.bekend.dag
    if request.method == "POST" and not mag:
        raise PermissionDenied
    keuzes = get_keuzes(blik.agenda, user) if mag else {}
    getypt = Koppelformulier(request.POST) if request.method == "POST" else None
    if getypt and _handel_af(request, user, getypt, keuzes):
        return redirect(reverse("koppelingen") + BOVENAAN)
    beeld = get_koppelingenbeeld(user, blik.bekend.moment)
    context = {
        "beeld": beeld,
        "agenda": blik.agenda,
        "vraag": blik.vraag,
        "formulier": (getypt or Koppelformulier(initial=_begin(request, user, beeld))) if mag else None,
        "lijst": LIJST,
        "keuzes": keuzes,
        "kruimels": [naar_overzicht(blik), ("Agenda", reverse("doelenboom") + blik.vraag), ("Koppelingen", "")],
        "stand": blik.stand,
        "terugblik": blik.bekend.terugblik,
    }
    return render(request, "sturing/doelenboom/koppelingen.html", context, status=400 if getypt else 200)


def _begin(request: HttpRequest, user: User, beeld: Koppelingenbeeld) -> dict[str, Any]:
    """What came back, a link that is to end, or a new one."""
    if (pk := lees_sleutel(request.GET.get("voorstel", ""))) and (terug := get_teruggestuurd(user, pk)):
        keuze = "ja" if terug.geldt else "nee"
        return {"boven": str(terug.boven), "onder": str(terug.onder), "geldt": keuze, "reden": terug.reden}
    pk = lees_sleutel(request.GET.get("vervalt", ""))
    geldend = next((rij for rij in beeld.geldend if rij.pk == pk), None)
    return {"boven": str(geldend.boven), "onder": str(geldend.onder), "geldt": "nee"} if geldend else {}


def _handel_af(request: HttpRequest, user: User, formulier: Koppelformulier, keuzes: Mapping[str, Koppelbaar]) -> bool:
    """Take back or propose, and say what was done; False when the form must be shown again with its faults."""
    if "intrekken" in request.POST:
        trek_eigen_in(request, KOPPELING, _HERKOMST)
        return True
    if not formulier.is_valid():
        return False
    try:
        stel_koppeling_voor(**formulier.voorstel(keuzes), door=user, herkomst=_HERKOMST)
    except NietToegestaan as fout:  # of what was chosen: the right itself was asked for above
        meld_fouten(formulier, InvoerFout([Fout(0, "onder", str(fout))]))
        return False
    except (InvoerFout, Geweigerd) as fout:
        meld_fouten(formulier, fout)
        return False
    messages.success(request, "Uw voorstel ligt klaar. Een ander moet het vaststellen.")
    return True
