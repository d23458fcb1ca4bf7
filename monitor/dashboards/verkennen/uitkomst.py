"""What a page asks of the worker and what it gets back: plain data on both sides. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from common.grafiek.beeld import Beeld, naar_json, van_json

RIJVELDEN = ("indicator", "onderdeel", "index", "waarde", "cumulatief", "doel", "oordeel", "voorlopig", "ontbreekt")
Legopdracht = dict[str, Any]
"""Rows as lists in the order of ``RIJVELDEN``, with their names and measures; numbers are exact, as text."""


@dataclass(frozen=True)
class Uitkomst:
    """``beelden`` each with its size (``groot``, ``hoog``, ``klein``); ``rijen`` are the figures crossed, as text."""

    beelden: Sequence[tuple[str, Beeld]] = ()
    koppen: Sequence[str] = ()
    rijen: Sequence[Sequence[str]] = ()
    zinnen: Sequence[str] = ()

    def als_gegevens(self) -> dict[str, Any]:
        beelden = [(maat, naar_json(beeld)) for maat, beeld in self.beelden]
        return {"beelden": beelden, "koppen": self.koppen, "rijen": self.rijen, "zinnen": self.zinnen}

    @classmethod
    def van_gegevens(cls, gegevens: Mapping[str, Any]) -> "Uitkomst":
        beelden = [(maat, van_json(beeld)) for maat, beeld in gegevens["beelden"]]
        return cls(beelden, gegevens["koppen"], gegevens["rijen"], gegevens["zinnen"])
