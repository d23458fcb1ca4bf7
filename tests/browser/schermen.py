"""On which screens a page is looked at: two in the suite, the other two in chaos."""

from __future__ import annotations

import pytest

BREEDTES, KLEUREN = (1280, 320), ("light", "dark")
IN_DE_SUITE = ((1280, "light"), (320, "dark"))
op_elk_scherm = pytest.mark.parametrize(
    ("breed", "kleuren"),
    [
        pytest.param(breed, kleuren, marks=[] if (breed, kleuren) in IN_DE_SUITE else pytest.mark.chaos)
        for breed in BREEDTES
        for kleuren in KLEUREN
    ],
)
