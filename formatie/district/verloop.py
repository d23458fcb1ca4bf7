"""The course of places and people over quarters, as it is drawn and as its table. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.tekst.periode import Kwartaal
from formatie.bezetting.bezet import Stand
from formatie.district.zinnen import fte, verschilwoorden

KOPPEN = ("Kwartaal", "Formatie (fte)", "Bezetting (fte)", "Opmerking")
ONBEKEND = "–"


@dataclass(frozen=True)
class Verloop:
    """One place through the quarters; a quarter without people is a gap, one without a plan has no places."""

    code: str
    naam: str
    kwartalen: tuple[Kwartaal, ...]
    standen: tuple[Stand, ...]

    @property
    def leeg(self) -> bool:
        """Nothing to draw: places alone are in the table of the plan already."""
        return all(stand.bezetting is None for stand in self.standen)

    @property
    def koppen(self) -> tuple[str, ...]:
        return KOPPEN

    @property
    def rijen(self) -> list[tuple[str, ...]]:
        """Exactly the plotted numbers."""
        paren = zip(self.kwartalen, self.standen, strict=True)
        return [(k.leesbaar, _cijfer(s.formatie), _cijfer(s.bezetting), self._noot(k, s)) for k, s in paren]

    def _noot(self, kwartaal: Kwartaal, stand: Stand) -> str:
        noten = []
        if stand.formatie is None:
            noten.append("geen plan")
        if stand.bezetting is None:
            noten.append("geen volledige bezetting")
        if kwartaal in self.stappen:
            noten.append("plan gewijzigd")
        return ", ".join(noten)

    @property
    def stappen(self) -> set[Kwartaal]:
        """The quarters in which the places differ from those of the quarter before."""
        paren = zip(self.kwartalen[1:], self.standen[1:], self.standen, strict=False)
        return {k for k, nu, toen in paren if nu.formatie != toen.formatie and None not in (nu.formatie, toen.formatie)}

    @property
    def conclusie(self) -> str:
        """From the first to the last quarter that is known, in one sentence."""
        bekend = [(k, s) for k, s in zip(self.kwartalen, self.standen, strict=True) if s.bezetting is not None]
        if not bekend:
            return "Er is geen vastgestelde bezetting in deze kwartalen."
        (eerste, begin), (laatste, eind) = bekend[0], bekend[-1]
        slot = "" if eind.verschil is None else f", {verschilwoorden(eind.verschil)}"
        if len(bekend) == 1 or begin.bezetting is None or eind.bezetting is None:
            return f"In {laatste.leesbaar} {_cijfer(eind.bezetting)} fte{slot}."
        van_tot = (
            f"Van {fte(begin.bezetting)} fte in {eerste.leesbaar} naar {fte(eind.bezetting)} in {laatste.leesbaar}"
        )
        return f"{van_tot}{slot}."

    def waarden(self) -> list[Decimal]:
        """Every number that needs room on the axis."""
        return [w for stand in self.standen for w in (stand.formatie, stand.bezetting) if w is not None]


def _cijfer(waarde: Decimal | None) -> str:
    return ONBEKEND if waarde is None else fte(waarde)


def gelijke_as(verlopen: Iterable[Verloop]) -> tuple[Decimal, Decimal]:
    """The lowest and highest number of charts that share one axis."""
    alle = [waarde for verloop in verlopen for waarde in verloop.waarden()]
    return (min(alle), max(alle)) if alle else (Decimal(0), Decimal(1))


def stukken(waarden: Sequence[Decimal | None]) -> list[list[int]]:
    """Places of consecutive known values: a line is never drawn over a gap."""
    runs: list[list[int]] = []
    for plek, waarde in enumerate(waarden):
        if waarde is None:
            continue
        if runs and runs[-1][-1] == plek - 1:
            runs[-1].append(plek)
        else:
            runs.append([plek])
    return runs
