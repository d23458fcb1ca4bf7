"""From the text of one row of bezetting to an Opgave, or to every reason why not. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from common.tekst.cijfers import FTE, exact_in_woorden
from common.tekst.getallen import GetalFout, Notatie, lees
from common.tekst.periode import Kwartaal
from common.tekst.tekens import kleine_letter
from common.tekst.verschrijving import leegtevraag
from monitor.invoer.regels.codes import woordvorm
from monitor.invoer.regels.twijfel import Twijfel, schuif
from monitor.invoer.regels.validatie import (
    Kader,
    OnderdeelFeiten,
    Rijlezer,
    lees_code,
    lees_jaar,
    lees_kwartaal,
    lees_meetdatum,
    lees_status,
    lees_toelichting,
    toets_lopend,
)
from monitor.invoer.regels.waarneming import Fout, Invoerrij
from monitor.rekenen.regels.verschuldigd import bestaat_in

VERPLICHT = ("os", "nos")
DELEN_VAN_OS = ("aspiranten", "wijkagenten", "wijkagenten_expert")
FTEVELDEN = (*VERPLICHT, *DELEN_VAN_OS, "ziek")
BEZETTINGKOLOMMEN = ("onderdeel", "soort", "jaar", "kwartaal", *FTEVELDEN, "status", "meetdatum", "toelichting")
FTENAMEN = {
    "os": "OS",
    "nos": "NOS",
    "aspiranten": "Aspiranten",
    "wijkagenten": "Wijkagenten",
    "wijkagenten_expert": "Wijkagenten expert",
    "ziek": "Ziek",
}
# Each kind of places, with the kind of onderdeel that can have them.
PLAATSSOORTEN = {
    "leiding": "district",
    "basisteam": "basisteam",
    "flexteam": "district",
    "districtsrecherche": "district",
    "grens": "district",
}
MAX_DECIMALEN = 2
GROOTSTE = Decimal(100_000)

Bezettingsplek = tuple[str, str]  # onderdeel, soort
Bezettingsleutel = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Opgave:
    """Who is there, in fte, at one place on the last day of a quarter; see ``formatie.models.Bezetting``."""

    rij: int
    onderdeel: str
    soort: str
    jaar: int
    kwartaal: int
    os: Decimal
    nos: Decimal
    aspiranten: Decimal | None
    wijkagenten: Decimal | None
    wijkagenten_expert: Decimal | None
    ziek: Decimal | None
    status: str
    meetdatum: date | None
    toelichting: str

    @property
    def plek(self) -> Bezettingsplek:
        return (self.onderdeel, self.soort)

    @property
    def sleutel(self) -> Bezettingsleutel:
        return (self.onderdeel, self.soort, self.jaar, self.kwartaal)

    @property
    def fte(self) -> Decimal:
        return self.os + self.nos


def lees_opgave(invoerrij: Invoerrij, kader: Kader) -> Opgave | list[Fout]:
    """Read one row of text. Returns the Opgave, or all faults of the row."""
    rij = Rijlezer(invoerrij)
    onderdeel = lees_code(rij, "onderdeel", kader.onderdelen, kader.noembaar)
    soort = _lees_soort(rij, onderdeel)
    jaar, kwartaal = lees_jaar(rij, kader.jaren), _lees_kwartaal(rij)
    cijfers = {kolom: _lees_fte(rij, kolom) for kolom in FTEVELDEN}
    _toets_delen(rij, cijfers)
    status, toelichting = lees_status(rij), lees_toelichting(rij)
    if onderdeel is None or jaar is None or kwartaal is None:
        return rij.fouten
    _toets_periode(rij, onderdeel, Kwartaal(jaar, kwartaal), kader.vandaag)
    toets_lopend(rij, status, Kwartaal(jaar, kwartaal), kader.vandaag)
    meetdatum = lees_meetdatum(rij, jaar, kwartaal, kader.vandaag)
    if rij.fouten:
        return rij.fouten
    return Opgave(
        invoerrij.nummer, onderdeel.code, soort, jaar, kwartaal, **cijfers,  # type: ignore[arg-type]  # os and nos were demanded
        status=status, meetdatum=meetdatum, toelichting=toelichting,
    )  # fmt: skip


def lees_opgavesleutel(invoerrij: Invoerrij, kader: Kader) -> Bezettingsleutel | None:
    """Of what and when a row is, whatever it says; None when that cannot be read."""
    rij = Rijlezer(invoerrij)
    onderdeel = lees_code(rij, "onderdeel", kader.onderdelen, ())
    soort, jaar, kwartaal = _lees_soort(rij, onderdeel), lees_jaar(rij, kader.jaren), _lees_kwartaal(rij)
    if rij.fouten or onderdeel is None or jaar is None or kwartaal is None:
        return None
    return onderdeel.code, soort, jaar, kwartaal


def opgaveteksten(inhoud: Mapping[str, Any]) -> dict[str, str]:
    """What someone would have typed for this bezetting, so that reading it gives the same again."""
    cijfers = {kolom: _tekst(inhoud[kolom]) for kolom in FTEVELDEN}
    dag: date | None = inhoud["meetdatum"]
    datum = dag.isoformat() if dag else ""
    return {**cijfers, "status": inhoud["status"], "meetdatum": datum, "toelichting": inhoud["toelichting"]}


def _tekst(fte: Decimal | None) -> str:
    return "" if fte is None else f"{fte.normalize():f}".replace(".", ",")


def _lees_soort(rij: Rijlezer, onderdeel: OnderdeelFeiten | None) -> str:
    soort = woordvorm(rij.cel("soort"))
    if soort not in PLAATSSOORTEN:
        getypt = f"“{rij.cel('soort')[:40]}” is geen soort. " if soort else ""
        rij.fout("soort", f"{getypt}Kies uit {', '.join(PLAATSSOORTEN)}.")
    elif onderdeel and onderdeel.soort != PLAATSSOORTEN[soort]:
        rij.fout("soort", f"{soort} hoort bij een {PLAATSSOORTEN[soort]}; {onderdeel.code} is een {onderdeel.soort}.")
    return soort


def _lees_kwartaal(rij: Rijlezer) -> int | None:
    if not rij.cel("kwartaal"):
        rij.fout("kwartaal", "Vul 1, 2, 3 of 4 in.")
        return None
    return lees_kwartaal(rij, heel_jaar=False)


def _lees_fte(rij: Rijlezer, kolom: str) -> Decimal | None:
    tekst = rij.cel(kolom)
    if not tekst:
        if kolom in VERPLICHT:
            rij.fout(kolom, f"Vul {FTENAMEN[kolom]} in fte in; 0 als er niemand is.")
        return None
    if tekst.lower() == "nb":
        rij.fout(kolom, "Laat dit vak leeg als het nog niet bekend is." if kolom not in VERPLICHT else _NOG_NIET)
        return None
    leeg = "Laat het vak leeg" if kolom not in VERPLICHT else "Lever deze regel aan als OS en NOS bekend zijn"
    try:
        if vraag := leegtevraag(tekst, leeg):
            raise GetalFout(vraag)
        return _bewaak_maat(lees(tekst, Notatie.HOEVEELHEID))
    except GetalFout as fout:
        rij.fout(kolom, str(fout))
        return None


_NOG_NIET = "Zonder OS en NOS is er geen bezetting. Lever deze regel aan als beide bekend zijn."


def _bewaak_maat(getal: Decimal) -> Decimal:
    if getal < 0:
        raise GetalFout("Een bezetting kan niet lager zijn dan 0.")
    if getal >= GROOTSTE:
        raise GetalFout("Dit is meer dan de hele politie. Vul fte in.")
    if -int(getal.normalize().as_tuple().exponent) > MAX_DECIMALEN:
        raise GetalFout(f"Gebruik hoogstens {MAX_DECIMALEN} cijfers achter de komma.")
    return getal


def _toets_delen(rij: Rijlezer, cijfers: Mapping[str, Decimal | None]) -> None:
    """A part is never more than its whole, and the two kinds of wijkagenten are reported together or not at all."""
    os, nos = cijfers["os"], cijfers["nos"]
    for deel in DELEN_VAN_OS:
        getal = cijfers[deel]
        if getal is not None and os is not None and getal > os:
            rij.fout(deel, f"{FTENAMEN[deel]} zijn een deel van OS en kunnen niet meer zijn.")
    wijk, expert, ziek = cijfers["wijkagenten"], cijfers["wijkagenten_expert"], cijfers["ziek"]
    if wijk is not None and expert is not None and os is not None and max(wijk, expert) <= os < wijk + expert:
        rij.fout("wijkagenten_expert", "Wijkagenten en wijkagenten expert zijn samen meer dan OS.")
    if ziek is not None and os is not None and nos is not None and ziek > os + nos:
        rij.fout("ziek", "Er kunnen niet meer mensen ziek zijn dan er zijn: ziek is een deel van OS en NOS.")
    _toets_wijkagenten(rij)


def _toets_wijkagenten(rij: Rijlezer) -> None:
    for kolom, ander in (("wijkagenten", "wijkagenten_expert"), ("wijkagenten_expert", "wijkagenten")):
        if rij.cel(ander) and not rij.cel(kolom):
            rij.fout(kolom, f"Vul ook {kleine_letter(FTENAMEN[kolom])} in; 0 als die er niet zijn.")


def _toets_periode(rij: Rijlezer, onderdeel: OnderdeelFeiten, kwartaal: Kwartaal, vandaag: date) -> None:
    if kwartaal.begin() > vandaag:
        rij.fout("kwartaal", "Deze periode is nog niet begonnen.")
    # People are counted on the last day of a quarter: before that day another team may have been there.
    if not bestaat_in(onderdeel, kwartaal.einde(), kwartaal.einde()):
        rij.fout("onderdeel", f"{onderdeel.code} bestaat niet op de laatste dag van {kwartaal.leesbaar}.")


_MEESTE, _MINSTE = Decimal("1.5"), Decimal("0.5")  # of the places of the plan


def opgavetwijfels(opgave: Opgave, vorige: Decimal | None, formatie: Decimal | None, *, plan: bool) -> list[Twijfel]:
    """Every doubt: against the last approved bezetting of this place, and against its places in the plan.

    ``vorige`` and ``formatie`` are in fte, None where there is none; ``plan``: a plan is in force.
    """
    gevonden = [_factor(opgave, vorige) or _tegen_formatie(opgave, formatie, plan=plan)]
    return [twijfel for twijfel in gevonden if twijfel]


def _factor(opgave: Opgave, vorige: Decimal | None) -> Twijfel | None:
    scheelt = schuif(opgave.fte, vorige) if vorige is not None else None
    if scheelt is None or vorige is None:
        return None
    hoe, _ = scheelt
    return Twijfel("os", f"OS en NOS zijn samen {hoe} de vorige keer ({exact_in_woorden(vorige, FTE)}).")


def _tegen_formatie(opgave: Opgave, formatie: Decimal | None, *, plan: bool) -> Twijfel | None:
    if not plan:
        return None
    samen = f"OS en NOS zijn samen {exact_in_woorden(opgave.fte, FTE)}"
    if not formatie:
        return Twijfel("os", f"{samen}; het formatieplan geeft hier geen plaatsen.")
    if opgave.fte > formatie * _MEESTE:
        return Twijfel("os", f"{samen}, meer dan anderhalf keer de formatie ({exact_in_woorden(formatie, FTE)}).")
    if opgave.fte < formatie * _MINSTE:
        return Twijfel("os", f"{samen}, minder dan de helft van de formatie ({exact_in_woorden(formatie, FTE)}).")
    return None
