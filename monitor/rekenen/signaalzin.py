"""What was found in the values of periods, in plain Dutch with the numbers that were used. Pure."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

from common.tekst import cijfers
from common.tekst.getallen import toon
from common.tekst.periode import Kwartaal
from common.tekst.tekens import hoeveel_van
from monitor.rekenen.prognose import UITERST, Geen, Kans, Prognose
from monitor.rekenen.regels.feiten import Indicatordeel
from monitor.rekenen.regels.grenzen import GENOEG, MINSTENS, Grenzen
from monitor.rekenen.regels.signaalregels import Signaal, Signaalregel, Verandering, Zekerheid
from monitor.rekenen.regels.toeval import als_getal
from monitor.rekenen.signaal import Proces

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
VERSTE_JAREN = 10  # a pace says nothing about a year further away
_TELWOORDEN = ("", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_MEERDERE = 3  # steps in a row that are worth saying
_STAND = {
    "achter": "Achter op het doel",
    "aandacht": "Iets achter op het doel",
    "niet_behaald": "Doel niet gehaald",
    "op_koers": "Op koers",
    "behaald": "Doel gehaald",
}
_MIST = ("achter", "aandacht", "niet_behaald")


def te_weinig(aantal: int) -> str:
    return f"te weinig metingen ({aantal})"


def signaalzin(signaal: Signaal, proces: Proces, i: Indicatordeel) -> str:
    """One sentence for one signal, on the numbers that make it one."""
    zinnen = {
        Signaalregel.GRENS: _grenszin,
        Signaalregel.KANT: _kantzin,
        Signaalregel.REEKS: _reekszin,
        Signaalregel.ZONE: _zonezin,
    }
    return zinnen[signaal.regel](signaal, proces, i)


def _grenszin(signaal: Signaal, proces: Proces, i: Indicatordeel) -> str:
    kant, grens, periode = *_grens_van(signaal, proces), proces.perioden[signaal.tot]
    naast = cijfers.weeg(als_getal(_waarde_bij(proces, signaal.tot)), als_getal(grens), i)
    bij = naast.grens_tekst if cijfers.alleen_teken(i).eenheid else naast.kale_grens
    begin = f"{periode.leesbaar} ligt met {naast.waarde_tekst} {kant} de {kant}grens van {bij}"
    if not proces.grenzen_bij(signaal.tot).per_kwartaal:
        return f"{begin}."
    gewoon = _getal(proces.grenzen_bij(signaal.tot).bij(signaal.tot).midden, i)
    return f"{begin} voor een Q{periode.nummer}; in andere jaren is dat gewoonlijk {gewoon}."


def _kantzin(signaal: Signaal, proces: Proces, i: Indicatordeel) -> str:
    grenzen = proces.grenzen_bij(signaal.tot)
    midden = f"het gemiddelde van {_getal(grenzen.bij(signaal.tot).midden, i)}"
    if grenzen.helling is not None:
        midden = "de lijn van de trend"
    elif grenzen.per_kwartaal:
        midden = "wat in hetzelfde kwartaal van andere jaren gewoon is"
    van, tot = _van_tot(signaal, proces)
    return f"{len(signaal.punten)} waarden op rij, van {van} t/m {tot}, liggen {_kant(signaal)} {midden}."


def _reekszin(signaal: Signaal, proces: Proces, i: Indicatordeel) -> str:
    van, tot = _van_tot(signaal, proces)
    begin, eind = (_waarde(_waarde_bij(proces, n), i) for n in (signaal.van, signaal.tot))
    if proces.grenzen_bij(signaal.tot).vlak:
        gaat = "stijgt" if signaal.omhoog else "daalt"
        return f"Van {van} t/m {tot} {gaat} de waarde elke keer: van {begin} naar {eind}."
    gewoon = "de trend" if proces.grenzen_bij(signaal.tot).helling is not None else "voor het kwartaal gewoon is"
    hoe = "hoger" if signaal.omhoog else "lager"
    return f"Van {van} t/m {tot} ligt de waarde elke keer verder {hoe} dan {gewoon}: van {begin} naar {eind}."


def _zonezin(signaal: Signaal, proces: Proces, i: Indicatordeel) -> str:
    """Close to a limit is never said of a value beyond it."""
    van, tot = _van_tot(signaal, proces)
    aantal, alle = len(signaal.punten), signaal.tot - signaal.van + 1
    hoeveel = f"{hoeveel_van(aantal, alle, 'van de')} waarden"
    kant, grens = _grens_van(signaal, proces)
    plek = f"dicht bij de {kant}grens van {_getal(grens, i)}"
    if any(_is_buiten(proces, n) for n in signaal.punten):
        plek = f"ver {kant} het gemiddelde van {_getal(proces.grenzen_bij(signaal.tot).bij(signaal.tot).midden, i)}"
    return f"Van {van} t/m {tot} liggen {hoeveel} {plek}."


def _is_buiten(proces: Proces, index: int) -> bool:
    grens = proces.grenzen_bij(index).bij(index)
    return not grens.onder <= _waarde_bij(proces, index) <= grens.boven


def _kant(signaal: Signaal) -> str:
    return "boven" if signaal.omhoog else "onder"


def _grens_van(signaal: Signaal, proces: Proces) -> tuple[str, Fraction]:
    grens = proces.grenzen_bij(signaal.tot).bij(signaal.tot)
    return _kant(signaal), grens.boven if signaal.omhoog else grens.onder


def _van_tot(signaal: Signaal, proces: Proces) -> tuple[str, str]:
    return proces.perioden[signaal.van].leesbaar, proces.perioden[signaal.tot].leesbaar


def _waarde_bij(proces: Proces, index: int) -> Fraction:
    waarde = proces.waarden[index]
    if waarde is None:
        raise ValueError("Een signaal ligt op een punt met een waarde.")
    return waarde


def signaalconclusie(proces: Proces, i: Indicatordeel, norm: Fraction | None = None) -> str:
    """What the chart shows, in one or two sentences; ``norm`` is the target that a trend may reach."""
    g, aantal = proces.grenzen, len(proces.bekend)
    if g is None:
        return _zonder_grenzen(proces, aantal)
    voorlopig = f" Dit zijn voorlopige grenzen, uit {aantal} metingen; vanaf {GENOEG} metingen staan ze vast." * (
        aantal < GENOEG
    )
    if proces.constante is not None:
        return f"Stabiel: alle {aantal} waarden zijn {_waarde(proces.constante, i)}.{voorlopig}"
    delen = [trendzin(proces, i, norm)] if g.helling is not None else []
    delen += [signaalzin(proces.recent, proces, i)] if proces.recent else []
    return f"{' '.join(delen) or _stabiel(proces, g, aantal, i)}{voorlopig}"


def _stabiel(proces: Proces, g: Grenzen, aantal: int, i: Indicatordeel) -> str:
    tussen = f"tussen {_getal(g.laatste.onder, i)} en {_getal(g.laatste.boven, i)}"
    kwartaal = f"Q{proces.perioden[-1].nummer}"
    if g.per_kwartaal:
        gewoon = f"in een {kwartaal} is dat {tussen}, in andere jaren gewoonlijk {_getal(g.laatste.midden, i)}"
    if proces.huidig and proces.huidig.signalen:
        laatste = proces.perioden[proces.huidig.signalen[0].tot].leesbaar
        slot = f"{gewoon}" if g.per_kwartaal else f"gewoon is {tussen}"
        return f"Stabiel in het laatste jaar; het laatste signaal was in {laatste}. {slot[0].upper()}{slot[1:]}."
    if g.per_kwartaal:
        return f"Stabiel: elke waarde past bij wat in dat kwartaal gewoon is; {gewoon}."
    zelfde = len({(punt.onder, punt.boven) for punt in g.punten}) == 1
    waar = "liggen" if zelfde else f"liggen binnen hun eigen grenzen, in {kwartaal}"
    return f"Stabiel: alle {aantal} waarden {waar} {tussen}, dat is gewone schommeling."


def _zonder_grenzen(proces: Proces, aantal: int) -> str:
    if aantal >= MINSTENS:
        return "Er zijn geen twee waarden achter elkaar, dus de gewone schommeling is niet bekend."
    sinds = ""
    if proces.huidig and proces.huidig.deel.start:
        sinds = f" sinds de nieuwe grenzen van {proces.perioden[proces.huidig.deel.start].leesbaar}"
    begin = f"{te_weinig(aantal).capitalize()}{sinds}"
    return f"{begin}: vanaf {MINSTENS} metingen is toeval van een verandering te onderscheiden."


def trendzin(proces: Proces, i: Indicatordeel, norm: Fraction | None) -> str:
    """The trend with its pace, and the year in which that pace reaches the target."""
    g = proces.grenzen
    if g is None or g.helling is None:
        return ""
    woord = "Stijgt" if g.helling > 0 else "Daalt"
    jaar = _jaar_van(proces, g, norm, i.richting) if norm is not None else None
    if norm is None or jaar is None:
        return f"{woord}: {tempotekst(g, i)}."
    return f"{woord}: {tempotekst(g, i)}; in dit tempo {cijfers.norm_in_woorden(als_getal(norm), i)} in {jaar}."


def tempotekst(g: Grenzen, i: Indicatordeel) -> str:
    """What a quarter counts adds up to a year, so its pace is said to be that of a quarter."""
    per_jaar = als_getal(g.per_jaar)
    if i.aggregatie == "som" and i.frequentie == "kwartaal":
        return f"per kwartaal elk jaar {_tempo(abs(per_jaar), i)} {'meer' if per_jaar > 0 else 'minder'}"
    return f"{cijfers.met_teken(_tempo(per_jaar, i), per_jaar)} per jaar"


def _tempo(per_jaar: Decimal, i: Indicatordeel) -> str:
    if i.eenheid == "%":
        return f"{toon(per_jaar, cijfers.zichtbare_decimalen(per_jaar, 1))} punt"
    return cijfers.grens_in_woorden(cijfers.ongeveer(per_jaar, i), i)


def _jaar_van(proces: Proces, g: Grenzen, norm: Fraction, richting: str) -> int | None:
    """The year in which the line crosses the target from its bad side; None where it does not, or far away."""
    goed = {"hoger": 1, "lager": -1}.get(richting, 0)
    tekort = goed * (norm - g.laatste.midden)
    if g.helling is None or tekort <= 0 or goed * g.helling <= 0:
        return None
    index = proces.perioden[-1].index + ceil(tekort / abs(g.helling))
    jaar = Kwartaal.van_index(index).jaar
    return jaar if jaar - proces.perioden[-1].jaar <= VERSTE_JAREN else None


def samenzin(oordeel: str, proces: Proces, i: Indicatordeel) -> str:
    """Verdict and trend in one sentence; empty where there is no verdict or nothing to say of the trend."""
    stand, omhoog = _STAND.get(oordeel), proces.omhoog
    if stand is None or proces.grenzen is None or i.richting == "geen":
        return ""
    if omhoog is None:
        return f"{stand}, en de trend is over meer kwartalen stabiel."
    beter = omhoog == (i.richting == "hoger")
    voegwoord = "maar" if beter == (oordeel in _MIST) else "en"
    return f"{stand}, {voegwoord} het wordt {'beter' if beter else 'slechter'}: {_waarom(proces, i)}."


def _waarom(proces: Proces, i: Indicatordeel) -> str:
    if proces.op_rij >= _MEERDERE:
        return f"{telwoord(proces.op_rij)} kwartalen op rij {'hoger' if proces.omhoog else 'lager'}"
    if proces.grenzen and proces.helling:
        return tempotekst(proces.grenzen, i)
    signaal = proces.recent
    if signaal is None:
        raise ValueError("Zonder trend en zonder signaal is er geen verandering.")
    if signaal.regel is Signaalregel.GRENS:
        return f"{proces.perioden[signaal.tot].leesbaar} ligt {_kant(signaal)} de {_kant(signaal)}grens"
    aantal = telwoord(len(signaal.punten))
    op_rij = {
        Signaalregel.KANT: f"{aantal} kwartalen op rij {_kant(signaal)} wat gewoon is",
        Signaalregel.REEKS: f"{aantal} kwartalen op rij {'hoger' if signaal.omhoog else 'lager'}",
    }
    return op_rij.get(signaal.regel, f"{aantal} kwartalen ver {_kant(signaal)} het gemiddelde")


def telwoord(aantal: int) -> str:
    return _TELWOORDEN[aantal] if aantal < len(_TELWOORDEN) else str(aantal)


def zekerheidszin(zekerheid: Zekerheid, norm: Fraction, normnaam: str, g: Grenzen, i: Indicatordeel) -> str:
    """The process beside its target, with both limits."""
    grenzen = f"{_getal(g.laatste.onder, i)} tot {_getal(g.laatste.boven, i)}"
    doel = cijfers.norm_in_woorden(als_getal(norm), i)
    return f"{ZEKERHEID[zekerheid].capitalize()}: de waarden liggen gewoonlijk van {grenzen}; {normnaam} is {doel}."


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


def kleinzin(waarde: Fraction, laag: Decimal, hoog: Decimal, midden: Fraction, i: Indicatordeel) -> str:
    """A signal of counts so small that the mean itself is within their interval; empty for any other."""
    if not laag <= als_getal(midden) <= hoog:
        return ""
    ruimte = f"{toon(laag, 1)} tot {toon(hoog, 1)}"
    gemiddelde = f"ook het gemiddelde van {_getal(midden, i)}"
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


GEEN_PROGNOSE = {
    Geen.AFGESLOTEN: "Het jaar is afgesloten: er valt niets meer te verwachten.",
    Geen.ONVOLLEDIG: "Geen verwachting: niet alle kwartalen van dit jaar zijn compleet.",
    Geen.NIETS_GETELD: "Geen verwachting: er is dit jaar nog niets geteld, en uit niets volgt geen jaartotaal.",
    Geen.TE_WEINIG_JAREN: "Geen verwachting: daarvoor zijn ten minste twee volledige eerdere jaren nodig.",
}


def procent(deel: Fraction) -> str:
    """A share in whole per cents."""
    return cijfers.procent(als_getal(deel * 100), 0)


_BESLIST = {Kans.GEHAALD: "jaardoel al gehaald", Kans.OVERSCHREDEN: "jaardoel al overschreden"}
_RUIMTE = {  # in whole per cents that are five apart, within the word
    Kans.KLEIN: (UITERST * 100, Decimal(30)),
    Kans.EVEN_GROOT: (Decimal(35), Decimal(65)),
    Kans.GROOT: (Decimal(70), (1 - UITERST) * 100),
}


def kanstekst(prognose: Prognose) -> str:
    """The chance in words; empty where it is not given."""
    if prognose.kanswoord in _BESLIST:
        return _BESLIST[prognose.kanswoord]
    return f"kans {prognose.kanswoord}" if prognose.kans is not None else ""


def kansgetal(prognose: Prognose) -> str:
    """Rounded to five points, never over the edge of its word."""
    if prognose.kanswoord is Kans.ZEER_KLEIN:
        return "minder dan 10%"
    if prognose.kanswoord is Kans.ZEER_GROOT or prognose.kans is None:
        return "meer dan 90%"
    laagst, hoogst = _RUIMTE[prognose.kanswoord]
    vijftal = min(max(cijfers.round_op(prognose.kans * 20, 0) * 5, laagst), hoogst)
    return f"ongeveer {cijfers.procent(vijftal, 0)}"


def prognosezin(prognose: Prognose, jaar: int, kwartaal: int, i: Indicatordeel) -> str:
    """The forecast with its interval, beside how far it was off before."""
    midden = _waarde(prognose.totaal, i)
    tussen = f"{toon(prognose.laag, i.decimalen)} en {toon(prognose.hoog, i.decimalen)}"
    normaal = f"gewoonlijk is t/m Q{kwartaal} {procent(prognose.aandeel)} van het jaar gedaan"
    return f"Naar verwachting {midden} in {jaar}, met 80% zekerheid tussen {tussen}; {normaal}."


def foutzin(prognose: Prognose) -> str:
    """The error of the backtest: never left out where a forecast stands."""
    aantal = len(prognose.terugblik)
    jaren = "1 eerder jaar" if aantal == 1 else f"{aantal} eerdere jaren"
    fout = procent(prognose.fout)
    return f"Met wat toen bekend was, zat deze verwachting er over {jaren} gemiddeld {fout} naast."


def kanszin(prognose: Prognose, i: Indicatordeel) -> str:
    doel, woord = cijfers.exact_in_woorden(als_getal(prognose.doel), i), prognose.kanswoord
    if woord in _BESLIST:
        return f"{_BESLIST[woord].capitalize()} ({doel})."
    if woord is Kans.TE_WEINIG_JAREN:
        return f"Hoe groot de kans op het jaardoel van {doel} is, is met {prognose.jaren} eerdere jaren niet te zeggen."
    if woord is Kans.TE_VROEG:
        return f"Hoe groot de kans op het jaardoel van {doel} is, is met één kwartaal nog niet te zeggen."
    even = woord.replace("even groot", "even groot als dat het niet lukt")
    return f"De kans dat het jaardoel van {doel} gehaald wordt, is {even} ({kansgetal(prognose)})."
