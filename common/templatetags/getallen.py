"""Numbers in templates: Dutch notation, from one place."""

from __future__ import annotations

from decimal import Decimal

from django import template

from common.getallen import toon

register = template.Library()


@register.filter
def getal(waarde: Decimal | int | None, decimalen: int = 0) -> str:
    """``{{ fte|getal:1 }}`` gives 1.234,5; nothing gives nothing: the template says why it is missing."""
    return "" if waarde is None else toon(Decimal(waarde), decimalen)
