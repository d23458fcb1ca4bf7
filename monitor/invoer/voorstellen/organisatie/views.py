"""The pages on which the organisation is kept: what is known with its source, and a form to propose a change."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import View, vereist
from common.vaststellen.bewaking import Geweigerd
from common.vaststellen.model import Staat
from formatie.bijhouden.inhoud import Inhoud
from formatie.bijhouden.inwonertal import INWONERTAL
from formatie.bijhouden.werkgebied import WERKGEBIED
from formatie.models import Organisatiebesluit
from monitor.agenda.bijhouden import AGENDA
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.soorten import ORGANISATIE
from monitor.invoer.vaststellen.voorleggen import BOVENAAN, meld_fouten, trek_eigen_in
from monitor.invoer.vaststellen.voorstel import AlVoorgesteld
from monitor.invoer.voorstellen.organisatie.begin import RECHTEN, lees_kaarten
from monitor.invoer.voorstellen.organisatie.forms import (
    Agendaformulier,
    Bijhoudformulier,
    Eindeformulier,
    Inwonerformulier,
    Werkgebiedformulier,
    lees_dag,
)
from monitor.invoer.voorstellen.organisatie.selectors import (
    get_agendarijen,
    get_gemeenterijen,
    get_inwonerrijen,
    get_voorstellen,
    wachtend_per_plek,
)
from monitor.invoer.voorstellen.organisatie.services import stel_organisatie_voor

_HERKOMST = "scherm beheer"
_KLAAR = "Uw voorstel ligt klaar. Een ander moet het vaststellen."


@require_safe
@vereist(*RECHTEN)
def beheer(request: HttpRequest) -> HttpResponse:
    """Where everything that is kept is found, for who may."""
    context = {"kaarten": lees_kaarten(request), "kruimels": [("Overzicht", reverse("overzicht")), ("Beheer", "")]}
    return render(request, "monitor/invoer/voorstellen/organisatie/beheer.html", context)


def bijhouden(
    inhoud: Inhoud,
    titel: str,
    kies: Callable[[Any], type[Bijhoudformulier]],
    lees: Callable[[date], dict[str, Any]],
) -> View:
    """A page of one kind: ``lees`` gives what it shows of a day, ``kies`` the form that is asked for."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @vereist(Recht.ORGANISATIE_BIJHOUDEN, Recht.ORGANISATIE_VASTSTELLEN)
    def view(request: HttpRequest) -> HttpResponse:
        user: User = request.user  # type: ignore[assignment]  # the right was asked for above
        mag = user.mag_overal(Recht.ORGANISATIE_BIJHOUDEN)
        if request.method == "POST" and not mag:
            raise PermissionDenied
        getypt = kies(request.POST)(request.POST, request.FILES) if request.method == "POST" else None
        if getypt and _handel_af(request, user, inhoud, getypt):
            return redirect(reverse(inhoud.pagina) + BOVENAAN)
        dag = lees_dag(request.GET.get("dag", "")) or timezone.localdate()
        voorstellen = get_voorstellen(user, inhoud)
        formulier = (getypt or _begin(request, inhoud, kies, dag)) if mag else None
        wacht_op = wachtend_per_plek(voorstellen)
        if formulier and not getypt:
            formulier.al_open = wacht_op.get(request.GET.get("plek") or request.GET.get("team", ""))
        context = {
            "titel": titel,
            "dag": dag,
            "voorstellen": voorstellen,
            "wacht_op": wacht_op,
            "formulier": formulier,
            "kruimels": _kruimels(titel),
            **lees(dag),
        }
        sjabloon = f"monitor/invoer/voorstellen/organisatie/{inhoud.pagina}.html"
        return render(request, sjabloon, context, status=400 if getypt and getypt.errors else 200)

    return view


def _kruimels(hier: str) -> list[tuple[str, str]]:
    return [("Overzicht", reverse("overzicht")), ("Beheer", reverse("beheer")), (hier, "")]


def _begin(
    request: HttpRequest, inhoud: Inhoud, kies: Callable[[Any], type[Bijhoudformulier]], dag: date
) -> Bijhoudformulier:
    """What was sent back at the place that the address names, or a new proposal about it."""
    soort, plek = kies(request.GET), request.GET.get("plek", "").replace("\x00", "")
    terug = Organisatiebesluit.objects.filter(soort=inhoud.soort, plek=plek, staat=Staat.AFGEKEURD).first()
    if terug and "einde" not in request.GET:
        return soort(initial={"bron": terug.bron, "reden": terug.reden, **soort.uit(terug)})
    return soort(initial=soort.begin(request.GET.dict(), dag))


def _handel_af(request: HttpRequest, user: User, inhoud: Inhoud, formulier: Bijhoudformulier) -> bool:
    """Take back or propose, and say what was done; False when the form must be shown again with its faults."""
    if "intrekken" in request.POST:
        trek_eigen_in(request, ORGANISATIE, _HERKOMST, soort=inhoud.soort)
        return True
    proef = formulier.nog_te_lezen()
    try:
        stel_organisatie_voor(inhoud, **formulier.voorstel(), door=user, herkomst=_HERKOMST, proef=proef)
    except (InvoerFout, Geweigerd) as fout:
        formulier.al_open = fout.voorstel if isinstance(fout, AlVoorgesteld) else None
        meld_fouten(formulier, _aan_vanafveld(fout, formulier.vanafveld))
        return False
    formulier.toont_gevolgen = proef
    if not proef:
        messages.success(request, _KLAAR)
    return not proef


def _aan_vanafveld(fout: InvoerFout | Geweigerd, veld: str) -> InvoerFout | Geweigerd:
    """What is wrong with the day of the decision stands at the field that it is read from."""
    if isinstance(fout, Geweigerd):
        return fout
    return InvoerFout([een._replace(kolom=veld) if een.kolom == "vanaf" else een for een in fout.fouten])


inwoners = bijhouden(
    INWONERTAL, "Inwoners", lambda gevraagd: Inwonerformulier, lambda dag: {"rijen": get_inwonerrijen(dag)}
)
agendas = bijhouden(AGENDA, "Agenda's", lambda gevraagd: Agendaformulier, lambda dag: {"agendas": get_agendarijen()})
werkgebieden = bijhouden(
    WERKGEBIED,
    "Werkgebieden",
    lambda gevraagd: Eindeformulier if "einde" in gevraagd else Werkgebiedformulier,
    lambda dag: {"kringen": get_gemeenterijen(dag)},
)
