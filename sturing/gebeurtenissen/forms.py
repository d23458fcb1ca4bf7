"""To find an event, to enter one and to withdraw it; the services say what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from common.pagina.velden import Datumveld
from monitor.invoer.regels.validatie import MAX_TOELICHTING
from monitor.invoer.vaststellen.voorleggen import Voorstelformulier
from sturing.gebeurtenissen.selectors import Gebeurtenisregel
from sturing.gebeurtenissen.services import LANGSTE_BRON, LANGSTE_GEBEURTENIS, Wat
from sturing.models import Gebeurtenis

_Keuzes = Sequence[tuple[str, str]]


class Gebeurteniskeuze(forms.Form):
    """What the address asks to see; a choice that does not exist chooses nothing."""

    indicator = forms.ChoiceField(label="Indicator", required=False)
    soort = forms.ChoiceField(label="Soort", required=False, choices=[("", "Alle soorten"), *Gebeurtenis.Soort.choices])
    jaar = forms.ChoiceField(label="Jaar", required=False)

    def __init__(self, *args: Any, indicatoren: _Keuzes, jaren: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        jaarkeuzes = [(str(jaar), str(jaar)) for jaar in jaren]
        self.fields["indicator"].choices = [("", "Alle indicatoren"), *indicatoren]  # type: ignore[attr-defined]
        self.fields["jaar"].choices = [("", "Alle jaren"), *jaarkeuzes]  # type: ignore[attr-defined]

    def kies(self, alle: Sequence[Gebeurtenisregel]) -> list[Gebeurtenisregel]:
        if not self.is_valid():
            return []
        code, soort, jaar = (self.cleaned_data[naam] for naam in ("indicator", "soort", "jaar"))
        return [
            regel
            for regel in alle
            if (not code or regel.codes is None or code in regel.codes)
            and soort in ("", regel.rij.soort)
            and (not jaar or regel.in_jaar(int(jaar)))
        ]


class Gebeurtenisformulier(Voorstelformulier):
    soort = forms.ChoiceField(label="Soort", choices=[("", "Kies een soort"), *Gebeurtenis.Soort.choices])
    datum = Datumveld(label="Datum")
    tot = Datumveld(label="Tot en met", help_text="Alleen als het langer duurde.")
    titel = forms.CharField(
        label="Titel",
        help_text=f"Zoals die in de grafieken staat: hoogstens {LANGSTE_GEBEURTENIS} tekens.",
    )
    toelichting = forms.CharField(
        label="Toelichting", help_text=f"Hoogstens {MAX_TOELICHTING} tekens.", widget=forms.Textarea(attrs={"rows": 3})
    )
    bron = forms.CharField(label="Bron", help_text=f"Waar dit staat; hoogstens {LANGSTE_BRON} tekens.")
    thema = forms.ChoiceField(label="Thema", help_text="Dan geldt het voor alle indicatoren van dat thema.")
    indicatoren = forms.MultipleChoiceField(
        label="Of: indicatoren",
        widget=forms.CheckboxSelectMultiple,
    )
    alle_indicatoren = forms.BooleanField(label="Geldt voor alle indicatoren", required=False)
    onderdelen = forms.MultipleChoiceField(
        label="Onderdelen",
        help_text="Met alles wat erin ligt.",
        widget=forms.CheckboxSelectMultiple,
    )
    overal = forms.BooleanField(label="Geldt voor de hele eenheid, met alle districten en teams", required=False)

    def __init__(
        self, *args: Any, themas: _Keuzes, indicatoren: _Keuzes, onderdelen: _Keuzes, alles: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not alles:
            del self.fields["alle_indicatoren"]
        velden = {"thema": [("", "Geen thema"), *themas], "indicatoren": indicatoren, "onderdelen": onderdelen}
        for naam, keuzes in velden.items():
            self.fields[naam].choices = keuzes  # type: ignore[attr-defined]  # fields with choices
            self.fields[naam].error_messages["invalid_choice"] = "Deze keuze is er niet voor u: %(value)s."

    @property
    def delen(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under what they are about; of what it is come the first three beside each other."""
        koppen = {"soort": "", "titel": "", "thema": "Waarover gaat het?", "onderdelen": "Waar geldt het?"}
        delen: list[tuple[str, list[forms.BoundField]]] = []
        for veld in self:
            delen += [(koppen[veld.name], [])] if veld.name in koppen else []
            delen[-1][1].append(veld)
        return delen

    @property
    def wat(self) -> Wat:
        return Wat(**self.cleaned_data)


class Gebeurtenisintrekking(Voorstelformulier):
    reden = forms.CharField(label="Waarom trekt u dit in?", widget=forms.Textarea(attrs={"rows": 2}))
