"""The page of a definition sheet: what it says, with a form to propose another."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import Rolvervulling, User
from accounts.rollen import ROLLEN, Recht
from accounts.toegang import vereist
from common.vaststellen.bewaking import Geweigerd
from common.vaststellen.model import Staat
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.soorten import DEFINITIE
from monitor.invoer.vaststellen.voorleggen import (
    BOVENAAN,
    Voorstelformulier,
    kruimels,
    lees_gezien,
    meld_fouten,
    trek_eigen_in,
)
from monitor.invoer.voorstellen.definitiebladen.blad import BLAD, NAMEN, VERGELIJKING, agenda_van_nu, blad_van
from monitor.invoer.voorstellen.definitiebladen.opbouw import get_opbouw
from monitor.invoer.voorstellen.definitiebladen.selectors import Bladbeeld, get_blad
from monitor.invoer.voorstellen.definitiebladen.services import TEKSTEN, stel_definitie_voor
from monitor.models import Definitieversie, Indicator
from monitor.reikwijdte import lees_reikwijdte
from strategie.models import Agenda

_HERKOMST = "scherm definitie"


def _tekstvak(naam: str, regels: int, uitleg: str = "") -> forms.CharField:
    attrs = {"rows": regels, "maxlength": TEKSTEN[naam]}
    return forms.CharField(label=NAMEN.get(naam, ""), help_text=uitleg, widget=forms.Textarea(attrs=attrs), strip=True)


def mogelijke_eigenaren() -> QuerySet[User]:
    """Who reads figures today may answer for a definition."""
    lezers = [code for code, rol in ROLLEN.items() if Recht.CIJFERS_LEZEN in rol.rechten]
    vervullingen = Rolvervulling.objects.geldig_op(timezone.localdate()).filter(rol__in=lezers)
    return User.objects.filter(is_active=True, pk__in=vervullingen.values("user"))


class Bladformulier(Voorstelformulier):
    """The text of a sheet; ``definitiebladen`` says what is wrong."""

    naam = forms.CharField(label=NAMEN["naam"])
    definitie = _tekstvak("definitie", 4)
    telregel = _tekstvak("telregel", 4)
    bron = forms.CharField(label=NAMEN["bron"])
    frequentie = forms.ChoiceField(
        label=NAMEN["frequentie"],
        choices=Indicator.Frequentie.choices,
        help_text="Wie dit wijzigt: waarden die er al zijn, blijven staan, en alle oordelen worden opnieuw berekend.",
    )
    eerste_jaar = forms.IntegerField(label=NAMEN["eerste_jaar"], widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    niveau = forms.ChoiceField(
        label=NAMEN["niveau"],
        choices=Indicator.Niveau.choices,
        help_text="Ook hier blijven waarden staan. Waarden die nog openstaan, moeten eerst afgehandeld zijn.",
    )
    verwachting = forms.ChoiceField(
        label=NAMEN["verwachting"],
        choices=Indicator.Verwachting.choices,
        help_text="Van een jaarvolume: waarmee het aantal tot nu toe wordt vergeleken.",
    )
    grenzen_per_kwartaal = forms.TypedChoiceField(
        label=NAMEN["grenzen_per_kwartaal"],
        choices=list(VERGELIJKING.items()),
        coerce=lambda gekozen: gekozen == str(True),
        help_text="Voor de grenzen van de gewone schommeling.",
    )
    eigenaar = forms.ModelChoiceField(label=NAMEN["eigenaar"], queryset=User.objects.none(), empty_label="Nog niemand")
    opmerking = _tekstvak("opmerking", 3)
    reden = forms.CharField(
        label="Waarom verandert de definitie?",
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": TEKSTEN["reden"]}),
    )

    def __init__(self, *args: Any, eigenaar: int | None, **kwargs: Any) -> None:
        """Who owns the sheet now may stay its owner, whatever their roles of today."""
        super().__init__(*args, **kwargs)
        keuze: Any = self.fields["eigenaar"]
        keuze.queryset = mogelijke_eigenaren() | User.objects.filter(pk__in=[eigenaar] if eigenaar else [])


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.CIJFERS_LEZEN)
def definitie(request: HttpRequest, code: str) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    reeks = get_object_or_404(Indicator.objects.select_related("eigenaar"), code=code)
    agenda = agenda_van_nu(reeks, timezone.localdate())
    indicator = Definitieversie(indicator=reeks, agenda=agenda).zoals_nu
    mag = lees_reikwijdte(user, Recht.DEFINITIE_VOORSTELLEN).bevat(code, "")
    if request.method == "POST" and not mag:
        raise PermissionDenied
    formulier = _formulier(request, indicator) if mag else None
    if request.method == "POST" and formulier and _handel_af(request, user, indicator, formulier):
        return redirect(reverse("indicator_definitie", args=[code]) + BOVENAAN)
    beeld = get_blad(user, indicator)
    in_behandeling = beeld.open is not None and beeld.open.versie.staat == Staat.INGEDIEND
    context = {
        "indicator": indicator,
        "agenda": agenda,
        "beeld": beeld,
        "opbouw": get_opbouw(user, indicator),
        "formulier": formulier if formulier and (formulier.errors or not in_behandeling) else None,
        "gezien": _geldende_versie(beeld, agenda),
        "kruimels": kruimels(indicator, "Definitie"),
    }
    return render(
        request,
        "monitor/invoer/voorstellen/definitiebladen/definitie.html",
        context,
        status=400 if formulier and formulier.errors else 200,
    )


def _geldende_versie(beeld: Bladbeeld, agenda: Agenda | None) -> int:
    """0 where the sheet is still the one of the files."""
    van_agenda = (rij.versie for rij in beeld.versies if rij.versie.agenda_id == (agenda.pk if agenda else None))
    return next((versie.pk for versie in van_agenda if versie.staat == Staat.VASTGESTELD), 0)


def _formulier(request: HttpRequest, indicator: Indicator) -> Bladformulier:
    if request.method == "POST":
        return Bladformulier(request.POST, eigenaar=indicator.eigenaar_id)
    teruggestuurd = indicator.definitieversies.filter(staat=Staat.AFGEKEURD).first()
    begin = blad_van(teruggestuurd or indicator) | {"reden": teruggestuurd.reden if teruggestuurd else ""}
    return Bladformulier(initial=begin, eigenaar=indicator.eigenaar_id)


def _handel_af(request: HttpRequest, user: User, indicator: Indicator, formulier: Bladformulier) -> bool:
    """Take back or propose, and say what was done; False when the form must be shown again with its faults."""
    if "intrekken" in request.POST:
        trek_eigen_in(request, DEFINITIE, _HERKOMST, indicator=indicator)
        return True
    if not formulier.is_valid():
        return False
    velden = formulier.cleaned_data
    try:
        blad, reden = {naam: _schoon(velden[naam]) for naam in BLAD}, velden["reden"]
        stel_definitie_voor(indicator, blad, reden=reden, door=user, herkomst=_HERKOMST, gezien=lees_gezien(request))
    except (InvoerFout, Geweigerd) as fout:
        meld_fouten(formulier, fout)
        return False
    messages.success(request, "Uw voorstel ligt klaar. Een ander moet het vaststellen.")
    return True


def _schoon(waarde: Any) -> Any:
    """A text box sends its lines with a return; what is stored has none."""
    return waarde.replace("\r\n", "\n") if isinstance(waarde, str) else waarde
