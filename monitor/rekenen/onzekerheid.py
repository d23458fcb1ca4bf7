"""How far chance alone reaches around a small count or a share. Pure, in Decimal.

Garwood (1936) for counts, Wilson (1927) for shares; both at 95%. The ends are right to at least eight decimals.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import cache

KLEIN = 50  # counts below this show their interval
HALF = Decimal("0.025")  # what may fall outside on each side
Z = Decimal("1.959963984540054")  # the standard normal quantile of 97,5%
CIJFERS = 34
NAUWKEURIG = Decimal("1e-10")

Interval = tuple[Decimal, Decimal]


@cache
def poisson(aantal: int) -> Interval:
    """The exact interval of the mean of a count from 0 up to ``KLEIN``; ValueError for any other count."""
    if not 0 <= aantal < KLEIN:
        raise ValueError(f"Geen klein aantal: {aantal}")
    with localcontext(prec=CIJFERS):
        onder = _waar(aantal - 1, 1 - HALF) if aantal else Decimal(0)
        return onder, _waar(aantal, HALF)


def _waar(aantal: int, kans: Decimal) -> Decimal:
    """The mean at which the chance of at most ``aantal`` is ``kans``: halved until it is known well enough."""
    laag, hoog = Decimal(0), Decimal(2 * aantal + 10)
    while hoog - laag > NAUWKEURIG:
        midden = (laag + hoog) / 2
        laag, hoog = (midden, hoog) if _hoogstens(aantal, midden) > kans else (laag, midden)
    return (laag + hoog) / 2


def _hoogstens(aantal: int, gemiddelde: Decimal) -> Decimal:
    """The chance of at most ``aantal`` where ``gemiddelde`` is expected."""
    term = som = Decimal(1)
    for k in range(1, aantal + 1):
        term = term * gemiddelde / k
        som += term
    return som * (-gemiddelde).exp()


def wilson(teller: Decimal, noemer: Decimal) -> Interval:
    """The interval of a share ``teller / noemer``, as shares from 0 to 1; ValueError where it is no share."""
    if not (noemer > 0 and 0 <= teller <= noemer):
        raise ValueError(f"Geen deel van een geheel: {teller} van {noemer}")
    with localcontext(prec=CIJFERS):
        kwadraat = Z * Z
        midden = (teller + kwadraat / 2) / (noemer + kwadraat)
        breed = Z * (teller * (noemer - teller) / noemer + kwadraat / 4).sqrt() / (noemer + kwadraat)
        return max(Decimal(0), midden - breed), min(Decimal(1), midden + breed)
