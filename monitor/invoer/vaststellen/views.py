"""The page of who decides: everything that waits in groups, what was decided today, and the history of one thing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import View, vereist
from common.pagina.inzage import meld_inzage
from common.tekst.tekens import en
from monitor.invoer.regels.waarneming import Fout
from monitor.invoer.vaststellen.besluiten import Besluituitslag, besluit, vraag_correcties
from monitor.invoer.vaststellen.geschiedenis import Geschiedenis
from monitor.invoer.vaststellen.selectors import PER_BLADZIJDE, in_groepen, lees_blokken, per_soort, tel_wachtend
from monitor.invoer.vaststellen.soort import Soort
from monitor.invoer.vaststellen.soorten import BEZETTING, METING, SOORTEN
from monitor.invoer.vaststellen.vandaag import als_besluiten, get_besluiten

_HERKOMST = "scherm vaststellen"
OVER_MENSEN = (METING, BEZETTING)
"""Of these small numbers of people may wait."""
BESLUITRECHTEN = tuple(dict.fromkeys(soort.besluit for soort in SOORTEN))
VANDAAG = "vaststellen_vandaag"


@dataclass(frozen=True)
class Tab:
    """One view of the inbox, with how much of it waits."""

    naam: str
    adres: str
    aantal: int | None
    is_hier: bool


def vaststellen(*soorten: Soort) -> View:
    """The inbox: of these kinds, or of all."""
    rechten = [soort.besluit for soort in soorten] or BESLUITRECHTEN

    @require_http_methods(["GET", "HEAD", "POST"])
    @vereist(*rechten, bekend_bij=soorten[0].kent if soorten else Recht.CONCEPT_LEZEN)
    def view(request: HttpRequest) -> HttpResponse:
        user: User = request.user  # type: ignore[assignment]  # the right was asked for above
        if request.method != "POST" or "kies" in request.POST:
            return _toon(request, user, soorten)
        if vraag := _vraag_eerst(request, user):
            return _toon(request, user, soorten, vraag=vraag)
        uitslag = _besluit(request, user)
        # Refused, in whole or in part: what was ticked and typed stays, beside what waits now.
        return redirect(request.get_full_path()) if uitslag.is_schoon else _toon(request, user, soorten, uitslag)

    return view


def _vraag_eerst(request: HttpRequest, user: User) -> str:
    """What a decision on more than one group does, in words, to be confirmed; nothing when it was, for this many."""
    keuzes, terug = request.POST.getlist("keuze"), request.POST.get("besluit") == "terugsturen"
    if len(keuzes) < 2 or _is_zeker(request) or (terug and not request.POST.get("reden", "").strip()):
        return ""
    groepen_van = in_groepen(keuzes, user)
    groepen = sum(len(set(namen)) for namen in groepen_van.values())
    if groepen < 2:
        return ""
    wat = en([soort.hoeveel(len(namen)) for soort, namen in groepen_van.items()])
    doet = "stuurt {} terug naar de invoerder" if terug else "stelt {} vast"
    return f"U {doet.format(wat)}, uit {groepen} groepen. Klopt dat?"


def _is_zeker(request: HttpRequest) -> bool:
    return request.POST.get("zeker") == str(len(request.POST.getlist("keuze")))


def _besluit(request: HttpRequest, user: User) -> Besluituitslag:
    """Do what the form asks, as far as it can be done, and say what was done."""
    keuzes, terug = request.POST.getlist("keuze"), request.POST.get("besluit") == "terugsturen"
    if not keuzes:
        return Besluituitslag(fouten=[Fout(0, "keuze", "U heeft nog niets aangevinkt. Vink aan waarover u besluit.")])
    reden = request.POST.get("reden", "") if terug else None
    uitslag = besluit(keuzes, door=user, herkomst=_HERKOMST, reden=reden)
    for soort, aantal in uitslag.gedaan.items():
        zin = "teruggestuurd naar de invoerder." if terug else f"vastgesteld. {soort.gevolgzin}"
        messages.success(request, f"{soort.hoeveel(aantal)} {zin}")
    return uitslag


def _toon(
    request: HttpRequest,
    user: User,
    soorten: tuple[Soort, ...],
    uitslag: Besluituitslag | None = None,
    vraag: str = "",
) -> HttpResponse:
    aantallen = tel_wachtend(user)
    hier = {soort: aantal for soort, aantal in aantallen.items() if soort in (soorten or SOORTEN)}
    bladzijde = Paginator(range(sum(hier.values())), PER_BLADZIJDE).get_page(request.GET.get("page"))
    blokken = lees_blokken(hier, cast(range, bladzijde.object_list), user)
    if not set(OVER_MENSEN).isdisjoint(hier):
        over_mensen = [groep for blok in blokken if blok.soort in OVER_MENSEN for groep in blok.groepen]
        bereik = user.waar(Recht.CIJFERS_ONDER_DREMPEL)
        meld_inzage(request, bereik=bereik, rijen=sum(len(groep.rijen) for groep in over_mensen))
    te_kiezen = [wacht for blok in blokken for groep in blok.groepen for wacht in groep.rijen if not wacht.is_eigen]
    keuzes = {groep.id: groep.keuzes for blok in blokken for groep in blok.groepen}
    context = {
        "soort": soorten[0] if soorten else None,
        "hoeveel": soorten[0].hoeveel(bladzijde.paginator.count) if soorten else "",
        "page": bladzijde,
        "blokken": blokken,
        "tabs": _tabs(aantallen, request.path),
        "gekozen": _gekozen(request, keuzes),
        "kiesbaar": len(te_kiezen),
        "kruimels": _kruimels(soorten[0].tab if soorten else ""),
        "vraag": vraag,
        "eerste": next((wacht.anker for wacht in te_kiezen), ""),
    }
    return _render(request, "vaststellen", context, uitslag)


def _render(request: HttpRequest, naam: str, context: dict[str, Any], uitslag: Besluituitslag | None) -> HttpResponse:
    context |= {
        "uitslag": uitslag,
        "reden": request.POST.get("reden", ""),
        "gevraagd": len(request.POST.getlist("keuze")),
        "besluit": request.POST.get("besluit", ""),
    }
    return render(
        request,
        f"monitor/invoer/vaststellen/{naam}.html",
        context,
        status=409 if uitslag and not uitslag.is_onvolledig else 200,
    )


def _gekozen(request: HttpRequest, per_groep: Mapping[str, Iterable[str]]) -> set[str]:
    """What is ticked: as it was sent, and a group or everything more, or less when all of that was ticked already."""
    gekozen, kies = set(request.POST.getlist("keuze")), request.POST.get("kies")
    doel = {keuze for groep, keuzes in per_groep.items() if kies in ("alles", groep) for keuze in keuzes}
    return gekozen - doel if doel <= gekozen else gekozen | doel


def _tabs(aantallen: dict[Soort, int], hier: str) -> list[Tab]:
    alles = [("Alles", "vaststellen", sum(aantallen.values()))]
    tabs = [*alles, *((soort.tab, soort.pagina, aantal) for soort, aantal in aantallen.items())]
    met_adres = [
        (naam, reverse(pagina), aantal) for naam, pagina, aantal in (*tabs, ("Vandaag besloten", VANDAAG, None))
    ]
    return [Tab(naam, adres, aantal, adres == hier) for naam, adres, aantal in met_adres]


def _kruimels(hier: str) -> list[tuple[str, str]]:
    boven = [("Overzicht", reverse("overzicht"))]
    return [*boven, ("Vaststellen", reverse("vaststellen")), (hier, "")] if hier else [*boven, ("Vaststellen", "")]


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(*BESLUITRECHTEN, bekend_bij=Recht.CONCEPT_LEZEN)
def vandaag(request: HttpRequest) -> HttpResponse:
    """What was decided today, where a mistake is answered by asking for a correction."""
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    vraag = _vraag_correctie_eerst(request)
    doet = request.method == "POST" and "kies" not in request.POST and not vraag
    uitslag = _vraag_correctie(request, user) if doet else None
    if uitslag and uitslag.is_schoon:
        return redirect(request.get_full_path())
    bladzijde: Page[Any] = Paginator(get_besluiten(user, timezone.localdate()), PER_BLADZIJDE).get_page(
        request.GET.get("page")
    )
    besluiten = als_besluiten(list(bladzijde), user)
    meld_inzage(request, bereik=user.waar(Recht.CIJFERS_ONDER_DREMPEL), rijen=len(besluiten))
    context = {
        "page": bladzijde,
        "besluiten": besluiten,
        "tabs": _tabs(tel_wachtend(user), request.path),
        "gekozen": _gekozen(request, {"": [een.keuze for een in besluiten if een.keuze]}),
        "kiesbaar": sum(bool(een.keuze) for een in besluiten),
        "kruimels": _kruimels("Vandaag besloten"),
        "vraag": vraag,
    }
    return _render(request, "vandaag", context, uitslag)


def _vraag_correctie_eerst(request: HttpRequest) -> str:
    """The same before asking the authors of more than one."""
    keuzes = request.POST.getlist("keuze")
    if "kies" in request.POST or len(keuzes) < 2 or _is_zeker(request) or not request.POST.get("reden", "").strip():
        return ""
    wat = [soort.hoeveel(len(rijen)) for soort, rijen in per_soort(keuzes).items()]
    return f"U vraagt om een correctie van {en(wat)}. Klopt dat?" if wat else ""


def _vraag_correctie(request: HttpRequest, user: User) -> Besluituitslag:
    keuzes = request.POST.getlist("keuze")
    if not keuzes:
        return Besluituitslag(fouten=[Fout(0, "keuze", "U heeft nog niets aangevinkt. Vink aan wat er niet klopt.")])
    uitslag = vraag_correcties(keuzes, door=user, herkomst=_HERKOMST, reden=request.POST.get("reden", ""))
    for soort, aantal in uitslag.gedaan.items():
        messages.success(
            request,
            f"Om een correctie van {soort.hoeveel(aantal)} gevraagd. Wat is vastgesteld, geldt tot een ander de nieuwe "
            "versie vaststelt.",
        )
    return uitslag


def geschiedenis(lees: Callable[[User, int], Geschiedenis | None]) -> View:
    """The page with the history of one kind, for who may read it."""

    @require_safe
    @vereist(Recht.SPOOR_LEZEN)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        user: User = request.user  # type: ignore[assignment]  # the right was asked for above
        gevonden = lees(user, pk)
        if gevonden is None:
            raise Http404
        waarvan = [(gevonden.onderwerp, gevonden.adres)] if gevonden.adres else []
        meld_inzage(request, bereik=user.waar(Recht.SPOOR_LEZEN), rijen=1)
        kruimels = [("Overzicht", reverse("overzicht")), *waarvan, ("Geschiedenis", "")]
        context = {"geschiedenis": gevonden, "kruimels": kruimels}
        return render(request, "monitor/invoer/vaststellen/geschiedenis.html", context)

    return view
