"""The frame of the formation pages: one way from a request to the page, its htmx part and its files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.rollen import Recht
from common.pagina.cache import Pagina, bewaard, een_stand
from common.pagina.tabellen import Tabel, exporteer, get_keuzes, richt_in
from formatie import keuze as terugblik
from formatie.keuze import Blik, bepaal
from formatie.models import Formatieplan, Onderdeel

ALLES_OP_EEN_BLADZIJDE = 1000
STAAND = ("district/_district",)
MET_ZOEKEN = ("plan/_formatie",)


@dataclass
class Bouwsel:
    """A page before it is rendered: its part of the template, what that needs, and the tables it can export."""

    deel: str
    titel: str
    kruimels: Sequence[tuple[str, str]]
    inhoud: dict[str, Any]
    tabellen: Sequence[Tabel] = field(default_factory=tuple)
    onderdeel: Onderdeel | None = None


def toon_pagina(request: HttpRequest, bouw: Callable[[], Bouwsel]) -> HttpResponse:
    """The page that ``bouw`` makes, or the file of one of its tables."""
    keuzes = get_keuzes(request.user)
    if "_export" not in request.GET:
        pagina = bewaard(
            request, lambda: _pagina(request, _met_keuzes(request, bouw(), keuzes)), sorted(keuzes.items())
        )
        return render(request, "formatie/pagina.html", pagina)
    with een_stand():
        tabellen = _met_keuzes(request, bouw(), keuzes).tabellen
    for tabel in tabellen:
        if bestand := exporteer(request, tabel):
            return bestand
    raise BadRequest("Deze tabel is er niet.")


def _met_keuzes(request: HttpRequest, bouwsel: Bouwsel, keuzes: Any) -> Bouwsel:
    """Every table sorted as the address asks, with the columns this person wants to see."""
    for tabel in bouwsel.tabellen:
        richt_in(tabel, request, per_bladzijde=ALLES_OP_EEN_BLADZIJDE)
        if tabel.kiesbaar:
            tabel.kies_kolommen(keuzes)
    return bouwsel


def _pagina(request: HttpRequest, bouwsel: Bouwsel) -> Pagina:
    blik: Blik | None = bouwsel.inhoud.get("blik")
    return {
        "titel": bouwsel.titel,
        "kruimels": [("Overzicht", reverse("overzicht") + (blik.bekend.vraag() if blik else "")), *bouwsel.kruimels],
        "stand": _stand(bouwsel.inhoud.get("plan"), blik),
        "terugblik": terugblik.maak(request.user, blik, bouwsel.onderdeel) if blik else None,  # type: ignore[arg-type]
        "staand": bouwsel.deel in STAAND,
        "met_zoeken": bouwsel.deel in MET_ZOEKEN,
        "inhoud": render_to_string(f"formatie/{bouwsel.deel}.html", bouwsel.inhoud, request),
    }


def _stand(plan: Formatieplan | None, blik: Blik | None) -> dict[str, Any] | None:
    """The form beside it keeps a quarter that the reader chose; the day after today cannot be chosen."""
    besluit = f"{plan.naam}, besluit van {plan.besluitdatum:%d-%m-%Y}" if plan else ""
    if blik is None:
        return {"tekst": besluit} if besluit else None
    return {
        "kwartaal": blik.kwartaal,
        "bekend_op": blik.bekend_op,
        "volgens": besluit,
        "houd_kwartaal": blik.gekozen is not None,
        "vandaag": timezone.localdate(),
    }


def blik_van(request: HttpRequest) -> Blik:
    """The view this address asks for: quarter and day."""
    kwartaal, peildatum = (request.GET.get(naam, "") for naam in ("kwartaal", "peildatum"))
    return bepaal(kwartaal, timezone.localdate(), peildatum)


def leeg(
    kruimels: Sequence[tuple[str, str]], wanneer: str, blik: Blik | None = None, onderdeel: Onderdeel | None = None
) -> Bouwsel:
    return Bouwsel("district/_leeg", "Formatie", kruimels, {"wanneer": wanneer, "blik": blik}, onderdeel=onderdeel)


def eigen_districten(request: HttpRequest) -> set[str]:
    """Codes of the districts this person leads."""
    return request.user.districten_met(Recht.PERSONEEL_DISTRICT)  # type: ignore[union-attr]
