"""The table of every page: one definition for the screen, the printer and the three formats of a file."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import django_tables2 as tables
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django_tables2.utils import Accessor, signature

from common.tekst.cijfers import gedrukt
from common.tekst.getallen import toon

Keuzes = dict[str, frozenset[str]]


class Kolomkeuze(models.Model):
    """One person, one table, and the columns that are hidden in it. No row: the table as it was made."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kolomkeuzes")
    tabel = models.SlugField("tabel", max_length=40)
    verborgen = models.JSONField("verborgen kolommen", default=list)

    class Meta:
        verbose_name = "kolomkeuze"
        verbose_name_plural = "kolomkeuzes"
        ordering = ["user", "tabel"]
        constraints = [models.UniqueConstraint(fields=["user", "tabel"], name="kolomkeuze_een_per_tabel")]

    def __str__(self) -> str:
        return f"{self.tabel}: {len(self.verborgen)} verborgen"


def get_keuzes(user: AbstractBaseUser | AnonymousUser) -> Keuzes:
    """Table → hidden columns, of every table this person chose for; one query."""
    if not user.is_authenticated:
        return {}
    rijen = Kolomkeuze.objects.filter(user_id=user.pk).values_list("tabel", "verborgen")
    return {tabel: frozenset(verborgen) for tabel, verborgen in rijen}


def bewaar_keuze(*, door: AbstractBaseUser, tabel: str, verborgen: Iterable[str]) -> None:
    """Remember the choice of a person. It changes how a page looks and nothing else, so no audit row is written."""
    Kolomkeuze.objects.update_or_create(user_id=door.pk, tabel=tabel, defaults={"verborgen": sorted(set(verborgen))})


GEEN_WAARDE = "niet ingevuld"
CELARGUMENTEN = ("value", "record", "column", "bound_column", "bound_row", "table")
GEEN_RIJEN = "Er zijn geen rijen."
# Text that is not broken over lines.
HEEL = {"td": {"class": "heel"}}


def voorlopig(tekst: str) -> SafeString:
    """A figure in a cell that may still change."""
    return format_html('{} <abbr class="voorlopig" title="voorlopig cijfer">vl.</abbr>', tekst)


class Tekstkolom(tables.Column):
    """Text; with ``rijkop`` the cell that names its row. The export holds the text without mark-up."""

    def __init__(self, *args: Any, rijkop: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_rijkop = rijkop

    def value(self, value: Any) -> str:
        return str(value)


class Getalkolom(tables.Column):
    """A number in Dutch notation; the export holds the exact number.

    ``decimalen`` is a count, or the name of the row's attribute that holds it; ``getoond`` names the attribute with
    the number as its row shows it, where that depends on its neighbours. Where there is no number the cell says why:
    the row's attribute ``reden`` or, without one, a fixed text.
    """

    def __init__(self, *args: Any, decimalen: int | str = 0, getoond: str = "", reden: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"th": {"class": "getal"}, "td": {"class": "getal"}})
        # Nothing counts as empty: a missing number must reach render, which says why it is missing.
        super().__init__(*args, empty_values=(), **kwargs)
        self.decimalen, self.getoond, self.reden = decimalen, getoond, reden

    def render(self, value: Decimal | int | None, record: Any) -> str | SafeString:
        return self.zonder(self.waarom(record)) if value is None else self.in_tekst(Decimal(value), record)

    def value(self, value: Decimal | int | None, record: Any) -> Decimal | int | str:
        return self.waarom(record) if value is None else self.in_bestand(value)

    def in_tekst(self, waarde: Decimal, record: Any) -> str | SafeString:
        if self.getoond:
            return gedrukt(Accessor(self.getoond).resolve(record))
        vast = self.decimalen if isinstance(self.decimalen, int) else int(Accessor(self.decimalen).resolve(record))
        return toon(waarde, vast)

    def in_bestand(self, waarde: Decimal | int) -> Decimal | int:
        return waarde

    def zonder(self, waarom: str) -> SafeString:
        return format_html('<span class="ontbreekt">{}</span>', waarom)

    def waarom(self, record: Any) -> str:
        reden = Accessor(self.reden).resolve(record, quiet=True) if self.reden else None
        return str(reden or GEEN_WAARDE)


@dataclass(frozen=True)
class Kolomoptie:
    """A column a reader can choose to see."""

    naam: str
    kop: str
    getoond: bool


