"""What a chart shows, before anything draws it: the one object that the drawing, the Plotly figure and the table share.

Numbers are exact and in the unit of their axis; places on an axis of names or quarters are 0, 1, 2 … in its order. How
a role looks is decided by the stylesheet and by the template of Plotly, never here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from hashlib import sha256
from itertools import repeat
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

Plek = Decimal | int


class Assoort(StrEnum):
    KWARTALEN = "kwartalen"  # one place per quarter, or per Q1 to Q4 where years lie over each other
    NAMEN = "namen"  # one place per onderdeel, theme, service ...; upright, the first is at the top
    GETAL = "getal"


class Vorm(StrEnum):
    LIJN = "lijn"
    LIJN_MET_PUNTEN = "lijn-met-punten"
    PUNTEN = "punten"  # with ``van``/``tot`` an interval, with ``basis`` a stem from there
    STAVEN = "staven"  # from ``basis``, else from 0
    VLAK = "vlak"  # between ``van`` and ``tot`` of each point


class Rol(StrEnum):
    """What a trace is; its colour, width and dashes follow. A verdict is told by shape and word, not by its role."""

    HOOFD = "hoofd"  # this year, the value
    BIJ = "bij"  # the other reading of the same value
    EERDER = "eerder"  # earlier years, thin and grey
    DOEL = "doel"
    OUD_DOEL = "oud-doel"  # the target that was replaced
    NORM = "norm"  # what should be there by now
    VERWACHTING = "verwachting"  # the line of the forecast; its fan is a VLAK of this role
    BAND = "band"  # the room around a norm or a target
    GRENS = "grens"  # limits of common variation, as a line or a VLAK
    MIDDEN = "midden"  # their mean
    TEKORT = "tekort"
    OVER = "over"
    NEUTRAAL = "neutraal"
    REEKS_1 = "reeks-1"  # one of several alike, told apart by colour, dash and marker
    REEKS_2 = "reeks-2"
    REEKS_3 = "reeks-3"
    REEKS_4 = "reeks-4"
    REEKS_5 = "reeks-5"
    REEKS_6 = "reeks-6"


MERKEN = ("rond", "ruit", "vierkant", "driehoek-op", "driehoek-neer", "kruis", "plus", "ster", "zeshoek", "streep")
"""The shapes of a point, as the drawing and Plotly both have them; none: round."""


@dataclass(frozen=True)
class As:
    """``labels`` are the names of the places; ``groepen`` a second row below them, each from its first place on.

    ``eenheid`` and ``decimalen`` are of an axis of numbers; ``bereik`` is given where charts share one.
    """

    soort: Assoort
    labels: tuple[str, ...] = ()
    groepen: tuple[tuple[int, str], ...] = ()
    titel: str = ""
    eenheid: str = ""
    decimalen: int = 0
    vanaf_nul: bool = False
    bereik: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True)
class Punt:
    """One point of a trace. ``x`` or ``y`` is None where there is no value: a gap stays a gap.

    ``tekst`` is what hovering and the keys say: the words of its cell in the table. ``open``: provisional.
    ``merk`` is a shape of its own, one of ``MERKEN``; ``adres`` where a click goes. ``van``, ``tot`` and ``basis`` are
    on the axis of the value: that of x where the names are upright, else that of y.
    """

    x: Plek | None
    y: Plek | None
    tekst: str = ""
    van: Decimal | None = None
    tot: Decimal | None = None
    basis: Decimal | None = None
    open: bool = False
    merk: str = ""
    adres: str = ""


@dataclass(frozen=True)
class Spoor:
    """``naam`` is its entry in the legend; traces of one name are switched together, without one it has no entry."""

    naam: str
    rol: Rol
    vorm: Vorm
    punten: tuple[Punt, ...]


@dataclass(frozen=True)
class Woord:
    """Words in the chart, at a place, or beside the plot area where ``x`` is None. ``kort`` is for a narrow screen."""

    tekst: str
    x: Plek | None
    y: Plek
    rol: Rol = Rol.NEUTRAAL
    kort: str = ""


@dataclass(frozen=True)
class Gebeurtenis:
    """An upright line at a place of the x-axis, with what begins or happened there; ``kort`` where that has no room."""

    x: Plek
    tekst: str
    kort: str = ""


@dataclass(frozen=True)
class Beeld:
    """``titel`` is the conclusion in one sentence, ``onderschrift`` what is plotted and in which unit.

    ``koppen`` and ``rijen`` are the same numbers as a table, as text. ``noten`` are lines below it: what ``kort`` of an
    event stands for. ``zoombaar``: long enough to look into a part.
    """

    naam: str
    titel: str
    x: As
    y: As
    sporen: tuple[Spoor, ...]
    koppen: tuple[str, ...]
    rijen: tuple[tuple[str, ...], ...]
    onderschrift: str = ""
    woorden: tuple[Woord, ...] = ()
    gebeurtenissen: tuple[Gebeurtenis, ...] = ()
    uitleg: str = ""
    noten: tuple[str, ...] = ()
    zoombaar: bool = False

    @property
    def liggend(self) -> bool:
        """Whether the values lie along the x-axis, because the names are upright."""
        return self.y.soort is not Assoort.GETAL

    @property
    def leeg(self) -> bool:
        return not any(p.x is not None and p.y is not None for spoor in self.sporen for p in spoor.punten)


def vlakke_streep(rol: Rol, naam: str, waarde: Decimal, begin: Plek, eind: Plek, tekst: str = "") -> Spoor:
    """A level line over the places from ``begin`` to ``eind``, half a place wider at both ends."""
    rand = Decimal("0.45")
    punten = (Punt(begin - rand, waarde, tekst), Punt(eind + rand, waarde, tekst))
    return Spoor(naam, rol, Vorm.LIJN, punten)


TEKENVERSIE = 15
"""Part of every ``merk``: raise it when a drawing changes, and all are drawn anew."""


def naar_json(beeld: Beeld) -> str:
    """The same text for the same chart, with exact numbers; what is as usual is left out."""
    return json.dumps(_kaal(beeld), sort_keys=True, separators=(",", ":"))


def van_json(tekst: str) -> Beeld:
    """The chart that ``naar_json`` wrote; raises TypeError, KeyError or ValueError on anything else."""
    beeld: Beeld = _gelezen(Beeld, json.loads(tekst))
    return beeld


def merk(beeld: Beeld) -> str:
    """What a drawing is found back by: two charts that differ in anything have another one."""
    return sha256(f"{TEKENVERSIE}{naar_json(beeld)}".encode()).hexdigest()


def _kaal(waarde: Any) -> Any:
    if isinstance(waarde, Decimal):
        return str(waarde)
    if isinstance(waarde, tuple):
        return [_kaal(deel) for deel in waarde]
    if is_dataclass(waarde):
        paren = [(veld, getattr(waarde, veld.name)) for veld in fields(waarde)]
        return {veld.name: _kaal(deel) for veld, deel in paren if deel != veld.default}
    return waarde


_velden = cache(get_type_hints)


def _gelezen(soort: Any, waarde: Any) -> Any:
    delen = get_args(soort)
    if isinstance(soort, UnionType):
        eigen = Decimal if isinstance(waarde, str) else next((d for d in delen if d not in (Decimal, NoneType)), None)
        return waarde if waarde is None or isinstance(waarde, int) else _gelezen(eigen or delen[0], waarde)
    if get_origin(soort) is tuple:
        soorten = repeat(delen[0]) if delen[-1] is Ellipsis else delen
        return tuple(_gelezen(een, deel) for een, deel in zip(soorten, waarde, strict=False))
    if is_dataclass(soort):
        van = _velden(soort)  # type: ignore[arg-type]  # a class of this module
        return soort(**{naam: _gelezen(van[naam], deel) for naam, deel in waarde.items()})  # type: ignore[operator]  # a class of this module
    return soort(waarde)
