"""The stored drawings: made when figures are recomputed, handed over as they are, made on request when stale.

One row per indicator, quarter and kind. The drawing, the data for Plotly and the table below a chart are stored
together under one generation, so chart and table cannot disagree. Only figures of the unit are stored: everyone who
may read figures may read those.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from common.grafiek import reeks, svg
from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from monitor.dashboards.grafiek import plotly as grafieken
from monitor.dashboards.grafiek.reeks import bouw, vonkwaarden
from monitor.dashboards.keuze import Blik
from monitor.dashboards.terugkijken import Toen
from monitor.models import Berekening, Doelbereik, Figuur, Indicator
from monitor.rekenen.cijfers import leid_af
from monitor.rekenen.peildatum import KOLOMMEN

GEEN_CIJFERS = "Er zijn nog geen cijfers."


class Soort(StrEnum):
    GROOT = "groot"  # the chart of the page of an indicator
    KLEIN = "klein"  # one of many on the page of a theme
    VONK = "vonk"  # the sparkline in a list


@dataclass(frozen=True)
class Tekening:
    """A drawing ready for the template ``_components/figuur.html``."""

    id: str
    naam: str
    generatie: str
    svg: SafeString
    conclusie: str = ""
    koppen: Sequence[str] = ()
    rijen: Sequence[Sequence[str]] = ()
    uitleg: str = ""
    adres: str = ""

    @property
    def leeg(self) -> bool:
        return not self.svg


def sleutel(soort: Soort, code: str, onderdeel: str, kwartaal: Kwartaal) -> str:
    return f"{soort}:{code}:{onderdeel}:{kwartaal}"


def generatie(indicator: Indicator) -> str:
    """The generation a drawing must be of to be the current one; empty where nothing has been computed yet."""
    berekening = berekening_van(indicator)
    return f"{berekening.generatie}.{grafieken.TEKENVERSIE}" if berekening else ""


def berekening_van(indicator: Indicator) -> Berekening | None:
    """Load it with ``select_related("berekening")``: this asks for it once per indicator otherwise."""
    return getattr(indicator, "berekening", None)


def haal(blik: Blik, indicatoren: Sequence[Indicator], soort: Soort) -> dict[int, Figuur]:
    """Per indicator its drawing: the stored one where it is of the current generation, else drawn now.

    Looking back everything is drawn now: what was known on each day is without end, so none of it is stored.
    """
    if blik.toen:
        return _teken_toen(blik, blik.toen, indicatoren, soort)
    namen = {sleutel(soort, i.code, blik.eenheid.code, blik.kwartaal): i for i in indicatoren}
    bewaard = Figuur.objects.filter(sleutel__in=namen)
    # Only the large chart has data for the browser; the others need not be carried over.
    bewaard = bewaard.defer("plotly") if soort is not Soort.GROOT and soort is not Soort.KLEIN else bewaard
    figuren = {namen[f.sleutel].pk: f for f in bewaard if f.generatie == generatie(namen[f.sleutel])}
    rest = [i for i in indicatoren if i.pk not in figuren]
    nieuw = teken(rest, blik.eenheid, blik.begin, blik.kwartaal, (soort,)) if rest else []
    return figuren | {namen[f.sleutel].pk: f for f in nieuw}


def teken(
    indicatoren: Sequence[Indicator],
    onderdeel: Onderdeel,
    van: Kwartaal,
    tot: Kwartaal,
    soorten: Sequence[Soort] = tuple(Soort),
) -> list[Figuur]:
    """Draw, in one query for all rows; nothing is stored."""
    rijen = _rijen(indicatoren, onderdeel, van, tot)
    return [
        _figuur(soort, indicator, onderdeel, tot, generatie(indicator), rijen[indicator.pk])
        for indicator in indicatoren
        for soort in soorten
    ]


def _teken_toen(blik: Blik, toen: Toen, indicatoren: Sequence[Indicator], soort: Soort) -> dict[int, Figuur]:
    alle = toen.van_eenheid(blik.eenheid, indicatoren)
    figuren = {}
    for indicator in indicatoren:
        rijen = [rij for rij in alle[indicator.pk] if blik.begin <= Kwartaal(rij.jaar, rij.kwartaal) <= blik.kwartaal]
        van = generatie_toen(blik.bekend_op, rijen)
        figuren[indicator.pk] = _figuur(soort, indicator, blik.eenheid, blik.kwartaal, van, rijen)
    return figuren


def generatie_toen(peildatum: date, rijen: Sequence[Doelbereik]) -> str:
    """Differs with the day, with anything in the rows and with the version of the drawings."""
    inhoud = [[str(getattr(rij, kolom)) for kolom in KOLOMMEN] for rij in rijen]
    vingerafdruk = hashlib.sha256(json.dumps(inhoud).encode()).hexdigest()[:16]
    return f"{peildatum.isoformat()}.{vingerafdruk}.{grafieken.TEKENVERSIE}"


def _figuur(
    soort: Soort, indicator: Indicator, onderdeel: Onderdeel, tot: Kwartaal, van: str, rijen: Sequence[Doelbereik]
) -> Figuur:
    """``van`` is the generation of the rows."""
    naam = sleutel(soort, indicator.code, onderdeel.code, tot)
    return Figuur(sleutel=naam, generatie=van, **_inhoud(soort, indicator, van, rijen))


def _rijen(
    indicatoren: Sequence[Indicator], onderdeel: Onderdeel, van: Kwartaal, tot: Kwartaal
) -> dict[int, list[Doelbereik]]:
    gevonden = (
        Doelbereik.objects.filter(indicator__in=indicatoren, onderdeel=onderdeel, jaar__range=(van.jaar, tot.jaar))
        .select_related("doelstelling__vervangt")
        .order_by("indicator_id", "jaar", "kwartaal")
    )
    rijen: dict[int, list[Doelbereik]] = defaultdict(list)
    for rij in gevonden:
        if Kwartaal(rij.jaar, rij.kwartaal) <= tot:
            rijen[rij.indicator_id].append(rij)
    return rijen


def _inhoud(soort: Soort, indicator: Indicator, van: str, rijen: Sequence[Doelbereik]) -> dict[str, Any]:
    cijfers = bouw(indicator, rijen)
    if soort is Soort.VONK:
        return {"plotly": b"", "svg": svg.vonk(vonkwaarden(indicator, cijfers, rijen))}
    conclusie = _conclusie(indicator, rijen)
    doek = svg.GROOT if soort is Soort.GROOT else svg.KLEIN
    gegevens = {
        "generatie": van,
        "conclusie": conclusie,
        "koppen": reeks.koppen(cijfers),
        "rijen": reeks.rijen(cijfers),
        "uitleg": _uitleg(cijfers),
        **(grafieken.figuur(cijfers) if soort is Soort.GROOT else {}),
    }
    return {"plotly": grafieken.inpakken(gegevens), "svg": svg.tekening(cijfers, conclusie, doek)}


def _conclusie(indicator: Indicator, rijen: Sequence[Doelbereik]) -> str:
    """The sentence of the latest row with a value; that is the conclusion of the chart."""
    laatste = next((rij for rij in reversed(rijen) if rij.cum_teller is not None), rijen[-1] if rijen else None)
    if laatste is None:
        return GEEN_CIJFERS
    return leid_af(laatste, indicator, laatste.doelstelling).reden


def _uitleg(cijfers: reeks.Reeks) -> str:
    delen = []
    if cijfers.bij:
        delen.append("Lijn met punten: jaar tot nu toe. Dunne lijn: het kwartaal zelf.")
    if cijfers.heeft_doel:
        delen.append("Streeplijn: doel.")
    if cijfers.heeft_eerder:
        delen.append("Lichte stippellijn: het doel van voor de wijziging.")
    if cijfers.heeft_band:
        delen.append(f"Vlak: {'verwacht min marge' if cijfers.bandnaam == 'Verwacht' else 'marge van de monitor'}.")
    if cijfers.voorlopig:
        delen.append("Open punt: voorlopig.")
    return " ".join(delen)


def als_tekening(figuur: Figuur, indicator: Indicator, adres: str = "") -> Tekening:
    """A stored or fresh figure as the template wants it."""
    inhoud = json.loads(grafieken.uitpakken(figuur.plotly))
    return Tekening(
        id=f"figuur-{indicator.code}",
        naam=indicator.naam,
        generatie=figuur.generatie,
        svg=veilig(figuur.svg),
        conclusie=inhoud["conclusie"],
        koppen=inhoud["koppen"],
        rijen=inhoud["rijen"],
        uitleg=inhoud["uitleg"],
        adres=adres,
    )


def veilig(tekening: str) -> SafeString:
    # Drawings come from svg.py alone, which escapes every text it places.
    return mark_safe(tekening)  # noqa: S308  # drawn by svg.py, which escapes every text
