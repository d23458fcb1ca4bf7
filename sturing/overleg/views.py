"""The meetings, and one of them: its agenda to read and to print, and the forms of who prepares it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.tekst.tekens import lees_sleutel
from common.vaststellen.bewaking import bewaakt
from monitor.invoer.vaststellen.voorleggen import BOVENAAN
from monitor.models import Indicator
from strategie.models import Thema
from sturing.lezen.overleggen import get_overleggen
from sturing.models import Agendapunt, Besluit, Overleg, Planactiviteit
from sturing.overleg import services
from sturing.overleg.acties.services import maak_actie
from sturing.overleg.forms import Actieformulier, Besluitformulier, Intrekformulier, Overlegformulier, Puntformulier
from sturing.overleg.handelen import fouten_in, getypt_voor, voer_uit
from sturing.overleg.selectors import Overlegbeeld, get_onderwerpen, get_uitvoerders, lees_overleg
from sturing.overleg.voordragen import lees_voordrachten

_HERKOMST = "scherm overleg"
KRUIMELS = [("Overzicht", "overzicht"), ("Overleg", "overleggen")]


def kruimels(hier: str, *tussen: tuple[str, str]) -> list[tuple[str, str]]:
    return [*((naam, reverse(route)) for naam, route in KRUIMELS), *tussen, (hier, "")]


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.AGENDA_LEZEN)
def overleggen(request: HttpRequest) -> HttpResponse:
    user, vandaag = _lezer(request), timezone.localdate()
    bereidt_voor = user.mag_overal(Recht.OVERLEG_VOORBEREIDEN)
    if request.method == "POST" and not bereidt_voor:
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("handeling") != "overleg":
        raise BadRequest("Deze handeling bestaat niet.")
    formulier = Overlegformulier(**getypt_voor(request, "overleg"))
    if formulier.is_bound and (nieuw := _plan(request, user, formulier)):
        return redirect(nieuw)
    alle = list(get_overleggen())
    komend = [overleg for overleg in alle if overleg.datum >= vandaag]
    context = {
        "komend": komend,
        "geweest": [overleg for overleg in alle if overleg.datum < vandaag][::-1],
        "vervallen": Overleg.objects.exclude(ingetrokken_op=None).order_by("-datum") if bereidt_voor else [],
        "formulier": formulier if bereidt_voor else None,
        "fouten": list(fouten_in([formulier])),
        "kruimels": [("Overzicht", reverse("overzicht")), ("Overleg", "")],
    }
    return render(request, "sturing/overleg/overleggen.html", context, status=400 if context["fouten"] else 200)


def _plan(request: HttpRequest, user: User, formulier: Overlegformulier) -> str:
    """The address of the new meeting."""

    def _doe(**velden: Any) -> str:
        return services.plan_overleg(**velden, door=user, herkomst=_HERKOMST).adres

    if adres := voer_uit(formulier, _doe):
        messages.success(request, "Het overleg staat gepland. Maak hieronder de agenda.")
    return adres


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.AGENDA_LEZEN)
def overleg(request: HttpRequest, pk: int) -> HttpResponse:
    user, vandaag = _lezer(request), timezone.localdate()
    gevonden = get_object_or_404(Overleg.objects.select_related("ingetrokken_door"), pk=pk)
    bereidt_voor = user.mag_overal(Recht.OVERLEG_VOORBEREIDEN)
    if request.method == "POST" and not bereidt_voor:
        raise PermissionDenied
    beeld = lees_overleg(gevonden, user, vandaag)
    te_doen = bereidt_voor and (request.method == "POST" or not gevonden.ingetrokken_op)
    formulieren = _formulieren(request, beeld, vandaag) if te_doen else {}
    if request.method == "POST" and (zin := _handel_af(request, user, gevonden, formulieren)):
        messages.success(request, zin)
        return redirect(gevonden.adres + BOVENAAN)
    context = {
        "beeld": beeld,
        "overleg": gevonden,
        "vandaag": vandaag,
        "formulieren": formulieren,
        "fouten": list(fouten_in(formulieren.values())),
        "mag_stellen": user.mag(Recht.VRAAG_STELLEN),
        "kruimels": kruimels(gevonden.titel),
    }
    return render(request, "sturing/overleg/overleg.html", context, status=400 if request.method == "POST" else 200)


def _formulieren(request: HttpRequest, beeld: Overlegbeeld, vandaag: date) -> dict[str, forms.Form]:
    """Decisions are for a meeting that has been, and actions for a decision that was taken."""
    punten = [(str(regel.punt.punt.pk), regel.punt.punt.titel) for regel in beeld.regels]
    besluiten = [(str(r.besluit.pk), _kort(r.besluit.tekst)) for regel in beeld.regels for r in regel.besluiten]
    personen = get_uitvoerders(vandaag)
    besluit = Besluitformulier(punten=punten, personen=personen, **getypt_voor(request, "besluit"))
    actie = Actieformulier(besluiten=besluiten, personen=personen, **getypt_voor(request, "actie"))
    dingen = [
        (f"overleg:{beeld.overleg.pk}", f"Dit overleg: {beeld.overleg}"),
        *((f"punt:{pk}", f"Agendapunt: {titel}") for pk, titel in punten),
        *((f"besluit:{pk}", f"Besluit: {tekst}") for pk, tekst in besluiten),
    ]
    return {
        "punt": Puntformulier(onderwerpen=get_onderwerpen(vandaag), **getypt_voor(request, "punt")),
        **({"besluit": besluit} if (punten and beeld.is_geweest) or besluit.is_bound else {}),
        **({"actie": actie} if besluiten or actie.is_bound else {}),
        "intrekken": Intrekformulier(dingen=dingen, **getypt_voor(request, "intrekken")),
    }


def _kort(tekst: str, langste: int = 80) -> str:
    return tekst if len(tekst) <= langste else f"{tekst[:langste].rstrip()}…"


def _handel_af(request: HttpRequest, user: User, overleg: Overleg, formulieren: dict[str, forms.Form]) -> str:
    """Do what was asked and say so; nothing where the form must show what is wrong."""
    vandaag = timezone.localdate()
    naam = request.POST.get("handeling", "")
    wie: dict[str, Any] = {"door": user, "herkomst": _HERKOMST}
    doen: dict[str, Callable[..., str]] = {
        "punt": lambda **velden: _voeg_toe(overleg, wie, **velden),
        "besluit": lambda **velden: _besluit(overleg, wie, **velden),
        "actie": lambda **velden: _actie(overleg, wie, **velden),
        "intrekken": lambda **velden: _trek_in(overleg, wie, **velden),
        "overnemen": lambda: _overgenomen(services.neem_punten_over(overleg, lees_voordrachten(user, vandaag), **wie)),
        "hoger": lambda: _hoger(overleg, wie, request.POST.get("punt", "")),
    }
    if naam not in doen:
        raise BadRequest("Deze handeling bestaat niet.")
    if naam in ("overnemen", "hoger"):
        return voer_uit(_leeg(formulieren, request), doen[naam])
    return voer_uit(formulieren[naam], doen[naam]) if naam in formulieren else ""


def _leeg(formulieren: dict[str, forms.Form], request: HttpRequest) -> forms.Form:
    """A button has no fields; what is wrong is said above the page all the same."""
    return formulieren.setdefault("knop", forms.Form(request.POST))


def _overgenomen(aantal: int) -> str:
    if not aantal:
        return "Alles wat onder Bespreken of op de hoogste trede van de ladder staat, staat al op de agenda."
    return f"{aantal} {'punt' if aantal == 1 else 'punten'} overgenomen uit Bespreken en de ladder."


def _hoger(overleg: Overleg, wie: dict[str, Any], pk: str) -> str:
    punt = get_object_or_404(Agendapunt.objects.geldend().filter(overleg=overleg), pk=lees_sleutel(pk) or 0)
    services.zet_hoger(punt, **wie)
    return f"“{punt.titel}” staat nu een plaats hoger."


def _voeg_toe(overleg: Overleg, wie: dict[str, Any], *, titel: str, toelichting: str, over: str) -> str:
    soort, _, pk = over.partition(":")
    model: Any = {"thema": Thema, "indicator": Indicator, "activiteit": Planactiviteit}.get(soort)
    ding = model.objects.get(pk=int(pk)) if model else None
    return f"“{services.voeg_punt_toe(overleg, titel, toelichting, ding, **wie)}” staat op de agenda."


def _besluit(overleg: Overleg, wie: dict[str, Any], *, punt: str, tekst: str, **opdracht: Any) -> str:
    """The decision and what follows from it, both or neither."""
    bij = Agendapunt.objects.filter(overleg=overleg, pk=lees_sleutel(punt) or 0).select_related("overleg").first()
    with bewaakt("besluit vastleggen", **wie):
        besluit = services.neem_besluit(bij, tekst, **wie)
        if any(opdracht.values()):
            maak_actie(besluit, **opdracht, **wie)
            return "Het besluit en de actie zijn vastgelegd."
    return "Het besluit is vastgelegd."


def _actie(overleg: Overleg, wie: dict[str, Any], *, besluit: str, **opdracht: Any) -> str:
    uit = Besluit.objects.filter(punt__overleg=overleg, pk=lees_sleutel(besluit) or 0).first()
    maak_actie(uit, **opdracht, **wie)
    return "De actie is vastgelegd."


def _trek_in(overleg: Overleg, wie: dict[str, Any], *, wat: str, reden: str) -> str:
    soort, _, pk = wat.partition(":")
    van: dict[str, Any] = {
        "overleg": Overleg.objects.filter(pk=overleg.pk),
        "punt": Agendapunt.objects.filter(overleg=overleg).select_related("overleg"),
        "besluit": Besluit.objects.filter(punt__overleg=overleg).select_related("punt__overleg"),
    }
    services.trek_in(van[soort].get(pk=int(pk)) if soort in van else None, reden, **wie)
    return "Ingetrokken. Het blijft te lezen in de geschiedenis."


def _lezer(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]  # the right was asked for by the page
