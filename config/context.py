"""What the frame of every page needs: the menu for this person, their roles, and whether the figures are fictitious."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from accounts.rollen import Recht
from common import demo

# Name, URL name, the right it asks for.
MENU = (
    ("Overzicht", "overzicht", Recht.AGENDA_LEZEN),
    ("Indicatoren", "indicatoren", Recht.CIJFERS_LEZEN),
    ("Formatie", "formatie", Recht.FORMATIE_LEZEN),
    ("Bezetting", "bezetting", Recht.BEZETTING_INVOEREN),
    ("Importeren", "importeren", Recht.IMPORTEREN),
    ("Vaststellen", "vaststellen", Recht.METING_VASTSTELLEN),
    ("Taken", "taken", Recht.TAKEN_LEZEN),
    ("Beheer", "admin:index", Recht.GEBRUIKERS_BEHEREN),
)


def pagina(request: HttpRequest) -> dict[str, Any]:
    """Lazy: a template that does not show a part does not pay for it."""
    user = getattr(request, "user", None)
    if user is None:
        return {}
    return {
        "demo": SimpleLazyObject(demo.is_demo),
        "nav": SimpleLazyObject(partial(_menu, request)),
        "rolnamen": SimpleLazyObject(partial(_rolnamen, request)),
    }


def _menu(request: HttpRequest) -> list[dict[str, str]]:
    if not request.user.is_authenticated:
        return []
    mag = [(naam, url) for naam, url, recht in MENU if request.user.mag(recht)]
    return [punt for naam, url in mag if (punt := _punt(request, naam, url))]


def _rolnamen(request: HttpRequest) -> str:
    return ", ".join(rol.naam for rol in request.user.rollen) if request.user.is_authenticated else ""


def _punt(request: HttpRequest, naam: str, url: str) -> dict[str, str] | None:
    """A menu item, marked when this is its page or a page below it; None while no app serves it."""
    try:
        adres = reverse(url)
    except NoReverseMatch:
        return None
    onder = adres != "/" and request.path.startswith(adres)
    return {"naam": naam, "url": adres, "actief": "page" if request.path == adres else "true" if onder else ""}
