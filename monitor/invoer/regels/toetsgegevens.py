"""What a value is checked against, read from the database in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone

from common.vaststellen.model import Staat
from formatie.models import Onderdeel
from monitor.invoer.regels.twijfel import Eerder, Meetplek, Verleden
from monitor.invoer.regels.validatie import IndicatorFeiten, Kader, OnderdeelFeiten
from monitor.invoer.regels.waarneming import Waarneming
from monitor.models import Afsluiting, Indicator, Meting
from monitor.rekenen.regels.verschuldigd import uitgezonderden

JAREN_TERUG = 3


def lees_kader(vandaag: date | None = None) -> Kader:
    """The facts rows are checked against, in three queries."""
    alle = {onderdeel.pk: onderdeel for onderdeel in Onderdeel.objects.all()}
    ouders = {o.code: alle[o.ouder_id].code if o.ouder_id else None for o in alle.values()}
    feiten = lees_indicatorfeiten()
    return Kader(
        indicatoren={c: replace(f, niet_voor=uitgezonderden(f.niet_voor, ouders)) for c, f in feiten.items()},
        onderdelen={
            o.code: OnderdeelFeiten(o.code, o.soort, o.geldig_vanaf, o.geldig_tot, o.naam) for o in alle.values()
        },
        vandaag=vandaag or timezone.localdate(),
    )


def lees_indicatorfeiten() -> dict[str, IndicatorFeiten]:
    return {i.code: feiten_van(i) for i in Indicator.objects.prefetch_related("niet_voor")}


def feiten_van(indicator: Indicator) -> IndicatorFeiten:
    velden = {naam: getattr(indicator, naam) for naam in IndicatorFeiten.__slots__ if naam != "niet_voor"}
    return IndicatorFeiten(**velden, niet_voor=frozenset(o.code for o in indicator.niet_voor.all()))


def lees_verleden(waarnemingen: Sequence[Waarneming]) -> Verleden:
    """The approved values of these indicators in the years before and of the observations, in one query."""
    if not waarnemingen:
        return {}
    jaren = [w.jaar for w in waarnemingen]
    metingen = Meting.objects.filter(
        staat=Staat.VASTGESTELD,
        onbekend=False,
        indicator__code__in={w.indicator for w in waarnemingen},
        onderdeel__code__in={w.onderdeel for w in waarnemingen},
        jaar__range=(min(jaren) - JAREN_TERUG, max(jaren)),
    ).order_by("jaar", "kwartaal")
    verleden: dict[Meetplek, list[Eerder]] = defaultdict(list)
    velden = ("indicator__code", "onderdeel__code", "jaar", "kwartaal", "waarde", "teller", "noemer")
    for indicator, onderdeel, jaar, kwartaal, waarde, teller, noemer in metingen.values_list(*velden):
        verleden[indicator, onderdeel].append(Eerder(jaar, kwartaal, waarde, teller, noemer))
    return verleden


def lees_gesloten() -> set[tuple[int, int]]:
    """Year and quarter of every closed quarter."""
    return set(Afsluiting.objects.filter(heropend_op=None).values_list("jaar", "kwartaal"))
