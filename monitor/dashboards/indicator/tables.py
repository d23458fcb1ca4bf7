"""The tables of one indicator. The same class makes the page and the file."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.pagina.tabellen import HEEL, Getalkolom, Tabel, Tekstkolom
from common.tekst.cijfers import LosseMaat, maat_van_verschil
from monitor.dashboards.indicator.regel import TEGEN
from monitor.dashboards.indicator.uitleg import Metingregel
from monitor.dashboards.oordeel.uiterlijk import Oordeelkolom
from monitor.models import Indicator


class OnderdeelTabel(Tabel):
    """One indicator over the districts and teams that this person may see."""

    onderdeel = Tekstkolom(verbose_name="Onderdeel", rijkop=True, orderable=False)
    soort = Tekstkolom(accessor="onderdeel__get_soort_display", verbose_name="Soort", orderable=False, attrs=HEEL)
    waarde = Getalkolom(accessor="regel__waarde", getoond="regel__getoond__waarde", reden="regel__ontbreekt")
    doel = Getalkolom(accessor="regel__doel", getoond="regel__getoond__doel", reden="regel__doel_ontbreekt")
    tegen = Getalkolom(accessor="regel__tegen", getoond="regel__getoond__tegen", reden="regel__verschil_ontbreekt")
    verschil = Getalkolom(
        accessor="regel__verschil", getoond="regel__getoond__verschil", reden="regel__verschil_ontbreekt"
    )
    oordeel = Oordeelkolom(regel="regel", verbose_name="Oordeel")
    status = Tekstkolom(accessor="regel__status", verbose_name="Status")
    reden = Tekstkolom(accessor="regel__reden", verbose_name="Waarom", orderable=False, visible=False)

    naam = "onderdelen"

    def __init__(self, data: Any, *, eenheid: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        koppen = {"waarde": "Waarde", "doel": "Doel", "tegen": TEGEN}
        for kolom, kop in koppen.items():
            self.columns[kolom].column.verbose_name = f"{kop} ({eenheid})"
        verschil = maat_van_verschil(LosseMaat(eenheid)).eenheid
        self.columns["verschil"].column.verbose_name = f"Verschil ({verschil})"
        # Where the target itself is what a value is judged against, the page says it once.
        if all(rij.regel.tegen == rij.regel.doel for rij in data):
            self.columns.hide("tegen")


class MetingTabel(Tabel):
    """Every approved version of the values of the unit itself."""

    periode = Tekstkolom(verbose_name="Periode", rijkop=True, orderable=False, attrs=HEEL)
    waarde = Getalkolom(verbose_name="Waarde", decimalen="decimalen", reden="ontbreekt", orderable=False)
    teller = Getalkolom(accessor="meting__teller", verbose_name="Teller", decimalen="teldecimalen", orderable=False)
    noemer = Getalkolom(accessor="meting__noemer", verbose_name="Noemer", decimalen="teldecimalen", orderable=False)
    marge = Getalkolom(
        accessor="meting__marge", verbose_name="Foutmarge (±)", decimalen="indicator__decimalen", orderable=False
    )
    status = Tekstkolom(accessor="meting__get_status_display", verbose_name="Status", orderable=False)
    staat = Tekstkolom(verbose_name="Staat", orderable=False)
    vastgesteld_op = Tekstkolom(verbose_name="Vastgesteld op", orderable=False)
    personen = Tekstkolom(verbose_name="Door", orderable=False)
    opmerking = Tekstkolom(verbose_name="Toelichting", orderable=False)

    naam = "metingen"
    per_bladzijde = 100

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
