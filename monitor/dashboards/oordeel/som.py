"""The sum behind a verdict, worked out in words with the numbers that were used.

Nothing is judged here: the parts are those of the record, the outcomes are those of ``Afgeleid`` and the stored
expectation, and the last line says on which side of the limit the verdict of the record lies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from common.tekst import cijfers
from common.tekst.cijfers import Maat, gedrukt
from common.tekst.getallen import toon_kort
from common.tekst.tekens import en, hoofdletter
from monitor.rekenen.cijfers import Afgeleid
from monitor.rekenen.oordeelzin import foutmarges, tempo_zin
from monitor.rekenen.regels.feiten import Doeldeel, Indicatordeel
from monitor.rekenen.regels.oordeelregels import MINSTENS_JAREN, factor
from monitor.rekenen.regels.verschuldigd import KWARTALEN_VAN

_NUL = Decimal(0)
ONGEVEER = "≈ "
KAAL = cijfers.LosseMaat()
EXACT = 4  # decimals up to which an outcome is printed as it is
GEHAALD = ("op_koers", "behaald")
GEWOGEN = (*GEHAALD, "aandacht", "achter", "niet_behaald", "niet_te_onderscheiden")


@dataclass(frozen=True)
class Geval:
    """One record with everything its sum is made of.

    ``reeks`` are the records of the same onderdeel, earlier years included as far as they are used, in order of time.
    """

    rij: Any
    indicator: Indicatordeel
    doel: Doeldeel | None
    cijfers: Afgeleid
    reeks: Sequence[Any]

    @property
    def soort(self) -> str:
        return str(self.doel.soort) if self.doel else ""

    @property
    def oordeel(self) -> str:
        return str(self.rij.oordeel)

    @property
    def teken(self) -> int:
        """1 where more is better, -1 where less is; of a norm the norm itself says so."""
        if self.soort in ("minimum", "maximum"):
            return 1 if self.soort == "minimum" else -1
        return 1 if self.indicator.richting == "hoger" else -1

    @property
    def telt_op(self) -> bool:
        """Whether the value judged is of the year so far; otherwise it is of this period alone."""
        return not self.indicator.is_stand and self.soort != "verbetering"

    @property
    def kwartalen(self) -> list[Any]:
        """The records of the quarters that the value is made of."""
        eerste = 1 if self.telt_op else self.rij.kwartaal
        return [r for r in self.reeks if r.jaar == self.rij.jaar and eerste <= r.kwartaal <= self.rij.kwartaal]

    @property
    def nu(self) -> Decimal | None:
        """The value of the period itself; of a year that was measured as a whole, that year's."""
        return self.cijfers.cumulatief if self.cijfers.waarde is None else self.cijfers.waarde

    @property
    def foutmarges(self) -> Decimal:
        return foutmarges(self.rij)

    @property
    def maat(self) -> Maat:
        """Words are left out between two numbers; a sign belongs to its number."""
        return cijfers.alleen_teken(self.indicator)

    def tekst(self, getal: Decimal) -> str:
        return kort(getal, self.indicator)

    def met_teken(self, getal: Decimal) -> str:
        return kort(getal, self.maat)


def kort(getal: Decimal, maat: Maat = KAAL) -> str:
    """The number itself; one without end rounded, and marked so."""
    afgerond = cijfers.round_op(getal, EXACT)
    return f"{'' if afgerond == getal else ONGEVEER}{cijfers.exact_in_woorden(afgerond, maat)}"


def uitkomst(getal: Decimal, maat: Maat = KAAL) -> str:
    """What a sum comes to: = 22,5 verdachten, or ≈ where it was rounded to be printed."""
    tekst = kort(getal, maat)
    return tekst if tekst.startswith(ONGEVEER) else f"= {tekst}"


_HONDERD = Decimal(100)


def grenzen(geval: Geval) -> tuple[Decimal, Decimal]:
    """Where the target is met, and where the margin ends; in the unit of the indicator."""
    c = geval.cijfers
    if geval.soort == "jaarvolume":
        doel = c.verwachting or _NUL
        return doel, doel - geval.teken * doel * (c.marge or _NUL) / _HONDERD
    doel = c.streefwaarde or _NUL
    return doel, doel - geval.teken * (c.marge or _NUL)


def _grenzen_in_woorden(geval: Geval) -> str:
    """For example: op koers vanaf 22,5, aandacht vanaf 20,25 (marge 10% van 22,5), daaronder achter."""
    doel, rand = (geval.met_teken(grens) for grens in grenzen(geval))
    vanaf, voorbij = ("vanaf", "daaronder") if geval.teken == 1 else ("tot en met", "daarboven")
    if geval.oordeel in ("behaald", "niet_behaald"):
        return f"behaald {vanaf} {doel}, {voorbij} niet behaald: het jaar is gesloten"
    if not geval.cijfers.marge:
        return f"op koers {vanaf} {doel}, {voorbij} achter; er is geen marge"
    return f"op koers {vanaf} {doel}, aandacht {vanaf} {rand} ({_marge(geval)}), {voorbij} achter"


