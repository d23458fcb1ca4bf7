"""The page of one ambition: how far it is per half year, with a form for who may say so."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.vaststellen.bewaking import Geweigerd
from common.vaststellen.model import Staat
from monitor.dashboards.keuze import Blik
from monitor.dashboards.oordeel.uiterlijk import badge
from monitor.dashboards.pagina import blik_van, naar_overzicht, naar_themas, themaadres
from monitor.dashboards.selectors import get_thema, monitorregels, zoals_bepaald
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.soorten import AMBITIESTAND
from monitor.invoer.vaststellen.voorleggen import BOVENAAN, lees_gezien, meld_fouten, trek_eigen_in
from strategie.models import Thema
from sturing.ambities.forms import Standformulier, begin_met, sleutel
from sturing.ambities.selectors import Ambitiebeeld, lees_ambitie, lees_oordelen
from sturing.ambities.services import stel_ambitiestand_voor
from sturing.lezen.vragen import lees_vragen, vraagwoord
from sturing.regels.omvang import Halfjaar

_HERKOMST = "scherm ambities"


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.CIJFERS_LEZEN)
def ambitie(request: HttpRequest, slug: str, nummer: int) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    blik, thema = get_thema(blik_van(request), slug)
    beeld = lees_ambitie(blik, thema, nummer)
    if beeld is None:
        raise Http404
    if request.method == "POST" and not beeld.mag_schrijven:
        raise PermissionDenied
    getypt = _formulier(blik, beeld, request) if request.method == "POST" else None
    if getypt and _handel_af(request, user, beeld, getypt):
        return redirect(reverse("ambitie", args=[slug, nummer]) + BOVENAAN)
    formulier = getypt or (_formulier(blik, beeld) if beeld.mag_schrijven else None)
    context = {
        "beeld": beeld,
        "vraagwoord": "" if blik.bekend.dag else vraagwoord(user, {slug}),
        "vragen": lees_vragen(user, moment=blik.bekend.moment, ambitie=beeld.ambitie),
        "thema": thema,
        "themaadres": themaadres(blik, slug),
        "formulier": formulier,
        "kruimels": _kruimels(blik, thema, nummer),
        "stand": blik.stand,
        "terugblik": blik.bekend.terugblik,
    }
    return render(request, "sturing/ambities/ambitie.html", context, status=400 if getypt else 200)


def _kruimels(blik: Blik, thema: Thema, nummer: int) -> list[tuple[str, str]]:
    naar_thema = (thema.naam, themaadres(blik, thema.slug))
    return [naar_overzicht(blik), naar_themas(blik), naar_thema, (f"Ambitie {nummer}", "")]


def _formulier(blik: Blik, beeld: Ambitiebeeld, getypt: HttpRequest | None = None) -> Standformulier:
    """To choose from are the half years of the agenda that began, and its indicators, those of the theme first."""
    halfjaren, thema = _halfjaren(blik), beeld.ambitie.thema_id
    regels = sorted(zoals_bepaald(blik, monitorregels(blik)), key=lambda regel: regel.thema_id != thema)
    oordelen = lees_oordelen(blik, [r.indicator for r in regels])
    indicatoren = [(r.indicator.code, _met_oordeel(r.indicator.naam, oordelen.get(r.indicator.code))) for r in regels]
    keuzes: dict[str, Any] = {"halfjaren": halfjaren, "indicatoren": indicatoren}
    if getypt:
        return Standformulier(getypt.POST, **keuzes)
    terug = next((regel.stand for regel in beeld.open if regel.stand.staat != Staat.INGEDIEND), beeld.ingetrokken)
    return Standformulier(initial=begin_met(terug) if terug else _leeg(beeld, halfjaren), **keuzes)


def _met_oordeel(naam: str, oordeel: str | None) -> str:
    return format_html("<span>{} {}</span>", naam, badge(oordeel)) if oordeel else naam


def _halfjaren(blik: Blik) -> list[Halfjaar]:
    """The latest first."""
    vandaag, jaren = timezone.localdate(), range(blik.agenda.begin_jaar, blik.agenda.eind_jaar + 1)
    alle = (Halfjaar(jaar, helft) for jaar in jaren for helft in (1, 2))
    return [halfjaar for halfjaar in alle if halfjaar.begin <= vandaag][::-1]


def _leeg(beeld: Ambitiebeeld, halfjaren: list[Halfjaar]) -> dict[str, str]:
    """The half year that ended last; when that is said already the one that runs, and only then an earlier one."""
    gezegd = {regel.stand.halfjaar for regel in (*beeld.standen, *beeld.open)}
    voorbij = [h for h in halfjaren if h.einde < timezone.localdate()]
    eerst = next((h for h in (*voorbij[:1], *halfjaren) if h not in gezegd), None)
    return {"halfjaar": sleutel(eerst)} if eerst else {}


def _handel_af(request: HttpRequest, user: User, beeld: Ambitiebeeld, formulier: Standformulier) -> bool:
    """Take back or hand in, and say what was done; False when the form must be shown again with its faults."""
    if "intrekken" in request.POST:
        trek_eigen_in(request, AMBITIESTAND, _HERKOMST, ambitie=beeld.ambitie)
        return True
    if not formulier.is_valid():
        return False
    try:
        stel_ambitiestand_voor(
            beeld.ambitie, formulier.opgave, door=user, herkomst=_HERKOMST, gezien=lees_gezien(request)
        )
    except (InvoerFout, Geweigerd) as fout:
        meld_fouten(formulier, fout)
        return False
    messages.success(request, "Wat u schreef, ligt klaar. Een ander moet het vaststellen.")
    if (over := formulier.opgave.halfjaar) and over.einde >= timezone.localdate():
        loopt = f"De {over.leesbaar} loopt nog tot en met {over.einde:%d-%m-%Y}."
        messages.warning(request, f"{loopt} Klopt het dan niet meer, schrijf het opnieuw.")
    return True
