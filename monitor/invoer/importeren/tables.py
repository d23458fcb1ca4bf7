"""The tables of an import, and the rows that are put right on its page: names beside codes, wrong cells first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django_tables2 import A

from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom
from common.tekst.periode import Kwartaal
from common.tekst.tekens import zichtbaar
from monitor.invoer.bezetting.validatie import FTENAMEN
from monitor.invoer.importeren.selectors import Namen
from monitor.invoer.meting.vergelijken import WACHT_AL
from monitor.invoer.regels.moment import lees_jaartal, lees_kwartaalnummer
from monitor.invoer.regels.weergave import celadres
from monitor.models import Import, Importregel

TWIJFEL = SafeString('<span class="twijfel">Klopt dit?</span> ')
Onbewaard = Mapping[tuple[int, str], str]
"""By row and column what someone typed that could not be kept."""


class ImportTabel(Tabel):
    """A person's own imports, newest first."""

    naam = "imports"
    per_bladzijde = 50
    exporteerbaar = False

    naam_ = Tekstkolom(verbose_name="Bestand", accessor="naam", rijkop=True, linkify=("importbestand", [A("pk")]))
    op = Tekstkolom(verbose_name="Ontvangen")
    staat = Tekstkolom(verbose_name="Stand")
    nieuw = Getalkolom(verbose_name="Nieuw")
    gewijzigd = Getalkolom(verbose_name="Gewijzigd")
    gelijk = Getalkolom(verbose_name="Gelijk")
    twijfel = Getalkolom(verbose_name="Twijfel")
    geweigerd = Getalkolom(verbose_name="Geweigerd")

    def render_op(self, record: Import) -> str:
        return f"{timezone.localtime(record.op):%d-%m-%Y %H:%M}"

    def render_staat(self, record: Import) -> str:
        return record.get_staat_display()


class RegelTabel(Tabel):
    """The rows of one file with, cell by cell, what they would do."""

    naam = "regels"
    per_bladzijde = 50
    exporteerbaar = False

    rij = Getalkolom(verbose_name="Rij")
    soort = Tekstkolom(verbose_name="Uitkomst")
    wat_ = Tekstkolom(verbose_name="Indicator of soort", accessor="cellen", orderable=False, rijkop=True)
    onderdeel = Tekstkolom(verbose_name="Onderdeel", accessor="cellen", orderable=False)
    jaar = Tekstkolom(verbose_name="Jaar", accessor="cellen__jaar", orderable=False)
    kwartaal = Tekstkolom(verbose_name="Kwartaal", accessor="cellen__kwartaal", orderable=False)
    wat = Tekstkolom(verbose_name="Per cel", accessor="pk", orderable=False)

    def __init__(self, regels: Iterable[Importregel], namen: Namen, *, open_: bool, titel: str) -> None:
        super().__init__(regels, titel=titel, row_attrs={"class": lambda record: f"regel-{record.soort}"})
        self.namen, self.open_ = namen, open_

    def render_soort(self, record: Importregel) -> SafeString:
        hersteld = SafeString("<small>door u hersteld</small>") if record.hersteld else ""
        return format_html("{} {}", record.get_soort_display(), hersteld)

    def render_wat_(self, record: Importregel) -> SafeString:
        return _met_code(*self.namen.van("indicator", record.cellen.get("indicator") or record.cellen.get("soort", "")))

    def render_onderdeel(self, record: Importregel) -> SafeString:
        return _met_code(*self.namen.van("onderdeel", record.cellen.get("onderdeel", "")))

    def render_wat(self, record: Importregel) -> SafeString:
        delen: list[tuple[SafeString, str]] = [(_kolom(k), _van_naar(*w)) for k, *w in record.verschillen]
        teken = SafeString("") if record.soort == Importregel.Soort.GEWEIGERD else TWIJFEL
        delen += [(teken + _kolom(kolom), zichtbaar(reden)) for kolom, reden in record.fouten]
        regels = format_html_join("", "<li>{}{}</li>", delen)
        uit = format_html('<ul class="kaal">{}</ul>', regels) if regels else self._zonder_regels(record)
        return uit + self._wijzig(record) if self.open_ else uit

    def _zonder_regels(self, record: Importregel) -> SafeString:
        weg = record.soort == Importregel.Soort.WEGGELATEN
        return format_html("{}", "telt niet mee" if weg else "geen verschil")

    def _wijzig(self, record: Importregel) -> SafeString:
        adres = format_html('<a href="?rij={}#rij-{}" aria-label="Wijzig rij {}">Wijzig</a>', *[str(record.rij)] * 3)
        return format_html(" {}", adres)


