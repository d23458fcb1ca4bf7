"""Texts to show and to look in: the invisible made visible, words joined as people say them, words found. Pure."""

import re
import unicodedata
from collections.abc import Sequence

# Marks and overrides of direction, spaces without width, and the signs of a soft break and of byte order.
_ONZICHTBAAR = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def zichtbaar(tekst: str) -> str:
    """The text with each such character as its name in Unicode, for example ``[U+202E]``."""
    return _ONZICHTBAAR.sub(lambda teken: f"[U+{ord(teken[0]):04X}]", tekst)


def en(woorden: Sequence[str]) -> str:
    """A list as people say it: Q1, Q2 en Q3."""
    return " en ".join([", ".join(woorden[:-1]), woorden[-1]] if len(woorden) > 1 else woorden)


def hoeveel_van(aantal: int, alle: int, van: str = "van") -> str:
    """14 van 17, geen van de 3, alle 3, beide."""
    if aantal == alle:
        return "beide" if alle == 2 else f"alle {alle}"
    return f"{aantal} {van} {alle}" if aantal else f"geen van {'beide' if alle == 2 else f'de {alle}'}"


def hoofdletter(tekst: str) -> str:
    """As a sentence begins; whatever capitals it has stay."""
    return tekst[:1].upper() + tekst[1:]


def kleine_letter(tekst: str) -> str:
    """As a heading reads inside a sentence; an abbreviation (OS, RVO-lid) keeps its capitals."""
    return tekst if tekst[1:2].isupper() else tekst[:1].lower() + tekst[1:]


KORT = 2  # a word this short is looked for at the beginning of words only: A2, nb, OS
_GEEN_LETTER = re.compile(r"[\W_]+")


def kaal(tekst: str) -> str:
    """Lower case, without accents, with a space for whatever is no letter or digit."""
    los = unicodedata.normalize("NFKD", tekst.casefold())
    zonder = "".join(teken for teken in los if not unicodedata.combining(teken))
    return _GEEN_LETTER.sub(" ", zonder).strip()


def past(woorden: Sequence[str], tekst: str) -> bool:
    """Whether all words stand in a text, by the same rule as in the database; no words fit nothing."""
    bekeken = f" {kaal(tekst)}"
    return bool(woorden) and all(deel(woord) in bekeken for woord in woorden)


def deel(woord: str) -> str:
    """What to look for in a text with a space before every word."""
    return f" {woord}" if len(woord) <= KORT else woord
