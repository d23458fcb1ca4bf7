"""The pages of a scenario: a list with a new one, and one to think with, keep, share and throw away."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.inzage import meld_inzage
from common.pagina.tabellen import Tabel, Tekstkolom, richt_in
from common.tekst.periode import Kwartaal
from common.vaststellen.bewaking import Geweigerd, NietToegestaan
from formatie.models import Onderdeel, Scenario
from formatie.scenario import services
from formatie.scenario.beeld import Beeld, maak_beeld
from formatie.scenario.doorrekenen import Onmogelijk, reken_door
from formatie.scenario.forms import (
    INGREEPVELDEN,
    Ingrepenformulier,
    Kopformulier,
    Naamformulier,
    als_getypt,
    lees_ingrepen,
)
from formatie.scenario.selectors import (
    Uitgangspunt,
    get_district,
    get_ingrepen,
    get_laatste_kwartaal,
    get_scenario,
    get_scenarios,
    get_uitgangspunt,
)

GEEN_BEZETTING = "Er is voor dit district nog geen vastgestelde bezetting om van uit te gaan."


class Scenariotabel(Tabel):
    """The scenarios a person may read."""

    naam = "scenarios"
    exporteerbaar = False

    naam_ = Tekstkolom(
        verbose_name="Naam", accessor="naam", rijkop=True, orderable=False,
        linkify=lambda record: reverse("formatie_scenario", args=[record.district.code, record.pk]),
    )  # fmt: skip
    van = Tekstkolom(verbose_name="Van", accessor="eigenaar", orderable=False)
    uitgaand = Tekstkolom(verbose_name="Uitgaand van", accessor="pk", orderable=False)
    gedeeld = Tekstkolom(verbose_name="Gedeeld", orderable=False)

    def render_uitgaand(self, record: Scenario) -> str:
        return Kwartaal(record.jaar, record.kwartaal).leesbaar

    def render_gedeeld(self, record: Scenario) -> str:
        return "binnen het district" if record.gedeeld else "nee"


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.SCENARIO_MAKEN)
def scenarios(request: HttpRequest, code: str) -> HttpResponse:
    district = get_district(request.user, code)  # type: ignore[arg-type]
    kwartaal = get_laatste_kwartaal(request.user, district)  # type: ignore[arg-type]
    formulier = Naamformulier(request.POST or None)
    if request.method == "POST" and kwartaal and formulier.is_valid():
        try:
            nieuw = services.maak(
                door=request.user, district=district, naam=formulier.cleaned_data["naam"], kwartaal=kwartaal  # type: ignore[arg-type]
            )  # fmt: skip
            return redirect("formatie_scenario", district.code, nieuw.pk)
        except Geweigerd as fout:
            formulier.add_error("naam", str(fout))
    gevonden = get_scenarios(request.user, district)  # type: ignore[arg-type]
    tabel = Scenariotabel(gevonden, titel="Wat-als-berekeningen", empty_text="U heeft nog geen wat-als-berekening.")
    gegevens = {
        "district": district,
        "formulier": formulier,
        "kwartaal": kwartaal,
        "geen_bezetting": GEEN_BEZETTING,
        "tabel": richt_in(tabel, request),
        "kruimels": _kruimels(district, ""),
    }
    return render(
        request, "formatie/scenario/scenarios.html", gegevens, status=400 if request.method == "POST" else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.SCENARIO_MAKEN)
def scenario(request: HttpRequest, code: str, nummer: int) -> HttpResponse:
    district = get_district(request.user, code)  # type: ignore[arg-type]
    gevonden = get_scenario(request.user, district, nummer)  # type: ignore[arg-type]
    bereik = request.user.waar(Recht.CIJFERS_ONDER_DREMPEL)  # type: ignore[union-attr]  # the right was asked for above
    meld_inzage(request, bereik=bereik, rijen=1)
    if request.method != "POST":
        return _toon(request, gevonden)
    try:
        return _doe(request, gevonden)
    except NietToegestaan as fout:
        raise PermissionDenied(str(fout)) from fout


def _doe(request: HttpRequest, gevonden: Scenario) -> HttpResponse:
    """What the pressed button asks."""
    actie, hier = request.POST.get("actie", ""), ("formatie_scenario", gevonden.district.code, gevonden.pk)
    if actie == "reken":
        return _toon(request, gevonden, getypt=request.POST)
    if actie == "bewaar":
        return _bewaar(request, gevonden)
    if actie in ("deel", "deel-niet"):
        services.deel(scenario=gevonden, door=request.user, gedeeld=actie == "deel")  # type: ignore[arg-type]
        messages.success(request, "Gedeeld binnen het district." if actie == "deel" else "Niet meer gedeeld.")
        return redirect(*hier)
    if actie == "verwijder":
        services.verwijder(scenario=gevonden, door=request.user)  # type: ignore[arg-type]
        messages.success(request, f"De wat-als-berekening “{gevonden.naam}” is verwijderd.")
        return redirect("formatie_scenarios", gevonden.district.code)
    raise BadRequest("Deze knop is er niet.")


def _bewaar(request: HttpRequest, gevonden: Scenario) -> HttpResponse:
    uitgang = _uitgang(request, gevonden)
    kop, ingrepen = Kopformulier(request.POST), lees_ingrepen(uitgang.teams, request.POST)
    if not kop.is_valid() or not ingrepen.geldig or isinstance(_uitkomst(uitgang, kop, ingrepen), str):
        return _toon(request, gevonden, getypt=request.POST)
    try:
        services.bewaar(
            scenario=gevonden,
            door=request.user,  # type: ignore[arg-type]
            naam=kop.cleaned_data["naam"],
            kwartalen=kop.cleaned_data["kwartalen"],
            ingrepen=ingrepen.ingrepen,
        )
    except NietToegestaan:
        raise
    except Geweigerd as fout:
        messages.error(request, str(fout))
        return _toon(request, gevonden, getypt=request.POST)
    messages.success(request, "Bewaard. Alleen u ziet deze wat-als-berekening, tenzij u die deelt.")
    return redirect("formatie_scenario", gevonden.district.code, gevonden.pk)


def _toon(request: HttpRequest, gevonden: Scenario, getypt: Any = None) -> HttpResponse:
    """The page with what was kept, or with what was just typed; a thought that cannot be says why."""
    uitgang, is_eigen = _uitgang(request, gevonden), gevonden.eigenaar_id == request.user.pk
    bewaard = als_getypt(get_ingrepen(gevonden)) if getypt is None else {}
    kop = Kopformulier(getypt if getypt is not None else {"naam": gevonden.naam, "kwartalen": gevonden.kwartalen})
    if not is_eigen:
        kop.alleen_lezen()
    ingrepen = lees_ingrepen(uitgang.teams, bewaard if getypt is None else getypt)
    uitkomst = _uitkomst(uitgang, kop, ingrepen)
    gegevens = {
        "scenario": gevonden,
        "district": gevonden.district,
        "kwartaal": uitgang.kwartaal,
        "is_eigen": is_eigen,
        "kop": kop,
        "velden": INGREEPVELDEN,
        "ingrepen": ingrepen,
        "fout": uitkomst if isinstance(uitkomst, str) else "",
        "beeld": None if isinstance(uitkomst, str) else _ingericht(uitkomst, request),
        "niet_bewaard": getypt is not None,
        "kruimels": _kruimels(gevonden.district, gevonden.naam),
    }
    return render(request, "formatie/scenario/scenario.html", gegevens)


def _uitgang(request: HttpRequest, gevonden: Scenario) -> Uitgangspunt:
    kwartaal = Kwartaal(gevonden.jaar, gevonden.kwartaal)
    return get_uitgangspunt(request.user, gevonden.district, kwartaal)  # type: ignore[arg-type]


def _uitkomst(uitgang: Uitgangspunt, kop: Kopformulier, ingrepen: Ingrepenformulier) -> Beeld | str:
    """The outcome, or the sentence that says why there is none."""
    if not kop.is_valid() or not ingrepen.geldig:
        return "Niet elk veld is te lezen. Kijk bij de velden wat u kunt wijzigen."
    try:
        vooruit = kop.cleaned_data["kwartalen"]
        uitkomst = reken_door(uitgang.teams, ingrepen.ingrepen, start=uitgang.kwartaal, vooruit=vooruit)
    except Onmogelijk as fout:
        return str(fout)
    return maak_beeld(uitkomst, uitgang.inwoners)


def _ingericht(beeld: Beeld, request: HttpRequest) -> Beeld:
    for tabel in (beeld.teams, beeld.kwartalen):
        richt_in(tabel, request)
    return beeld


def _kruimels(district: Onderdeel, naam: str) -> list[tuple[str, str]]:
    lijst = reverse("formatie_scenarios", args=[district.code]) if naam else ""
    return [
        ("Overzicht", "/"),
        ("Formatie", reverse("formatie")),
        (f"District {district.code}", reverse("formatie_district", args=[district.code])),
        ("Wat-als-berekeningen", lijst),
        *([(naam, "")] if naam else []),
    ]
