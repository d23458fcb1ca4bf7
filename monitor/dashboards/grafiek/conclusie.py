"""What the charts of an indicator conclude, each in one sentence, in the numbers that people say."""

from decimal import Decimal

from common.tekst.cijfers import exact_in_woorden, kop_in_woorden, samen_in_kop, tussen_in_woorden, weeg_in_kop
from common.tekst.tekens import hoofdletter
from monitor.dashboards.grafiek.jaarcijfers import Cijfer, Jaarcijfers
from monitor.models import Doelstelling, Indicator, Oordeel
from monitor.rekenen.prognose import Kans, Prognose
from monitor.rekenen.regels.toeval import als_getal
from monitor.rekenen.signaalzin import telwoord

_NUL, _KWARTALEN = Decimal(0), 4
NOG_GEEN_CIJFERS = "Er zijn nog geen cijfers."
_RANG = {1: "eerste", 2: "tweede", 3: "derde", 4: "vierde"}
_VERWACHT = {
    Kans.GEHAALD: "Het doel van {doel} is al gehaald.",
    Kans.OVERSCHREDEN: "Het doel van {doel} is al overschreden.",
    Kans.ZEER_KLEIN: "Zonder {rest} wordt het doel van {doel} niet gehaald.",
    Kans.KLEIN: "Het doel van {doel} wordt waarschijnlijk niet gehaald: verwacht wordt {tussen}.",
    Kans.EVEN_GROOT: "Of het doel van {doel} gehaald wordt, is onzeker: verwacht wordt {tussen}.",
    Kans.GROOT: "Het doel van {doel} wordt waarschijnlijk gehaald: verwacht wordt {tussen}.",
    Kans.ZEER_GROOT: "Het doel van {doel} wordt vrijwel zeker gehaald: verwacht wordt {tussen}.",
}
_ZONDER_KANS = "Verwacht wordt {tussen}, het doel is {doel}."


def jaarconclusie(j: Jaarcijfers) -> str:
    """Whether this year comes to its target, as far as can be said."""
    if j.laatste is None:
        rijen = [cijfer for cijfer in j.van_jaar(j.jaar) if cijfer]
        return eerste_zin(rijen[-1].afgeleid.reden) if rijen else NOG_GEEN_CIJFERS
    cijfer = j.laatste[1]
    afgesloten = cijfer.rij.oordeel in (Oordeel.BEHAALD, Oordeel.NIET_BEHAALD)
    if j.is_volume and not afgesloten and j.prognose and cijfer.afgeleid.resterend:
        return _verwachting(j, j.prognose)
    return cijferconclusie(cijfer, j.indicator)


def cijferconclusie(cijfer: Cijfer, i: Indicator) -> str:
    """One value beside its target; where there is none to compare with, the sentence of its verdict."""
    w, doel = cijfer.afgeleid.weging, cijfer.rij.doelstelling
    if w is None or doel is None or cijfer.afgeleid.tegen is None or cijfer.waarde is None or _onvolledig(cijfer):
        return eerste_zin(cijfer.afgeleid.reden)
    if doel.soort == Doelstelling.Soort.VERBETERING:
        return _verbetering(cijfer, i)
    kop = weeg_in_kop(w, cijfer.waarde, cijfer.afgeleid.tegen)
    kant = "boven" if kop.waarde > kop.grens else "onder" if kop.waarde < kop.grens else "precies op"
    norm = cijfer.rij.oordeel in (Oordeel.BEHAALD, Oordeel.NIET_BEHAALD) or doel.soort != Doelstelling.Soort.JAARVOLUME
    tegen = "het doel" if norm else "wat er dan gewoonlijk moet zijn"
    return f"{hoofdletter(_periode(cijfer, i))} ligt met {kop.waarde_tekst} {kant} {tegen}: {kop.grens_tekst}."


_VERGELEKEN = {
    Oordeel.NIET_TE_ONDERSCHEIDEN: "niet te onderscheiden van",
    **dict.fromkeys((Oordeel.BEHAALD, Oordeel.OP_KOERS), "beter dan"),
    **dict.fromkeys((Oordeel.NIET_BEHAALD, Oordeel.ACHTER), "slechter dan"),
}


