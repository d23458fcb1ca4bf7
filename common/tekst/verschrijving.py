"""What people and spreadsheets write where a number belongs, and what to do about it. Pure.

Nothing is read here: whatever is no number is named, with the number that was perhaps meant.
"""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from common.tekst.tekens import kaal, zonder_onzichtbare

_LANGST = 200  # no longer text is looked at
MEESTE = 40  # characters of a text that a sentence repeats

_STREPEN = re.compile(r"[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d_]+")
_LEGE_TEKENS = {"", ".", "..", "...", "…", "*", "**", "?", "??", "???", "/", "//", "\\", "+", ":", '"', "''", "x", "xx"}
_LEGE_WOORDEN = {
    *("nvt", "n v t", "n a", "na", "n b", "ntb", "n t b", "nog te bepalen", "tbd", "pm", "p m", "volgt", "volgt nog"),
    *("onbekend", "niet bekend", "nog niet bekend", "niet beschikbaar", "geheim", "vertrouwelijk", "ontbreekt"),
    *("leeg", "blanco", "geen", "geen waarde", "geen meting", "geen gegevens", "geen data", "geen opgave"),
    *("geen doelstelling", "null", "none", "nan", "missing", "unknown"),
}
_NULWOORDEN = {"nihil", "nul", "zero", "geen enkele"}


def leegtevraag(tekst: str, raad: str) -> str:
    """The question about a sign or word that people use for no value; empty for any other text.

    ``raad`` says what to do then, as in "Vul nb in".
    """
    kern = re.sub(r"^(€|eur)\s*|\s*€$", "", zonder_onzichtbare(tekst).strip().casefold())
    getypt = f"Hier staat “{tekst.strip()[:MEESTE]}”."
    if _STREPEN.fullmatch(kern.replace(" ", "")):
        nul = "of 0 als" if raad.startswith("Vul") else "of vul 0 in als"
        return f"{getypt} Staat dit voor geen waarde? {raad}, {nul} dit een nul in boekhoudopmaak is."
    if kaal(kern) in _NULWOORDEN:
        return f"{getypt} Is dit nul? Vul dan 0 in. Staat dit voor geen waarde? {raad}."
    if kern.replace(" ", "") in _LEGE_TEKENS or kaal(kern) in _LEGE_WOORDEN:
        return f"{getypt} Staat dit voor geen waarde? {raad}."
    return ""


class Verschrijving(NamedTuple):
    """What is the matter with a text, what to do, and the number that was perhaps meant."""

    wat: str
    doe: str
    bedoeld: str = ""

    def zin(self, getypt: str) -> str:
        return f"“{getypt}” {self.wat}. {self.doe}{f': {self.bedoeld}' if self.bedoeld else ''}."


_GETAL = r"-?\d[\d., ]*"
_Bedoeld = Callable[[re.Match[str]], str]


def _niets(vorm: re.Match[str]) -> str:
    return ""


def _eerste(vorm: re.Match[str]) -> str:
    """The first group that took part."""
    return next((groep.strip() for groep in vorm.groups() if groep), "")


def _min(vorm: re.Match[str]) -> str:
    return f"-{_eerste(vorm)}"


def _breuk(vorm: re.Match[str]) -> str:
    """The outcome, where it has at most four decimals."""
    deel, geheel = int(vorm[1]), int(vorm[2])
    uitkomst = Decimal(deel) / geheel if geheel else Decimal(0)
    past = geheel and uitkomst == round(uitkomst, 4)
    return f"{uitkomst.normalize():f}".replace(".", ",") if past else ""


_KEER = {"k": 3, "dzd": 3, "duizend": 3, "mln": 6, "mio": 6, "miljoen": 6, "mrd": 9, "mld": 9, "miljard": 9}


def _voluit(vorm: re.Match[str]) -> str:
    """1,5 mln with all its digits."""
    kaal_getal = vorm[1].replace(" ", "")
    if not re.fullmatch(r"-?\d+(,\d+)?", kaal_getal):
        return ""
    getal = Decimal(kaal_getal.replace(",", ".")).scaleb(_KEER[vorm[2].casefold()])
    return f"{getal.normalize():f}".replace(".", ",")


