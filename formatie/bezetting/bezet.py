"""People beside places. Pure: exact decimals in fte, and what is missing stays missing, in every sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

TIENDE = Decimal("0.1")
HONDERD = Decimal(100)
NIETS_VASTGESTELD = "er is geen bezetting vastgesteld"


@dataclass(frozen=True)
class Mensen:
    """Who work at one place on the last day of a quarter; None is not reported. ``reden`` says why it is not.

    ``wijkagenten`` are the wijkagenten and the wijkagenten expert together, ``expert`` the latter alone.
    """

    fte: Decimal | None = None
    os: Decimal | None = None
    nos: Decimal | None = None
    aspiranten: Decimal | None = None
    wijkagenten: Decimal | None = None
    expert: Decimal | None = None
    ziek: Decimal | None = None
    voorlopig: bool = False
    reden: str = ""


GEEN_GETAL = ("voorlopig", "reden")
KOLOMMEN = tuple(veld.name for veld in fields(Mensen) if veld.name not in GEEN_GETAL)
Sleutel = tuple[str, str]
"""The code of an onderdeel and the kind of places there."""


def samen(delen: Iterable[Mensen], reden: str = "") -> Mensen:
    """The parts added up, column by column; a column in which one part is missing has no sum."""
    alle = list(delen)
    sommen = {kolom: som([getattr(deel, kolom) for deel in alle]) for kolom in KOLOMMEN}
    return Mensen(**sommen, voorlopig=any(deel.voorlopig for deel in alle), reden=reden)


def tel_op(plaatsen: Mapping[Sleutel, Decimal], mensen: Mapping[Sleutel, Mensen]) -> Mensen:
    """The people of a whole: of every part with places, and of whoever else was reported."""
    nodig = dict.fromkeys([*(plek for plek, fte in plaatsen.items() if fte), *mensen])
    gemeld = len([plek for plek in nodig if plek in mensen])
    return samen((mensen.get(plek, Mensen()) for plek in nodig), onvolledig(gemeld, len(nodig)))


def onvolledig(gemeld: int, verwacht: int) -> str:
    """Why a whole has no sum; empty when every part was reported."""
    if not gemeld:
        return NIETS_VASTGESTELD
    return "" if gemeld >= verwacht else f"de bezetting is vastgesteld voor {gemeld} van de {verwacht} onderdelen"


def som(waarden: Iterable[Decimal | None]) -> Decimal | None:
    """Their sum; None when one is missing or when there is none at all."""
    alle = list(waarden)
    bekend = [waarde for waarde in alle if waarde is not None]
    return sum(bekend, Decimal(0)) if alle and len(bekend) == len(alle) else None


def netjes(waarde: Decimal | None) -> Decimal | None:
    """With one decimal, as the plan prints its places, unless that would lose something."""
    if waarde is None:
        return None
    tiende = waarde.quantize(TIENDE)
    return tiende if tiende == waarde else waarde


@dataclass(frozen=True)
class Stand:
    """Places and people of one place."""

    formatie: Decimal | None
    bezetting: Decimal | None

    @property
    def verschil(self) -> Decimal | None:
        """Bezetting minus formatie: negative is onderbezetting."""
        if self.formatie is None or self.bezetting is None:
            return None
        return self.bezetting - self.formatie

    @property
    def percentage(self) -> Decimal | None:
        """How much of the places is taken; without places there is nothing to take a part of."""
        if self.bezetting is None or not self.formatie or self.formatie < 0:
            return None
        return self.bezetting * HONDERD / self.formatie

    @property
    def compleet(self) -> bool:
        return self.verschil is not None


def bezette_plaatsen(stand: Stand) -> Decimal | None:
    """A place is taken at most once: what one team has too many fills no place of another."""
    return None if stand.formatie is None or stand.bezetting is None else min(stand.formatie, stand.bezetting)


def woord(verschil: Decimal) -> str:
    """What a difference means, in words."""
    if not verschil:
        return "gelijk"
    return "te weinig" if verschil < 0 else "te veel"


def inzetbaar(aspiranten: Decimal | None, deel: Decimal) -> Decimal | None:
    """How much of the aspiranten can be deployed during their training; shown, never subtracted."""
    return None if aspiranten is None else aspiranten * deel / HONDERD
