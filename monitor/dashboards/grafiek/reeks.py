"""From computed rows to the numbers of a chart. Which line is the main one follows from how the value adds up."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, cast

from common.grafiek.reeks import Lijn, Reeks, Waarden
from common.tekst.periode import Kwartaal, kwartalen
from monitor.dashboards.grafiek.jaarcijfers import Wissel
from monitor.dashboards.indicator.regel import standwoord, waardenaam
from monitor.models import Doelbereik, Doelstelling, Indicator, Stand
from monitor.rekenen.cijfers import Afgeleid, leid_cijfers_af, waarde_van

MAX_KWARTALEN = 24
VONK_KWARTALEN = 12
NORM = "Norm"  # of a year volume, up to each quarter; what is forecast is never called that
_HONDERD = Decimal(100)
_Plek = tuple[Doelbereik | None, Afgeleid | None]
Rand = tuple[Decimal | None, Decimal | None]


def build_reeks(indicator: Indicator, rijen: Sequence[Doelbereik], wissels: Sequence[Wissel] = ()) -> Reeks:
    """``rijen`` are those of one onderdeel, in order of time; a quarter without a row between two others is a gap.

    ``wissels`` are the first quarters of later agendas, with their words.
    """
    per_kwartaal = {Kwartaal(rij.jaar, rij.kwartaal): rij for rij in rijen}
    as_ = _as(indicator, sorted(per_kwartaal))
    gevonden = [per_kwartaal.get(kwartaal) for kwartaal in as_]
    plekken = [(rij, leid_cijfers_af(rij, indicator, rij.doelstelling) if rij else None) for rij in gevonden]
    randen = [_rand(rij, afgeleid) for rij, afgeleid in plekken]
    vorige = [_vorig_doel(rij) for rij, _ in plekken]
    hoofd, bij = _lijnen(indicator, plekken)
    return Reeks(
        naam=indicator.naam,
        eenheid=indicator.eenheid,
        eenheid_enkelvoud=indicator.eenheid_enkelvoud,
        decimalen=indicator.decimalen,
        kwartalen=as_,
        hoofd=hoofd,
        bij=bij,
        doel=tuple(a.streefwaarde if a else None for _, a in plekken),
        eerder=tuple(waarde for waarde, _ in vorige),
        eerder_tot=tuple(tot for _, tot in vorige),
        laag=tuple(laag for laag, _ in randen),
        hoog=tuple(hoog for _, hoog in randen),
        marge=tuple(r.marge if r and a and a.cumulatief is not None else None for r, a in plekken),
        bandnaam=NORM if _is_volume(plekken) else "Marge",
        voorlopig=frozenset(
            i for i, (r, a) in enumerate(plekken) if r and r.voorlopig and a and a.cumulatief is not None
        ),
        redenen=tuple(_reden(r, a) for r, a in plekken),
        vanaf_nul=indicator.aggregatie == Indicator.Aggregatie.SOM,
        wissels=tuple(_wissels(as_, gevonden, wissels)),
    )


def _wissels(
    as_: Sequence[Kwartaal], rijen: Sequence[Doelbereik | None], wissels: Sequence[Wissel]
) -> Iterator[tuple[int, str]]:
    """Where on the axis they are, between a quarter before and one after; a target that differs is named too."""
    for kwartaal, woorden in wissels:
        plek = next((i for i, gemeten in enumerate(as_) if gemeten >= kwartaal), 0)
        if plek:
            doelen = [_doel_van(rijen[plek - 1]), _doel_van(rijen[plek])]
            yield plek, f"{woorden}, ander doel" if doelen[0] != doelen[1] else woorden


def _doel_van(rij: Doelbereik | None) -> tuple[Any, ...]:
    doel = rij.doelstelling if rij else None
    return (doel.soort, doel.streefwaarde, doel.marge) if doel else ()


def vonkwaarden(indicator: Indicator, reeks: Reeks, rijen: Sequence[Doelbereik]) -> Waarden:
    """The values of the last quarters themselves, for a sparkline: the year so far would fall back each New Year."""
    los = {Kwartaal(r.jaar, r.kwartaal): waarde_van(r.teller, r.noemer, indicator) for r in rijen}
    return tuple(los.get(kwartaal) for kwartaal in reeks.kwartalen[-VONK_KWARTALEN:])


def _as(indicator: Indicator, gemeten: Sequence[Kwartaal]) -> tuple[Kwartaal, ...]:
    """Every quarter when each one counts; of a rarer measurement only its own moments, evenly spaced."""
    if not gemeten:
        return ()
    if indicator.frequentie != Indicator.Frequentie.KWARTAAL:
        return tuple(gemeten[-MAX_KWARTALEN:])
    return tuple(kwartalen(gemeten[0], gemeten[-1]))[-MAX_KWARTALEN:]


def _lijnen(indicator: Indicator, plekken: Sequence[_Plek]) -> tuple[Lijn, Lijn | None]:
    """A volume with a year target is judged on the year so far; a count without one is shown per quarter."""
    tot_nu: Waarden = tuple(a.cumulatief if a else None for _, a in plekken)
    los: Waarden = tuple(a.waarde if a else None for _, a in plekken)
    if indicator.aggregatie == Indicator.Aggregatie.SOM:
        if _is_volume(plekken):
            return Lijn(waardenaam(indicator), tot_nu, per_jaar=True), None
        return Lijn("In het kwartaal", los), None
    if not indicator.is_stand:
        return Lijn(waardenaam(indicator), tot_nu, per_jaar=True), Lijn("In het kwartaal", los)
    return Lijn(waardenaam(indicator), tot_nu), None


def _is_volume(plekken: Sequence[_Plek]) -> bool:
    doelen = [rij.doelstelling for rij, _ in plekken if rij and rij.doelstelling]
    return any(doel.soort == Doelstelling.Soort.JAARVOLUME for doel in doelen)


def _vorig_doel(rij: Doelbereik | None) -> tuple[Decimal | None, str]:
    """The target that the one in force replaced and the day it ended, where it was another number."""
    doel = rij.doelstelling if rij else None
    vorig = cast("Doelstelling | None", doel.vervangt) if doel else None
    if doel is None or vorig is None or vorig.streefwaarde in (None, doel.streefwaarde):
        return None, ""
    dag = doel.geldig_vanaf
    return vorig.streefwaarde, f"{dag.day}-{dag.month}-{dag.year}"


def _rand(rij: Doelbereik | None, afgeleid: Afgeleid | None) -> Rand:
    """Between what is asked and what is still inside the margin: lowest and highest."""
    if rij is None or afgeleid is None or rij.doelstelling is None or rij.doelstelling.marge is None:
        return None, None
    marge, soort = rij.doelstelling.marge, rij.doelstelling.soort
    if soort == Doelstelling.Soort.JAARVOLUME and afgeleid.verwachting is not None:
        return afgeleid.verwachting * (1 - marge / _HONDERD), afgeleid.verwachting
    if soort == Doelstelling.Soort.MINIMUM and afgeleid.streefwaarde is not None:
        return afgeleid.streefwaarde - marge, afgeleid.streefwaarde
    if soort == Doelstelling.Soort.MAXIMUM and afgeleid.streefwaarde is not None:
        return afgeleid.streefwaarde, afgeleid.streefwaarde + marge
    return None, None


def _reden(rij: Doelbereik | None, afgeleid: Afgeleid | None) -> str:
    if rij is None or afgeleid is None:
        return standwoord(Stand.GEEN_METING)
    if afgeleid.cumulatief is None:
        return standwoord(afgeleid.stand)
    eigen = "in het kwartaal zelf: noemer is 0" if rij.noemer == 0 else ""
    return "; ".join(deel for deel in ("voorlopig" if rij.voorlopig else "", eigen) if deel)
