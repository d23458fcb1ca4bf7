"""The list of events, on the page and as a file."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.pagina.tabellen import HEEL, Tabel, Tekstkolom
from common.tekst.tekens import zichtbaar
from sturing.gebeurtenissen.selectors import Gebeurtenisregel


class GebeurtenisTabel(Tabel):
    naam = "gebeurtenissen"

    titel = Tekstkolom(accessor="rij__titel", verbose_name="Wat", rijkop=True)
    datum = tables.DateColumn(accessor="rij__datum", verbose_name="Datum", format="d-m-Y", attrs=HEEL)
    tot = tables.DateColumn(accessor="rij__tot", verbose_name="Tot en met", format="d-m-Y", attrs=HEEL, default="")
    soort = Tekstkolom(accessor="rij__get_soort_display", verbose_name="Soort", order_by="rij__soort")
    geldt_voor = Tekstkolom(verbose_name="Geldt voor")
    toelichting = Tekstkolom(accessor="rij__toelichting", verbose_name="Toelichting", orderable=False)
    bron = Tekstkolom(accessor="rij__bron", verbose_name="Bron")
    stand = Tekstkolom(verbose_name="Stand")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_attrs["id"] = lambda record: f"gebeurtenis-{record.rij.pk}"

    def render_titel(self, value: str, record: Gebeurtenisregel) -> str:
        return f"{zichtbaar(value)} (ingetrokken)" if record.weg else zichtbaar(value)

    def render_toelichting(self, value: str) -> str:
        return zichtbaar(value)

    render_bron = render_toelichting

    def render_stand(self, value: str, record: Gebeurtenisregel) -> str | SafeString:
        if not record.mag_intrekken:
            return zichtbaar(value)
        wat = format_html('<span class="voor-schermlezer">: {}</span>', zichtbaar(record.rij.titel))
        return format_html('{} <a href="?intrek={}#intrekken">Trek in{}</a>', value, record.rij.pk, wat)
