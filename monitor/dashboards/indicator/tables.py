"""The tables of the monitor. The same class makes the page and the export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom
from common.tekst.cijfers import exact_in_woorden, grens_in_woorden, marge_in_woorden, met_delen, verschileenheid
from common.tekst.getallen import toon_kort
from common.tekst.tekens import zichtbaar
from common.vaststellen.model import Staat
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.oordeel.uiterlijk import badge
from monitor.dashboards.signaal.grafiek import merk
from monitor.models import Berekening, Doelstelling, Indicator, Meting
from monitor.rekenen.cijfers import waarde_van
from monitor.rekenen.oordeelzin import tempo_zin

Paren = list[tuple[str, str]]

REGELS = {
    "jaarvolume": "De som van de kwartalen tot nu toe wordt vergeleken met wat er tot dit kwartaal verwacht wordt.",
    "minimum": "De waarde over het jaar tot nu toe moet ten minste het doel zijn.",
    "maximum": "De waarde over het jaar tot nu toe mag hoogstens het doel zijn.",
    "verbetering": "De meting wordt vergeleken met de vorige. Een verschil telt pas boven de foutmarges samen.",
    "monitoring": "De agenda wil dit alleen volgen. Er is geen oordeel.",
    "onbekend": "De agenda noemt nog geen doel (nb). Er is geen oordeel.",
    "": "Voor dit jaar is geen doel vastgesteld. Er is geen oordeel.",
}
VERWACHTING = {
    Indicator.Verwachting.LINEAIR: "elk kwartaal een kwart van het jaardoel",
    Indicator.Verwachting.STAP: "niets tot het kwartaal van de stap, daarna het hele jaardoel",
    Indicator.Verwachting.SEIZOEN: "volgens het patroon van eerdere volledige jaren",
}


def herkomst(regel: Regel, berekening: Berekening | None) -> Paren:
    """Everything the verdict rests on, as pairs of a name and a value."""
    if regel.rij is None or regel.afgeleid is None:
        return []
    a = regel.afgeleid
    paren = [
        ("Regel", REGELS[regel.soort]),
        ("Waarde", _waarde_met_delen(regel)),
        ("Doel", regel.doel_tekst),
        ("Verwacht tot en met dit kwartaal", _verwacht(regel)),
        ("Marge", _marge(regel)),
        ("Vorige meting", regel.tekst(a.vorige)),
        ("Verschil", regel.verschil_tekst),
        ("Tempo", f"{toon_kort(round(a.tempo, 3))} keer de verwachting" if a.tempo is not None else ""),
        ("Nog nodig dit jaar", regel.tekst(a.nog_nodig)),
        ("Eerdere kwartalen", tempo_zin(regel.rij)),
        ("Ontbreekt", ", ".join(a.ontbreekt)),
        ("Geleverd", f"{regel.rij.geleverd} van {regel.rij.moet_leveren}" if regel.rij.moet_leveren else ""),
        ("Status", regel.status),
        ("Besluit", _besluit(regel.rij.doelstelling)),
        ("Berekend", _berekend(berekening)),
    ]
    return [(naam, waarde) for naam, waarde in paren if waarde]


def _waarde_met_delen(regel: Regel) -> str:
    rij = regel.rij
    if rij is None or not regel.waarde_tekst:
        return regel.ontbreekt
    return met_delen(regel.waarde_tekst, rij.cum_teller, rij.cum_noemer)


def _verwacht(regel: Regel) -> str:
    if regel.afgeleid is None or regel.afgeleid.verwachting is None:
        return ""
    verwacht = grens_in_woorden(regel.afgeleid.verwachting, regel.indicator)
    patroon = VERWACHTING[Indicator.Verwachting(regel.indicator.verwachting)]
    return f"{verwacht} ({patroon})"


def _marge(regel: Regel) -> str:
    doel = regel.rij.doelstelling if regel.rij else None
    if doel is None or doel.marge is None:
        return ""
    van = " (van de monitor; de agenda drukt geen marges)" if doel.marge_van_monitor else ""
    return f"{marge_in_woorden(doel, regel.indicator)}{van}"


def _besluit(doel: Doelstelling | None) -> str:
    return f"{doel.besluit} ({doel.orgaan}), geldig vanaf {doel.geldig_vanaf:%d-%m-%Y}" if doel else ""


def _berekend(berekening: Berekening | None) -> str:
    if berekening is None:
        return ""
    op = timezone.localtime(berekening.berekend_op)
    return f"{op:%d-%m-%Y om %H:%M}, regels versie {berekening.regelversie}"


@dataclass(frozen=True)
class Doelregel:
    """One version of a target; ``vervangen`` is the day it was replaced, if it was."""

    jaar: int
    onderdeel: str
    soort: str
    streefwaarde: str
    marge: str
    besluit: str
    geldig_vanaf: str
    vervangen: str


def doelregels(doelen: Sequence[Doelstelling], indicator: Indicator) -> list[Doelregel]:
    return [
        Doelregel(
            doel.jaar,
            doel.onderdeel.naam,
            doel.get_soort_display(),
            exact_in_woorden(doel.streefwaarde, indicator) if doel.streefwaarde is not None else "",
            marge_in_woorden(doel, indicator),
            f"{doel.besluit} ({doel.orgaan})",
            f"{doel.geldig_vanaf:%d-%m-%Y}",
            f"{timezone.localtime(doel.vervangen_op):%d-%m-%Y}" if doel.vervangen_op else "",
        )
        for doel in doelen
    ]


@dataclass(frozen=True)
class Metingregel:
    """One approved version of a value."""

    meting: Meting
    indicator: Indicator

    @property
    def periode(self) -> str:
        return f"Q{self.meting.kwartaal} {self.meting.jaar}" if self.meting.kwartaal else str(self.meting.jaar)

    @property
    def waarde(self) -> Decimal | None:
        m = self.meting
        return waarde_van(m.teller if m.noemer is not None else m.waarde, m.noemer, self.indicator)

    @property
    def ontbreekt(self) -> str:
        return "nb" if self.meting.onbekend else "noemer is 0"

    @property
    def decimalen(self) -> int:
        return self.indicator.decimalen

    @property
    def teldecimalen(self) -> int:
        """As many as the counts have: people are whole, fte come in parts."""
        tellingen = (self.meting.teller or Decimal(0), self.meting.noemer or Decimal(0))
        return max(0, *(-int(telling.normalize().as_tuple().exponent) for telling in tellingen))

    @property
    def teller(self) -> Decimal | None:
        return self.meting.teller

    @property
    def noemer(self) -> Decimal | None:
        return self.meting.noemer

    @property
    def marge(self) -> Decimal | None:
        return self.meting.marge

    @property
    def status(self) -> str:
        return self.meting.get_status_display()

    @property
    def staat(self) -> str:
        vervangen = self.meting.vervangen_op
        return f"Vervangen op {timezone.localtime(vervangen):%d-%m-%Y}" if vervangen else "Geldt"

    @property
    def vastgesteld_op(self) -> str:
        op = self.meting.vastgesteld_op
        return f"{timezone.localtime(op):%d-%m-%Y}" if op else ""

    @property
    def personen(self) -> str:
        namen = (self.meting.ingevoerd_door, self.meting.vastgesteld_door)
        return ", ".join(str(naam) for naam in namen if naam)

    @property
    def opmerking(self) -> str:
        return zichtbaar(" ".join(deel for deel in (self.meting.vervangreden, self.meting.toelichting) if deel))

    @property
    def rijklasse(self) -> str:
        return "vervangen" if self.meting.staat == Staat.VERVANGEN else ""


def metingregels(metingen: Sequence[Meting], indicator: Indicator) -> list[Metingregel]:
    return [Metingregel(meting, indicator) for meting in metingen]


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
