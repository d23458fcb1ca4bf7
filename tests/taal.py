"""What no text on a screen may look like, whatever it says: the rules of the notation, one pattern each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.boom import STIL, Knoop, gevouwen

_MAAND = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_KORT = "jan|feb|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec"
_METER = "waarden|dagen|kwartalen|indicatoren|teams|regels|vragen|acties|activiteiten|districten|onderdelen|punten"
FOUTEN = {
    # A day is 05-10-2026; in a sentence about a meeting or a decision it is 5 oktober 2026. Nothing else.
    "day without its zeros": r"(?<![\d-])(?:\d-\d{1,2}|\d\d-\d)-\d{4}\b",
    "day of a machine": r"(?<![\d/=])\d{4}-\d\d-\d\d\b",
    "day without its year": r"(?<![\d-])\d\d-\d\d \d\d:\d\d",
    "month cut short": rf"\b\d{{1,2}} (?:{_KORT})\b",
    "word for a month after a zero": rf"\b0\d (?:{_MAAND})\b",
    # Sentences.
    "two full stops": r"(?<!\.)\.\.(?!\.)|\. \.(?!\w)|[;,:]\.(?!\w)|…\.",
    "space before a mark": r"\w [.,;](?=\s|$)",
    "another apostrophe": r"\b(?:agenda|pagina|thema|scenario)’s",
    "empty brackets": r"\(\s*\)|“”",
    "one of many": rf"(?<![\d.,–/-])1 (?:{_METER})\b",
    "word of a program": r"\b(?:None|True|False|nan|NaN|undefined|null)\b|\b[a-z]+_[a-z_]+\b",
    "word in English": r"\b(?:the|and|with|your|please|error|invalid|required|loading|submit|cancel|delete)\b",
}
_PATRONEN = {naam: re.compile(patroon) for naam, patroon in FOUTEN.items()}
_ZICHTBAAR = ("aria-label", "title", "placeholder", "alt")


def taalfouten(wortel: Knoop) -> list[str]:
    """Each text of a page that breaks a rule, with the rule."""
    teksten = {gevouwen(tekst) for tekst in _teksten(wortel)}
    return sorted(
        f"{naam}: {tekst[max(0, vorm.start() - 40) : vorm.end() + 40]}"
        for tekst in teksten
        for naam, patroon in _PATRONEN.items()
        if (vorm := patroon.search(tekst))
    )


def _teksten(knoop: Knoop) -> Iterator[str]:
    if knoop.naam in STIL | {"code"}:
        return
    yield from (knoop[kenmerk] for kenmerk in _ZICHTBAAR if knoop[kenmerk])
    for kind in knoop.kinderen:
        if isinstance(kind, str):
            yield kind
        else:
            yield from _teksten(kind)
