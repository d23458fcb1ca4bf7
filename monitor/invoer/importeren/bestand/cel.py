"""What one cell of a sheet says, as the text a person would type, or why it is not what a person sees there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from monitor.invoer.importeren.bestand.getoond import is_getoond

MAX_CIJFERS = 15  # what spreadsheets keep, show and compute with of a number
_LANGSTE_GETAL = 30  # digits, before or behind the comma
_HONDERD = Decimal(100)
_KORT = 5  # decimals of a long number that a sentence shows
_FOUTTEKEN = re.compile(
    r"#(?:DIV/0!|DEEL/0!|N/A|N/B|NAME\?|NAAM\?|NULL!|LEEG!|NUM!|GETAL!|REF!|VERW!|VALUE!|WAARDE!|SPILL!|OVERLOOP!|"
    r"CALC!|BEREKENEN!|FIELD!|VELD!|BLOCKED!|GEBLOKKEERD!|CONNECT!|VERBINDEN!|UNKNOWN!|ONBEKEND!|BUSY!|BEZET!|"
    r"EXTERNAL!|PYTHON!|GETTING_DATA|GEGEVENS_OPHALEN)|(?:Err|Fout|Error):\s?\d{3}",
    re.IGNORECASE,
)
_HEKJES = re.compile(r"#{2,}")
IN_KOLOM = "{kolom}"  # stands in a reason for what its column is called
_DAGKOLOMMEN = ("begin", "eind", "bijgewerkt op")
_HET = ("onderdeel", "jaar", "kwartaal")
_ROND_AF = "rond af met AFRONDEN, of laat alle cijfers zien"
_OPMAAK = "zet de opmaak op Standaard en vul in wat u bedoelt"
Plek = tuple[int, int]  # row and column, from 1


@dataclass(frozen=True, slots=True)
class Bezwaar:
    """What is wrong with a cell, said after its address; in the columns ``mag_in`` that does not matter."""

    reden: str
    mag_in: tuple[str, ...] = ("toelichting",)

    def zin(self, cel: str, kolom: str) -> str:
        wat = f"{'het' if kolom in _HET else 'de'} {kolom}"
        return f"Cel {cel} {self.reden.replace(IN_KOLOM, wat)}"


Gelezen = tuple[str, Bezwaar | None]  # the text of one cell
ZONDER_UITKOMST = Bezwaar(
    "bevat een formule zonder uitkomst; open en bewaar het bestand in Excel (of LibreOffice)", mag_in=()
)
DOORGEHAALD = Bezwaar("is doorgehaald; maak de cel leeg of haal de doorhaling weg", mag_in=())
_TE_LANG = Bezwaar(
    f"bevat meer dan {MAX_CIJFERS} cijfers en een rekenblad bewaart er hoogstens {MAX_CIJFERS}. "
    "Zet de cel om naar tekst en vul het hele getal in."
)


@dataclass(slots=True)
class Kenmerken:
    """What is special about a sheet: rows and columns by number, cells by their place."""

    verborgen_rijen: set[int] = field(default_factory=set)
    verborgen_kolommen: set[int] = field(default_factory=set)
    doorgehaald: set[int] = field(default_factory=set)
    procenten: list[Plek] = field(default_factory=list)
    formules: list[Plek] = field(default_factory=list)
    afgerond: list[Plek] = field(default_factory=list)


def letter(nummer: int) -> str:
    """The letters of a column, of which the first is 1."""
    tekst = ""
    while nummer:
        nummer, rest = divmod(nummer - 1, 26)
        tekst = chr(65 + rest) + tekst
    return tekst


def adres(rij: int, kolom: int) -> str:
    return f"{letter(kolom)}{rij}"


def tekstcel(tekst: str) -> Gelezen:
    """Text is what it says, but for the words by which a spreadsheet says that it has no value."""
    return tekst, bezwaar_tegen(tekst.strip()) if tekst else None


def bezwaar_tegen(tekst: str) -> Bezwaar | None:
    if tekst[:1] not in "#EeFf":
        return None
    if _FOUTTEKEN.fullmatch(tekst):
        return foutcel(tekst)[1]
    if _HEKJES.fullmatch(tekst):
        zin = f"bevat alleen {tekst[:5]}: de kolom was te smal. Maak de kolom breder en bewaar het bestand opnieuw."
        return Bezwaar(zin, mag_in=())
    return None


def foutcel(tekst: str) -> Gelezen:
    return tekst, Bezwaar(f"bevat een fout ({tekst}). Herstel de formule of vul in wat er hoort te staan.", mag_in=())


def getalcel(getal: Decimal, toont: str | None, *, procent: bool = False) -> Gelezen:
    """A stored number, held against what its cell shows; without a text on the screen it speaks for itself."""
    inhoud = f"{getaltekst(getal * _HONDERD)}%" if procent else getaltekst(getal)
    if is_te_lang(getal):
        return inhoud, _TE_LANG
    if toont is None or toont.strip() == inhoud or is_getoond(getal, toont, procent=procent):
        return inhoud, None
    return inhoud, _anders_getoond(toont.strip(), inhoud)


def opgeslagen_getal(tekst: str) -> Decimal | None:
    """A number as the file spells it; one that no cell can hold is no number."""
    try:
        getal = Decimal(tekst.strip())
    except InvalidOperation:
        return None
    return getal if getal.is_finite() and abs(getal.adjusted()) < _LANGSTE_GETAL else None


def rond_af(getal: Decimal, plek: Plek, kenmerken: Kenmerken) -> Decimal:
    """What a computation left behind its fifteenth digit is no part of the number.

    A file may spell a number in more digits than it has: then the shorter spelling is the same stored number.
    """
    if len(getal.as_tuple().digits) <= MAX_CIJFERS or is_te_lang(getal):
        return getal
    rond = Decimal(f"{getal:.{MAX_CIJFERS - 1}e}")
    if float(rond) != float(getal):
        kenmerken.afgerond.append(plek)
    return rond


def is_te_lang(getal: Decimal) -> bool:
    """A whole part of more digits than a spreadsheet keeps; of a longer one it keeps zeros at the end."""
    return getal.adjusted() >= MAX_CIJFERS


def is_afgerond(getal: Decimal) -> bool:
    """A number of more digits than a spreadsheet keeps."""
    return is_te_lang(getal) or len(getal.normalize().as_tuple().digits) > MAX_CIJFERS


def _anders_getoond(toont: str, inhoud: str) -> Bezwaar:
    minder = "," in inhoud and any(teken.isdigit() for teken in toont)
    wat = f"toont {toont[:40]}" if toont else "toont niets"
    return Bezwaar(f"{wat} maar bevat {_kort(inhoud)}; {_ROND_AF if minder else _OPMAAK}")


def _kort(getal: str) -> str:
    """A long number up to the fifth decimal."""
    heel, _, achter = getal.removesuffix("%").partition(",")
    rest = "%" if getal.endswith("%") else ""
    return f"{heel},{achter[:_KORT]}…{rest}" if len(achter) > _KORT else getal


def is_geheel_doorgehaald(cellen: Sequence[str], bezwaren: Mapping[int, Bezwaar]) -> bool:
    """Every filled cell of the row is struck through; that is said once."""
    gevuld = [plek for plek, tekst in enumerate(cellen) if tekst.strip()]
    return bool(gevuld) and all(bezwaren.get(plek) is DOORGEHAALD for plek in gevuld)


def datumcel(dag: date) -> Gelezen:
    """What was typed as 5-10 is a date for a spreadsheet."""
    zin = f"bevat een datum ({dag:%d-%m-%Y}). Zet de cel om naar tekst en vul de waarde in."
    return dag.isoformat(), Bezwaar(zin, mag_in=("meetdatum", "toelichting", *_DAGKOLOMMEN))


def waarcel(waar: bool) -> Gelezen:
    return "WAAR" if waar else "ONWAAR", Bezwaar("bevat WAAR of ONWAAR. Vul de waarde zelf in.")


def tijdcel(tekst: str) -> Gelezen:
    return tekst, Bezwaar("bevat een tijd. Vul de waarde zelf in.")


def getaltekst(getal: Decimal) -> str:
    """All digits, without groups, with a decimal comma."""
    return f"{getal.normalize():f}".replace(".", ",")


def plekken_in(plekken: Iterable[Plek], rijen: set[int], kolommen: int) -> list[str]:
    """The addresses of the cells that were read."""
    return [adres(rij, kolom) for rij, kolom in plekken if rij in rijen and kolom <= kolommen]
