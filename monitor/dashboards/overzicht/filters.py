"""What a reader can narrow the list of indicators down to. Wrong choices are answered in the form itself."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.oordeel.uiterlijk import UITERLIJK
from monitor.models import Monitorregel
from strategie.models import Thema


class IndicatorFilter(django_filters.FilterSet):
    """Name and theme are asked of the database; the verdict of the rows that belong to the quarter shown."""

    zoek = django_filters.CharFilter(
        field_name="indicator__naam", lookup_expr="icontains", label="Naam bevat", max_length=100
    )
    thema = django_filters.ChoiceFilter(field_name="thema__slug", label="Thema", empty_label="Alle thema's")
    oordeel = django_filters.ChoiceFilter(
        label="Oordeel",
        empty_label="Alle oordelen",
        method="laat_staan",
        choices=[(code, uiterlijk.woord) for code, uiterlijk in UITERLIJK.items()],
    )
    kwartaal = django_filters.CharFilter(method="laat_staan", widget=forms.HiddenInput)

    class Meta:
        model = Monitorregel
        fields = ("zoek", "thema", "oordeel", "kwartaal")

    def __init__(self, *args: Any, themas: QuerySet[Thema], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["thema"].extra["choices"] = [(thema.slug, thema.naam) for thema in themas]

    def laat_staan(self, rijen: QuerySet[Monitorregel], naam: str, waarde: str) -> QuerySet[Monitorregel]:
        return rijen

    def met_oordeel(self, regels: list[Regel]) -> list[Regel]:
        gekozen = self.form.cleaned_data.get("oordeel") if self.form.is_valid() else ""
        return [regel for regel in regels if not gekozen or regel.oordeel == gekozen]
