"""Read once for everybody what is the same for everybody, until a table that it was read from is written to.

Which tables those are is taken from the queries themselves, so none is forgotten. That they are noted when they are
written to (``common.pagina.cache``) is for who shares to see to.
"""

import re
from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from django.core.cache import cache
from django.db import connection

from common.pagina.cache import BEWAAR_SECONDEN, Stand, lees_standen

_TABEL = re.compile(r"\b(?:accounts|common|formatie|monitor|strategie|sturing)_\w+")
_Gelezen = tuple[Any, frozenset[str]]


class Lezer:
    """Reads everything once, for one reader. What was shared is handed over as a copy, which nobody else changes.

    Who shares reads as of one moment (``een_stand``), and not in a transaction that may have written.
    """

    def __init__(self, *, deelt: bool = False) -> None:
        self._deelt = deelt
        self._gelezen: dict[str, _Gelezen] = {}
        self._bezig: list[set[str]] = []

    def lees(self, naam: str, maak: Callable[[], Any]) -> Any:
        """What is read inside something else counts for that too, also where it was read before."""
        if naam not in self._gelezen:
            self._gelezen[naam] = (self._deelt and self._gedeeld(naam)) or self._lees_zelf(naam, maak)
        waarde, tabellen = self._gelezen[naam]
        for buiten in self._bezig:
            buiten |= tabellen
        return waarde

    def _gedeeld(self, naam: str) -> _Gelezen | None:
        stand, waarde, tabellen = cache.get(f"gedeeld:{naam}") or (None, None, frozenset())
        return (waarde, tabellen) if stand == self._stand(tabellen) else None

    def _lees_zelf(self, naam: str, maak: Callable[[], Any]) -> _Gelezen:
        """Every query is seen by all that it is read inside of."""
        self._bezig.append(set())
        with connection.execute_wrapper(partial(_noteer, self._bezig[-1])):
            waarde = maak()
        tabellen = frozenset(self._bezig.pop())
        if self._deelt:
            cache.set(f"gedeeld:{naam}", (self._stand(tabellen), waarde, tabellen), BEWAAR_SECONDEN)
        return waarde, tabellen

    @cached_property
    def _standen(self) -> dict[str, Stand]:
        return lees_standen()

    def _stand(self, tabellen: frozenset[str]) -> dict[str, Stand]:
        return {tabel: stand for tabel, stand in self._standen.items() if tabel in tabellen or not tabel}


def _noteer(tabellen: set[str], voer_uit: Callable[..., Any], vraag: str, *rest: Any) -> Any:
    tabellen.update(_TABEL.findall(vraag))
    return voer_uit(vraag, *rest)