def _met_code(naam: str, code: str) -> SafeString:
    if not code:
        return format_html("{}", zichtbaar(naam) or "niet ingevuld")
    return format_html("{} <small>{}</small>", zichtbaar(naam), code)


def _kolom(kolom: str) -> SafeString:
    return format_html("<b>{}:</b> ", kolom) if kolom else SafeString("")


def _van_naar(oud: str, nieuw: str) -> SafeString:
    """A cell that was empty shows its new text only; for the ear the arrow is a word."""
    if not oud:
        return format_html("{}", zichtbaar(nieuw))
    pijl = SafeString('<span aria-hidden="true">→</span><span class="voor-schermlezer">wordt</span>')
    return format_html("{} {} {}", zichtbaar(oud), pijl, zichtbaar(nieuw) or "leeg")


@dataclass(frozen=True, slots=True)
class Herstelveld:
    """One cell to put right: ``tekst`` is in the field, ``was`` is what is kept now."""

    rij: int
    kolom: str
    tekst: str
    was: str
    redenen: Sequence[str]

    @property
    def plek(self) -> str:
        return f"{self.rij}:{self.kolom}"

    @property
    def id(self) -> str:
        return f"cel-{self.rij}-{self.kolom}"

    @property
    def label(self) -> str:
        return FTENAMEN.get(self.kolom, self.kolom.capitalize())

    @property
    def is_lang(self) -> bool:
        return self.kolom == "toelichting"


@dataclass(frozen=True, slots=True)
class Herstelrij:
    """One row to put right: what is wrong with it as a whole, its wrong cells, and the others."""

    rij: int
    wat: str
    waar: str
    periode: str
    redenen: Sequence[str]
    wacht_al: str
    """Where the other value is that waits for a decision, if one does."""
    fout: Sequence[Herstelveld]
    andere: Sequence[Herstelveld]
    is_twijfel: bool
    is_weg: bool

    @property
    def naam(self) -> str:
        return ", ".join(filter(None, (f"rij {self.rij}", self.wat, self.waar, self.periode)))

    @property
    def meldingen(self) -> list[tuple[str, str, str]]:
        """Where, in which column and what, for the list at the top."""
        eigen = [(f"rij-{self.rij}", "", reden) for reden in self.redenen]
        return eigen + [(veld.id, veld.label.lower(), reden) for veld in self.fout for reden in veld.redenen]


def build_herstelrij(regel: Importregel, kolommen: Sequence[str], namen: Namen, getypt: Onbewaard) -> Herstelrij:
    redenen: dict[str, list[str]] = {}
    for kolom, reden in regel.fouten:
        redenen.setdefault(kolom if kolom in kolommen and reden != WACHT_AL else "", []).append(zichtbaar(reden))
    velden = [_veld(regel, kolom, redenen.get(kolom, []), getypt) for kolom in kolommen]
    cel = regel.cellen.get
    return Herstelrij(
        rij=regel.rij,
        wat=_in_woorden(*namen.van("indicator", cel("indicator") or cel("soort", ""))),
        waar=_in_woorden(*namen.van("onderdeel", cel("onderdeel", ""))),
        periode=_periode(cel("jaar", ""), cel("kwartaal", "")),
        redenen=redenen.get("", []),
        wacht_al=_adres_van(cel, namen) if WACHT_AL in redenen.get("", []) else "",
        fout=[veld for veld in velden if veld.redenen],
        andere=[veld for veld in velden if not veld.redenen],
        is_twijfel=regel.soort == Importregel.Soort.TWIJFEL,
        is_weg=regel.soort == Importregel.Soort.WEGGELATEN,
    )


def _adres_van(cel: Callable[[str, str], str], namen: Namen) -> str:
    """The value itself; a whole year is in its last quarter."""
    codes = [namen.van(kolom, cel(kolom, ""))[1] for kolom in ("indicator", "onderdeel")]
    jaar = lees_jaartal(cel("jaar", ""))
    nummer = lees_kwartaalnummer(cel("kwartaal", ""), cel("jaar", "")) or 4
    return celadres(Kwartaal(jaar, nummer), *codes, alles=True) if jaar and all(codes) else ""


def _veld(regel: Importregel, kolom: str, redenen: Sequence[str], getypt: Onbewaard) -> Herstelveld:
    nu: Any = regel.cellen.get(kolom, "")
    return Herstelveld(regel.rij, kolom, getypt.get((regel.rij, kolom), nu), nu, redenen)


def _in_woorden(naam: str, code: str) -> str:
    return f"{zichtbaar(naam)} ({code})" if code else zichtbaar(naam)


def _periode(jaar: str, kwartaal: str) -> str:
    return zichtbaar(f"Q{kwartaal} {jaar}" if kwartaal.isdigit() else f"{kwartaal} {jaar}".strip())
