"""The table of every indicator. The same class makes the page and the file."""

from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.pagina.tabellen import HEEL, Getalkolom, Tabel, Tekstkolom, voorlopig
from monitor.dashboards.indicator.regel import TEGEN, Regel
from monitor.dashboards.indicator.signaal.merk import merk
from monitor.dashboards.oordeel.uiterlijk import Oordeelkolom


class Signaalkolom(Tekstkolom):
    """The mark on the page, its words in the export; what is unfavourable sorts first."""

    def render(self, value: str, record: Regel) -> str | SafeString:
        return merk(record.beeld) if record.beeld and record.toont_trend else value


class Waardekolom(Getalkolom):
    """The value, marked where it may still change: in a file the status has a column of its own."""

    def in_tekst(self, waarde: Decimal, record: Any) -> str | SafeString:
        tekst = super().in_tekst(waarde, record)
        return voorlopig(tekst) if record.voorlopig else tekst


class Tegenkolom(Getalkolom):
    """On the page a target that is itself the measure is not written twice in a row; a file has the number."""

    def in_tekst(self, waarde: Decimal, record: Any) -> str | SafeString:
        return "het doel" if waarde == record.doel else super().in_tekst(waarde, record)


class IndicatorTabel(Tabel):
    """Every indicator of the agenda, as it stands."""

    naam_ = Tekstkolom(accessor="naam", verbose_name="Indicator", rijkop=True)
    oordeel = Oordeelkolom(verbose_name="Oordeel")
    waarde = Waardekolom(verbose_name="Waarde", getoond="getoond__waarde", reden="ontbreekt")
    doel = Getalkolom(verbose_name="Doel", getoond="getoond__doel", reden="doel_ontbreekt")
    tegen = Tegenkolom(verbose_name=TEGEN, getoond="getoond__tegen", reden="verschil_ontbreekt")
    verschil = Getalkolom(verbose_name="Verschil", getoond="getoond__verschil", reden="verschil_ontbreekt")
    eenheid = Tekstkolom(accessor="indicator__eenheid", verbose_name="Eenheid")
    signaal = Signaalkolom(verbose_name="Trend", accessor="trendwoord", order_by="signaalrang")
    kans = Tekstkolom(accessor="kans_kort", verbose_name="Kans op doel", order_by="kansrang", empty_values=())
    periode = Tekstkolom(verbose_name="Kwartaal", attrs=HEEL)
    status = Tekstkolom(accessor="status", verbose_name="Status")
    thema_naam = Tekstkolom(verbose_name="Thema")
    # The sentence stands on the page of the indicator; in a file it belongs to its row.
    reden = Tekstkolom(verbose_name="Waarom", orderable=False, visible=False)

    naam = "indicatoren"
    per_bladzijde = 50
    kiesbaar = True
    eerst_verborgen = ("thema_naam", "status", "periode")

    def render_naam_(self, record: Regel) -> SafeString:
        klasse = "inspring-1" if record.is_waarvan else ""
        return format_html('<a class="{}" href="{}">{}</a>', klasse, record.adres, record.naam)

    def value_naam_(self, record: Regel) -> str:
        return record.naam

    def render_kans(self, value: str, record: Regel) -> str | SafeString:
        return value or format_html('<span class="ontbreekt">{}</span>', record.kans_ontbreekt)

    def value_kans(self, value: str, record: Regel) -> str:
        return value or record.kans_ontbreekt
