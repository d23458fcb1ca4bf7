"""What the district page answers, in sentences. Pure: a sentence is only made of figures that exist."""

from collections.abc import Sequence
from decimal import Decimal

from common.tekst.cijfers import PROCENT, exact_in_woorden, fte, fte_in_woorden, weeg
from common.tekst.getallen import round_op
from common.tekst.periode import Kwartaal
from common.tekst.tekens import en, hoeveel_van, hoofdletter, kleine_letter
from formatie.bezetting.sommen import NORM_BEZET, Stand

MEESTE_NAMEN = 3


def plaatszin(district: str, formatie: Decimal | None, in_teams: Decimal | None, teams: int) -> str:
    """How many places the plan gives. ``district`` is what the reader calls it: uw district, dit district."""
    if formatie is None:
        return f"Het plan drukt voor {district} geen totaal."
    zin = f"Het plan geeft {district} {fte_in_woorden(formatie)}"
    if in_teams is None or not teams:
        return f"{zin}."
    return f"{zin}, waarvan {fte_in_woorden(in_teams)} in {'het basisteam' if teams == 1 else f'{teams} basisteams'}."


def ontbreekzin(kwartaal: Kwartaal, reden: str) -> str:
    """Why it cannot be said how many people there are."""
    return f"Hoeveel mensen er eind {kwartaal.leesbaar} werkten, is niet te zeggen: {reden}."


def verschilwoorden(verschil: Decimal) -> str:
    if not verschil:
        return "evenveel als het plan geeft"
    return f"{fte_in_woorden(abs(verschil))} te {'weinig' if verschil < 0 else 'veel'}"


def kopzin(wie: str, nu: Stand, toen: Stand | None, eerder: Kwartaal, *, meervoud: bool = False) -> str:
    """The answer of a page: how many are missing on how many places, and whether that grows.

    ``wie`` begins the sentence, as in: District A.
    """
    heeft, komt = ("hebben", "komen") if meervoud else ("heeft", "komt")
    if nu.formatie is None:
        return f"Het formatieplan drukt geen totaal voor {kleine_letter(wie)}"
    if nu.bezetting is None or nu.verschil is None:
        return f"{wie} {heeft} {fte_in_woorden(nu.formatie)} aan plaatsen"
    if not nu.verschil:
        kern = f"{wie} {heeft} precies de {fte_in_woorden(nu.formatie)} die het plan geeft"
    elif nu.verschil < 0:
        kern = f"{wie} {komt} {fte_in_woorden(-nu.verschil)} tekort op {fte(nu.formatie)} plaatsen"
    else:
        kern = f"{wie} {heeft} {fte_in_woorden(nu.verschil)} meer dan de {fte(nu.formatie)} plaatsen"
    return f"{kern}{_trend(nu.verschil, toen.verschil if toen else None, eerder)}"


def _trend(nu: Decimal, toen: Decimal | None, eerder: Kwartaal) -> str:
    """Whether the gap is growing since the quarter before; nothing where one of the two is not known."""
    if toen is None:
        return ""
    if nu == toen:
        return f"; dat was in {eerder.leesbaar} ook zo"
    if nu * toen <= 0:
        return f"; in {eerder.leesbaar} was er {verschilwoorden(toen)}"
    wat, hoe = "tekort" if nu < 0 else "overschot", "groeide" if abs(nu) > abs(toen) else "werd kleiner"
    return f"; het {wat} {hoe}: in {eerder.leesbaar} was het {fte(abs(toen))}"


def langzin(reeks: Sequence[tuple[Kwartaal, Decimal | None]]) -> str:
    """The longer course of a gap, where it says something else than the quarter before: it turned, halved or doubled.

    ``reeks`` has the difference of each quarter, this one last.
    """
    bekend = [(kwartaal, verschil) for kwartaal, verschil in reeks if verschil is not None]
    if len(bekend) < 3 or not (nu := bekend[-1][1]) or bekend[-1][0] != reeks[-1][0]:
        return ""
    (eerste, begin), toen = bekend[0], bekend[-2][1]
    if begin * nu <= 0 or toen * nu <= 0:
        return f"In {eerste.leesbaar} was er {verschilwoorden(begin)}." if toen * nu > 0 else ""
    kort, lang = abs(nu) - abs(toen), abs(nu) - abs(begin)
    if kort * lang > 0 and abs(begin) < abs(nu) * 2 and abs(nu) < abs(begin) * 2:
        return ""
    wat = "tekort" if nu < 0 else "overschot"
    zin = f"Sinds {eerste.leesbaar} {_hoe_anders(abs(begin), abs(nu), wat)}: toen was het {fte_in_woorden(abs(begin))}"
    return f"{zin}{_keerpunt(bekend)}."


