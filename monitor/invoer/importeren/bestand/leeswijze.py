"""How one file is read: what its owner said that headings mean, and whom to tell how far it is."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

MELD_PER = 1000  # rows


def _zwijg(rijen: int) -> None:
    """Nobody asked."""


@dataclass(frozen=True, slots=True)
class Leeswijze:
    """``koppelingen``: a heading by what counts in its word → the column it is of. ``meld`` is told of rows read."""

    koppelingen: Mapping[str, str] = field(default_factory=dict)
    meld: Callable[[int], None] = _zwijg


# The header is looked for by the separator of a CSV, by the choice of a sheet and by the rows: all read it one way.
_GEWOON = Leeswijze()
_NU: ContextVar[Leeswijze] = ContextVar("leeswijze", default=_GEWOON)


@contextmanager
def gelezen_als(wijze: Leeswijze) -> Iterator[None]:
    vorige = _NU.set(wijze)
    try:
        yield
    finally:
        _NU.reset(vorige)


def gekoppeld(vorm: str) -> str:
    """The column that a heading was said to be of; empty when nothing was said."""
    return _NU.get().koppelingen.get(vorm, "")


def meld_stand(rijen: int) -> None:
    if rijen % MELD_PER == 0:
        _NU.get().meld(rijen)
