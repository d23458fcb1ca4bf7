"""When and of whom a value is asked: the one rule of entry, work list and calculation. Pure, without numpy."""

from __future__ import annotations

KWARTALEN_VAN = {"kwartaal": (1, 2, 3, 4), "halfjaar": (2, 4), "jaar": (4,), "tweejaarlijks": (4,)}
VAN_HOOG_NAAR_LAAG = ("eenheid", "district", "basisteam")


def is_meetjaar(frequentie: str, eerste_jaar: int | None, jaar: int) -> bool:
    """Every year counts, but of a survey every two years only its own years, from the first."""
    if frequentie != "tweejaarlijks" or eerste_jaar is None:
        return True
    return jaar >= eerste_jaar and (jaar - eerste_jaar) % 2 == 0


def is_meetmoment(frequentie: str, eerste_jaar: int | None, jaar: int, kwartaal: int) -> bool:
    """Whether the indicator is measured in this quarter; what is measured per year belongs to the fourth."""
    return kwartaal in KWARTALEN_VAN[frequentie] and is_meetjaar(frequentie, eerste_jaar, jaar)


def is_gevraagd(aggregatie: str, niveau: str, soort: str) -> bool:
    """Whether an onderdeel of this kind hands in a value itself; everything above it is added up.

    A survey is never added up, so it is asked for at its level and at every level above, up to the unit.
    """
    if aggregatie != "enquete" or soort not in VAN_HOOG_NAAR_LAAG:
        return soort == niveau
    return VAN_HOOG_NAAR_LAAG.index(soort) <= VAN_HOOG_NAAR_LAAG.index(niveau)
