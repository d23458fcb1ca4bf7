"""What the frame of every page needs: the menu for this person, their roles, and whether the figures are fictitious."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from accounts.rollen import Recht
from common import demo

# Name, URL name, the right it asks for.
MENU = (
    ("Overzicht", "overzicht", Recht.AGENDA_LEZEN),
    ("Indicatoren", "indicatoren", Recht.CIJFERS_LEZEN),
    ("Formatie", "formatie", Recht.FORMATIE_LEZEN),
    ("Beheer", "admin:index", Recht.GEBRUIKERS_BEHEREN),
)


def pagina(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None:
        return {}
    ingelogd = user.is_authenticated
    return {
        "demo": demo.is_demo(),
        "nav": [
            punt for naam, url, recht in MENU if ingelogd and user.mag(recht) and (punt := _punt(request, naam, url))
        ],
        "rolnamen": ", ".join(rol.naam for rol in user.rollen) if ingelogd else "",
    }


def _punt(request: HttpRequest, naam: str, url: str) -> dict[str, str] | None:
    """A menu item, marked when this is its page or a page below it; None while no app serves it."""
    try:
        adres = reverse(url)
    except NoReverseMatch:
        return None
    onder = adres != "/" and request.path.startswith(adres)
    return {"naam": naam, "url": adres, "actief": "page" if request.path == adres else "true" if onder else ""}
