"""The tables of municipalities and onderdelen: those of the map, each figure of the lens in a row, and the places."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.pagina.tabellen import HEEL, Getalkolom, Tabel, Tekstkolom
from formatie.plan.gemeenten import Plaatsen
from monitor.dashboards.gemeente.selectors import Lenscel, kop
from monitor.dashboards.gemeente.tegels import Tegel
from monitor.dashboards.indicator.regel import TEGEN
from monitor.dashboards.oordeel.uiterlijk import RANG, Oordeelkolom, badge
from monitor.models import Indicator


class LensTabel(Tabel):
    """The same figures as the lens, one to a row, so that a file holds exact numbers."""

    indicator = Tekstkolom(accessor="regel__naam", verbose_name="Indicator", rijkop=True)
    onderdeel = Tekstkolom(accessor="kop", verbose_name="Onderdeel")
    waarde = Getalkolom(accessor="regel__waarde", getoond="regel__getoond__waarde", reden="ontbreekt")
    doel = Getalkolom(accessor="regel__doel", getoond="regel__getoond__doel", reden="doel_ontbreekt")
    tegen = Getalkolom(
        verbose_name=TEGEN, accessor="regel__tegen", getoond="regel__getoond__tegen", reden="verschil_ontbreekt"
    )
    verschil = Getalkolom(accessor="regel__verschil", getoond="regel__getoond__verschil", reden="verschil_ontbreekt")
    eenheid = Tekstkolom(accessor="regel__indicator__eenheid", verbose_name="Eenheid")
    oordeel = Oordeelkolom(verbose_name="Oordeel")
    kwartaal = Tekstkolom(accessor="regel__kwartaal__leesbaar", verbose_name="Kwartaal", attrs=HEEL)
    status = Tekstkolom(accessor="regel__status", verbose_name="Status")
    # The sentence stands on the page of the indicator; in a file it belongs to its row.
    reden = Tekstkolom(accessor="reden", verbose_name="Waarom", visible=False)

    naam = "cijfers"

    def render_oordeel(self, record: Lenscel) -> str | SafeString:
        return badge(record.oordeel) if record.oordeel else record.ontbreekt

    def value_oordeel(self, record: Lenscel) -> str:
        return record.oordeel_woord


class PlaatsenTabel(Tabel):
    """The places of teams, districts and unit as the plan prints them, in fte."""

    onderdeel = Tekstkolom(verbose_name="Onderdeel", rijkop=True)
    fte = Getalkolom(verbose_name="Formatie (fte)", decimalen=1, reden="niet_gedrukt")
    aspiranten = Getalkolom(verbose_name="Waarvan aspiranten (fte)", decimalen=1, reden="niet_gedrukt")
    wijkagenten = Getalkolom(verbose_name="Plaatsen wijkagenten (fte)", decimalen=1, reden="niet_gedrukt")

    naam = "plaatsen"

    def render_onderdeel(self, record: Plaatsen) -> str:
        return kop(record.onderdeel)


_GEEN = "–"


@dataclass(frozen=True)
class Kaartrij:
    """A municipality with one of its teams; ``cel`` None where no team is known."""

    tegel: Tegel
    cel: Lenscel | None

    @property
    def onderdeel(self) -> str:
        return self.cel.kop if self.cel else self.tegel.cijfer

    @property
    def ontbreekt(self) -> str:
        return self.cel.ontbreekt if self.cel else _GEEN

    @property
    def status(self) -> str:
        """Provisional or definite, where there is a figure."""
        return (self.cel.regel.status if self.cel and self.cel.toont_oordeel else "") or _GEEN

    @property
    def oordeel_woord(self) -> str:
        return self.cel.oordeel_woord if self.cel else _GEEN


def kaartrijen(tegels: Iterable[Tegel]) -> list[Kaartrij]:
    """Worst first; the teams of a municipality stay together, at the place of its worst."""
    per_tegel = [sorted(_rijen(tegel), key=_rang) for tegel in tegels]
    return [rij for rijen in sorted(per_tegel, key=lambda rijen: _rang(rijen[0])) for rij in rijen]


def _rang(rij: Kaartrij) -> tuple[int, bool, Decimal]:
    """By verdict, then by value; what is not shown and what is not known stand last, in the order they came in."""
    cel = rij.cel
    if cel is None or not cel.toont_oordeel:
        return len(RANG) + (cel is None), True, Decimal(0)
    waarde = cel.regel.waarde
    if waarde is None:
        return RANG[cel.oordeel], True, Decimal(0)
    lager_is_beter = cel.regel.indicator.richting == Indicator.Richting.LAGER
    return RANG[cel.oordeel], False, -waarde if lager_is_beter else waarde


def _rijen(tegel: Tegel) -> list[Kaartrij]:
    return [Kaartrij(tegel, cel) for cel in tegel.cellen] or [Kaartrij(tegel, None)]


class KaartTabel(Tabel):
    """The same facts as the map, one team of a municipality to a row."""

    gemeente = Tekstkolom(accessor="tegel__kring__gemeente", verbose_name="Gemeente", rijkop=True)
    oordeel = Tekstkolom(accessor="oordeel_woord", verbose_name="Oordeel")
    waarde = Getalkolom(accessor="cel__regel__waarde", getoond="cel__regel__getoond__waarde", reden="ontbreekt")
    onderdeel = Tekstkolom(verbose_name="Onderdeel")
    status = Tekstkolom(verbose_name="Status")

    naam = "gemeenten"

    def render_gemeente(self, record: Kaartrij) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.tegel.adres, record.tegel.kring.gemeente)

    def value_gemeente(self, record: Kaartrij) -> str:
        return str(record.tegel.kring.gemeente)

    def render_oordeel(self, record: Kaartrij) -> str | SafeString:
        return badge(record.cel.oordeel) if record.cel and record.cel.oordeel else record.oordeel_woord

    def value_oordeel(self, record: Kaartrij) -> str:
        return record.oordeel_woord
