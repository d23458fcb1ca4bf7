"""The round numbers along an axis. Pure."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

STREEPJES = 5


def asstreepjes(
    laagste: Decimal, hoogste: Decimal, hoeveel: int = STREEPJES, fijnste: Decimal = Decimal(0)
) -> list[Decimal]:
    """Round numbers that together cover the range, at most ``hoeveel`` + 2 of them; exact, so 0,3 is 0,3.

    ``fijnste`` is the smallest step that means something: half a person does not.
    """
    bereik = hoogste - laagste
    if bereik <= 0:
        bereik = abs(hoogste) or Decimal(1)
    grof = bereik / hoeveel
    macht = Decimal(1).scaleb(grof.adjusted())
    stap = max(next(macht * f for f in (1, 2, 5, 10) if macht * f >= grof), fijnste)
    eerste = (laagste / stap).to_integral_value(ROUND_FLOOR)
    laatste = max((hoogste / stap).to_integral_value(ROUND_CEILING), eerste + 1)
    return [stap * (eerste + n) for n in range(int(laatste - eerste) + 1)]
