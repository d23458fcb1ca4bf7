"""Several people at the same moment, each with a connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection


def tegelijk(*doen: Callable[[], Any]) -> list[str]:
    """How it ended for each: ``gelukt``, or the name of the exception."""
    start, uit = Barrier(len(doen)), ["" for _ in doen]

    def _loop(plek: int, doe: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            doe()
            uit[plek] = "gelukt"
        except Exception as fout:
            uit[plek] = type(fout).__name__
        finally:
            connection.close()

    draden = [Thread(target=_loop, args=paar) for paar in enumerate(doen)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    return uit
