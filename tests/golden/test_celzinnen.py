"""Odd cells and headers, and what a person then reads: every sentence stands in ``celzinnen.txt`` to be read at review.

``make golden`` writes it anew.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from common.tekst.periode import Kwartaal
from common.tekst.tekens import zichtbaar
from monitor.invoer.bezetting.validatie import BEZETTINGKOLOMMEN, lees_opgave
from monitor.invoer.importeren.bestand.lezen import lees_bytes
from monitor.invoer.regels.validatie import (
    CELKOLOMMEN,
    METINGKOLOMMEN,
    IndicatorFeiten,
    Kader,
    OnderdeelFeiten,
    lees_rij,
)
from monitor.invoer.regels.waarneming import InvoerFout, Invoerrij
from monitor.invoer.rooster.beoordeling import lees_teksten
from tests.golden.vergelijk import vergelijk_met_goud

GOUD = Path(__file__).with_name("celzinnen.txt")
KADER = Kader(
    indicatoren={
        "telling": IndicatorFeiten("telling", "som", "kwartaal", "eenheid", "zaken", "hoger", 0, None, naam="Zaken"),
        "bedrag": IndicatorFeiten("bedrag", "som", "kwartaal", "eenheid", "€", "hoger", 0, None, naam="Beslag"),
        "buurt": IndicatorFeiten("buurt", "enquete", "jaar", "eenheid", "%", "hoger", 1, None, naam="Tevreden buurt"),
        "prio": IndicatorFeiten("prio", "verhouding", "kwartaal", "eenheid", "%", "hoger", 1, None, naam="Op tijd"),
    },
    onderdelen={
        "RE07": OnderdeelFeiten("RE07", "eenheid", naam="Eenheid Rotterdam"),
        "A1": OnderdeelFeiten("A1", "basisteam", naam="Centrum"),
    },
    vandaag=date(2026, 11, 28),
)
TELLING = {"indicator": "telling", "onderdeel": "RE07", "jaar": "2026", "kwartaal": "3", "waarde": "8"}
RIJEN = {
    "telling": TELLING,
    "bedrag": TELLING | {"indicator": "bedrag"},
    "percentage": TELLING | {"indicator": "buurt", "jaar": "2025", "kwartaal": "4"},
    "verhouding": TELLING | {"indicator": "prio", "waarde": "", "teller": "1", "noemer": "2"},
    "bezetting": {
        "onderdeel": "A1", "soort": "basisteam", "jaar": "2026", "kwartaal": "3", "os": "90", "nos": "8",
    },
}  # fmt: skip
GETALLEN = (
    "82 %", "82 procent", "€ 1.234", "1.234 euro", "EUR 12", "€  -  ", " -   ", "-", "–", "—", ".", "x", "…", "*", "?",
    "n.v.t.", "nvt", "n/a", "onbekend", "geheim", "leeg", "geen", "nihil", "null", "NaN", "n.b.", "nb", "NB", "12 fte",
    "1,5 mln", "€ 1,5 mln", "12k", "1.234,50-", "'123", "’1.234", "１２", "٣٥", "1/2", "1/3", "½", "1E3",
    "1,2E+07", "0x10",
    "1_000", "−5", "- 5", "(5)", "+5", "-5", "ca. 12", "<5", "5-10", "10 tot 12", "12*", "12 (voorlopig)",
    "12?", "1O", "12v",
    "2025-04-05", "5-10-2025", "1:30", ",5", "5,", "1.234,-", "#DIV/0!", "#N/B", "=1+1", "WAAR", "5.9",
    "1.234", "1,234.5",
    "1.2.3", "inf", "1e400", "tien", "$12", "8 8", "1\u00a0234", "\u200b8", "\u200e8", "8\ufeff", "8\x07",
    "1" * 17, "0,12345",
    "0.125", "101", "zie bijlage",
)  # fmt: skip
CELLEN: dict[tuple[str, str], tuple[str, ...]] = {
    ("telling", "waarde"): GETALLEN,
    ("bedrag", "waarde"): GETALLEN,
    ("percentage", "waarde"): GETALLEN,
    ("percentage", "marge"): ("-", "nvt", "nb", "1.1", "± 1", "-1", "1,1%"),
    ("verhouding", "teller"): ("-", "x", "nihil", "82%", "1/2", "12 keer", "3", ""),
    ("telling", "status"): ("", "-", "def", "Definitief ", "defini\u200btief", "VOORLOPIG", "vastgesteld"),
    ("telling", "meetdatum"): (
        "31-4-2026", "2026-04-31", "4-31-2026", "5-10-26", "5.10.2026", "5 oktober 2026", "46300", "20261005",
        "2026-10-05 00:00:00", "-", "onbekend", "morgen", "1-1-2020", "1-1-2027", "5-10-\u200e2026",
    ),
    ("telling", "jaar"): (
        "", "26", "2.026", "2026,0", "1999", "2026-Q3", "2020KW04", "2019JJ00", "46300", "2026-10-05",
        "dit jaar", "20\u200b26",
    ),
    ("telling", "kwartaal"): (
        "5", "0", "Q3", "3e kwartaal", "2026-Q3", "2025-Q3", "III", "3,0", "heel jaar", "2e halfjaar", "-",
        "jul-sep", "4",
    ),
    ("telling", "indicator"): ("", "Telling", "tel\u200bling", "teling", "Zaken", "ziekteverzuim", "-"),
    ("telling", "onderdeel"): ("", "re07", "RE07\u200b", "RE7", "eenheid rotterdam", "B9", "A1", "Rotterdam"),
    ("telling", "toelichting"): ("goed\u202edeof", "a\x07b", "a" * 2001),
    ("bezetting", "os"): ("", "-", "nb", "nvt", "nihil", "90 fte", "1.5", "-5", "90,125", "8 000 000", "\u200b90"),
    ("bezetting", "ziek"): ("-", "nb", "x", "99", "4 %"),
    ("bezetting", "soort"): ("", "Basis-team", "team", "leiding"),
    ("bezetting", "kwartaal"): ("", "5", "Q3", "heel jaar"),
}  # fmt: skip
KOPPEN = (
    "indicater;onderdeel;jaar;waarde", "\ufeff\ufeffINDICATOR;Onderdeel;jáár;Waarde", "indicator;onderdeel;waarde",
    "onderdeel;soort;jaar;kwartaal;OS;wijkagenten expert", "onderdeel;soort;jaar;kwartaal;nos", "naam;bedrag",
    "indicator;onderdeel;jaar;waarde;kleur", "indicator;onderdeel;jaar;waarde;Waarde",
    "indi\u200bcator;onderdeel;jaar;teler",
)  # fmt: skip


def test_wat_een_mens_te_lezen_krijgt() -> None:
    delen = ["Zinnen bij vreemde cellen: soort en kolom, wat er stond, wat het antwoord is.", ""]
    for (soort, kolom), teksten in CELLEN.items():
        delen += [
            f"{soort}, {kolom}",
            *(f"  {_getoond(tekst)} -> {_zin(soort, kolom, tekst)}" for tekst in teksten),
            "",
        ]
    delen += ["De kop", *(f"  {_getoond(kop)} -> {_kopzin(kop)}" for kop in KOPPEN)]
    vergelijk_met_goud(GOUD, "\n".join(delen) + "\n")


def test_het_rooster_zegt_hetzelfde_als_een_bestand() -> None:
    for (soort, kolom), teksten in CELLEN.items():
        for tekst in teksten if soort != "bezetting" and kolom in CELKOLOMMEN else ():
            rij = _rij(soort, kolom, tekst)
            plek, kwartaal = (rij["indicator"], rij["onderdeel"]), Kwartaal(int(rij["jaar"]), int(rij["kwartaal"]))
            cellen = {naam: cel for naam, cel in rij.items() if naam in CELKOLOMMEN}
            if rij["indicator"] == "buurt":  # in the grid a survey is about the whole year
                rij["kwartaal"] = ""
            uit_bestand = lees_rij(Invoerrij(1, rij), KADER)
            oordeel = lees_teksten({plek: cellen}, kwartaal, KADER)[plek]
            redenen = [fout.reden for fout in uit_bestand] if isinstance(uit_bestand, list) else []
            assert sorted(o.reden for o in oordeel.alle) == sorted(redenen), (soort, kolom, tekst)


def _rij(soort: str, kolom: str, tekst: str) -> dict[str, str]:
    return RIJEN[soort] | {"status": "definitief"} | {kolom: tekst}


def _zin(soort: str, kolom: str, tekst: str) -> str:
    """What the page of an import says of a file with this one cell; what it understood when nothing is wrong."""
    is_bezetting = soort == "bezetting"
    kolommen = BEZETTINGKOLOMMEN if is_bezetting else METINGKOLOMMEN
    rij = _rij(soort, kolom, tekst)
    cellen = ";".join('"' + rij.get(naam, "").replace('"', '""') + '"' for naam in kolommen)
    inhoud = lees_bytes(f"{';'.join(kolommen)}\n{cellen}\n".encode())
    gelezen = (lees_opgave if is_bezetting else lees_rij)(inhoud.rijen[0], KADER)
    opmerkingen = [zin for zin in inhoud.opmerkingen if "onzichtbaar" in zin]
    if isinstance(gelezen, list):
        return " ".join(map(zichtbaar, [*map(str, gelezen), *opmerkingen]))
    begrepen = "nb" if getattr(gelezen, "onbekend", False) else getattr(gelezen, kolom)
    return " ".join([f"gelezen als {zichtbaar(str(begrepen))}.", *opmerkingen])


def _kopzin(kop: str) -> str:
    try:
        inhoud = lees_bytes(f"{kop}\n{';'.join('x' for _ in kop.split(';'))}\n".encode())
    except InvoerFout as fout:
        return " ".join(zichtbaar(str(een)) for een in fout.fouten)
    return " ".join([f"gelezen: {', '.join(inhoud.rijen[0].cellen)}.", *inhoud.opmerkingen[1:]])


def _getoond(tekst: str) -> str:
    kort = tekst if len(tekst) <= 60 else f"{tekst[:20]}… ({len(tekst)} tekens)"
    return f"“{zichtbaar(kort).replace(chr(7), '[U+0007]')}”"
