"""Texts as they are shown: what cannot be seen made visible, and words joined as people say them."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Marks and overrides of direction, spaces without width, and the signs of a soft break and of byte order.
_ONZICHTBAAR = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def zichtbaar(tekst: str) -> str:
    """The text with each such character as its name in Unicode, for example ``[U+202E]``."""
    return _ONZICHTBAAR.sub(lambda teken: f"[U+{ord(teken[0]):04X}]", tekst)


def en(woorden: Sequence[str]) -> str:
    """A list as people say it: Q1, Q2 en Q3."""
    return " en ".join([", ".join(woorden[:-1]), woorden[-1]] if len(woorden) > 1 else woorden)
