"""What was found in the values of periods, in plain Dutch with the numbers that were used. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from common.tekst import cijfers
from common.tekst.getallen import toon
from common.tekst.periode import Kwartaal
from monitor.rekenen.prognose import GROOT, KLEIN, Geen, Prognose, als_getal, kanswoord
from monitor.rekenen.regels.feiten import Indicatordeel
from monitor.rekenen.signaal import (
    GENOEG,
    MINSTENS,
    Grenzen,
    Signaal,
    Signaalregel,
    Verandering,
    Waarden,
    Zekerheid,
    is_voorbij,
)

UITLEG = {
    Signaalregel.GRENS: "een waarde buiten de grenzen",
    Signaalregel.KANT: "zeven op rij aan één kant van het gemiddelde",
    Signaalregel.REEKS: "zeven op rij die alleen stijgen of alleen dalen",
    Signaalregel.ZONE: "twee van drie voorbij twee derde van de weg naar een grens",
}
ZEKERHEID = {
    Zekerheid.STRUCTUREEL: "haalt de norm structureel",
    Zekerheid.NIET: "haalt de norm niet zonder verandering",
    Zekerheid.WISSELEND: "wisselend",
}


def te_weinig(aantal: int) -> str:
    return f"te weinig punten (n={aantal})"


def signaalzin(signaal: Signaal, perioden: Sequence[Kwartaal], waarden: Waarden, g: Grenzen, i: Indicatordeel) -> str:
    """One sentence for one signal, on the numbers that make it one."""
    van, tot = perioden[signaal.van].leesbaar, perioden[signaal.tot].leesbaar
    kant, grens = ("boven", g.boven) if signaal.omhoog else ("onder", g.onder)
    waarde, begin = waarden[signaal.tot], waarden[signaal.van]
    if waarde is None or begin is None:
        raise ValueError("Een signaal ligt op een punt met een waarde.")
    if signaal.regel is Signaalregel.GRENS:
        naast = cijfers.weeg(als_getal(waarde), als_getal(grens), i)
        return f"{tot} ligt met {naast.waarde_tekst} {kant} de {kant}grens van {naast.kale_grens}."
    if signaal.regel is Signaalregel.KANT:
        hoeveel = signaal.tot - signaal.van + 1
        midden = _getal(g.gemiddelde, i)
        return f"{hoeveel} waarden op rij, van {van} t/m {tot}, liggen {kant} het gemiddelde van {midden}."
    if signaal.regel is Signaalregel.REEKS:
        gaat = "stijgt" if signaal.omhoog else "daalt"
        return f"Van {van} t/m {tot} {gaat} de waarde elke keer: van {_waarde(begin, i)} naar {_waarde(waarde, i)}."
    punten = [w for w in waarden[signaal.van : signaal.tot + 1] if w is not None]
    aantal = sum(is_voorbij(w, g, omhoog=signaal.omhoog) for w in punten)
    dicht = f"alle {aantal} waarden" if aantal == len(punten) else f"{aantal} van de {len(punten)} waarden"
    return f"Van {van} t/m {tot} liggen {dicht} dicht bij de {kant}grens van {_getal(grens, i)}."


def signaalconclusie(
    signalen: Sequence[Signaal], recent: Signaal | None, perioden: Sequence[Kwartaal], waarden: Waarden,
    g: Grenzen | None, i: Indicatordeel,
) -> str:  # fmt: skip
    """What the chart shows, in one or two sentences."""
    aantal = sum(waarde is not None for waarde in waarden)
    if g is None:
        return _zonder_grenzen(aantal)
    voorlopig = f" Dit zijn voorlopige grenzen (n={aantal}); vanaf {GENOEG} punten staan ze vast." * (aantal < GENOEG)
    if recent:
        return f"{signaalzin(recent, perioden, waarden, g, i)}{voorlopig}"
    tussen = f"tussen {_getal(g.onder, i)} en {_getal(g.boven, i)}"
    if not signalen:
        return f"Geen signaal: alle {aantal} waarden liggen {tussen}, dat is gewone schommeling.{voorlopig}"
    laatste = perioden[signalen[0].tot].leesbaar
    return f"Geen signaal in het laatste jaar; het laatste was in {laatste}. Gewoon is {tussen}.{voorlopig}"


def _zonder_grenzen(aantal: int) -> str:
    if aantal < MINSTENS:
        return f"{te_weinig(aantal).capitalize()}: vanaf {MINSTENS} punten is ruis van een signaal te scheiden."
    return "Er zijn geen twee waarden achter elkaar, dus de gewone schommeling is niet bekend."


def zekerheidszin(zekerheid: Zekerheid, norm: Fraction, normnaam: str, g: Grenzen, i: Indicatordeel) -> str:
    """The process beside its target, with both limits."""
    grenzen = f"{_getal(g.onder, i)} tot {_getal(g.boven, i)}"
    doel = cijfers.norm_in_woorden(als_getal(norm), i)
    return f"{ZEKERHEID[zekerheid].capitalize()}: de waarden liggen gewoonlijk van {grenzen}; {normnaam} is {doel}."


def voorbehoudzin(recent: Signaal | None) -> str:
    """Limits foresee only while nothing changes."""
    return " Er is nu een signaal: dit zegt dus weinig over de komende kwartalen." if recent else ""


def veranderzin(verandering: Verandering, van: Kwartaal, naar: Kwartaal, i: Indicatordeel) -> str:
    """The last step: an amount with a direction, or that it is noise."""
    verschil = als_getal(abs(verandering.verschil))
    if not verschil:
        return f"{naar.leesbaar} is gelijk aan {van.leesbaar}."
    richting = "hoger" if verandering.verschil > 0 else "lager"
    zin = f"{naar.leesbaar} ligt {cijfers.verschil_in_woorden(verschil, i)} {richting} dan {van.leesbaar}"
    ruis = {None: "of dat meer is dan ruis, is niet bekend", True: "binnen de gewone schommeling"}
    return f"{zin}: {ruis.get(verandering.gewoon, 'meer dan de gewone schommeling')}."


def intervalzin(waarde: Fraction, laag: Decimal, hoog: Decimal, i: Indicatordeel) -> str:
    """How far chance alone reaches around one value."""
    decimalen = i.decimalen or 1
    tussen = f"{toon(laag, decimalen)} tot {cijfers.waarde_in_woorden(hoog, i, decimalen)}"
    return f"Bij {_waarde(waarde, i)} hoort door toeval alleen al een ruimte van {tussen} (95%)."


def kleinzin(waarde: Fraction, laag: Decimal, hoog: Decimal, g: Grenzen, i: Indicatordeel) -> str:
    """A signal of counts so small that the mean itself is within their interval; empty for any other."""
    if not laag <= als_getal(g.gemiddelde) <= hoog:
        return ""
    ruimte = f"{toon(laag, 1)} tot {toon(hoog, 1)}"
    gemiddelde = f"ook het gemiddelde van {_getal(g.gemiddelde, i)}"
    return f"Let op: de aantallen zijn klein, {gemiddelde} past nog bij {_waarde(waarde, i)} ({ruimte})."


def enquetezin(aantal: int, verandering: Verandering | None) -> str:
    """A survey against the one before, by their margins of error."""
    if verandering is None:
        return f"{te_weinig(aantal).capitalize()}: er is geen vorige meting om mee te vergelijken."
    if verandering.gewoon is None:
        return "Een foutmarge ontbreekt, dus of het verschil meer is dan toeval, is niet bekend."
    if verandering.gewoon:
        return "De laatste meting is niet te onderscheiden van de vorige."
    return f"De laatste meting ligt {'hoger' if verandering.verschil > 0 else 'lager'} dan de vorige."


def _getal(breuk: Fraction, i: Indicatordeel) -> str:
    """A mean or a limit: half a suspect is worth showing, half a euro is not. Only a sign is repeated, no word."""
    return cijfers.grens_in_woorden(als_getal(breuk), cijfers.alleen_teken(i))


def _waarde(breuk: Fraction, i: Indicatordeel) -> str:
    return cijfers.waarde_in_woorden(als_getal(breuk), i)


_MIDDEN = Decimal(34), Decimal(66)  # whole per cents between a third and two thirds
GEEN_PROGNOSE = {
    Geen.AFGESLOTEN: "Het jaar is afgesloten: er valt niets meer te verwachten.",
    Geen.ONVOLLEDIG: "Geen verwachting: niet alle kwartalen van dit jaar zijn compleet.",
    Geen.NIETS_GETELD: "Geen verwachting: er is dit jaar nog niets geteld, en uit niets volgt geen jaartotaal.",
    Geen.TE_WEINIG_JAREN: "Geen verwachting: daarvoor zijn ten minste twee volledige eerdere jaren nodig.",
}


def procent(deel: Fraction) -> str:
    """A share in whole per cents."""
    return cijfers.procent(als_getal(deel * 100), 0)


def kanstekst(prognose: Prognose, richting: str) -> str:
    """The chance in words with the number; what is decided is no chance any more."""
    if prognose.kans is None:
        return "jaardoel al overschreden" if richting == "lager" else "jaardoel al gehaald"
    return f"kans {kanswoord(prognose.kans)} ({kansgetal(prognose.kans)})"


def kansgetal(kans: Fraction) -> str:
    """In whole per cents, never rounded over the edge of its word: 67% is large, a chance of exactly 2/3 is not."""
    afgerond = cijfers.round_op(als_getal(kans * 100), 0)
    return f"{min(max(afgerond, _MIDDEN[0]), _MIDDEN[1]) if KLEIN <= kans <= GROOT else afgerond}%"


def prognosezin(prognose: Prognose, jaar: int, kwartaal: int, i: Indicatordeel) -> str:
    """The forecast with its interval, beside how far it was off before."""
    midden = _waarde(prognose.totaal, i)
    tussen = f"{toon(prognose.laag, i.decimalen)} en {toon(prognose.hoog, i.decimalen)}"
    normaal = f"gewoonlijk is t/m Q{kwartaal} {procent(prognose.aandeel)} van het jaar gedaan"
    return f"Naar verwachting {midden} in {jaar}, met 80% zekerheid tussen {tussen}; {normaal}."


def foutzin(prognose: Prognose) -> str:
    """The error of the backtest: never left out where a forecast stands."""
    aantal = len(prognose.terugblik)
    return f"Over {aantal} eerdere jaren zat deze verwachting er gemiddeld {procent(prognose.fout)} naast."


def kanszin(prognose: Prognose, i: Indicatordeel) -> str:
    doel = cijfers.exact_in_woorden(als_getal(prognose.doel), i)
    tekst = kanstekst(prognose, i.richting)
    if prognose.kans is None:
        return f"{tekst.capitalize()} ({doel})."
    woord = kanswoord(prognose.kans).replace("ongeveer gelijk", "ongeveer gelijk aan die dat het niet lukt")
    n = len(prognose.terugblik)
    grens = f"met {n} eerdere jaren nooit onder {procent(Fraction(1, n + 1))} of boven {procent(Fraction(n, n + 1))}"
    zin = f"De kans dat het jaardoel van {doel} gehaald wordt, is {woord} ({kansgetal(prognose.kans)})."
    return f"{zin} Deze kans komt {grens}."
