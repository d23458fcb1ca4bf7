"""Merged cells: only the first of them holds anything, while a person reads it in all."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.invoer.importeren.bestand.cel import IN_KOLOM, Bezwaar, adres
from monitor.invoer.importeren.bestand.rijen import MAX_KOLOMMEN, Rauw

_VAN_TOT = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


class Bereik(NamedTuple):
    """A rectangle of cells, its edges counted from 1."""

    boven: int
    links: int
    onder: int
    rechts: int

    def __str__(self) -> str:
        return f"{adres(self.boven, self.links)}:{adres(self.onder, self.rechts)}"


def lees_bereik(tekst: str) -> Bereik | None:
    """D2:D4 as a file writes it."""
    delen = _VAN_TOT.fullmatch(tekst)
    return Bereik(int(delen[2]), kolomnummer(delen[1]), int(delen[4]), kolomnummer(delen[3])) if delen else None


def kolomnummer(letters: str) -> int:
    nummer = 0
    for teken in letters:
        nummer = nummer * 26 + ord(teken) - 64
    return nummer


def met_bedekte(rijen: Sequence[Rauw], bereiken: Sequence[Bereik]) -> Iterator[Rauw]:
    """The rows with an objection at every cell that is covered by another that says something."""
    if not bereiken:
        yield from rijen
        return
    gevuld = {nummer: cellen for nummer, cellen, _ in rijen}
    per_rij: dict[int, list[Bereik]] = defaultdict(list)
    for bereik in bereiken:
        if _tekst(gevuld, bereik):
            for nummer in range(bereik.boven, min(bereik.onder, max(gevuld)) + 1):
                per_rij[nummer].append(bereik)
    for nummer, cellen, bezwaren in rijen:
        bedekt = {plek: bezwaar for bereik in per_rij[nummer] for plek, bezwaar in _bedekt(nummer, bereik)}
        yield nummer, cellen, bezwaren | bedekt if any(map(str.strip, cellen)) else bezwaren


def _tekst(gevuld: dict[int, list[str]], bereik: Bereik) -> str:
    cellen = gevuld.get(bereik.boven, [])
    return cellen[bereik.links - 1].strip() if bereik.links <= len(cellen) else ""


def _bedekt(nummer: int, bereik: Bereik) -> Iterator[tuple[int, Bezwaar]]:
    """The covered cells of one row, counted from 0."""
    raad = f"vul {IN_KOLOM} {'apart' if nummer == bereik.boven else 'in elke rij'} in"
    bezwaar = Bezwaar(f"hoort bij de samengevoegde cel {bereik}; {raad}", mag_in=())
    eerste = bereik.links - (nummer != bereik.boven)
    for plek in range(eerste, min(bereik.rechts, MAX_KOLOMMEN)):
        yield plek, bezwaar
