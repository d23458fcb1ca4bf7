"""The page of who decides, with a block per kind of thing that waits, and the history of what was decided."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import View, vereist
from common.pagina.inzage import meld_inzage
from common.vaststellen.bewaking import Geweigerd
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.geschiedenis import Geschiedenis
from monitor.invoer.vaststellen.selectors import (
    PER_BLADZIJDE,
    als_wachtend,
    get_te_besluiten,
    lees_keuze,
    tel_wachtend,
)
from monitor.invoer.vaststellen.services import stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import BEZETTING, METING, Soort

_HERKOMST = "scherm vaststellen"
OVER_MENSEN = (METING, BEZETTING)
"""Of these small numbers of people may wait."""


@dataclass(frozen=True)
class Tab:
    """One kind on the page, with how much of it waits."""

    naam: str
    adres: str
    aantal: int
    is_hier: bool


def vaststellen(soort: Soort) -> View:
    """The page with the block of one kind."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @vereist(soort.besluit, bekend_bij=soort.kent)
    def view(request: HttpRequest) -> HttpResponse:
        user: User = request.user  # type: ignore[assignment]  # the right was asked for above
        if request.method == "POST":
            # Refused: the reason that was typed stays, beside what waits now.
            gelukt = _besluit(request, user, soort)
            return redirect(request.get_full_path()) if gelukt else _toon(request, user, soort, status=409)
        return _toon(request, user, soort)

    return view


def _toon(request: HttpRequest, user: User, soort: Soort, *, status: int = 200) -> HttpResponse:
    aantallen = tel_wachtend(user)
    bladzijden = Paginator(get_te_besluiten(soort, user), PER_BLADZIJDE)
    bladzijden.count = aantallen[soort]  # counted with the others already
    bladzijde = bladzijden.get_page(request.GET.get("page"))
    if soort in OVER_MENSEN:
        meld_inzage(request, bereik=user.waar(Recht.CIJFERS_ONDER_DREMPEL), rijen=len(bladzijde))
    context = {
        "soort": soort,
        "hoeveel": soort.hoeveel(aantallen[soort]),
        "leeg": f"Er wachten geen {soort.meer} op uw besluit.",
        "page": bladzijde,
        "wachtend": als_wachtend(soort, list(bladzijde), user),
        "tabs": [Tab(een.tab, reverse(een.pagina), aantal, een is soort) for een, aantal in aantallen.items()],
        "reden": request.POST.get("reden", ""),
        "kruimels": _kruimels(soort),
    }
    return render(request, "monitor/invoer/vaststellen/vaststellen.html", context, status=status)


def _kruimels(soort: Soort) -> list[tuple[str, str]]:
    if soort is METING:
        return [("Overzicht", reverse("overzicht")), ("Vaststellen", "")]
    return [("Overzicht", reverse("overzicht")), ("Vaststellen", reverse("vaststellen")), (soort.tab, "")]


def _besluit(request: HttpRequest, user: User, soort: Soort) -> bool:
    """Do what the form asks, all of it or nothing, and say what was done; whether it was."""
    keuzes = request.POST.getlist("keuze")
    if not keuzes:
        messages.error(request, f"U heeft nog niets aangevinkt. Vink aan welke {soort.meer} u bedoelt.")
        return False
    try:
        messages.success(request, _voer_uit(request.POST, keuzes, user, soort))
        return True
    except Geweigerd as fout:
        messages.error(request, str(fout))
    except InvoerFout as fout:
        messages.error(request, fout.fouten[0].reden)
    return False


def _voer_uit(formulier: QueryDict, keuzes: Sequence[str], user: User, soort: Soort) -> str:
    rijen = lees_keuze(soort, keuzes, user)
    if formulier.get("besluit") == "terugsturen":
        stuur_terug(soort, rijen, door=user, reden=formulier.get("reden", ""), herkomst=_HERKOMST)
        return f"{soort.hoeveel(len(rijen))} teruggestuurd naar de invoerder."
    stel_vast(soort, rijen, door=user, herkomst=_HERKOMST)
    return f"{soort.hoeveel(len(rijen))} vastgesteld. {soort.gevolgzin}"


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
