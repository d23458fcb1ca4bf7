"""Characters that show nothing or turn the order of what stands around them: made visible where a text is read."""

from __future__ import annotations

import re

# Marks and overrides of direction, spaces without width, and the signs of a soft break and of byte order.
_ONZICHTBAAR = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def zichtbaar(tekst: str) -> str:
    """The text with each such character as its name in Unicode, for example ``[U+202E]``."""
    return _ONZICHTBAAR.sub(lambda teken: f"[U+{ord(teken[0]):04X}]", tekst)
