"""The form of how far an ambition is; the services say what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from common.pagina.velden import Datumveld
from common.tekst.tekens import hoofdletter
from monitor.invoer.vaststellen.voorleggen import Voorstelformulier
from sturing.ambities.services import LANGSTE_BRONTITEL, LANGSTE_PLEK, Bron, Standopgave
from sturing.lezen.ambities import BEWIJSSOORTEN, bewijs_van
from sturing.models import Ambitiestand
from sturing.regels.omvang import MEESTE_WOORDEN, Halfjaar

BRONNEN = 4  # rows of evidence that is no indicator
_SOORTEN = [("", "Geen"), *((code, naam.capitalize()) for code, naam in BEWIJSSOORTEN.items() if code != "indicator")]


class Standformulier(Voorstelformulier):
    halfjaar = forms.ChoiceField(label="Over welk halfjaar")
    oordeel = forms.ChoiceField(
        label="Hoe ver is de ambitie", choices=Ambitiestand.Oordeel.choices, widget=forms.RadioSelect
    )
    tekst = forms.CharField(
        label="Hoe ver is het, en waaraan ziet u dat",
        help_text=f"Hoogstens {MEESTE_WOORDEN} woorden.",
        strip=True,
        widget=forms.Textarea(attrs={"rows": 10, "data-woorden": MEESTE_WOORDEN}),
    )
    indicatoren = forms.MultipleChoiceField(
        label="Bewijs: indicatoren",
        help_text="Noem ten minste één bewijs, hier of hieronder; niet nodig bij “niet te zeggen”.",
        widget=forms.CheckboxSelectMultiple,
    )
    reden = forms.CharField(
        label="Waarom is het anders dan wat nu is vastgesteld",
        help_text="Alleen als over dit halfjaar al iets is vastgesteld.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, halfjaren: Sequence[Halfjaar], indicatoren: Sequence[tuple[str, str]], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        keuzes = [("", "Kies een halfjaar"), *((sleutel(h), _keuze(h)) for h in halfjaren)]
        self.fields["halfjaar"].choices = keuzes  # type: ignore[attr-defined]  # a field with choices
        self.fields["indicatoren"].choices = indicatoren  # type: ignore[attr-defined]  # as above
        self.fields["halfjaar"].error_messages["invalid_choice"] = "Dit halfjaar is er niet om over te schrijven."
        self.fields["indicatoren"].error_messages["invalid_choice"] = "De indicator “%(value)s” is er niet."
        reden = self.fields.pop("reden")
        for n in range(1, BRONNEN + 1):
            self.fields[f"soort_{n}"] = forms.ChoiceField(label=f"Bron {n}", choices=_SOORTEN, required=False)
            self.fields[f"titel_{n}"] = forms.CharField(
                label="Titel", required=False, widget=forms.TextInput(attrs={"maxlength": LANGSTE_BRONTITEL})
            )
            self.fields[f"datum_{n}"] = Datumveld(label="Datum")
            self.fields[f"waar_{n}"] = forms.CharField(
                label="Waar te vinden", required=False, widget=forms.TextInput(attrs={"maxlength": LANGSTE_PLEK})
            )
        self.fields["reden"] = reden

    @property
    def bronnen(self) -> list[list[forms.BoundField]]:
        """The fields of each row."""
        return [[self[f"{naam}_{n}"] for naam in Bron._fields] for n in range(1, BRONNEN + 1)]

    @property
    def opgave(self) -> Standopgave:
        """What was typed, once it can be read."""
        c = self.cleaned_data
        bronnen = [Bron(*(c[f"{naam}_{n}"] for naam in Bron._fields)) for n in range(1, BRONNEN + 1)]
        return Standopgave(van_sleutel(c["halfjaar"]), c["oordeel"], c["tekst"], c["indicatoren"], bronnen, c["reden"])


def _keuze(halfjaar: Halfjaar) -> str:
    loopt = f" (loopt nog tot en met {halfjaar.einde:%d-%m-%Y})" if halfjaar.einde >= timezone.localdate() else ""
    return hoofdletter(halfjaar.leesbaar) + loopt


def sleutel(halfjaar: Halfjaar) -> str:
    return f"{halfjaar.jaar}-{halfjaar.helft}"


def van_sleutel(tekst: str) -> Halfjaar | None:
    jaar, _, helft = tekst.partition("-")
    return Halfjaar(int(jaar), int(helft)) if helft else None


def begin_met(stand: Ambitiestand) -> dict[str, Any]:
    """What a stand says, to change it."""
    bewijs = bewijs_van(stand)
    velden: dict[str, Any] = {"halfjaar": sleutel(stand.halfjaar), "oordeel": stand.oordeel, "tekst": stand.tekst}
    velden |= {"indicatoren": [een.code for een in bewijs if een.code], "reden": stand.vervangreden}
    for n, een in enumerate([een for een in bewijs if not een.code], 1):
        velden |= {f"{naam}_{n}": getattr(een, naam) for naam in Bron._fields}
    return velden
