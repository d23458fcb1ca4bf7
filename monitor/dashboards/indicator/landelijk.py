"""The target of the unit as a share of the national one: computed from both, in one sentence."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from common.tekst.getallen import met_eenheid, toon, toon_kort
from monitor.dashboards.indicator.regel import Regel
from monitor.models import Doelstelling, Landelijkdoel
from monitor.rekenen.prognose import als_getal

MILJOEN = Decimal(1_000_000)


def zin(regel: Regel, landelijk: Landelijkdoel | None) -> str:
    """Empty where either target is not known."""
    doel = regel.rij.doelstelling if regel.rij else None
    if landelijk is None or doel is None or doel.soort != Doelstelling.Soort.JAARVOLUME or doel.streefwaarde is None:
        return ""
    deel = toon(als_getal(aandeel(doel.streefwaarde, landelijk.streefwaarde) * 100), 1)
    kern = f"Het doel van de eenheid voor {landelijk.jaar} is {deel}% van het landelijke doel"
    let_op = f" {landelijk.let_op}" if landelijk.let_op else ""
    return f"{kern} ({_getal(landelijk)}, {landelijk.bron}).{let_op}"


def aandeel(eigen: Decimal, landelijk: Decimal) -> Fraction:
    """The exact share, from 0 to 1."""
    return Fraction(eigen) / Fraction(landelijk)


def _getal(landelijk: Landelijkdoel) -> str:
    """Whole millions of euros as people say them."""
    waarde = landelijk.streefwaarde
    if landelijk.eenheid == "€" and waarde % MILJOEN == 0:
        return f"{toon_kort(waarde / MILJOEN)} miljoen euro"
    return met_eenheid(toon_kort(waarde), landelijk.eenheid)
