"""A bar comparison of the teams of a district, with its conclusion in words and the same numbers as its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.tekst.getallen import toon
from formatie.district.stand import Plaatsrij


@dataclass(frozen=True)
class Staaf:
    """One bar: its label, its value in fte, and how long it is on a scale from 0 to 100."""

    naam: str
    waarde: Decimal
    tekst: str
    lengte: str


@dataclass(frozen=True)
class Staven:
    """A bar comparison: a conclusion in one sentence and the bars, which all start at 0."""

    naam: str
    titel: str
    conclusie: str
    staven: list[Staaf]


def teamstaven(teams: Sequence[Plaatsrij]) -> list[Staven]:
    """The teams of a district next to each other: their places, and those for wijkagenten."""
    formatie = [(rij.naam, rij.fte) for rij in teams if rij.fte is not None]
    wijk = [(rij.naam, rij.wijkagenten) for rij in teams if rij.wijkagenten is not None]
    gemaakt = (
        staven("plaatsen", "Formatie per basisteam", "plaatsen", formatie),
        staven("wijkagenten", "Wijkagenten per basisteam", "plaatsen voor wijkagenten", wijk),
    )
    return [figuur for figuur in gemaakt if figuur]


def staven(naam: str, titel: str, wat: str, waarden: list[tuple[str, Decimal]]) -> Staven | None:
    """Bars of one kind of places over the teams; None where there is nothing to draw."""
    hoogste = max((waarde for _, waarde in waarden), default=Decimal(0))
    if not hoogste:
        return None
    getekend = [
        # The length is a picture of the number and the only place where it is rounded.
        Staaf(label, waarde, fte(waarde), f"{waarde / hoogste * 100:.2f}")
        for label, waarde in waarden
    ]
    return Staven(naam, titel, _conclusie(wat, waarden), getekend)


def _conclusie(wat: str, waarden: list[tuple[str, Decimal]]) -> str:
    if len(waarden) == 1:
        naam, waarde = waarden[0]
        return f"{naam} is het enige basisteam: {fte(waarde)} fte {wat}."
    hoogste, laagste = max(w for _, w in waarden), min(w for _, w in waarden)
    if hoogste == laagste:
        return f"Alle basisteams hebben evenveel {wat}: {fte(hoogste)} fte."
    return (
        f"{_namen(waarden, hoogste)} met {fte(hoogste)} fte de meeste {wat}, "
        f"{_namen(waarden, laagste, kort=True)} met {fte(laagste)} fte de minste."
    )


def _namen(waarden: list[tuple[str, Decimal]], waarde: Decimal, kort: bool = False) -> str:
    namen = [naam for naam, eigen in waarden if eigen == waarde]
    opsomming = " en ".join([", ".join(namen[:-1]), namen[-1]] if len(namen) > 1 else namen)
    return opsomming if kort else f"{opsomming} {'hebben' if len(namen) > 1 else 'heeft'}"


def fte(waarde: Decimal) -> str:
    """Dutch notation with the decimals the figure has."""
    return toon(waarde, max(0, -int(waarde.as_tuple().exponent)))