def _verbetering(cijfer: Cijfer, i: Indicator) -> str:
    rij, woord = cijfer.rij, _VERGELEKEN.get(Oordeel(cijfer.rij.oordeel))
    if woord is None or rij.vorige_jaar is None:
        return eerste_zin(cijfer.afgeleid.reden)
    toen = rij.vorige_jaar if rij.vorige_kwartaal == _KWARTALEN else f"Q{rij.vorige_kwartaal} {rij.vorige_jaar}"
    return f"De meting van {_periode(cijfer, i)} is {woord} die van {toen}."


def _onvolledig(cijfer: Cijfer) -> bool:
    return cijfer.rij.oordeel in (Oordeel.ONVOLLEDIG, Oordeel.NOG_NIET_VERSCHULDIGD)


def _periode(cijfer: Cijfer, i: Indicator) -> str:
    rij = cijfer.rij
    heel = rij.heel_jaar or (rij.kwartaal == 4 and not i.is_stand)
    if heel or i.frequentie in (Indicator.Frequentie.JAAR, Indicator.Frequentie.TWEEJAARLIJKS):
        return str(rij.jaar)
    return f"Q{rij.kwartaal} {rij.jaar}" if i.is_stand else f"{rij.jaar} t/m Q{rij.kwartaal}"


def _verwachting(j: Jaarcijfers, p: Prognose) -> str:
    doel, tussen = verwachting_in_kop(p, j.indicator)
    rest = _uitzondering([n for n in j.plekken if n > j.plekken[j.vanaf]])
    return _VERWACHT.get(p.kanswoord, _ZONDER_KANS).format(doel=doel, tussen=tussen, rest=rest)


def verwachting_in_kop(p: Prognose, i: Indicator) -> tuple[str, str]:
    """The target and what is expected, rounded together."""
    (laag, hoog, doel), maat = samen_in_kop([p.laag, p.hoog], [als_getal(p.doel)], i)
    return exact_in_woorden(doel or _NUL, maat), tussen_in_woorden(laag, hoog, maat)


def _uitzondering(nummers: list[int]) -> str:
    if len(nummers) == 1:
        return f"een uitzonderlijk {_RANG[nummers[0]]} kwartaal"
    return "uitzonderlijk goede kwartalen"


def tekortzin(j: Jaarcijfers) -> str:
    """What is still needed beside the best that was ever reached in the time that is left; empty where nothing is."""
    a, i = (j.laatste[1].afgeleid, j.indicator) if j.laatste else (None, j.indicator)
    if a is None or not a.resterend or j.streefwaarde is None or a.cumulatief is None or not j.is_volume:
        return ""
    if a.nog_nodig is None:
        return _ruimte(j.streefwaarde - a.cumulatief, i)
    if not a.nog_nodig:
        return ""
    return f"{_nodig(a.nog_nodig, a.resterend, i)}{_het_beste(j, a.resterend)}."


def _ruimte(over: Decimal, i: Indicator) -> str:
    if i.richting != i.Richting.LAGER or over <= 0:
        return ""
    return f"Er mogen dit jaar nog {kop_in_woorden(over, i)} bij komen."


def nodig_in_kop(j: Jaarcijfers) -> str:
    """What is still needed; empty where nothing is."""
    a = j.laatste[1].afgeleid if j.laatste else None
    if a is None or not a.nog_nodig or not a.resterend or a.weging is None or not j.is_volume:
        return ""
    return kop_in_woorden(a.nog_nodig, j.indicator)


def _nodig(nodig: Decimal, resterend: tuple[int, ...], i: Indicator) -> str:
    begin = f"Nog {kop_in_woorden(nodig, i)} nodig"
    if len(resterend) == 1:
        return f"{begin} in Q{resterend[0]}"
    return f"{begin} in {telwoord(len(resterend))} kwartalen"


def _het_beste(j: Jaarcijfers, resterend: tuple[int, ...]) -> str:
    een = len(resterend) == 1
    beste = j.beste(resterend if een else (1, 2, 3, 4))
    if beste is None:
        return ""
    waarde, kwartaal = beste
    sinds = min(k.jaar for k in j.per)
    wat = f"{_RANG[resterend[0]]} kwartaal" if een else "kwartaal"
    wanneer = kwartaal.jaar if een else kwartaal.leesbaar
    return f"; het beste {wat} sinds {sinds} was {kop_in_woorden(waarde, j.indicator)} ({wanneer})"


def eerste_zin(tekst: str) -> str:
    """A conclusion is one sentence; what follows stands beside the chart."""
    return f"{tekst.partition('. ')[0].rstrip('.')}."
