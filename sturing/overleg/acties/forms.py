"""Which actions to see, and what happens with one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from accounts.models import User
from common.pagina.velden import Datumveld, Formulier
from monitor.invoer.vaststellen.voorleggen import Voorstelformulier
from sturing.models import Actieversie
from sturing.overleg.forms import Persoonveld, tekstvak

OPEN, ALLES = "open", "alles"


class Actiekeuze(Formulier):
    """Every filter is in the address; a choice that does not exist shows what is open."""

    toon = forms.ChoiceField(
        label="Toon", required=False, choices=[*Actieversie.Status.choices, (ALLES, "Alles")], initial=OPEN
    )
    wie = forms.ChoiceField(label="Van wie", required=False)

    def __init__(self, gevraagd: Any, versies: Sequence[Actieversie]) -> None:
        super().__init__(gevraagd or {"toon": OPEN})
        wie = {str(versie.eigenaar_id): str(versie.eigenaar) for versie in versies}
        self.fields["wie"].choices = [("", "Iedereen"), *sorted(wie.items(), key=lambda paar: paar[1])]  # type: ignore[attr-defined]  # a field of choices

    def kies(self, versies: Sequence[Actieversie]) -> list[Actieversie]:
        self.is_valid()
        keuze = self.cleaned_data
        toon, wie = keuze.get("toon") or OPEN, keuze.get("wie", "")
        return [v for v in versies if toon in (ALLES, v.status) and wie in ("", str(v.eigenaar_id))]


class Versieformulier(Voorstelformulier):
    """Remembers which version of the action was on the screen."""

    gezien = forms.CharField(max_length=10, widget=forms.HiddenInput)
    reden = tekstvak("Toelichting", 3)
    field_order = ["reden", "gezien"]


class Gereedformulier(Versieformulier):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reden"].label = "Wat is er gedaan"


class Vervalformulier(Versieformulier):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reden"].label = "Waarom hoeft het niet meer"


class Verzetformulier(Versieformulier):
    datum = Datumveld(label="Uiterlijk")
    eigenaar = Persoonveld(label="Wie doet het")
    field_order = ["datum", "eigenaar", "reden", "gezien"]

    def __init__(self, *args: Any, personen: Iterable[User], **kwargs: Any) -> None:
        """Without persons to choose from the owner stays."""
        super().__init__(*args, **kwargs)
        self.fields["reden"].label = "Waarom verandert dit"
        if gekozen := list(personen):
            self.fields["eigenaar"].zet_personen(gekozen, "Blijft wie het is")  # type: ignore[attr-defined]  # our own field
        else:
            del self.fields["eigenaar"]
