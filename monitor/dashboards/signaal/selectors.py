"""Signal and forecast of the indicators of a page: from the stored rows of the unit to what a page can show.

Everything is computed when it is asked for, from rows that are handed over; ``blik.bekend`` reads the database.
Below the unit there is none of this: what is shown there stays as it was.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from common.tekst.periode import Kwartaal, kwartalen
from monitor.dashboards.indicator.regel import standwoord
from monitor.dashboards.keuze import Blik
from monitor.dashboards.signaal.verloop import Beeld, waarde_van_periode
from monitor.models import Doelstelling, Indicator, Stand
from monitor.rekenen.prognose import Geen, Prognose, voorspel

KWARTAAL = Indicator.Frequentie.KWARTAAL


def beelden(blik: Blik, indicatoren: Sequence[Indicator], rijen: Mapping[int, Any]) -> dict[int, Beeld]:
    """Per indicator its Beeld in this view; ``rijen`` are the records that are judged, by indicator."""
    if not blik.toont_cijfers:
        return {}
    eerder = blik.bekend.geschiedenis(blik.uitsnede(indicatoren))
    voorbij = Kwartaal.van(blik.bekend_op).vorige()
    return {i.pk: maak_beeld(i, blik.kwartaal, rijen.get(i.pk), eerder.get(i.pk, []), voorbij) for i in indicatoren}


def maak_beeld(
    indicator: Indicator, kwartaal: Kwartaal, rij: Any, rijen: Sequence[Any], voorbij: Kwartaal | None = None
) -> Beeld:
    """``rijen`` are the records of the unit, oldest first (at least ``VOOR_SIGNALEN``); ``rij`` the one judged.

    ``voorbij`` is the last quarter that is over, when that is not the one shown: what is still running gives no
    signal, no limits and no assurance, and is no part of what a forecast builds on.
    """
    tot = min(kwartaal, voorbij or kwartaal)
    per = {periode: r for r in rijen if (periode := Kwartaal(r.jaar, r.kwartaal)) <= tot}
    if rij and tot < kwartaal and indicator.aggregatie == Indicator.Aggregatie.ENQUETE:
        rij = per.get(Kwartaal(rij.jaar, rij.kwartaal)) and rij  # what a survey found is not compared while it runs
    perioden = _tijdas(indicator, per)
    waarden = tuple(waarde_van_periode(indicator, per.get(periode)) for periode in perioden)
    return Beeld(
        indicator,
        kwartaal,
        rij,
        perioden,
        waarden,
        redenen=tuple(_reden(indicator, per.get(periode)) for periode in perioden),
        laatste=per.get(perioden[-1]) if perioden else None,
        prognose=_prognose(indicator, kwartaal.jaar, tot, rij, dict(zip(perioden, waarden, strict=True))),
    )


def _tijdas(indicator: Indicator, per: Mapping[Kwartaal, Any]) -> tuple[Kwartaal, ...]:
    """From the first period with a value; of what is measured less often only its own moments."""
    gemeten = [periode for periode, rij in per.items() if waarde_van_periode(indicator, rij) is not None]
    if not gemeten:
        return ()
    if indicator.frequentie == KWARTAAL:
        return tuple(kwartalen(min(gemeten), max(per)))
    return tuple(sorted(periode for periode in per if periode >= min(gemeten)))


def _reden(indicator: Indicator, rij: Any) -> str:
    """Why a period has no value, or that it is provisional."""
    if waarde_van_periode(indicator, rij) is not None:
        return "voorlopig" if rij.voorlopig else ""
    if rij is None or rij.stand != Stand.GELEVERD:
        return standwoord(rij.stand if rij else Stand.GEEN_METING)
    if rij.noemer == 0:
        return standwoord(Stand.NOEMER_NUL)
    return "cijfer over het hele jaar" if rij.heel_jaar else "niet compleet"


def _prognose(
    indicator: Indicator, jaar: int, tot: Kwartaal, rij: Any, waarden: Mapping[Kwartaal, Fraction | None]
) -> Prognose | Geen | None:
    doel = rij.doelstelling if rij else None
    if doel is None or doel.soort != Doelstelling.Soort.JAARVOLUME:
        return None
    if indicator.aggregatie != Indicator.Aggregatie.SOM or indicator.frequentie != KWARTAAL:
        return None
    if tot.jaar < jaar:
        return Geen.NIETS_GETELD
    dit_jaar = [waarden.get(Kwartaal(jaar, n)) for n in range(1, tot.nummer + 1)]
    jaren = {periode.jaar for periode in waarden if periode.jaar < jaar}
    eerdere = {eerder: [waarden.get(Kwartaal(eerder, n)) for n in range(1, 5)] for eerder in jaren}
    return voorspel(dit_jaar, eerdere, Fraction(doel.streefwaarde), indicator.richting)
