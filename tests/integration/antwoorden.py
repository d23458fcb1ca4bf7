"""Every figure that a page, a file or the API shows, with the question it answers; and where two of them disagree.

A question is what is measured, of which onderdeel, in which quarter. A figure is read as its reader has it: from the
header of its column and its row, not from the code that made it.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import dropwhile, takewhile
from typing import Any

from odf import teletype
from odf.opendocument import load
from odf.table import TableCell, TableRow
from openpyxl import load_workbook

from common.tekst.periode import Kwartaal
from tests.pagina import Deel, Pagina

GETAL = re.compile(r"(?:€ )?([+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|[+-]?\d+(?:,\d+)?)( mln)?")
WAARDEKOLOM = re.compile(r"^(Waarde|Stand|Jaar tot nu toe|Meting)( \(|$)")
OORDEELKOLOM = re.compile(r"^(Doel|Vergeleken met|Verschil)(?: \(|$)")
KERN = re.compile(rf"(?:^| )({GETAL.pattern}(?:%| [a-z']+)?) (?:t/m Q|in Q|in 20|over 20)")
MERKKOLOMMEN = ("Status", "Opmerking", "Signaal of opmerking", "Oordeel")
SIGNAAL, GETEKEND, METINGEN = "alle kwartalen", ": de getekende cijfers", "alle metingen"
VERSCHIL, WIJK = "formatie-bezetting", "bezetting-wijkagenten"
GEDRUKT, BEREKEND = "Totaal, zoals gedrukt", "Totaal, uit de delen berekend"
QUOTIENT, MEESTE = 4, 9  # decimals to which a file rounds a quotient, and nothing else; more of them say nothing
Vraag = tuple[str, str, str]
"""What, of which onderdeel, in which quarter or year."""


@dataclass(frozen=True)
class Cijfer:
    """``waarde`` None: it is not shown to this reader. ``decimalen`` None: as exact as it is kept."""

    vraag: Vraag
    waarde: Decimal | None
    decimalen: int | None
    lezer: str
    waar: str

    def __str__(self) -> str:
        return f"{self.waarde} ({self.lezer}, {self.waar})"


@dataclass(frozen=True)
class Kader:
    """What a reader knows of a page before its tables: whose it is, and what it is about."""

    lezer: str
    waar: str
    kwartaal: str
    namen: Mapping[str, str]  # name of an indicator → its code
    standen: frozenset[str]  # codes of the indicators of which the last quarter counts
    onderdelen: Mapping[str, str]  # code → name
    indicator: str = ""
    plek: str = "RE07"  # of which onderdeel the sentences of the page are
    district: str = ""
    sommen: frozenset[str] = frozenset()  # codes of the indicators of which quarters are added up
    exact: bool = False
    tabel: str = ""

    def cijfer(self, wat: str, onderdeel: str, kwartaal: str, tekst: str) -> Cijfer:
        waarde, decimalen = lees_getal(tekst)
        rond = not self.exact or decimalen >= QUOTIENT  # a spreadsheet keeps 15 digits
        return Cijfer(
            (wat, onderdeel, kwartaal), waarde, min(decimalen, MEESTE) if rond else None, self.lezer, self.waar
        )

    def onderdeel(self, tekst: str) -> str:
        """By its code at the front; the unit by its name; of the page of a district its printed total."""
        if tekst.startswith("Eenheid "):
            return "RE07"
        if tekst == GEDRUKT:
            return self.district
        if tekst == BEREKEND:
            return f"{self.district}, de delen"
        voorop = tekst.split(" ")[0]
        return voorop if voorop in self.onderdelen else ""


def lees_getal(tekst: str) -> tuple[Decimal | None, int]:
    """The number at the front of a cell, and with how many decimals it is written."""
    gevonden = GETAL.match(tekst.strip())
    if gevonden is None:
        return None, 0
    kaal, mln = gevonden.groups()
    getal = Decimal(kaal.replace(".", "").replace(",", "."))
    decimalen = len(kaal.partition(",")[2])
    return (getal * 1_000_000, decimalen - 6) if mln else (getal, decimalen)


def als_kwartaal(tekst: str) -> str:
    """“Q3 2026” → “2026-Q3”; empty for anything else."""
    gevonden = re.fullmatch(r"Q([1-4]) (\d{4})", tekst.strip())
    return f"{gevonden[2]}-Q{gevonden[1]}" if gevonden else ""


def uit_jaar(kolommen: Sequence[str], rijen: Iterable[Sequence[str]], kader: Kader) -> Iterator[Cijfer]:
    """The chart of a year beside earlier ones: a column per year, a row per quarter, up to the quarter shown."""
    los = kader.indicator in kader.sommen and "Norm" not in kolommen
    wat = f"{kader.indicator}, het kwartaal zelf" if los else kader.indicator
    for cellen in rijen:
        rij = dict(zip(kolommen, cellen, strict=True))
        for jaar in filter(str.isdigit, kolommen):
            if (wanneer := f"{jaar}-{rij['Kwartaal']}") <= kader.kwartaal:
                yield kader.cijfer(wat, kader.plek, wanneer, rij[jaar])
        if f"{kader.kwartaal[:4]}-{rij['Kwartaal']}" == kader.kwartaal and rij.get("Norm"):
            yield kader.cijfer(f"{kader.indicator}, vergeleken met", kader.plek, kader.kwartaal, rij["Norm"])
        elif f"{kader.kwartaal[:4]}-{rij['Kwartaal']}" == kader.kwartaal and rij.get("Doel"):
            yield kader.cijfer(f"{kader.indicator}, doel", kader.plek, kader.kwartaal, rij["Doel"])


def uit_tabel(kolommen: Sequence[str], rijen: Sequence[Sequence[str]], kader: Kader) -> Iterator[Cijfer]:
    for cellen in rijen:
        rij = dict(zip(kolommen, cellen, strict=False))
        rij |= {kolom: rij["Doel"] for kolom, tekst in rij.items() if tekst == "het doel"}
        if rij.get("Staat", "Geldt") != "Geldt" or rij.get("Vervangen op", "–") != "–":
            continue
        indicator = kader.namen.get(rij.get("Indicator", ""), kader.indicator)
        plek = _plek(rij, kader)
        kwartaal = next((als_kwartaal(rij[k]) for k in ("Kwartaal", "Periode") if k in rij), kader.kwartaal)
        if METINGEN in kader.tabel and cellen is not rijen[-1]:  # the last is the one of the page
            kwartaal = rij["Jaar"]
        for kolom, tekst in rij.items():
            wat, wanneer, waar = _vraag(kolom, rij, indicator, kader), als_kwartaal(kolom) or kwartaal, plek
            if not wat and indicator and (naast := kader.onderdeel(kolom)):
                wat, waar = indicator, naast
            # A signal is only sought in complete values: it says so of the others, where a chart shows what there is.
            buiten = SIGNAAL in kader.tabel and lees_getal(tekst)[0] is None
            if wat and waar and wanneer and not buiten:
                yield kader.cijfer(wat, waar, wanneer, tekst)
                yield from _voorlopig(wat, waar, wanneer, tekst, rij, kader)


def _plek(rij: Mapping[str, str], kader: Kader) -> str:
    namen = [rij[kolom] for kolom in ("Code", "Onderdeel", "District", "Basisteam") if rij.get(kolom)]
    if namen:
        return next(filter(None, map(kader.onderdeel, namen)), "")
    if kader.indicator or "Indicator" in rij:
        return kader.plek
    getekend = kader.tabel.partition(":")[0]
    eigen = kader.onderdeel(getekend) or next((c for c, naam in kader.onderdelen.items() if naam == getekend), "")
    return eigen or ("" if kader.tabel.endswith(GETEKEND) else kader.district)


def _vraag(kolom: str, rij: Mapping[str, str], indicator: str, kader: Kader) -> str:
    """What a column answers; empty where it is none of the questions that are asked here."""
    if indicator:
        eigen = indicator if indicator in kader.standen else f"{indicator}, het kwartaal zelf"
        if SIGNAAL in kader.tabel or "Staat" in rij:
            return eigen if kolom.startswith("Waarde") else ""
        if kolom.startswith("In het kwartaal"):
            return eigen
        if "Oordeel" in rij and (naast := OORDEELKOLOM.match(kolom)):
            return f"{indicator}, {naast[1].lower()}"
        return indicator if WAARDEKOLOM.match(kolom) or als_kwartaal(kolom) else ""
    van_allen = "Mensen (fte)" in rij or "waarvan OS (fte)" in rij  # the charts of all places, not of wijkagenten
    wijk = "Plaatsen (fte)" in rij and not van_allen
    return {
        "Formatie (fte)": "formatie",
        "Bezetting (fte)": "bezetting",
        "Mensen (fte)": "bezetting",
        "Bezet": "bezet",
        "Verschil (fte)": "wijkverschil" if wijk else VERSCHIL,
        "Bezet (%)": WIJK if wijk else "bezet",
        "Plaatsen (fte)": "wijkplaatsen" if wijk else "formatie",
        "Plaatsen wijkagenten (fte)": "wijkplaatsen",
        "Wijkagenten (fte)": "wijkagenten",
        "Verschil wijkagenten (fte)": "wijkverschil",
    }.get(kolom, "")


def _voorlopig(
    wat: str, plek: str, kwartaal: str, tekst: str, rij: Mapping[str, str], kader: Kader
) -> Iterator[Cijfer]:
    """Whether a figure is marked as provisional, as a figure of its own: 1 or 0."""
    van_formatie = "Formatie (fte)" in rij or "Plaatsen (fte)" in rij
    over = VERSCHIL if wat == "bezetting" else wat
    zegt_het = wat == "bezetting" if van_formatie else wat in kader.namen.values()
    if zegt_het and lees_getal(tekst)[0] is not None and (not kader.exact or "Status" in rij):
        opmerkingen = " ".join([tekst, *(rij.get(kolom, "") for kolom in MERKKOLOMMEN)]).lower()
        ja = "voorlopig" in opmerkingen or " vl." in opmerkingen
        yield Cijfer((f"{over}, voorlopig", plek, kwartaal), Decimal(ja), None, kader.lezer, kader.waar)


def uit_pagina(pagina: Pagina, kader: Kader) -> Iterator[Cijfer]:
    """The tables, the figure at the top of an indicator, and every indicator in a list or on a card."""
    for tabel in pagina.tabellen:
        rijen = [rij.cellen for rij in tabel.rijen]
        getekend = re.sub(r", [^,]*$| per onderdeel$| in \d{4}$", "", tabel.naam.removesuffix(GETEKEND))
        indicator = kader.indicator or kader.namen.get(getekend, "")
        waar = f"{kader.waar}: {tabel.naam}"
        lees = uit_jaar if indicator and re.search(rf" in \d{{4}}{GETEKEND}$", tabel.naam) else uit_tabel
        yield from lees(tabel.kolommen, rijen, replace(kader, indicator=indicator, tabel=tabel.naam, waar=waar))
    for zin in pagina.inhoud._waar(lambda knoop: "kernzin" in knoop.klassen) if kader.indicator else ():
        yield from _uit_kern(_kern(Deel([zin], zin)), pagina.inhoud, kader.indicator, kader)
    te_bespreken = pagina.inhoud._alle("tr") if kader.waar.startswith("/?") else []
    for knoop in (*pagina.inhoud._alle("li"), *te_bespreken):
        yield from _uit_lijst(Deel([knoop], knoop), kader)


def _uit_lijst(deel: Deel, kader: Kader) -> Iterator[Cijfer]:
    codes = {m[1] for link in deel.links if (m := re.match(r"/indicatoren/([\w-]+)/(?:\?|$)", link.adres))}
    if len(codes) == 1:
        yield from _uit_kern(_op_kaart(deel) or _kern(deel), deel, codes.pop(), kader)


def _kern(deel: Deel) -> str:
    """The figure before the period that it is of."""
    gevonden = KERN.search(deel.tekst)
    return gevonden[1] if gevonden else ""


def _op_kaart(deel: Deel) -> str:
    """On the card of a theme the large figure has no label."""
    groot = deel._waar(lambda knoop: "waarde" in knoop["class"].split())
    return groot[0].tekst() if groot else ""


def _uit_kern(tekst: str, deel: Deel, indicator: str, kader: Kader) -> Iterator[Cijfer]:
    if lees_getal(tekst)[0] is not None:
        elders = re.search(r"[Gg]emeten in (Q[1-4] \d{4})|laatste meting, van (Q[1-4] \d{4})", deel.tekst)
        kwartaal = als_kwartaal(next(filter(None, elders.groups()))) if elders else kader.kwartaal
        for getal in (tekst, *_voluit(tekst, deel)):
            yield kader.cijfer(indicator, kader.plek, kwartaal, getal)


def _voluit(tekst: str, deel: Deel) -> list[str]:
    """What a rounded figure says when it is pointed at."""
    afgerond = [knoop for knoop in deel._alle("span") if knoop["title"] and knoop.tekst().strip()]
    return [knoop["title"] for knoop in afgerond if tekst.strip().startswith(knoop.tekst().strip())][:1]


def rijen_van(inhoud: bytes, soort: str) -> list[list[str]]:
    """The rows of a file, its header first, without the notes below them."""
    if soort == "csv":
        rijen = list(csv.reader(io.StringIO(inhoud.decode("utf-8-sig"), newline=""), delimiter=";"))
    elif soort == "xlsx":
        blad = load_workbook(io.BytesIO(inhoud)).active
        assert blad is not None
        rijen = [[_als_tekst(cel.value) for cel in rij] for rij in blad.iter_rows()]
    else:
        rijen = [
            [_ods_tekst(cel) for cel in rij.getElementsByType(TableCell)]
            for rij in load(io.BytesIO(inhoud)).getElementsByType(TableRow)
        ]
    met_kop = dropwhile(lambda rij: not _heeft_cellen(rij), rijen)
    return list(takewhile(_heeft_cellen, met_kop))


def _heeft_cellen(rij: Sequence[str]) -> bool:
    return len([cel for cel in rij if cel]) > 1


def _als_tekst(waarde: object) -> str:
    return "" if waarde is None else str(waarde).replace(".", ",") if isinstance(waarde, int | float) else str(waarde)


def _ods_tekst(cel: Any) -> str:
    getal = cel.getAttribute("value")
    return str(getal).replace(".", ",") if getal is not None else teletype.extractText(cel)


def uit_bestand(inhoud: bytes, soort: str, kader: Kader) -> Iterator[Cijfer]:
    kop, *rijen = rijen_van(inhoud, soort) or [[]]
    yield from uit_tabel(kop, rijen, replace(kader, exact=True))


def uit_doelbereik(resultaten: Iterable[Mapping[str, Any]], kader: Kader) -> Iterator[Cijfer]:
    """The verdicts of the API: the exact figure, what is of the quarter itself, and the number in its sentence."""
    for rij in resultaten:
        plek = (rij["onderdeel"], str(Kwartaal(rij["jaar"], rij["kwartaal"])))
        code, cumulatief = rij["indicator"], rij["cumulatief"]
        if rij["volledig"] or cumulatief is not None:
            yield _exact(code, plek, cumulatief, kader)
            yield from _waaraan_gemeten(rij, plek, kader)
        if code not in kader.standen and rij["waarde"] is not None:
            yield _exact(f"{code}, het kwartaal zelf", plek, rij["waarde"], kader)
        if cumulatief is not None:
            yield _exact(f"{code}, voorlopig", plek, str(int(rij["status"] == "voorlopig")), kader)
            if lees_getal(rij["reden"])[0] is not None and not re.match(r"\d+ van ", rij["reden"]):
                yield kader.cijfer(code, *plek, rij["reden"])


def _waaraan_gemeten(rij: Mapping[str, Any], plek: tuple[str, str], kader: Kader) -> Iterator[Cijfer]:
    """The expectation is of year volumes alone: elsewhere a page compares with the target or an earlier measurement."""
    naast = {"doel": rij["streefwaarde"], "verschil": rij["verschil"]}
    if rij["verwachting"] is not None:
        naast["vergeleken met"] = rij["verwachting"]
    for wat, getal in naast.items():
        yield _exact(f"{rij['indicator']}, {wat}", plek, getal, kader)


def uit_districtsformatie(resultaten: Iterable[Mapping[str, Any]], kader: Kader) -> Iterator[Cijfer]:
    wat = {"totaal": "formatie", "basisteam": "formatie", "wijkagenten": "wijkplaatsen"}
    for rij in resultaten:
        if rij["soort"] in wat:
            yield _exact(wat[rij["soort"]], (rij["onderdeel"], kader.kwartaal), rij["fte"], kader)


def _exact(wat: str, plek: tuple[str, str], waarde: str | None, kader: Kader) -> Cijfer:
    return Cijfer((wat, *plek), None if waarde is None else Decimal(waarde), None, kader.lezer, kader.waar)


@dataclass
class Oogst:
    """All figures that were met, and what they say of each other. ``dag``: as known on which day."""

    per_dag: dict[str, dict[Vraag, list[Cijfer]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def voeg_toe(self, cijfers: Iterable[Cijfer], dag: str = "") -> None:
        for cijfer in cijfers:
            self.per_dag[dag][cijfer.vraag].append(cijfer)

    def tegenspraken(self) -> list[str]:
        return [
            f"{', '.join(vraag)}{f' ({dag})' if dag else ''}: {strijd}"
            for dag, vragen in self.per_dag.items()
            for vraag, cijfers in vragen.items()
            for strijd in [*_ongelijk(cijfers), *_half_verborgen(cijfers)]
        ]


def _ongelijk(cijfers: Sequence[Cijfer]) -> Iterator[str]:
    """Figures that are not the rounding of the most exact one."""
    getoond = [c for c in cijfers if c.waarde is not None]
    if not getoond:
        return
    exactst = max(getoond, key=lambda c: 99 if c.decimalen is None else c.decimalen)
    for cijfer in getoond:
        if abs((cijfer.waarde or 0) - (exactst.waarde or 0)) > _speling(cijfer) + _speling(exactst):
            yield f"{cijfer} is niet {exactst}"


def _speling(cijfer: Cijfer) -> Decimal:
    """How far a figure may be off: half of its last decimal; 10 significant digits are exact enough."""
    if cijfer.decimalen is None:
        return abs(cijfer.waarde or Decimal(0)) / 10**9
    return Decimal(5).scaleb(-cijfer.decimalen - 1)


def _half_verborgen(cijfers: Sequence[Cijfer]) -> Iterator[str]:
    """A figure that one reader sees on one road and not on another."""
    per_lezer: dict[str, list[Cijfer]] = defaultdict(list)
    for cijfer in cijfers:
        per_lezer[cijfer.lezer].append(cijfer)
    for eigen in per_lezer.values():
        zonder, met = ([c for c in eigen if (c.waarde is None) is weg] for weg in (True, False))
        if zonder and met:
            yield f"{met[0]} is weg: {zonder[0].waar}"
