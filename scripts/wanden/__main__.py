"""Prints the measures of the house, with --tekening its drawing.

It judges nothing: the tests do.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from scripts.wanden import keuring, tekening
from scripts.wanden.afspraken import KORTSTE_BESTAND, MEESTE_IN_MAP, MEESTE_REGELS
from scripts.wanden.boom import ALTIJD, BIJ_UITVOEREN, Boom, bestanden_in_git, lees_boom
from scripts.wanden.graaf import kringen

BASIS = Path(__file__).resolve().parents[2]
MAPPEN = 8


def lees_huis() -> Boom:
    return lees_boom(BASIS, bestanden_in_git(BASIS))


def aantal_regels(boom: Boom) -> int:
    """Lines of product Python, without migrations."""
    return sum(module.regels for module in boom.modules.values())


def rapport(boom: Boom) -> Iterator[str]:
    yield from _omvang(boom)
    yield from _mappen(boom)
    yield from _dubbel(boom)
    yield from _typen(boom)
    for naam, regel in keuring.REGELS.items():
        yield from _lijst(f"{naam}: {(regel.__doc__ or '').strip()}", sorted(regel(boom)))


def schets(boom: Boom) -> Iterator[str]:
    yield tekening.teken(tekening.lees_kamers(boom)).rstrip("\n")


def _omvang(boom: Boom) -> Iterator[str]:
    modules = boom.modules.values()
    yield f"Lines of product Python: {aantal_regels(boom)} (limit {MEESTE_REGELS})"
    per_app = Counter({m.app: 0 for m in modules}) + Counter(m.app for m in modules if m.heeft_inhoud)
    yield f"Modules with content: {per_app.total()} ({', '.join(f'{app} {n}' for app, n in sorted(per_app.items()))})"
    kort = [f"{m.naam} {m.regels}" for m in modules if m.heeft_inhoud and m.regels < KORTSTE_BESTAND]
    yield from _lijst(
        f"Files under {KORTSTE_BESTAND} lines without the name of a role",
        [k for k in kort if not keuring.rol_van(k.split()[0])],
    )


def _mappen(boom: Boom) -> Iterator[str]:
    mappen = keuring.per_map(boom).most_common()
    vol = [f"{n:3} {naam}" for plaats, (naam, n) in enumerate(mappen) if plaats < MAPPEN or n > MEESTE_IN_MAP]
    yield from _lijst("Fullest folders", vol)


def _dubbel(boom: Boom) -> Iterator[str]:
    for app, namen in sorted(keuring.dubbele_namen(boom).items()):
        yield from _lijst(
            f"Public names with two meanings in {app}", [f"{n}: {', '.join(w)}" for n, w in namen.items()]
        )


def _typen(boom: Boom) -> Iterator[str]:
    alleen_typen = kringen(boom.pijlen(ALTIJD)) - kringen(boom.pijlen(BIJ_UITVOEREN))
    yield from _lijst("Circles through TYPE_CHECKING (allowed)", [" <-> ".join(kring) for kring in alleen_typen])


def _lijst(kop: str, regels: list[str]) -> Iterator[str]:
    yield f"\n{kop}\n  = {len(regels)}"
    yield from (f"    {regel}" for regel in regels)


if __name__ == "__main__":
    gevraagd = schets if "--tekening" in sys.argv else rapport
    print("\n".join(gevraagd(lees_huis())))
