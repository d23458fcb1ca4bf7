"""From the text of a form to a changed target, or to every reason why not. Pure.

The facts about the indicator and the target in force are handed in; nothing is read from the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.tekst.getallen import GetalFout, Notatie, lees, toon_kort
from common.tekst.periode import dag_in_woorden
from common.tekst.verschrijving import leegtevraag
from monitor.invoer.regels.moment import datumuitleg, lees_datum
from monitor.invoer.regels.twijfel import schuif
from monitor.invoer.regels.validatie import (
    EERSTE_JAAR,
    LAATSTE_JAAR,
    IndicatorFeiten,
    Rijlezer,
    bezwaren_tegen,
)
from monitor.invoer.regels.waarneming import InvoerFout, Invoerrij

MET_GETAL = ("jaarvolume", "minimum", "maximum")
_SOORTEN = (*MET_GETAL, "verbetering", "monitoring", "onbekend")
_TE_GROOT = Decimal(10) ** 14
_HONDERD = Decimal(100)
LENGTES = {"besluit": 200, "orgaan": 120, "reden": 2000}


@dataclass(frozen=True, slots=True)
class Doelinvoer:
    """A target as someone proposes it; ``marge`` of a year volume is a percentage of the expectation."""

    jaar: int
    soort: str
    streefwaarde: Decimal | None
    marge: Decimal | None
    besluit: str
    orgaan: str
    geldig_vanaf: date
    reden: str


@dataclass(frozen=True, slots=True)
class Doelkader:
    """What a proposal is read against; the last three are of the version in force, when there is one."""

    indicator: IndicatorFeiten
    vandaag: date
    jaren: tuple[int, int] = (EERSTE_JAAR, LAATSTE_JAAR)  # up to the end of the last agenda
    geldt: bool = False
    soort: str = ""
    streefwaarde: Decimal | None = None
    geldig_vanaf: date | None = None


@dataclass(slots=True, kw_only=True)
class _Lezer(Rijlezer):
    """The cells of one form, and what is wrong with them."""

    kader: Doelkader


def lees_doel(cellen: Mapping[str, str], kader: Doelkader) -> Doelinvoer:
    """Read a proposal. Raises InvoerFout with everything that is wrong, each at its own field."""
    lezer = _Lezer(rij=Invoerrij(0, cellen), kader=kader)
    jaar, soort = _lees_jaar(lezer), _lees_soort(lezer)
    streefwaarde, marge = _lees_getallen(lezer, soort)
    besluit, orgaan, reden = (_lees_tekst(lezer, kolom) for kolom in LENGTES)
    dag = _lees_dag(lezer, jaar)
    _twijfel(lezer, soort, streefwaarde, reden)
    if lezer.fouten or dag is None:
        raise InvoerFout(lezer.fouten)
    return Doelinvoer(jaar, soort, streefwaarde, marge, besluit, orgaan, dag, reden)


def is_jaar(tekst: str) -> bool:
    return tekst.isascii() and tekst.isdigit() and len(tekst) == 4


def _lees_jaar(lezer: _Lezer) -> int:
    tekst = lezer.cel("jaar")
    jaar = int(tekst) if is_jaar(tekst) else 0
    eerste, laatste = lezer.kader.jaren
    if not eerste <= jaar <= laatste:
        lezer.fout("jaar", f"Vul een jaar in van {eerste} tot en met {laatste}.")
    return jaar


def _lees_soort(lezer: _Lezer) -> str:
    soort = lezer.cel("soort")
    if soort not in _SOORTEN:
        lezer.fout("soort", "Kies wat voor doel het is.")
    elif soort == "jaarvolume" and lezer.kader.indicator.aggregatie != "som":
        lezer.fout("soort", "Een jaarvolume past alleen bij aantallen en bedragen die over het jaar optellen.")
    return soort


def _lees_getallen(lezer: _Lezer, soort: str) -> tuple[Decimal | None, Decimal | None]:
    if soort not in MET_GETAL:
        for kolom in ("streefwaarde", "marge"):
            if lezer.cel(kolom):
                lezer.fout(kolom, "Bij deze soort hoort geen getal. Laat dit leeg.")
        return None, None
    streefwaarde = _lees_getal(lezer, "streefwaarde", lezer.kader.indicator.notatie)
    procent = soort == "jaarvolume"  # of the expectation, whatever the unit
    return streefwaarde, _lees_getal(lezer, "marge", Notatie.PERCENTAGE if procent else _ruim(lezer))


def _ruim(lezer: _Lezer) -> Notatie:
    """A margin around whole numbers may be in parts."""
    notatie = lezer.kader.indicator.notatie
    return Notatie.HOEVEELHEID if notatie is Notatie.TELLING else notatie


def _lees_getal(lezer: _Lezer, kolom: str, notatie: Notatie) -> Decimal | None:
    if not lezer.cel(kolom):
        lezer.fout(kolom, "Vul een getal in. Geen marge? Vul dan 0 in." if kolom == "marge" else "Vul een getal in.")
        return None
    leeg = "Vul 0 in als er geen marge is" if kolom == "marge" else "Kies dan een soort doel zonder getal"
    try:
        if vraag := leegtevraag(lezer.cel(kolom), leeg):
            raise GetalFout(vraag)
        getal = lees(lezer.cel(kolom), notatie)
    except GetalFout as fout:
        lezer.fout(kolom, str(fout))
        return None
    _toets_grenzen(lezer, kolom, getal, notatie)
    return getal


def _toets_grenzen(lezer: _Lezer, kolom: str, getal: Decimal, notatie: Notatie) -> None:
    mag_negatief = kolom == "streefwaarde" and lezer.kader.indicator.mag_negatief
    if getal < 0 and not mag_negatief:
        lezer.fout(kolom, "Dit getal kan niet lager zijn dan 0.")
    if getal > _HONDERD and notatie is Notatie.PERCENTAGE:
        lezer.fout(kolom, "Een percentage kan niet hoger zijn dan 100.")
    if abs(getal) >= _TE_GROOT:
        lezer.fout(kolom, "Dit getal is te groot: hoogstens 14 cijfers voor de komma.")


def _lees_tekst(lezer: _Lezer, kolom: str) -> str:
    tekst = lezer.cel(kolom)
    if not tekst and not (kolom == "reden" and not lezer.kader.geldt):
        lezer.fout(kolom, {"reden": "Schrijf waarom het doel verandert."}.get(kolom, "Vul dit in."))
    for bezwaar in bezwaren_tegen(tekst, LENGTES[kolom]):
        lezer.fout(kolom, bezwaar)
    return tekst


def _lees_dag(lezer: _Lezer, jaar: int) -> date | None:
    """A target counts as soon as it is approved; one of a later day is only for a year that has not begun."""
    tekst, vandaag = lezer.cel("geldig_vanaf"), lezer.kader.vandaag
    dag = lees_datum(tekst)
    if dag is None:
        vraag = "Vul een datum in. Schrijf bijvoorbeeld 05-10-2026."
        lezer.fout("geldig_vanaf", datumuitleg(tekst) if tekst else vraag)
    elif not EERSTE_JAAR <= dag.year <= LAATSTE_JAAR:
        lezer.fout("geldig_vanaf", f"Vul een datum in van {EERSTE_JAAR} tot en met {LAATSTE_JAAR}.")
    elif jaar and dag > vandaag and dag > date(jaar, 1, 1):
        reden = "Deze datum ligt in de toekomst. Een doel telt zodra het is vastgesteld: stel het op die dag voor."
        lezer.fout("geldig_vanaf", reden)
    elif jaar and dag > date(jaar, 12, 31):
        lezer.fout("geldig_vanaf", f"Dit doel is van {jaar}: de datum ligt niet na 31 december {jaar}.")
    elif lezer.kader.geldig_vanaf and dag <= lezer.kader.geldig_vanaf:
        vorige = dag_in_woorden(lezer.kader.geldig_vanaf)
        lezer.fout("geldig_vanaf", f"Vul een latere datum in: het doel dat nu geldt, geldt vanaf {vorige}.")
    return dag


def _twijfel(lezer: _Lezer, soort: str, streefwaarde: Decimal | None, reden: str) -> None:
    """A factor 100 or 1000 off what is in force is kept only when the reason names the new figure."""
    nu = lezer.kader.streefwaarde
    if streefwaarde is None or nu is None or soort != lezer.kader.soort:
        return
    scheelt = schuif(streefwaarde, nu)
    genoemd = {toon_kort(streefwaarde), lezer.cel("streefwaarde"), f"{streefwaarde.normalize():f}"}
    if scheelt and not any(getal in reden for getal in genoemd):
        hoe, _ = scheelt
        vraag = f"Klopt het? Noem dan {toon_kort(streefwaarde)} in de reden."
        lezer.fout("streefwaarde", f"Dit is {hoe} het doel dat nu geldt ({toon_kort(nu)}). {vraag}")