def _marge(geval: Geval) -> str:
    norm = geval.met_teken(geval.cijfers.verwachting or _NUL)
    return f"marge {cijfers.marge_in_woorden(geval.doel, geval.indicator, norm)}" if geval.doel else ""


def _conclusie(geval: Geval) -> str:
    woord = geval.oordeel.replace("_", " ")
    if geval.oordeel not in GEWOGEN:
        reden = geval.cijfers.reden
        return reden if woord in reden.lower() else f"{reden} Daarom: {woord}."
    kant = _kant_van_verschil(geval) if geval.soort == "verbetering" else _kant_van_grens(geval)
    return f"{hoofdletter(kant)}, dus {woord}."


def _kant_van_grens(geval: Geval) -> str:
    """On which side of which limit the value lies, with as many decimals as it takes to see it."""
    doel, rand = grenzen(geval)
    gehaald, gemist = ("ten minste", "minder dan") if geval.teken == 1 else ("hoogstens", "meer dan")
    if geval.oordeel in GEHAALD:
        return _al_gehaald(geval) or _naast(geval, gehaald, doel, mist=False)
    if geval.oordeel == "aandacht":
        return f"{_naast(geval, gemist, doel, mist=True)}, maar {gehaald} {geval.met_teken(rand)}"
    return _naast(geval, gemist, rand if geval.oordeel == "achter" else doel, mist=True)


def _al_gehaald(geval: Geval) -> str:
    """Where more is expected by now than the whole year asks; empty where the expectation itself was met."""
    c = geval.cijfers
    waarde, jaardoel, verwacht = (getal or _NUL for getal in (c.cumulatief, c.streefwaarde, c.verwachting))
    if geval.soort != "jaarvolume" or geval.teken != 1 or not jaardoel <= waarde < verwacht:
        return ""
    return f"het jaardoel van {kort(jaardoel)} is met {kort(waarde)} al gehaald"


def _naast(geval: Geval, woord: str, grens: Decimal, *, mist: bool) -> str:
    waarde = geval.cijfers.cumulatief or _NUL
    naast, exact = cijfers.weeg(waarde, grens, geval.maat), geval.met_teken(grens)
    return f"{naast.waarde_tekst} is {woord} {naast.grens_tekst if mist and naast.waarde_tekst == exact else exact}"


def _kant_van_verschil(geval: Geval) -> str:
    verschil, grens = abs(geval.cijfers.verschil or _NUL), geval.foutmarges
    naast = cijfers.weeg(verschil, grens, geval.maat)
    groot, klein = (gedrukt(getal) for getal in (naast.waarde, naast.grens))
    if geval.oordeel == "niet_te_onderscheiden":
        return f"het verschil van {groot} is niet groter dan {klein}"
    beter = f"{geval.indicator.richting} is beter"
    gaat = "omhoog" if (geval.cijfers.verschil or _NUL) > 0 else "omlaag"
    return f"het verschil van {groot} is groter dan {klein}, het cijfer gaat {gaat} en {beter}"


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
    return [*regels, Somregel("Conclusie", _conclusie(geval))]


def _waarde(geval: Geval) -> list[Somregel]:
    if geval.indicator.aggregatie == "verhouding":
        return _verhouding(geval)
    naam = {"som": "Opgeteld", "stand": "Stand"}.get(str(geval.indicator.aggregatie), "Meting")
    return [Somregel(naam, f"{_optelling(geval, 'teller', geval.indicator)}{_foutmarge(geval.rij.marge)}")]


def _foutmarge(marge: Decimal | None) -> str:
    return f", foutmarge {cijfers.foutmarge_in_woorden(marge)}" if marge is not None else ""


def _verhouding(geval: Geval) -> list[Somregel]:
    teller, noemer = (_totaal(geval, wat) for wat in ("teller", "noemer"))
    regels = [Somregel(wat.capitalize(), _optelling(geval, wat)) for wat in ("teller", "noemer")]
    keer = f" × {factor(geval.indicator.eenheid)}" if geval.indicator.eenheid == "%" else ""
    waarde = geval.cijfers.cumulatief if geval.telt_op else geval.nu
    if waarde is None:
        return [*regels, Somregel("Waarde", "de noemer is 0: er valt niets te delen")]
    gedeeld = f"{toon_kort(teller)} / {toon_kort(noemer)}{keer}"
    return [*regels, Somregel("Waarde", f"{gedeeld} {uitkomst(waarde, geval.indicator)}")]


