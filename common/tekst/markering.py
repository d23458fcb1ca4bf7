"""Show where in a text the words of a search stand. Pure; everything but the marks is escaped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from common.tekst.woorden import KORT

LENGTE = 180  # characters of a fragment
AANLOOP = 60  # of which before the first hit
STAM = 4  # the shortest beginning of a word that still says what it is about

Plek = tuple[int, int]


def markeer(tekst: str, woorden: Sequence[str]) -> SafeString:
    """The whole text with every hit in ``<mark>``."""
    delen, tot = [], 0
    for van, eind in _plekken(tekst, woorden):
        delen += [conditional_escape(tekst[tot:van]), format_html("<mark>{}</mark>", tekst[van:eind])]
        tot = eind
    # Every part above is escaped.
    return mark_safe("".join([*delen, conditional_escape(tekst[tot:])]))  # noqa: S308  # escaped part by part


def beste_fragment(teksten: Sequence[str], woorden: Sequence[str]) -> SafeString:
    """The fragment of the first text in which something is marked; without a hit that of the first."""
    return fragment(next((tekst for tekst in teksten if _plekken(tekst, woorden)), teksten[0]), woorden)


def fragment(tekst: str, woorden: Sequence[str]) -> SafeString:
    """The part of a long text around the first hit, cut between words; a short text whole."""
    if len(tekst) <= LENGTE:
        return markeer(tekst, woorden)
    eerste = next(iter(_plekken(tekst, woorden)), (0, 0))[0]
    van = _woordgrens(tekst, max(0, min(eerste - AANLOOP, len(tekst) - LENGTE)))
    tot = tekst.rfind(" ", van, van + LENGTE) if van + LENGTE < len(tekst) else len(tekst)
    tot = tot if tot > eerste else min(van + LENGTE, len(tekst))
    voor, na = "… " if van else "", " …" if tot < len(tekst) else ""
    return format_html("{}{}{}", voor, markeer(tekst[van:tot], woorden), na)


def _woordgrens(tekst: str, van: int) -> int:
    spatie = tekst.find(" ", van, van + AANLOOP // 2) if van else -1
    return spatie + 1 if spatie >= 0 else van


def _plekken(tekst: str, woorden: Sequence[str]) -> list[Plek]:
    """Where the words stand, in order and without overlap."""
    plat = "".join(map(_plat, tekst))
    gevonden: list[Plek] = []
    for van, tot in sorted({plek for woord in woorden for plek in _van_woord(plat, woord)}):
        if gevonden and van <= gevonden[-1][1]:
            gevonden[-1] = (gevonden[-1][0], max(tot, gevonden[-1][1]))
        else:
            gevonden.append((van, tot))
    return gevonden


def _van_woord(plat: str, woord: str) -> Iterator[Plek]:
    """The word itself, or else the longest beginning of it: the database also finds other forms."""
    for lengte in range(len(woord), min(STAM, len(woord)) - 1, -1):
        grens = r"(?<!\w)" if len(woord) <= KORT or lengte < len(woord) else ""
        hits = [gevonden.span() for gevonden in re.finditer(grens + re.escape(woord[:lengte]), plat)]
        if hits:
            yield from hits
            return


def _plat(teken: str) -> str:
    """One character for one: its plain letter or digit, otherwise a space."""
    basis = unicodedata.normalize("NFKD", teken.casefold())[:1]
    return basis if basis.isalnum() else " "
