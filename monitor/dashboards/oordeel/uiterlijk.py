"""How each verdict looks: a shape of its own, a word, and a tone. Never a colour alone.

The order is that of ``Oordeel``: worst first. ``tekening`` is the drawing inside a box of 16 by 16, in the
colour of the text around it.
"""

from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.grafiek.svg import icoon, rand, vol
from monitor.models import Oordeel


@dataclass(frozen=True)
class Uiterlijk:
    """``gesloten``: the year is closed, so the badge is filled."""

    woord: str
    toon: str
    tekening: str
    gesloten: bool = False

    @property
    def klasse(self) -> str:
        return f"oordeel toon-{self.toon}{' gesloten' if self.gesloten else ''}"


UITERLIJK: dict[str, Uiterlijk] = {
    Oordeel.NIET_BEHAALD: Uiterlijk(
        "Niet behaald", "achter", rand(stroke_linecap="square", d="M3 3l10 10M13 3L3 13"), gesloten=True
    ),
    Oordeel.ACHTER: Uiterlijk("Achter", "achter", vol(d="M1 3h14L8 15z")),
    Oordeel.AANDACHT: Uiterlijk(
        "Aandacht",
        "aandacht",
        rand(stroke_linejoin="round", d="M8 1.5L14.5 8 8 14.5 1.5 8z") + vol(d="M7 4.500h2v4.200H7zM7 9.600h2v2H7z"),
    ),
    Oordeel.ONVOLLEDIG: Uiterlijk(
        "Onvolledig", "gat", rand("circle", cx="8", cy="8", r="6") + vol(d="M8 2a6 6 0 0 1 0 12z")
    ),
    Oordeel.GEEN_METING: Uiterlijk(
        "Geen meting", "gat", rand("circle", stroke_dasharray="3 2.65", cx="8", cy="8", r="6")
    ),
    Oordeel.NIET_TE_ONDERSCHEIDEN: Uiterlijk(
        "Niet te onderscheiden", "stil", rand(stroke_linecap="round", d="M2 6q3-3 6 0t6 0M2 11q3-3 6 0t6 0")
    ),
    Oordeel.OP_KOERS: Uiterlijk(
        "Op koers", "goed", rand("circle", cx="8", cy="8", r="6.5") + rand(d="M4.8 8.200l2.3 2.3 4.2-4.7")
    ),
    Oordeel.BEHAALD: Uiterlijk(
        "Behaald", "goed", rand(stroke_linecap="square", d="M2.5 8.500l3.5 4L13.5 4"), gesloten=True
    ),
    Oordeel.ALLEEN_MONITORING: Uiterlijk("Alleen monitoring", "stil", vol(d="M2 9h3v5H2zM6.5 5h3v9h-3zM11 2h3v12h-3z")),
    Oordeel.DOEL_ONBEKEND: Uiterlijk(
        "Doel onbekend",
        "stil",
        rand(d="M4.5 5.500a3.5 3.5 0 1 1 4.8 3.200Q8 9.3 8 11") + vol("circle", cx="8", cy="13.7", r="1.3"),
    ),
    Oordeel.GEEN_DOEL: Uiterlijk("Geen doel", "stil", rand(d="M2 8h12")),
    Oordeel.NOG_NIET_VERSCHULDIGD: Uiterlijk(
        "Cijfer komt nog", "stil", rand("circle", cx="8", cy="8", r="6.5") + rand(d="M8 4v4.500l3 2")
    ),
}

SLECHTSTE_EERST = tuple(UITERLIJK)
ZONDER_CIJFER = frozenset({Oordeel.ONVOLLEDIG, Oordeel.GEEN_METING})
VAN_KOERS = ZONDER_CIJFER | {Oordeel.NIET_BEHAALD, Oordeel.ACHTER, Oordeel.AANDACHT}
RANG = {oordeel: rang for rang, oordeel in enumerate(SLECHTSTE_EERST)}


def get_woord(oordeel: str) -> str:
    return UITERLIJK[oordeel].woord if oordeel else "Niet berekend"


def icoon_van(oordeel: str) -> SafeString:
    return icoon(UITERLIJK[oordeel].tekening)


def badge(oordeel: str) -> SafeString:
    """The verdict as people see it."""
    uiterlijk = UITERLIJK[oordeel]
    return format_html('<span class="{}">{}{}</span>', uiterlijk.klasse, icoon_van(oordeel), uiterlijk.woord)


class Oordeelkolom(tables.Column):
    """The badge on the page, the word in the export; sorted worst first."""

    def __init__(self, *args: Any, regel: str = "", **kwargs: Any) -> None:
        pad = f"{regel}__" if regel else ""
        super().__init__(*args, accessor=f"{pad}oordeel", order_by=f"{pad}rang", empty_values=(), **kwargs)

    def render(self, value: str) -> str | SafeString:
        return badge(value) if value else get_woord(value)

    def value(self, value: str) -> str:
        return get_woord(value)
