"""Signal and forecast as the page of an indicator says them beside its chart: sentences, and a table."""

from dataclasses import dataclass
from fractions import Fraction

from common.tekst.getallen import toon
from monitor.dashboards.indicator.signaal.verloop import Procesbeeld
from monitor.rekenen import signaalzin
from monitor.rekenen.prognose import Geen, Prognose
from monitor.rekenen.regels.toeval import als_getal
from monitor.rekenen.signaalzin import GEEN_PROGNOSE, foutzin, kanszin, prognosezin

VOORLOPIG = "Deze verwachting rust op voorlopige cijfers. Die kunnen nog veranderen."


@dataclass(frozen=True)
class Signaaldeel:
    """``feiten`` are sentences, with an arrow only before a step that is more than noise.

    ``eerder`` are the sentences of the signals that are over, the latest first.
    """

    feiten: list[tuple[str, str]]
    eerder: list[str]


@dataclass(frozen=True)
class Verwachtingdeel:
    """The forecast in sentences, and per earlier year what it would have been; ``geen`` says why there is none."""

    kwartaal: int
    geen: str = ""
    zin: str = ""
    kans: str = ""
    fout: str = ""
    voorlopig: str = ""
    rijen: tuple[tuple[str, ...], ...] = ()


def signaaldeel(beeld: Procesbeeld) -> Signaaldeel:
    """What stands beside the chart of all quarters, whose title is the conclusion; a survey has none."""
    if beeld.is_enquete:
        return Signaaldeel([], [])
    eerder = [signaalzin.signaalzin(signaal, beeld.proces, beeld.indicator) for signaal in beeld.proces.eerdere]
    return Signaaldeel(_feiten(beeld), eerder)


def slotsom(beeld: Procesbeeld) -> str:
    """What all quarters together say; of a survey the last measurement against the one before."""
    if beeld.is_enquete:
        return signaalzin.enquetezin(beeld.aantal, beeld.verandering)
    norm = None if beeld.is_volume else beeld.norm
    return signaalzin.signaalconclusie(beeld.proces, beeld.indicator, norm)


def _feiten(beeld: Procesbeeld) -> list[tuple[str, str]]:
    stap = beeld.verandering
    pijl = "" if stap is None or stap.gewoon is not False else "▲" if stap.verschil > 0 else "▼"
    return [(pijl if not n and stap else "", zin) for n, zin in enumerate(_zinnen(beeld))]


def _zinnen(beeld: Procesbeeld) -> list[str]:
    i, zinnen = beeld.indicator, []
    if beeld.verandering:
        zinnen.append(signaalzin.veranderzin(beeld.verandering, beeld.perioden[-2], beeld.perioden[-1], i))
    if beeld.zekerheid and beeld.grenzen and beeld.norm is not None:
        zin = signaalzin.zekerheidszin(beeld.zekerheid, beeld.norm, beeld.normnaam, beeld.grenzen, i)
        zinnen.append(zin)
    if beeld.interval and beeld.waarden[-1] is not None:
        zinnen.append(signaalzin.intervalzin(beeld.waarden[-1], *beeld.interval, i))
    if beeld.signaalpunt and beeld.recent:
        waarde, (laag, hoog) = beeld.signaalpunt
        midden = beeld.proces.grenzen_bij(beeld.recent.tot).bij(beeld.recent.tot).midden
        zinnen.append(signaalzin.kleinzin(waarde, laag, hoog, midden, i))
    zinnen += [signaalzin.signaalzin(signaal, beeld.proces, i) for signaal in beeld.proces.vers[1:]]
    return [zin for zin in zinnen if zin]


def verwachtingdeel(beeld: Procesbeeld) -> Verwachtingdeel | None:
    """None where a year total means nothing."""
    p, kwartaal = beeld.prognose, min(beeld.kwartaal, beeld.proces.nu)  # of one that runs nothing is counted yet
    if p is None:
        return None
    if isinstance(p, Geen):
        return Verwachtingdeel(kwartaal.nummer, geen=GEEN_PROGNOSE[p])
    dit_jaar = zip(beeld.perioden, beeld.redenen, strict=True)
    voorlopig = any(periode.jaar == kwartaal.jaar and reden == "voorlopig" for periode, reden in dit_jaar)
    return Verwachtingdeel(
        kwartaal.nummer,
        zin=prognosezin(p, kwartaal.jaar, kwartaal.nummer, beeld.indicator),
        kans=kanszin(p, beeld.indicator),
        fout=foutzin(p),
        voorlopig=VOORLOPIG if voorlopig else "",
        rijen=_terugblik(p, beeld.indicator.decimalen),
    )


def _terugblik(prognose: Prognose, decimalen: int) -> tuple[tuple[str, ...], ...]:
    def getal(breuk: Fraction, plaatsen: int = decimalen) -> str:
        return toon(als_getal(breuk), plaatsen)

    return tuple(
        (
            f"{jaar.jaar}",
            getal(jaar.tot_nu),
            getal(jaar.voorspeld, decimalen + (jaar.voorspeld < 1000)),
            getal(jaar.werkelijk),
            f"{'+' if jaar.fout > 0 else ''}{getal(jaar.fout * 100, 0)}%",
        )
        for jaar in prognose.terugblik
    )
