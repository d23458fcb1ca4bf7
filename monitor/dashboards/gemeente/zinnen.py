"""The lens of a municipality in sentences: where it lies, how its teams stand, and what is not shown."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.tekst.getallen import toon
from common.tekst.tekens import en, hoeveel_van, hoofdletter, kleine_letter
from formatie.models import Gemeente, Inwonertal, Werkgebied
from formatie.plan.gemeenten import Werkkring, begint_op
from monitor.dashboards.gemeente.selectors import NIET_VAN_TOEPASSING, PER_DISTRICT, Lens, Lenscel
from monitor.dashboards.oordeel.uiterlijk import RANG, ZONDER_CIJFER, get_woord
from monitor.zicht import NIET_BIJ_ROL, TE_KLEIN

ONBEKEND = (
    "Welk basisteam hier werkt, staat niet in de bronnen die de monitor heeft. Een analist of beheerder kan het "
    "voorstellen, met een bron. De cijfers van de hele eenheid gelden ook hier."
)
_WEG = {
    PER_DISTRICT: "{namen}: per district gemeten, niet per basisteam.",
    NIET_VAN_TOEPASSING: "{namen}: niet van toepassing op {codes}.",
    NIET_BIJ_ROL: "{namen}: cijfers over personeel van {codes} horen niet bij uw rol.",
    TE_KLEIN: "{namen}: van {codes} te klein om te tonen, of te herleiden uit de rest.",
}


def ligging(kring: Werkkring) -> str:
    """Which teams and districts, in one sentence."""
    if not kring.teams:
        return (
            f"{straks(kring)} Welk basisteam er tot dan werkte, staat niet in de bronnen." if kring.straks else ONBEKEND
        )
    districten = en([f"district {district}" for district in kring.districten])
    teams = en([str(team) for team in kring.teams])
    later = f" {straks(kring)}" if kring.straks else ""
    if len(kring.teams) == 1:
        return f"In {kring.gemeente} werkt basisteam {teams}, van {districten}.{later}"
    aantal = f"{len(kring.teams)} basisteams"
    waar = f"in {len(kring.districten)} districten" if len(kring.districten) > 1 else f"van {districten}"
    return f"In {kring.gemeente} werken {aantal}, {waar}: {teams}.{later}"


def straks(kring: Werkkring) -> str:
    """Who begins to work there after the day that is shown; for example: Vanaf 29-11-2026: F2 Dordrecht."""
    per_dag: dict[date, list[str]] = defaultdict(list)
    for rij in kring.straks:
        per_dag[begint_op(rij)].append(f"{rij.basisteam}{f' in {rij.gebied}' if rij.gebied else ''}")
    return hoofdletter("; ".join(f"vanaf {dag:%d-%m-%Y}: {en(wie)}" for dag, wie in sorted(per_dag.items()))) + "."


def inwonerzin(inwoners: Inwonertal | None) -> str:
    """For example: 73.500 inwoners op 01-01-2025 (CBS)."""
    if inwoners is None:
        return "Hoeveel inwoners de gemeente heeft, is niet bekend."
    return f"{toon(Decimal(inwoners.aantal), 0)} inwoners op {inwoners.peildatum:%d-%m-%Y} ({inwoners.bron})."


def voorbehouden(kring: Werkkring) -> list[str]:
    """What a reader must know about where the teams come from."""
    zinnen = [_samenvoeging(kring)] if kring.voorgangers else []
    if kring.is_deel:
        zinnen.append(f"Van de rest van {kring.gemeente} is niet bekend welk basisteam er werkt.")
    if kring.op_naam:
        codes, werkt = en([team.code for team in kring.op_naam]), "werkt" if len(kring.op_naam) == 1 else "werken"
        zinnen.append(f"Dat {codes} hier {werkt}, volgt uit de naam; geen bron noemt de grenzen.")
    return zinnen


def _samenvoeging(kring: Werkkring) -> str:
    namen = en([gemeente.naam for gemeente in kring.voorgangers])
    dagen = {gemeente.geldig_tot for gemeente in kring.voorgangers if gemeente.geldig_tot}
    wanneer = f"op {dagen.pop():%d-%m-%Y}" if len(dagen) == 1 else "bij meer dan één samenvoeging"
    zin = f"{namen} {'is' if len(kring.voorgangers) == 1 else 'zijn'} {wanneer} opgegaan in {kring.gemeente}."
    return f"{zin} Wat de bronnen van die gemeenten zeggen, geldt ook hier." if kring.is_geerfd else zin


def opgegaan(gemeente: Gemeente, opvolger: Gemeente) -> str:
    return f"{gemeente} is op {gemeente.geldig_tot:%d-%m-%Y} opgegaan in {opvolger}." if gemeente.geldig_tot else ""


@dataclass(frozen=True)
class Standzin:
    """How the teams stand; where it is about one team it ends in the verdict itself."""

    tekst: str
    oordeel: str = ""


def stand(lens: Lens) -> list[Standzin]:
    """Of one team a sentence for each verdict, of more teams one for each indicator that this reader sees."""
    een = [(rij.regel.naam, rij.teams[0]) for rij in lens.regels if len(rij.teams) == 1]
    return [*_van_een(een), *(_stand(rij.regel.naam, rij.teams) for rij in lens.regels if len(rij.teams) > 1)]


def _van_een(cellen: Sequence[tuple[str, Lenscel]]) -> list[Standzin]:
    """The indicators of one team, those of one verdict together, worst first."""
    per_oordeel: dict[str, list[str]] = defaultdict(list)
    for naam, cel in cellen:
        doel = f" (doel {cel.regel.doel_tekst})" if cel.regel.doel_tekst else ""
        waarde = cel.regel.waarde_tekst or cel.ontbreekt
        gezegd = waarde.lower() == get_woord(cel.oordeel).lower()
        per_oordeel[cel.oordeel].append(f"{naam}{doel}" if gezegd else f"{naam} {waarde}{doel}")
    volgorde = sorted(per_oordeel, key=RANG.__getitem__)
    return [Standzin(_samen(per_oordeel[oordeel]), oordeel) for oordeel in volgorde]


def _samen(delen: Sequence[str]) -> str:
    zin = en([delen[0], *map(kleine_letter, delen[1:])])
    return f"{zin}:" if len(delen) == 1 else f"{zin}: {hoeveel_van(len(delen), len(delen))}"


def _stand(naam: str, teams: Sequence[Lenscel]) -> Standzin:
    met_cijfer = [cel for cel in teams if cel.regel.oordeel not in ZONDER_CIJFER]
    zonder = [cel.onderdeel.code for cel in teams if cel.regel.oordeel in ZONDER_CIJFER]
    ontbreekt = f"; van {en(zonder)} is er geen volledig cijfer" if zonder else ""
    codes = [cel.onderdeel.code for cel in met_cijfer if cel.regel.van_koers]
    if not codes:
        return Standzin(f"{naam}: bij {hoeveel_van(0, len(teams))} basisteams niet op koers{ontbreekt}")
    wie = hoeveel_van(len(codes), len(teams), "van de")
    return Standzin(f"{naam}: niet op koers bij {wie} basisteams ({en(codes)}){ontbreekt}")


def weggelaten(lens: Lens) -> list[str]:
    """What is not shown, and why; one sentence for each reason and place."""
    return [
        _WEG.get(reden, "{namen}: {codes} {reden}.").format(namen=en(namen), codes=en(list(codes)), reden=reden)
        for reden, plekken in lens.weggelaten.items()
        for codes, namen in plekken.items()
    ]


def gebied(rij: Werkgebied, gemeente: Gemeente) -> str:
    """Which part, and of which municipality where that is not the one of the page."""
    if rij.gemeente_id == gemeente.pk:
        return rij.gebied or f"{gemeente}"
    return f"{rij.gebied}, {rij.gemeente}" if rij.gebied else f"{rij.gemeente}"
