"""What the pages share on which one proposes. Reading what was typed is for the services; a form only shows it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.urls import reverse

from accounts.models import User
from common.tekst.tekens import lees_sleutel
from common.vaststellen.bewaking import Geweigerd
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.services import neem_terug
from monitor.invoer.vaststellen.soort import Soort
from monitor.models import Indicator

BOVENAAN = "#inhoud"  # the form was posted to its own place; what was done is said at the top


class Voorstelformulier(forms.Form):
    """Every field may be empty here: the services say what is missing, with everything else that is wrong."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for veld in self.fields.values():
            veld.required = False


class Keuzeveld(forms.ChoiceField):
    """A choice that the services judge: they say by name why somebody or something cannot be chosen any more."""

    def valid_value(self, value: Any) -> bool:
        return True


def meld_fouten(formulier: forms.Form, fout: InvoerFout | Geweigerd) -> None:
    """Each fault at its field; what belongs to none of them above the form."""
    formulier.full_clean()
    for gevonden in fout.fouten if isinstance(fout, InvoerFout) else [Fout(0, "", str(fout))]:
        veld = gevonden.kolom if gevonden.kolom in formulier.fields else None
        if not formulier.has_error(veld or "__all__"):  # the form itself may have said so already
            formulier.add_error(veld, gevonden.reden)


def lees_gezien(request: HttpRequest) -> int | None:
    """The version that the page showed; None where the form does not say."""
    return lees_sleutel(request.POST.get("gezien", ""))


def trek_eigen_in(request: HttpRequest, soort: Soort, herkomst: str, /, **van: Any) -> None:
    """Take back the proposal that the form names, of what the page is about, and say what was done."""
    user: User = request.user  # type: ignore[assignment]  # the page asked for a right
    pk = lees_sleutel(request.POST.get("intrekken", ""))
    voorstel = soort.model.objects.filter(**van, pk=pk).first()
    if voorstel is None:
        raise Http404
    try:
        neem_terug(soort, [voorstel], door=user, herkomst=herkomst)
        messages.success(request, "Uw voorstel is ingetrokken.")
    except Geweigerd as fout:
        messages.error(request, str(fout))


def kruimels(indicator: Indicator, hier: str) -> list[tuple[str, str]]:
    return [
        ("Overzicht", reverse("overzicht")),
        (indicator.naam, reverse("indicator", args=[indicator.code])),
        (hier, ""),
    ]
