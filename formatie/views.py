"""The pages of the formation plan. A view asks, and hands over; it decides nothing and adds nothing up."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.tabellen import exporteer, richt_in
from formatie.district import District, Staven, beeld, staven
from formatie.filters import VerschilFilter
from formatie.models import Formatieplan, Onderdeel
from formatie.selectors import get_formatieplan, get_inhoud
from formatie.tables import DienstenTabel, DistrictenTabel, PlaatsenTabel, VerschillenTabel
from formatie.weergave import diensten, districten, eindtotaal, tel, verschilrijen

ALLES_OP_EEN_BLADZIJDE = 1000
STREEPJE = "Een streepje: in het plan niet gedrukt. Dat is geen nul."


def _eigen(request: HttpRequest) -> set[str]:
    """Codes of the districts this person leads."""
    return request.user.districten_met(Recht.PERSONEEL_DISTRICT)  # type: ignore[union-attr]


def _context(plan: Formatieplan | None, kruimels: list[tuple[str, str]], **meer: Any) -> dict[str, Any]:
    stand = {"tekst": f"{plan.naam}, besluit van {plan.besluitdatum:%d-%m-%Y}"} if plan else None
    return {"plan": plan, "stand": stand, "kruimels": kruimels, **meer}


def _leeg(request: HttpRequest, kruimels: list[tuple[str, str]]) -> HttpResponse:
    return render(request, "formatie/leeg.html", _context(None, kruimels))


@require_safe
@vereist(Recht.FORMATIE_LEZEN)
def formatie(request: HttpRequest) -> HttpResponse:
    kruimels = [("Overzicht", "/"), ("Formatie", "")]
    plan = get_formatieplan(timezone.localdate())
    if plan is None:
        return _leeg(request, kruimels)
    inhoud = get_inhoud(plan)
    los, geheel = districten(inhoud, _eigen(request))
    blokken = diensten(inhoud)
    tabellen = {
        "districten": richt_in(
            DistrictenTabel(los, totalen=geheel, titel="Formatie per district, in fte", onderschrift=STREEPJE),
            request,
            per_bladzijde=ALLES_OP_EEN_BLADZIJDE,
        ),
        "diensten": DienstenTabel(
            blokken,
            open_=request.GET.get("waarvan") == "open",
            titel="Formatie per dienst, in fte",
            onderschrift=STREEPJE,
        ),
    }
    for tabel in tabellen.values():
        if bestand := exporteer(request, tabel):
            return bestand
    eigen = [rij for rij in los if rij.eigen]
    context = _context(plan, kruimels, eigen=eigen, totaal=eindtotaal(blokken), telling=tel(inhoud), **tabellen)
    return render(request, "formatie/formatie.html", context)


@require_safe
@vereist(Recht.FORMATIE_LEZEN)
def district(request: HttpRequest, code: str) -> HttpResponse:
    onderdeel = get_object_or_404(Onderdeel, code=code, soort=Onderdeel.Soort.DISTRICT)
    naam = f"District {onderdeel.code} {onderdeel.naam}"
    kruimels = [("Overzicht", "/"), ("Formatie", reverse("formatie")), (naam, "")]
    plan = get_formatieplan(timezone.localdate())
    if plan is None:
        return _leeg(request, kruimels)
    inhoud = get_inhoud(plan)
    gevonden = beeld(onderdeel, inhoud)
    tabel = PlaatsenTabel(
        gevonden.rijen, totalen=gevonden.totalen, titel=f"Formatie van {naam}, in fte", onderschrift=STREEPJE
    )
    los, _ = districten(inhoud, _eigen(request))
    context = _context(
        plan,
        kruimels,
        district=gevonden,
        naam=naam,
        tabel=richt_in(tabel, request, per_bladzijde=ALLES_OP_EEN_BLADZIJDE),
        figuren=_figuren(gevonden),
        andere=[rij.onderdeel for rij in los],
        is_eigen=onderdeel.code in _eigen(request),
        verschillen=[rij for rij in verschilrijen(inhoud) if rij.uitkomst in gevonden.verschillen],
    )
    return exporteer(request, tabel) or render(request, "formatie/district.html", context)


def _figuren(district: District) -> list[Staven]:
    formatie = [(rij.naam, rij.fte) for rij in district.teams if rij.fte is not None]
    wijk = [(rij.naam, rij.wijkagenten) for rij in district.teams if rij.wijkagenten is not None]
    gemaakt = (
        staven("plaatsen", "Formatie per basisteam", "plaatsen", formatie),
        staven("wijkagenten", "Wijkagenten per basisteam", "plaatsen voor wijkagenten", wijk),
    )
    return [figuur for figuur in gemaakt if figuur]


@require_safe
@vereist(Recht.FORMATIE_LEZEN)
def controle(request: HttpRequest) -> HttpResponse:
    kruimels = [("Overzicht", "/"), ("Formatie", reverse("formatie")), ("Controle", "")]
    plan = get_formatieplan(timezone.localdate())
    if plan is None:
        return _leeg(request, kruimels)
    inhoud = get_inhoud(plan)
    rijen = verschilrijen(inhoud)
    filter_ = VerschilFilter(request.GET, rijen=rijen)
    gekozen = filter_.kies()
    tabel = richt_in(
        VerschillenTabel(gekozen, titel="Gedrukte getallen die afwijken van hun delen"),
        request,
        per_bladzijde=ALLES_OP_EEN_BLADZIJDE,
    )
    context = _context(plan, kruimels, filter=filter_, tabel=tabel, telling=tel(inhoud), aantal=len(gekozen))
    return exporteer(request, tabel) or render(request, "formatie/controle.html", context)
