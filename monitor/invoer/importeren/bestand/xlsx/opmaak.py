"""What Excel shows of a number with a format of its own: decimals, thousands, percentages, sections, conditions.

A format has up to four sections: for what is positive, negative, zero and text. Decimal commas, as people here see.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache

# The numbers of the formats that a file does not spell out; those of dates are known by their number alone.
_BEDRAG, _ROOD = "#,##0{0};(#,##0{0})", "#,##0{0};[Red](#,##0{0})"
_BOEKHOUDING = "#,##0{0};-#,##0{0};-;@"
INGEBOUWD = dict(enumerate(("General", "0", "0.00", "#,##0", "#,##0.00")))
INGEBOUWD |= {9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 48: "##0.0E+0", 49: "@"}
INGEBOUWD |= {37: _BEDRAG.format(""), 38: _ROOD.format(""), 39: _BEDRAG.format(".00"), 40: _ROOD.format(".00")}
INGEBOUWD |= dict.fromkeys((41, 42), _BOEKHOUDING.format("")) | dict.fromkeys((43, 44), _BOEKHOUDING.format(".00"))
INGEBOUWD |= dict.fromkeys((*range(14, 18), 22, *range(27, 37), *range(50, 59)), "d-m-yyyy")
INGEBOUWD |= dict.fromkeys((*range(18, 22), 45, 46, 47), "h:mm")
_STUK = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[Gg][Ee][Nn][Ee][Rr][Aa][Ll]|[Ee][+-]|.', re.DOTALL)
_VOORWAARDE = re.compile(r"\[([<>]=?|=|<>)(-?\d+(?:\.\d+)?)\]")
_VERGELIJK = {
    "<": Decimal.__lt__,
    ">": Decimal.__gt__,
    "<=": Decimal.__le__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}
_KLEUR = re.compile(r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)\]", re.IGNORECASE)
_VERSTREKEN = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_TEKST = 4  # a format of this many sections says what becomes of text
_ALTIJD = 4  # decimals that no format of its own hides
_BREED = 10  # digits that the standard format shows
_MEESTE_CIJFERS = 27
_GETALTEKENS = "0#?.,/"


class Opmaak(Enum):
    GETAL = "getal"
    DATUM = "datum"
    TIJD = "tijd"


@dataclass(frozen=True, slots=True)
class _Deel:
    """One section: what stands before, within and behind the number, and when it counts."""

    stukken: Sequence[str]

    @property
    def voorwaarde(self) -> tuple[str, Decimal] | None:
        gevonden = next((v for stuk in self.stukken if (v := _VOORWAARDE.fullmatch(stuk))), None)
        return (gevonden[1], Decimal(gevonden[2])) if gevonden else None

    @property
    def kaal(self) -> str:
        """Only what steers the number; literal text, colours and widths are left out."""
        return "".join(stuk for stuk in self.stukken if len(stuk) == 1 or stuk[0] in "Ee")


@lru_cache
def _delen(vorm: str) -> list[_Deel]:
    delen: list[list[str]] = [[]]
    for stuk in _STUK.findall(vorm):
        if stuk == ";":
            delen.append([])
        else:
            delen[-1].append(stuk)
    return [_Deel(tuple(deel)) for deel in delen]


@lru_cache
def soort_opmaak(vorm: str) -> Opmaak:
    """A date or a time is a number as well; its format tells them apart."""
    eerste = _delen(vorm)[0]
    letters = set(re.sub(r"[Ee][+-]", "", eerste.kaal).lower())
    verstreken = any(_VERSTREKEN.fullmatch(stuk) for stuk in eerste.stukken)
    if letters & {"y", "d"} or ("m" in letters and not letters & {"h", "s"} and not verstreken):
        return Opmaak.DATUM
    return Opmaak.TIJD if letters & {"h", "s"} or verstreken else Opmaak.GETAL


@lru_cache
def is_procent(vorm: str) -> bool:
    return any("%" in deel.kaal for deel in _delen(vorm))


@lru_cache
def verbergt_tekst(vorm: str) -> bool:
    delen = _delen(vorm)
    return len(delen) >= _TEKST and "@" not in delen[_TEKST - 1].stukken


def celweergave(getal: Decimal, vorm: str) -> str:
    """The text on the screen, near enough to know the number by."""
    deel, waarde = _kies(getal, _delen(vorm))
    if deel is None:
        return "######"
    if not deel.stukken:
        return ""
    if any(stuk.lower() == "general" or stuk == "@" for stuk in deel.stukken):
        return _om(deel, _standaard(waarde))
    if not re.search(r"[0#?]", deel.kaal):
        return _om(deel, "")
    if "/" in deel.kaal:
        return _om(deel, _breuk(waarde, deel.kaal))
    return _om(deel, _getal(waarde, deel.kaal))


def _kies(getal: Decimal, delen: Sequence[_Deel]) -> tuple[_Deel | None, Decimal]:
    """The section that counts, and what it shows: the second of two says itself what is negative."""
    if any(deel.voorwaarde for deel in delen):
        for deel in delen[: _TEKST - 1]:
            if deel.voorwaarde is None or _VERGELIJK[deel.voorwaarde[0]](getal, deel.voorwaarde[1]):
                return deel, getal
        return None, getal
    if len(delen) > 2 and not getal:
        return delen[2], getal
    if len(delen) > 1 and getal < 0:
        rood = any(map(_KLEUR.fullmatch, delen[1].stukken)) and not any(t in "".join(delen[1].stukken) for t in "-(")
        return delen[1], getal if rood else abs(getal)
    return delen[0], getal


def _om(deel: _Deel, getal: str) -> str:
    """The number with the text around it; text within it stands where it is, so that it reads as no number."""
    tekst, gezet = "", False
    for stuk in deel.stukken:
        if stuk in _GETALTEKENS or stuk == "@" or stuk[0] in "EeGg":
            tekst, gezet = tekst + ("" if gezet else "\0"), True
        else:
            tekst += _letterlijk(stuk)
    voor, _, na = tekst.partition("\0")
    if getal.startswith("-"):
        voor, getal = f"-{voor}", getal[1:]
    return f"{voor}{getal}{na}"


def _letterlijk(stuk: str) -> str:
    if stuk.startswith("[$"):
        return stuk[2:-1].partition("-")[0]
    if stuk[0] in '["*':
        return stuk[1:-1] if stuk[0] == '"' else ""
    if stuk[0] in "\\_" and len(stuk) > 1:
        return stuk[1] if stuk[0] == "\\" else " "
    return stuk


def _standaard(getal: Decimal) -> str:
    """Ten digits as a column is wide enough for; what a wider one may show as well is not held against it."""
    cijfers = max(_ALTIJD, _BREED - max(1, getal.adjusted() + 1))
    return _komma(_rond(getal, cijfers).normalize())


def _getal(getal: Decimal, kaal: str) -> str:
    kern, macht = _splits_macht(kaal)
    heel, _, achter = kern.partition(".")
    decimalen = sum(teken in "0#?" for teken in achter)
    if macht:
        return _wetenschappelijk(getal, sum(teken in "0#?" for teken in heel), decimalen)
    schaal = len(re.search(r",*$", re.sub(r"[^0#?,]", "", kern.rstrip("% ")))[0])  # type: ignore[index]  # always matches
    getoond = _rond(getal.scaleb(2 * kaal.count("%") - 3 * schaal), decimalen)
    tekst = _komma(getoond if "0" in achter else getoond.normalize())
    if "0" not in heel and tekst.lstrip("-").partition(",")[0] == "0":
        tekst = tekst.replace("0", "", 1).removesuffix(",")
    return tekst if not re.search(r"[0#?],+[0#?]", heel) else _met_punten(tekst)


def _splits_macht(kaal: str) -> tuple[str, bool]:
    kern, macht, _ = re.sub(r"[Ee][+-]", "\0", kaal).partition("\0")
    return kern, bool(macht)


def _wetenschappelijk(getal: Decimal, plaatsen: int, decimalen: int) -> str:
    """More places before the comma make the power a multiple of their number."""
    macht = getal.adjusted() // max(1, plaatsen) * max(1, plaatsen) if getal else 0
    return f"{_komma(_rond(getal.scaleb(-macht), decimalen))}E{macht:+03d}"


def _breuk(getal: Decimal, kaal: str) -> str:
    teller, noemer = kaal.split("/", 1)
    vast = re.match(r"\s*(\d*[1-9]\d*)", noemer)
    plaatsen = sum(teken in "0#?" for teken in noemer)
    breuk = Fraction(abs(getal))
    if vast:
        dichtbij = Fraction(round(breuk * int(vast[1])), int(vast[1]))
    else:
        dichtbij = breuk.limit_denominator(10**plaatsen - 1)
    min_, gemengd = "-" if getal < 0 else "", " " in teller.strip()
    heel, rest = divmod(dichtbij, 1) if gemengd else (0, dichtbij)
    delen = [str(heel)] if heel or not rest else []
    return min_ + " ".join(delen + ([f"{rest.numerator}/{rest.denominator}"] if rest else []))


def _rond(getal: Decimal, decimalen: int) -> Decimal:
    """A number of more digits than can be computed with has another fault, and is left as it is."""
    if getal.adjusted() + decimalen >= _MEESTE_CIJFERS:
        return getal
    return getal.quantize(Decimal(1).scaleb(-decimalen), ROUND_HALF_UP)


def _komma(getal: Decimal) -> str:
    return f"{getal if getal else abs(getal):f}".replace(".", ",")


def _met_punten(tekst: str) -> str:
    heel, komma, achter = tekst.partition(",")
    return f"{int(heel or 0):,}".replace(",", ".") + komma + achter
