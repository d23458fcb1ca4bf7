"""Bezetting added up to district and unit, with what may not be shown left out. Pure, exact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from common.tekst.periode import Kwartaal
from formatie.bezetting.onderdrukking import reden, verberg
from formatie.bezetting.vorm import Plek, Som, Vorm

TOTAAL, BASISTEAMS, OVERIG = "totaal", "basisteams", "overig"
DELEN = (TOTAAL, BASISTEAMS, OVERIG)
VELDEN = ("os", "nos", "aspiranten", "wijkagenten", "wijkagenten_expert", "ziek")
KOLOMMEN = ("fte", *VELDEN, "wijkagenten_samen")
DEEL_VAN = {
    "aspiranten": "os",
    "wijkagenten": "os",
    "wijkagenten_expert": "os",
    "wijkagenten_samen": "os",
    "ziek": "fte",
}
KOLOMSOMMEN = (Som("fte", ("os", "nos")), Som("wijkagenten_samen", ("wijkagenten", "wijkagenten_expert")))
REST = "~rest"
"""What the reader may not see, added up: nobody is shown it, but unit minus own district is it."""


@dataclass(frozen=True)
class Cel:
    """A sum in fte. Without ``waarde`` it is hidden (``verborgen`` says why) or nobody reported it.

    ``gemeld``: the parts it is the sum of.
    """

    waarde: Decimal | None = None
    verborgen: str = ""
    gemeld: int = 0


LEEG = Cel()


@dataclass(frozen=True)
class Opgeteld:
    """The people of one district, or of the unit, at the end of one quarter; ``verwacht`` parts should report."""

    onderdeel: str
    kwartaal: Kwartaal
    gemeld: int
    verwacht: int
    cellen: Mapping[tuple[str, str], Cel] = field(default_factory=dict)

    def cel(self, kolom: str, deel: str = TOTAAL) -> Cel:
        """One column of KOLOMMEN, of everything or of one of DELEN."""
        return self.cellen.get((deel, kolom), LEEG)

    @property
    def volledig(self) -> bool:
        return self.gemeld >= self.verwacht

    @property
    def os(self) -> Cel:
        return self.cel("os")

    @property
    def nos(self) -> Cel:
        return self.cel("nos")

    @property
    def fte(self) -> Cel:
        return self.cel("fte")

    @property
    def aspiranten(self) -> Cel:
        return self.cel("aspiranten")

    @property
    def wijkagenten(self) -> Cel:
        return self.cel("wijkagenten")

    @property
    def wijkagenten_expert(self) -> Cel:
        return self.cel("wijkagenten_expert")

    @property
    def wijkagenten_samen(self) -> Cel:
        return self.cel("wijkagenten_samen")

    @property
    def ziek(self) -> Cel:
        return self.cel("ziek")

    @property
    def onvolledig_tekst(self) -> str:
        """“2 van 3 onderdelen”; empty when everything was reported."""
        return "" if self.volledig else f"{self.gemeld} van {self.verwacht} onderdelen"


class Rij(NamedTuple):
    """What the parts of one kind (teams, or others) of one district reported together for one quarter, in fte.

    ``aantal`` parts reported. ``sommen`` and ``gemeld`` in the order of KOLOMMEN: the sum of a column, and how many of
    the parts reported it; when none did, there is no sum, whatever ``sommen`` holds.
    """

    district: str
    jaar: int
    nummer: int
    is_team: bool
    aantal: int
    sommen: tuple[Decimal | None, ...]
    gemeld: tuple[int, ...]

    @property
    def kwartaal(self) -> Kwartaal:
        return Kwartaal(self.jaar, self.nummer)

    def kolommen(self) -> list[tuple[str, Decimal, int]]:
        """Per column that was reported: its sum and of how many parts."""
        alle = zip(KOLOMMEN, self.sommen, self.gemeld, strict=True)
        return [(naam, som, aantal) for naam, som, aantal in alle if som is not None and aantal]


@dataclass
class Optelling:
    """The cells of one quarter: sums, how many parts each is the sum of, and how many of these are teams."""

    sommen: dict[Plek, Decimal] = field(default_factory=dict)
    gemeld: dict[Plek, int] = field(default_factory=lambda: defaultdict(int))
    teams: dict[Plek, int] = field(default_factory=lambda: defaultdict(int))
    rijen: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def van_een_team(self) -> set[Plek]:
        return {plek for plek, aantal in self.gemeld.items() if aantal == 1 and self.teams[plek] == 1}

    def voeg_toe(self, rij: Rij, plaatsen: Iterable[str]) -> None:
        gemeld = rij.kolommen()
        for plaats in plaatsen:
            self.rijen[plaats] += rij.aantal
            for deel in (TOTAAL, BASISTEAMS if rij.is_team else OVERIG):
                for kolom, waarde, aantal in gemeld:
                    plek = (plaats, deel, kolom)
                    self.sommen[plek] = self.sommen.get(plek, Decimal(0)) + waarde
                    self.gemeld[plek] += aantal
                    self.teams[plek] += aantal if rij.is_team else 0


@dataclass(frozen=True)
class Blik:
    """What one reader may see of one unit.

    ``districten``: those shown; ``precies``: those of which small numbers are shown too. ``eenheid_precies``: the
    reader sees everything everywhere.
    """

    eenheid: str
    districten: frozenset[str]
    precies: frozenset[str] = frozenset()
    alles_precies: bool = False

    def plaatsen(self, district: str) -> tuple[str, str]:
        """Where a district's figures are counted."""
        return (district if district in self.districten else REST), self.eenheid


