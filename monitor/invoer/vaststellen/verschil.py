"""Two texts beside each other: what went, what came, word by word. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

Deel = tuple[str, bool]  # a piece of text, and whether it is only on this side


@dataclass(frozen=True, slots=True)
class Verschil:
    """One field that changes: its name, and both texts with what is only in the one or the other."""

    naam: str
    oud: list[Deel]
    nieuw: list[Deel]


def verschil(naam: str, oud: str, nieuw: str) -> Verschil:
    """Words are compared as wholes, with the space after them."""
    links, rechts = (re.findall(r"\S+\s*|\s+", tekst) for tekst in (oud, nieuw))
    weg: list[Deel] = []
    bij: list[Deel] = []
    for soort, a, b, c, d in SequenceMatcher(None, links, rechts, autojunk=False).get_opcodes():
        anders = soort != "equal"
        weg += [("".join(links[a:b]), anders)] if b > a else []
        bij += [("".join(rechts[c:d]), anders)] if d > c else []
    return Verschil(naam, weg, bij)
