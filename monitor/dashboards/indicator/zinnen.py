"""What is said beside the chart of an indicator: what to read first, and three rounded figures."""

from decimal import Decimal

from common.tekst.cijfers import kop_in_woorden
from common.tekst.periode import Kwartaal
from monitor.dashboards.indicator.regel import Regel
from monitor.models import Indicator
from monitor.rekenen.cijfers import waarde_van
from monitor.rekenen.prognose import Prognose
from monitor.rekenen.signaalzin import kanstekst

LET_OP = "Let op: "


def lees_eerst(regel: Regel) -> list[str]:
    """The lines of the definition that warn: what a reader must know before the figure."""
    regels = regel.indicator.opmerking.splitlines()
    return [zin.removeprefix(LET_OP).strip() for zin in regels if zin.startswith(LET_OP)]


Feit = tuple[str, str, str]
"""What it is, the rounded figure or why there is none, and what it stands for exactly."""


def feiten(regel: Regel) -> list[Feit]:
    """Three rounded figures beside the chart: how far, how likely, and where it stood a year ago."""
    return [_afstand(regel), _kans(regel), _vorig_jaar(regel)]


def _afstand(regel: Regel) -> Feit:
    a = regel.afgeleid
    if a and a.nog_nodig is not None and not regel.is_afgesloten and a.resterend:
        return (
            "Nog nodig",
            kop_in_woorden(a.nog_nodig, regel.indicator) if a.nog_nodig else "niets meer",
            regel.nog_nodig_tekst,
        )
    return regel.verschilnaam, regel.kop["verschil"] or regel.verschil_ontbreekt, regel.verschil_tekst


def _kans(regel: Regel) -> Feit:
    """In words; where a year total means nothing the target itself."""
    prognose = regel.beeld.prognose if regel.beeld else None
    if prognose is None:
        return "Doel", regel.kop["doel"] or regel.doel_ontbreekt, regel.doel_tekst
    woorden = kanstekst(prognose).removeprefix("kans ") if isinstance(prognose, Prognose) else ""
    return "Kans op doel", woorden or regel.kans_ontbreekt, ""


def _vorig_jaar(regel: Regel) -> Feit:
    """The same figure of the same quarter a year ago; of a survey the measurement before."""
    i, rij = regel.indicator, regel.rij
    if rij is not None and i.aggregatie == Indicator.Aggregatie.ENQUETE:
        vorige = waarde_van(rij.vorige, rij.vorige_noemer, i)
        wanneer = f" ({rij.vorige_jaar})" if rij.vorige_jaar else ""
        return f"Vorige meting{wanneer}", *_getal(regel, vorige)
    toen = Kwartaal((rij.jaar if rij else regel.kwartaal.jaar) - 1, rij.kwartaal if rij else regel.kwartaal.nummer)
    eerder = next((r for r in regel.eerder if (r.jaar, r.kwartaal) == (toen.jaar, toen.nummer)), None)
    waarde = waarde_van(eerder.cum_teller, eerder.cum_noemer, i) if eerder else None
    tot = toen.leesbaar if i.is_stand else f"{toen.jaar}" if toen.nummer == 4 else f"{toen.jaar} t/m Q{toen.nummer}"
    return f"{'Een jaar eerder' if i.is_stand else 'Vorig jaar'} ({tot})", *_getal(regel, waarde)


def _getal(regel: Regel, waarde: Decimal | None) -> tuple[str, str]:
    if waarde is None:
        return "geen cijfer", ""
    return kop_in_woorden(waarde, regel.indicator), regel.tekst(waarde)
