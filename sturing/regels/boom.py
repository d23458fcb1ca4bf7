"""Walking over what lies under what: every walk ends, also where links go round. Pure."""

from collections import deque
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def bereikbaar(kanten: Mapping[K, Collection[K]], begin: K) -> set[K]:
    """Everything that lies under ``begin``, however far; itself only where it lies under itself."""
    gezien: set[K] = set()
    te_gaan = deque(kanten.get(begin, ()))
    while te_gaan:
        hier = te_gaan.popleft()
        if hier not in gezien:
            gezien.add(hier)
            te_gaan.extend(kanten.get(hier, ()))
    return gezien


def vind_weg(kanten: Mapping[K, Collection[K]], van: K, naar: K) -> Sequence[K]:
    """A shortest way down, both ends included; empty where there is none, ``(van,)`` where both are the same."""
    vandaan: dict[K, K | None] = {van: None}
    te_gaan = deque([van])
    while te_gaan and naar not in vandaan:
        hier = te_gaan.popleft()
        for onder in kanten.get(hier, ()):
            if onder not in vandaan:
                vandaan[onder] = hier
                te_gaan.append(onder)
    return _terug(vandaan, naar) if naar in vandaan else ()


def _terug(vandaan: Mapping[K, K | None], naar: K) -> Sequence[K]:
    weg: list[K] = []
    hier: K | None = naar
    while hier is not None:
        weg.append(hier)
        hier = vandaan[hier]
    return weg[::-1]


def kring_door(kanten: Mapping[K, Collection[K]], boven: K, onder: K) -> Sequence[K]:
    """The way that a new link would close: from ``onder`` down to ``boven``; empty where it makes no circle."""
    return vind_weg(kanten, onder, boven)
