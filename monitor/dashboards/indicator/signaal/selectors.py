"""Signal and forecast of the indicators of a page: from the stored rows of the unit to what a page can show.

Everything is computed when it is asked for, from rows that are handed over; ``blik.bekend`` reads the database.
Below the unit there is none of this: what is shown there stays as it was.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from common.tekst.periode import Kwartaal
from monitor.dashboards.indicator.regel import standwoord
from monitor.dashboards.indicator.signaal.verloop import Procesbeeld
from monitor.dashboards.keuze import Blik
from monitor.models import Doelstelling, Grensbesluit, Indicator, Stand
from monitor.rekenen.prognose import Geen, Prognose, voorspel
from monitor.rekenen.signaal import eerste_vanaf, maak_proces

KWARTAAL = Indicator.Frequentie.KWARTAAL


def beelden(
    blik: Blik, indicatoren: Sequence[Indicator], rijen: Mapping[int, Any], eerder: Mapping[int, Sequence[Any]]
) -> dict[int, Procesbeeld]:
    """Per indicator its course in this view; ``rijen`` are the records that are judged, ``eerder`` all up to them."""
    if not blik.toont_cijfers:
        return {}
    voorbij = Kwartaal.van(blik.bekend_op).vorige()
    besluiten = blik.bekend.grensbesluiten(indicatoren)
    return {
        i.pk: maak_beeld(i, blik.kwartaal, rijen.get(i.pk), eerder.get(i.pk, []), besluiten.get(i.pk, []), voorbij)
        for i in indicatoren
    }


def maak_beeld(
    indicator: Indicator, kwartaal: Kwartaal, rij: Any, rijen: Sequence[Any], besluiten: Sequence[Grensbesluit] = (),
    voorbij: Kwartaal | None = None,
) -> Procesbeeld:  # fmt: skip
    """``rijen`` are the records of the unit, oldest first; ``rij`` the one judged.

    ``voorbij`` is the last quarter that is over, when that is not the one shown: what is still running gives no
    signal, no limits and no assurance, and is no part of what a forecast builds on.
    """
    tot = min(kwartaal, voorbij or kwartaal)
    per = {periode: r for r in rijen if (periode := Kwartaal(r.jaar, r.kwartaal)) <= tot}
    if rij and tot < kwartaal and indicator.aggregatie == Indicator.Aggregatie.ENQUETE:
        rij = per.get(Kwartaal(rij.jaar, rij.kwartaal)) and rij  # what a survey found is not compared while it runs
    proces = maak_proces(indicator, tot, per, [besluit.begin for besluit in besluiten])
    perioden, waarden = proces.perioden, dict(zip(proces.perioden, proces.waarden, strict=True))
    plekken = {eerste_vanaf(perioden, besluit.begin): besluit for besluit in besluiten}
    return Procesbeeld(
        indicator,
        kwartaal,
        rij,
        proces,
        redenen=tuple(_reden(indicator, per.get(periode), waarde) for periode, waarde in waarden.items()),
        besluiten={plek: besluit for plek, besluit in plekken.items() if plek is not None},
        laatste=per.get(perioden[-1]) if perioden else None,
        prognose=_prognose(indicator, kwartaal.jaar, tot, rij, waarden),
    )


def _reden(indicator: Indicator, rij: Any, waarde: Fraction | None) -> str:
    """Why a period has no value, or that it is provisional."""
    if waarde is not None:
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
