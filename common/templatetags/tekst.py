"""Texts in templates: what people typed, and a term of the field explained where it stands."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from common.pagina.tabellen import Tabel
from common.tekst.begrippen import BIJ_SLEUTEL
from common.tekst.tekens import zichtbaar

register = template.Library()
register.filter(zichtbaar)


@register.simple_tag
def begrip(sleutel: str, tekst: str = "", plek: str = "") -> SafeString:
    """The term as a button that opens its explanation; ``tekst`` where the page writes it otherwise.

    ``plek`` tells apart the places of a page that explain the same term. An unknown term is a mistake in the
    template: KeyError.
    """
    gevonden = BIJ_SLEUTEL[sleutel]
    return _knop(gevonden.sleutel, tekst or gevonden.woord, plek)


@register.simple_tag
def kopuitleg(table: Tabel, column: Any) -> SafeString:
    """A question mark after the heading of a column, where the table names a term for it."""
    sleutel = table.begrippen.get(column.name)
    return _knop(sleutel, "", table.naam) if sleutel else SafeString("")


def _knop(sleutel: str, tekst: str, plek: str) -> SafeString:
    naam = f"begrip-{sleutel}-{plek}" if plek else f"begrip-{sleutel}"
    context = {"begrip": BIJ_SLEUTEL[sleutel], "tekst": tekst, "id": naam}
    # Without the line ends around it: a full stop may follow.
    return mark_safe(render_to_string("_components/begrip.html", context).strip())  # noqa: S308  # our own template
