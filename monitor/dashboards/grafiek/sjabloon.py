"""The one template of every figure for the browser: letters, axes, hover, and how each role looks.

Colours are names of tokens (``var(--inkt)``); the browser fills in those of light, dark or paper. Imported by a worker
only, with plotly.
"""

from typing import Any

import plotly.graph_objects as go

from common.grafiek.beeld import Rol

_INKT = {"color": "var(--inkt-2)", "size": 12}
_AS = {
    "showline": False,
    "gridcolor": "var(--raster)",
    "zerolinecolor": "var(--lijn-sterk)",
    "tickfont": _INKT,
    "ticks": "",
    "automargin": True,
    "fixedrange": True,
}
_DASHES = {Rol.OUD_DOEL: "dot", Rol.GRENS: "dot", Rol.NORM: "4px,3px", Rol.VERWACHTING: "4px,3px"}
_DASHES |= {Rol.REEKS_2: "dash", Rol.REEKS_3: "dot", Rol.REEKS_4: "dashdot", Rol.REEKS_5: "longdash"}
_DASHES |= {Rol.REEKS_6: "longdashdot"}
_BREED = {Rol.HOOFD: 2.5, Rol.DOEL: 2, Rol.EERDER: 1.25}
_GEWOON = frozenset({Rol.EERDER, Rol.BAND, Rol.NEUTRAAL, Rol.NORM, Rol.VERWACHTING})
_INKTROL = frozenset({Rol.HOOFD, Rol.DOEL})
SYMBOOL = {
    "rond": "circle",
    "ruit": "diamond",
    "vierkant": "square",
    "driehoek-op": "triangle-up",
    "driehoek-neer": "triangle-down",
    "kruis": "x-thin",
    "plus": "cross-thin",
    "ster": "star",
    "zeshoek": "hexagon",
    "streep": "line-ew",
}
REEKSMERK = dict(zip((f"reeks-{n}" for n in range(1, 7)), SYMBOOL, strict=False))

SJABLOON = go.layout.Template(
    layout={
        "font": _INKT | {"family": "var(--letter)"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": ["var(--g-reeks-1)"],
        "hovermode": "closest",
        "dragmode": False,
        "showlegend": False,
        "separators": ",.",
        "barmode": "overlay",
        "hoverlabel": {
            "bgcolor": "var(--vlak)",
            "bordercolor": "var(--lijn-sterk)",
            "font": {"color": "var(--inkt)", "size": 12},
            "align": "left",
        },
        "xaxis": _AS | {"tickangle": 0},
        "yaxis": _AS,
        "annotationdefaults": {"showarrow": False, "font": _INKT, "align": "left"},
        "shapedefaults": {"line": {"color": "var(--inkt-2)", "width": 1, "dash": "dot"}},
    }
)


def kleur(rol: Rol) -> str:
    return f"var(--g-{rol})"


def lijn(rol: Rol) -> dict[str, Any]:
    return {"color": kleur(rol), "width": _BREED.get(rol, 1.5), "dash": _DASHES.get(rol, "solid")}


def letter_van(rol: Rol) -> dict[str, Any]:
    """Of a word in the chart: in the ink of the page, or in the colour of what it is about."""
    if rol in _GEWOON and rol is not Rol.VERWACHTING:
        return _INKT
    return {
        "color": "var(--inkt)" if rol in _INKTROL else kleur(rol),
        "size": 12,
        "weight": 400 if rol in _GEWOON else 600,
    }
