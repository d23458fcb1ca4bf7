"""Texts in templates: what people typed, and a term of the field explained where it stands."""

import re
from typing import Any

from django import template
from django.template.defaultfilters import stringfilter
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from common.pagina.tabellen import Tabel
from common.tekst.begrippen import BIJ_SLEUTEL
from common.tekst.tekens import hoofdletter, zichtbaar

register = template.Library()
register.filter(zichtbaar, is_safe=True)  # what it puts in a text is no HTML
register.filter("hoofdletter", stringfilter(hoofdletter), is_safe=True)
# What does not break at the end of a line: a number with its sign and its short unit, a date, a time, a quarter.
_GETAL = re.compile(
    r"(Q[1-4] \d{4}|(?:[+−-]?€ )?[+−-]?\d+(?:[.,:-]\d+)*(?:%| (?:mln|mld|fte|procentpunt)\b)?)", re.ASCII
)
# The terms that a chart explains below itself, where its words name them.
IN_GRAFIEK = (
    *("norm", "verwachting", "waaier", "kans", "grenzen", "gewone-schommeling", "foutmarge", "interval", "marge"),
    *("voorlopig", "kleine-aantallen"),
)


@register.simple_tag
def begrip(sleutel: str, tekst: str = "", plek: str = "") -> SafeString:
    """The term as a button that opens its explanation; ``tekst`` where the page writes it otherwise.

    ``plek`` tells apart the places of a page that explain the same term. An unknown term is a mistake in the
    template: KeyError.
    """
    gevonden = BIJ_SLEUTEL[sleutel]
    return _knop(gevonden.sleutel, tekst or gevonden.woord, plek)


@register.simple_tag
def begripknop(sleutel: str, tekst: str, plek: str) -> SafeString:
    """The button alone, for the heading of a column; its ``begripuitleg`` stands outside the table."""
    return _knop(sleutel, tekst, plek, los=True)


@register.simple_tag
def begripuitleg(sleutel: str, plek: str) -> SafeString:
    context = {"begrip": BIJ_SLEUTEL[sleutel], "id": f"begrip-{sleutel}-{plek}"}
    return mark_safe(render_to_string("_components/begrip_uitleg.html", context).strip())  # noqa: S308  # our own template


@register.simple_tag
def kopuitleg(table: Tabel, column: Any) -> SafeString:
    """A question mark after the heading of a column, where the table names a term for it."""
    sleutel = table.begrippen.get(column.name)
    return _knop(sleutel, "", table.naam) if sleutel else SafeString("")


@register.simple_tag
def woorden_bij(figuur: Any) -> SafeString:
    """The terms that the words of a chart name, each as a button that opens its explanation."""
    namen = [naam for _, naam in getattr(figuur, "legenda", ())]
    tekst = " ".join([*figuur.koppen, *namen, figuur.uitleg, getattr(figuur, "onderschrift", "")]).casefold()
    genoemd = [BIJ_SLEUTEL[sleutel] for sleutel in IN_GRAFIEK]
    genoemd = [begrip for begrip in genoemd if re.search(rf"\b{begrip.woord.casefold()}\b", tekst)]
    return mark_safe(" · ".join(_knop(b.sleutel, b.woord.lower(), figuur.id) for b in genoemd))  # noqa: S308  # as _knop


@register.filter
def heel(tekst: str) -> SafeString:
    """A sentence in which no number, amount or date breaks at the end of a line."""
    delen = [
        f'<span class="heel">{stuk}</span>' if nummer % 2 and re.search("[ -]", stuk) else escape(stuk)
        for nummer, stuk in enumerate(_GETAL.split(str(tekst)))  # each second piece is a number
    ]
    return mark_safe("".join(delen))  # noqa: S308  # every piece went through escape


def _knop(sleutel: str, tekst: str, plek: str, *, los: bool = False) -> SafeString:
    naam = f"begrip-{sleutel}-{plek}" if plek else f"begrip-{sleutel}"
    context = {"begrip": BIJ_SLEUTEL[sleutel], "tekst": tekst, "id": naam, "los": los}
    # Without the line ends around it: a full stop may follow.
    return mark_safe(render_to_string("_components/begrip.html", context).strip())  # noqa: S308  # our own template
