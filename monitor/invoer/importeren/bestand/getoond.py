"""Whether what a cell shows is what it holds: the text on the screen, read as a person may read it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

_GROOTTE = {"mln", "miljoen", "mio", "mrd", "miljard", "dzd", "duizend", "k", "m", "x"}
_WOORD = re.compile(r"[^\W\d_]+\.?")
_MUNT = re.compile(r"[€$£¥]")
_WIT = re.compile(r"[\s\u00a0\u202f\u2009]")
_MIN = str.maketrans("\u2212\u2013\u2014", "---")
_GETAL = re.compile(r"(?:\d{1,3}(?P<groep>[.,' ])\d{3}(?:(?P=groep)\d{3})*|\d*)(?:[.,]\d+)?")
_MACHT = re.compile(r"(\d+(?:[.,]\d+)?)[Ee]([+-]?\d{1,3})")
_GROEP = 3
_BREUK = re.compile(r"(?:(\d+) +)?(\d+) ?/ ?(\d+)")


def is_getoond(getal: Decimal, toont: str, *, procent: bool = False) -> bool:
    """Some reading of the text is this number; a dash is how book-keepers write 0.

    A percentage is stored as its hundredth part, unless the sign was only written behind the number.
    """
    tekst = _MUNT.sub("", toont.translate(_MIN)).strip()
    if tekst == "-":
        return not getal
    delen = 100 if procent and "%" in tekst else 1
    return any(gelezen == Fraction(getal) * delen for gelezen in _lezingen(tekst))


def _lezingen(tekst: str) -> Iterator[Fraction]:
    """Every number the text can stand for; none when it says a size in words or anything but a number."""
    woorden = [woord.rstrip(".").lower() for woord in _WOORD.findall(_MACHT.sub("", tekst))]
    if _GROOTTE.intersection(woorden):
        return
    kaal = tekst if _MACHT.search(tekst) else _WOORD.sub("", tekst)
    min_, kaal = _teken(kaal.strip())
    for getal in _getallen(kaal.replace("%", "").strip()):
        yield -getal if min_ else getal


def _teken(tekst: str) -> tuple[bool, str]:
    """Negative with a minus before or behind, or in brackets."""
    if tekst.startswith("(") and tekst.endswith(")"):
        return True, tekst[1:-1].strip()
    if tekst.startswith("-") or tekst.endswith("-"):
        return True, tekst.strip("-").strip()
    return False, tekst


def _getallen(tekst: str) -> Iterator[Fraction]:
    if breuk := _BREUK.fullmatch(tekst):
        heel, teller, noemer = (int(deel or 0) for deel in breuk.groups())
        if noemer:
            yield heel + Fraction(teller, noemer)
    elif macht := _MACHT.fullmatch(tekst):
        yield Fraction(Decimal(f"{macht[1].replace(',', '.')}e{macht[2]}"))
    elif tekst and _GETAL.fullmatch(tekst := _WIT.sub(" ", tekst)):
        yield from _met_of_zonder_groepen(tekst.replace(" ", "").replace("'", ""))


def _met_of_zonder_groepen(tekst: str) -> Iterator[Fraction]:
    """1.234 is a thousand and more here, and one and a bit elsewhere."""
    eerste, *groepen = re.split(r"[.,]", tekst)
    if eerste and all(len(groep) == _GROEP for groep in groepen):
        yield Fraction(int(eerste + "".join(groepen)))
    heel, komma, rest = tekst.replace(",", ".").rpartition(".")
    if komma:
        yield Fraction(Decimal(f"{heel.replace('.', '') or 0}.{rest or 0}"))
