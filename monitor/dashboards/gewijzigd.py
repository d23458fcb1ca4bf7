"""What was corrected since a day: values and targets that held then and were replaced, with what holds now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from common.pagina.gewijzigd import Correctie, Gewijzigd, nieuwe, paren
from common.tekst.cijfers import (
    doel_in_woorden,
    exact_in_woorden,
    foutmarge_in_woorden,
    met_delen,
    waarde_in_woorden,
)
from common.tekst.getallen import toon
from common.tekst.tekens import en
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.keuze import Blik
from monitor.models import Doelstelling, Indicator, Meting
from monitor.rekenen.cijfers import waarde_van
from monitor.selectors import BESLOTEN
from monitor.zicht import BOVENIN, alleen_destijds_zichtbaar

NOG_NIETS = "Op die dag was nog geen enkele waarde vastgesteld."
DAGEN = 91  # what the page of today calls recent: a quarter
MEESTE_DECIMALEN = 4  # of a stored value
WAARDE, _DOEL = ("waarde", "waarden"), ("doel", "doelen")
VAN_METING = ("waarde", "teller", "noemer", "marge", "onbekend", "status")
VAN_DOEL = ("soort", "streefwaarde", "marge")
_Gevonden = list[tuple[Any, Correctie]]
"""The version that came, with what it changed."""


def terugblik(blik: Blik, regels: Sequence[Regel]) -> dict[str, Any] | None:
    """What is said above a page that looks back; None on the page of today and for who reads no figures.

    ``gewijzigd`` is everything that changed for these indicators since that day.
    """
    if not blik.bekend.dag or not blik.toont_cijfers:
        return None
    versies, sinds = versies_van_metingen(blik, regels), blik.bekend_op
    sindsdien = replace(
        _gewijzigd(sinds, versies, versies_van_doelen(blik, regels), regels), **_nieuw(nieuwe(versies, sinds))
    )
    return {"op": sinds, "noten": [NOG_NIETS] if blik.bekend.nog_niets else [], "gewijzigd": sindsdien}


def onlangs(blik: Blik, regel: Regel) -> Gewijzigd | None:
    """What of the year shown was corrected in the last quarter; None where nothing was, and for who looks back."""
    if blik.bekend.dag:
        return None
    jaar = regel.rij.jaar if regel.rij else blik.kwartaal.jaar
    sinds = blik.bekend_op - timedelta(days=DAGEN)
    versies, normen = (
        versies_van_metingen(blik, [regel]).filter(jaar=jaar),
        versies_van_doelen(blik, [regel]).filter(jaar=jaar),
    )
    return _gewijzigd(sinds, versies, normen, [regel]) or None


def op_eerdere(blik: Blik, regels: Sequence[Regel]) -> Gewijzigd | None:
    """Corrections to values of before the quarter shown, since those of the quarter before had to be in; one query.

    None for who looks back: what changed since that day stands above such a page.
    """
    if blik.bekend.dag:
        return None
    vorige = blik.kwartaal.vorige()
    sinds = vorige.uiterste_dag(settings.INLEVERTERMIJN_DAGEN)
    eerder = Q(jaar__lt=vorige.jaar) | Q(jaar=vorige.jaar, kwartaal__lte=vorige.nummer)
    van = {regel.indicator.pk: regel for regel in regels}
    gevonden = paren(versies_van_metingen(blik, regels).filter(eerder), sinds, VAN_METING, _plek)
    return Gewijzigd(sinds, [(WAARDE, [_waarde(van[oud.indicator_id], oud, nu) for oud, nu in gevonden])]) or None


def _nieuw(waarden: QuerySet[Meting]) -> dict[str, Any]:
    """How many there are of the unit, and how many below it, which not every reader may see; one query."""
    per_soort = dict(waarden.order_by().values_list("onderdeel__soort").annotate(Count("pk")))
    alle, boven = sum(per_soort.values()), sum(per_soort.get(soort, 0) for soort in BOVENIN)
    delen = ((boven, "van de eenheid"), (alle - boven, "van districten en teams die u mag zien"))
    van = [wat if aantal == alle else f"{toon(Decimal(aantal), 0)} {wat}" for aantal, wat in delen if aantal]
    return {"nieuw": alle, "nieuw_van": en(van)}


def _gewijzigd(
    sinds: date, versies: QuerySet[Meting], normen: QuerySet[Doelstelling], regels: Sequence[Regel]
) -> Gewijzigd:
    van = {regel.indicator.pk: regel for regel in regels}
    soorten = [(WAARDE, _vergelijk_waarden(van, versies, sinds)), (_DOEL, _vergelijk_doelen(van, normen, sinds))]
    zonder_rij = [(soort, [correctie for _, correctie in gevonden]) for soort, gevonden in soorten]
    return Gewijzigd(sinds, zonder_rij, over_een=len(regels) == 1)


def gecorrigeerde_waarden(blik: Blik, regels: Sequence[Regel], sinds: date, tot: datetime | None) -> _Gevonden:
    """The values that held at the end of that day and had others at the moment ``tot`` (None is now); one query."""
    return _vergelijk_waarden(
        {regel.indicator.pk: regel for regel in regels}, versies_van_metingen(blik, regels), sinds, tot
    )


def gecorrigeerde_doelen(blik: Blik, regels: Sequence[Regel], sinds: date, tot: datetime | None) -> _Gevonden:
    return _vergelijk_doelen(
        {regel.indicator.pk: regel for regel in regels}, versies_van_doelen(blik, regels), sinds, tot
    )


def _vergelijk_waarden(
    van: Mapping[int, Regel], versies: QuerySet[Meting], sinds: date, tot: datetime | None = None
) -> _Gevonden:
    gevonden = paren(versies, sinds, VAN_METING, _plek, tot)
    return [(nu, _waarde(van[oud.indicator_id], oud, nu)) for oud, nu in gevonden]


def _vergelijk_doelen(
    van: Mapping[int, Regel], versies: QuerySet[Doelstelling], sinds: date, tot: datetime | None = None
) -> _Gevonden:
    return [(nu, _doel(van[oud.indicator_id], oud, nu)) for oud, nu in paren(versies, sinds, VAN_DOEL, _plek, tot)]


def versies_van_metingen(blik: Blik, regels: Iterable[Regel]) -> QuerySet[Meting]:
    """The approved versions of the unit and, as far as this user may read their earlier versions, below it."""
    eenheid = Q(onderdeel=blik.eenheid) | Q(onderdeel__ouder=blik.eenheid) | Q(onderdeel__ouder__ouder=blik.eenheid)
    besloten = Meting.objects.filter(eenheid, staat__in=BESLOTEN)
    zichtbaar = alleen_destijds_zichtbaar(besloten, blik.user).filter(indicator__in=[r.indicator for r in regels])
    return zichtbaar.select_related("onderdeel")


def versies_van_doelen(blik: Blik, regels: Iterable[Regel]) -> QuerySet[Doelstelling]:
    """Of the years of the agenda. Targets are no secret to who reads figures."""
    return Doelstelling.objects.filter(
        indicator__in=[regel.indicator for regel in regels],
        jaar__range=(blik.agenda.begin_jaar, blik.agenda.eind_jaar),
        staat__in=BESLOTEN,
    ).select_related("onderdeel")


def _plek(versie: Any) -> tuple[int | None, ...]:
    return versie.indicator_id, versie.onderdeel_id, versie.jaar, getattr(versie, "kwartaal", None)


def _waarde(regel: Regel, oud: Meting, nu: Meting) -> Correctie:
    teksten = _als_waarden(regel.indicator, oud, nu)
    kwartaal = f"Q{nu.kwartaal} {nu.jaar}" if nu.kwartaal else str(nu.jaar)
    return _wijziging(regel, nu, kwartaal, *teksten)


def _doel(regel: Regel, oud: Doelstelling, nu: Doelstelling) -> Correctie:
    teksten = [_als_doel(regel.indicator, doel) for doel in (oud, nu)]
    if teksten[0] == teksten[1] or oud.marge != nu.marge:
        teksten = [doel_in_woorden(doel, regel.indicator) for doel in (oud, nu)]
    return _wijziging(regel, nu, f"doel {nu.jaar}", *teksten)


def _wijziging(regel: Regel, nu: Any, periode: str, van: str, naar: str) -> Correctie:
    boven = nu.onderdeel.soort in BOVENIN
    waar = periode if boven else f"{periode}, {nu.onderdeel}"
    return Correctie(regel.naam, regel.adres, waar, van, naar, timezone.localtime(nu.vastgesteld_op).date())


def _als_waarden(indicator: Indicator, oud: Meting, nu: Meting) -> list[str]:
    """Both with as many decimals as it takes to differ; where that is not enough, with what they are made of."""
    for decimalen in range(indicator.decimalen, MEESTE_DECIMALEN + 1):
        teksten = [_als_waarde(indicator, meting, decimalen) for meting in (oud, nu)]
        if teksten[0] != teksten[1]:
            return teksten
    return [_met_delen(indicator, meting) for meting in (oud, nu)]


def _als_waarde(indicator: Indicator, meting: Meting, decimalen: int) -> str:
    waarde = waarde_van(meting.waarde if meting.noemer is None else meting.teller, meting.noemer, indicator)
    if waarde is None:
        return "nb" if meting.onbekend else "noemer is 0"
    voorlopig = " (voorlopig)" if meting.status == Meting.Zekerheid.VOORLOPIG else ""
    return f"{waarde_in_woorden(waarde, indicator, decimalen)}{voorlopig}"


def _met_delen(indicator: Indicator, meting: Meting) -> str:
    tekst = _als_waarde(indicator, meting, indicator.decimalen)
    if meting.noemer is not None:
        return met_delen(tekst, meting.teller, meting.noemer)
    return f"{tekst} ({foutmarge_in_woorden(meting.marge) if meting.marge is not None else 'zonder foutmarge'})"


def _als_doel(indicator: Indicator, doel: Doelstelling) -> str:
    getal = doel.streefwaarde
    return exact_in_woorden(getal, indicator) if getal is not None else doel.get_soort_display().lower()
