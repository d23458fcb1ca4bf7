"""Until when the request of this thread may wait. The server sets it; a command or a worker has no such moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

# Seconds from the moment a request was in, waiting for a thread included; an answer takes ten at most. What is left is
# for a connection that is still being tried (two seconds at least, by libpq's rule) and for the page that says it.
TERMIJN = 8.5

_draad = threading.local()


def over() -> float | None:
    """Seconds left, below zero when it is too late; None where nobody waits."""
    eind: float | None = getattr(_draad, "eind", None)
    return None if eind is None else eind - time.monotonic()


@contextmanager
def tot(eind: float) -> Iterator[None]:
    """Until this moment of ``time.monotonic``, or sooner where that was said already."""
    eerder: float | None = getattr(_draad, "eind", None)
    _draad.eind = eind if eerder is None else min(eind, eerder)
    try:
        yield
    finally:
        _draad.eind = eerder
