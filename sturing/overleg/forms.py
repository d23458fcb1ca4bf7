"""The forms of a meeting. The services say what is missing or wrong; a form shows it, and keeps what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from accounts.models import User
from common.pagina.velden import Datumveld
from monitor.invoer.vaststellen.voorleggen import Voorstelformulier

GEEN_KEUZE = {"invalid_choice": "Deze keuze is er niet (meer). Kies een andere."}
Keuzes = Sequence[tuple[Any, Any]]


def tekstvak(label: str, rijen: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rijen}), **kwargs)


class Persoonveld(forms.TypedChoiceField):
    """One of the persons it is given; what it gives is that person."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages=GEEN_KEUZE, empty_value=None, **kwargs)
        self.personen: dict[str, User] = {}

    def _coerce(self, value: Any) -> User | None:
        return self.personen.get(value)

    def zet_personen(self, personen: Iterable[User], leeg: str) -> None:
        self.personen = {str(persoon.pk): persoon for persoon in personen}
        self.choices = [("", leeg), *((pk, str(persoon)) for pk, persoon in self.personen.items())]


class Overlegformulier(Voorstelformulier):
    titel = forms.CharField(label="Titel", help_text="Bijvoorbeeld: RVO 11 december 2026.")
    datum = Datumveld(label="Datum")
    plaats = forms.CharField(label="Plaats (hoeft niet)")


class Puntformulier(Voorstelformulier):
    titel = forms.CharField(label="Punt")
    toelichting = tekstvak("Toelichting (hoeft niet)", 3)
    over = forms.ChoiceField(
        label="Waarover (hoeft niet)",
        error_messages=GEEN_KEUZE,
        help_text="Bij een indicator hoort het laatste kwartaal waarvan het cijfer er is.",
    )

    def __init__(self, *args: Any, onderwerpen: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["over"].choices = [("", "Niets in het bijzonder"), *onderwerpen]  # type: ignore[attr-defined]  # a field of choices


class Opdrachtvelden(Voorstelformulier):
    """Who does what, before which day."""

    wat = forms.CharField(label="Wat moet er gebeuren")
    eigenaar = Persoonveld(label="Wie doet het")
    datum = Datumveld(label="Uiterlijk")

    def __init__(self, *args: Any, personen: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["eigenaar"].zet_personen(personen, "Kies een persoon")  # type: ignore[attr-defined]  # our own field


class Besluitformulier(Opdrachtvelden):
    punt = forms.ChoiceField(label="Bij agendapunt", error_messages=GEEN_KEUZE)
    tekst = tekstvak("Besluit", 3)
    field_order = ["punt", "tekst", "wat", "eigenaar", "datum"]

    def __init__(self, *args: Any, punten: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["punt"].choices = [("", "Kies een punt"), *punten]  # type: ignore[attr-defined]  # a field of choices
        self.fields["wat"].label = "Volgt er een actie uit? Wat moet er gebeuren (hoeft niet)"


class Actieformulier(Opdrachtvelden):
    besluit = forms.ChoiceField(label="Uit besluit", error_messages=GEEN_KEUZE)
    field_order = ["besluit", "wat", "eigenaar", "datum"]

    def __init__(self, *args: Any, besluiten: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["besluit"].choices = [("", "Kies een besluit"), *besluiten]  # type: ignore[attr-defined]  # a field of choices


class Puntkeuzeformulier(Voorstelformulier):
    """What was taken off before is not chosen beforehand."""

    punten = forms.MultipleChoiceField(
        label="Welke punten", error_messages=GEEN_KEUZE, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, aanbod: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["punten"].choices = aanbod  # type: ignore[attr-defined]  # a field of choices


class Redenformulier(Voorstelformulier):
    reden = tekstvak("Reden", 2, help_text="Het blijft te lezen, met deze reden erbij.")


class Intrekformulier(Redenformulier):
    wat = forms.ChoiceField(label="Wat trekt u in", error_messages=GEEN_KEUZE)
    field_order = ["wat", "reden"]

    def __init__(self, *args: Any, dingen: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wat"].choices = [("", "Kies wat u intrekt"), *dingen]  # type: ignore[attr-defined]  # a field of choices
