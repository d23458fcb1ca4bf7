"""``python -m bench [--kort] [onderdeel …]``: each part prints its own table; without names every part runs.

Every part runs in a process of its own, so that none inherits the scratch database of another. ``--kort`` measures
little of everything: whether each part still measures what it names, not how fast it is.
"""

from __future__ import annotations

import importlib
import subprocess
import sys

from bench.kladdatabase import sjablonen
from bench.regel import toon

ONDERDELEN = ("rekenen", "paginas", "invoer", "invoer_bestand", "formatie", "drukte", "aanval", "gewicht", "narekenen")
KORT = "--kort"


def main(argumenten: list[str]) -> int:
    namen = [naam for naam in argumenten if naam != KORT] or list(ONDERDELEN)
    onbekend = [naam for naam in namen if naam not in ONDERDELEN]
    if onbekend:
        print(f"Onbekend: {', '.join(onbekend)}. Kies uit {', '.join(ONDERDELEN)}.", file=sys.stderr)
        return 1
    kort = KORT in argumenten
    if len(namen) == 1:
        return _draai(namen[0], kort=kort)
    with sjablonen():
        return max([_in_eigen_proces(naam, kort=kort) for naam in namen])


def _draai(naam: str, *, kort: bool) -> int:
    """A part is a module with a ``KOP`` and ``meet(kort=…)``, which gives its lines or raises."""
    onderdeel = importlib.import_module(f"bench.{naam}")
    return toon(onderdeel.KOP, onderdeel.meet(kort=kort), kort=kort)


def _in_eigen_proces(naam: str, *, kort: bool) -> int:
    opdracht = [sys.executable, "-m", "bench", naam, *([KORT] if kort else [])]
    uitkomst = subprocess.run(opdracht, check=False).returncode
    if uitkomst:
        print(f"{naam}: niet goed", file=sys.stderr)
    return min(abs(uitkomst), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
