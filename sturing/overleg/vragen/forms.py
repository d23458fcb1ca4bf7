"""Asking, answering and withdrawing on the page. The services say what is wrong; nothing typed is cut off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms

from formatie.models import Onderdeel
from monitor.invoer.vaststellen.voorleggen import Voorstelformulier
from sturing.models import Overleg
from sturing.overleg.forms import GEEN_KEUZE, tekstvak

GEEN_OVERLEG = "Het eerstvolgende overleg"


def _overlegveld(leeg: str) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label="Voor welk overleg", queryset=Overleg.objects.none(), empty_label=leeg, error_messages=GEEN_KEUZE
    )


def _zet_overleggen(veld: Any, overleggen: Sequence[Overleg]) -> None:
    veld.queryset = Overleg.objects.filter(pk__in=[overleg.pk for overleg in overleggen])
    veld.label_from_instance = lambda overleg: f"{overleg.datum:%d-%m-%Y}, {overleg}"


class Vraagformulier(Voorstelformulier):
    """Of a figure it also asks of which part of the organisation and of which quarter."""

    onderdeel = forms.ModelChoiceField(
        label="Over welk onderdeel",
        queryset=Onderdeel.objects.none(),
        to_field_name="code",
        empty_label=None,
        error_messages=GEEN_KEUZE,
    )
    kwartaal = forms.ChoiceField(label="Over welk kwartaal", error_messages=GEEN_KEUZE)
    tekst = tekstvak("Uw vraag", 5)
    overleg = _overlegveld(GEEN_OVERLEG)
    formulier = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=lambda: uuid4().hex)

    def __init__(
        self,
        *args: Any,
        over_cijfer: bool,
        kwartalen: Sequence[tuple[str, str]],
        overleggen: Sequence[Overleg],
        is_advies: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _zet_overleggen(self.fields["overleg"], overleggen)
        if is_advies:
            self.fields["tekst"].label = "Uw advies"
        if not over_cijfer:
            del self.fields["onderdeel"], self.fields["kwartaal"]
            return
        self.fields["kwartaal"].choices = kwartalen  # type: ignore[attr-defined]  # a field of choices
        waar = Onderdeel.objects.filter(soort__in=(Onderdeel.Soort.EENHEID, Onderdeel.Soort.DISTRICT))
        self.fields["onderdeel"].queryset = waar.order_by("volgorde", "code")  # type: ignore[attr-defined]  # of a model


class Gezienformulier(Voorstelformulier):
    """Remembers which version of the answer was on the screen."""

    gezien = forms.CharField(max_length=19, widget=forms.HiddenInput)


class Antwoordformulier(Gezienformulier):
    tekst = tekstvak("Antwoord", 6)
    field_order = ["tekst", "gezien"]


class Terugtrekformulier(Voorstelformulier):
    reden = tekstvak("Waarom trekt u dit in", 2)


class Agendaformulier(Voorstelformulier):
    overleg = _overlegveld("Kies een overleg")

    def __init__(self, *args: Any, overleggen: Sequence[Overleg], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _zet_overleggen(self.fields["overleg"], overleggen)
