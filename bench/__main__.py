"""``python -m bench [onderdeel …]``: each part prints its own table; without names every part runs."""

from __future__ import annotations

import importlib
import importlib.util
import sys

ONDERDELEN = ("rekenen", "paginas", "invoer", "invoer_bestand", "formatie", "drukte", "gewicht")


def main(namen: list[str]) -> int:
    onbekend = [naam for naam in namen if naam not in ONDERDELEN]
    if onbekend:
        print(f"Onbekend: {', '.join(onbekend)}. Kies uit {', '.join(ONDERDELEN)}.", file=sys.stderr)
        return 1
    return max(_draai(naam) for naam in namen or ONDERDELEN)


def _draai(naam: str) -> int:
    """A part is a module with ``main()``; one that is not there is said, not hidden."""
    if importlib.util.find_spec(f"bench.{naam}") is None:
        print(f"{naam}: niet aanwezig")
        return 0
    return int(importlib.import_module(f"bench.{naam}").main())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
