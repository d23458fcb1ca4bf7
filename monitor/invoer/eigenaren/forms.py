"""Who becomes the owner and when; the services say what is wrong."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from accounts.models import User
from common.pagina.velden import Datumveld, Formulier
from common.tekst.tekens import lees_sleutel


class Eigenaarformulier(Formulier):
    """To choose from are those who may enter values; of anybody else the services say why not."""

    persoon = forms.ModelChoiceField(label="Eigenaar", queryset=User.objects.all(), required=False)
    vervanger = forms.ModelChoiceField(label="Vervanger", queryset=User.objects.all(), required=False)
    vanaf = Datumveld(label="Vanaf", required=True)
    tot = Datumveld(label="Tot", help_text="De eerste dag zonder. Leeg: zonder einde.")

    def __init__(self, *args: Any, kandidaten: Sequence[User], vandaag: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"vanaf": vandaag}, **kwargs)
        self.fields["vanaf"].error_messages["required"] = "Vul in vanaf welke dag."
        for naam, leeg in (("persoon", "Kies een persoon"), ("vervanger", "Niemand")):
            gekozen = User.objects.filter(pk=self._nummer(naam))
            wie = {p.pk: str(p) for p in (*kandidaten, *(gekozen if self.is_bound else ()))}
            self.fields[naam].widget.choices = [("", leeg), *wie.items()]
            self.fields[naam].error_messages["invalid_choice"] = "Deze persoon is er niet meer. Kies een ander."

    def _nummer(self, naam: str) -> int:
        """What was sent, so that it stays chosen on the page that says what is wrong with it."""
        return lees_sleutel(str(self.data.get(naam, ""))) or 0
