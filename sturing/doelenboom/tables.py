"""The agenda as a table: one row per part. The same class makes the page and the file."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.pagina.tabellen import HEEL, Tabel, Tekstkolom
from monitor.dashboards.oordeel.uiterlijk import badge
from sturing.lezen.agendaboom import Deel
from sturing.lezen.ambities import NIETS_VASTGESTELD, standmerk


class Standkolom(Tekstkolom):
    """The mark of a verdict or of an ambition on the page, its words in the export."""

    def render(self, value: str, record: Deel) -> str | SafeString:
        if record.soort == "ambitie":
            erbij = record.stand.removeprefix(record.merk.get_oordeel_display() if record.merk else NIETS_VASTGESTELD)
            return format_html("{}{}", standmerk(record.merk.oordeel if record.merk else ""), erbij)
        if record.soort == "indicator" and record.merk and record.merk.oordeel:
            return badge(record.merk.oordeel)
        return value


class Agendatabel(Tabel):
    """Every part of the agenda in reading order."""

    naam = "agenda"
    kiesbaar = False

    soort = Tekstkolom(accessor="soortnaam", verbose_name="Soort", attrs=HEEL)
    deel = Tekstkolom(accessor="naam", verbose_name="Deel", rijkop=True)
    ouder = Tekstkolom(accessor="ouder__naam", verbose_name="Ligt onder", default="")
    stand = Standkolom(accessor="stand", verbose_name="Stand", default="")
    wit = Tekstkolom(accessor="wit", verbose_name="Wat mist", default="")
    gekoppeld = Tekstkolom(accessor="verbanden", verbose_name="Gekoppeld aan", orderable=False, default="")
    bronregel = Tekstkolom(accessor="bronregel", verbose_name="Regel", orderable=False, attrs=HEEL)

    def render_deel(self, record: Deel) -> str | SafeString:
        return format_html('<a href="{}">{}</a>', record.adres, record.naam) if record.adres else record.naam

    def value_deel(self, record: Deel) -> str:
        return record.naam

    def render_gekoppeld(self, value: Any) -> str:
        return gekoppeld_in_woorden(value)

    def value_gekoppeld(self, value: Any) -> str:
        return gekoppeld_in_woorden(value)


def gekoppeld_in_woorden(verbanden: Any) -> str:
    return "; ".join(verband.ander.naam for verband in verbanden)
