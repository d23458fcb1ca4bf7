"""Opening a link and setting a password with it. Opening alone uses nothing up: mail scanners open links too.

The secret moves from the address to a cookie at once, without a look at it: so it stands in no address that is passed
on, and no answer about it is an error that a log would keep with its address.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.toegangslink.forms import Beginformulier
from accounts.toegangslink.services import gebruik_link, link_bij

KOEKJE = "toegang"
_SECONDEN = 3600


@require_safe
@login_not_required
@never_cache
def open_link(request: HttpRequest, sleutel: str) -> HttpResponse:
    """Take the secret out of the address."""
    antwoord = redirect("toegang")
    antwoord.set_cookie(
        KOEKJE, sleutel, max_age=_SECONDEN, path=reverse("toegang"),
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip
    return _zonder_spoor(antwoord)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@sensitive_post_parameters()
def toegang(request: HttpRequest) -> HttpResponse:
    """Set a password with the link that was opened in this browser."""
    sleutel = request.COOKIES.get(KOEKJE, "")
    link = link_bij(sleutel)
    if link is None:
        return _zonder_koekje(render(request, "accounts/toegangslink/verlopen.html", status=404))
    formulier = Beginformulier(link.user, request.POST if request.method == "POST" else None)
    if formulier.is_valid() and _stel_in(request, sleutel, formulier):
        return _zonder_koekje(redirect("inloggen"))
    context: dict[str, Any] = {"account": link.user, "formulier": formulier}
    status = 400 if formulier.is_bound else 200
    return _zonder_spoor(render(request, "accounts/toegangslink/toegang.html", context, status=status))


def _stel_in(request: HttpRequest, sleutel: str, formulier: Beginformulier) -> bool:
    try:
        user = gebruik_link(sleutel, formulier.cleaned_data["new_password1"])
    except ValidationError as fout:
        formulier.add_error("new_password1", fout)
        return False
    logout(request)  # who was logged in here may be someone else
    if user is None:
        messages.error(request, "Deze link werkt niet meer. Vraag een beheerder om een nieuwe.")
    else:
        messages.success(request, "Uw wachtwoord is ingesteld. Log ermee in.")
    return True


def _zonder_koekje(antwoord: HttpResponse) -> HttpResponse:
    antwoord.delete_cookie(KOEKJE, path=reverse("toegang"), samesite="Lax")
    return _zonder_spoor(antwoord)


def _zonder_spoor(antwoord: HttpResponse) -> HttpResponse:
    antwoord["Referrer-Policy"] = "no-referrer"
    return antwoord
