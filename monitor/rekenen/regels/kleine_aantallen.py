"""Which districts stay away because few people are in them, and which others with these. Pure, exact."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from formatie.bezetting.onderdrukking import Plek, Som, Vorm, verberg

VERHOUDING = (Som("noemer", ("teller", "rest")),)
SAMEN = "~samen"
Periode = dict[int, tuple[Decimal, Decimal]]
"""Of the districts in one quarter teller and noemer."""


@dataclass
class Verloop:
    """Of an indicator in a year what its districts were, as it became known: a table whenever a quarter was whole."""

    drempel: Decimal
    bekend: dict[int, Periode] = field(default_factory=lambda: defaultdict(dict))
    klein: set[int] = field(default_factory=set)
    perioden: list[tuple[Periode, frozenset[int]]] = field(default_factory=list)
    """With the districts that had a small number by then."""

    def neem_op(self, kwartaal: int, onderdeel: int, teller: Decimal | None, noemer: Decimal | None) -> None:
        if teller is None or noemer is None:
            self.bekend[kwartaal].pop(onderdeel, None)
            return
        self.bekend[kwartaal][onderdeel] = (teller, noemer)
        if any(0 < deel < self.drempel for deel in (teller, noemer - teller)):
            self.klein.add(onderdeel)

    def sluit(self, kwartaal: int, verwacht: int = 1) -> None:
        """Keep how a quarter stands, when as many delivered as should."""
        if len(self.bekend[kwartaal]) >= verwacht:
            self.perioden.append((dict(self.bekend[kwartaal]), frozenset(self.klein)))

    def verborgen(self) -> set[int]:
        """The small districts with those that must stay away too; all of them when the unit's figure gives too much."""
        tabellen = [_tabel(periode) for periode, _ in self.perioden]
        plaatsen = sorted({plek[0] for tabel in tabellen for plek in tabel} - {SAMEN})
        vorm = Vorm(((Som(SAMEN, tuple(plaatsen)),), VERHOUDING))
        eigen = frozenset(
            (n, plek)
            for n, (_, klein) in enumerate(self.perioden)
            for plek in tabellen[n]
            if plek[0] in map(str, klein)
        )
        verborgen = {plek[0] for plek in verberg(tabellen, vorm, drempel=self.drempel, eigen=eigen)}
        return self.klein | {int(plaats) for plaats in (plaatsen if SAMEN in verborgen else verborgen)}


def _tabel(periode: Periode) -> dict[Plek, Decimal]:
    """Districts and their sum by teller, what it leaves over, and noemer."""
    tabel: dict[Plek, Decimal] = defaultdict(Decimal)
    for onderdeel, (teller, noemer) in periode.items():
        for plaats in (str(onderdeel), SAMEN):
            for kolom, waarde in (("teller", teller), ("rest", noemer - teller), ("noemer", noemer)):
                tabel[plaats, kolom] += waarde
    return dict(tabel)
