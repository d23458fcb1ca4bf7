"""Walking over what lies under what: against a plain definition, also over links that go round."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from sturing.regels.boom import bereikbaar, kring_door, vind_weg

PLEKKEN = range(8)
paren = st.lists(st.tuples(st.sampled_from(PLEKKEN), st.sampled_from(PLEKKEN)), max_size=24)
plek = st.sampled_from(PLEKKEN)


def kanten_van(lijst: list[tuple[int, int]]) -> dict[int, set[int]]:
    kanten: dict[int, set[int]] = {}
    for boven, onder in lijst:
        kanten.setdefault(boven, set()).add(onder)
    return kanten


def afsluiting(lijst: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Every pair of which the one lies under the other: joined until nothing is added."""
    alle = set(lijst)
    while nieuw := {(a, d) for a, b in alle for c, d in alle if b == c} - alle:
        alle |= nieuw
    return alle


@given(paren, plek)
def test_everything_below_is_found_and_nothing_else(lijst: list[tuple[int, int]], begin: int) -> None:
    assert bereikbaar(kanten_van(lijst), begin) == {onder for boven, onder in afsluiting(lijst) if boven == begin}


@given(paren, plek, plek)
def test_a_way_is_a_way_and_exists_where_there_is_one(lijst: list[tuple[int, int]], van: int, naar: int) -> None:
    weg = vind_weg(kanten_van(lijst), van, naar)
    assert bool(weg) == (van == naar or (van, naar) in afsluiting(lijst))
    if weg:
        assert (weg[0], weg[-1]) == (van, naar)
        assert set(itertools.pairwise(weg)) <= set(lijst)
        assert len(set(weg)) == len(weg)


@given(paren)
def test_what_is_not_refused_never_goes_round(lijst: list[tuple[int, int]]) -> None:
    """Links that come one by one, those that would make a circle left out: nothing lies under itself."""
    kanten: dict[int, set[int]] = {}
    for boven, onder in lijst:
        if not kring_door(kanten, boven, onder):
            kanten.setdefault(boven, set()).add(onder)
    assert not any(begin in bereikbaar(kanten, begin) for begin in PLEKKEN)


@given(paren, plek, plek)
def test_what_is_refused_would_go_round(lijst: list[tuple[int, int]], boven: int, onder: int) -> None:
    kring = kring_door(kanten_van(lijst), boven, onder)
    met = kanten_van([*lijst, (boven, onder)])
    assert bool(kring) == (boven in bereikbaar(met, onder) or boven == onder)


def test_ten_thousand_in_a_row_is_walked() -> None:
    rij = {nummer: [nummer + 1] for nummer in range(10_000)}
    assert len(bereikbaar(rij, 0)) == 10_000
    assert len(vind_weg(rij, 0, 10_000)) == 10_001
