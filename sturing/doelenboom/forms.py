"""The form to propose a link; a part is found by what is typed of its name, also without script."""

from collections.abc import Mapping
from typing import Any

from django import forms

from common.tekst.tekens import zonder_onzichtbare
from monitor.invoer.regels.validatie import MAX_TOELICHTING
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.voorleggen import Voorstelformulier
from sturing.doelenboom.services import redenfouten
from sturing.models import Koppelbaar

LIJST = "delen"
_ZOEK = {"list": LIJST, "autocomplete": "off", "spellcheck": "false"}


class Koppelformulier(Voorstelformulier):
    boven = forms.CharField(
        label="Waar hoort het onder?",
        help_text="Een ambitie, hoofdlijn of activiteit. Typ een stuk van de naam en kies.",
        widget=forms.TextInput(attrs=_ZOEK),
    )
    onder = forms.CharField(
        label="Wat hoort eronder?",
        help_text="Een ambitie, hoofdlijn, activiteit of indicator.",
        widget=forms.TextInput(attrs=_ZOEK),
    )
    geldt = forms.TypedChoiceField(
        label="Wat stelt u voor?",
        choices=[("ja", "Deze twee horen bij elkaar"), ("nee", "Deze koppeling vervalt")],
        coerce=lambda gekozen: gekozen == "ja",
    )
    reden = forms.CharField(label="Waarom?", widget=forms.Textarea(attrs={"rows": 3, "maxlength": MAX_TOELICHTING}))

    def voorstel(self, keuzes: Mapping[str, Koppelbaar]) -> dict[str, Any]:
        """What is to be proposed. Raises InvoerFout for a part that cannot be found."""
        gezocht = {veld: zoek_naam(self.cleaned_data[veld], keuzes) for veld in ("boven", "onder")}
        if fouten := [Fout(0, veld, uit) for veld, uit in gezocht.items() if uit not in keuzes]:
            raise InvoerFout([*fouten, *redenfouten(self.cleaned_data["reden"])])
        return {**{veld: keuzes[naam] for veld, naam in gezocht.items()}, **self._rest()}

    def _rest(self) -> dict[str, Any]:
        return {naam: self.cleaned_data[naam] for naam in ("geldt", "reden")}


def zoek_naam(getypt: str, keuzes: Mapping[str, Koppelbaar]) -> str:
    """The one name that is meant, or else a sentence that says why there is none."""
    gezocht = " ".join(zonder_onzichtbare(getypt).split()).casefold()
    if not gezocht:
        return "Kies een deel van de agenda."
    gelijk = [naam for naam in keuzes if naam.casefold() == gezocht]
    lijkt = gelijk or [naam for naam in keuzes if gezocht in naam.casefold()]
    if len(lijkt) == 1:
        return lijkt[0]
    if not lijkt:
        return "Dit deel is er niet. Kies er een uit de lijst die verschijnt als u typt."
    return f"Dit past bij {len(lijkt)} delen. Typ meer van de naam, of kies er een uit de lijst."
