"""The tables of the monitor. The same class makes the page and the export."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.indicator.uitleg import Metingregel
from monitor.dashboards.oordeel.uiterlijk import badge
from monitor.dashboards.signaal.signaalvorm import merk
from monitor.models import Indicator
from monitor.rekenen.oordeelzin import verschileenheid

# Text that is not broken over lines.
HEEL = {"td": {"class": "heel"}}


class Oordeelkolom(tables.Column):
    """The badge on the page, the word in the export; sorted worst first."""

    is_rijkop = False

    def __init__(self, *args: Any, regel: str = "", **kwargs: Any) -> None:
        pad = f"{regel}__" if regel else ""
        super().__init__(*args, accessor=f"{pad}oordeel", order_by=f"{pad}rang", empty_values=(), **kwargs)

    def render(self, value: str) -> str | SafeString:
        return badge(value) if value else "Niet berekend"


class Signaalkolom(Tekstkolom):
    """The mark on the page, its words in the export; what is unfavourable sorts first."""

    def render(self, value: str, record: Regel) -> str | SafeString:
        return merk(record.beeld) if record.beeld else "niet berekend"

    def value(self, value: Any) -> str:
        return value or "niet berekend"


class IndicatorTabel(Tabel):
    """Every indicator of the agenda, as it stands."""

    naam_ = Tekstkolom(accessor="naam", verbose_name="Indicator", rijkop=True)
    oordeel = Oordeelkolom(verbose_name="Oordeel")
    waarde = Getalkolom(verbose_name="Waarde", decimalen="decimalen", reden="ontbreekt")
    doel = Getalkolom(verbose_name="Doel", decimalen="decimalen", reden="doel_ontbreekt")
    verschil = Getalkolom(verbose_name="Verschil", decimalen="verschildecimalen", reden="verschil_ontbreekt")
    eenheid = Tekstkolom(verbose_name="Eenheid")
    signaal = Signaalkolom(verbose_name="Signaal", accessor="signaal", order_by="signaalrang", empty_values=())
    kans = Tekstkolom(accessor="kans_kort", verbose_name="Kans op doel", order_by="kansrang", empty_values=())
    periode = Tekstkolom(verbose_name="Kwartaal", attrs=HEEL)
    status = Tekstkolom(accessor="status", verbose_name="Status")
    thema_naam = Tekstkolom(verbose_name="Thema")
    # The sentence stands on the page of the indicator; in a file it belongs to its row.
    reden = Tekstkolom(verbose_name="Waarom", orderable=False, visible=False)

    naam = "indicatoren"
    kiesbaar = True
    eerst_verborgen = ("thema_naam", "status", "periode")

    def render_naam_(self, record: Regel) -> SafeString:
        klasse = "inspring-1" if record.is_waarvan else ""
        return format_html('<a class="{}" href="{}">{}</a>', klasse, record.adres, record.naam)

    def value_naam_(self, record: Regel) -> str:
        return record.naam

    def value_oordeel(self, record: Regel) -> str:
        return record.oordeel_woord

    def render_kans(self, value: str, record: Regel) -> str | SafeString:
        return value or format_html('<span class="ontbreekt">{}</span>', record.kans_ontbreekt)

    def value_kans(self, value: str, record: Regel) -> str:
        return value or record.kans_ontbreekt


class OnderdeelTabel(Tabel):
    """One indicator over the districts and teams that this person may see."""

    onderdeel = Tekstkolom(verbose_name="Onderdeel", rijkop=True, orderable=False)
    soort = Tekstkolom(accessor="onderdeel__get_soort_display", verbose_name="Soort", orderable=False, attrs=HEEL)
    waarde = Getalkolom(accessor="regel__waarde", decimalen="regel__decimalen", reden="regel__ontbreekt")
    doel = Getalkolom(accessor="regel__doel", decimalen="regel__decimalen", reden="regel__doel_ontbreekt")
    verschil = Getalkolom(
        accessor="regel__verschil", decimalen="regel__verschildecimalen", reden="regel__verschil_ontbreekt"
    )
    oordeel = Oordeelkolom(regel="regel", verbose_name="Oordeel")
    status = Tekstkolom(accessor="regel__status", verbose_name="Status")
    reden = Tekstkolom(accessor="regel__reden", verbose_name="Waarom", orderable=False, visible=False)

    naam = "onderdelen"

    def __init__(self, data: Any, *, eenheid: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for kolom in ("waarde", "doel"):
            self.columns[kolom].column.verbose_name = f"{kolom.capitalize()} ({eenheid})"
        self.columns["verschil"].column.verbose_name = f"Verschil ({verschileenheid(eenheid)})"

    def value_oordeel(self, record: Any) -> str:
        return record.regel.oordeel_woord


class MetingTabel(Tabel):
    """Every approved version of the values of the unit itself."""

    periode = Tekstkolom(verbose_name="Periode", rijkop=True, orderable=False, attrs=HEEL)
    waarde = Getalkolom(verbose_name="Waarde", decimalen="decimalen", reden="ontbreekt", orderable=False)
    teller = Getalkolom(verbose_name="Teller", decimalen="teldecimalen", orderable=False)
    noemer = Getalkolom(verbose_name="Noemer", decimalen="teldecimalen", orderable=False)
    marge = Getalkolom(verbose_name="Foutmarge (±)", decimalen="decimalen", orderable=False)
    status = Tekstkolom(verbose_name="Status", orderable=False)
    staat = Tekstkolom(verbose_name="Staat", orderable=False)
    vastgesteld_op = Tekstkolom(verbose_name="Vastgesteld op", orderable=False)
    personen = Tekstkolom(verbose_name="Door", orderable=False)
    opmerking = Tekstkolom(verbose_name="Opmerking", orderable=False)

    naam = "metingen"

    def __init__(
        self, data: Any, *, indicator: Indicator, met_personen: bool, met_geschiedenis: bool = False, **kwargs: Any
    ) -> None:
        """Only the columns that can hold something: a count has no teller, a ratio no margin of error."""
        self.met_geschiedenis = met_geschiedenis
        weg = [] if indicator.aggregatie == Indicator.Aggregatie.VERHOUDING else ["teller", "noemer"]
        weg += [] if indicator.aggregatie == Indicator.Aggregatie.ENQUETE else ["marge"]
        weg += [] if met_personen else ["personen"]
        super().__init__(data, exclude=weg, **kwargs)

    def render_periode(self, value: str, record: Metingregel) -> str | SafeString:
        if not self.met_geschiedenis:
            return value
        return format_html('<a href="{}">{}</a>', reverse("geschiedenis", args=[record.meting.pk]), value)

    def value_periode(self, value: str) -> str:
        return value
