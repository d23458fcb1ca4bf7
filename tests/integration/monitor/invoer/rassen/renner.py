"""The process of one runner: ``python -m …rassen.renner FD``, one task a line on standard input."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any, TextIO

import django


def main(uit: TextIO) -> None:
    django.setup()
    from tests.integration.monitor.invoer.rassen import lopers, zonder_slot

    def zeg(**bericht: Any) -> None:
        uit.write(json.dumps(bericht) + "\n")
        uit.flush()

    def wacht() -> None:
        zeg(wacht=True)
        sys.stdin.readline()

    lopers.maak_stil()
    for regel in sys.stdin:
        opdracht = json.loads(regel)
        zonder = zonder_slot.ZONDER[opdracht.pop("zonder")]
        with zonder(wacht):
            zeg(**_doe(getattr(lopers, opdracht.pop("wat")), opdracht, wacht))


def _doe(wat: Callable[..., Any], gegevens: dict[str, Any], wacht: Callable[[], None]) -> dict[str, Any]:
    """Everything up to the ``yield`` is getting ready; what comes after it is the race."""
    loper = wat(**gegevens)
    next(loper)
    wacht()
    try:
        next(loper)
    except StopIteration as klaar:
        return {"naam": "gelukt", "waarde": klaar.value}
    except Exception as fout:
        return {"naam": type(fout).__name__, "bericht": str(fout)[:300]}
    raise RuntimeError("a runner has one yield")


if __name__ == "__main__":
    main(os.fdopen(int(sys.argv[1]), "w", encoding="utf-8"))
