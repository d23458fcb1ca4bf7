"""The ladder: how high a matter has risen, from the verdicts of its quarters in a row. Pure.

Each part of the rule is a sentence with the test that carries it out, so that the page says what is done.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from common.tekst.periode import Kwartaal

VRAAGT_DUIDING = frozenset({"niet_behaald", "achter", "aandacht"})
"""The verdicts of what is off course: they ask for a reason and a promise, and each is a step on the ladder."""
ZONDER_CIJFER = frozenset({"", "onvolledig", "geen_meting", "nog_niet_verschuldigd"})
LANGSTE_STILSTAND = 8  # quarters without a figure; what is measured once in two years has seven
REGELS = (
    "Elk kwartaal met het oordeel Aandacht, Achter of Niet behaald telt als een kwartaal van koers.",
    "Een kwartaal zonder cijfer telt niet mee en breekt de reeks niet: wie niet levert, komt niet van de ladder.",
    "Na twee jaar zonder cijfer is de reeks voorbij.",
    "Elk ander oordeel breekt de reeks: de indicator gaat van de ladder.",
)


def vraagt_duiding(oordeel: str) -> bool:
    """Whether a figure with this verdict asks for a duiding: the one rule, for every page, list and export."""
    return oordeel in VRAAGT_DUIDING


class Trede(IntEnum):
    """Who is to act; the highest that the quarters in a row reach."""

    GEEN = 0
    EIGENAAR = 1
    PORTEFEUILLEHOUDER = 2
    RVO = 3

    @classmethod
    def na(cls, kwartalen: int) -> "Trede":
        return cls(min(kwartalen, cls.RVO))

    @property
    def bij(self) -> str:
        return _BIJ[self]

    @property
    def regel(self) -> str:
        """From when this is so, and what it means."""
        return _REGEL[self]


_BIJ = {
    Trede.GEEN: "niet op de ladder",
    Trede.EIGENAAR: "de eigenaar",
    Trede.PORTEFEUILLEHOUDER: "de portefeuillehouder",
    Trede.RVO: "de agenda van het RVO",
}
_REGEL = {
    Trede.GEEN: "Op koers, of zonder oordeel.",
    Trede.EIGENAAR: "Eén kwartaal van koers: de eigenaar duidt het cijfer en belooft wat er gebeurt.",
    Trede.PORTEFEUILLEHOUDER: "Twee kwartalen op rij: de portefeuillehouder bespreekt het met de eigenaar.",
    Trede.RVO: "Drie kwartalen op rij of meer: het hoort op de agenda van het RVO. Wie die maakt, neemt het over.",
}


@dataclass(frozen=True, slots=True)
class Ladderstand:
    """``kwartalen`` off course in a row, from the one with index ``sinds``; None where there are none."""

    kwartalen: int = 0
    sinds: int | None = None

    @property
    def trede(self) -> Trede:
        return Trede.na(self.kwartalen)

    @property
    def hoe_lang(self) -> str:
        """In words; empty where it does not stand on the ladder."""
        if self.sinds is None:
            return ""
        kwartalen = "1 kwartaal" if self.kwartalen == 1 else f"{self.kwartalen} kwartalen op rij"
        return f"{kwartalen} van koers, sinds {Kwartaal.van_index(self.sinds).leesbaar}"


NIET_OP_DE_LADDER = Ladderstand()


def lees_stand(oordelen: Mapping[int, str], tot: int) -> Ladderstand:
    """How it stands at the end of quarter ``tot``; ``oordelen`` by index of the quarter, later ones do not count."""
    aantal, sinds, stil = 0, None, 0
    for index in range(tot, min(oordelen, default=tot + 1) - 1, -1):
        oordeel = oordelen.get(index, "")
        if vraagt_duiding(oordeel):
            aantal, sinds, stil = aantal + 1, index, 0
        elif oordeel in ZONDER_CIJFER and stil < LANGSTE_STILSTAND:
            stil += 1
        else:
            break
    return Ladderstand(aantal, sinds)


def stand_van(rijen: Iterable[Any], tot: Kwartaal, van_jaar: int) -> Ladderstand:
    """The same of rows with ``jaar``, ``kwartaal`` and ``oordeel``; of years before ``van_jaar`` the targets differ."""
    van_agenda = (rij for rij in rijen if rij.jaar >= van_jaar)
    return lees_stand({Kwartaal(rij.jaar, rij.kwartaal).index: rij.oordeel for rij in van_agenda}, tot.index)