def _totaal(geval: Geval, wat: str) -> Decimal:
    """Of the year so far as it is in the record; of an improvement that of the period itself, if it has one."""
    eigen = getattr(geval.rij, wat) if not geval.telt_op else None
    totaal: Decimal = getattr(geval.rij, f"cum_{wat}") if eigen is None else eigen
    return totaal


def _optelling(geval: Geval, wat: str, maat: Maat = KAAL) -> str:
    """For example 9 + 6 + 8 = 23 verdachten t/m Q3; a quarter that is not there is named, never a 0."""
    totaal = cijfers.exact_in_woorden(_totaal(geval, wat), maat)
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
    regels = [Somregel("Jaardoel", geval.tekst(c.streefwaarde or _NUL)), *_verwacht(geval)]
    if geval.oordeel not in GEWOGEN:
        return regels
    if c.tempo is not None and c.cumulatief is not None and c.verwachting is not None:
        gedeeld = f"{toon_kort(c.cumulatief)} / {kort(c.verwachting)}"
        regels.append(Somregel("Tempo", f"{gedeeld} = {cijfers.tempo_in_woorden(c.tempo)}"))
    return [*regels, Somregel("Grenzen", _grenzen_in_woorden(geval)), *_nog_nodig(geval)]


def _verwacht(geval: Geval) -> list[Somregel]:
    rij, doel, verwacht = geval.rij, geval.cijfers.streefwaarde or _NUL, geval.cijfers.verwachting or _NUL
    if geval.indicator.verwachting == "stap":
        stap = geval.indicator.stap_kwartaal
        wat = "het hele jaardoel" if rij.kwartaal >= stap else "nog niets"
        return [Somregel("Norm", f"het doel telt vanaf Q{stap}, in Q{rij.kwartaal} is dat {wat}: {kort(verwacht)}")]
    if geval.indicator.verwachting == "seizoen" and not rij.seizoen_terugval:
        return _seizoen(geval)
    waarom = f" (geen {MINSTENS_JAREN} volledige eerdere jaren voor een patroon)" if rij.seizoen_terugval else ""
    return [Somregel("Norm", f"{toon_kort(doel)} × {rij.kwartaal}/4 {uitkomst(verwacht)}{waarom}")]


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
    doel, verwacht = kort(geval.cijfers.streefwaarde or _NUL), uitkomst(geval.cijfers.verwachting or _NUL)
    return [*regels, Somregel("Norm", f"{doel} × {gemiddeld} {verwacht}")]


def _jaarsom(rijen: Sequence[Any]) -> Decimal:
    return sum((rij.teller for rij in rijen), _NUL)


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
    som_ = f"{toon_kort(c.streefwaarde or _NUL)} − {toon_kort(c.cumulatief)} = {toon_kort(c.nog_nodig)}"
    per = f", {kort(c.nodig_per_kwartaal)} per kwartaal" if c.nodig_per_kwartaal and len(c.resterend) > 1 else ""
    tempo = f". {tempo_zin(geval.rij)}" if tempo_zin(geval.rij) else ""
    return [Somregel("Nog nodig", f"{som_}{per}{tempo}")]


def _norm(geval: Geval) -> list[Somregel]:
    c = geval.cijfers
    woord = "ten minste" if geval.soort == "minimum" else "hoogstens"
    regels = [Somregel("Doel", f"{woord} {geval.tekst(c.streefwaarde or _NUL)}")]
    return [*regels, Somregel("Grenzen", _grenzen_in_woorden(geval))] if geval.oordeel in GEWOGEN else regels


def _verbetering(geval: Geval) -> list[Somregel]:
    c, rij, nu = geval.cijfers, geval.rij, geval.nu
    if c.vorige is None or c.verschil is None or nu is None or geval.oordeel not in GEWOGEN:
        return []
    toen = rij.vorige_jaar if rij.vorige_kwartaal == 4 else f"Q{rij.vorige_kwartaal} {rij.vorige_jaar}"
    delen = f" ({toon_kort(rij.vorige)} / {toon_kort(rij.vorige_noemer)})" if rij.vorige_noemer is not None else ""
    punten = cijfers.maat_van_verschil(geval.indicator)
    verschil = f"{kort(nu)} − {kort(c.vorige)} {uitkomst(c.verschil, punten)}"
    return [
        Somregel("Vorige meting", f"{geval.tekst(c.vorige)}{delen} in {toen}{_foutmarge(rij.vorige_marge)}"),
        Somregel("Verschil", verschil),
        Somregel("Foutmarges samen", _foutmarges(geval)),
    ]


def _foutmarges(geval: Geval) -> str:
    rij = geval.rij
    if not rij.marge and not rij.vorige_marge:
        return "er zijn geen foutmarges: elk verschil telt"
    nu, toen = toon_kort(rij.marge or _NUL), toon_kort(rij.vorige_marge or _NUL)
    return f"√({nu}² + {toen}²) {uitkomst(geval.foutmarges)}"
