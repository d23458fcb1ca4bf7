"""Charts for the browser: Plotly figures as plain data. How they look is one template, in static/common/figuur.js.

``role`` in ``meta`` tells that template what a trace is. Every number carries the text of its cell in the table,
so what one reads on hovering is what the table says.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from html import escape
from typing import Any

import brotli

from common.grafiek import reeks, svg
from common.grafiek.reeks import Lijn, Reeks, bandstukken, eerdere_stukken, gelijke_stukken, lijnstukken
from common.tekst.cijfers import (
    as_in_woorden,
    exact_in_woorden,
    gedrukt,
    kort_doel_in_woorden,
    met_eenheid,
)
from common.tekst.periode import Kwartaal
from common.tekst.tekens import zichtbaar
from monitor.dashboards.grafiek.reeks import NORM, build_reeks, vonkwaarden
from monitor.dashboards.keuze import Blik
from monitor.dashboards.terugkijken import Bekend, Uitsnede
from monitor.models import Doelbereik, Figuur, Indicator
from monitor.rekenen.cijfers import leid_cijfers_af

# Part of the generation of a stored figure: raise it when a drawing changes, and all are drawn anew.
TEKENVERSIE = 7
_FIJN = Decimal("0.000001")

Figuurdata = dict[str, Any]


def build_figuur(reeks: Reeks) -> Figuurdata:
    """The figure as Plotly reads it: traces and the parts of the layout that follow from the numbers."""
    sporen = [_band(reeks)] if reeks.heeft_band else []
    sporen += [_doel("eerder", [(r, w) for r, w, _ in eerdere_stukken(reeks)])] if reeks.heeft_eerder else []
    sporen += [_doel("doel", gelijke_stukken(reeks))] if reeks.heeft_doel else []
    for rol, lijn in (("bij", reeks.bij), ("hoofd", reeks.hoofd)):
        sporen += [_lijn(reeks, lijn, rol, run) for run in lijnstukken(reeks, lijn)] if lijn else []
    return {"data": sporen, "layout": _layout(reeks)}


def inpakken(inhoud: Figuurdata) -> bytes:
    """Compressed JSON, as it is stored and as it goes to a browser that reads brotli."""
    tekst = json.dumps(inhoud, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    return brotli.compress(zichtbaar(tekst).encode(), quality=5)


def uitpakken(inhoud: bytes | memoryview) -> bytes:
    return brotli.decompress(bytes(inhoud))


def _getal(waarde: Decimal | None) -> float | int | None:
    """For the screen only: six decimals are finer than any pixel, and whole numbers stay whole."""
    if waarde is None:
        return None
    return int(waarde) if waarde == waarde.to_integral_value() else float(waarde.quantize(_FIJN))


def _lijn(reeks: Reeks, lijn: Lijn, rol: str, run: list[int]) -> Figuurdata:
    """The trace of one run without a gap or New Year in it; a single point is a run too."""
    spoor: Figuurdata = {
        "type": "scatter",
        "mode": "lines+markers" if rol == "hoofd" else "lines",
        "name": escape(lijn.naam),
        "meta": {"rol": rol},
        "x": run,
        "y": [_getal(lijn.waarden[i]) for i in run],
        "customdata": [_bijschrift(reeks, lijn, i) for i in run],
    }
    if rol == "hoofd":
        spoor["marker"] = {"symbol": ["circle-open" if i in reeks.voorlopig else "circle" for i in run]}
        if any(reeks.marge[i : i + 1] and reeks.marge[i] is not None for i in run):
            spoor["error_y"] = {"type": "data", "array": [_getal(reeks.marge[i]) for i in run]}
    return spoor


def _bijschrift(reeks: Reeks, lijn: Lijn, index: int) -> str:
    waarde = lijn.waarden[index]
    voorlopig = " (voorlopig)" if index in reeks.voorlopig else ""
    getal = "" if waarde is None else _tekst(reeks, lijn, index)
    return escape(f"{lijn.naam}, {reeks.kwartalen[index].leesbaar}: {getal}{voorlopig}")


def _tekst(reeks_: Reeks, lijn: Lijn, index: int) -> str:
    """The value as its cell of the table says it, with the unit."""
    hoofd, bij, *_ = (*reeks.getoond(reeks_, index), None)
    getal = hoofd if lijn is reeks_.hoofd else bij
    return "" if getal is None else met_eenheid(gedrukt(getal), reeks_)


def _doel(rol: str, stukken: Sequence[tuple[list[int], Decimal]]) -> Figuurdata:
    """A target as level pieces, one per run of the same number."""
    x: list[float | None] = []
    y: list[float | int | None] = []
    for run, doel in stukken:
        x += [run[0] - 0.45, run[-1] + 0.45, None]
        y += [_getal(doel), _getal(doel), None]
    naam = "Doel" if rol == "doel" else "Eerder doel"
    return {"type": "scatter", "mode": "lines", "name": naam, "meta": {"rol": rol}, "x": x[:-1], "y": y[:-1]}


def _band(reeks: Reeks) -> Figuurdata:
    """The expectation (or margin) as closed shapes, one per year."""
    x: list[int | None] = []
    y: list[float | int | None] = []
    for run in bandstukken(reeks):
        x += [*run, *run[::-1], None]
        y += [*(_getal(reeks.hoog[i]) for i in run), *(_getal(reeks.laag[i]) for i in run[::-1]), None]
    vorm = {"type": "scatter", "mode": "none", "fill": "toself", "meta": {"rol": "band"}}
    return {**vorm, "name": escape(reeks.bandnaam), "x": x[:-1], "y": y[:-1]}


def _layout(reeks: Reeks) -> Figuurdata:
    streepjes = svg.as_van(reeks)
    hoogste = max(streepjes, key=abs)
    return {
        "xaxis": {
            "tickvals": list(range(len(reeks.kwartalen))),
            "ticktext": [_x_label(reeks, i) for i in range(len(reeks.kwartalen))],
            "range": [-0.6, len(reeks.kwartalen) - 0.4],
        },
        "yaxis": {
            "tickvals": [_getal(w) for w in streepjes],
            "ticktext": [as_in_woorden(w, hoogste, reeks.eenheid) for w in streepjes],
            "range": [_getal(streepjes[0]), _getal(streepjes[-1])],
        },
        "annotations": [*_labels(reeks), *_eerdere_labels(reeks), *_wissellabels(reeks)],
        "shapes": [_wissellijn(index) for index, _ in reeks.wissels],
    }


def _wissellijn(index: int) -> Figuurdata:
    return {"type": "line", "x0": index - 0.5, "x1": index - 0.5, "yref": "paper", "y0": 0, "y1": 1}


def _wissellabels(reeks: Reeks) -> list[Figuurdata]:
    """What changes, left of its line and above what is drawn there."""
    plek = {"xanchor": "right", "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False}
    return [
        {"name": "wissel", "text": escape(woorden), "kort": escape(woorden.split(",")[0]), "x": index - 0.5, **plek}
        for index, woorden in reeks.wissels
    ]


def _x_label(reeks: Reeks, index: int) -> str:
    kwartaal = reeks.kwartalen[index]
    eerste = index == 0 or reeks.kwartalen[index - 1].jaar != kwartaal.jaar
    nummer = f"Q{kwartaal.nummer}" if len(reeks.kwartalen) <= 24 else ""
    return f"{nummer}<br>{kwartaal.jaar}" if eerste else nummer


def _labels(reeks_: Reeks) -> list[Figuurdata]:
    """Direct labels instead of a legend: the last value and the last target, at their own height."""
    labels = []
    doelen, nu = gelijke_stukken(reeks_), reeks.laatste(reeks_)
    if doelen:
        doel = doelen[-1][1]
        korte = f"doel {kort_doel_in_woorden(doel, reeks_)}"
        labels.append(_label("doel", doel, f"doel {exact_in_woorden(doel, reeks_)}", korte))
    if nu is not None and (waarde := reeks_.hoofd.waarden[nu]) is not None:
        labels.append(_label("hoofd", waarde, _tekst(reeks_, reeks_.hoofd, nu), reeks.kort(reeks_, nu)))
    return labels


def _eerdere_labels(reeks: Reeks) -> list[Figuurdata]:
    """Until when an earlier target held, at the end of its line and on the side away from the new one."""
    labels = []
    for run, waarde, tot in eerdere_stukken(reeks):
        kant = "bottom" if waarde > (reeks.doel[run[-1]] or waarde) else "top"
        plek = {"x": run[-1] + 0.45, "xanchor": "right", "y": _getal(waarde), "yanchor": kant, "showarrow": False}
        labels.append({"name": "eerder", "text": escape(f"doel tot {tot}"), "kort": escape(f"tot {tot}"), **plek})
    return labels


def _label(rol: str, y: Decimal, tekst: str, kort: str) -> Figuurdata:
    """``kort`` is for a narrow screen."""
    plek = {"xref": "paper", "x": 1, "xanchor": "left", "y": _getal(y), "showarrow": False}
    return {"name": rol, "text": escape(tekst), "kort": escape(kort), **plek}


GEEN_CIJFERS = "Er zijn nog geen cijfers."


class Figuursoort(StrEnum):
    GROOT = "groot"  # the chart of the page of an indicator
    KLEIN = "klein"  # one of many on the page of a theme
    VONK = "vonk"  # the sparkline in a list


def figuursleutel(soort: Figuursoort, code: str, onderdeel: str, kwartaal: Kwartaal) -> str:
    return f"{soort}:{code}:{onderdeel}:{kwartaal}"


def generatie(bekend: Bekend, indicator: Indicator, rijen: Sequence[Doelbereik] = ()) -> str:
    """The generation a drawing must be of to be the current one; empty where nothing has been computed yet."""
    merk = bekend.merk(indicator, rijen)
    return f"{merk}.{TEKENVERSIE}" if merk else ""


def haal(blik: Blik, indicatoren: Sequence[Indicator], soort: Figuursoort) -> dict[int, Figuur]:
    """Per indicator its drawing: the stored one where it is of the current generation, else drawn now."""
    namen = {figuursleutel(soort, i.code, blik.eenheid.code, blik.kwartaal): i for i in indicatoren}
    bewaard = blik.bekend.figuren().filter(sleutel__in=namen)
    # Only the large chart has data for the browser; the others need not be carried over.
    bewaard = bewaard.defer("plotly") if soort is Figuursoort.VONK else bewaard
    figuren = {namen[f.sleutel].pk: f for f in bewaard if f.generatie == generatie(blik.bekend, namen[f.sleutel])}
    rest = [i for i in indicatoren if i.pk not in figuren]
    nieuw = teken(blik.bekend, blik.uitsnede(rest), (soort,)) if rest else []
    return figuren | {namen[f.sleutel].pk: f for f in nieuw}


def teken(bekend: Bekend, uit: Uitsnede, soorten: Sequence[Figuursoort] = tuple(Figuursoort)) -> list[Figuur]:
    """Draw, in one query for all rows; nothing is stored."""
    alle, figuren = bekend.reeks(uit), []
    for indicator in uit.indicatoren:
        rijen = alle[indicator.pk]
        van = generatie(bekend, indicator, rijen)
        cijfers = build_reeks(indicator, rijen, uit.wissels.get(indicator.pk, ()))
        for soort in soorten:
            naam = figuursleutel(soort, indicator.code, uit.eenheid.code, uit.tot)
            figuren.append(Figuur(sleutel=naam, generatie=van, **_inhoud(soort, indicator, van, rijen, cijfers)))
    return figuren


def _inhoud(
    soort: Figuursoort, indicator: Indicator, van: str, rijen: Sequence[Doelbereik], cijfers: Reeks
) -> dict[str, Any]:
    if soort is Figuursoort.VONK:
        return {"plotly": b"", "svg": svg.vonk(vonkwaarden(indicator, cijfers, rijen))}
    conclusie = _conclusie(indicator, rijen)
    doek = svg.GROOT if soort is Figuursoort.GROOT else svg.KLEIN
    gegevens = {
        "generatie": van,
        "conclusie": conclusie,
        "koppen": reeks.koppen(cijfers),
        "rijen": reeks.rijen(cijfers),
        "uitleg": _uitleg(cijfers),
        **(build_figuur(cijfers) if soort is Figuursoort.GROOT else {}),
    }
    return {"plotly": inpakken(gegevens), "svg": svg.tekening(cijfers, conclusie, doek)}


def _conclusie(indicator: Indicator, rijen: Sequence[Doelbereik]) -> str:
    """The sentence of the latest row with a value; that is the conclusion of the chart."""
    laatste = next((rij for rij in reversed(rijen) if rij.cum_teller is not None), rijen[-1] if rijen else None)
    if laatste is None:
        return GEEN_CIJFERS
    return leid_cijfers_af(laatste, indicator, laatste.doelstelling).reden


def _uitleg(cijfers: reeks.Reeks) -> str:
    band = "norm min marge" if cijfers.bandnaam == NORM else "marge van de monitor"
    delen = [
        (cijfers.bij, "Lijn met punten: jaar tot nu toe. Dunne lijn: het kwartaal zelf."),
        (cijfers.heeft_doel, "Streeplijn: doel."),
        (cijfers.heeft_eerder, "Lichte stippellijn: het doel van voor de wijziging."),
        (cijfers.heeft_band, f"Vlak: {band}."),
        (cijfers.voorlopig, "Open punt: voorlopig."),
        (cijfers.wissels, "Rechtopstaande stippellijn: hier begint een andere agenda."),
    ]
    return " ".join(tekst for aanwezig, tekst in delen if aanwezig)


def als_tekening(figuur: Figuur, indicator: Indicator, adres: str = "") -> svg.Tekening:
    """A stored or fresh figure as the template wants it."""
    inhoud = json.loads(uitpakken(figuur.plotly))
    teksten = {naam: inhoud[naam] for naam in ("conclusie", "koppen", "rijen", "uitleg")}
    return svg.Tekening(
        id=f"figuur-{indicator.code}",
        naam=indicator.naam,
        generatie=figuur.generatie,
        svg=svg.veilig(figuur.svg),
        adres=adres,
        **teksten,
    )
