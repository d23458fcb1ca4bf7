"""What a reader can narrow the differences down to. A wrong choice is answered in the form itself."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet

from formatie.models import Controlesom, Formatieregel
from formatie.plan.controle import Bevinding
from formatie.plan.rijen import Verschilrij

LANGSTE_ZOEKTEKST = 80


class VerschilFilter(django_filters.FilterSet):
    """The choices stand in the address. The rows are not rows of the database: ``kies`` picks them."""

    bevinding = django_filters.ChoiceFilter(
        label="Soort verschil",
        empty_label="Alle verschillen",
        method="laat_staan",
        choices=[(b.value, b.value.capitalize()) for b in (Bevinding.AFRONDING, Bevinding.GEEN_AFRONDING)],
    )
    vergelijking = django_filters.ChoiceFilter(
        label="Vergelijking",
        empty_label="Alle vergelijkingen",
        method="laat_staan",
        choices=Controlesom.Soort.choices,
    )
    tabel = django_filters.ChoiceFilter(label="Dienst of tabel", empty_label="Alle tabellen", method="laat_staan")

    class Meta:
        model = Controlesom
        fields = ("bevinding", "vergelijking", "tabel")

    def __init__(self, *args: Any, rijen: list[Verschilrij], **kwargs: Any) -> None:
        super().__init__(*args, queryset=Controlesom.objects.none(), **kwargs)
        self.rijen = rijen
        tabellen = dict.fromkeys(rij.tabel for rij in rijen)
        self.filters["tabel"].extra["choices"] = [(tabel, tabel) for tabel in tabellen]

    def laat_staan(self, sommen: QuerySet[Controlesom], naam: str, waarde: str) -> QuerySet[Controlesom]:
        return sommen

    def kies(self) -> list[Verschilrij]:
        """The rows that were asked for; every row while the form holds a choice that does not exist."""
        keuze = self.form.cleaned_data if self.form.is_valid() else {}
        return [rij for rij in self.rijen if _past(rij, keuze)]


class ZoekFilter(django_filters.FilterSet):
    """What is typed to find a service, row, district or team. The rows are built, not queried: ``zoek`` picks them."""

    zoek = django_filters.CharFilter(label="Zoek een dienst, regel, district of basisteam", method="laat_staan")

    class Meta:
        model = Formatieregel
        fields = ("zoek",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, queryset=Formatieregel.objects.none(), **kwargs)
        self.form.fields["zoek"].widget.attrs |= {"type": "search", "maxlength": LANGSTE_ZOEKTEKST}

    def laat_staan(self, regels: QuerySet[Formatieregel], naam: str, waarde: str) -> QuerySet[Formatieregel]:
        return regels

    @property
    def tekst(self) -> str:
        return str(self.form.cleaned_data["zoek"] or "")[:LANGSTE_ZOEKTEKST] if self.form.is_valid() else ""


def _past(rij: Verschilrij, keuze: dict[str, str]) -> bool:
    eigen = {"bevinding": rij.uitkomst.bevinding.value, "vergelijking": rij.uitkomst.som.soort, "tabel": rij.tabel}
    return all(eigen[naam] == waarde for naam, waarde in keuze.items() if waarde)
