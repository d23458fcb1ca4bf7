"""What changed between two days, and what of it a person follows. A view asks and hands over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.tonen import Context, Scherm, toon_pagina
from common.vaststellen.bewaking import Geweigerd
from monitor.dashboards.overzicht.sinds import Sinds, lees_sinds
from sturing.lezen.vergadering import Tijdvak, begin_vanzelf
from sturing.lezen.volgingen import (
    lees_gevolgd,
    lees_volgstand,
    noem_volgbaar,
    onderdelen_van,
    verdeel,
)
from sturing.models import Volgstand
from sturing.regels.sinds import per_thema, tel, telling
from sturing.volgen.forms import Sindskeuze, begin_na, lees_sindskeuze
from sturing.volgen.services import meld_gezien, volg, volg_niet_meer
from sturing.volgen.tables import SindsTabel

_HERKOMST = "scherm volgen"
_NAAR_OVERZICHT = "Overzicht"
_VOLGT = 'U volgt nu {}. Wat eraan verandert, komt per e-mail en staat bij <a href="{}">wat u volgt</a>.'
_NIET_MEER = 'U volgt {} niet meer. Bekijk <a href="{}">wat u nog volgt</a>.'


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.AGENDA_LEZEN)
def sinds(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    if request.method == "POST":
        meld_gezien(user)
        messages.success(request, "Genoteerd. Kies voortaan “Uw vorige keer” om te zien wat er daarna veranderde.")
        return redirect(request.get_full_path())
    stand = lees_volgstand(user)
    keuze = lees_sindskeuze(request.GET.dict(), stand.gezien_op, timezone.localdate())
    if keuze.vak is None:
        return render(request, "sturing/volgen/sinds.html", _kop(keuze, stand), status=400)
    eigen = user.districten_met(Recht.PERSONEEL_DISTRICT)
    return toon_pagina(request, lambda: _scherm(user, keuze, keuze.vak, stand, eigen), bewaren=False)  # type: ignore[arg-type]  # asked above


def _kop(keuze: Sindskeuze, stand: Volgstand) -> Context:
    kruimels = [(_NAAR_OVERZICHT, reverse("overzicht")), ("Wat veranderde er", "")]
    return {"keuze": keuze, "stand_van_lezer": stand, "kruimels": kruimels}


def _vandaag() -> date:
    return timezone.localdate()


def _scherm(user: User, keuze: Sindskeuze, vak: Tijdvak, stand: Volgstand, eigen: set[str]) -> Scherm:
    gevonden = lees_sinds(user, vak, eigen)
    tabel = SindsTabel(gevonden.regels, titel=keuze.kop, themas=dict(gevonden.themas))
    kop = _kop(keuze, stand)
    return Scherm(
        "sturing/volgen/_sinds.html",
        "Wat veranderde er",
        kop["kruimels"],
        lambda: kop | _inhoud(gevonden),
        lambda: {"stijlblad": "sturing/volgen.css", "stand": None, "terugblik": None, "met_htmx": False},
        [tabel],
    )


def _inhoud(gevonden: Sinds) -> Context:
    return {
        "aantal": len(gevonden.regels),
        "telling": telling(tel(gevonden.regels)),
        "groepen": per_thema(gevonden.regels, gevonden.themas),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.AGENDA_LEZEN)
def volgen(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    if request.method == "POST":
        return _handel_af(request, user)
    vandaag, stand, gevolgd = _vandaag(), lees_volgstand(user), lees_gevolgd(user)
    begin = begin_na(stand.gezien_op, vandaag) if stand.gezien_op else begin_vanzelf(vandaag)
    vak = Tijdvak(begin.dag, vandaag, vandaag)
    regels = lees_sinds(user, vak, onderdelen_van(gevolgd)).regels if gevolgd else []
    context = {
        "kruimels": [(_NAAR_OVERZICHT, reverse("overzicht")), ("Volgen", "")],
        "gevolgd": verdeel(gevolgd, regels),
        "begin": begin,
    }
    return render(request, "sturing/volgen/volgen.html", context)


def _handel_af(request: HttpRequest, user: User) -> HttpResponse:
    """Follow or not, and back to the page where that was asked: that of the thing, or the list."""
    soort, sleutel = request.POST.get("soort", ""), request.POST.get("sleutel", "")
    wie: dict[str, Any] = {"door": user, "herkomst": _HERKOMST}
    if (actie := request.POST.get("actie")) not in ("volg", "stop"):
        raise BadRequest("Deze handeling bestaat niet.")
    stop = actie == "stop"
    try:
        (volg_niet_meer if stop else volg)(soort, sleutel, **wie)
    except Geweigerd as fout:
        messages.error(request, str(fout))
        return redirect("volgen")
    gevonden = noem_volgbaar(user, soort, sleutel)
    messages.success(request, _gedaan(gevonden, stop=stop))
    op_lijst = gevonden is None or request.POST.get("terug") == "volgen"
    return redirect(reverse("volgen") if op_lijst else gevonden[1])  # type: ignore[index]  # asked before


def _gedaan(gevonden: tuple[str, str] | None, *, stop: bool) -> str:
    """With the thing and the list of all that is followed, so that nobody has to look for either."""
    naam, adres = gevonden or ("dit", "")
    wat = format_html('<a href="{}">{}</a>', adres, naam.rstrip(".")) if adres else naam
    return format_html(_NIET_MEER if stop else _VOLGT, wat, reverse("volgen"))
