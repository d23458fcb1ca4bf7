"""The words of the tables of charts: a cell, the same with its unit, and why there is none."""

from collections.abc import Sequence
from decimal import Decimal

from common.tekst.cijfers import Maat, gedrukt, met_eenheid
from common.tekst.tekens import en
from monitor.dashboards.grafiek.jaarcijfers import Cijfer
from monitor.dashboards.indicator.regel import standwoord
from monitor.models import Stand

GEEN_METING = standwoord(Stand.GEEN_METING)


def cel(getal: Decimal | None) -> str:
    return "" if getal is None else gedrukt(getal)


def met_maat(getal: Decimal | None, maat: Maat) -> str:
    """The words of a cell where no heading says the unit."""
    return "" if getal is None else met_eenheid(gedrukt(getal), maat)


def opmerking(cijfer: Cijfer) -> str:
    """Why there is no value, or what is to be known of it."""
    rij, a = cijfer.rij, cijfer.afgeleid
    if cijfer.waarde is None:
        return standwoord(a.stand)
    mist = f"zonder {en(a.ontbreekt)}" if a.ontbreekt else ""
    deel = f"{rij.geleverd} van {rij.moet_leveren}" if rij.moet_leveren > 1 and rij.geleverd < rij.moet_leveren else ""
    return "; ".join(deel for deel in ("voorlopig" if rij.voorlopig else "", mist, deel) if deel)


def lege_kolommen_weg(
    koppen: Sequence[str], rijen: Sequence[Sequence[str]]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The columns that hold something, the first and the last always."""
    houd = [n for n in range(len(koppen)) if n in (0, len(koppen) - 1) or any(rij[n] for rij in rijen)]
    return tuple(koppen[n] for n in houd), tuple(tuple(rij[n] for n in houd) for rij in rijen)