def _keerpunt(bekend: Sequence[tuple[Kwartaal, Decimal]]) -> str:
    """Where the course turned on its way: a gap that halved and grew again is no gap that shrinks."""
    begin, nu = abs(bekend[0][1]), abs(bekend[-1][1])
    kies, woord = (min, "kleinst") if nu < begin else (max, "grootst")
    if len(bekend) < 4:  # that of a quarter ago stands in the heading
        return ""
    wanneer, verschil = kies(bekend[1:-2], key=lambda paar: abs(paar[1]))
    verder = nu - abs(verschil) if nu < begin else abs(verschil) - nu
    if verder * 4 < nu or verschil * bekend[-1][1] < 0:
        return ""
    return f"; het {woord} was het in {wanneer.leesbaar}, {fte_in_woorden(abs(verschil))}"


def _hoe_anders(begin: Decimal, nu: Decimal, wat: str) -> str:
    if nu == begin:
        return f"is het {wat} per saldo gelijk gebleven"
    if nu * 2 <= begin:
        return f"is het {wat} {'' if nu * 2 == begin else 'meer dan '}gehalveerd"
    if nu >= begin * 2:
        return f"is het {wat} {'' if nu == begin * 2 else 'meer dan '}verdubbeld"
    return f"werd het {wat} wel {'kleiner' if nu < begin else 'groter'}"


def uitersten(
    teams: Sequence[tuple[str, Sequence[Decimal | None]]], kwartalen: Sequence[Kwartaal]
) -> list[tuple[str, str, str]]:
    """Of the parts of a district the largest shortage and the largest surplus, each as a sentence in three: before its
    name, the name, and behind it.

    Each part with its differences in ``kwartalen``, this quarter last.
    """
    nu = [(reeks[-1], naam, reeks) for naam, reeks in teams if reeks and reeks[-1] is not None]
    if len(nu) < 2:
        return []
    laagste, hoogste = min(nu, key=lambda een: een[0]), max(nu, key=lambda een: een[0])
    gevonden = []
    if laagste[0] < 0:
        gevonden.append(("Het grootste tekort heeft", *_met_duur(laagste, kwartalen)))
    if hoogste[0] > 0:
        gevonden.append(("Het grootste overschot heeft", *_met_duur(hoogste, kwartalen)))
    return gevonden


def _met_duur(een: tuple[Decimal, str, Sequence[Decimal | None]], kwartalen: Sequence[Kwartaal]) -> tuple[str, str]:
    """The name, and how large its gap is and since when it grows; one quarter is no course yet."""
    verschil, naam, reeks = een
    aantal = _groeit(reeks)
    sinds = f"; het groeit sinds {kwartalen[-1 - aantal].leesbaar}, elk kwartaal" if aantal > 1 else ""
    return naam, f": {fte_in_woorden(abs(verschil))}{sinds}."


def _groeit(reeks: Sequence[Decimal | None]) -> int:
    """How many quarters on end a gap has grown."""
    aantal = 0
    for nu, toen in zip(reversed(reeks), reversed(reeks[:-1]), strict=False):
        if nu is None or toen is None or nu * toen < 0 or abs(nu) <= abs(toen):
            break
        aantal += 1
    return aantal


def wijkdeelzin(deel: Decimal | None) -> str:
    """For example: Van de plaatsen voor wijkagenten is 96,5% bezet, dat is onder de norm van 97%."""
    if deel is None:
        return ""
    bezet = weeg(deel, NORM_BEZET, PROCENT).waarde_tekst
    return f"Van de plaatsen voor wijkagenten is {bezet} bezet, {normzin(deel)}."


def normzin(deel: Decimal) -> str:
    norm = exact_in_woorden(NORM_BEZET, PROCENT)
    return f"daarmee is de norm van {norm} gehaald" if deel >= NORM_BEZET else f"dat is onder de norm van {norm}"


def wijkzin(teams: Sequence[tuple[str, Stand]]) -> str:
    """Whether every team has its wijkagenten. The plan names no neighbourhoods, only places per team."""
    met_plaats = [(naam, stand) for naam, stand in teams if stand.formatie]
    if not met_plaats:
        return ""
    onbekend = [naam for naam, stand in met_plaats if stand.verschil is None]
    if onbekend:
        return f"Of elke buurt haar wijkagent heeft, is niet te zeggen: {_onbekend(onbekend, len(met_plaats))}."
    tekort = sorted((s.verschil, naam) for naam, s in met_plaats if s.verschil is not None and s.verschil < 0)
    if not tekort:
        wie = (
            "Het basisteam heeft"
            if len(met_plaats) == 1
            else f"{hoofdletter(hoeveel_van(len(met_plaats), len(met_plaats)))} basisteams hebben"
        )
        return f"{wie} ten minste de wijkagenten die het plan geeft."
    return _te_weinig(tekort, len(met_plaats))


