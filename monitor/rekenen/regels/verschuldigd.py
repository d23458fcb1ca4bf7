"""Which values are due: the one rule of entry, work list, closing, demo and calculation. Pure, without numpy.

An indicator is what has ``aggregatie``, ``niveau``, ``frequentie``, ``eerste_jaar``, ``vanaf`` and ``tot``, as it is
defined in the year that is asked about; an onderdeel what has ``soort``, ``geldig_vanaf`` and ``geldig_tot``.
``regels/kalender.py`` asks the same over arrays.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from common.tekst.periode import Kwartaal

KWARTALEN_VAN = {"kwartaal": (1, 2, 3, 4), "halfjaar": (2, 4), "jaar": (4,), "tweejaarlijks": (4,)}
VAN_HOOG_NAAR_LAAG = ("eenheid", "district", "basisteam")
_Sleutel = TypeVar("_Sleutel", int, str)
Jaren = tuple[int, int]  # the first and the last year


def is_verschuldigd(
    indicator: Any, onderdeel: Any, kwartaal: Kwartaal, jaren: Iterable[Jaren], *, uitgezonderd: bool
) -> bool:
    """Whether the onderdeel owes this value: in the years of a plan; the years before are a baseline."""
    gedekt = any(begin <= kwartaal.jaar <= eind for begin, eind in jaren)
    return gedekt and wordt_gemeten(indicator, onderdeel, kwartaal, uitgezonderd=uitgezonderd)


def wordt_gemeten(indicator: Any, onderdeel: Any, kwartaal: Kwartaal, *, uitgezonderd: bool) -> bool:
    """Whether this value is asked for in whatever year; ``uitgezonderd``: the indicator does not apply to it."""
    return (
        not uitgezonderd
        and telt_in(indicator, kwartaal)
        and is_gevraagd(indicator.aggregatie, indicator.niveau, onderdeel.soort)
        and bestaat_in(onderdeel, dag := kwartaal.einde(), dag)
        and is_meetmoment(indicator.frequentie, indicator.eerste_jaar, kwartaal.jaar, kwartaal.nummer)
    )


def telt_in(indicator: Any, kwartaal: Kwartaal) -> bool:
    """Whether the quarter lies between the first and the last that the definition names, both included."""
    begin, eind = indicator.vanaf, indicator.tot  # 2026-Q3: as text they come in the order of time
    return (not begin or begin <= str(kwartaal)) and (not eind or str(kwartaal) <= eind)


def is_meetmoment(frequentie: str, eerste_jaar: int | None, jaar: int, kwartaal: int | None) -> bool:
    """Whether the indicator is measured in this period: what is measured per year in the fourth quarter.

    A whole year (None) always fits, but of a survey every two years only its own years do, from the first.
    """
    if frequentie == "tweejaarlijks" and eerste_jaar is not None and (jaar < eerste_jaar or (jaar - eerste_jaar) % 2):
        return False
    return kwartaal is None or kwartaal in KWARTALEN_VAN[frequentie]


def is_optelbaar(aggregatie: str, herkomst: str) -> bool:
    """Whether a whole is the sum of its parts.

    A survey is not. Nor is a derived stand: a district is more than its teams, so it is derived for each level.
    """
    return aggregatie != "enquete" and (aggregatie, herkomst) != ("stand", "afgeleid")


def is_gevraagd(aggregatie: str, niveau: str, soort: str, herkomst: str = "invoer") -> bool:
    """Whether an onderdeel of this kind has a value of itself; everything above it is added up.

    What is never added up is asked for at its level and at every level above, up to the unit.
    """
    if is_optelbaar(aggregatie, herkomst) or soort not in VAN_HOOG_NAAR_LAAG:
        return soort == niveau
    return VAN_HOOG_NAAR_LAAG.index(soort) <= VAN_HOOG_NAAR_LAAG.index(niveau)


def bestaat_in(onderdeel: Any, eerste: date, laatste: date) -> bool:
    """Whether it was there on any of these days."""
    vanaf, tot = onderdeel.geldig_vanaf, onderdeel.geldig_tot
    return (vanaf is None or vanaf <= laatste) and (tot is None or tot > eerste)


def uitgezonderden(niet_voor: Collection[_Sleutel], ouders: Mapping[_Sleutel, Any]) -> frozenset[_Sleutel]:
    """What an indicator does not apply to, with everything below it; ``ouders`` names what each lies under."""
    weg = frozenset(niet_voor)
    onder = frozenset(plek for plek, ouder in ouders.items() if ouder in weg)
    return weg if onder <= weg else uitgezonderden(weg | onder, ouders)
