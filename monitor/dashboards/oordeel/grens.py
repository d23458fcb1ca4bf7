"""The limits of a verdict, and on which side of them the value lies. The verdict is the one in the record."""

from __future__ import annotations

from decimal import Decimal

from common.tekst.getallen import met_eenheid, toon_kort
from monitor.dashboards.oordeel.geval import GEHAALD, GEWOGEN, NUL, Geval, kort
from monitor.rekenen.oordeelzin import toon_naast, verschileenheid

HONDERD = Decimal(100)


def grenzen(geval: Geval) -> tuple[Decimal, Decimal]:
    """Where the target is met, and where the margin ends; in the unit of the indicator."""
    c = geval.cijfers
    if geval.soort == "jaarvolume":
        doel = c.verwachting or NUL
        return doel, doel - geval.teken * doel * (c.marge or NUL) / HONDERD
    doel = c.streefwaarde or NUL
    return doel, doel - geval.teken * (c.marge or NUL)


def in_woorden(geval: Geval) -> str:
    """For example: op koers vanaf 22,5, aandacht vanaf 20,25 (marge 10% van 22,5), daaronder achter."""
    doel, rand = (geval.maat(grens) for grens in grenzen(geval))
    vanaf, voorbij = ("vanaf", "daaronder") if geval.teken == 1 else ("tot en met", "daarboven")
    if geval.rij.kwartaal == 4:
        return f"behaald {vanaf} {doel}, {voorbij} niet behaald: het jaar is gesloten"
    if not geval.cijfers.marge:
        return f"op koers {vanaf} {doel}, {voorbij} achter; er is geen marge"
    return f"op koers {vanaf} {doel}, aandacht {vanaf} {rand} ({_marge(geval)}), {voorbij} achter"


def _marge(geval: Geval) -> str:
    marge = toon_kort(geval.cijfers.marge or NUL)
    if geval.soort == "jaarvolume":
        return f"marge {marge}% van {kort(geval.cijfers.verwachting or NUL)}"
    return f"marge {marge} {verschileenheid(geval.indicator.eenheid)}"


def conclusie(geval: Geval) -> str:
    woord = geval.oordeel.replace("_", " ")
    if geval.oordeel not in GEWOGEN:
        reden = geval.cijfers.reden
        return reden if woord in reden.lower() else f"{reden} Daarom: {woord}."
    kant = _kant_van_verschil(geval) if geval.soort == "verbetering" else _kant_van_grens(geval)
    return f"{kant[0].upper()}{kant[1:]}, dus {woord}."


def _kant_van_grens(geval: Geval) -> str:
    """On which side of which limit the value lies, with as many decimals as it takes to see it."""
    doel, rand = grenzen(geval)
    gehaald, gemist = ("ten minste", "minder dan") if geval.teken == 1 else ("hoogstens", "meer dan")
    if geval.oordeel in GEHAALD:
        return _al_gehaald(geval) or _naast(geval, gehaald, doel, mist=False)
    if geval.oordeel == "aandacht":
        return f"{_naast(geval, gemist, doel, mist=True)}, maar {gehaald} {geval.maat(rand)}"
    return _naast(geval, gemist, rand if geval.oordeel == "achter" else doel, mist=True)


def _al_gehaald(geval: Geval) -> str:
    """Where more is expected by now than the whole year asks; empty where the expectation itself was met."""
    c = geval.cijfers
    waarde, jaardoel, verwacht = (getal or NUL for getal in (c.cumulatief, c.streefwaarde, c.verwachting))
    if geval.soort != "jaarvolume" or geval.teken != 1 or not jaardoel <= waarde < verwacht:
        return ""
    return f"het jaardoel van {kort(jaardoel)} is met {kort(waarde)} al gehaald"


def _naast(geval: Geval, woord: str, grens: Decimal, *, mist: bool) -> str:
    waarde = geval.cijfers.cumulatief or NUL
    links, rechts = toon_naast(waarde, grens, geval.indicator.decimalen, mist=mist)
    rechts = rechts if mist and links == kort(grens) else kort(grens)
    links, rechts = (met_eenheid(getal, geval.symbool) for getal in (links, rechts))
    return f"{links} is {woord} {rechts}"


def _kant_van_verschil(geval: Geval) -> str:
    verschil, grens = abs(geval.cijfers.verschil or NUL), geval.foutmarges
    telt = geval.oordeel != "niet_te_onderscheiden"
    links, rechts = toon_naast(verschil, grens, geval.indicator.decimalen, mist=telt)
    if not telt:
        return f"het verschil van {links} is niet groter dan {rechts}"
    beter = f"{geval.indicator.richting} is beter"
    gaat = "omhoog" if (geval.cijfers.verschil or NUL) > 0 else "omlaag"
    return f"het verschil van {links} is groter dan {rechts}, het cijfer gaat {gaat} en {beter}"
