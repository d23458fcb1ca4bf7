"""The meetings, and one of them: its agenda to read and to print, and the forms of who prepares it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.peildatum import BestaatNiet, Nu, lees_bekend
from common.tekst.tekens import hoofdletter, lees_sleutel, zichtbaar
from common.vaststellen.bewaking import bewaakt
from monitor.invoer.vaststellen.voorleggen import BOVENAAN
from monitor.models import Indicator
from strategie.models import Thema
from sturing.lezen.overleggen import Agendering, get_overleggen
from sturing.models import Agendapunt, Besluit, Overleg, Planactiviteit
from sturing.overleg import services
from sturing.overleg.acties.services import maak_actie
from sturing.overleg.forms import (
    Actieformulier,
    Besluitformulier,
    Intrekformulier,
    Overlegformulier,
    Puntformulier,
    Puntkeuzeformulier,
    Redenformulier,
)
from sturing.overleg.handelen import foutmelding, getypt_voor, terugkijken, voer_uit
from sturing.overleg.selectors import Agendaregel, Overlegbeeld, get_onderwerpen, get_uitvoerders, lees_overleg
from sturing.overleg.voordragen import Aanbod, Voordracht, lees_voordrachten, niet_geagendeerd

_HERKOMST = "scherm overleg"
_STAPPEN = {"hoger": -1, "lager": 1}
_ACHTERAF = {
    "weg": "Dit overleg is geweest. Haal alleen weg wat niet is besproken.",
    "erbij": "Dit overleg is geweest. Voeg alleen toe wat er besproken is en niet op de agenda stond.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.AGENDA_LEZEN)
def overleggen(request: HttpRequest) -> HttpResponse:
    user, (bekend, dag) = _lezer(request), lees_bekend(request)
    bereidt_voor = user.mag_overal(Recht.OVERLEG_VOORBEREIDEN)
    maakt = bereidt_voor and bekend.dag is None
    if request.method == "POST" and not maakt:
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("handeling") != "overleg":
        raise BadRequest("Deze handeling bestaat niet.")
    formulier = Overlegformulier(**getypt_voor(request, "overleg"))
    if formulier.is_bound and (nieuw := _plan(request, user, formulier)):
        return redirect(nieuw)
    alle = list(get_overleggen(bekend.moment))
    context = {
        "komend": [overleg for overleg in alle if overleg.datum >= dag],
        "geweest": [overleg for overleg in alle if overleg.datum < dag][::-1],
        "vervallen": Overleg.objects.ingetrokken(bekend.moment).order_by("-datum") if bereidt_voor else [],
        "formulier": formulier if maakt else None,
        **foutmelding([formulier]),
        **terugkijken(bekend, dag, "Overleg"),
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
    user, (bekend, dag) = _lezer(request), lees_bekend(request)
    gevonden = get_object_or_404(Overleg.objects.select_related("ingetrokken_door"), pk=pk)
    if bekend.moment and gevonden.op > bekend.moment:
        raise BestaatNiet(
            f"Dit overleg was op {dag:%d-%m-%Y} nog niet gepland. Kies een latere dag.",
            ("Terug naar vandaag: dit overleg zoals het nu is", gevonden.adres),
            (f"De overleggen zoals bekend op {dag:%d-%m-%Y}", reverse("overleggen") + bekend.vraag()),
        )
    maakt = user.mag_overal(Recht.OVERLEG_VOORBEREIDEN) and bekend.dag is None
    if request.method == "POST" and not maakt:
        raise PermissionDenied
    beeld, is_weg = lees_overleg(gevonden, user, dag, bekend.moment), gevonden.is_weg(bekend.moment)
    nu = _Voorgedragen() if is_weg else _lees_voorgedragen(user, gevonden, dag, bekend)
    formulieren = _formulieren(request, beeld, nu, dag) if maakt and (request.method == "POST" or not is_weg) else {}
    if request.method == "POST" and (zin := _handel_af(request, nu.alle, gevonden, formulieren)):
        plek = _plek_van(request)
        messages.success(request, zin, extra_tags=plek)
        return redirect(f"{gevonden.adres}#{plek}" if plek else gevonden.adres + BOVENAAN)
    context = {
        "beeld": beeld,
        "overleg": gevonden,
        "is_weg": is_weg,
        "punten": [_puntrij(regel, formulieren, nu) for regel in beeld.regels],
        "aanbod": nu.aanbod,
        "achteraf": _ACHTERAF if gevonden.datum < dag else {},
        "vandaag": dag,
        "formulieren": formulieren,
        **foutmelding(formulieren.values()),
        "meldingen": list(messages.get_messages(request)),
        **terugkijken(bekend, dag, gevonden.titel, ("Overleg", "overleggen")),
        "mag_stellen": user.mag(Recht.VRAAG_STELLEN),
    }
    return render(request, "sturing/overleg/overleg.html", context, status=400 if request.method == "POST" else 200)


@dataclass(frozen=True)
class _Voorgedragen:
    """What the figures bring to a meeting to come, and of that what is not on its agenda."""

    alle: Sequence[Voordracht] = ()
    aanbod: Sequence[Aanbod] = ()


def _lees_voorgedragen(user: User, overleg: Overleg, dag: date, bekend: Nu) -> _Voorgedragen:
    if overleg.datum < dag or not user.mag(Recht.CIJFERS_LEZEN):
        return _Voorgedragen()
    alle = lees_voordrachten(user, dag)
    return _Voorgedragen(alle, niet_geagendeerd(alle, overleg, Agendering.lees(dag, bekend.moment)))


@dataclass(frozen=True)
class _Puntrij:
    """A point, the form to take it off, and whether the lists that brought it would do so no more."""

    regel: Agendaregel
    weg: forms.Form | None
    niet_meer: bool


def _puntrij(regel: Agendaregel, formulieren: dict[str, forms.Form], nu: _Voorgedragen) -> _Puntrij:
    punt = regel.punt.punt
    van_cijfers = punt.bron in (Agendapunt.Bron.BESPREKEN, Agendapunt.Bron.LADDER)
    nog = any((een.indicator, een.kwartaal) == (punt.indicator_id, punt.periode) for een in nu.alle)
    return _Puntrij(regel, formulieren.get(f"weg-{punt.pk}"), bool(nu.alle) and van_cijfers and not nog)


def _plek_van(request: HttpRequest) -> str:
    """Where on the page the reader was, and is told what was done; empty for the top."""
    naam, punt = request.POST.get("handeling", ""), lees_sleutel(request.POST.get("punt", ""))
    if naam in _STAPPEN:
        return f"punt-{punt}"
    vaste = {"punt": "bij-agenda", "overnemen": "bij-agenda", "besluit": "vastleggen", "actie": "vastleggen"}
    return "bij-agenda" if naam.startswith("weg-") else vaste.get(naam, "")


def _formulieren(request: HttpRequest, beeld: Overlegbeeld, nu: _Voorgedragen, vandaag: date) -> dict[str, forms.Form]:
    """Decisions are for a meeting that has been, and actions for a decision that was taken."""
    punten = [(str(regel.punt.punt.pk), regel.punt.punt.titel) for regel in beeld.regels]
    besluiten = [(str(r.besluit.pk), _kort(r.besluit.tekst)) for regel in beeld.regels for r in regel.besluiten]
    personen = get_uitvoerders(vandaag)
    besluit = Besluitformulier(punten=punten, personen=personen, **getypt_voor(request, "besluit"))
    actie = Actieformulier(besluiten=besluiten, personen=personen, **getypt_voor(request, "actie"))
    over = Puntkeuzeformulier(
        aanbod=[(een.voordracht.sleutel, _keuze(een)) for een in nu.aanbod],
        initial={"punten": _vooraf(beeld, nu)},
        **getypt_voor(request, "overnemen"),
    )
    dingen = [
        (f"overleg:{beeld.overleg.pk}", f"Dit overleg: {beeld.overleg}"),
        *((f"besluit:{pk}", f"Besluit: {tekst}") for pk, tekst in besluiten),
    ]
    return {
        **{f"weg-{pk}": Redenformulier(**getypt_voor(request, f"weg-{pk}")) for pk, _ in punten},
        **({"overnemen": over} if nu.aanbod or over.is_bound else {}),
        "punt": Puntformulier(onderwerpen=get_onderwerpen(vandaag), **getypt_voor(request, "punt")),
        **({"besluit": besluit} if (punten and beeld.is_geweest) or besluit.is_bound else {}),
        **({"actie": actie} if besluiten or actie.is_bound else {}),
        "intrekken": Intrekformulier(dingen=dingen, **getypt_voor(request, "intrekken")),
    }


def _keuze(aanbod: Aanbod) -> str:
    uitleg = f"{hoofdletter(aanbod.voordracht.waar)}. {hoofdletter(zichtbaar(aanbod.waarom))}."
    return format_html('{} <span class="bron">{}</span>', aanbod.voordracht.titel, uitleg)


def _vooraf(beeld: Overlegbeeld, nu: _Voorgedragen) -> list[str]:
    """All of it on an agenda without a figure; what was left out or taken off before is chosen by hand."""
    heeft_al = any(regel.punt.punt.indicator_id for regel in beeld.regels)
    eraf = {(punt.indicator_id, punt.periode) for punt in beeld.eraf}
    nieuw = [een.voordracht for een in nu.aanbod if (een.voordracht.indicator, een.voordracht.kwartaal) not in eraf]
    return [] if heeft_al else [een.sleutel for een in nieuw]


def _kort(tekst: str, langste: int = 80) -> str:
    return tekst if len(tekst) <= langste else f"{tekst[:langste].rstrip()}…"


def _handel_af(
    request: HttpRequest, voordrachten: Sequence[Voordracht], overleg: Overleg, formulieren: dict[str, forms.Form]
) -> str:
    """Do what was asked and say so; nothing where the form must show what is wrong."""
    naam = request.POST.get("handeling", "")
    wie: dict[str, Any] = {"door": _lezer(request), "herkomst": _HERKOMST}
    doen: dict[str, Callable[..., str]] = {
        "punt": lambda **velden: _voeg_toe(overleg, wie, **velden),
        "besluit": lambda **velden: _besluit(overleg, wie, **velden),
        "actie": lambda **velden: _actie(overleg, wie, **velden),
        "intrekken": lambda **velden: _trek_in(overleg, wie, **velden),
        "overnemen": lambda punten: _neem_over(
            overleg, [een for een in voordrachten if een.sleutel in (punten or ())], wie
        ),
        **{stap: partial(_verplaats, overleg, wie, request.POST.get("punt", ""), stap) for stap in _STAPPEN},
        **({naam: partial(_haal_weg, overleg, wie, naam.removeprefix("weg-"))} if naam.startswith("weg-") else {}),
    }
    if naam not in doen:
        raise BadRequest("Deze handeling bestaat niet.")
    if naam.startswith("weg-"):  # a point that is off already has no form any more
        formulieren.setdefault(naam, Redenformulier(request.POST, prefix=naam))
    if naam in _STAPPEN:  # a button has no fields; what is wrong is said above the page all the same
        formulieren["knop"] = forms.Form(request.POST)
        return voer_uit(formulieren["knop"], doen[naam])
    return voer_uit(formulieren[naam], doen[naam]) if naam in formulieren else ""


def _neem_over(overleg: Overleg, gekozen: Sequence[Voordracht], wie: dict[str, Any]) -> str:
    aantal = services.neem_punten_over(overleg, gekozen, **wie)
    return f"{aantal} {'punt' if aantal == 1 else 'punten'} overgenomen uit Bespreken en de ladder."


def _haal_weg(overleg: Overleg, wie: dict[str, Any], pk: str, *, reden: str) -> str:
    punt = get_object_or_404(
        Agendapunt.objects.filter(overleg=overleg).select_related("overleg"), pk=lees_sleutel(pk) or 0
    )
    services.trek_in(punt, reden, **wie)
    return f"“{punt.titel}” staat niet meer op de agenda. Het blijft te lezen, met uw reden."


def _verplaats(overleg: Overleg, wie: dict[str, Any], pk: str, hoe: str) -> str:
    punt = get_object_or_404(Agendapunt.objects.geldend().filter(overleg=overleg), pk=lees_sleutel(pk) or 0)
    services.verplaats(punt, _STAPPEN[hoe], **wie)
    return f"“{punt.titel}” staat nu een plaats {hoe}."


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
        "besluit": Besluit.objects.filter(punt__overleg=overleg).select_related("punt__overleg"),
    }
    services.trek_in(van[soort].get(pk=int(pk)) if soort in van else None, reden, **wie)
    return "Ingetrokken. Het blijft te lezen in de geschiedenis."


def _lezer(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]  # the right was asked for by the page
