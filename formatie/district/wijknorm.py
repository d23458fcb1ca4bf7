"""One wijkagent per 5.000 inhabitants: a norm of the law for a whole unit, on average. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.dateformat import format as toon_dag

from common.tekst.getallen import toon, toon_kort
from common.tekst.periode import Kwartaal
from formatie.district.zinnen import fte, procent

INWONERS_PER_WIJKAGENT = 5000
ONBEKEND = "Hoeveel mensen er in dit district wonen is niet bekend: de agenda noemt alleen de hele eenheid."
AFGESPROKEN_DEEL = Decimal(97)
"""The agenda (line 1438) asks for 97% of the places at least. The verdict is the indicator's, not this page's."""


@dataclass(frozen=True)
class Inwoners:
    """How many people live in an area, on which day, and where that is printed."""

    aantal: int
    peildatum: date
    bron: str

    @property
    def nodig(self) -> Decimal:
        """The wijkagenten that the norm asks for."""
        return Decimal(self.aantal) / INWONERS_PER_WIJKAGENT

    def per(self, wijkagenten: Decimal | None) -> str:
        """Inhabitants per wijkagent, as a whole number; empty where there is nobody to divide by."""
        if not wijkagenten or wijkagenten < 0:
            return ""
        return toon((self.aantal / wijkagenten).quantize(Decimal(1), ROUND_HALF_UP), 0)


def inwonerzin(gebied: str, inwoners: Inwoners) -> str:
    """For example: In de eenheid woonden op 1 januari 2023 1.800.000 mensen: de norm vraagt dan 360 wijkagenten."""
    dag = toon_dag(inwoners.peildatum, "j F Y")
    aantal, nodig = toon(Decimal(inwoners.aantal), 0), toon_kort(inwoners.nodig)
    return f"In {gebied} woonden op {dag} {aantal} mensen: de norm vraagt dan {nodig} wijkagenten."


def planzin(inwoners: Inwoners, plaatsen: Decimal | None) -> str:
    if plaatsen is None:
        return ""
    return f"Het plan geeft er {fte(plaatsen)}: één per {inwoners.per(plaatsen)} inwoners."


def mensenzin(inwoners: Inwoners, mensen: Decimal | None, kwartaal: Kwartaal) -> str:
    """None is not reported, or hidden: which of the two is not said, or it would tell that there are few."""
    if mensen is None:
        return f"Hoeveel er eind {kwartaal.leesbaar} werkten, is niet van elk team bekend of niet voor u zichtbaar."
    per = inwoners.per(mensen)
    return f"Eind {kwartaal.leesbaar} werkten er {fte(mensen)} fte{f': één per {per} inwoners' if per else ''}."


def deelzin(deel: Decimal | None) -> str:
    """Against what was agreed, without a verdict."""
    norm = f"De agenda vraagt dat ten minste {toon_kort(AFGESPROKEN_DEEL)}% van de plaatsen bezet is"
    return f"{norm}." if deel is None else f"{norm}; bezet is {procent(deel)}."
