"""The form of a duiding; the service says what is wrong."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import User
from common.pagina.velden import Datumveld
from monitor.invoer.vaststellen.voorleggen import Keuzeveld, Voorstelformulier
from sturing.models import LANGSTE_DUIDING, Duiding


def _tekst(vraag: str, hulp: str = "", rijen: int = 3) -> forms.CharField:
    """Longer text is not cut off by the browser: the service says that it is too long, and it stays."""
    veld = forms.Textarea(attrs={"rows": rijen})
    return forms.CharField(label=vraag, help_text=hulp, widget=veld)


class Duidingsformulier(Voorstelformulier):
    afloop = forms.ChoiceField(label="Wat is ervan geworden?", choices=[("", "Kies"), *Duiding.Afloop.choices])
    afloop_toelichting = _tekst("Toelichting daarbij", "Alleen bij Nagekomen mag dit leeg blijven.", 2)
    wat = _tekst("Wat zien we?", "In gewone woorden; het cijfer staat er al naast.")
    waardoor = _tekst("Waardoor?")
    doen = _tekst(
        "Wat doen we?", f"De belofte: volgend kwartaal staat die hierboven. Hoogstens {LANGSTE_DUIDING} tekens."
    )
    persoon = Keuzeveld(label="Wie doet het?")
    wanneer = Datumveld(label="Wanneer is het gedaan?", help_text="Een dag na het kwartaal, bijvoorbeeld 31-12-2026.")
    reden = _tekst("Waarom verandert de duiding?", "De vastgestelde duiding blijft bewaard.", 2)

    def __init__(self, *args: Any, personen: Iterable[User], met_vorige: bool, met_reden: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persoon"].choices = [("", "Kies"), *((str(p.pk), str(p)) for p in personen)]  # type: ignore[attr-defined]  # a field with choices
        self.fields["persoon"].widget.choices = self.fields["persoon"].choices  # type: ignore[attr-defined]  # the same
        weg = (*(() if met_vorige else ("afloop", "afloop_toelichting")), *(() if met_reden else ("reden",)))
        for naam in weg:
            del self.fields[naam]