def _onbekend(onbekend: Sequence[str], aantal: int) -> str:
    if len(onbekend) == aantal:
        return "de wijkagenten zijn voor geen van de basisteams opgegeven"
    return f"de wijkagenten van {en(onbekend)} zijn niet opgegeven"


def _te_weinig(tekort: Sequence[tuple[Decimal, str]], aantal: int) -> str:
    genoemd = [f"{naam} ({fte_in_woorden(-verschil)})" for verschil, naam in tekort[:MEESTE_NAMEN]]
    meer = len(tekort) - len(genoemd)
    wie = hoofdletter(hoeveel_van(len(tekort), aantal, "van de")) if aantal > 1 else "1 van de 1"
    hebben = "heeft" if len(tekort) == 1 else "hebben"
    namen = en([*genoemd, *([f"nog {meer}"] if meer else [])])
    return f"{wie} basisteams {hebben} minder wijkagenten dan het plan geeft: {namen}."


def overschotzin(teams: Sequence[tuple[str, Stand]]) -> str:
    """Which teams have more wijkagenten than places: they count, and fill no place of another team."""
    over = sorted(((s.verschil, naam) for naam, s in teams if s.verschil is not None and s.verschil > 0), reverse=True)
    if not over:
        return ""
    genoemd = [f"{naam} ({fte_in_woorden(verschil)})" for verschil, naam in over[:MEESTE_NAMEN]]
    meer = [f"nog {len(over) - MEESTE_NAMEN}"] if len(over) > MEESTE_NAMEN else []
    wie = "Eén basisteam heeft" if len(over) == 1 else f"{len(over)} basisteams hebben"
    samen = "" if len(over) == 1 else f", samen {fte_in_woorden(sum((v for v, _ in over), Decimal(0)))}"
    telt = "Dat telt mee, maar vult geen plaats bij een ander team."
    return f"{wie} meer wijkagenten dan plaatsen: {en([*genoemd, *meer])}{samen}. {telt}"


def veranderzin(nu: Stand, toen: Stand, eerder: Kwartaal, delen: Sequence[tuple[str, Decimal | None]]) -> str:
    """What changed since the quarter before, in one sentence. ``delen`` are the changes of the parts."""
    if nu.bezetting is None or toen.bezetting is None:
        return f"Wat er sinds {eerder.leesbaar} veranderde, is niet te zeggen: niet beide kwartalen zijn compleet."
    stuk = [_bezetting_anders(nu.bezetting, toen.bezetting, eerder)]
    if nu.formatie != toen.formatie and nu.formatie is not None and toen.formatie is not None:
        stuk.append(f"het plan ging van {fte(toen.formatie)} naar {fte_in_woorden(nu.formatie)}")
    grootste = max(((abs(v), naam, v) for naam, v in delen if v), default=None)
    if grootste and len(delen) > 1:
        stuk.append(f"de grootste verandering is {grootste[1]}: {_erbij(grootste[2])}")
    return f"{'; '.join(stuk)}."


def _bezetting_anders(nu: Decimal, toen: Decimal, eerder: Kwartaal) -> str:
    if nu == toen:
        return f"Sinds {eerder.leesbaar} bleef de bezetting {fte_in_woorden(nu)}"
    return f"Sinds {eerder.leesbaar} ging de bezetting van {fte(toen)} naar {fte_in_woorden(nu)}"


def _erbij(verschil: Decimal) -> str:
    return f"{fte_in_woorden(abs(verschil))} {'erbij' if verschil > 0 else 'eraf'}"


def aspirantenzin(aspiranten: Decimal | None, inzetbaar: Decimal | None, deel: Decimal) -> str:
    """How many are in training and how much of them can be deployed; they count in full all the same."""
    if aspiranten is None or inzetbaar is None:
        return "Hoeveel aspiranten er zijn, is niet voor elk onderdeel opgegeven."
    over = f"voor {exact_in_woorden(deel, PROCENT)} inzetbaar: {fte_in_woorden(round_op(inzetbaar, 1))}"
    return (
        f"Van de bezetting is {fte_in_woorden(aspiranten)} aspirant. Zij zijn tijdens hun opleiding {over}. "
        "In de bezetting tellen zij helemaal mee."
    )
