"""Asking a question or giving an advice, and the page of one: who reads it, its answers, and what one may do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.tekst.periode import Kwartaal, kwartalen, laatst_verschuldigde
from common.tekst.tekens import lees_sleutel
from monitor.invoer.vaststellen.voorleggen import BOVENAAN
from strategie.models import Agenda, Thema
from sturing.lezen.overleggen import get_overleggen
from sturing.lezen.vragen import Leesbeeld, lees_vragen
from sturing.models import Overleg, Vraag
from sturing.models.vraag import ADVIES_OVER
from sturing.overleg import services as overleg_services
from sturing.overleg.handelen import foutmelding, getypt_voor, voer_uit
from sturing.overleg.vragen import services
from sturing.overleg.vragen.forms import (
    Agendaformulier,
    Antwoordformulier,
    Gezienformulier,
    Terugtrekformulier,
    Vraagformulier,
)
from sturing.overleg.vragen.selectors import Gevonden, get_vraagkeuzes, zoek_onderwerp

_HERKOMST = "scherm vragen"
_TERUG = 8
"""Quarters that can be asked about, the latest one included."""


def _kruimels(hier: str) -> list[tuple[str, str]]:
    return [("Overzicht", reverse("overzicht")), ("Overleg", reverse("overleggen")), (hier, "")]


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.VRAAG_STELLEN, Recht.ADVIES_GEVEN)
def vraag_stellen(request: HttpRequest) -> HttpResponse:
    """Without ``?bij=`` one chooses about what, of ``?thema=``; the adviescommissie asks about one theme only."""
    user, vandaag = _lezer(request), timezone.localdate()
    is_advies, bij = not user.mag(Recht.VRAAG_STELLEN), request.GET.get("bij", "")
    kop = "Geef advies" if is_advies else "Stel een vraag"
    if not bij:
        return _kies(request, ADVIES_OVER if is_advies else request.GET.get("thema", ""), kop)
    gevonden = zoek_onderwerp(bij)
    if not services.mag_stellen(user, gevonden.onderwerp):
        raise PermissionDenied
    formulier = _vraagformulier(request, gevonden, is_advies, vandaag)
    if request.method == "POST" and (adres := _stel(request, user, gevonden, formulier)):
        return redirect(adres + BOVENAAN)
    context = {
        "kop": kop,
        "gevonden": gevonden,
        "is_advies": is_advies,
        "formulier": formulier,
        **foutmelding([formulier]),
        "kruimels": _kruimels(kop),
    }
    return render(request, "sturing/overleg/stellen.html", context, status=400 if request.method == "POST" else 200)


def _kies(request: HttpRequest, slug: str, kop: str) -> HttpResponse:
    """Of the last agenda that began; an agenda without the theme of the adviescommissie leaves it nothing to choose."""
    vandaag = timezone.localdate()
    begonnen = Agenda.objects.filter(begin_jaar__lte=vandaag.year).order_by("-begin_jaar")
    themas = Thema.objects.filter(agenda=begonnen.first())
    thema = themas.filter(slug=slug).first() if slug else None
    if slug not in ("", ADVIES_OVER) and not thema:
        raise Http404
    context = {
        "kop": kop,
        "thema": thema,
        "themas": [] if slug else themas.order_by("soort", "nummer"),
        "groepen": get_vraagkeuzes(thema, vandaag) if thema else [],
        "kruimels": _kruimels(kop),
    }
    return render(request, "sturing/overleg/waarover.html", context)


def _vraagformulier(request: HttpRequest, gevonden: Gevonden, is_advies: bool, vandaag: date) -> Vraagformulier:
    laatste = laatst_verschuldigde(vandaag, settings.INLEVERTERMIJN_DAGEN)
    keuzes = [str(k) for k in kwartalen(Kwartaal.van_index(laatste.index - _TERUG + 1), laatste)][::-1]
    gevraagd = request.GET.get("kwartaal", "")
    begin = {"kwartaal": gevraagd if gevraagd in keuzes else keuzes[0], "onderdeel": request.GET.get("onderdeel")}
    return Vraagformulier(
        request.POST if request.method == "POST" else None,
        initial={naam: waarde for naam, waarde in begin.items() if waarde},
        over_cijfer=gevonden.soort == "indicator",
        kwartalen=[(k, Kwartaal.parse(k).leesbaar) for k in keuzes],
        overleggen=_komend(vandaag),
        is_advies=is_advies,
    )


def _komend(vandaag: date) -> list[Overleg]:
    return list(get_overleggen().filter(datum__gte=vandaag))


def _stel(request: HttpRequest, user: User, gevonden: Gevonden, formulier: Vraagformulier) -> str:
    def _doe(tekst: str, overleg: Overleg | None, **velden: Any) -> str:
        onderwerp = gevonden.onderwerp
        if gevonden.soort == "indicator":
            kwartaal = Kwartaal.parse(velden["kwartaal"]) if velden["kwartaal"] else None
            onderwerp = replace(onderwerp, onderdeel=velden["onderdeel"], kwartaal=kwartaal)
        merk = velden["formulier"] or uuid4().hex
        return services.stel_vraag(onderwerp, tekst, overleg, formulier=merk, door=user, herkomst=_HERKOMST).adres

    if adres := voer_uit(formulier, _doe):
        messages.success(request, "Verstuurd. Wie erover gaat, krijgt dit bij Voor mij.")
    return adres


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.CIJFERS_LEZEN)
def vraag(request: HttpRequest, pk: int) -> HttpResponse:
    """To who may not read it, it does not exist."""
    user, vandaag = _lezer(request), timezone.localdate()
    beeld = next(iter(lees_vragen(user, pk=pk)), None)
    if beeld is None:
        raise Http404
    formulieren = dict(_formulieren(request, user, beeld, vandaag))
    if request.method == "POST" and (zin := _handel_af(request, user, beeld, formulieren)):
        messages.success(request, zin)
        return redirect(beeld.vraag.adres + BOVENAAN)
    context = {
        "beeld": beeld,
        "vraag": beeld.vraag,
        "titel": f"{beeld.vraag.get_soort_display()} over {beeld.waarover}",
        "wie_antwoordt": beeld.aan_zet() if beeld.is_open and not beeld.antwoorden else "",
        "formulieren": formulieren,
        **foutmelding(formulieren.values()),
        "niet_opgeslagen": "" if "antwoord" in formulieren else request.POST.get("antwoord-tekst", ""),
        "kruimels": _kruimels(beeld.vraag.get_soort_display()),
    }
    return render(request, "sturing/overleg/vraag.html", context, status=400 if request.method == "POST" else 200)


def _formulieren(request: HttpRequest, user: User, beeld: Leesbeeld, vandaag: date) -> Iterator[tuple[str, forms.Form]]:
    """What this person may do with it now; what was just sent is shown whatever became of the question meanwhile."""
    loopt, vraag, gestuurd = beeld.vraag.ingetrokken_op is None, beeld.vraag, request.POST.get("handeling", "")
    laatste = beeld.antwoorden[0] if beeld.antwoorden else None
    gezien = {"initial": {"gezien": beeld.gezien}}
    leidt = user.mag_overal(Recht.OVERLEG_VOORBEREIDEN)
    if beeld.beantwoordt and (loopt or gestuurd == "antwoord"):
        begin = gezien["initial"] | ({"tekst": laatste.tekst} if laatste else {})
        yield "antwoord", Antwoordformulier(**getypt_voor(request, "antwoord"), initial=begin)
    te_geven = loopt and laatste is not None and laatste.vrijgegeven_op is None and laatste.door_id != user.pk
    if leidt and (te_geven or gestuurd == "vrijgeven"):
        yield "vrijgeven", Gezienformulier(**getypt_voor(request, "vrijgeven"), **gezien)
    if leidt and ((loopt and not beeld.op_agenda) or gestuurd == "agenda"):
        yield "agenda", Agendaformulier(overleggen=_komend(vandaag), **getypt_voor(request, "agenda"))
    if vraag.door_id == user.pk and ((loopt and beeld.is_open) or gestuurd == "intrekken"):
        yield "intrekken", Terugtrekformulier(**getypt_voor(request, "intrekken"))
    if vraag.door_id == user.pk and any(een.vrijgegeven_op and een.gezien_op is None for een in beeld.antwoorden):
        yield "gelezen", Gezienformulier(**getypt_voor(request, "gelezen"), **gezien)


def _handel_af(request: HttpRequest, user: User, beeld: Leesbeeld, formulieren: dict[str, forms.Form]) -> str:
    naam, vraag, wie = request.POST.get("handeling", ""), beeld.vraag, {"door": user, "herkomst": _HERKOMST}
    doen: dict[str, Callable[..., str]] = {
        "antwoord": lambda tekst, gezien: _beantwoord(vraag, tekst, lees_sleutel(gezien), wie),
        "vrijgeven": lambda gezien: _geef_vrij(vraag, lees_sleutel(gezien), wie),
        "agenda": lambda overleg: _zet_op_agenda(vraag, overleg, wie),
        "intrekken": lambda reden: _trek_in(vraag, reden, wie),
        "gelezen": lambda gezien: _gelezen(vraag, wie),
    }
    if naam not in doen:
        raise BadRequest("Deze handeling bestaat niet.")
    if naam not in formulieren:
        raise PermissionDenied
    return voer_uit(formulieren[naam], doen[naam])


def _beantwoord(vraag: Vraag, tekst: str, gezien: int | None, wie: dict[str, Any]) -> str:
    services.beantwoord(vraag, tekst, gezien=gezien, **wie)
    return "Het antwoord is bewaard en nog intern: een programmadirecteur die het niet schreef, geeft het vrij."


def _geef_vrij(vraag: Vraag, gezien: int | None, wie: dict[str, Any]) -> str:
    services.geef_vrij(vraag, gezien=gezien, **wie)
    return "Vrijgegeven. Iedereen die de cijfers leest, ziet nu de vraag en dit antwoord."


def _zet_op_agenda(vraag: Vraag, overleg: Overleg | None, wie: dict[str, Any]) -> str:
    return f"Dit staat op de agenda van {overleg_services.zet_op_agenda(vraag, overleg, **wie).overleg}."


def _trek_in(vraag: Vraag, reden: str, wie: dict[str, Any]) -> str:
    services.trek_vraag_in(vraag, reden, **wie)
    return "Ingetrokken. Het blijft te lezen voor wie het al las."


def _gelezen(vraag: Vraag, wie: dict[str, Any]) -> str:
    services.meld_gelezen(vraag, **wie)
    return "Het antwoord staat niet meer op Voor mij."


def _lezer(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]  # the right was asked for by the page
