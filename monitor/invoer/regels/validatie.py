"""From the text of one row to a Waarneming, or to every reason why not. Pure.

The facts about indicators and onderdelen are handed in; nothing is read from the database.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from common.tekst.getallen import GetalFout, Notatie, lees
from common.tekst.periode import Kwartaal, dag_in_woorden
from common.tekst.tekens import zonder_onzichtbare
from common.tekst.verschrijving import leegtevraag
from monitor.invoer.regels.codes import herken, voorstel, woordvorm
from monitor.invoer.regels.moment import (
    datumuitleg,
    jaaruitleg,
    kwartaaluitleg,
    lees_datum,
    lees_jaartal,
    lees_kwartaalnummer,
)
from monitor.invoer.regels.waarneming import Fout, Invoerrij, Meetsleutel, Waarneming
from monitor.rekenen.regels.verschuldigd import KWARTALEN_VAN, bestaat_in, is_gevraagd, is_meetmoment

# What a person types of one value, in the order of a file and of the grid.
CIJFERKOLOMMEN = ("waarde", "teller", "noemer", "marge")
CELKOLOMMEN = (*CIJFERKOLOMMEN, "status", "meetdatum", "toelichting")
VRIJE_TEKST = ("toelichting", "reden", "besluit", "orgaan")
METINGKOLOMMEN = ("indicator", "onderdeel", "jaar", "kwartaal", *CELKOLOMMEN)
MAX_TOELICHTING = 2000
EERSTE_JAAR, LAATSTE_JAAR = 2000, 2100
_STUURTEKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class IndicatorFeiten:
    """What must be known of an indicator to read a value of it.

    ``later`` are the first year and the facts of every later definition, in order of time. ``laatste_jaar`` is the
    last year of the agendas that print it; None where none does.
    """

    code: str
    aggregatie: str
    frequentie: str
    niveau: str
    eenheid: str
    richting: str
    decimalen: int
    eerste_jaar: int | None
    niet_voor: Collection[str] = frozenset()
    herkomst: str = "invoer"
    naam: str = ""
    agendajaar: int | None = None
    """The first year of an agenda that prints it; the years before are a baseline."""
    vanaf: str = ""
    tot: str = ""
    laatste_jaar: int | None = None
    later: tuple[tuple[int, IndicatorFeiten], ...] = ()

    def in_jaar(self, jaar: int) -> IndicatorFeiten:
        """As it is defined in that year."""
        return next((feiten for begin, feiten in reversed(self.later) if begin <= jaar), self)

    @property
    def notatie(self) -> Notatie:
        if self.eenheid == "%":
            return Notatie.PERCENTAGE
        if self.eenheid == "€":
            return Notatie.BEDRAG
        return Notatie.MAAT if self.decimalen else Notatie.TELLING

    @property
    def mag_negatief(self) -> bool:
        """Only a difference has no better direction and may be below nothing."""
        return self.aggregatie == "stand" and self.richting == "geen"


@dataclass(frozen=True, slots=True)
class OnderdeelFeiten:
    """What must be known of an onderdeel: its kind and from when until (excluded) it exists."""

    code: str
    soort: str
    geldig_vanaf: date | None = None
    geldig_tot: date | None = None
    naam: str = ""


@dataclass(frozen=True, slots=True)
class Kader:
    """Everything a row is checked against; ``noembaar`` are the codes that may be offered, None for all."""

    indicatoren: Mapping[str, IndicatorFeiten]
    onderdelen: Mapping[str, OnderdeelFeiten]
    vandaag: date
    noembaar: Collection[str] | None = None
    agendajaren: tuple[int, int] | None = None  # the first and last year of all agendas together

    @property
    def jaren(self) -> tuple[int, int]:
        """The first and last year a value may be of: a baseline from before the agendas, until today or their end."""
        return EERSTE_JAAR, min(self.vandaag.year, self.agendajaren[1] if self.agendajaren else LAATSTE_JAAR)


_Feiten = TypeVar("_Feiten", IndicatorFeiten, OnderdeelFeiten)


@dataclass(slots=True)
class Rijlezer:
    """One row while it is being read, with the faults found so far."""

    rij: Invoerrij
    fouten: list[Fout] = field(default_factory=list)

    def cel(self, kolom: str) -> str:
        """The text of a cell; what nobody sees counts in free text only."""
        tekst = self.rij.cellen.get(kolom, "")
        return (tekst if kolom in VRIJE_TEKST else zonder_onzichtbare(tekst)).strip()

    def fout(self, kolom: str, reden: str) -> None:
        self.fouten.append(Fout(self.rij.nummer, kolom, reden))


def lees_rij(invoerrij: Invoerrij, kader: Kader) -> Waarneming | list[Fout]:
    """Read one row of text. Returns the Waarneming, or all faults of the row."""
    rij = Rijlezer(invoerrij)
    indicator = lees_code(rij, "indicator", kader.indicatoren, kader.noembaar)
    onderdeel = lees_code(rij, "onderdeel", kader.onderdelen, kader.noembaar)
    jaar, kwartaal = lees_jaar(rij, kader.jaren), lees_kwartaal(rij)
    if indicator is None or onderdeel is None or jaar is None:
        return rij.fouten
    indicator = indicator.in_jaar(jaar)
    _toets_plaats(rij, indicator, onderdeel)
    if not any(fout.kolom == "kwartaal" for fout in rij.fouten):
        _toets_periode(rij, indicator, onderdeel, jaar, kwartaal, kader.vandaag)
    onbekend = _is_onbekend(rij)
    cijfers = (None, None, None) if onbekend else _lees_cijfers(rij, indicator)
    marge, status = _lees_marge(rij, indicator, onbekend), lees_status(rij)
    if kwartaal:
        toets_lopend(rij, status, Kwartaal(jaar, kwartaal), kader.vandaag)
    meetdatum, toelichting = lees_meetdatum(rij, jaar, kwartaal, kader.vandaag), lees_toelichting(rij)
    waarneming = Waarneming(
        invoerrij.nummer, indicator.code, onderdeel.code, jaar, kwartaal, *cijfers,
        marge, onbekend, status, meetdatum, toelichting,
    )  # fmt: skip
    return rij.fouten or waarneming


T = TypeVar("T")


def lees_elke_rij(
    rijen: Iterable[Invoerrij], lees_een: Callable[[Invoerrij, Kader], T | list[Fout]], kader: Kader
) -> tuple[list[T], list[Fout]]:
    """Every row that can be read, and every fault of those that cannot."""
    gelezen: list[T] = []
    fouten: list[Fout] = []
    for rij in rijen:
        uitkomst = lees_een(rij, kader)
        if isinstance(uitkomst, list):
            fouten += uitkomst
        else:
            gelezen.append(uitkomst)
    return gelezen, fouten


def lees_sleutel(invoerrij: Invoerrij, kader: Kader) -> Meetsleutel | None:
    """Of what and when a row is, whatever it says; None when that cannot be read."""
    rij = Rijlezer(invoerrij)
    indicator = lees_code(rij, "indicator", kader.indicatoren, ())
    onderdeel = lees_code(rij, "onderdeel", kader.onderdelen, ())
    jaar, kwartaal = lees_jaar(rij, kader.jaren), lees_kwartaal(rij)
    if rij.fouten or indicator is None or onderdeel is None or jaar is None:
        return None
    return indicator.code, onderdeel.code, jaar, kwartaal


def lees_code(
    rij: Rijlezer, kolom: str, bekend: Mapping[str, _Feiten], noembaar: Collection[str] | None
) -> _Feiten | None:
    tekst = rij.cel(kolom)
    gevonden = herken(tekst, bekend)
    if not tekst:
        rij.fout(kolom, f"Vul de code van {'het' if kolom == 'onderdeel' else 'de'} {kolom} in.")
    elif gevonden is None:
        rij.fout(kolom, f"“{tekst[:60]}” is geen bekende code. {_codewijzer(tekst, kolom, bekend, noembaar)}")
    return gevonden


def _codewijzer(tekst: str, kolom: str, bekend: Mapping[str, _Feiten], noembaar: Collection[str] | None) -> str:
    bedoeld = voorstel(tekst, bekend, noembaar)
    bladzijde = "Formatie" if kolom == "onderdeel" else "Indicatoren"
    return f"Bedoelt u {bedoeld}?" if bedoeld else f"Kijk op de pagina {bladzijde}."


def lees_jaar(rij: Rijlezer, jaren: tuple[int, int]) -> int | None:
    tekst, (eerste, laatste) = rij.cel("jaar"), jaren
    jaar = lees_jaartal(tekst)
    if jaar is not None and eerste <= jaar <= laatste:
        return jaar
    rij.fout("jaar", jaaruitleg(tekst, eerste, laatste))
    return None


def lees_kwartaal(rij: Rijlezer, *, heel_jaar: bool = True) -> int | None:
    """The quarter; None for a whole year, and for what is no quarter."""
    tekst, jaar = rij.cel("kwartaal"), rij.cel("jaar")
    kwartaal = lees_kwartaalnummer(tekst, jaar)
    if tekst and kwartaal is None:
        rij.fout("kwartaal", kwartaaluitleg(tekst, jaar, heel_jaar=heel_jaar))
    return kwartaal


def _toets_plaats(rij: Rijlezer, indicator: IndicatorFeiten, onderdeel: OnderdeelFeiten) -> None:
    if onderdeel.code in indicator.niet_voor:
        rij.fout("onderdeel", f"Deze indicator is niet van toepassing op {onderdeel.code}.")
    elif not past_bij_niveau(indicator.niveau, indicator.aggregatie, onderdeel.soort, indicator.herkomst):
        rij.fout(
            "onderdeel",
            f"Deze indicator wordt gemeten per {indicator.niveau}; {onderdeel.code} is een {onderdeel.soort}.",
        )


def past_bij_niveau(niveau: str, aggregatie: str, soort: str, herkomst: str) -> bool:
    """Whether a value may be of an onderdeel of this kind; of a survey the whole force may have a result too."""
    return (aggregatie == "enquete" and soort == "korps") or is_gevraagd(aggregatie, niveau, soort, herkomst)


def _toets_periode(
    rij: Rijlezer,
    indicator: IndicatorFeiten,
    onderdeel: OnderdeelFeiten,
    jaar: int,
    kwartaal: int | None,
    vandaag: date,
) -> None:
    eerste = Kwartaal(jaar, kwartaal or 1).begin()
    laatste = Kwartaal(jaar, kwartaal or 4).einde()
    if indicator.laatste_jaar and jaar > indicator.laatste_jaar:
        tot = f"tot en met Q4 {indicator.laatste_jaar}"
        rij.fout("jaar", f"Deze indicator hoort bij een agenda {tot}. Vul een periode in van {EERSTE_JAAR} {tot}.")
    if not bestaat_in(onderdeel, eerste, laatste):
        rij.fout("onderdeel", f"{onderdeel.code} bestaat niet in deze periode.")
    if eerste > vandaag:
        rij.fout("kwartaal", "Deze periode is nog niet begonnen.")
    if kwartaal is None and is_in_delen(indicator, jaar):
        eerder = f"een heel jaar kan over jaren tot en met {(indicator.agendajaar or jaar) - 1}"
        rij.fout("kwartaal", f"{_FREQUENTIE_ZIN[indicator.frequentie]} Vul het kwartaal in; {eerder}.")
    elif kwartaal is None and laatste >= vandaag:
        rij.fout("kwartaal", f"{jaar} is nog niet voorbij. Vul het kwartaal in; een heel jaar kan {_vanaf(laatste)}.")
    if not is_meetmoment(indicator.frequentie, indicator.eerste_jaar, jaar, kwartaal):
        rij.fout("kwartaal", _FREQUENTIE_ZIN[indicator.frequentie].format(eerste=indicator.eerste_jaar))


def is_in_delen(indicator: IndicatorFeiten, jaar: int) -> bool:
    """Whether this year of an agenda is measured in quarters, which a value of the whole year would leave unknown."""
    vaak = len(KWARTALEN_VAN[indicator.frequentie]) > 1
    return vaak and indicator.agendajaar is not None and jaar >= indicator.agendajaar


_FREQUENTIE_ZIN = {
    "kwartaal": "Deze indicator wordt elk kwartaal gemeten.",
    "halfjaar": "Deze indicator wordt elk halfjaar gemeten: in kwartaal 2 en 4.",
    "jaar": "Deze indicator wordt één keer per jaar gemeten: vul kwartaal 4 in, of niets.",
    "tweejaarlijks": "Deze indicator wordt elke twee jaar gemeten, vanaf {eerste}: vul kwartaal 4 in, of niets.",
}


def _is_onbekend(rij: Rijlezer) -> bool:
    """``nb`` in the column of the value: it is not known yet. It stands alone, without other figures."""
    cijfers = [rij.cel(kolom).lower() for kolom in ("waarde", "teller", "noemer")]
    if "nb" not in cijfers:
        return False
    if any(cijfer not in ("", "nb") for cijfer in cijfers):
        rij.fout("waarde", "U vult nb en een getal in. Kies één van de twee.")
    return True


def _lees_cijfers(rij: Rijlezer, indicator: IndicatorFeiten) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    if indicator.aggregatie == "verhouding":
        return None, *_lees_verhouding(rij, mag_meer=indicator.herkomst == "afgeleid")
    for kolom in ("teller", "noemer"):
        if rij.cel(kolom):
            rij.fout(kolom, "Deze indicator heeft geen teller en noemer. Vul alleen de waarde in.")
    return _lees_waarde(rij, indicator), None, None


def _lees_verhouding(rij: Rijlezer, *, mag_meer: bool) -> tuple[Decimal | None, Decimal | None]:
    """``mag_meer``: of people and places there may be more people."""
    if rij.cel("waarde"):
        rij.fout("waarde", "Laat de waarde leeg en vul teller en noemer in: de monitor rekent het percentage uit.")
    teller, noemer = (lees_getal(rij, kolom, Notatie.HOEVEELHEID) for kolom in ("teller", "noemer"))
    for kolom, getal in (("teller", teller), ("noemer", noemer)):
        if getal is not None and getal < 0:
            rij.fout(kolom, "Dit getal kan niet lager zijn dan 0.")
    if teller is not None and noemer is not None and teller > noemer and not mag_meer:
        rij.fout("teller", "De teller is groter dan de noemer. Kijk of ze verwisseld zijn.")
    return teller, noemer


def _lees_waarde(rij: Rijlezer, indicator: IndicatorFeiten) -> Decimal | None:
    waarde = lees_getal(rij, "waarde", indicator.notatie)
    if waarde is not None and waarde < 0 and not indicator.mag_negatief:
        rij.fout("waarde", "Deze waarde kan niet lager zijn dan 0.")
    if waarde is not None and waarde > 100 and indicator.notatie is Notatie.PERCENTAGE:
        rij.fout("waarde", "Een percentage kan niet hoger zijn dan 100.")
    return waarde


def lees_getal(rij: Rijlezer, kolom: str, notatie: Notatie, leeg: str = "Vul nb in") -> Decimal | None:
    """``leeg`` is what to do where there is no value."""
    tekst = rij.cel(kolom)
    if vraag := leegtevraag(tekst, leeg) if tekst else "":
        rij.fout(kolom, vraag)
        return None
    try:
        return lees(tekst, notatie)
    except GetalFout as fout:
        rij.fout(kolom, str(fout))
        return None


def _lees_marge(rij: Rijlezer, indicator: IndicatorFeiten, onbekend: bool) -> Decimal | None:
    if not rij.cel("marge"):
        return None
    if indicator.aggregatie != "enquete" or onbekend:
        rij.fout("marge", "Alleen een uitkomst van een enquête heeft een foutmarge.")
        return None
    if (tekst := rij.cel("marge")).lower() == "nb" or tekst.startswith("±"):
        rij.fout("marge", f"Hier staat “{tekst[:40]}”. Vul alleen het getal in, of laat de foutmarge leeg.")
        return None
    marge = lees_getal(rij, "marge", indicator.notatie, "Laat de foutmarge leeg")
    if marge is not None and marge < 0:
        rij.fout("marge", "Een foutmarge kan niet lager zijn dan 0.")
    return marge


def lees_status(rij: Rijlezer) -> str:
    tekst = rij.cel("status")
    status = woordvorm(tekst)
    if status not in ("voorlopig", "definitief"):
        getypt = f"“{tekst[:20]}” is geen status. " if tekst else ""
        rij.fout("status", f"{getypt}Vul voorlopig of definitief in.")
    return status


def toets_lopend(rij: Rijlezer, status: str, kwartaal: Kwartaal, vandaag: date) -> None:
    """What is said of a quarter that is not over is at most provisional."""
    if status == "definitief" and kwartaal.loopt(vandaag):
        rij.fout("status", zin_over_lopend(kwartaal))


def zin_over_lopend(kwartaal: Kwartaal) -> str:
    loopt = f"{kwartaal.leesbaar} loopt nog tot en met {dag_in_woorden(kwartaal.einde())}"
    return f"{loopt}. Vul voorlopig in; definitief kan {_vanaf(kwartaal.einde())}."


def _vanaf(laatste: date) -> str:
    return f"vanaf {dag_in_woorden(laatste + timedelta(days=1))}"


def lees_meetdatum(rij: Rijlezer, jaar: int, kwartaal: int | None, vandaag: date) -> date | None:
    tekst = rij.cel("meetdatum")
    if not tekst:
        return None
    dag = lees_datum(tekst)
    if dag is None:
        niets = f"“{tekst[:20]}” is geen datum. Laat de meetdatum leeg als die niet bekend is."
        rij.fout("meetdatum", niets if leegtevraag(tekst, "") else datumuitleg(tekst))
    elif dag > vandaag:
        rij.fout("meetdatum", f"{_dag(dag)} ligt in de toekomst. Vul een dag tot en met vandaag in.")
    elif dag < (begin := Kwartaal(jaar, kwartaal or 1).begin()):
        reden = f"{_dag(dag)} ligt voor de periode waarover gemeten is. Vul een dag vanaf {_dag(begin)} in."
        rij.fout("meetdatum", reden)
    return dag


def _dag(dag: date) -> str:
    return f"{dag:%d-%m-%Y}"


def lees_toelichting(rij: Rijlezer) -> str:
    tekst = rij.cel("toelichting")
    for reden in bezwaren_tegen(tekst):
        rij.fout("toelichting", reden)
    return tekst


def bezwaren_tegen(tekst: str, lengte: int = MAX_TOELICHTING) -> list[str]:
    """Why a text that someone typed cannot be kept; nothing when it can."""
    lang = [f"De tekst is te lang: hoogstens {lengte} tekens."] if len(tekst) > lengte else []
    vreemd = ["De tekst bevat tekens die niet te tonen zijn. Typ die opnieuw."] if _STUURTEKEN.search(tekst) else []
    return lang + vreemd
