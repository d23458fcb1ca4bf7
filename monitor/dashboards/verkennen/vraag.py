"""What somebody wants to see: of what, of whom, over which period and how it is laid. All of it is in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from django.http import QueryDict

from common.pagina.peildatum import Uitgelegd, lees_kwartaal
from common.tekst.periode import Kwartaal

MEESTE_INDICATOREN, MEESTE_ONDERDELEN, MEESTE_JAREN = 6, 40, 12
MEESTE_IN_ADRES = 100
"""Values of one field, more than any list on the page has."""
_ADRESVELDEN = ("indicator", "onderdeel", "vanaf", "tot", "als", "per")

_Keuze = TypeVar("_Keuze", bound=StrEnum)


class Opzet(StrEnum):
    """How the figures are laid."""

    TIJD = "tijd"
    NAAST = "naast"
    TEGEN = "tegen"
    TABEL = "tabel"

    @property
    def naam(self) -> str:
        return _OPZETNAMEN[self]


_OPZETNAMEN = {
    Opzet.TIJD: "Over de tijd",
    Opzet.NAAST: "Naast elkaar",
    Opzet.TEGEN: "Tegen elkaar",
    Opzet.TABEL: "Als tabel",
}


class Per(StrEnum):
    """Which figure of a row: that of the quarter itself, or of a year what there was of it at its last figure."""

    KWARTAAL = "kwartaal"
    JAAR = "jaar"


@dataclass(frozen=True, slots=True)
class Verkenvraag:
    """``plekken`` are codes of onderdelen or names of groups of them. Without a quarter: from the agenda, to now."""

    indicatoren: tuple[str, ...]
    plekken: tuple[str, ...] = ()
    vanaf: Kwartaal | None = None
    tot: Kwartaal | None = None
    opzet: Opzet = Opzet.TIJD
    per: Per = Per.KWARTAAL

    @property
    def adres(self) -> str:
        """The same question always in the same words; what goes without saying is left out."""
        delen = [("indicator", code) for code in self.indicatoren] + [("onderdeel", plek) for plek in self.plekken]
        delen += [(naam, str(k)) for naam, k in (("vanaf", self.vanaf), ("tot", self.tot)) if k]
        delen += [("als", self.opzet)] if self.opzet != Opzet.TIJD else []
        delen += [("per", self.per)] if self.per != Per.KWARTAAL else []
        return urlencode(delen)

    def binnen(self, indicatoren: set[str], plekken: set[str]) -> tuple[Verkenvraag, list[str]]:
        """The question without what is not there any more, and what was left out of it."""
        weg = [code for code in self.indicatoren if code not in indicatoren]
        weg += [plek for plek in self.plekken if plek not in plekken]
        over = replace(
            self,
            indicatoren=tuple(code for code in self.indicatoren if code in indicatoren),
            plekken=tuple(plek for plek in self.plekken if plek in plekken),
        )
        return over, weg


def lees_vraag(gegevens: QueryDict) -> Verkenvraag | None:
    """The question of an address, None where it asks nothing. Raises Uitgelegd for what cannot be read."""
    if not any(veld in gegevens for veld in _ADRESVELDEN):
        return None
    return Verkenvraag(
        indicatoren=_lijst(gegevens, "indicator"),
        plekken=_lijst(gegevens, "onderdeel"),
        vanaf=_kwartaal(gegevens, "vanaf"),
        tot=_kwartaal(gegevens, "tot"),
        opzet=_een_van(Opzet, gegevens.get("als") or Opzet.TIJD),
        per=_een_van(Per, gegevens.get("per") or Per.KWARTAAL),
    )


def _lijst(gegevens: QueryDict, veld: str) -> tuple[str, ...]:
    gevonden = tuple(dict.fromkeys(waarde for waarde in gegevens.getlist(veld) if waarde))
    if len(gevonden) > MEESTE_IN_ADRES:
        raise Uitgelegd(f"Dit adres vraagt {len(gevonden)} keer een {veld}. Kies er minder.")
    return gevonden


def _kwartaal(gegevens: QueryDict, veld: str) -> Kwartaal | None:
    tekst = gegevens.get(veld, "")
    return lees_kwartaal(tekst) if tekst else None


def _een_van(soort: type[_Keuze], tekst: str) -> _Keuze:
    try:
        return soort(tekst)
    except ValueError:
        raise Uitgelegd(f"“{tekst[:40]}” is hier geen keuze. Kies {', '.join(soort)}.") from None
