"""The text of a cell in OpenDocument: white space is spelled, and a part of it may be struck through."""

import re
from collections.abc import Collection
from xml.etree.ElementTree import Element

OFFICE, TABLE, TEXT, STYLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{naam}:1.0}}" for naam in ("office", "table", "text", "style")
)
ALINEA = f"{TEXT}p"
_STUK = f"{TEXT}span"
_MEESTE_SPATIES = 2000
_WIT = re.compile(r"[ \t\n]+")


def lees_alinea(cel: Element, doorgehaald: Collection[str]) -> tuple[str, bool]:
    """What a cell shows, and whether some of it is struck; notes of a cell hold paragraphs too, but not as its own."""
    alineas = [deel for deel in cel if deel.tag == ALINEA]
    stukken = (stuk for alinea in alineas for stuk in alinea.iter(_STUK)) if doorgehaald else ()
    return "\n".join(map(_alinea, alineas)), any(stuk.get(f"{TEXT}style-name") in doorgehaald for stuk in stukken)


def _alinea(element: Element) -> str:
    if not len(element):
        return _WIT.sub(" ", element.text or "")
    delen = [_WIT.sub(" ", element.text or "")]
    for deel in element:
        delen += [_teken(deel), _WIT.sub(" ", deel.tail or "")]
    return "".join(delen)


def _teken(deel: Element) -> str:
    """Anything that is no white space is text with mark-up."""
    if deel.tag == f"{TEXT}s":
        aantal = deel.get(f"{TEXT}c", "1")
        return " " * (min(int(aantal), _MEESTE_SPATIES) if aantal.isascii() and aantal.isdigit() else 1)
    vast = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n", f"{OFFICE}annotation": ""}
    return vast[deel.tag] if deel.tag in vast else _alinea(deel)
