"""What the pages of the formation put into the frame of every page."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.rollen import Recht
from common.pagina.peildatum import gevraagd
from common.pagina.tabellen import Tabel
from common.pagina.tonen import Context, Figuren, Kruimels, Scherm
from formatie import keuze
from formatie.keuze import Blik
from formatie.models import Formatieplan, Onderdeel

MET_MENSEN = ("district/_district", "plan/_formatie")
"""The pages that show how many people work somewhere, besides how many places there are."""


def blik_van(request: HttpRequest) -> Blik:
    """The view this address asks for: quarter and day."""
    return keuze.bepaal(*gevraagd(request))


def maak_scherm(
    request: HttpRequest,
    deel: str,
    titel: str,
    kruimels: Kruimels,
    inhoud: Context,
    tabellen: Sequence[Tabel] = (),
    district: Onderdeel | None = None,
    figuren: Figuren | None = None,
) -> Scherm:
    """``inhoud`` may hold the ``blik`` and the ``plan`` of the page: the frame says them."""
    blik: Blik | None = inhoud.get("blik")
    begin = ("Overzicht", reverse("overzicht") + (blik.bekend.vraag() if blik else ""))
    kader = {
        "stijlblad": "formatie/formatie.css",
        "met_htmx": deel == "plan/_formatie",
        "stand": _stand(inhoud.get("plan"), blik),
    }
    return Scherm(
        f"formatie/{deel}.html",
        titel,
        [begin, *kruimels],
        lambda: inhoud,
        lambda: kader | {"terugblik": keuze.maak_terugblik(request.user, blik, district) if blik else None},  # type: ignore[arg-type]  # logged in
        tabellen,
        request.user.waar(Recht.CIJFERS_ONDER_DREMPEL) if deel in MET_MENSEN else "",  # type: ignore[union-attr]  # logged in
        figuren,
    )


def _stand(plan: Formatieplan | None, blik: Blik | None) -> dict[str, Any] | None:
    besluit = f"{plan.naam}, besluit van {plan.besluitdatum:%d-%m-%Y}" if plan else ""
    if blik is None:
        return {"tekst": besluit} if besluit else None
    return blik.stand | {"volgens": besluit}


def leeg(
    request: HttpRequest, kruimels: Kruimels, wanneer: str, blik: Blik | None = None, district: Onderdeel | None = None
) -> Scherm:
    inhoud = {"wanneer": wanneer, "blik": blik}
    return maak_scherm(request, "district/_leeg", "Formatie", kruimels, inhoud, district=district)


def eigen_districten(request: HttpRequest) -> set[str]:
    """Codes of the districts this person leads."""
    return request.user.districten_met(Recht.PERSONEEL_DISTRICT)  # type: ignore[union-attr]  # logged in
