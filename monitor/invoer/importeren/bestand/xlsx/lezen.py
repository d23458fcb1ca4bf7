"""XLSX, streamed: the sheets of a workbook, read row by row with what a person sees in each cell.

Elements are known by their own name, so the strict form of the format, which differs in name spaces, reads alike.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from monitor.invoer.importeren.bestand.bladen import Rekenblad, lees_bladen
from monitor.invoer.importeren.bestand.cel import (  # fmt: skip
    DOORGEHAALD,
    ZONDER_UITKOMST,
    Bezwaar,
    Gelezen,
    Kenmerken,
    Plek,
    datumcel,
    foutcel,
    getalcel,
    is_geheel_doorgehaald,
    opgeslagen_getal,
    rond_af,
    tekstcel,
    tijdcel,
    waarcel,
)
from monitor.invoer.importeren.bestand.rijen import (  # fmt: skip
    KOPRIJEN,
    MAX_KOLOMMEN,
    MAX_RIJEN,
    Ingelezen,
    Rauw,
    bewaak_breedte,
    bewaak_rijen,
    fout,
)
from monitor.invoer.importeren.bestand.samengevoegd import Bereik, kolomnummer, lees_bereik, met_bedekte
from monitor.invoer.importeren.bestand.xlsx.opmaak import (
    INGEBOUWD,
    Opmaak,
    celweergave,
    is_procent,
    soort_opmaak,
    verbergt_tekst,
)

_VERWIJZING = "Het bestand haalt tekst van elders (een entiteit); dat wordt niet gelezen. Bewaar het opnieuw als .xlsx."
AAN = ("1", "true")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLEK = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_BOEK = "xl/workbook.xml"
_ONZICHTBAAR = 1.0  # points of height, or characters of width: less is no row or column for who looks
_NIETS = Bezwaar("toont de tekst niet die erin staat; zet de opmaak op Standaard en kijk wat er staat", mag_in=())
_TEKSTSOORTEN = ("s", "str", "inlineStr")
_SCHRIKKELFOUT = 60  # the format counts a 29 February 1900 that never was


@dataclass(slots=True)
class _Tekst:
    tekst: str = ""
    doorgehaald: bool = False


@dataclass(slots=True)
class _Boek:
    """What the cells of every sheet refer to."""

    archief: zipfile.ZipFile
    teksten: list[_Tekst] = field(default_factory=list)
    vormen: list[str] = field(default_factory=list)  # by style of a cell
    doorgehaald: set[int] = field(default_factory=set)  # styles of cells
    vanaf_1904: bool = False
    onberekend: bool = False  # no spreadsheet has computed what is stored, so a 0 may be no outcome


@dataclass(slots=True)
class _Blad:
    """One sheet while it is read, or to be read."""

    boek: _Boek
    deel: str
    kenmerken: Kenmerken = field(default_factory=Kenmerken)
    samengevoegd: list[Bereik] = field(default_factory=list)

    def __iter__(self) -> Iterator[Rauw]:
        return met_bedekte(list(_lees_rijen(self)), self.samengevoegd)


def lees_xlsx(inhoud: bytes) -> Ingelezen:
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
            return lees_bladen(_bladen(archief), "xlsx")
    except DefusedXmlException:
        raise fout(_VERWIJZING) from None


def _elementen(archief: zipfile.ZipFile, deel: str, *namen: str) -> Iterator[tuple[str, Element]]:
    """The elements of these names, each whole; it is let go when the next is asked for."""
    with archief.open(deel) as bron:
        for _, element in iterparse(bron, events=("end",), forbid_dtd=True):
            naam = _naam(element)
            if naam in namen:
                yield naam, element
                element.clear()


def _naam(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _kind(element: Element, naam: str) -> Element | None:
    return next((deel for deel in element if _naam(deel) == naam), None)


def _kenmerk(element: Element, naam: str) -> str:
    """An attribute by its own name, whatever its name space."""
    return next((waarde for sleutel, waarde in element.items() if sleutel.rpartition("}")[2] == naam), "")


def _bladen(archief: zipfile.ZipFile) -> list[Rekenblad]:
    boek, doelen = _Boek(archief), _doelen(archief)
    bladen: list[Rekenblad] = []
    namen = set(archief.namelist())
    genoemd = list(_lees_werkmap(boek))
    _lees_stijlen(boek, namen)
    _lees_teksten(boek, namen)
    for naam, verborgen, sleutel in genoemd:
        if doelen.get(sleutel) in namen:  # a sheet with only a chart has a part of another kind
            blad = _Blad(boek, doelen[sleutel])
            begin = [cellen for _, cellen, _ in _eerste_rijen(blad)]
            bladen.append(Rekenblad(naam, begin, blad, verborgen, blad.kenmerken))
    return bladen


def _eerste_rijen(blad: _Blad) -> list[Rauw]:
    los = _Blad(blad.boek, blad.deel)
    return list(_lees_rijen(los, hoogstens=KOPRIJEN))


def _lees_werkmap(boek: _Boek) -> Iterator[tuple[str, bool, str]]:
    """The sheets by name, whether they are hidden, and the key of their part."""
    for naam, element in _elementen(boek.archief, _BOEK, "workbookPr", "sheet", "calcPr"):
        if naam == "sheet":
            yield element.get("name", ""), element.get("state", "visible") != "visible", _kenmerk(element, "id")
        boek.vanaf_1904 |= element.get("date1904") in AAN
        boek.onberekend |= element.get("fullCalcOnLoad") in AAN


def _doelen(archief: zipfile.ZipFile) -> dict[str, str]:
    doelen = {}
    for _, element in _elementen(archief, "xl/_rels/workbook.xml.rels", "Relationship"):
        if element.get("Type", "").endswith("/worksheet"):
            doel = element.get("Target", "")
            doelen[element.get("Id", "")] = (
                posixpath.normpath(posixpath.join("xl", doel)) if doel[:1] != "/" else doel[1:]
            )
    return doelen


def _lees_stijlen(boek: _Boek, namen: set[str]) -> None:
    if "xl/styles.xml" not in namen:
        return
    eigen, doorgehaald = dict(INGEBOUWD), []
    for naam, element in _elementen(boek.archief, "xl/styles.xml", "numFmts", "fonts", "cellXfs"):
        if naam == "numFmts":
            eigen |= {int(vorm.get("numFmtId", 0)): vorm.get("formatCode", "") for vorm in element}
        elif naam == "fonts":
            doorgehaald = [_is_doorgehaald(lettertype) for lettertype in element]
        else:
            boek.vormen = [eigen.get(int(stijl.get("numFmtId", 0)), "General") for stijl in element]
            letters = [int(stijl.get("fontId", 0)) for stijl in element]
            boek.doorgehaald = {i for i, nummer in enumerate(letters) if any(doorgehaald[nummer : nummer + 1])}


def _is_doorgehaald(lettertype: Element | None) -> bool:
    streep = _kind(lettertype, "strike") if lettertype is not None else None
    return streep is not None and streep.get("val", "1") in AAN


def _lees_teksten(boek: _Boek, namen: set[str]) -> None:
    if "xl/sharedStrings.xml" in namen:
        boek.teksten = [_tekst(element) for _, element in _elementen(boek.archief, "xl/sharedStrings.xml", "si")]


def _tekst(element: Element) -> _Tekst:
    """The text itself or in parts, each with its own look; how it sounds is left out."""
    heel = _Tekst()
    for deel in element:
        soort = _naam(deel)
        bron = deel if soort == "t" else _kind(deel, "t") if soort == "r" else None
        if bron is not None and bron.text:
            heel.tekst += bron.text
            heel.doorgehaald |= bool(bron.text.strip()) and _is_doorgehaald(_kind(deel, "rPr"))
    heel.tekst = _ontsnap(heel.tekst)
    return heel


def _lees_rijen(blad: _Blad, *, hoogstens: int = 0) -> Iterator[Rauw]:
    """All rows of a sheet that is not too large, or the first of whatever sheet."""
    nummer = 0
    for naam, element in _elementen(blad.boek.archief, blad.deel, "dimension", "col", "row", "mergeCell"):
        if naam == "row":
            nummer = int(element.get("r", nummer + 1))
            if hoogstens and nummer > hoogstens:
                return
            yield _lees_rij(blad, element, nummer)
        elif naam == "col":
            _lees_kolom(blad.kenmerken, element)
        elif naam == "mergeCell":
            blad.samengevoegd += filter(None, [lees_bereik(element.get("ref", ""))])
        elif not hoogstens:
            _bewaak_omvang(element.get("ref", ""))


def _bewaak_omvang(tekst: str) -> None:
    """What the sheet says of itself; a sheet that hides its size is stopped while its rows are read."""
    bereik = lees_bereik(tekst)
    if bereik and (bereik.rechts > MAX_KOLOMMEN or bereik.onder > MAX_RIJEN + KOPRIJEN):
        omvang = f"{bereik.rechts} kolommen en {bereik.onder} rijen"
        raise fout(f"Het blad is te groot ({omvang}). Verwijder alles buiten de tabel, ook lege cellen met opmaak.")


def _is_onzichtbaar(element: Element, maat: str) -> bool:
    return element.get("hidden") in AAN or float(element.get(maat, _ONZICHTBAAR)) < _ONZICHTBAAR


def _lees_kolom(kenmerken: Kenmerken, element: Element) -> None:
    if _is_onzichtbaar(element, "width"):
        laatste = min(int(element.get("max", 0)), MAX_KOLOMMEN)
        kenmerken.verborgen_kolommen.update(range(int(element.get("min", 1)), laatste + 1))


def _lees_rij(blad: _Blad, element: Element, nummer: int) -> Rauw:
    if _is_onzichtbaar(element, "ht"):
        blad.kenmerken.verborgen_rijen.add(nummer)
    cellen: list[str] = []
    bezwaren: dict[int, Bezwaar] = {}
    kolom = 0
    for cel in element:
        plek = _PLEK.fullmatch(cel.get("r", ""))
        kolom = kolomnummer(plek[1]) if plek else kolom + 1
        tekst, bezwaar = _lees_cel(blad, cel, (nummer, kolom))
        if tekst or bezwaar:
            bewaak_rijen(nummer)
            bewaak_breedte(kolom, nummer)
            cellen += [""] * (kolom - len(cellen))
            cellen[kolom - 1] = tekst
            bezwaren |= {kolom - 1: bezwaar} if bezwaar else {}
    if is_geheel_doorgehaald(cellen, bezwaren):
        blad.kenmerken.doorgehaald.add(nummer)
        bezwaren = {}
    return nummer, cellen, bezwaren


def _lees_cel(blad: _Blad, cel: Element, plek: Plek) -> Gelezen:
    stijl, soort, waarde = int(cel.get("s", 0)), cel.get("t", "n"), _kind(cel, "v")
    ruw, formule = (waarde.text or "" if waarde is not None else ""), _kind(cel, "f") is not None
    if formule and _is_zonder_uitkomst(blad.boek, soort, ruw):
        return "", ZONDER_UITKOMST
    inhoud = _tekst_van(blad.boek, cel, soort, ruw)
    vorm = blad.boek.vormen[stijl] if stijl < len(blad.boek.vormen) else "General"
    tekst, bezwaar = _lees_inhoud(blad, soort, inhoud.tekst or ruw, vorm, plek)
    if formule and tekst and not bezwaar:
        blad.kenmerken.formules.append(plek)
    return tekst, DOORGEHAALD if tekst and (inhoud.doorgehaald or stijl in blad.boek.doorgehaald) else bezwaar


def _lees_inhoud(blad: _Blad, soort: str, inhoud: str, vorm: str, plek: Plek) -> Gelezen:
    if not inhoud:
        return "", None
    if soort in _TEKSTSOORTEN:
        return (inhoud, _NIETS) if verbergt_tekst(vorm) else tekstcel(inhoud)
    return _LEZERS.get(soort, _als_getal)(blad, inhoud, vorm, plek)


def _is_zonder_uitkomst(boek: _Boek, soort: str, ruw: str) -> bool:
    """Programs that write a file without computing leave nothing, or a 0 that Excel is to replace."""
    return (not ruw and soort != "str") or (ruw == "0" and boek.onberekend)


def _tekst_van(boek: _Boek, cel: Element, soort: str, ruw: str) -> _Tekst:
    if soort == "s":
        return boek.teksten[int(ruw)] if ruw else _Tekst()
    binnenin = _kind(cel, "is") if soort == "inlineStr" else None
    if binnenin is not None:
        return _tekst(binnenin)
    return _Tekst(_ontsnap(ruw)) if soort in _TEKSTSOORTEN else _Tekst()


def _als_getal(blad: _Blad, ruw: str, vorm: str, plek: Plek) -> Gelezen:
    getal, soort = opgeslagen_getal(ruw), soort_opmaak(vorm)
    if getal is None:
        return tekstcel(ruw)
    if soort is Opmaak.DATUM:
        return _als_datum(blad.boek, getal)
    if soort is Opmaak.TIJD:
        return tijdcel(ruw)
    if is_procent(vorm):
        blad.kenmerken.procenten.append(plek)
    rond = rond_af(getal, plek, blad.kenmerken)
    return getalcel(rond, celweergave(rond, vorm), procent=is_procent(vorm))


def _als_datum(boek: _Boek, getal: Decimal) -> Gelezen:
    """The day, counted from 1900 or 1904; one that no calendar has shows as a row of signs."""
    dagen = int(getal)
    begin = date(1904, 1, 1) if boek.vanaf_1904 else date(1899, 12, 30 if dagen >= _SCHRIKKELFOUT else 31)
    try:
        return datumcel(begin + timedelta(days=dagen)) if dagen >= 0 else tekstcel("######")
    except OverflowError:
        return tekstcel("######")


def _als_iso(blad: _Blad, ruw: str, vorm: str, plek: Plek) -> Gelezen:
    try:
        return datumcel(date.fromisoformat(ruw[:10]))
    except ValueError:
        return tijdcel(ruw)


_LEZERS: dict[str, Callable[[_Blad, str, str, Plek], Gelezen]] = {
    "b": lambda blad, ruw, vorm, plek: waarcel(ruw in AAN),
    "d": _als_iso,
    "e": lambda blad, ruw, vorm, plek: foutcel(ruw),
}


def _ontsnap(tekst: str) -> str:
    """The format spells a character that XML cannot hold as _x000D_; what is no character stays as it is."""
    return _ESCAPE.sub(_teken, tekst) if "_x" in tekst else tekst


def _teken(gevonden: re.Match[str]) -> str:
    code = int(gevonden[1], 16)
    return chr(code) if code and not 0xD800 <= code <= 0xDFFF else gevonden[0]
