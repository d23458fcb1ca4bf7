"""How a printed figure, a difference and their source look: in a sentence, on a page and in a file."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.grafiek.svg import icoon, rand
from common.pagina.tabellen import Getalkolom, Tekstkolom, voorlopig
from common.tekst.cijfers import gedrukt, met_teken, procent
from formatie.bezetting.sommen import woord
from formatie.plan.controle import Bevinding, Uitkomst
from formatie.plan.rijen import KOLOMNAAM, NADRUK

DECIMALEN_VAN_GEMIDDELDE = 2
DECIMALEN_VAN_DEEL = 4
# Own shape per finding, in the colour of the text around it: never the colour alone.
MERKEN: dict[Bevinding, tuple[str, str]] = {
    Bevinding.AFRONDING: ("toon-stil", rand(stroke_linecap="round", d="M2 6q3-3 6 0t6 0M2 11q3-3 6 0t6 0")),
    Bevinding.GEEN_AFRONDING: (
        "toon-aandacht",
        rand(stroke_linecap="round", d="M2.5 5.500h11M2.5 10.500h11M10.5 2l-5 12"),
    ),
    Bevinding.KLOPT: ("toon-goed", rand(stroke_linecap="round", d="M2.5 5.500h11M2.5 10.500h11")),
}
NORMMERKEN = {
    "gehaald": ("toon-goed", rand(stroke_linecap="round", d="M2.5 8.500l4 4 7-9")),
    "eronder": ("toon-aandacht", rand(stroke_linecap="round", d="M3.500 3.500l9 9M12.500 3.500l-9 9")),
}


def leesbaar(waarde: Decimal) -> Decimal:
    """A weighted mean has no end of decimals; every other figure is exact and stays so."""
    decimalen = -int(waarde.as_tuple().exponent)
    return round(waarde, DECIMALEN_VAN_GEMIDDELDE) if decimalen > DECIMALEN_VAN_GEMIDDELDE else waarde


def cijfer(waarde: Decimal) -> str:
    """Dutch notation with the decimals of the figure itself: 16 and 16,0 are printed differently."""
    return gedrukt(leesbaar(waarde))


def cijfer_met_teken(waarde: Decimal) -> str:
    return met_teken(cijfer(waarde), waarde)


def met_woord(verschil: Decimal) -> SafeString:
    """People minus places: the sign, and what that means in a word."""
    return format_html('{} <span class="woord">{}</span>', cijfer_met_teken(verschil), woord(verschil))


def merk(bevinding: Bevinding) -> SafeString:
    """What the comparison shows, as a shape and a word."""
    toon_, tekening = MERKEN[bevinding]
    return format_html('<span class="oordeel {}">{}{}</span>', toon_, icoon(tekening), bevinding.value)


def uitlegadres(uitkomst: Uitkomst) -> str:
    """Where the difference is explained."""
    return f"{reverse('formatie_controle')}#{uitkomst.som.sleutel}"


def verschilzin(uitkomst: Uitkomst) -> str:
    """For example: FTE: 3.477,8 uit de delen (-0,8)."""
    kolom = KOLOMNAAM[uitkomst.som.geheel.rpartition(":")[2]]
    uit = NADRUK[uitkomst.som.soort]
    return f"{kolom}: {cijfer(uitkomst.berekend)} uit {uit} ({cijfer_met_teken(uitkomst.verschil)})"


class Cijferkolom(Getalkolom):
    """A figure with the decimals it is printed with; a dash, and in words why, where there is none."""

    def in_tekst(self, waarde: Decimal, record: Any) -> str | SafeString:
        return cijfer(waarde)

    def in_bestand(self, waarde: Decimal | int) -> Decimal | int:
        return leesbaar(Decimal(waarde))

    def zonder(self, waarom: str) -> SafeString:
        streep = '<span class="ontbreekt" aria-hidden="true">–</span><span class="voor-schermlezer">{}</span>'
        return format_html(streep, waarom)

    def waarom(self, record: Any) -> str:
        reden = tables.A(self.reden).resolve(record, quiet=True) if self.reden else getattr(record, "reden", "")
        return str(reden or "niet gedrukt")


class Tekenkolom(Cijferkolom):
    """A difference, with its sign."""

    def in_tekst(self, waarde: Decimal, record: Any) -> str | SafeString:
        return cijfer_met_teken(waarde)


class Menskolom(Cijferkolom):
    """People in fte; where there is no number, why not."""

    def waarom(self, record: Any) -> str:
        return str(record.mensen.reden or "niet opgegeven")


class Bezettingkolom(Menskolom):
    """All the people of a row; where the number may still change, that it is provisional."""

    def in_tekst(self, waarde: Decimal, record: Any) -> str | SafeString:
        return voorlopig(cijfer(waarde)) if record.mensen.voorlopig else cijfer(waarde)


class Standkolom(Menskolom):
    """A difference of people and places, with its sign and in words: negative is onderbezetting."""

    def in_tekst(self, waarde: Decimal, record: Any) -> str | SafeString:
        return met_woord(waarde)


class Deelkolom(Menskolom):
    """A percentage with one decimal; the file holds the whole number."""

    def in_tekst(self, waarde: Decimal, record: Any) -> str | SafeString:
        return procent(waarde)

    def in_bestand(self, waarde: Decimal | int) -> Decimal | int:
        return round(Decimal(waarde), DECIMALEN_VAN_DEEL)


class Normkolom(Tekstkolom):
    """Whether a norm is met, as a shape and a word."""

    def render(self, value: str) -> SafeString:
        toon_, tekening = NORMMERKEN[value]
        return format_html('<span class="oordeel {}">{}{}</span>', toon_, icoon(tekening), value)


class Verschilkolom(tables.Column):
    """The differences of a row: on the page with a mark and a link to the explanation, in a file as sentences."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, accessor="verschillen", orderable=False, empty_values=(), **kwargs)

    def render(self, value: Sequence[Uitkomst]) -> str | SafeString:
        regels = format_html_join(
            "",
            '<li><a href="{}">{}</a> {}</li>',
            ((uitlegadres(uitkomst), merk(uitkomst.bevinding), verschilzin(uitkomst)) for uitkomst in value),
        )
        return format_html('<ul class="verschillen">{}</ul>', regels) if value else ""

    def value(self, value: Sequence[Uitkomst]) -> str:
        return "; ".join(f"{verschilzin(uitkomst)} [{uitkomst.bevinding.value}]" for uitkomst in value)


class Bronkolom(tables.Column):
    """The line of the source; where its column was lost, how that was decided can be opened beside it."""

    def __init__(self, *args: Any, herleiding: str, **kwargs: Any) -> None:
        super().__init__(
            *args,
            orderable=False,
            empty_values=(),
            verbose_name="Bronregel",
            attrs={"th": {"class": "bronregel"}, "td": {"class": "bronregel"}},
            **kwargs,
        )
        self.herleiding = tables.A(herleiding)

    def render(self, value: str, record: Any) -> str | SafeString:
        herleiding = self.herleiding.resolve(record, quiet=True)
        if not herleiding:
            return value
        details = '{}<details class="herleiding"><summary>kolom herleid</summary><p>{}</p></details>'
        return format_html(details, value, herleiding)

    def value(self, value: str) -> str:
        return value
