"""Every value behind a verdict as rows, for a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom
from formatie.models import Onderdeel
from monitor.dashboards.oordeel.selectors import Bronnen
from monitor.dashboards.oordeel.versies import Periode, Versie, dag


@dataclass(frozen=True)
class Cijferrij:
    """One version with what it was used for."""

    gebruik: str
    versie: Versie

    @property
    def waarde(self) -> Decimal | None:
        return self.versie.regel.waarde

    @property
    def ontbreekt(self) -> str:
        return self.versie.regel.ontbreekt

    @property
    def staat(self) -> str:
        return self.versie.meting.get_staat_display()

    @property
    def ingevoerd_op(self) -> str:
        return dag(self.versie.meting.ingevoerd_op)

    @property
    def vervangen_op(self) -> str:
        return dag(self.versie.meting.vervangen_op)

    @property
    def opmerking(self) -> str:
        return self.versie.regel.opmerking


class CijferTabel(Tabel):
    """In a file only: on the page the tree shows the same versions."""

    gebruik = Tekstkolom(verbose_name="Gebruikt voor")
    periode = Tekstkolom(accessor="versie__regel__periode", verbose_name="Periode", rijkop=True)
    onderdeel = Tekstkolom(accessor="versie__onderdeel", verbose_name="Onderdeel")
    nummer = Getalkolom(accessor="versie__nummer", verbose_name="Versie")
    waarde = Getalkolom(verbose_name="Waarde", decimalen="versie__regel__decimalen", reden="ontbreekt")
    teller = Getalkolom(accessor="versie__meting__teller", verbose_name="Teller")
    noemer = Getalkolom(accessor="versie__meting__noemer", verbose_name="Noemer")
    marge = Getalkolom(accessor="versie__meting__marge", verbose_name="Foutmarge (±)")
    status = Tekstkolom(accessor="versie__regel__status", verbose_name="Status")
    staat = Tekstkolom(verbose_name="Staat")
    weg = Tekstkolom(accessor="versie__weg", verbose_name="Herkomst")
    ingevoerd_op = Tekstkolom(verbose_name="Ingevoerd op")
    invoerder = Tekstkolom(accessor="versie__invoerder", verbose_name="Ingevoerd door")
    vastgesteld_op = Tekstkolom(accessor="versie__regel__vastgesteld_op", verbose_name="Vastgesteld op")
    vaststeller = Tekstkolom(accessor="versie__vaststeller", verbose_name="Vastgesteld door")
    vervangen_op = Tekstkolom(verbose_name="Vervangen op")
    opmerking = Tekstkolom(verbose_name="Reden en toelichting")

    naam = "cijfers"


def cijfertabel(bronnen: Bronnen) -> CijferTabel:
    regel = bronnen.regel
    titel = f"Cijfers achter het oordeel over {regel.naam}, {bronnen.onderdeel}, {regel.periode or regel.kwartaal}"
    return CijferTabel(cijferrijen(bronnen), titel=titel)


def cijferrijen(bronnen: Bronnen) -> list[Cijferrij]:
    """Every version the tree shows, in its order."""
    return [
        Cijferrij(wat, versie)
        for wat, perioden in bronnen.perioden.items()
        for periode in perioden
        for versie in _versies(bronnen, bronnen.onderdeel, periode)
    ]


def _versies(bronnen: Bronnen, onderdeel: Onderdeel, periode: Periode) -> Iterator[Versie]:
    """An own value stands for an onderdeel; otherwise what lies below it."""
    eigen: Sequence[Versie] = bronnen.versies.get((onderdeel.pk, *periode), ())
    yield from eigen
    if not any(versie.geldt for versie in eigen):
        for ander in bronnen.onder(onderdeel):
            yield from _versies(bronnen, ander, periode)
