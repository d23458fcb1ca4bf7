"""Charts for the browser: Plotly figures as plain data. How they look is one template, in static/common/figuur.js.

``role`` in ``meta`` tells that template what a trace is. Every number carries the text of its cell in the table,
so what one reads on hovering is what the table says.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any

import brotli

from common.grafiek import svg
from common.grafiek.reeks import Lijn, Reeks, bandstukken, eerdere_stukken, gelijke_stukken, lijnstukken

# Part of the generation of a stored figure: raise it when a drawing changes, and all are drawn anew.
TEKENVERSIE = 3
_FIJN = Decimal("0.000001")

Figuurdata = dict[str, Any]


def figuur(reeks: Reeks) -> Figuurdata:
    """The figure as Plotly reads it: traces and the parts of the layout that follow from the numbers."""
    sporen = [_band(reeks)] if reeks.heeft_band else []
    sporen += [_doel("eerder", [(r, w) for r, w, _ in eerdere_stukken(reeks)])] if reeks.heeft_eerder else []
    sporen += [_doel("doel", gelijke_stukken(reeks))] if reeks.heeft_doel else []
    if reeks.bij:
        sporen += _lijn(reeks, reeks.bij, "bij")
    sporen += _lijn(reeks, reeks.hoofd, "hoofd")
    return {"data": sporen, "layout": _layout(reeks)}


def inpakken(inhoud: Figuurdata) -> bytes:
    """Compressed JSON, as it is stored and as it goes to a browser that reads brotli."""
    return brotli.compress(json.dumps(inhoud, separators=(",", ":"), allow_nan=False).encode(), quality=5)


def uitpakken(inhoud: bytes | memoryview) -> bytes:
    return brotli.decompress(bytes(inhoud))


def _getal(waarde: Decimal | None) -> float | int | None:
    """For the screen only: six decimals are finer than any pixel, and whole numbers stay whole."""
    if waarde is None:
        return None
    return int(waarde) if waarde == waarde.to_integral_value() else float(waarde.quantize(_FIJN))


def _lijn(reeks: Reeks, lijn: Lijn, rol: str) -> list[Figuurdata]:
    """One trace per run without a gap or New Year in it; a single point is a run too."""
    return [_stuk(reeks, lijn, rol, run) for run in lijnstukken(reeks, lijn)]


def _stuk(reeks: Reeks, lijn: Lijn, rol: str, run: list[int]) -> Figuurdata:
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
    getal = reeks.met_eenheid(waarde) if waarde is not None else ""
    return escape(f"{lijn.naam}, {reeks.kwartalen[index].leesbaar}: {getal}{voorlopig}")


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
    naam = escape(reeks.bandnaam)
    return {
        "type": "scatter",
        "mode": "none",
        "fill": "toself",
        "name": naam,
        "meta": {"rol": "band"},
        "x": x[:-1],
        "y": y[:-1],
    }


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
            "ticktext": [svg.aslabel(w, hoogste, reeks.eenheid) for w in streepjes],
            "range": [_getal(streepjes[0]), _getal(streepjes[-1])],
        },
        "annotations": [*_labels(reeks), *_eerdere_labels(reeks)],
    }


def _x_label(reeks: Reeks, index: int) -> str:
    kwartaal = reeks.kwartalen[index]
    eerste = index == 0 or reeks.kwartalen[index - 1].jaar != kwartaal.jaar
    nummer = f"Q{kwartaal.nummer}" if len(reeks.kwartalen) <= 24 else ""
    return f"{nummer}<br>{kwartaal.jaar}" if eerste else nummer


def _labels(reeks: Reeks) -> list[Figuurdata]:
    """Direct labels instead of a legend: the last value and the last target, at their own height."""
    labels = []
    doelen = gelijke_stukken(reeks)
    bekend = [(i, w) for i, w in enumerate(reeks.hoofd.waarden) if w is not None]
    if doelen:
        doel = doelen[-1][1]
        korte = f"doel {svg.kort(reeks, doel, doel=True)}"
        labels.append(_label("doel", doel, f"doel {reeks.doel_tekst(doel)}", korte))
    if bekend:
        waarde = bekend[-1][1]
        labels.append(_label("hoofd", waarde, reeks.met_eenheid(waarde), svg.kort(reeks, waarde)))
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
