"""What becomes of teams on a day: which end, begin or go on, and who follows whom. Pure.

The code of a team is its key and never passes to another; ``tot`` is the first day on which a team is no longer there.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from common.tekst.periode import Kwartaal, dag_in_woorden
from common.tekst.tekens import en

MEESTE_OPVOLGERS = 6
CODEVORM = re.compile(r"[A-Z0-9][A-Z0-9-]{0,11}", re.ASCII)


class Verandering(StrEnum):
    """What can be decided on of teams."""

    SPLITSEN = "splitsen"
    SAMENVOEGEN = "samenvoegen"
    HERNOEMEN = "hernoemen"
    BEEINDIGEN = "beeindigen"
    BEGINNEN = "beginnen"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Verandering.SPLITSEN: "Een team wordt gesplitst",
    Verandering.SAMENVOEGEN: "Basisteams worden samengevoegd",
    Verandering.HERNOEMEN: "Een team krijgt een andere naam",
    Verandering.BEEINDIGEN: "Een team houdt op, zonder opvolger",
    Verandering.BEGINNEN: "Er komt een team bij, zonder voorganger",
}


@dataclass(frozen=True)
class Basisteam:
    """A basisteam with the days between which it is there."""

    code: str
    naam: str
    district: str
    vanaf: date | None = None
    tot: date | None = None

    def __str__(self) -> str:
        return f"{self.code} {self.naam}"

    def bestaat_op(self, dag: date) -> bool:
        return (self.vanaf is None or self.vanaf <= dag) and (self.tot is None or self.tot > dag)


@dataclass(frozen=True)
class Opvolger:
    """A team that goes on from the day: by its code, and when it is new by the name it gets."""

    code: str
    naam: str = ""


@dataclass(frozen=True)
class Teamwijziging:
    """One change of teams from a day; ``naam`` is the new name of a team that is renamed.

    ``district`` is where a new team lies; empty: where the first team of ``van`` lies.
    """

    soort: Verandering
    vanaf: date
    van: tuple[str, ...] = ()
    naar: tuple[Opvolger, ...] = ()
    naam: str = ""
    district: str = ""

    @property
    def blijven(self) -> set[str]:
        return {opvolger.code for opvolger in self.naar}

    @property
    def eindigen(self) -> list[str]:
        """The teams that are no longer there from the day on."""
        if self.soort is Verandering.HERNOEMEN:
            return []
        return [code for code in self.van if code not in self.blijven]

    @property
    def lijnen(self) -> list[tuple[str, str]]:
        """Who follows whom; a team does not follow itself."""
        if self.soort is Verandering.HERNOEMEN:
            return []
        return [(van, op.code) for van in self.van for op in self.naar if van != op.code]


Basisteams = Mapping[str, Basisteam]
Bezwaren = list[tuple[str, str]]
"""Field of the form → what is wrong with it, in a sentence; ``code_1`` and ``naam_1`` are of the first successor."""


def bezwaren(
    wijziging: Teamwijziging, teams: Basisteams, bezet: Collection[str], districten: Mapping[str, str]
) -> Bezwaren:
    """Everything that is wrong with a change; ``bezet`` are the codes of all onderdelen of whatever kind."""
    return [
        *_over_teams(wijziging, teams),
        *_over_aantal(wijziging),
        *_over_opvolgers(wijziging, teams, bezet),
        *_over_naam(wijziging, teams),
        *_over_district(wijziging, teams, districten),
    ]


def _over_teams(wijziging: Teamwijziging, teams: Basisteams) -> Bezwaren:
    gevonden: Bezwaren = []
    for code in wijziging.van:
        team = teams.get(code)
        if team is None:
            gevonden.append(("van", f"{code} is geen basisteam. Kies een team uit de lijst."))
        elif team.vanaf and team.vanaf >= wijziging.vanaf:
            begin = dag_in_woorden(team.vanaf)
            gevonden.append(
                ("vanaf", f"{team} begint pas op {begin}: een einde ligt na het begin. Kies een latere dag.")
            )
        elif team.tot and team.tot <= wijziging.vanaf:
            gevonden.append(
                ("van", f"{team} bestaat al niet meer sinds {dag_in_woorden(team.tot)}. Kies een ander team.")
            )
        elif team.tot and wijziging.soort is not Verandering.HERNOEMEN:
            gevonden.append(("van", f"Van {team} is al besloten dat het ophoudt op {dag_in_woorden(team.tot)}."))
    return gevonden


def _over_aantal(wijziging: Teamwijziging) -> Bezwaren:
    van, naar = len(set(wijziging.van)), len(wijziging.naar)
    match wijziging.soort:
        case Verandering.SPLITSEN:
            gevonden = [("van", "Kies het ene team dat gesplitst wordt.")] if van != 1 else []
            return gevonden + ([(f"code_{naar + 1}", GEEN_TWEE_OPVOLGERS)] if naar < 2 else [])
        case Verandering.SAMENVOEGEN:
            gevonden = (
                [("code_1", "Noem het ene team dat doorgaat: een nieuw team, of een dat er al is.")]
                if naar != 1
                else []
            )
            samen = {*wijziging.van} | {op.code for op in wijziging.naar if not op.naam}
            te_weinig = van < 1 or len(samen) < 2
            return gevonden + ([("van", "Kies ten minste twee teams die samengaan.")] if te_weinig else [])
        case Verandering.BEGINNEN:
            return [("code_1", "Noem het ene team dat erbij komt.")] if naar != 1 else []
        case Verandering.HERNOEMEN:
            return [("van", "Kies het ene team dat een andere naam krijgt.")] if van != 1 else []
        case Verandering.BEEINDIGEN:
            return [("van", "Kies het team dat ophoudt.")] if van < 1 else []


GEEN_TWEE_OPVOLGERS = (
    "Een splitsing heeft ten minste twee opvolgers. Noem er twee; gaat het team zelf door, dan telt het mee. "
    "Houdt het team op zonder opvolger, kies dan ‘houdt op’."
)


def _over_opvolgers(wijziging: Teamwijziging, teams: Basisteams, bezet: Collection[str]) -> Bezwaren:
    vormen = {code.casefold() for code in bezet}
    gevonden: Bezwaren = []
    eerder: set[str] = set()
    for nummer, op in enumerate(wijziging.naar, 1):
        if op.code in eerder:
            gevonden.append((f"code_{nummer}", f"{op.code} staat er twee keer."))
        eerder.add(op.code)
        over = _over_bestaand(op, teams[op.code], wijziging) if op.code in teams else _over_nieuw(op, vormen)
        gevonden += [(f"{veld}_{nummer}", zin) for veld, zin in over]
    return gevonden


def _over_bestaand(opvolger: Opvolger, team: Basisteam, wijziging: Teamwijziging) -> Bezwaren:
    if wijziging.soort is Verandering.BEGINNEN or (opvolger.naam and opvolger.naam != team.naam):
        doorgaan = " Laat de naam leeg als dat team doorgaat, of" if wijziging.van else ""
        geef = f"{doorgaan} geef een code die er nog niet is." if doorgaan else " Geef een code die er nog niet is."
        return [("code", f"De code {team.code} is al van {team.naam}.{geef}")]
    if not team.bestaat_op(wijziging.vanaf) or team.tot:
        dag = dag_in_woorden(wijziging.vanaf)
        return [("code", f"{team} is er niet, of niet voorgoed, vanaf {dag}. Kies een ander team.")]
    return []


def _over_nieuw(opvolger: Opvolger, vormen: Collection[str]) -> Bezwaren:
    if not opvolger.code:
        return [("code", f"Geef {opvolger.naam} een code die er nog niet is, zoals A4.")]
    if not CODEVORM.fullmatch(opvolger.code):
        zin = f"“{opvolger.code}” kan geen code zijn: hoogstens 12 hoofdletters, cijfers en streepjes, zoals A4."
        return [("code", zin)]
    if opvolger.code.casefold() in vormen:
        return [("code", f"De code {opvolger.code} is al van een ander onderdeel. Geef een code die er nog niet is.")]
    return [] if opvolger.naam else [("naam", f"{opvolger.code} is een nieuw team: vul ook zijn naam in.")]


def _over_naam(wijziging: Teamwijziging, teams: Basisteams) -> Bezwaren:
    """Two teams of one name on one day could not be told apart."""
    namen = {team.naam.casefold(): team for team in teams.values() if team.bestaat_op(wijziging.vanaf)}
    nieuw = [(f"naam_{nr}", op.naam) for nr, op in enumerate(wijziging.naar, 1) if op.naam and op.code not in teams]
    if wijziging.soort is Verandering.HERNOEMEN:
        if not wijziging.naam:
            return [("naam", "Vul de nieuwe naam in.")]
        nieuw = [("naam", wijziging.naam)]
    eindigen = set(wijziging.eindigen)
    bezet = [(veld, naam, namen.get(naam.casefold())) for veld, naam in nieuw]
    return [(veld, f"{team} heet al zo.") for veld, _, team in bezet if team and team.code not in eindigen]


def _over_district(wijziging: Teamwijziging, teams: Basisteams, districten: Mapping[str, str]) -> Bezwaren:
    if wijziging.district and wijziging.district not in districten:
        return [("district", "Kies een district uit de lijst.")]
    waar = {teams[code].district for code in wijziging.van if code in teams}
    nieuw = any(op.code not in teams for op in wijziging.naar)
    if nieuw and not wijziging.district and len(waar) != 1:
        return [("district", "Kies het district van het nieuwe team.")]
    return []


def na(wijziging: Teamwijziging, teams: Basisteams) -> dict[str, Basisteam]:
    """The teams as they are when the change was approved; a change without objections."""
    waar = wijziging.district or next((teams[code].district for code in wijziging.van), "")
    daarna = dict(teams)
    for code in wijziging.eindigen:
        daarna[code] = replace(teams[code], tot=wijziging.vanaf)
    for opvolger in wijziging.naar:
        if opvolger.code not in teams:
            daarna[opvolger.code] = Basisteam(opvolger.code, opvolger.naam, waar, wijziging.vanaf)
    if wijziging.soort is Verandering.HERNOEMEN:
        (code,) = wijziging.van
        daarna[code] = replace(teams[code], naam=wijziging.naam)
    return daarna


Lijn = tuple[str, str, date]
"""Who went on for whom, from when."""


def erven(code: str, dag: date, teams: Basisteams, lijnen: Iterable[Lijn]) -> set[str]:
    """The teams that are there on a day for what this one was: itself, and those that followed it by then."""
    van = [(voor, naar) for voor, naar, vanaf in lijnen if vanaf <= dag]
    open_, gezien = {code}, set[str]()
    while open_:
        gezien |= open_
        open_ = {naar for voor, naar in van if voor in open_} - gezien
    return {gevonden for gevonden in gezien if gevonden in teams and teams[gevonden].bestaat_op(dag)}


def gevolgen(wijziging: Teamwijziging, teams: Basisteams) -> list[str]:
    """What becomes of the series, in sentences to read before one proposes."""
    if wijziging.soort is Verandering.HERNOEMEN:
        (code,) = wijziging.van
        tot = dag_in_woorden(wijziging.vanaf)
        return [
            f"{teams[code]} heet voortaan {wijziging.naam}; de code {code} en de hele reeks blijven.",
            f"Op de pagina van het team blijft staan dat het tot {tot} {teams[code].naam} heette.",
        ]
    dag = dag_in_woorden(wijziging.vanaf)
    zinnen = [_over_einde(teams[code], dag, wijziging) for code in wijziging.eindigen]
    zinnen += [_over_doorgaan(op, dag, wijziging, teams) for op in wijziging.naar]
    return [*zinnen, *_over_kwartaal(wijziging, teams), *_over_som(wijziging, teams)]


def _over_einde(team: Basisteam, dag: str, wijziging: Teamwijziging) -> str:
    wie = en([op.code for op in wijziging.naar])
    erna = f"; daarna gaat het verder als {wie}" if wie else ""
    return (
        f"{team} bestaat tot {dag}{erna}. Waarden en bezetting over kwartalen die eerder eindigen, blijven bij "
        f"{team.code} staan zoals zij zijn vastgesteld."
    )


def _over_doorgaan(op: Opvolger, dag: str, wijziging: Teamwijziging, teams: Basisteams) -> str:
    voor = en([code for code in wijziging.van if code != op.code])
    if op.code not in teams:
        uit = f", en noemt {voor} als voorganger" if voor else ""
        return (
            f"{op.code} {op.naam} begint op {dag} met een eigen, lege reeks{uit}. Er wordt niets overgezet of verdeeld."
        )
    if op.code in wijziging.van:
        return f"{teams[op.code]} gaat door: de reeks loopt door, met op de pagina wat er op {dag} veranderde."
    return f"{teams[op.code]} loopt door, en noemt {voor} als team dat er op {dag} bij kwam."


def _over_kwartaal(wijziging: Teamwijziging, teams: Basisteams) -> list[str]:
    """People are counted on the last day of a quarter: so is who answers for it."""
    kwartaal = Kwartaal.van(wijziging.vanaf)
    nieuw = [op.code for op in wijziging.naar if op.code not in teams]
    if not nieuw and not wijziging.eindigen:
        return []
    wie = f" van {en(nieuw)}" if nieuw else ""
    zin = f"Waarden en bezetting{wie} worden voor het eerst gevraagd over {kwartaal.leesbaar}." if nieuw else ""
    if wijziging.vanaf == kwartaal.begin():
        return [zin] if zin else []
    weg = f", en {en(wijziging.eindigen)} niet meer" if wijziging.eindigen else ""
    wat = f"leveren {en(nieuw)} dat hele kwartaal" if nieuw else "leveren de andere teams dat kwartaal"
    volgend = dag_in_woorden(kwartaal.volgende().begin())
    midden = (
        f"De dag valt midden in {kwartaal.leesbaar}. Mensen worden geteld op de laatste dag van een kwartaal: daarom "
        f"{wat}{weg}. Moet het nog op de oude manier, kies dan {volgend}."
    )
    return [zin, midden] if zin else [midden]


def _over_som(wijziging: Teamwijziging, teams: Basisteams) -> list[str]:
    """The sum of a district counts each team that is there on the last day of the quarter once."""
    daarna = na(wijziging, teams)
    betrokken = [*wijziging.van, *(op.code for op in wijziging.naar)]
    waar = sorted({daarna[code].district for code in betrokken if code in daarna})
    if len(waar) > 1:
        return [f"Let op: dit raakt de sommen van de districten {en(waar)}; wat het ene verliest, krijgt het andere."]
    return (
        [f"De som van district {waar[0]} blijft heel: elk team telt in een kwartaal één keer of niet."] if waar else []
    )
