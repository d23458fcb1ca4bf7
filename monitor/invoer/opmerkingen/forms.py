"""The form of a comment: its text, and whom it calls. Too long a text is said, never cut off."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms

from common.pagina.velden import Formulier
from common.tekst.tekens import zonder_onzichtbare
from monitor.invoer.opmerkingen.deelnemers import Deelnemer
from monitor.invoer.opmerkingen.services import LEEST_NIET
from monitor.models.opmerking import LANGSTE_OPMERKING


class Opmerkformulier(Formulier):
    tekst = forms.CharField(label="Uw opmerking", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    aan = forms.MultipleChoiceField(label="Meld dit aan", required=False, error_messages={"invalid_choice": LEEST_NIET})
    formulier = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput, initial=lambda: uuid4().hex)

    def __init__(self, *args: Any, deelnemers: Sequence[Deelnemer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deelnemers = deelnemers
        self.fields["aan"].choices = [(str(een.persoon.pk), str(een.persoon)) for een in deelnemers]  # type: ignore[attr-defined]  # a field of choices
        if self.has_error("tekst"):
            self.fields["tekst"].widget.attrs |= {"aria-invalid": "true", "aria-describedby": "fout-tekst"}

    @property
    def gekozen(self) -> set[int]:
        """Whose boxes are ticked, of who is in the list."""
        gestuurd = self["aan"].value() or ()
        return {een.persoon.pk for een in self.deelnemers if str(een.persoon.pk) in gestuurd}

    @property
    def anderen(self) -> list[Deelnemer]:
        """Who may read it, and has no more to do with it than that."""
        return [een for een in self.deelnemers if not een.werkt_mee]

    @property
    def anderen_open(self) -> bool:
        return any(een.persoon.pk in self.gekozen for een in self.anderen)

    def clean_tekst(self) -> str:
        """A line end counts as one character, as on the screen."""
        tekst = str(self.cleaned_data["tekst"]).replace("\r\n", "\n").strip()
        if not zonder_onzichtbare(tekst).strip():
            raise forms.ValidationError("Schrijf eerst uw opmerking.")
        if te_veel := max(0, len(tekst) - LANGSTE_OPMERKING):
            raise forms.ValidationError(
                f"De opmerking is {len(tekst)} tekens lang; er passen er {LANGSTE_OPMERKING}. Laat er {te_veel} weg."
            )
        return tekst
