"""The pages of a scenario: a list with a new one, and one to think with, keep, share and throw away."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.grafiek.beeld import Beeld
from common.grafiek.tekening import maak
from common.grafiek.vel import Doek
from common.pagina.inzage import meld_inzage
from common.pagina.peildatum import Uitgelegd, lees_kwartaal
from common.pagina.tabellen import Tabel, Tekstkolom, richt_in
from common.pagina.tonen import lever_grafiek
from common.tekst.periode import Kwartaal
from common.vaststellen.bewaking import Geweigerd, NietToegestaan
from formatie.models import Onderdeel, Scenario
from formatie.scenario import services
from formatie.scenario.beeld import Gevolg, gat_nu, maak_gevolg
from formatie.scenario.doorrekenen import Onmogelijk, reken_door
from formatie.scenario.forms import Naamformulier, Verschuifformulier, als_vraag, lees_verschuivingen
from formatie.scenario.selectors import (
    Uitgangspunt,
    get_district,
    get_ingrepen,
    get_laatste_kwartaal,
    get_scenario,
    get_scenarios,
    get_uitgangspunt,
)
from formatie.scenario.verschuiving import Wat, ingrepen_van, verschuivingen_van
from formatie.scenario.zinnen import KEUZEN

GATDOEK = Doek(560, 120, per_naam=44, vast=True)
LANGSTE_NUMMER = 10
KIES_WAT = "Kies wat u wilt verschuiven: plaatsen of mensen."
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
    """First what one wants to move, in words; then the numbers, in the address; a name keeps them.

    Raises Uitgelegd for what is sent without that choice.
    """
    district = get_district(request.user, code)  # type: ignore[arg-type]  # logged in
    gegeven = request.POST if request.method == "POST" else request.GET
    kwartaal = _kwartaal(request, district, gegeven.get("kwartaal", ""))
    if kwartaal is None or "wat" not in gegeven:
        if request.method == "POST":
            raise Uitgelegd(KIES_WAT)
        return _toon_keuze(request, district, kwartaal)
    gedachte = _lees(request, district, kwartaal, gegeven)
    if request.method != "POST":
        return _toon_gedachte(
            request, gedachte, Naamformulier(initial={"naam": gedachte.bewaard.naam if gedachte.bewaard else ""})
        )
    return _bewaar(request, gedachte)


def _kwartaal(request: HttpRequest, district: Onderdeel, gevraagd: str) -> Kwartaal | None:
    """The quarter to start from: the one in the address, else the last that is approved."""
    return lees_kwartaal(gevraagd) if gevraagd else get_laatste_kwartaal(request.user, district)  # type: ignore[arg-type]  # logged in


def _toon_keuze(request: HttpRequest, district: Onderdeel, kwartaal: Kwartaal | None) -> HttpResponse:
    gevonden = get_scenarios(request.user, district)  # type: ignore[arg-type]  # logged in
    tabel = Scenariotabel(gevonden, titel="Wat-als-berekeningen", empty_text="U heeft nog geen wat-als-berekening.")
    gegevens = {
        "district": district,
        "keuzes": [(wat.value, *KEUZEN[wat]) for wat in Wat],
        "kwartaal": kwartaal,
        "geen_bezetting": GEEN_BEZETTING,
        "tabel": richt_in(tabel, request),
        "kruimels": _kruimels(district, ""),
    }
    return render(request, "formatie/scenario/scenarios.html", gegevens)


@dataclass
class _Gedachte:
    """What was typed, on top of one quarter; ``bewaard`` is the scenario it was kept as before."""

    uitgang: Uitgangspunt
    wat: Wat
    formulier: Verschuifformulier
    bewaard: Scenario | None
    gevolg: Gevolg | None = None


def _lees(request: HttpRequest, district: Onderdeel, kwartaal: Kwartaal, gegeven: QueryDict) -> _Gedachte:
    """Raises Uitgelegd for a choice that does not exist."""
    if gegeven["wat"] not in list(Wat):
        raise Uitgelegd(KIES_WAT)
    uitgang, wat = get_uitgangspunt(request.user, district, kwartaal), Wat(gegeven["wat"])  # type: ignore[arg-type]  # logged in
    formulier = lees_verschuivingen(wat, uitgang.teams, gegeven, extra="erbij" in gegeven)
    nummer = gegeven.get("scenario", "")
    is_nummer = nummer.isascii() and nummer.isdigit() and len(nummer) < LANGSTE_NUMMER
    bewaard = get_scenario(request.user, district, int(nummer)) if is_nummer else None  # type: ignore[arg-type]  # logged in
    gedachte = _Gedachte(uitgang, wat, formulier, bewaard)
    if formulier.verschuivingen and not formulier.fouten:
        gedachte.gevolg = _gevolg(gedachte)
    return gedachte


def _gevolg(gedachte: _Gedachte) -> Gevolg | None:
    """The outcome; a thought that cannot be is said at its field."""
    uitgang, formulier = gedachte.uitgang, gedachte.formulier
    ingrepen = ingrepen_van(gedachte.wat, formulier.verschuivingen)
    try:
        uitkomst = reken_door(uitgang.teams, ingrepen, start=uitgang.kwartaal, vooruit=formulier.vooruit)
    except Onmogelijk as fout:
        formulier.meld(fout.team, str(fout))
        return None
    return maak_gevolg(uitkomst, gedachte.wat, formulier.verschuivingen, uitgang.inwoners)


def _toon_gedachte(request: HttpRequest, gedachte: _Gedachte, naam: Naamformulier, status: int = 200) -> HttpResponse:
    uitgang = gedachte.uitgang
    meld_inzage(request, bereik=request.user.waar(Recht.CIJFERS_ONDER_DREMPEL), rijen=len(uitgang.teams))  # type: ignore[union-attr]  # logged in
    gat = gedachte.gevolg.gat if gedachte.gevolg else gat_nu(uitgang)
    if "_figuur" in request.GET:
        return _figuur(request, gat)
    gegevens = {
        "district": uitgang.district,
        "kwartaal": uitgang.kwartaal,
        "gedachte": gedachte,
        "formulier": gedachte.formulier,
        "wat": gedachte.wat.value,
        "kop": KEUZEN[gedachte.wat],
        "anders": next((ander.value, KEUZEN[ander][0]) for ander in Wat if ander is not gedachte.wat),
        "naam": naam,
        **_ingericht(gedachte.gevolg, request),
        **_tekening(gat),
        "kruimels": _kruimels(uitgang.district, KEUZEN[gedachte.wat][0]),
    }
    return render(request, "formatie/scenario/denken.html", gegevens, status=status)


def _bewaar(request: HttpRequest, gedachte: _Gedachte) -> HttpResponse:
    naam, bewaard = Naamformulier(request.POST), gedachte.bewaard
    if not naam.is_valid() or not gedachte.gevolg:
        return _toon_gedachte(request, gedachte, naam, 400)
    inhoud: dict[str, Any] = {
        "door": request.user,
        "naam": naam.cleaned_data["naam"],
        "kwartaal": gedachte.uitgang.kwartaal,
        "kwartalen": gedachte.formulier.vooruit,
        "ingrepen": ingrepen_van(gedachte.wat, gedachte.formulier.verschuivingen),
    }
    try:
        if bewaard:
            services.bewaar(scenario=bewaard, **inhoud)
        else:
            bewaard = services.maak(district=gedachte.uitgang.district, **inhoud)
    except NietToegestaan as fout:
        raise PermissionDenied(str(fout)) from fout
    except Geweigerd as fout:
        naam.add_error("naam", str(fout))
        return _toon_gedachte(request, gedachte, naam, 400)
    messages.success(request, "Bewaard. Alleen u ziet deze wat-als-berekening, tenzij u die deelt.")
    return redirect("formatie_scenario", gedachte.uitgang.district.code, bewaard.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.SCENARIO_MAKEN)
def scenario(request: HttpRequest, code: str, nummer: int) -> HttpResponse:
    district = get_district(request.user, code)  # type: ignore[arg-type]  # logged in
    gevonden = get_scenario(request.user, district, nummer)  # type: ignore[arg-type]  # logged in
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
    if actie in ("deel", "deel-niet"):
        services.deel(scenario=gevonden, door=request.user, gedeeld=actie == "deel")  # type: ignore[arg-type]  # logged in
        messages.success(request, "Gedeeld binnen het district." if actie == "deel" else "Niet meer gedeeld.")
        return redirect(*hier)
    if actie == "verwijder":
        services.verwijder(scenario=gevonden, door=request.user)  # type: ignore[arg-type]  # logged in
        messages.success(request, f"De wat-als-berekening “{gevonden.naam}” is verwijderd.")
        return redirect("formatie_scenarios", gevonden.district.code)
    raise BadRequest("Deze knop is er niet.")


def _toon(request: HttpRequest, gevonden: Scenario) -> HttpResponse:
    """What was kept, with its outcome; the plan or the bezetting may have changed since, so that it cannot be now."""
    kwartaal, ingrepen = Kwartaal(gevonden.jaar, gevonden.kwartaal), get_ingrepen(gevonden)
    uitgang = get_uitgangspunt(request.user, gevonden.district, kwartaal)  # type: ignore[arg-type]  # logged in
    wat, verschuivingen = verschuivingen_van(ingrepen) or (None, [])
    try:
        uitkomst = reken_door(uitgang.teams, ingrepen, start=kwartaal, vooruit=gevonden.kwartalen)
        gevolg, fout = maak_gevolg(uitkomst, wat, verschuivingen, uitgang.inwoners), ""
    except Onmogelijk as reden:
        gevolg, fout = None, str(reden)
    if "_figuur" in request.GET:
        return _figuur(request, gevolg.gat if gevolg else None)
    vraag = als_vraag(wat, verschuivingen, gevonden.kwartalen) if wat else []
    gegevens = {
        "scenario": gevonden,
        "district": gevonden.district,
        "kwartaal": kwartaal,
        "is_eigen": gevonden.eigenaar_id == request.user.pk,
        "fout": fout,
        **_ingericht(gevolg, request),
        **(_tekening(gevolg.gat) if gevolg else {}),
        "aanpassen": urlencode([*vraag, ("kwartaal", kwartaal), ("scenario", gevonden.pk)]) if wat else "",
        "kruimels": _kruimels(gevonden.district, gevonden.naam),
    }
    return render(request, "formatie/scenario/scenario.html", gegevens)


def _tekening(gat: Beeld) -> dict[str, Any]:
    return {"gat": maak(gat, id="gat", doek=GATDOEK), "met_figuren": True}


def _figuur(request: HttpRequest, gat: Beeld | None) -> HttpResponse:
    """What the browser asks of the one chart of these pages."""
    return lever_grafiek(request, gat if request.GET["_figuur"] == "gat" else None)


def _ingericht(gevolg: Gevolg | None, request: HttpRequest) -> dict[str, Any]:
    for tabel in (gevolg.teams, gevolg.kwartalen) if gevolg else ():
        if tabel:
            richt_in(tabel, request)
    return {"gevolg": gevolg}


def _kruimels(district: Onderdeel, naam: str) -> list[tuple[str, str]]:
    lijst = reverse("formatie_scenarios", args=[district.code]) if naam else ""
    return [
        ("Overzicht", "/"),
        ("Formatie", reverse("formatie")),
        (f"District {district.code}", reverse("formatie_district", args=[district.code])),
        ("Wat-als-berekeningen", lijst),
        *([(naam, "")] if naam else []),
    ]
