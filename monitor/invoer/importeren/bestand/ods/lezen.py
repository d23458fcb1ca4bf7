"""ODS, streamed: a sheet says how often a cell or row is repeated, and that is counted before it is believed."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
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
from monitor.invoer.importeren.bestand.ods.stijl import STIJL, Stijlen
from monitor.invoer.importeren.bestand.ods.tekst import ALINEA, OFFICE, TABLE, lees_alinea
from monitor.invoer.importeren.bestand.rijen import (  # fmt: skip
    KOPRIJEN,
    MAX_KOLOMMEN,
    Ingelezen,
    Rauw,
    bewaak_breedte,
    bewaak_rijen,
    fout,
)
from monitor.invoer.importeren.bestand.samengevoegd import Bereik, met_bedekte
from monitor.invoer.regels.waarneming import InvoerFout

_VERWIJZING = "Het bestand haalt tekst van elders (een entiteit); dat wordt niet gelezen. Bewaar het opnieuw als .ods."
_CEL, _RIJ, _KOLOM, _TABEL = (f"{TABLE}{naam}" for naam in ("table-cell", "table-row", "table-column", "table"))
_SOORT, _WAARDE, _FORMULE = f"{OFFICE}value-type", f"{OFFICE}value", f"{TABLE}formula"
_REKENSOORT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_STIJLNAAM, _STANDAARDSTIJL = f"{TABLE}style-name", f"{TABLE}default-cell-style-name"
_WEG = ("collapse", "filter")


def lees_ods(inhoud: bytes) -> Ingelezen:
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
            return lees_bladen(_bladen(archief), "ods")
    except DefusedXmlException:
        raise fout(_VERWIJZING) from None


def _bladen(archief: zipfile.ZipFile) -> list[Rekenblad]:
    """Every sheet, in one pass; an element is let go as soon as it is read."""
    lezer = _Lezer()
    if "styles.xml" in archief.namelist():
        with archief.open("styles.xml") as bron:
            for _, element in iterparse(bron, events=("end",), forbid_dtd=True):
                if element.tag == STIJL:
                    lezer.stijlen.neem_op(element)
    with archief.open("content.xml") as bron:
        _lees_inhoud(lezer, bron)
    return lezer.bladen


def _lees_inhoud(lezer: "_Lezer", bron: Any) -> None:
    for gebeurtenis, element in iterparse(bron, events=("start", "end"), forbid_dtd=True):
        if element.tag == _TABEL:
            lezer.begin_tabel(element) if gebeurtenis == "start" else lezer.einde_tabel(element)
        elif gebeurtenis == "end" and element.tag in lezer.afhandeling:
            lezer.afhandeling[element.tag](element)
            element.clear()


@dataclass(slots=True)
class _Rijen:
    """The filled rows of a sheet. One that is too large is refused when it is the sheet to read, not before."""

    gevuld: list[Rauw] = field(default_factory=list)
    samengevoegd: list[Bereik] = field(default_factory=list)
    te_groot: InvoerFout | None = None

    def __iter__(self) -> Iterator[Rauw]:
        if self.te_groot:
            raise self.te_groot
        return met_bedekte(self.gevuld, self.samengevoegd)


class _Lezer:
    """Where the pass is: the sheets so far, and of the last one the row and column it came to."""

    def __init__(self) -> None:
        self.bladen: list[Rekenblad] = []
        self.rijen, self.kenmerken = _Rijen(), Kenmerken()
        self.stijlen = Stijlen()
        self.diep = self.nummer = self.kolommen = 0
        self.kolomstijlen: dict[int, str] = {}
        self.afhandeling = {STIJL: self.stijlen.neem_op, _KOLOM: self.kolom, _RIJ: self.rij}

    def begin_tabel(self, element: Element) -> None:
        """A table within a cell is no sheet."""
        self.diep += 1
        if self.diep > 1:
            return
        self.rijen, self.kenmerken, self.nummer, self.kolommen = _Rijen(), Kenmerken(), 0, 0
        self.kolomstijlen = {}
        verborgen = element.get(_STIJLNAAM) in self.stijlen.onzichtbaar
        self.bladen.append(Rekenblad(element.get(f"{TABLE}name", "")[:60], [], self.rijen, verborgen, self.kenmerken))

    def einde_tabel(self, element: Element) -> None:
        self.diep -= 1
        if not self.diep:
            self.bladen[-1].begin = [cellen for nummer, cellen, _ in self.rijen.gevuld[:KOPRIJEN] if nummer <= KOPRIJEN]
        element.clear()

    def _is_weg(self, element: Element) -> bool:
        return element.get(f"{TABLE}visibility") in _WEG or element.get(_STIJLNAAM) in self.stijlen.onzichtbaar

    def kolom(self, element: Element) -> None:
        eerste = self.kolommen + 1
        self.kolommen += _keer(element, "columns")
        if self.diep != 1:
            return
        nummers = range(eerste, min(self.kolommen, MAX_KOLOMMEN) + 1)
        self.kolomstijlen |= dict.fromkeys(nummers, element.get(_STANDAARDSTIJL, ""))
        if self._is_weg(element):
            self.kenmerken.verborgen_kolommen.update(nummers)

    def rij(self, element: Element) -> None:
        if self.diep != 1 or self.rijen.te_groot:
            return
        eerste = self.nummer + 1
        self.nummer += _keer(element, "rows")
        try:
            cellen, bezwaren = self._cellen(element, eerste)
            if cellen or bezwaren:
                bewaak_rijen(self.nummer)
        except InvoerFout as te_groot:
            self.rijen.te_groot = te_groot
            return
        if cellen or bezwaren:
            self._neem_op(eerste, cellen, bezwaren, verborgen=self._is_weg(element))

    def _neem_op(self, eerste: int, cellen: list[str], bezwaren: dict[int, Bezwaar], *, verborgen: bool) -> None:
        nummers = range(eerste, self.nummer + 1)
        if is_geheel_doorgehaald(cellen, bezwaren):
            self.kenmerken.doorgehaald.update(nummers)
            bezwaren = {}
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
            stijl = cel.get(_STIJLNAAM) or element.get(_STANDAARDSTIJL) or self.kolomstijlen.get(kolom + 1, "")
            tekst, bezwaar = self._cel(cel, (nummer, kolom + 1), stijl) if cel.tag == _CEL else ("", None)
            if tekst or bezwaar:
                bewaak_breedte(kolom + keer, nummer)
            if tekst:
                cellen += [""] * (kolom - len(cellen)) + [tekst] * keer
            if bezwaar:
                bezwaren |= dict.fromkeys(range(kolom, kolom + keer), bezwaar)
            kolom += keer
        return cellen, bezwaren

    def _cel(self, cel: Element, plek: Plek, stijl: str) -> Gelezen:
        self._noem_overspanning(cel, plek)
        toont, streep = lees_alinea(cel, self.stijlen.doorgehaald)
        soort, formule = cel.get(_SOORT, ""), _FORMULE in cel.attrib
        if formule and not soort and not toont:
            return "", ZONDER_UITKOMST
        if cel.get(_REKENSOORT) == "error":
            return foutcel(toont or "geen uitkomst")
        tekst, bezwaar = _LEZERS.get(soort, _als_tekst)(cel, toont, plek, self.kenmerken)
        if formule and tekst and not bezwaar:
            self.kenmerken.formules.append(plek)
        return tekst, DOORGEHAALD if tekst and (streep or stijl in self.stijlen.doorgehaald) else bezwaar

    def _noem_overspanning(self, cel: Element, plek: Plek) -> None:
        breed, hoog = _getal_van(cel, "columns-spanned"), _getal_van(cel, "rows-spanned")
        if (breed, hoog) != (1, 1):
            rij, kolom = plek
            self.rijen.samengevoegd.append(Bereik(rij, kolom, rij + hoog - 1, kolom + breed - 1))


def _keer(element: Element, wat: str) -> int:
    """How often this cell or row stands there."""
    return _getal_van(element, f"{wat}-repeated")


def _getal_van(element: Element, wat: str) -> int:
    """What is no number counts once."""
    tekst = element.get(f"{TABLE}number-{wat}", "1")
    return max(1, int(tekst)) if tekst.isascii() and tekst.isdigit() and len(tekst) < 10 else 1


def _als_tekst(cel: Element, toont: str, plek: Plek, kenmerken: Kenmerken) -> Gelezen:
    return tekstcel(toont if _heeft_alinea(cel) else cel.get(f"{OFFICE}string-value", ""))


def _heeft_alinea(cel: Element) -> bool:
    """A file of another program may hold values only."""
    return any(deel.tag == ALINEA for deel in cel)


def _als_getal(cel: Element, toont: str, plek: Plek, kenmerken: Kenmerken, *, procent: bool = False) -> Gelezen:
    """The text on the screen may be an error where the stored number says 0."""
    getal, (_, bezwaar) = opgeslagen_getal(cel.get(_WAARDE, "")), tekstcel(toont)
    if getal is None or bezwaar:
        return toont, bezwaar
    if procent:
        kenmerken.procenten.append(plek)
    rond = rond_af(getal, plek, kenmerken)
    return getalcel(rond, toont if _heeft_alinea(cel) else None, procent=procent)


def _als_procent(cel: Element, toont: str, plek: Plek, kenmerken: Kenmerken) -> Gelezen:
    return _als_getal(cel, toont, plek, kenmerken, procent=True)


def _als_datum(cel: Element, toont: str, plek: Plek, kenmerken: Kenmerken) -> Gelezen:
    try:
        return datumcel(date.fromisoformat(cel.get(f"{OFFICE}date-value", "")[:10]))
    except ValueError:
        return tekstcel(toont)


_LEZERS: dict[str, Callable[[Element, str, Plek, Kenmerken], Gelezen]] = {
    "float": _als_getal,
    "currency": _als_getal,
    "percentage": _als_procent,
    "date": _als_datum,
    "boolean": lambda cel, *_: waarcel(cel.get(f"{OFFICE}boolean-value") == "true"),
    "time": lambda cel, toont, *_: tijdcel(toont),
}
