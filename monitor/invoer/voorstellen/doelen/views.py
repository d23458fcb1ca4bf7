"""The page of the targets of an indicator: every version, with a form to propose another."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.vaststellen.bewaking import Geweigerd
from common.vaststellen.model import Staat
from formatie.models import Onderdeel
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.soorten import DOEL
from monitor.invoer.vaststellen.voorleggen import (
    BOVENAAN,
    Voorstelformulier,
    kruimels,
    lees_gezien,
    meld_fouten,
    trek_eigen_in,
)
from monitor.invoer.voorstellen.doelen.gevolgen import gevolgen_van_doelen
from monitor.invoer.voorstellen.doelen.selectors import Doelenbeeld, Doelrij, als_cellen, get_doelen
from monitor.invoer.voorstellen.doelen.services import laatste_doeljaar, lees_plek, stel_doel_voor
from monitor.invoer.voorstellen.doelen.validatie import LENGTES, is_jaar
from monitor.models import Doelstelling, Indicator
from monitor.reikwijdte import lees_reikwijdte

_HERKOMST = "scherm doelen"
JAREN_VOORUIT = 4


class Doelformulier(Voorstelformulier):
    """The text of a target; ``doelinvoer`` reads it and says what is wrong."""

    soort = forms.ChoiceField(label="Soort doel", choices=Doelstelling.Soort.choices)
    streefwaarde = forms.CharField(label="Doel", help_text="Laat leeg als bij deze soort geen getal hoort.")
    marge = forms.CharField(label="Marge", help_text="Van een jaarvolume in procenten van de norm.")
    besluit = forms.CharField(
        label="Besluit", help_text="Waarin staat dit? Bijvoorbeeld: bijstelling van de monitorset."
    )
    orgaan = forms.CharField(label="Wie nam het besluit?", help_text="Bijvoorbeeld: RVO.")
    geldig_vanaf = forms.CharField(label="Geldig vanaf", widget=forms.DateInput(attrs={"type": "date"}))
    reden = forms.CharField(
        label="Waarom verandert het doel?",
        help_text="Bij het eerste doel van een jaar mag dit leeg blijven.",
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LENGTES["reden"]}),
    )


@dataclass(frozen=True)
class Doelplek:
    """The year and onderdeel the form is about, with what is in force and what is open there."""

    jaar: int
    onderdeel: Onderdeel
    geldend: Doelstelling | None
    open: Doelstelling | None

    @property
    def in_behandeling(self) -> bool:
        return self.open is not None and self.open.staat == Staat.INGEDIEND


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.CIJFERS_LEZEN)
def doelen(request: HttpRequest, code: str) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    indicator = get_object_or_404(Indicator, code=code)
    mag = lees_reikwijdte(user, Recht.DOEL_VOORSTELLEN).bevat(code, "")
    if request.method == "POST" and not mag:
        raise PermissionDenied
    plek = _plek(request, indicator) if mag else None
    formulier = _formulier(request, plek) if plek else None
    if request.method == "POST" and plek and formulier and _handel_af(request, user, indicator, plek, formulier):
        return redirect(reverse("indicator_doelen", args=[code]) + BOVENAAN)
    beeld = get_doelen(user, indicator)
    context = {
        "indicator": indicator,
        "beeld": beeld,
        "voorstellen": _met_gevolgen(beeld),
        "plek": plek,
        "gezien": plek.geldend.pk if plek and plek.geldend else 0,
        "formulier": formulier if plek and formulier and (formulier.errors or not plek.in_behandeling) else None,
        "jaren": _jaren(beeld, plek),
        "onderdelen": Onderdeel.objects.order_by("volgorde", "code") if mag else (),
        "knop": "Stel dit doel opnieuw voor" if plek and plek.open else "Stel dit doel voor",
        "kruimels": kruimels(indicator, "Doelen"),
    }
    return render(
        request,
        "monitor/invoer/voorstellen/doelen/doelen.html",
        context,
        status=400 if formulier and formulier.errors else 200,
    )


def _met_gevolgen(beeld: Doelenbeeld) -> list[tuple[Doelrij, list[str]]]:
    """Each proposal with what approving it does to verdicts that are there."""
    gevolgen = gevolgen_van_doelen([rij.doel for rij in beeld.open])
    return [(rij, gevolgen[rij.doel.pk]) for rij in beeld.open]


def _plek(request: HttpRequest, indicator: Indicator) -> Doelplek:
    """What the address or the form asks for; without it this year, of the unit."""
    gevraagd = request.POST if request.method == "POST" else request.GET
    jaar, code = gevraagd.get("jaar", ""), gevraagd.get("onderdeel", "")
    jaar = jaar if is_jaar(jaar) else str(timezone.localdate().year)
    keuze = Onderdeel.objects.filter(code=code) if code else Onderdeel.objects.filter(soort=Onderdeel.Soort.EENHEID)
    onderdeel = keuze.first()
    if onderdeel is None:
        raise Http404
    geldend, open_ = lees_plek(indicator, onderdeel, jaar)
    return Doelplek(int(jaar), onderdeel, geldend, open_)


def _formulier(request: HttpRequest, plek: Doelplek) -> Doelformulier:
    if request.method == "POST":
        return Doelformulier(request.POST)
    return Doelformulier(initial=als_cellen(plek.open or plek.geldend))


def _handel_af(
    request: HttpRequest, user: User, indicator: Indicator, plek: Doelplek, formulier: Doelformulier
) -> bool:
    """Take back or propose, and say what was done; False when the form must be shown again with its faults."""
    if "intrekken" in request.POST:
        trek_eigen_in(request, DOEL, _HERKOMST, indicator=indicator)
        return True
    try:
        cellen = {naam: request.POST.get(naam, "") for naam in ("jaar", *formulier.fields)}
        stel_doel_voor(indicator, plek.onderdeel, cellen, door=user, herkomst=_HERKOMST, gezien=lees_gezien(request))
    except (InvoerFout, Geweigerd) as fout:
        meld_fouten(formulier, fout)
        return False
    messages.success(request, f"Uw voorstel voor {plek.jaar} ligt klaar. Een ander moet het vaststellen.")
    return True


def _jaren(beeld: Doelenbeeld, plek: Doelplek | None) -> list[int]:
    if plek is None:
        return []
    bekend = [timezone.localdate().year, plek.jaar, *(rij.doel.jaar for rij in beeld.versies)]
    tot = min(max(bekend) + JAREN_VOORUIT, laatste_doeljaar())
    return list(range(min(bekend), tot + 1))
