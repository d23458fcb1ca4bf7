"""The tidy set as a table: what is drawn, row by row. The same class makes the page and the file."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from common.pagina.tabellen import HEEL, Getalkolom, Tabel, Tekstkolom, voorlopig
from common.tekst.cijfers import LosseMaat, naast_grenzen
from monitor.dashboards.oordeel.uiterlijk import RANG, Oordeelkolom
from monitor.dashboards.verkennen.reeksen import Reeksrij
from monitor.models import Stand


@dataclass(frozen=True)
class Reeksregel:
    """A row with its figures as they are written beside each other, and why one is missing."""

    rij: Reeksrij
    onderdeel: str

    @cached_property
    def cijfers(self) -> list[Decimal | None]:
        """Of the quarter, of the year so far, and the target: no value seems to lie on another side than it does."""
        rij = self.rij
        maat = LosseMaat(rij.eenheid, rij.decimalen)
        return naast_grenzen([rij.waarde, rij.cumulatief], [rij.streefwaarde], maat)

    @property
    def oordeel(self) -> str:
        return self.rij.oordeel

    @property
    def rang(self) -> int:
        return RANG[self.rij.oordeel]

    @property
    def delen(self) -> list[Decimal | None]:
        """Numerator and denominator with the decimals they have."""
        return [None if deel is None else deel.normalize() + 0 for deel in (self.rij.teller, self.rij.noemer)]

    @property
    def geen_noemer(self) -> str:
        return self.ontbreekt if self.rij.teller is None else "geen verhouding"

    @property
    def ontbreekt(self) -> str:
        return self.rij.reden if self.rij.stand == Stand.GELEVERD else Stand(self.rij.stand).label.lower()

    @property
    def geen_doel(self) -> str:
        return "geen doel in getal"

    @property
    def status(self) -> str:
        return "" if self.rij.voorlopig is None else "voorlopig" if self.rij.voorlopig else "definitief"


class Reekskolom(Getalkolom):
    """A figure, marked where it may still change: in a file the status has a column of its own."""

    def in_tekst(self, waarde: Decimal, record: Any) -> str | SafeString:
        tekst = super().in_tekst(waarde, record)
        return voorlopig(tekst) if record.rij.voorlopig else tekst


class ReeksTabel(Tabel):
    """One row per indicator, onderdeel and quarter."""

    indicator_naam = Tekstkolom(accessor="rij__indicator_naam", verbose_name="Indicator", rijkop=True)
    onderdeel = Tekstkolom(verbose_name="Onderdeel")
    kwartaal = Tekstkolom(accessor="rij__kwartaal", verbose_name="Kwartaal", attrs=HEEL)
    waarde = Reekskolom(
        accessor="rij__waarde", verbose_name="In het kwartaal", getoond="cijfers__0", reden="ontbreekt"
    )  # fmt: skip
    cumulatief = Reekskolom(
        accessor="rij__cumulatief", verbose_name="Jaar tot nu toe", getoond="cijfers__1", reden="ontbreekt"
    )  # fmt: skip
    doel = Getalkolom(accessor="rij__streefwaarde", verbose_name="Doel", getoond="cijfers__2", reden="geen_doel")
    eenheid = Tekstkolom(accessor="rij__eenheid", verbose_name="Eenheid")
    oordeel = Oordeelkolom(verbose_name="Oordeel over het jaar")
    status = Tekstkolom(verbose_name="Status", empty_values=())
    teller = Getalkolom(accessor="rij__teller", verbose_name="Teller", getoond="delen__0", reden="ontbreekt")
    noemer = Getalkolom(accessor="rij__noemer", verbose_name="Noemer", getoond="delen__1", reden="geen_noemer")
    reden = Tekstkolom(accessor="rij__reden", verbose_name="Waarom leeg", visible=False)
    code = Tekstkolom(accessor="rij__indicator", verbose_name="Code van de indicator", visible=False)
    onderdeelcode = Tekstkolom(accessor="rij__onderdeel", verbose_name="Code van het onderdeel", visible=False)

    naam = "reeksen"
    per_bladzijde = 25
    kiesbaar = True
    eerst_verborgen = ("teller", "noemer", "status")

    def render_kwartaal(self, record: Reeksregel) -> str:
        return record.rij.kwartaal.leesbaar

    def value_kwartaal(self, record: Reeksregel) -> str:
        return record.rij.kwartaal.leesbaar