class Tabel(tables.Table):
    """Base of every table. ``naam`` is its place on the page and its file name, ``titel`` its caption.

    ``totalen`` are rows pinned at the bottom: outside sorting and pages, but in the export. A row may carry
    ``rijklasse`` (``totaal``, ``tussen``) for how it looks. ``noten`` are sentences below the rows of the file.

    With ``kiesbaar`` a reader chooses the columns; ``eerst_verborgen`` are those that wait to be chosen. A file
    always holds every column. ``begrippen`` names columns whose heading is explained in place.
    """

    naam = "tabel"
    onderwerp = ""  # what its file is called after and begins with, where that is chosen on the page
    exporteerbaar = True
    per_bladzijde = 1000
    kiesbaar = False
    eerst_verborgen: Collection[str] = ()
    begrippen: Mapping[str, str] = {}

    def __init__(
        self,
        data: Iterable[Any],
        *,
        titel: str,
        onderschrift: str = "",
        totalen: Sequence[Any] = (),
        noten: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        self.titel, self.onderschrift, self.totalen, self.noten = titel, onderschrift, totalen, noten
        kwargs.setdefault("template_name", "_components/tabel.html")
        kwargs.setdefault("row_attrs", {"class": _rijklasse})
        kwargs.setdefault("pinned_row_attrs", {"class": "totaal"})
        super().__init__(data, **kwargs)
        self.keuzes: list[Kolomoptie] = []

    def kies_kolommen(self, gekozen: Keuzes) -> None:
        """Hide what this person does not want to see. The column that names the row always stays."""
        verborgen = gekozen.get(self.naam, frozenset(self.eerst_verborgen))
        te_kiezen = [kolom for kolom in self.columns if not getattr(kolom.column, "is_rijkop", False)]
        self.keuzes = [Kolomoptie(k.name, str(k.header), k.name not in verborgen) for k in te_kiezen]
        for kolom in te_kiezen:
            if kolom.name in verborgen:
                self.columns.hide(kolom.name)

    def get_bottom_pinned_data(self) -> Sequence[Any]:
        return self.totalen

    def lijf(self) -> SafeString:
        """The rows of this page as HTML; a loop over every cell in the template takes three times as long."""
        return SafeString("\n".join(self.rijen_html() or [self._geen_rijen()]))

    def rijen_html(self) -> list[SafeString]:
        """Each row of this page by itself, for a table that puts something between them."""
        kolommen = [_celvorm(kolom) for kolom in self.columns]
        return [_rij_html(rij, kolommen) for rij in self.paginated_rows]

    def _geen_rijen(self) -> SafeString:
        return format_html('<tr><td colspan="{}">{}</td></tr>', len(self.columns), self.empty_text or GEEN_RIJEN)


@dataclass(frozen=True)
class _Celvorm:
    """What the cells of one column share: element, attributes, and the names its render method asks for.

    The library looks these names up for every cell, which is a third of the time of a page.
    """

    kolom: Any
    element: str
    attributen: SafeString
    namen: tuple[str, ...]

    def cel(self, rij: Any) -> SafeString:
        inhoud = rij._get_and_render_with(self.kolom, partial(self._render, rij), self.kolom.default)
        return SafeString(f"<{self.element}{self.attributen}>{conditional_escape(inhoud)}</{self.element}>")

    def _render(self, rij: Any, kolom: Any, value: Any = None) -> Any:
        alle = rij._optional_cell_arguments(kolom, value)
        inhoud = kolom.render(**{naam: alle[naam] for naam in self.namen})
        return kolom.link(inhoud, **alle) if kolom.link else inhoud


def _celvorm(kolom: Any) -> _Celvorm:
    element = "th" if getattr(kolom.column, "is_rijkop", False) else "td"
    klassen = kolom.column.attrs.get("td", {}).get("class", "")
    bereik = SafeString(' scope="row"' if element == "th" else "")
    attributen = format_html('{} class="{}"', bereik, klassen) if klassen else bereik
    namen, vangnet = signature(kolom.render)
    return _Celvorm(kolom, element, attributen, CELARGUMENTEN if vangnet else namen)


def _rij_html(rij: Any, vormen: Sequence[_Celvorm]) -> SafeString:
    cellen = SafeString("".join(vorm.cel(rij) for vorm in vormen))
    return format_html("<tr {}>{}</tr>", rij.attrs.as_html(), cellen)


def _rijklasse(record: Any) -> str:
    gevonden = record.get("rijklasse") if isinstance(record, dict) else getattr(record, "rijklasse", "")
    return gevonden or ""


class _Bladen(Paginator):
    """Pages of rows; the pinned totals stand on every page and count for none."""

    object_list: Any

    @cached_property
    def count(self) -> int:
        return len(self.object_list.data)


def richt_in(tabel: Tabel, request: HttpRequest) -> Tabel:
    """Sort and page as the address asks. What it asks wrongly is ignored: the reader sees the first or last page."""
    volgorde = request.GET.getlist(tabel.prefixed_order_by_field)
    if volgorde:
        tabel.order_by = volgorde
    tabel.paginate(_Bladen, per_page=tabel.per_bladzijde)
    tabel.page = tabel.paginator.get_page(_bladzijde(request.GET.get(tabel.prefixed_page_field, "")))
    return tabel


def _bladzijde(gevraagd: str) -> int:
    return int(gevraagd) if gevraagd.isascii() and gevraagd.isdigit() and len(gevraagd) < 10 else 1
