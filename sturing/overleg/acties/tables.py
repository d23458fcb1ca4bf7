"""The table of actions; the same class makes the page and the file."""

from __future__ import annotations

from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.pagina.tabellen import HEEL, Tabel, Tekstkolom
from sturing.models import Actieversie


class ActieTabel(Tabel):
    """What was agreed, by whom, before which day, and how it stands."""

    wat = Tekstkolom(accessor="actie__wat", verbose_name="Actie", rijkop=True)
    eigenaar = Tekstkolom(verbose_name="Wie")
    datum = Tekstkolom(verbose_name="Uiterlijk", attrs=HEEL)
    status = Tekstkolom(verbose_name="Stand")
    reden = Tekstkolom(verbose_name="Toelichting", default="")
    overleg = Tekstkolom(accessor="actie__besluit__punt__overleg", verbose_name="Uit overleg")
    besluit = Tekstkolom(accessor="actie__besluit__tekst", verbose_name="Besluit")

    naam = "acties"
    onderwerp = "Acties uit het overleg"

    def __init__(self, *args: object, vandaag: date, **kwargs: object) -> None:
        self.vandaag = vandaag
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as every table

    def render_wat(self, value: str, record: Actieversie) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.actie.adres, value)

    def value_wat(self, value: str) -> str:
        return value

    def render_datum(self, value: date) -> str:
        return f"{value:%d-%m-%Y}"

    def value_datum(self, value: date) -> str:
        return f"{value:%Y-%m-%d}"

    def render_status(self, record: Actieversie) -> str | SafeString:
        if record.is_te_laat(self.vandaag):
            return format_html('<b class="laat">{}</b>', self.value_status(record))
        return self.value_status(record)

    def value_status(self, record: Actieversie) -> str:
        return record.woord(self.vandaag)
