"""Printed figures against what follows from their parts. Pure: no database, exact decimals.

A printed figure stands for every value that rounds to it: 16,0 for 15,95 to 16,05 and 16 for 15,5 to
16,5, ends included because the plan does not say how it rounds a half. So a difference *can* be rounding
when it is at most half a unit of the last printed decimal of every figure involved, added up
(``speling``). A larger difference can not, whatever the unrounded figures were.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Cijfers = Mapping[str, Decimal]
"""Reference (``regel:<sleutel>:<kolom>``, ``cel:<onderdeel>:<soort>:<kolom>``) → figure with its printed decimals."""

_HALF = Decimal("0.5")


class Bevinding(StrEnum):
    """What the comparison of one printed figure with its parts shows."""

    KLOPT = "klopt"
    AFRONDING = "afronding"
    GEEN_AFRONDING = "geen afronding"


@dataclass(frozen=True)
class Plansom:
    """What one printed figure should equal; a part with a minus sign is subtracted."""

    sleutel: str
    omschrijving: str
    geheel: str
    delen: tuple[str, ...]
    soort: str = "som"
    oorzaak: str = ""
    opmerking: str = ""


@dataclass(frozen=True)
class Uitkomst:
    """The comparison, in the unit of the figure (fte, or inhabitants per wijkagent)."""

    som: Plansom
    gedrukt: Decimal
    berekend: Decimal
    speling: Decimal

    @property
    def verschil(self) -> Decimal:
        """Printed minus computed."""
        return self.gedrukt - self.berekend

    @property
    def bevinding(self) -> Bevinding:
        if not self.verschil:
            return Bevinding.KLOPT
        return Bevinding.AFRONDING if abs(self.verschil) <= self.speling else Bevinding.GEEN_AFRONDING


def controleer(som: Plansom, cijfers: Cijfers) -> Uitkomst:
    """Compare one figure with its parts. Raises KeyError for a reference without a printed figure."""
    gedrukt = cijfers[som.geheel]
    if som.soort == "gewogen":
        berekend, speling = _gewogen(som.delen, cijfers)
    else:
        berekend, speling = _opgeteld(som.delen, cijfers)
    return Uitkomst(som, gedrukt, berekend, speling + halve_eenheid(gedrukt))


def halve_eenheid(cijfer: Decimal) -> Decimal:
    """Half a unit of the last printed decimal: 0,5 for 16 and 0,05 for 16,0."""
    return _HALF.scaleb(int(cijfer.as_tuple().exponent))


def ontleed(verwijzing: str) -> tuple[int, str]:
    """The sign of a part and its reference without that sign."""
    return (-1, verwijzing[1:]) if verwijzing.startswith("-") else (1, verwijzing)


def gewicht(verwijzing: str) -> str:
    """The figure that weighs an average: the places in the same cell."""
    return verwijzing.rpartition(":")[0] + ":fte"


def _opgeteld(delen: tuple[str, ...], cijfers: Cijfers) -> tuple[Decimal, Decimal]:
    getekend = [(teken, cijfers[naam]) for teken, naam in map(ontleed, delen)]
    berekend = sum((teken * cijfer for teken, cijfer in getekend), Decimal(0))
    return berekend, sum((halve_eenheid(cijfer) for _, cijfer in getekend), Decimal(0))


def _gewogen(delen: tuple[str, ...], cijfers: Cijfers) -> tuple[Decimal, Decimal]:
    """The weighted mean, and how far from it the unrounded figures can bring it at most."""
    paren = [(cijfers[naam], cijfers[gewicht(naam)]) for naam in delen]
    teller = sum((waarde * plaatsen for waarde, plaatsen in paren), Decimal(0))
    noemer = sum((plaatsen for _, plaatsen in paren), Decimal(0))
    ruimte = sum((halve_eenheid(plaatsen) for _, plaatsen in paren), Decimal(0))
    hoogste = sum(((w + halve_eenheid(w)) * (p + halve_eenheid(p)) for w, p in paren), Decimal(0)) / (noemer - ruimte)
    laagste = sum(((w - halve_eenheid(w)) * (p - halve_eenheid(p)) for w, p in paren), Decimal(0)) / (noemer + ruimte)
    gemiddeld = teller / noemer
    return gemiddeld, max(hoogste - gemiddeld, gemiddeld - laagste)
