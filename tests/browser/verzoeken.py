"""Wait for the requests of a closed browser: a page that closes still saves, and a test cleans the tables up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from django.core.signals import request_finished, request_started

RUST = 0.3  # seconds without a request
GEDULD = 20.0


@contextmanager
def uitgelopen() -> Iterator[None]:
    """Ends when no request of the block is under way any more, nor began a moment ago."""
    slot, stand = Lock(), {"lopend": 0, "laatst": time.monotonic()}

    def tel(hoeveel: int) -> None:
        with slot:
            stand.update(lopend=max(0, stand["lopend"] + hoeveel), laatst=time.monotonic())

    def begonnen(**_: Any) -> None:
        tel(1)

    def klaar(**_: Any) -> None:
        tel(-1)

    request_started.connect(begonnen)
    request_finished.connect(klaar)
    try:
        yield
        eind = time.monotonic() + GEDULD
        while time.monotonic() < eind and (stand["lopend"] or time.monotonic() - stand["laatst"] < RUST):
            time.sleep(0.05)
    finally:
        request_started.disconnect(begonnen)
        request_finished.disconnect(klaar)
