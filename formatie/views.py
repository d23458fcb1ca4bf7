"""The pages of the formation plan. A view asks, and hands over; it decides nothing and adds nothing up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.bewaard import Pagina, bewaard, een_stand
from common.tabellen import Tabel, exporteer, richt_in
from formatie.district import beeld
from formatie.filters import VerschilFilter
from formatie.models import Onderdeel
from formatie.selectors import Inhoud, get_formatieplan, get_inhoud
from formatie.staven import teamstaven
from formatie.tables import DienstenTabel, DistrictenTabel, PlaatsenTabel, VerschillenTabel
from formatie.weergave import Dienst, Districtrij, bronnen, diensten, districten, eindtotaal, tel, verschilrijen

ALLES_OP_EEN_BLADZIJDE = 1000
STREEPJE = "Een streepje: in het plan niet gedrukt. Dat is geen nul. Tussen haakjes: gedrukt min berekend."
OOK_NIET_BEREKEND = "Een streepje: in het plan niet gedrukt, en dan ook niet te berekenen."
KRUIMELS = (("Overzicht", "/"),)


@dataclass
class Bouwsel:
    """A page before it is rendered: its part of the template, what that needs, and the tables it can export."""

    deel: str
    titel: str
    kruimels: Sequence[tuple[str, str]]
    inhoud: dict[str, Any]
    tabellen: Sequence[Tabel] = ()


def _toon(request: HttpRequest, bouw: Callable[[], Bouwsel]) -> HttpResponse:
    """The page that ``bouw`` makes, or the file of one of its tables."""
    if "_export" not in request.GET:
        return render(request, "formatie/pagina.html", bewaard(request, lambda: _pagina(request, bouw())))
    with een_stand():
        tabellen = bouw().tabellen
    for tabel in tabellen:
        if bestand := exporteer(request, tabel):
            return bestand
    raise BadRequest("Deze tabel is er niet.")


def _pagina(request: HttpRequest, bouwsel: Bouwsel) -> Pagina:
    plan = bouwsel.inhoud.get("plan")
    return {
        "titel": bouwsel.titel,
        "kruimels": [*KRUIMELS, *bouwsel.kruimels],
        "stand": {"tekst": f"{plan.naam}, besluit van {plan.besluitdatum:%d-%m-%Y}"} if plan else None,
        "staand": bouwsel.deel == "district",
        "inhoud": render_to_string(f"formatie/_{bouwsel.deel}.html", bouwsel.inhoud, request),
    }


def _inhoud() -> Inhoud | None:
    """The plan in force today."""
    plan = get_formatieplan(timezone.localdate())
    return get_inhoud(plan) if plan else None


def _leeg(kruimels: Sequence[tuple[str, str]]) -> Bouwsel:
    return Bouwsel("leeg", "Formatie", kruimels, {})


def _eigen(request: HttpRequest) -> set[str]:
    """Codes of the districts this person leads."""
    return request.user.districten_met(Recht.PERSONEEL_DISTRICT)  # type: ignore[union-attr]


@require_safe
@vereist(Recht.FORMATIE_LEZEN)
def formatie(request: HttpRequest) -> HttpResponse:
    return _toon(request, lambda: _formatie(request))


def _formatie(request: HttpRequest) -> Bouwsel:
    kruimels = [("Formatie", "")]
    inhoud = _inhoud()
    if inhoud is None:
        return _leeg(kruimels)
    los, geheel = districten(inhoud, _eigen(request))
    blokken = diensten(inhoud)
    per_district, per_dienst = _districtentabel(request, los, geheel), _dienstentabel(request, blokken)
    gegevens = {
        "plan": inhoud.plan,
        "eigen": [rij for rij in los if rij.eigen],
        "totaal": eindtotaal(blokken),
        "telling": tel(inhoud),
        "bronnen": bronnen(inhoud),
        "districten": per_district,
        "diensten": per_dienst,
    }
    return Bouwsel("formatie", "Formatie", kruimels, gegevens, (per_dienst, per_district))


def _districtentabel(request: HttpRequest, los: list[Districtrij], geheel: list[Districtrij]) -> Tabel:
    tabel = DistrictenTabel(los, totalen=geheel, titel="Formatie per district, in fte", onderschrift=STREEPJE)
    return richt_in(tabel, request, per_bladzijde=ALLES_OP_EEN_BLADZIJDE)


def _dienstentabel(request: HttpRequest, blokken: list[Dienst]) -> Tabel:
    alles_open = request.GET.get("waarvan") == "open"
    return DienstenTabel(blokken, open_=alles_open, titel="Formatie per dienst, in fte", onderschrift=STREEPJE)


@require_safe
@vereist(Recht.FORMATIE_LEZEN)
def district(request: HttpRequest, code: str) -> HttpResponse:
    return _toon(request, lambda: _district(request, code))


def _district(request: HttpRequest, code: str) -> Bouwsel:
    onderdeel = get_object_or_404(Onderdeel, code=code, soort=Onderdeel.Soort.DISTRICT)
    naam = f"district {onderdeel.code} {onderdeel.naam}"
    kruimels = [("Formatie", reverse("formatie")), (f"District {onderdeel.code}", "")]
    inhoud = _inhoud()
    if inhoud is None:
        return _leeg(kruimels)
    gevonden, eigen = beeld(onderdeel, inhoud), _eigen(request)
    tabel = PlaatsenTabel(
        gevonden.rijen, totalen=gevonden.totalen, titel=f"Formatie van {naam}, in fte", onderschrift=OOK_NIET_BEREKEND
    )
    gegevens = {
        "plan": inhoud.plan,
        "district": gevonden,
        "naam": naam,
        "tabel": richt_in(tabel, request, per_bladzijde=ALLES_OP_EEN_BLADZIJDE),
        "figuren": teamstaven(gevonden.teams),
        "andere": [rij.onderdeel for rij in districten(inhoud, eigen)[0] if rij.onderdeel != onderdeel],
        "is_eigen": onderdeel.code in eigen,
        "verschillen": [rij for rij in verschilrijen(inhoud) if rij.sleutel in gevonden.verschillen],
    }
    return Bouwsel("district", f"Formatie van {naam}", kruimels, gegevens, (tabel,))


@require_safe
@vereist(Recht.FORMATIE_LEZEN)
def controle(request: HttpRequest) -> HttpResponse:
    return _toon(request, lambda: _controle(request))


def _controle(request: HttpRequest) -> Bouwsel:
    kruimels = [("Formatie", reverse("formatie")), ("Controle", "")]
    inhoud = _inhoud()
    if inhoud is None:
        return _leeg(kruimels)
    filter_ = VerschilFilter(request.GET, rijen=verschilrijen(inhoud))
    gekozen = filter_.kies()
    tabel = VerschillenTabel(
        gekozen,
        titel="Gedrukte getallen die afwijken van hun delen",
        empty_text="Geen verschil past bij deze keuze." if filter_.rijen else "Alle gedrukte getallen kloppen.",
    )
    richt_in(tabel, request, per_bladzijde=ALLES_OP_EEN_BLADZIJDE)
    gegevens = {
        "plan": inhoud.plan,
        "filter": filter_,
        "tabel": tabel,
        "telling": tel(inhoud),
        "aantal": len(gekozen),
    }
    return Bouwsel("controle", "Controle van het formatieplan", kruimels, gegevens, (tabel,))
