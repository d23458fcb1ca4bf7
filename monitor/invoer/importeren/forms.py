"""What someone hands in on the pages of an import: a file, cells typed anew, columns matched, words with a decision."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from monitor.invoer.importeren.herstellen import Celherstel
from monitor.invoer.regels.validatie import MAX_TOELICHTING
from monitor.models import Import

_CEL, _WAS, _KOP = "cel", "was", "kop"
"""How the names of fields begin; behind it the row and the column, or the place of a heading."""


class Bestandformulier(forms.Form):
    """One file; what is in it is judged later."""

    bestand = forms.FileField(
        label="Bestand",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods", "aria-describedby": "uitleg-bestand"}),
        error_messages={"required": "Kies eerst een bestand.", "invalid": "Kies eerst een bestand."},
    )


class Indienformulier(forms.Form):
    """One remark for every doubtful value of the file, and one reason for what it corrects; each where it is needed."""

    use_required_attribute = False  # the same form checks cells and withdraws, without these words

    toelichting = forms.CharField(
        label="Toelichting bij de twijfelachtige waarden",
        max_length=MAX_TOELICHTING,
        widget=forms.Textarea(attrs={"rows": 3, "aria-describedby": "uitleg-toelichting"}),
        error_messages={"required": "Schrijf waarom deze waarden toch kloppen."},
    )
    reden = forms.CharField(
        label="Waarom veranderen de vastgestelde waarden?",
        max_length=MAX_TOELICHTING,
        widget=forms.Textarea(attrs={"rows": 3, "aria-describedby": "uitleg-reden"}),
        error_messages={"required": "Schrijf waarom vastgestelde waarden veranderen."},
    )

    def __init__(self, bestand: Import, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for veld, aantal in (("toelichting", bestand.twijfel), ("reden", bestand.zonder_reden)):
            if not aantal:
                del self.fields[veld]


def lees_cellen(gepost: QueryDict) -> list[Celherstel]:
    """Every cell that was on the page, with what stood there before someone typed; what is no cell is ignored."""
    cellen = []
    for naam, tekst in gepost.items():
        soort, _, plek = naam.partition(":")
        rij, _, kolom = plek.partition(":")
        if soort == _CEL and is_rij(rij):
            cellen.append(Celherstel(int(rij), kolom, gepost.get(f"{_WAS}:{plek}", ""), str(tekst)))
    return cellen


def is_rij(tekst: str) -> bool:
    return tekst.isascii() and tekst.isdigit() and len(tekst) < 7


def lees_rijnummers(gepost: QueryDict, naam: str) -> list[int]:
    return [int(tekst) for tekst in gepost.getlist(naam) if is_rij(tekst)]


def lees_keuzes(gepost: Mapping[str, str], koppen: Sequence[Sequence[str]]) -> dict[str, str]:
    """By heading the column that was chosen for it."""
    return {kop: gepost.get(f"{_KOP}:{plek}", "") for plek, (kop, _) in enumerate(koppen)}
