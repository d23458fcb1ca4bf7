"""Chance as it shows in counts, shares and amounts: the same for the same name. Pure; what is drawn is a whole number.

``spreiding`` is how many times wider the variance is than that of pure chance: 1 is pure chance, counts of the police
lie somewhat above it.
"""

from math import sqrt
from random import Random

_KLEIN = 60  # below it every event is drawn by itself; above it the normal curve is as good


def toeval_van(*delen: object) -> Random:
    """A generator of its own for each name, so that a longer series begins with the shorter one."""
    return Random("/".join(map(str, delen)))  # noqa: S311  # fictitious figures, no secrets


def trek_aantal(toeval: Random, verwacht: float, spreiding: float = 1) -> int:
    """A count: Poisson, with a level that itself varies (gamma) where ``spreiding`` is more than 1."""
    if verwacht <= 0:
        return 0
    if spreiding > 1:
        verwacht = toeval.gammavariate(verwacht / (spreiding - 1), spreiding - 1)
    if verwacht > _KLEIN:
        return max(0, round(toeval.gauss(verwacht, sqrt(verwacht))))
    aantal, tijd = 0, toeval.expovariate(1)
    while tijd < verwacht:
        aantal, tijd = aantal + 1, tijd + toeval.expovariate(1)
    return aantal


def trek_deel(toeval: Random, geheel: int, kans: float, spreiding: float = 1) -> int:
    """How many of so many, each with this chance: never fewer than none, never more than all."""
    kans = min(1.0, max(0.0, kans))
    if geheel <= _KLEIN and spreiding == 1:
        return sum(toeval.random() < kans for _ in range(geheel))
    breedte = sqrt(geheel * kans * (1 - kans) * spreiding)
    return min(geheel, max(0, round(toeval.gauss(geheel * kans, breedte))))


def trek_bedrag(toeval: Random, verwacht: float, ruis: float) -> int:
    """An amount in whole euros, skewed to the right as amounts are; ``ruis`` is a share of what is expected."""
    return round(verwacht * toeval.lognormvariate(-(ruis**2) / 2, ruis))
