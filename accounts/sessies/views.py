"""Mijn account: who you are here, where you are logged in, and how to end that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.inloggen.logboek import beveiliging
from accounts.sessies.opslag import beeindig
from accounts.sessies.selectors import get_sessies


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    sessies = get_sessies(request.user, request.session.session_key)  # type: ignore[arg-type]  # logged in
    return render(request, "accounts/account.html", {"sessies": sessies})


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
