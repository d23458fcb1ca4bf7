"""The tables of one district: places beside people, and places for wijkagenten beside wijkagenten."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.pagina.tabellen import Tabel, Tekstkolom
from formatie.plan.kolommen import (
    Bezettingkolom,
    Bronkolom,
    Cijferkolom,
    Deelkolom,
    Menskolom,
    Normkolom,
    Standkolom,
    Verschilkolom,
)


class _Onderdelentabel(Tabel):
    """Rows of a district, each with the class of its own kind; of a team the way to its page at ``vraag``."""

    kiesbaar = True

    def __init__(self, *args: Any, vraag: str = "", **kwargs: Any) -> None:
        self.vraag = vraag
        super().__init__(*args, pinned_row_attrs={"class": lambda record: record.rijklasse}, **kwargs)

    def render_onderdeel(self, value: str, record: Any) -> SafeString | str:
        if not record.code:
            return value
        adres = reverse("onderdeel", args=[record.code])
        return format_html('<a href="{}{}"><span class="code">{}</span> {}</a>', adres, self.vraag, record.code, value)

    def value_onderdeel(self, value: str) -> str:
        return value


class PlaatsenTabel(_Onderdelentabel):
    """Leadership, teams and the rest; subtotal, printed total, computed total and difference pinned."""

    code = Tekstkolom(verbose_name="Code", visible=False)
    onderdeel = Tekstkolom(accessor="naam", verbose_name="Onderdeel", rijkop=True)
    verschil = Standkolom(accessor="stand__verschil", verbose_name="Verschil (fte)")
    fte = Cijferkolom(verbose_name="Formatie (fte)")
    bezetting = Bezettingkolom(accessor="mensen__fte", verbose_name="Bezetting (fte)")
    percentage = Deelkolom(accessor="stand__percentage", verbose_name="Bezet (%)")
    os = Menskolom(accessor="mensen__os", verbose_name="OS (fte)")
    nos = Menskolom(accessor="mensen__nos", verbose_name="NOS (fte)")
    bezet_aspiranten = Menskolom(accessor="mensen__aspiranten", verbose_name="waarvan aspiranten (fte)")
    inzetbaar = Menskolom(accessor="inzetbaar", verbose_name="aspiranten inzetbaar (fte)")
    ziek = Menskolom(accessor="mensen__ziek", verbose_name="Ziek (fte)")
    aspiranten = Cijferkolom(verbose_name="Plan: waarvan aspiranten (fte)")
    verschillen = Verschilkolom(verbose_name="Gedrukt wijkt af van")
    bron = Bronkolom(accessor="bronregel", herleiding="herleiding")
    herleiding = Tekstkolom(verbose_name="Herleiding van de kolom", visible=False)

    naam = "formatie"
    eerst_verborgen: Collection[str] = ("inzetbaar", "ziek", "aspiranten")
    begrippen = {"fte": "fte", "os": "os", "nos": "nos", "bezet_aspiranten": "aspirant"}


class PlanTabel(_Onderdelentabel):
    """What the plan gives each part, for who may not know how many people there are."""

    code = Tekstkolom(verbose_name="Code", visible=False)
    onderdeel = Tekstkolom(accessor="naam", verbose_name="Onderdeel", rijkop=True)
    fte = Cijferkolom(verbose_name="Formatie (fte)")
    wijkagenten = Cijferkolom(verbose_name="waarvan wijkagenten (fte)")
    aspiranten = Cijferkolom(verbose_name="waarvan aspiranten (fte)")
    verschillen = Verschilkolom(verbose_name="Gedrukt wijkt af van")
    bron = Bronkolom(accessor="bronregel", herleiding="herleiding")
    herleiding = Tekstkolom(verbose_name="Herleiding van de kolom", visible=False)

    naam = "onderdelen"
    begrippen = {"fte": "fte"}


class WijkagentenTabel(_Onderdelentabel):
    """The teams that have places for wijkagenten; printed and computed total pinned."""

    code = Tekstkolom(verbose_name="Code", visible=False)
    onderdeel = Tekstkolom(accessor="naam", verbose_name="Basisteam", rijkop=True)
    verschil = Standkolom(accessor="wijkstand__verschil", verbose_name="Verschil (fte)")
    plaatsen = Cijferkolom(accessor="wijkagenten", verbose_name="Plaatsen (fte)")
    bezetting = Menskolom(accessor="mensen__wijkagenten", verbose_name="Wijkagenten (fte)")
    expert = Menskolom(accessor="mensen__expert", verbose_name="waarvan expert (fte)")
    deel = Deelkolom(accessor="wijkdeel", verbose_name="Bezet (%)")
    norm = Normkolom(accessor="wijknorm", verbose_name="Norm van 97%")

    naam = "wijkagenten"
