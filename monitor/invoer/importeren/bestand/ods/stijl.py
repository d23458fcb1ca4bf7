"""What the styles of an OpenDocument sheet do to what a person sees: struck through, or not there to be seen."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from monitor.invoer.importeren.bestand.ods.tekst import STYLE, TABLE

STIJL = f"{STYLE}style"
_STREEP = (f"{STYLE}text-line-through-style", f"{STYLE}text-line-through-type")
_MATEN = (("table-row-properties", "row-height"), ("table-column-properties", "column-width"))
_MAAT = re.compile(r"(\d*\.?\d+)(?:cm|mm|in|pt|pc|px)")
_NIETS = 0.02  # of whatever measure: no row or column for who looks


@dataclass(slots=True)
class Stijlen:
    """The names of the styles of cells and texts that strike through, and of what they make invisible."""

    doorgehaald: set[str] = field(default_factory=set)
    onzichtbaar: set[str] = field(default_factory=set)

    def neem_op(self, element: Element) -> None:
        naam = element.get(f"{STYLE}name", "")
        if _is_onzichtbaar(element):
            self.onzichtbaar.add(naam)
        if self._is_doorgehaald(element):
            self.doorgehaald.add(naam)

    def _is_doorgehaald(self, element: Element) -> bool:
        """What a style does not say it takes from its parent, which stands before it."""
        letters = element.find(f"{STYLE}text-properties")
        eigen = [letters.get(streep) for streep in _STREEP] if letters is not None else []
        gezegd = [waarde for waarde in eigen if waarde is not None]
        return any(waarde != "none" for waarde in gezegd) if gezegd else self._van_ouder(element)

    def _van_ouder(self, element: Element) -> bool:
        return element.get(f"{STYLE}parent-style-name", "") in self.doorgehaald


def _is_onzichtbaar(element: Element) -> bool:
    blad = element.find(f"{STYLE}table-properties")
    if blad is not None and blad.get(f"{TABLE}display") == "false":
        return True
    for soort, maat in _MATEN:
        deel = element.find(f"{STYLE}{soort}")
        gelezen = _MAAT.fullmatch(deel.get(f"{STYLE}{maat}", "")) if deel is not None else None
        if gelezen and float(gelezen[1]) < _NIETS:
            return True
    return False
