"""Printed figures and findings in templates, shown by the same functions as in the kolommen."""

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString

from common.tekst.cijfers import procent as in_procenten
from formatie.plan import kolommen
from formatie.plan.controle import Uitkomst

register = template.Library()
register.simple_tag(kolommen.uitlegadres)


@register.simple_tag(name="cijfer")
def cijfer_of_reden(waarde: Decimal | None) -> str:
    """A figure with the decimals it is printed with; where there is none, that it is not printed."""
    return "niet gedrukt" if waarde is None else kolommen.cijfer(waarde)


@register.simple_tag
def mensen(waarde: Decimal | None) -> str:
    return "niet bekend" if waarde is None else kolommen.cijfer(waarde)


@register.simple_tag
def verschil(waarde: Decimal | None) -> SafeString | str:
    """A difference with its sign and in words."""
    return "niet bekend" if waarde is None else kolommen.met_woord(waarde)


@register.simple_tag
def procent(waarde: Decimal | None) -> str:
    return "niet bekend" if waarde is None else in_procenten(waarde)


@register.simple_tag
def kaal(waarde: Decimal) -> str:
    """A whole number without thousands dots, the way the plan prints a ratio."""
    return f"{waarde:.0f}"


@register.simple_tag(name="merk")
def merk_van(uitkomst: Uitkomst) -> SafeString:
    return kolommen.merk(uitkomst.bevinding)


@register.simple_tag
def gedrukt_en_berekend(uitkomst: Uitkomst) -> str:
    """For example: Gedrukt 609,0, berekend 609,5, verschil -0,5."""
    getallen = f"Gedrukt {kolommen.cijfer(uitkomst.gedrukt)}, berekend {kolommen.cijfer(uitkomst.berekend)}"
    return f"{getallen}, verschil {kolommen.cijfer_met_teken(uitkomst.verschil)}."
