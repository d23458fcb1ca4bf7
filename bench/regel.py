"""One line of a measurement, and the table of a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BREEDTE = 64
# What depends on how busy the machine is: only a full run judges it.
VAN_DE_MACHINE = ("×", " ms", " s")


@dataclass(frozen=True)
class Regel:
    """``grens`` is the highest value that is good; None is measured to be read, and judged by nobody."""

    naam: str
    waarde: float
    eenheid: str = ""
    grens: float | None = None

    def goed(self, *, kort: bool) -> bool:
        return self.grens is None or self.waarde <= self.grens or (kort and self.eenheid in VAN_DE_MACHINE)

    def __str__(self) -> str:
        grens = "" if self.grens is None else f"{self.grens:g}{self.eenheid}"
        te_hoog = self.grens is not None and self.waarde > self.grens
        cijfers = 0 if self.waarde >= 1000 and not self.eenheid else 2
        waarde = f"{self.waarde:.{cijfers}f}{self.eenheid}"
        return f"{self.naam:{BREEDTE}}{waarde:>14}{grens:>12}{'  TE HOOG' if te_hoog else ''}"


def toon(kop: str, regels: Sequence[Regel], *, kort: bool) -> int:
    """Print the table; 1 when a line is too high, or there is nothing to show."""
    print(f"\n{kop:{BREEDTE}}{'gemeten':>14}{'grens':>12}")
    for regel in regels:
        print(regel)
    return 0 if regels and all(regel.goed(kort=kort) for regel in regels) else 1
