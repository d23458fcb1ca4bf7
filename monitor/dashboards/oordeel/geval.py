"""One verdict with everything its sum is made of; nothing is judged here, and nothing stored is worked out anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from common.tekst.getallen import met_eenheid, toon_kort
from monitor.rekenen.cijfers import Afgeleid, Doeldeel, Indicatordeel
from monitor.rekenen.oordeelzin import round_op

NUL = Decimal(0)
ONGEVEER = "≈ "
EXACT = 4  # decimals up to which an outcome is printed as it is
OPTELBAAR = ("som", "verhouding")
GEHAALD = ("op_koers", "behaald")
GEWOGEN = (*GEHAALD, "aandacht", "achter", "niet_behaald", "niet_te_onderscheiden")


@dataclass(frozen=True)
class Geval:
    """One record with everything its sum is made of.

    ``reeks`` are the records of the same onderdeel, earlier years included as far as they are used, in order of time.
    """

    rij: Any
    indicator: Indicatordeel
    doel: Doeldeel | None
    cijfers: Afgeleid
    reeks: Sequence[Any]

    @property
    def soort(self) -> str:
        return str(self.doel.soort) if self.doel else ""

    @property
    def oordeel(self) -> str:
        return str(self.rij.oordeel)

    @property
    def teken(self) -> int:
        """1 where more is better, -1 where less is; of a norm the norm itself says so."""
        if self.soort in ("minimum", "maximum"):
            return 1 if self.soort == "minimum" else -1
        return 1 if self.indicator.richting == "hoger" else -1

    @property
    def telt_op(self) -> bool:
        """Whether the value judged is of the year so far; otherwise it is of this period alone."""
        return self.indicator.aggregatie in OPTELBAAR and self.soort != "verbetering"

    @property
    def kwartalen(self) -> list[Any]:
        """The records of the quarters that the value is made of."""
        eerste = 1 if self.telt_op else self.rij.kwartaal
        return [r for r in self.reeks if r.jaar == self.rij.jaar and eerste <= r.kwartaal <= self.rij.kwartaal]

    @property
    def nu(self) -> Decimal | None:
        """The value of the period itself; of a year that was measured as a whole, that year's."""
        return self.cijfers.cumulatief if self.cijfers.waarde is None else self.cijfers.waarde

    @property
    def foutmarges(self) -> Decimal:
        """√(m₁² + m₂²); an absent margin is 0, so that any difference counts."""
        return ((self.rij.marge or NUL) ** 2 + (self.rij.vorige_marge or NUL) ** 2).sqrt()

    def tekst(self, getal: Decimal) -> str:
        teken, kaal = _afgerond(getal)
        return f"{teken}{met_eenheid(kaal, self.indicator.eenheid)}"

    @property
    def symbool(self) -> str:
        """The unit where it is a sign that belongs to its number; words are left out between two numbers."""
        return self.indicator.eenheid if self.indicator.eenheid in ("%", "€") else ""

    def maat(self, getal: Decimal) -> str:
        teken, kaal = _afgerond(getal)
        return f"{teken}{met_eenheid(kaal, self.symbool)}"

    def uitkomst(self, getal: Decimal) -> str:
        """What a sum comes to: = 22,5 verdachten, or ≈ where it was rounded to be printed."""
        tekst = self.tekst(getal)
        return tekst if tekst.startswith(ONGEVEER) else f"= {tekst}"


def kort(getal: Decimal) -> str:
    """The number itself; one without end rounded, and marked so."""
    return "".join(_afgerond(getal))


def is_kort(getal: Decimal) -> str:
    """The same as the outcome of a sum."""
    return kort(getal) if _afgerond(getal)[0] else f"= {kort(getal)}"


def _afgerond(getal: Decimal) -> tuple[str, str]:
    afgerond = round_op(getal, EXACT)
    return ("", toon_kort(getal)) if afgerond == getal else (ONGEVEER, toon_kort(afgerond))
