"""Mijn account: who you are here, how you hear what waits for you, where you are logged in and how to end that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.berichten.kalender import get_kalenderadres, maak_kalenderadres, trek_kalenderadres_in
from accounts.berichten.keuze import HERINNERKEUZES
from accounts.berichten.services import kies_herinnering
from accounts.inloggen.logboek import beveiliging
from accounts.models import User
from accounts.sessies.opslag import beeindig
from accounts.sessies.selectors import get_sessies


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    return _toon(request)


def _toon(request: HttpRequest, gemaakt: str = "") -> HttpResponse:
    """``gemaakt`` is an address that stands in this answer alone."""
    user: User = request.user  # type: ignore[assignment]  # logged in
    context = {
        "sessies": get_sessies(user, request.session.session_key),
        "keuzes": HERINNERKEUZES,
        "kalender": get_kalenderadres(user),
        "gemaakt": gemaakt,
    }
    return render(request, "accounts/account.html", context)


@require_POST
def herinnering(request: HttpRequest) -> HttpResponse:
    """How often one hears by mail what waits."""
    keuze = request.POST.get("herinnering", "")
    if keuze in dict(HERINNERKEUZES):
        kies_herinnering(request.user, keuze)  # type: ignore[arg-type]  # logged in
        messages.success(request, "Uw keuze is bewaard.")
    else:
        messages.error(request, "Kies wanneer u bericht krijgt: meteen, eens per dag, eens per week of nooit.")
    return redirect("account")


@require_POST
def kalenderadres(request: HttpRequest) -> HttpResponse:
    """Make, renew or withdraw the address of one's own calendar file."""
    user: User = request.user  # type: ignore[assignment]  # logged in
    actie = request.POST.get("actie")
    if actie == "maak":
        return _toon(request, maak_kalenderadres(user))
    if actie == "trek_in" and trek_kalenderadres_in(user):
        messages.success(request, "Het adres van uw agenda werkt niet meer.")
    elif actie == "trek_in":
        messages.info(request, "Er was geen adres meer.")
    return redirect("account")


@require_POST
def eindig(request: HttpRequest) -> HttpResponse:
    """End one other session of one's own, or all others; the one in use ends with Uitloggen."""
    gekozen = request.POST.get("sessie", "")
    andere = [r for r in get_sessies(request.user, request.session.session_key) if not r.is_deze]  # type: ignore[arg-type]  # logged in
    aantal = beeindig(*(r.sleutel for r in andere if gekozen in ("alle", r.kenmerk)))
    if aantal:
        beveiliging.warning("sessies beëindigd, naam=%s aantal=%s", request.user.get_username(), aantal)
        messages.success(request, "De sessie is beëindigd." if aantal == 1 else f"{aantal} sessies zijn beëindigd.")
    else:
        messages.info(request, "Die sessie was al voorbij.")
    return redirect("account")
