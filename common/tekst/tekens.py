"""Texts to show and to look in: the invisible made visible, words joined as people say them, words found. Pure."""

import re
import unicodedata
from collections.abc import Sequence

# Marks and overrides of direction, spaces and letters without width, soft breaks, marks of byte order and of notes,
# tags, and what chooses between two drawings of one sign. The one list of what nobody sees.
_ONZICHTBAAR = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_SPATIE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_STUURTEKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LANGSTE_SLEUTEL = 19  # digits of what a bigint holds
_TEKENING = "\ufe0e\ufe0f"  # black or in colour: no text is another one by it


def onzichtbare(tekst: str) -> list[str]:
    """Every character in a text that nobody sees."""
    return _ONZICHTBAAR.findall(tekst)


def zonder_onzichtbare(tekst: str) -> str:
    """The text as a person sees it: what is invisible left out, and every kind of space an ordinary one.

    For what is no free text: codes, numbers, dates, names of columns.
    """
    return tekst if tekst.isascii() else _SPATIE.sub(" ", _ONZICHTBAAR.sub("", tekst))


def zichtbaar(tekst: str) -> str:
    """The text with each such character, and what steers a machine, as its name in Unicode: ``[U+202E]``."""
    tekst = _STUURTEKEN.sub(_naam, tekst)
    return tekst if tekst.isascii() else _ONZICHTBAAR.sub(lambda t: t[0] if t[0] in _TEKENING else _naam(t), tekst)


# Where a text is no text to read: fields with what is being typed, and what a script or an address is made of.
_GEEN_LEESTEKST = re.compile(
    r"(<textarea\b.*?</textarea\s*>|<script\b.*?</script\s*>"
    r"|\s(?:value|href|action|src|data-(?:cellen|tekst|token|vul|kies))=\"[^\"]*\")",
    re.DOTALL,
)


def zichtbaar_in_html(html: str) -> str:
    """``zichtbaar`` for a page or a piece of one: its texts, not its fields."""
    if (html.isascii() and not _STUURTEKEN.search(html)) or zichtbaar(html) == html:
        return html
    delen = _GEEN_LEESTEKST.split(html)
    delen[::2] = map(zichtbaar, delen[::2])
    return "".join(delen)


def _naam(teken: re.Match[str]) -> str:
    return f"[U+{ord(teken[0]):04X}]"


def lees_sleutel(tekst: str) -> int | None:
    """The key of a row, or a version, as an address or a form sends it back; None for what can be none."""
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < _LANGSTE_SLEUTEL else None


def en(woorden: Sequence[str]) -> str:
    """A list as people say it: Q1, Q2 en Q3."""
    return " en ".join([", ".join(woorden[:-1]), woorden[-1]] if len(woorden) > 1 else woorden)


def of(woorden: Sequence[str]) -> str:
    """A choice as people say it: Q1, Q2 of Q3."""
    return " of ".join([", ".join(woorden[:-1]), woorden[-1]] if len(woorden) > 1 else woorden)


def hoeveel_van(aantal: int, alle: int, van: str = "van") -> str:
    """14 van 17, geen van de 3, alle 3, beide."""
    if aantal == alle:
        return "beide" if alle == 2 else f"alle {alle}"
    return f"{aantal} {van} {alle}" if aantal else f"geen van {'beide' if alle == 2 else f'de {alle}'}"


def hoofdletter(tekst: str) -> str:
    """As a sentence begins; whatever capitals it has stay. Of "één" the capital goes without its accent."""
    begin = "E" if tekst.startswith("één") else tekst[:1].upper()
    return begin + tekst[1:]


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
