"""A form with a token that no longer counts: what was typed comes back, with what happened, to be sent again by hand.

A page that stood open over a log-in has such a token. So has a page of somebody else's making, and a form that another
person filled in here: of these two nothing is shown, and nothing is offered to send.
"""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_BAD_ORIGIN
from django.shortcuts import render

from accounts.inloggen.getypt import MEESTE_TEKENS, is_geheim
from accounts.toegang import van_wie

STIL = ("wie", "versie", "gezien", "keuze", "actie", "besluit", "district", "jaar", "onderdeel")
"""The last part of the name of what goes along without being typed."""


def oud_formulier(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django calls it instead of the page."""
    eigen = _is_eigen_pagina(request) and reason != REASON_BAD_ORIGIN
    zelfde = eigen and request.user.is_authenticated and _van_lezer(request)
    velden = _velden(request) if zelfde else []
    context: dict[str, Any] = {
        "getypt": [veld for veld in velden if not _is_stil(*veld)],
        "stil": [veld for veld in velden if _is_stil(*veld)],
        "van_ander": eigen and request.user.is_authenticated and "wie" in request.POST and not zelfde,
        "met_bestand": bool(zelfde and request.FILES),
        "adres": request.get_full_path(),
    }
    return render(request, "403_csrf.html", context, status=403)


def _is_eigen_pagina(request: HttpRequest) -> bool:
    """Every browser of today names the site a form was sent from."""
    hier = f"{request.scheme}://{request.get_host()}"
    return (
        request.headers.get("Origin") == hier and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    )


def _van_lezer(request: HttpRequest) -> bool:
    try:
        return van_wie(request.POST.get("wie", "")) == str(request.user.pk)
    except signing.BadSignature:
        return False


def _velden(request: HttpRequest) -> list[tuple[str, str]]:
    """Nothing of a form that is too long to give back whole: half of it would look like all of it."""
    alle = [(naam, w) for naam, waarden in request.POST.lists() for w in waarden if naam != "csrfmiddlewaretoken"]
    if is_geheim(alle):
        return []
    return alle if sum(len(naam) + len(waarde) for naam, waarde in alle) <= MEESTE_TEKENS else []


def _is_stil(naam: str, waarde: str) -> bool:
    return not waarde.strip() or naam.replace(":", ".").rpartition(".")[2] in STIL
