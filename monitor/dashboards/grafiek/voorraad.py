"""The figures that are drawn ahead of the reader: one per indicator, kind and quarter, of the current generation.

Pages import this; a page draws for itself what is not there, which only a worker can do for the browser.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django.utils import timezone

from common.grafiek import svg
from common.grafiek.beeld import TEKENVERSIE, Beeld, merk, naar_json
from common.grafiek.figuur import Figuur, inpakken
from common.grafiek.tekening import Tekening, maak
from common.grafiek.tijdlijn import Voorval, merk_van
from common.grafiek.vel import Doek
from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from monitor.dashboards.grafiek.alle_kwartalen import build_alle_kwartalen
from monitor.dashboards.grafiek.dit_jaar import build_dit_jaar
from monitor.dashboards.indicator.signaal.selectors import maak_beeld
from monitor.dashboards.indicator.signaal.verloop import Procesbeeld
from monitor.dashboards.keuze import Blik
from monitor.dashboards.terugkijken import Bekend, Uitsnede
from monitor.models import Doelbereik, Indicator


class Figuursoort(StrEnum):
    JAAR = "jaar"  # the charts of the page of an indicator: this year over the earlier ones
    KWARTALEN = "kwartalen"  # and all of them with what is ordinary
    KLEIN = "klein"  # one of many on the page of a theme
    VONK = "vonk"  # the sparkline in a list


DOEKEN: dict[Figuursoort, Doek] = {
    Figuursoort.JAAR: svg.GROOT,
    Figuursoort.KWARTALEN: svg.GROOT,
    Figuursoort.KLEIN: svg.KLEIN,
    Figuursoort.VONK: svg.VONK,
}
VOOR_DE_BROWSER = frozenset({Figuursoort.JAAR, Figuursoort.KWARTALEN})


def figuursleutel(soort: Figuursoort, code: str, onderdeel: str, kwartaal: Kwartaal, lezing: str = "") -> str:
    """``lezing`` is how its readers read it, as ``Bekend.lezing`` says: each of the two has a drawing of its own."""
    return f"{soort}:{code}:{onderdeel}:{kwartaal}{lezing}"


def generatie(bekend: Bekend, indicator: Indicator, rijen: Sequence[Doelbereik] = (), wat_was: str = "") -> str:
    """The generation a drawing must be of to be the current one; empty where nothing has been computed yet.

    ``wat_was`` stands for the events that are drawn.
    """
    van = bekend.merk(indicator, rijen)
    return f"{van}.{TEKENVERSIE}{wat_was}" if van else ""


def haal(blik: Blik, indicatoren: Sequence[Indicator], soort: Figuursoort) -> dict[int, Figuur]:
    """Per indicator its drawing: the stored one where it is of the current generation, else drawn now."""
    plek, lezing = (blik.eenheid.code, blik.kwartaal), blik.bekend.lezing
    namen = {figuursleutel(soort, i.code, *plek, lezing(i)): i for i in indicatoren}
    bewaard = blik.bekend.figuren().filter(sleutel__in=namen).defer("plotly")
    bewaard = bewaard.defer("beeld") if soort is Figuursoort.VONK else bewaard
    was = _gebeurd(blik.bekend, blik.eenheid, indicatoren, soort)
    merken = {i.pk: generatie(blik.bekend, i, wat_was=merk_van(was.get(i.pk, ()))) for i in indicatoren}
    figuren = {i.pk: f for f in bewaard if f.generatie == merken[(i := namen[f.sleutel]).pk]}
    rest = [i for i in indicatoren if i.pk not in figuren]
    nieuw = teken(blik.bekend, blik.uitsnede(rest), (soort,)) if rest else []
    return figuren | {namen[f.sleutel].pk: f for f in nieuw}


def teken(bekend: Bekend, uit: Uitsnede, soorten: Sequence[Figuursoort] = tuple(Figuursoort)) -> list[Figuur]:
    """Draw, in one query for all rows, one more for limits; nothing is stored or there for the browser yet."""
    alle = bekend.reeks(uit)
    besluiten = bekend.grensbesluiten(uit.indicatoren) if Figuursoort.KWARTALEN in soorten else {}
    voorbij = Kwartaal.van(bekend.dag or timezone.localdate()).vorige()
    figuren = []
    for indicator in uit.indicatoren:
        rijen = alle[indicator.pk]
        laatste = rijen[-1] if rijen else None
        verloop = maak_beeld(indicator, uit.tot, laatste, rijen, besluiten.get(indicator.pk, ()), voorbij)
        voorvallen = _gebeurd(bekend, uit.eenheid, [indicator], *soorten).get(indicator.pk, ())
        beelden = _beelden(soorten, indicator, rijen, uit, verloop, voorvallen)
        for soort in soorten:
            was = merk_van(voorvallen) if soort is not Figuursoort.VONK else ""
            van = generatie(bekend, indicator, rijen, was)
            naam = figuursleutel(soort, indicator.code, uit.eenheid.code, uit.tot, bekend.lezing(indicator))
            inhoud = _inhoud(soort, beelden[soort is Figuursoort.KWARTALEN])
            figuren.append(Figuur(sleutel=naam, generatie=van, **inhoud))
    return figuren


def _gebeurd(
    bekend: Bekend, eenheid: Onderdeel, indicatoren: Sequence[Indicator], *soorten: Figuursoort
) -> dict[int, tuple[Voorval, ...]]:
    """Per indicator the events that touch the figures of the unit; a sparkline has none, so they are not asked for."""
    if all(soort is Figuursoort.VONK for soort in soorten):
        return {}
    return {i.pk: bekend.tijdlijn.van(i.code, {eenheid.pk}) for i in indicatoren}


def _beelden(
    soorten: Sequence[Figuursoort],
    i: Indicator,
    rijen: Sequence[Doelbereik],
    uit: Uitsnede,
    verloop: Procesbeeld,
    voorvallen: Sequence[Voorval],
) -> dict[bool, Beeld]:
    """The charts of these kinds: all quarters (True), and this year, which has more than one size."""
    wissels, beelden = uit.wissels.get(i.pk, ()), {}
    if Figuursoort.KWARTALEN in soorten:
        beelden[True] = build_alle_kwartalen(i, rijen, verloop, wissels, voorvallen)
    if any(soort is not Figuursoort.KWARTALEN for soort in soorten):
        beelden[False] = build_dit_jaar(i, rijen, uit.tot, verloop, wissels, voorvallen)
    return beelden


def _inhoud(soort: Figuursoort, beeld: Beeld) -> dict[str, Any]:
    tekening = svg.teken(beeld, DOEKEN[soort])
    return {"merk": merk(beeld), "beeld": inpakken(naar_json(beeld)), "plotly": b"", "svg": tekening}


def als_tekening(figuur: Figuur, indicator: Indicator, soort: Figuursoort) -> Tekening:
    """A stored or fresh figure as the template wants it."""
    return maak(figuur.als_beeld, id=f"figuur-{indicator.code}", doek=DOEKEN[soort], svg=figuur.svg)