def tel_op(rijen: Iterable[Rij], blik: Blik, alleen: Collection[str] | None = None) -> dict[Kwartaal, Optelling]:
    """Per quarter the cells of every place, or of those in ``alleen``."""
    gevonden: dict[Kwartaal, Optelling] = defaultdict(Optelling)
    for rij in rijen:
        plaatsen = [plaats for plaats in blik.plaatsen(rij.district) if alleen is None or plaats in alleen]
        if plaatsen:
            gevonden[rij.kwartaal].voeg_toe(rij, plaatsen)
    return gevonden


def bepaal_verborgen(rijen: Iterable[Rij], blik: Blik, drempel: Decimal) -> dict[int, frozenset[Plek]]:
    """Year → the cells hidden in every quarter of it. Give it whole years: part of one would show another pattern.

    The districts of which the reader knows everything are taken out first: what is left of the unit without these
    is what the unit's figure would give away.
    """
    if blik.alles_precies:
        return {}
    optellingen = tel_op((rij for rij in rijen if rij.district not in blik.precies), blik)
    per_jaar: dict[int, list[Optelling]] = defaultdict(list)
    for kwartaal in sorted(optellingen):
        per_jaar[kwartaal.jaar].append(optellingen[kwartaal])
    return {jaar: _verborgen_in(van_jaar, blik.eenheid, drempel) for jaar, van_jaar in per_jaar.items()}


def _verborgen_in(optellingen: Sequence[Optelling], eenheid: str, drempel: Decimal) -> frozenset[Plek]:
    eigen = frozenset((n, plek) for n, optelling in enumerate(optellingen) for plek in optelling.van_een_team)
    perioden = [optelling.sommen for optelling in optellingen]
    plaatsen = sorted({plek[0] for periode in perioden for plek in periode} - {eenheid})
    return verberg(perioden, vorm_van(eenheid, plaatsen), drempel=drempel, eigen=eigen)


def vorm_van(eenheid: str, plaatsen: Iterable[str]) -> Vorm:
    """The sums of a table of bezetting: over places, over kinds of parts, over columns."""
    return Vorm(
        ((Som(eenheid, tuple(plaatsen)),), (Som(TOTAAL, (BASISTEAMS, OVERIG)),), KOLOMSOMMEN),
        DEEL_VAN,
    )


def toon(
    plaats: str, kwartaal: Kwartaal, optelling: Optelling, verborgen: Set[Plek], *, verwacht: int, drempel: Decimal
) -> Opgeteld:
    """One line, each cell with its sum or with why it is hidden."""
    cellen = {}
    for deel in DELEN:
        for kolom in KOLOMMEN:
            plek = (plaats, deel, kolom)
            if plek not in optelling.sommen:
                continue
            aantal = optelling.gemeld[plek]
            dicht = plek in verborgen
            cellen[deel, kolom] = (
                Cel(verborgen=reden(drempel), gemeld=aantal) if dicht else Cel(optelling.sommen[plek], gemeld=aantal)
            )
    gemeld = optelling.rijen.get(plaats, 0)
    return Opgeteld(plaats, kwartaal, gemeld, max(gemeld, verwacht), cellen)
