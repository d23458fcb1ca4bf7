"""On which screens a page is looked at: one in the suite, the other three in chaos.

The suite also opens every route once, on all four in turn (``test_alle_routes``).
"""

from __future__ import annotations

import pytest

BREEDTES, KLEUREN = (1280, 320), ("light", "dark")
IN_DE_SUITE = (320, "dark")
op_elk_scherm = pytest.mark.parametrize(
    ("breed", "kleuren"),
    [
        pytest.param(breed, kleuren, marks=[] if (breed, kleuren) == IN_DE_SUITE else pytest.mark.chaos)
        for breed in BREEDTES
        for kleuren in KLEUREN
    ],
)
