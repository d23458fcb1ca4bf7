"""Exact arithmetic on arrays: whole numbers, scaled by ten thousand, that never overflow.

Values have at most four decimals, so times 10.000 they are whole. An array is int64 as long as the largest
number that a rule can make of it fits; otherwise the same rule runs on Python's own unbounded integers.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Reeks = npt.NDArray[Any]  # int64, bool, or object with Python integers

SCHAAL = 10_000
SCHAAL_VERWACHTING = 100_000_000
GROOTSTE_GETAL = 2**63 - 1
LEEG = -(2**63)  # stands for NULL in a column of results; never takes part in arithmetic


class Kolommen:
    """Base of a dataclass of which every field is an array: what is done to all of these alike."""

    @classmethod
    def namen(cls) -> list[str]:
        return list(cls.__dataclass_fields__)  # type: ignore[attr-defined]  # a dataclass

    def kies(self, plek: Any) -> Self:
        """The same part of every array."""
        return type(self)(**{naam: getattr(self, naam)[plek] for naam in self.namen()})

    def zet(self, plek: Any, deel: Self) -> None:
        for naam in self.namen():
            getattr(self, naam)[plek] = getattr(deel, naam)

    @classmethod
    def samen(cls, delen: Sequence[Self], as_: int = 0) -> Self:
        """The parts after one another along an axis."""
        return cls(**{naam: np.concatenate([getattr(deel, naam) for deel in delen], axis=as_) for naam in cls.namen()})


def grootste(reeks: Reeks) -> int:
    """The largest magnitude in the array, 0 when it is empty."""
    return max(abs(int(reeks.max())), abs(int(reeks.min()))) if reeks.size else 0


def ruim(grens: int, *reeksen: Reeks) -> tuple[Reeks, ...]:
    """The arrays as they are, or as Python integers when ``grens`` does not fit in 64 bits."""
    if grens <= GROOTSTE_GETAL:
        return reeksen
    return tuple(reeks.astype(object) for reeks in reeksen)


def reeks_van(getallen: Iterable[int]) -> Reeks:
    """An array of whole numbers, of the narrowest kind that holds them all with room for sums."""
    lijst = list(getallen)
    krap = max(map(abs, lijst), default=0) <= GROOTSTE_GETAL >> 16
    return np.array(lijst, dtype=np.int64 if krap else object)


def geschaald(waarde: Decimal | None, schaal: int = SCHAAL) -> int:
    """A Decimal as a whole number. ValueError when it has more decimals than the scale holds."""
    if waarde is None:
        return LEEG
    with localcontext() as rekenaar:
        rekenaar.prec = 60
        product = waarde * schaal
        if product != int(product):
            raise ValueError(f"{waarde} heeft te veel decimalen.")
    return int(product)


def ongeschaald(getal: int, schaal: int = SCHAAL) -> Decimal | None:
    """Back to a Decimal, exactly; LEEG becomes None."""
    getal = int(getal)
    if getal == LEEG:
        return None
    return Decimal(getal).scaleb(-(len(str(schaal)) - 1))


def deel_afgerond(teller: Reeks, noemer: Reeks) -> Reeks:
    """teller ÷ noemer to whole numbers, halves away from zero. Only for showing, never for judging."""
    teken = np.where(teller < 0, -1, 1)
    return teken * ((2 * abs(teller) + noemer) // (2 * noemer))
