"""A term of the field explained where it stands."""

from __future__ import annotations

from typing import Any

from django import template

from common.begrippen import BIJ_SLEUTEL

register = template.Library()


@register.inclusion_tag("_components/begrip.html")
def begrip(sleutel: str, tekst: Any = "") -> dict[str, Any]:
    """The term as a button that opens its explanation; ``tekst`` where the page writes it otherwise ("OS (fte)").

    Once per page for each term: its explanation has one id. An unknown term is a mistake in the template: KeyError.
    """
    gevonden = BIJ_SLEUTEL[sleutel]
    return {"begrip": gevonden, "tekst": tekst or gevonden.woord}
