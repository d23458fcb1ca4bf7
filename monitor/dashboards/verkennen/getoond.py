"""Of the rows of a question those that its picture shows, so that the table below it holds the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.dashboards.verkennen.reeksen import Reeksrij
from monitor.dashboards.verkennen.vraag import Opzet, Per, Verkenvraag


def rijen_van_beeld(vraag: Verkenvraag, rijen: Sequence[Reeksrij]) -> list[Reeksrij]:
    """Beside or against each other is at the last moment that has a figure; else a picture has all rows."""
    getoond = set(rijen)
    if vraag.opzet is Opzet.NAAST:
        cellen = _cellen(vraag.per, rijen)
        getoond = {rij for code in vraag.indicatoren for rij in _naast([c for c in cellen if c.rij.indicator == code])}
    if vraag.opzet is Opzet.TEGEN and len({rij.onderdeel for rij in rijen}) > 1:
        getoond = _tegen(_cellen(vraag.per, rijen)) or getoond
    return [rij for rij in rijen if rij in getoond]


@dataclass(frozen=True)
class _Cel:
    """A row at its moment: a quarter, or a year with what there was of it."""

    rij: Reeksrij
    moment: int
    getal: Decimal | None


def _cellen(per: Per, rijen: Sequence[Reeksrij]) -> list[_Cel]:
    """Of a year only the last row with a figure, or the last one."""
    if per is Per.KWARTAAL:
        return [_Cel(rij, rij.kwartaal.index, rij.waarde) for rij in rijen]
    op_rij = sorted(rijen, key=lambda rij: (rij.cumulatief is not None, rij.kwartaal.index))
    laatste = {(rij.indicator, rij.onderdeel, rij.kwartaal.jaar): rij for rij in op_rij}
    return [_Cel(rij, rij.kwartaal.jaar, rij.cumulatief) for rij in laatste.values()]


def _naast(cellen: Sequence[_Cel]) -> set[Reeksrij]:
    """Of one indicator; where nothing has a figure the last moment says why."""
    moment = max([c.moment for c in cellen if c.getal is not None] or [c.moment for c in cellen], default=0)
    return {c.rij for c in cellen if c.moment == moment}


def _tegen(cellen: Sequence[_Cel]) -> set[Reeksrij]:
    """At the last moment of which an onderdeel has both figures; nothing where none has."""
    gevuld = {(c.rij.indicator, c.rij.onderdeel, c.moment) for c in cellen if c.getal is not None}
    codes = {c.rij.indicator for c in cellen}
    beide = [m for _, plek, m in gevuld if all((code, plek, m) in gevuld for code in codes)] if len(codes) > 1 else []
    return {c.rij for c in cellen if c.moment == max(beide, default=None)}
