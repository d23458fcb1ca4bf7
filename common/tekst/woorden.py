"""What people type to search, as words: case, accents and kinds of dashes make no difference. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LANGSTE_VRAAG = 100
MEESTE_WOORDEN = 8
KORT = 2  # a word this short is looked for at the beginning of words only: A2, nb, OS
_GEEN_LETTER = re.compile(r"[\W_]+")


def kaal(tekst: str) -> str:
    """Lower case, without accents, with a space for whatever is no letter or digit."""
    los = unicodedata.normalize("NFKD", tekst.casefold())
    zonder = "".join(teken for teken in los if not unicodedata.combining(teken))
    return _GEEN_LETTER.sub(" ", zonder).strip()


def woorden_van(vraag: str) -> tuple[str, ...]:
    """The different words of a question, each once; of a long question the beginning."""
    return tuple(dict.fromkeys(kaal(vraag[:LANGSTE_VRAAG]).split()))[:MEESTE_WOORDEN]


def past(woorden: Sequence[str], tekst: str) -> bool:
    """Whether all words stand in a text, by the same rule as in the database; no words fit nothing."""
    bekeken = f" {kaal(tekst)}"
    return bool(woorden) and all(deel(woord) in bekeken for woord in woorden)


def deel(woord: str) -> str:
    """What to look for in a text with a space before every word."""
    return f" {woord}" if len(woord) <= KORT else woord