_REKENFOUT = ("is een foutmelding van een rekenblad", "Vul de waarde zelf in")
_ONZEKER = ("is geen precies getal", "Vul één getal in en schrijf in de toelichting hoe zeker het is")
_EENHEID = ("heeft iets achter het getal", "Vul alleen het getal in")
_REGELS: tuple[tuple[re.Pattern[str], str, str, _Bedoeld], ...] = tuple(
    (re.compile(patroon, re.ASCII | re.IGNORECASE), wat, doe, bedoeld)
    for patroon, wat, doe, bedoeld in (
        (r"#.*", *_REKENFOUT, _niets),
        (r"=.*", "is een formule", "Vul de uitkomst in", _niets),
        (r"['’‘`´]\s*(.+)", "begint met een apostrof", "Haal de apostrof weg", _eerste),
        (
            r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-/]\d{1,2}[-/](\d{2}|\d{4})",
            "lijkt een datum",
            "Vul hier een getal in",
            _niets,
        ),
        (r"\d{1,2}:\d{2}(:\d{2})?", "lijkt een tijd", "Vul hier een getal in", _niets),
        (rf"[–—−‐‑‒﹣－]\s*({_GETAL})", "heeft een ander streepje dan het minteken", "Gebruik het minteken (-)", _min),
        (r"-\s+(\d[\d., ]*)", "heeft een spatie achter het minteken", "Haal de spatie weg", _min),
        (r"(?:€\s*)?(\d[\d. ]*),\s?[-–—=]{1,2}", "eindigt op een streepje", "Laat het streepje weg", _eerste),
        (r"(\d[\d., ]*)[-–−]", "heeft het minteken achteraan", "Zet het minteken vooraan", _min),
        (r"\((\d[\d., ]*)\)", "staat tussen haakjes", "Schrijf een getal onder nul met een minteken (-)", _min),
        (r"\+\s*(\d.*)", "begint met een plusteken", "Laat het plusteken weg", _eerste),
        (r"(\d+)\s*[/⁄]\s*(\d+)", "is een breuk", "Vul de uitkomst in, met een komma", _breuk),
        (r"\d*\s?[¼½¾⅓⅔⅛⅜⅝⅞]", "is een breuk", "Vul de uitkomst in, met een komma", _niets),
        (
            r"-?\d+([.,]\d+)?e[+-]?\d+",
            "is met een macht van tien geschreven en mist misschien cijfers",
            "Zet de cel om naar tekst en vul het hele getal in",
            _niets,
        ),
        (r"(?:ca\.?|circa|ongeveer|plm\.?|±|~|≈)\s*\d.*", *_ONZEKER, _niets),
        (r"[<>≤≥].*|(meer|minder) dan .*", *_ONZEKER, _niets),
        (r"\d[\d.,]*\s*([-–—]|tot|/|of)\s*\d[\d.,]*", *_ONZEKER, _niets),
        (
            r"(\d[\d.,]*)\s*\?",
            "is een getal met een vraagteken",
            "Zet de status op voorlopig en haal het vraagteken weg",
            _eerste,
        ),
        (rf"({_GETAL}?)\s*([*†‡¹²³⁴]+|\(.*\)|\[.*\])", *_EENHEID, _eerste),
        (
            rf"(?:€\s*)?({_GETAL}?)\s*({'|'.join(_KEER)})\.?",
            "is niet voluit geschreven",
            "Schrijf alle cijfers",
            _voluit,
        ),
        (r"(?:\d+[^\W\d_]\d*|[^\W\d_]\d+)", "heeft een letter bij de cijfers", "Vul alleen cijfers in", _niets),
        (rf"({_GETAL}?)\s*[^\W\d_][^\d]*", *_EENHEID, _eerste),
        (r"[^\W\d_]+[.:]?\s*(-?\d[\d., ]*)", "heeft iets voor het getal", "Vul alleen het getal in", _eerste),
        (r",(\d+)", "mist een cijfer voor de komma", "Schrijf ook de nul", lambda vorm: f"0,{vorm[1]}"),
        (r"(-?\d[\d. ]*),", "eindigt op een komma", "Haal de komma weg", _eerste),
    )
)
_PROCENT = re.compile(r"(.+?)\s*(%+|procent|pct\.?)", re.IGNORECASE)
_EURO = re.compile(rf"(?:€|euro?)\s*({_GETAL})|({_GETAL}?)\s*(?:€|euro?|euro['’]?s)", re.ASCII | re.IGNORECASE)


def verschrijving(tekst: str, *, soort: str, is_bedrag: bool, is_percentage: bool) -> Verschrijving | None:
    """What is the matter with a text that is no number; None when that is not known. ``soort``: what belongs here."""
    if gewoon := _gewone_cijfers(tekst):
        return Verschrijving("heeft cijfers uit een ander schrift", "Typ gewone cijfers", gewoon)
    if len(tekst) > _LANGST:
        return None
    if vorm := _PROCENT.fullmatch(tekst):
        return _met_procent(vorm, soort, is_percentage=is_percentage)
    if vorm := _EURO.fullmatch(tekst):
        return _met_euro(vorm, soort, is_bedrag=is_bedrag)
    for patroon, wat, doe, bedoeld in _REGELS:
        if vorm := patroon.fullmatch(tekst):
            return Verschrijving(wat, doe, bedoeld(vorm))
    return None


def _gewone_cijfers(tekst: str) -> str:
    """The text with ordinary digits, when it has others."""
    if not any(teken.isdecimal() and not teken.isascii() for teken in tekst):
        return ""
    return "".join(str(unicodedata.decimal(teken)) if teken.isdecimal() else teken for teken in tekst)


def _met_procent(vorm: re.Match[str], soort: str, *, is_percentage: bool) -> Verschrijving:
    if is_percentage:
        return Verschrijving("is niet te lezen als een percentage", "Vul alleen het getal in", _eerste(vorm))
    doe = "Een rekenblad bewaart 82% als 0,82. Vul het getal zelf in"
    return Verschrijving(f"is een percentage; hier hoort {soort}", doe)


def _met_euro(vorm: re.Match[str], soort: str, *, is_bedrag: bool) -> Verschrijving:
    if is_bedrag:
        return Verschrijving("is niet te lezen als een bedrag", "Vul alleen het getal in", _eerste(vorm))
    return Verschrijving(
        f"is een bedrag; hier hoort {soort}", "Kijk of dit de goede kolom is en vul alleen het getal in"
    )
