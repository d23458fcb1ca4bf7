"""The sum behind a verdict, worked out in words with the numbers that were used.

Nothing is judged here: the parts are those of the record, the outcomes are those of ``Afgeleid`` and the stored
expectation, and the last line says on which side of the limit the verdict of the record lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from common.tekst.getallen import met_eenheid, toon_kort
from monitor.dashboards.oordeel import grens
from monitor.dashboards.oordeel.geval import GEWOGEN, NUL, Geval, is_kort, kort
from monitor.rekenen.oordeelzin import en, tempo_zin, toon_naast, verschileenheid
from monitor.rekenen.regels.rekenregels import factor
from monitor.rekenen.regels.verschuldigd import KWARTALEN_VAN
from monitor.rekenen.regels.verwachting import MINSTENS_JAREN


@dataclass(frozen=True)
class Somregel:
    """One line of the sum: what it works out, and how."""

    naam: str
    tekst: str


def som(geval: Geval) -> list[Somregel]:
    """Every step from the values to the verdict; the last one is the conclusion."""
    regels = _waarde(geval) if str(geval.rij.stand) == "geleverd" else []
    if geval.rij.moet_leveren > 1:
        regels.append(Somregel("Geleverd", f"{geval.rij.geleverd} van {geval.rij.moet_leveren}"))
    if geval.cijfers.ontbreekt:
        regels.append(Somregel("Ontbreekt", en(geval.cijfers.ontbreekt)))
    regels += _vergelijking(geval) if geval.cijfers.cumulatief is not None else []
    return [*regels, Somregel("Conclusie", grens.conclusie(geval))]


def _waarde(geval: Geval) -> list[Somregel]:
    if geval.indicator.aggregatie == "verhouding":
        return _verhouding(geval)
    naam = {"som": "Opgeteld", "stand": "Stand"}.get(str(geval.indicator.aggregatie), "Meting")
    marge = f", foutmarge ± {toon_kort(geval.rij.marge)}" if geval.rij.marge is not None else ""
    return [Somregel(naam, f"{_optelling(geval, 'teller', geval.indicator.eenheid)}{marge}")]


def _verhouding(geval: Geval) -> list[Somregel]:
    teller, noemer = (_totaal(geval, wat) for wat in ("teller", "noemer"))
    regels = [Somregel(wat.capitalize(), _optelling(geval, wat)) for wat in ("teller", "noemer")]
    keer = f" × {factor(geval.indicator.eenheid)}" if geval.indicator.eenheid == "%" else ""
    uitkomst = geval.cijfers.cumulatief if geval.telt_op else geval.nu
    gedeeld = f"{toon_kort(teller)} / {toon_kort(noemer)}{keer}"
    regel = (
        f"{gedeeld} {geval.uitkomst(uitkomst)}" if uitkomst is not None else "de noemer is 0: er valt niets te delen"
    )
    return [*regels, Somregel("Waarde", regel)]


def _totaal(geval: Geval, wat: str) -> Decimal:
    """Of the year so far as it is in the record; of an improvement that of the period itself, if it has one."""
    eigen = getattr(geval.rij, wat) if not geval.telt_op else None
    totaal: Decimal = getattr(geval.rij, f"cum_{wat}") if eigen is None else eigen
    return totaal


def _optelling(geval: Geval, wat: str, eenheid: str = "") -> str:
    """For example 9 + 6 + 8 = 23 verdachten t/m Q3; a quarter that is not there is named, never a 0."""
    totaal = met_eenheid(toon_kort(_totaal(geval, wat)), eenheid)
    if geval.rij.heel_jaar:
        return f"{totaal}, gemeten over heel {geval.rij.jaar}"
    if not geval.telt_op or len(geval.kwartalen) < 2:
        return f"{totaal} in Q{geval.rij.kwartaal} {geval.rij.jaar}"
    return f"{' + '.join(_deel(rij, wat) for rij in geval.kwartalen)} = {totaal} t/m Q{geval.rij.kwartaal}"


def _deel(rij: Any, wat: str) -> str:
    getal = getattr(rij, wat)
    return f"(Q{rij.kwartaal}: geen waarde)" if getal is None else toon_kort(getal)


def _vergelijking(geval: Geval) -> list[Somregel]:
    if geval.soort == "jaarvolume" and geval.cijfers.verwachting is not None:
        return _volume(geval)
    if geval.soort == "verbetering":
        return _verbetering(geval)
    return _norm(geval) if geval.soort in ("minimum", "maximum") else []


def _volume(geval: Geval) -> list[Somregel]:
    c = geval.cijfers
    regels = [Somregel("Jaardoel", geval.tekst(c.streefwaarde or NUL)), *_verwacht(geval)]
    if geval.oordeel not in GEWOGEN:
        return regels
    if c.tempo is not None and c.cumulatief is not None and c.verwachting is not None:
        gedeeld = f"{toon_kort(c.cumulatief)} / {kort(c.verwachting)}"
        regels.append(Somregel("Tempo", f"{gedeeld} = {_gelijk(c.tempo)} keer de verwachting"))
    return [*regels, Somregel("Grenzen", grens.in_woorden(geval)), *_nog_nodig(geval)]


def _gelijk(getal: Decimal) -> str:
    """Three decimals are enough of a pace, but it never looks like 1 where it is not."""
    return toon_naast(getal, Decimal(1), 3, mist=True)[0].rstrip("0").rstrip(",") if getal % 1 else toon_kort(getal)


def _verwacht(geval: Geval) -> list[Somregel]:
    rij, doel, uitkomst = geval.rij, geval.cijfers.streefwaarde or NUL, geval.cijfers.verwachting or NUL
    if geval.indicator.verwachting == "stap":
        stap = geval.indicator.stap_kwartaal
        wat = "het hele jaardoel" if rij.kwartaal >= stap else "nog niets"
        return [Somregel("Verwacht", f"het doel telt vanaf Q{stap}, in Q{rij.kwartaal} is dat {wat}: {kort(uitkomst)}")]
    if geval.indicator.verwachting == "seizoen" and not rij.seizoen_terugval:
        return _seizoen(geval)
    waarom = f" (geen {MINSTENS_JAREN} volledige eerdere jaren voor een patroon)" if rij.seizoen_terugval else ""
    return [Somregel("Verwacht", f"{toon_kort(doel)} × {rij.kwartaal}/4 {is_kort(uitkomst)}{waarom}")]


def _seizoen(geval: Geval) -> list[Somregel]:
    """The mean share that the year so far had in earlier complete years."""
    tot, jaren = geval.rij.kwartaal, volledige_jaren(geval)
    delen = {jaar: [rij for rij in rijen if rij.kwartaal <= tot] for jaar, rijen in jaren.items()}
    regels = [
        Somregel(f"Aandeel t/m Q{tot} in {jaar}", f"{_som_van(delen[jaar])} van {_som_van(rijen)}")
        for jaar, rijen in jaren.items()
    ]
    breuken = [f"{toon_kort(_jaarsom(delen[jaar]))}/{toon_kort(_jaarsom(rijen))}" for jaar, rijen in jaren.items()]
    gemiddeld = f"({' + '.join(breuken)}) / {len(jaren)}"
    doel, uitkomst = kort(geval.cijfers.streefwaarde or NUL), is_kort(geval.cijfers.verwachting or NUL)
    return [*regels, Somregel("Verwacht", f"{doel} × {gemiddeld} {uitkomst}")]


def _jaarsom(rijen: Sequence[Any]) -> Decimal:
    return sum((rij.teller for rij in rijen), NUL)


def _som_van(rijen: Sequence[Any]) -> str:
    """For example 15 (4 + 5 + 6)."""
    return f"{toon_kort(_jaarsom(rijen))} ({' + '.join(toon_kort(rij.teller) for rij in rijen)})"


def volledige_jaren(geval: Geval) -> dict[int, list[Any]]:
    """The earlier years whose pattern counts: every quarter delivered by all who should, and not all of them 0."""
    per_jaar: dict[int, list[Any]] = {}
    for rij in geval.reeks:
        if rij.jaar < geval.rij.jaar and rij.teller is not None:
            per_jaar.setdefault(rij.jaar, []).append(rij)
    return {jaar: rijen for jaar, rijen in per_jaar.items() if _is_volledig(geval, rijen)}


def _is_volledig(geval: Geval, rijen: Sequence[Any]) -> bool:
    compleet = {rij.kwartaal for rij in rijen if rij.geleverd >= rij.moet_leveren and not rij.heel_jaar}
    return set(KWARTALEN_VAN[str(geval.indicator.frequentie)]) <= compleet and _jaarsom(rijen) > 0


def _nog_nodig(geval: Geval) -> list[Somregel]:
    c = geval.cijfers
    if not c.nog_nodig or c.cumulatief is None:
        return []
    som_ = f"{toon_kort(c.streefwaarde or NUL)} − {toon_kort(c.cumulatief)} = {toon_kort(c.nog_nodig)}"
    per = f", {kort(c.nodig_per_kwartaal)} per kwartaal" if c.nodig_per_kwartaal and len(c.resterend) > 1 else ""
    tempo = f". {tempo_zin(geval.rij)}" if tempo_zin(geval.rij) else ""
    return [Somregel("Nog nodig", f"{som_}{per}{tempo}")]


def _norm(geval: Geval) -> list[Somregel]:
    c = geval.cijfers
    woord = "ten minste" if geval.soort == "minimum" else "hoogstens"
    regels = [Somregel("Doel", f"{woord} {geval.tekst(c.streefwaarde or NUL)}")]
    return [*regels, Somregel("Grenzen", grens.in_woorden(geval))] if geval.oordeel in GEWOGEN else regels


def _verbetering(geval: Geval) -> list[Somregel]:
    c, rij, nu = geval.cijfers, geval.rij, geval.nu
    if c.vorige is None or c.verschil is None or nu is None or geval.oordeel not in GEWOGEN:
        return []
    toen = rij.vorige_jaar if rij.vorige_kwartaal == 4 else f"Q{rij.vorige_kwartaal} {rij.vorige_jaar}"
    delen = f" ({toon_kort(rij.vorige)} / {toon_kort(rij.vorige_noemer)})" if rij.vorige_noemer is not None else ""
    marge = f", foutmarge ± {toon_kort(rij.vorige_marge)}" if rij.vorige_marge is not None else ""
    verschil = f"{kort(nu)} − {kort(c.vorige)} {is_kort(c.verschil)} {verschileenheid(geval.indicator.eenheid)}"
    return [
        Somregel("Vorige meting", f"{geval.tekst(c.vorige)}{delen} in {toen}{marge}"),
        Somregel("Verschil", verschil),
        Somregel("Foutmarges samen", _foutmarges(geval)),
    ]


def _foutmarges(geval: Geval) -> str:
    rij = geval.rij
    if not rij.marge and not rij.vorige_marge:
        return "er zijn geen foutmarges: elk verschil telt"
    nu, toen = toon_kort(rij.marge or NUL), toon_kort(rij.vorige_marge or NUL)
    return f"√({nu}² + {toen}²) {is_kort(geval.foutmarges)}"
