"""What a value is checked against, read from the database in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Max, Min
from django.utils import timezone

from common.vaststellen.model import Staat
from formatie.models import Onderdeel
from monitor.invoer.regels.twijfel import Eerder, Meetplek, Verleden
from monitor.invoer.regels.validatie import IndicatorFeiten, Kader, OnderdeelFeiten
from monitor.invoer.regels.waarneming import Waarneming
from monitor.models import Afsluiting, Definitie, Indicator, Meting
from monitor.rekenen.regels.verschuldigd import uitgezonderden
from strategie.selectors import get_agendajaren

JAREN_TERUG = 3


def lees_kader(vandaag: date | None = None) -> Kader:
    """The facts rows are checked against, in three queries."""
    alle = {onderdeel.pk: onderdeel for onderdeel in Onderdeel.objects.all()}
    ouders = {o.code: alle[o.ouder_id].code if o.ouder_id else None for o in alle.values()}
    feiten = lees_indicatorfeiten()
    return Kader(
        indicatoren={code: _met_alles_eronder(feit, ouders) for code, feit in feiten.items()},
        onderdelen={
            o.code: OnderdeelFeiten(o.code, o.soort, o.geldig_vanaf, o.geldig_tot, o.naam) for o in alle.values()
        },
        vandaag=vandaag or timezone.localdate(),
        agendajaren=get_agendajaren(),
    )


def _met_alles_eronder(feiten: IndicatorFeiten, ouders: Mapping[str, str | None]) -> IndicatorFeiten:
    later = tuple((begin, _met_alles_eronder(blad, ouders)) for begin, blad in feiten.later)
    return replace(feiten, niet_voor=uitgezonderden(feiten.niet_voor, ouders), later=later)


def lees_indicatorfeiten() -> dict[str, IndicatorFeiten]:
    """Every indicator, as each agenda defines it."""
    eerste, laatste = Min("monitorregels__agenda__begin_jaar"), Max("monitorregels__agenda__eind_jaar")
    bladen: dict[int, list[Definitie]] = defaultdict(list)
    for blad in Definitie.objects.select_related("agenda").prefetch_related("niet_voor").order_by("agenda__begin_jaar"):
        bladen[blad.indicator_id].append(blad)
    alle = (
        Indicator.objects.annotate(agendajaar=eerste, laatste_jaar=laatste)
        .prefetch_related("niet_voor")
        .order_by("volgorde", "code")
    )
    return {i.code: _met_later(i, bladen[i.pk]) for i in alle}


def _met_later(indicator: Any, bladen: Sequence[Definitie]) -> IndicatorFeiten:
    """``indicator`` carries the first and the last year in which an agenda prints it."""
    jaren = {"agendajaar": indicator.agendajaar, "laatste_jaar": indicator.laatste_jaar}
    eigen, *later = (replace(feiten_van(i), **jaren) for i in (indicator, *map(indicator.volgens, bladen)))
    begin = [blad.agenda.begin_jaar for blad in bladen]
    return replace(eigen, later=tuple(zip(begin, later, strict=True)))


_NIET_VAN_INDICATOR = ("niet_voor", "agendajaar", "laatste_jaar", "later")


def feiten_van(indicator: Indicator) -> IndicatorFeiten:
    velden = {naam: getattr(indicator, naam) for naam in IndicatorFeiten.__slots__ if naam not in _NIET_VAN_INDICATOR}
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
