"""ODS, streamed: a sheet says how often a cell or row is repeated, and that is counted before it is believed."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from monitor.invoer.importeren.bestand.rijen import (  # fmt: skip
    KOPRIJEN,
    MAX_KOLOMMEN,
    Bezwaar,
    Gelezen,
    Ingelezen,
    Kenmerken,
    Rauw,
    Rekenblad,
    bewaak_breedte,
    bewaak_rijen,
    datumcel,
    fout,
    getalcel,
    lees_bladen,
    letter,
    procentcel,
    tijdcel,
    waarcel,
)
from monitor.invoer.regels.waarneming import InvoerFout

_ONLEESBAAR = "Het bestand is niet te lezen als OpenDocument-rekenblad. Bewaar het opnieuw als .ods."
_VERWIJZING = "Het bestand haalt tekst van elders (een entiteit); dat wordt niet gelezen. Bewaar het opnieuw als .ods."
_OFFICE, _TABLE, _TEXT, _STYLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{naam}:1.0}}" for naam in ("office", "table", "text", "style")
)
_CEL, _RIJ, _KOLOM, _TABEL = (f"{_TABLE}{naam}" for naam in ("table-cell", "table-row", "table-column", "table"))
_ALINEA, _STIJL = f"{_TEXT}p", f"{_STYLE}style"
_SOORT, _WAARDE = f"{_OFFICE}value-type", f"{_OFFICE}value"
_OVERSPANT = (f"{_TABLE}number-columns-spanned", f"{_TABLE}number-rows-spanned")
_WEG = ("collapse", "filter")
_LANGSTE_GETAL = 30  # digits, before or behind the comma
_MEESTE_SPATIES = 2000
_WIT = re.compile(r"[ \t\n]+")


def lees_ods(inhoud: bytes) -> Ingelezen:
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief, archief.open("content.xml") as deel:
            bladen = _bladen(deel)
    except DefusedXmlException:
        raise fout(_VERWIJZING) from None
    except (ParseError, zipfile.BadZipFile, EOFError, RecursionError):
        raise fout(_ONLEESBAAR) from None
    return lees_bladen(bladen, "ods")


def _bladen(bron: Any) -> list[Rekenblad]:
    """Every sheet, in one pass; an element is let go as soon as it is read."""
    lezer = _Lezer()
    for gebeurtenis, element in iterparse(bron, events=("start", "end"), forbid_dtd=True):
        if element.tag == _TABEL:
            lezer.begin_tabel(element) if gebeurtenis == "start" else lezer.einde_tabel(element)
        elif gebeurtenis == "end" and element.tag in lezer.afhandeling:
            lezer.afhandeling[element.tag](element)
            element.clear()
    return lezer.bladen


@dataclass(slots=True)
class _Rijen:
    """The filled rows of a sheet. One that is too large is refused when it is the sheet to read, not before."""

    gevuld: list[Rauw] = field(default_factory=list)
    te_groot: InvoerFout | None = None

    def __iter__(self) -> Iterator[Rauw]:
        if self.te_groot:
            raise self.te_groot
        return iter(self.gevuld)


class _Lezer:
    """Where the pass is: the sheets so far, and of the last one the row and column it came to."""

    def __init__(self) -> None:
        self.bladen: list[Rekenblad] = []
        self.rijen, self.kenmerken = _Rijen(), Kenmerken()
        self.verborgen_stijlen: set[str] = set()
        self.diep = self.nummer = self.kolommen = 0
        self.afhandeling = {_STIJL: self.stijl, _KOLOM: self.kolom, _RIJ: self.rij}

    def begin_tabel(self, element: Element) -> None:
        """A table within a cell is no sheet."""
        self.diep += 1
        if self.diep > 1:
            return
        self.rijen, self.kenmerken, self.nummer, self.kolommen = _Rijen(), Kenmerken(), 0, 0
        verborgen = element.get(f"{_TABLE}style-name") in self.verborgen_stijlen
        self.bladen.append(Rekenblad(element.get(f"{_TABLE}name", "")[:60], [], self.rijen, verborgen, self.kenmerken))

    def einde_tabel(self, element: Element) -> None:
        self.diep -= 1
        if not self.diep:
            self.bladen[-1].begin = [cellen for nummer, cellen, _ in self.rijen.gevuld[:KOPRIJEN] if nummer <= KOPRIJEN]
        element.clear()

    def stijl(self, element: Element) -> None:
        eigenschappen = element.find(f"{_STYLE}table-properties")
        if eigenschappen is not None and eigenschappen.get(f"{_TABLE}display") == "false":
            self.verborgen_stijlen.add(element.get(f"{_STYLE}name", ""))

    def kolom(self, element: Element) -> None:
        eerste = self.kolommen + 1
        self.kolommen += _keer(element, "columns")
        if self.diep == 1 and element.get(f"{_TABLE}visibility") in _WEG:
            self.kenmerken.verborgen_kolommen.update(range(eerste, min(self.kolommen, MAX_KOLOMMEN) + 1))

    def rij(self, element: Element) -> None:
        if self.diep != 1 or self.rijen.te_groot:
            return
        eerste = self.nummer + 1
        self.nummer += _keer(element, "rows")
        try:
            cellen, bezwaren = self._cellen(element, eerste)
            if cellen:
                bewaak_rijen(self.nummer)
        except InvoerFout as te_groot:
            self.rijen.te_groot = te_groot
            return
        if cellen:
            self._neem_op(eerste, cellen, bezwaren, verborgen=element.get(f"{_TABLE}visibility") in _WEG)

    def _neem_op(self, eerste: int, cellen: list[str], bezwaren: dict[int, Bezwaar], *, verborgen: bool) -> None:
        nummers = range(eerste, self.nummer + 1)
        self.rijen.gevuld += [(nummer, cellen, bezwaren) for nummer in nummers]
        if verborgen:
            self.kenmerken.verborgen_rijen.update(nummers)

    def _cellen(self, element: Element, nummer: int) -> tuple[list[str], dict[int, Bezwaar]]:
        """The text of the cells up to the last that is filled; a cell that is covered by another says nothing."""
        cellen: list[str] = []
        bezwaren: dict[int, Bezwaar] = {}
        kolom = 0
        for cel in element:
            keer = _keer(cel, "columns")
            tekst, bezwaar = self._cel(cel, kolom + 1, nummer) if cel.tag == _CEL else ("", None)
            if tekst:
                bewaak_breedte(kolom + keer, nummer)
                cellen += [""] * (kolom - len(cellen)) + [tekst] * keer
            if bezwaar:
                bezwaren |= dict.fromkeys(range(kolom, kolom + keer), bezwaar)
            kolom += keer
        return cellen, bezwaren

    def _cel(self, cel: Element, kolom: int, nummer: int) -> Gelezen:
        if any(cel.get(naam, "1") != "1" for naam in _OVERSPANT):
            self.kenmerken.samengevoegd.append(f"{letter(kolom)}{nummer}")
        soort = cel.get(_SOORT, "string")
        if soort == "percentage":
            self.kenmerken.procenten.append(f"{letter(kolom)}{nummer}")
        return _LEZERS.get(soort, _als_tekst)(cel)


def _keer(element: Element, wat: str) -> int:
    """How often this cell or row stands there; what is no number counts once."""
    tekst = element.get(f"{_TABLE}number-{wat}-repeated", "1")
    return max(1, int(tekst)) if tekst.isascii() and tekst.isdigit() and len(tekst) < 10 else 1


def _als_tekst(cel: Element) -> tuple[str, None]:
    """What is shown; notes of a cell hold paragraphs too, but not as its own."""
    alineas = [_alinea(deel) for deel in cel if deel.tag == _ALINEA]
    return "\n".join(alineas) if alineas else cel.get(f"{_OFFICE}string-value", ""), None


def _alinea(element: Element) -> str:
    if not len(element):
        return _WIT.sub(" ", element.text or "")
    delen = [_WIT.sub(" ", element.text or "")]
    for deel in element:
        delen += [_teken(deel), _WIT.sub(" ", deel.tail or "")]
    return "".join(delen)


def _teken(deel: Element) -> str:
    """White space is spelled; anything else is text with mark-up."""
    if deel.tag == f"{_TEXT}s":
        aantal = deel.get(f"{_TEXT}c", "1")
        return " " * (min(int(aantal), _MEESTE_SPATIES) if aantal.isascii() and aantal.isdigit() else 1)
    vast = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n", f"{_OFFICE}annotation": ""}
    return vast[deel.tag] if deel.tag in vast else _alinea(deel)


def _als_getal(cel: Element) -> Gelezen:
    getal = _lees_getal(cel)
    return _als_tekst(cel) if getal is None else getalcel(getal)


def _als_procent(cel: Element) -> Gelezen:
    getal = _lees_getal(cel)
    return _als_tekst(cel) if getal is None else procentcel(getal)


def _lees_getal(cel: Element) -> Decimal | None:
    try:
        getal = Decimal(cel.get(_WAARDE, ""))
    except InvalidOperation:
        return None
    return getal if getal.is_finite() and abs(getal.adjusted()) < _LANGSTE_GETAL else None


def _als_datum(cel: Element) -> Gelezen:
    try:
        return datumcel(date.fromisoformat(cel.get(f"{_OFFICE}date-value", "")[:10]))
    except ValueError:
        return _als_tekst(cel)


_LEZERS: dict[str, Callable[[Element], Gelezen]] = {
    "float": _als_getal,
    "currency": _als_getal,
    "percentage": _als_procent,
    "date": _als_datum,
    "boolean": lambda cel: waarcel(cel.get(f"{_OFFICE}boolean-value") == "true"),
    "time": lambda cel: tijdcel(_als_tekst(cel)[0]),
}
