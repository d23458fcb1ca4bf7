"""What the demo hands in, and what becomes of it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from common.tekst.periode import Kwartaal, kwartalen
from monitor.invoer.bezetting.validatie import Opgave
from monitor.invoer.regels.waarneming import Waarneming

_LAATSTE = "laatste"  # the last quarter that is made, whichever that is
NIETS = Decimal(0)
Beschrijving = Mapping[str, Any]
Geleverd = TypeVar("Geleverd", Waarneming, Opgave)
Afloop = Literal["vastgesteld", "ingediend", "teruggestuurd", "concept"]


@dataclass(frozen=True, slots=True)
class Opdracht:
    """A description, the last quarter that is made of it, and the seed."""

    beschrijving: Beschrijving
    tot: Kwartaal
    zaad: int

    @property
    def begin(self) -> Kwartaal:
        return Kwartaal.parse(self.beschrijving["vanaf"])

    @property
    def kwartalen(self) -> Iterator[Kwartaal]:
        return kwartalen(self.begin, self.tot)

    def jaren_tot(self, kwartaal: Kwartaal) -> float:
        """Years since the start of the series."""
        return (kwartaal.index - self.begin.index) / 4

    def slaat_op(self, geval: Beschrijving, kwartaal: Kwartaal) -> bool:
        """Whether an awkward case is about this quarter; without a quarter it is about all."""
        return "kwartaal" not in geval or kwartaal == self.kwartaal_van(geval)

    def kwartaal_van(self, geval: Beschrijving) -> Kwartaal:
        return self.tot if geval["kwartaal"] == _LAATSTE else Kwartaal.parse(geval["kwartaal"])


@dataclass(frozen=True, slots=True)
class Levering(Generic[Geleverd]):
    """What is delivered for one quarter: by whom, how late, and the value it was first thought to be.

    ``afloop`` is what became of the value, or of its correction where there was an earlier one; ``antwoord`` is why it
    was sent back.
    """

    waarde: Geleverd
    kwartaal: Kwartaal
    dagen_na_einde: int
    door: str = "analist"
    eerst: Geleverd | None = None
    reden: str = ""
    correctie_na_dagen: int = 0
    afloop: Afloop = "vastgesteld"
    antwoord: str = ""

    @property
    def eerste_afloop(self) -> Afloop:
        return "vastgesteld" if self.eerst else self.afloop


def met_afloop(levering: Levering[Geleverd], geval: Beschrijving) -> Levering[Geleverd]:
    """Who handed it in and what became of it, where a case says so."""
    return replace(levering, **{naam: geval[naam] for naam in ("door", "afloop", "antwoord") if naam in geval})


def met_correctie(levering: Levering[Geleverd], eerst: Geleverd, geval: Beschrijving) -> Levering[Geleverd]:
    return replace(levering, eerst=eerst, reden=geval["reden"], correctie_na_dagen=geval["dagen_later"])
