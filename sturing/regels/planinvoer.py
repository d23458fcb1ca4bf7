"""What was typed about an activity, in a form or in a sheet: read, and everything that is wrong with it. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from common.tekst.periode import bestaat_niet, lees_datum
from common.tekst.tekens import en, zonder_onzichtbare
from sturing.regels.jaarplan import (
    GEREED,
    MOET_REDEN,
    STATUSSEN,
    Mijlpaalstand,
    Verloop,
    in_cijfers,
    is_open_voorbij,
    vraagt_reden,
)

LANGSTE_TITEL, LANGSTE_REDEN, MEESTE_MIJLPALEN = 200, 2000, 20
_STUURTEKEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
LEGE_DAG = date.min
"""Stands for a day that could not be read; a fault says so."""


class Veldfout(NamedTuple):
    """The field, ``mijlpaal-2-datum`` for one of the third milestone, and what to do."""

    veld: str
    zin: str


class Mijlpaaltekst(NamedTuple):
    datum: str
    titel: str
    gereed: str

    @property
    def is_leeg(self) -> bool:
        return not any(deel.strip() for deel in self)


@dataclass(frozen=True, slots=True)
class Activiteittekst:
    """As it was typed; the owner by key and indicators by code, for these are chosen."""

    titel: str
    begin: str
    eind: str
    status: str
    reden: str
    mijlpalen: Sequence[Mijlpaaltekst] = ()
    eigenaar: int | None = None
    indicatoren: Iterable[str] = ()


@dataclass(frozen=True, slots=True)
class Inhoud(Verloop):
    """All that a version says of an activity; two that are equal say the same."""

    titel: str = ""
    reden: str = ""
    eigenaar: int | None = None
    indicatoren: frozenset[str] = frozenset()


def lees_inhoud(
    tekst: Activiteittekst, jaar: int, vandaag: date, vorige: Inhoud | None = None
) -> tuple[Inhoud, list[Veldfout]]:
    """The activity with every fault in it; with a fault it is not to be kept. ``vorige``: what it replaces."""
    begin, eind = (lees_datum(dag) or LEGE_DAG for dag in (tekst.begin, tekst.eind))
    mijlpalen, fouten = _lees_mijlpalen(tekst.mijlpalen)
    inhoud = Inhoud(
        begin=begin,
        eind=eind,
        status=tekst.status,
        mijlpalen=tuple(mijlpaal for _, mijlpaal in mijlpalen),
        titel=op_een_regel(tekst.titel),
        reden=schoon(tekst.reden),
        eigenaar=tekst.eigenaar,
        indicatoren=frozenset(tekst.indicatoren),
    )
    weg = _stil_weg(inhoud, vorige, vandaag) if vorige and not fouten else ()
    fouten = [*_titelfouten("titel", inhoud.titel, "de activiteit"), *_dagfouten(inhoud, tekst, jaar), *fouten]
    fouten += [*_statusfouten(inhoud), *_openfouten(inhoud, mijlpalen, {fout.veld for fout in fouten})]
    fouten += [*_mijlpaalfouten(inhoud, mijlpalen, vandaag), *_redenfouten(inhoud, vorige, weg)]
    return replace(inhoud, mijlpalen=op_datum(inhoud.mijlpalen)), fouten


def op_datum(mijlpalen: Iterable[Mijlpaalstand]) -> tuple[Mijlpaalstand, ...]:
    return tuple(sorted(mijlpalen, key=lambda mijlpaal: (mijlpaal.datum, mijlpaal.titel)))


def schoon(tekst: str) -> str:
    """Without what nobody sees, with one kind of end of a line and no blanks around it: as a sheet gives it back."""
    regels = zonder_onzichtbare(tekst).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(" ".join(_STUURTEKEN.sub(" ", regel).split()) for regel in regels).strip()


def op_een_regel(tekst: str) -> str:
    return " ".join(schoon(tekst).split())


def _titelfouten(veld: str, titel: str, van: str) -> Iterator[Veldfout]:
    if not titel:
        yield Veldfout(veld, f"Vul in hoe {van} heet.")
    if len(titel) > LANGSTE_TITEL:
        te_veel = len(titel) - LANGSTE_TITEL
        yield Veldfout(veld, f"Dit is te lang: hoogstens {LANGSTE_TITEL} tekens, dit zijn er {te_veel} te veel.")


def _geen_dag(getypt: str, zin: str) -> str:
    return f"{getypt.strip()} bestaat niet. {zin}" if bestaat_niet(getypt) else zin


def _dagfouten(inhoud: Inhoud, tekst: Activiteittekst, jaar: int) -> Iterator[Veldfout]:
    for veld, dag, getypt in (("begin", inhoud.begin, tekst.begin), ("eind", inhoud.eind, tekst.eind)):
        if dag == LEGE_DAG:
            yield Veldfout(veld, _geen_dag(getypt, f"Vul een dag in, bijvoorbeeld 30-06-{jaar}."))
        elif not 2000 <= dag.year <= 2100:
            yield Veldfout(veld, "Kies een dag van 2000 tot en met 2100.")
    if LEGE_DAG in (inhoud.begin, inhoud.eind):
        return
    if inhoud.eind < inhoud.begin:
        yield Veldfout("eind", f"Het einde ligt voor het begin. Kies {in_cijfers(inhoud.begin)} of een latere dag.")
    elif inhoud.begin.year > jaar or inhoud.eind.year < jaar:
        veld = "begin" if inhoud.begin.year > jaar else "eind"
        yield Veldfout(veld, f"Deze activiteit valt buiten {jaar}. Een deel ervan moet in dat jaar liggen.")


def _lees_mijlpalen(teksten: Sequence[Mijlpaaltekst]) -> tuple[list[tuple[int, Mijlpaalstand]], list[Veldfout]]:
    """Each with its place in the form; an empty line is no milestone."""
    gevuld = [(plek, tekst) for plek, tekst in enumerate(teksten) if not tekst.is_leeg]
    fouten = [fout for plek, tekst in gevuld for fout in _mijlpaaltekstfouten(plek, tekst)]
    if len(gevuld) > MEESTE_MIJLPALEN:
        plek = gevuld[MEESTE_MIJLPALEN][0]
        fouten.append(Veldfout(f"mijlpaal-{plek}-titel", f"Dit zijn er te veel: hoogstens {MEESTE_MIJLPALEN}."))
    return [
        (plek, Mijlpaalstand(lees_datum(tekst.datum) or LEGE_DAG, op_een_regel(tekst.titel), lees_datum(tekst.gereed)))
        for plek, tekst in gevuld
    ], fouten


def _mijlpaaltekstfouten(plek: int, tekst: Mijlpaaltekst) -> Iterator[Veldfout]:
    naam, titel = f"mijlpaal-{plek}", op_een_regel(tekst.titel)
    yield from _titelfouten(f"{naam}-titel", titel, "deze mijlpaal")
    if "|" in titel:
        yield Veldfout(f"{naam}-titel", "Gebruik hier geen | : dat scheidt in een blad de naam van de dag.")
    if lees_datum(tekst.datum) is None:
        zin = "Vul de dag van deze mijlpaal in, bijvoorbeeld 30-06-2026."
        yield Veldfout(f"{naam}-datum", _geen_dag(tekst.datum, zin))
    if tekst.gereed.strip() and lees_datum(tekst.gereed) is None:
        wat = f"{tekst.gereed.strip()} bestaat niet" if bestaat_niet(tekst.gereed) else "Dit is geen dag"
        yield Veldfout(f"{naam}-gereed", f"{wat}. Vul in wanneer de mijlpaal bereikt is, of laat dit leeg.")


def _mijlpaalfouten(inhoud: Inhoud, mijlpalen: Iterable[tuple[int, Mijlpaalstand]], vandaag: date) -> list[Veldfout]:
    fouten, van_tot = [], (inhoud.begin, inhoud.eind)
    for plek, mijlpaal in mijlpalen:
        is_bekend = LEGE_DAG not in (*van_tot, mijlpaal.datum) and van_tot[0] <= van_tot[1]
        if is_bekend and not van_tot[0] <= mijlpaal.datum <= van_tot[1]:
            tussen = f"van {in_cijfers(van_tot[0])} tot en met {in_cijfers(van_tot[1])}"
            zin = f"Deze mijlpaal ligt buiten de activiteit. Kies een dag {tussen}, of pas de activiteit aan."
            fouten.append(Veldfout(f"mijlpaal-{plek}-datum", zin))
        if mijlpaal.gereed_op and mijlpaal.gereed_op > vandaag:
            zin = "Deze dag moet nog komen. Laat dit leeg tot de mijlpaal bereikt is."
            fouten.append(Veldfout(f"mijlpaal-{plek}-gereed", zin))
    return fouten


def _statusfouten(inhoud: Inhoud) -> Iterator[Veldfout]:
    open_ = [f"“{mijlpaal.titel[:80]}”" for mijlpaal in inhoud.mijlpalen if mijlpaal.gereed_op is None]
    if inhoud.status not in STATUSSEN:
        yield Veldfout("status", "Kies een status.")
    elif inhoud.status == GEREED and open_:
        yield Veldfout("status", f"Gereed kan pas als elke mijlpaal bereikt is. Nog open: {en(open_)}.")


def _openfouten(
    inhoud: Inhoud, mijlpalen: Iterable[tuple[int, Mijlpaalstand]], gemeld: Collection[str]
) -> Iterator[Veldfout]:
    """What keeps an activity from being done, at the field that puts it right."""
    velden = [f"mijlpaal-{plek}-gereed" for plek, mijlpaal in mijlpalen if mijlpaal.gereed_op is None]
    for veld in velden if inhoud.status == GEREED else ():
        if veld not in gemeld:
            zin = "Deze mijlpaal staat nog open. Vul in wanneer hij bereikt is, of maak de regel leeg."
            yield Veldfout(veld, f"{zin} Is zijn dag voorbij, schrijf dan bij Reden waarom hij vervalt.")


def _redenfouten(inhoud: Inhoud, vorige: Inhoud | None, weg: Sequence[Mijlpaalstand]) -> Iterator[Veldfout]:
    if len(inhoud.reden) > LANGSTE_REDEN:
        te_veel = len(inhoud.reden) - LANGSTE_REDEN
        yield Veldfout("reden", f"Dit is te lang: hoogstens {LANGSTE_REDEN} tekens, dit zijn er {te_veel} te veel.")
    if inhoud.status not in STATUSSEN:
        return
    verandert = vraagt_reden(vorige.status if vorige else "", inhoud.status)
    if weg:
        namen = en([f"“{mijlpaal.titel[:80]}” van {in_cijfers(mijlpaal.datum)}" for mijlpaal in weg])
        hoe = "Zet terug wat blijft. Schrijf anders hier waarom het vervalt of verandert, met de naam of die dag erbij."
        yield Veldfout("reden", f"Niet bereikt, en de dag is voorbij: {namen}. {hoe}")
    elif not inhoud.reden and (verandert or inhoud.status in MOET_REDEN):
        yield Veldfout("reden", "Schrijf waarom de status verandert." if vorige else "Schrijf waarom het zo staat.")
    elif vorige and verandert and inhoud.reden == vorige.reden:
        yield Veldfout("reden", "De status verandert, en hier staat nog de reden van de vorige. Schrijf waarom.")


def _stil_weg(inhoud: Inhoud, vorige: Inhoud, vandaag: date) -> list[Mijlpaalstand]:
    """Promises that were not kept and stand no more as they stood, while no new reason names them or their day."""
    staan = {(mijlpaal.datum, mijlpaal.titel) for mijlpaal in inhoud.mijlpalen}
    reden = "" if inhoud.reden == vorige.reden else op_een_regel(inhoud.reden).casefold()
    return [
        mijlpaal
        for mijlpaal in vorige.mijlpalen
        if is_open_voorbij(mijlpaal, vandaag)
        and (mijlpaal.datum, mijlpaal.titel) not in staan
        and mijlpaal.titel.casefold() not in reden
        and in_cijfers(mijlpaal.datum) not in reden
    ]
