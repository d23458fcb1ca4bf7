"""A chart as a Plotly figure for the browser: made with plotly.py, which refuses what it does not know, and checked.

Only a worker imports this module. Every number of the figure is one of the chart, every text one of its texts.
"""

import json
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from common.grafiek.beeld import As, Assoort, Beeld, Plek, Rol, Spoor, Vorm, Woord, merk
from common.grafiek.schaal import (
    REGEL,
    Indeling,
    indeling,
    langs_x,
    onderkant,
    op_regels,
    runs,
    staafbreedte,
    tekenvolgorde,
    uiteen,
)
from common.grafiek.svg import HOOG
from common.grafiek.vel import Vel, langs_van, waarde_op
from common.tekst.tekens import zichtbaar
from monitor.dashboards.grafiek.controle import Plotgetal, keur_figuur, plotgetal
from monitor.dashboards.grafiek.sjabloon import REEKSMERK, SJABLOON, SYMBOOL, kleur, letter_van, lijn

HOOGTE, SMAL = 352, 260  # pixels: the usual height of a figure, and of a plot area on a phone its width
_ZEGT = "%{customdata}<extra></extra>"
_Kenmerken = dict[str, Any]


def teken_figuur(beeld: Beeld) -> str:
    """The figure as JSON, as ``vind`` hands it over. Raises ValueError or Tekenfout for what may not be shown."""
    figuur = go.Figure(data=list(_sporen(beeld)), layout=_opmaak(beeld))
    inhoud = json.loads(figuur.to_json(engine="json"))
    keur_figuur(beeld, inhoud)
    teksten = {naam: getattr(beeld, naam) for naam in ("naam", "titel", "onderschrift", "uitleg", "zoombaar")}
    alles = {"merk": merk(beeld), **teksten, "data": inhoud["data"], "layout": inhoud["layout"]}
    return zichtbaar(json.dumps(alles, separators=(",", ":"), allow_nan=False, ensure_ascii=False))


# -- traces


def _sporen(beeld: Beeld) -> Iterator[go.Scatter | go.Bar]:
    genoemd: set[str] = set()
    for spoor in tekenvolgorde(beeld):
        for vorm in _vormen(beeld, spoor):
            eerste = bool(spoor.naam) and spoor.naam not in genoemd
            genoemd.add(spoor.naam)
            yield vorm.update(_naam(spoor, eerste))


def _naam(spoor: Spoor, eerste: bool) -> _Kenmerken:
    naam = escape(spoor.naam)
    return {"name": naam, "showlegend": eerste, **({"legendgroup": naam} if naam else {})}


def _vormen(beeld: Beeld, spoor: Spoor) -> Iterator[go.Scatter | go.Bar]:
    if spoor.vorm is Vorm.VLAK:
        yield _vlak(beeld, spoor)
    elif spoor.vorm is Vorm.STAVEN:
        yield _staven(beeld, spoor)
    else:
        if any(punt.basis is not None for punt in spoor.punten):
            yield _stelen(beeld, spoor)
        yield _lijn(beeld, spoor)


def _meta(spoor: Spoor) -> _Kenmerken:
    adressen = [punt.adres for punt in spoor.punten]
    return {"rol": str(spoor.rol), **({"adres": adressen} if any(adressen) else {})}


def _zegt(spoor: Spoor) -> _Kenmerken:
    teksten = [escape(punt.tekst) for punt in spoor.punten]
    return {"customdata": teksten, "hovertemplate": _ZEGT} if any(teksten) else {"hoverinfo": "skip"}


def _plekken(spoor: Spoor) -> _Kenmerken:
    gaten = [punt.x is None or punt.y is None for punt in spoor.punten]
    return {
        "x": [None if gat else plotgetal(punt.x) for punt, gat in zip(spoor.punten, gaten, strict=True)],
        "y": [None if gat else plotgetal(punt.y) for punt, gat in zip(spoor.punten, gaten, strict=True)],
    }


def _lijn(beeld: Beeld, spoor: Spoor) -> go.Scatter:
    wijze = {Vorm.LIJN: "lines", Vorm.PUNTEN: "markers"}.get(spoor.vorm, "lines+markers")
    punten = {} if spoor.vorm is Vorm.LIJN else {"marker": _merken(spoor)}
    kenmerken = _plekken(spoor) | _zegt(spoor) | punten | _marges(beeld, spoor)
    return go.Scatter(
        mode=wijze, line=lijn(spoor.rol), meta=_meta(spoor), connectgaps=False, cliponaxis=False, **kenmerken
    )


def _merken(spoor: Spoor) -> _Kenmerken:
    gewoon = REEKSMERK.get(spoor.rol, "rond")
    symbolen = [SYMBOOL[punt.merk or gewoon] + ("-open" if punt.open else "") for punt in spoor.punten]
    kleur_ = kleur(spoor.rol)
    return {"symbol": symbolen, "color": kleur_, "size": _grootte(spoor), "line": {"color": kleur_, "width": 2}}


def _grootte(spoor: Spoor) -> int:
    """Of its points, in pixels: small where they would otherwise touch."""
    return 4 if len(spoor.punten) > 60 else 6 if len(spoor.punten) > 30 else 9


def _marges(beeld: Beeld, spoor: Spoor) -> _Kenmerken:
    """The interval of each point, as how far it reaches to both sides."""
    if all(punt.van is None or punt.tot is None for punt in spoor.punten):
        return {}
    verder = [_afstand(punt.tot, waarde_op(beeld, punt)) for punt in spoor.punten]
    terug = [_afstand(waarde_op(beeld, punt), punt.van) for punt in spoor.punten]
    soort = {"type": "data", "symmetric": False, "array": verder, "arrayminus": terug}
    return {
        "error_x" if beeld.liggend else "error_y": soort | {"color": kleur(spoor.rol), "thickness": 1.5, "width": 0}
    }


def _afstand(tot: Plek | None, van: Plek | None) -> Plotgetal:
    return 0 if tot is None or van is None else plotgetal(tot - van)


def _om(beeld: Beeld, langs: Sequence[Plotgetal], waarden: Sequence[Plotgetal]) -> _Kenmerken:
    return {"x": waarden, "y": langs} if beeld.liggend else {"x": langs, "y": waarden}


def _stelen(beeld: Beeld, spoor: Spoor) -> go.Scatter:
    langs: list[Plotgetal] = []
    waarden: list[Plotgetal] = []
    for punt in (punt for run in runs(spoor) for punt in run if punt.basis is not None):
        langs += [plotgetal(langs_van(beeld, punt))] * 2 + [None]
        waarden += [plotgetal(punt.basis), plotgetal(waarde_op(beeld, punt)), None]
    dik = lijn(spoor.rol) | {"width": 3}
    meta = {"rol": str(spoor.rol), "steel": True}
    return go.Scatter(mode="lines", line=dik, hoverinfo="skip", meta=meta, **_om(beeld, langs[:-1], waarden[:-1]))


def _vlak(beeld: Beeld, spoor: Spoor) -> go.Scatter:
    """Closed shapes, one per run without a gap."""
    langs: list[Plotgetal] = []
    waarden: list[Plotgetal] = []
    for run in runs(spoor):
        plekken = [plotgetal(langs_van(beeld, punt)) for punt in run]
        langs += [*plekken, *plekken[::-1], None]
        waarden += [*(plotgetal(punt.tot) for punt in run), *(plotgetal(punt.van) for punt in run[::-1]), None]
    return go.Scatter(
        mode="none",
        fill="toself",
        fillcolor=kleur(spoor.rol),
        opacity=1 if spoor.rol is Rol.BAND else 0.25,
        hoverinfo="skip",
        meta=_meta(spoor),
        **_om(beeld, langs[:-1], waarden[:-1]),
    )


def _staven(beeld: Beeld, spoor: Spoor) -> go.Bar:
    """Of a bar Plotly asks where it begins and how long it is."""
    naast, breed = staafbreedte(beeld)[beeld.sporen.index(spoor)]
    punten = [(punt, None in (punt.x, punt.y), onderkant(spoor, punt)) for punt in spoor.punten]
    lang = [None if gat else _afstand(waarde_op(beeld, punt), van) for punt, gat, van in punten]
    langs = [plotgetal(langs_van(beeld, punt)) for punt, _, _ in punten]
    open_ = [punt.open for punt in spoor.punten]
    rand = {"color": kleur(spoor.rol) if all(open_) else "var(--vlak)", "width": 1}
    return go.Bar(
        orientation="h" if beeld.liggend else "v",
        base=[plotgetal(van) for _, _, van in punten],
        width=plotgetal(breed),
        offset=plotgetal(naast),
        marker={"color": "var(--vlak)" if open_ and all(open_) else kleur(spoor.rol), "line": rand},
        meta=_meta(spoor),
        **_om(beeld, langs, lang),
        **_zegt(spoor),
    )


# -- the layout


def _opmaak(beeld: Beeld) -> go.Layout:
    vel = Vel(beeld, HOOG)
    hoogte = int(vel.hoog) + 12 if beeld.liggend else HOOGTE
    teksten = [*_ernaast(vel, hoogte), *_erin(vel), *_gebeurtenissen(vel), *_astitels(vel)]
    boven, onder = 2 + int(vel.boven), 44 + REGEL * bool(beeld.x.titel)
    return go.Layout(
        template=SJABLOON,
        xaxis=_as(beeld, beeld.x) | _x_streepjes(beeld, vel.rechts - vel.links),
        yaxis=_as(beeld, beeld.y),
        annotations=[tekst for tekst, _ in teksten],
        shapes=[_streep(g.x) for g in beeld.gebeurtenissen],
        margin={"l": 12, "r": int(HOOG.breed - vel.rechts), "t": boven, "b": onder},
        meta={
            "kort": [kort for _, kort in teksten],
            "x_smal": _x_streepjes(beeld, SMAL),
            "soort": [str(beeld.x.soort), str(beeld.y.soort)],
        },
        **({"height": hoogte} if beeld.liggend else {}),
    )


def _as(beeld: Beeld, as_: As) -> _Kenmerken:
    wijze = indeling(beeld, as_)
    omlaag = as_ is beeld.y and beeld.liggend
    return {
        "type": "linear",
        "range": [plotgetal(e) for e in ((wijze.hoog, wijze.laag) if omlaag else (wijze.laag, wijze.hoog))],
        "tickvals": [plotgetal(plek) for plek in wijze.plekken],
        "ticktext": ["<br>".join(map(escape, op_regels(tekst, 200))) for tekst in wijze.teksten],
        "showgrid": as_.soort is Assoort.GETAL,
        "zeroline": as_.soort is Assoort.GETAL,
    }


def _x_streepjes(beeld: Beeld, breed: float) -> _Kenmerken:
    """What is written below the x-axis where the plot area is this wide."""
    if beeld.x.soort is Assoort.GETAL:
        wijze: Indeling = indeling(beeld, beeld.x, 3 if breed == SMAL else 5)
        return {"tickvals": [plotgetal(plek) for plek in wijze.plekken], "ticktext": list(map(escape, wijze.teksten))}
    if beeld.x.soort is Assoort.NAMEN:
        per_plek = breed / max(len(beeld.x.labels), 1) - 4
        teksten = ["<br>".join(map(escape, op_regels(naam, per_plek))) for naam in beeld.x.labels]
        return {"tickvals": list(range(len(teksten))), "ticktext": teksten}
    labels, groepen = langs_x(beeld.x, breed)
    plekken = sorted({*labels, *groepen})
    rij = "<br>" if labels else ""
    teksten = [escape(labels.get(n, "")) + (rij + escape(groepen[n]) if n in groepen else "") for n in plekken]
    return {"tickvals": plekken, "ticktext": teksten}


_Tekst = tuple[_Kenmerken, str]
"""An annotation, with its words for a narrow screen; empty: the same."""


def _ernaast(vel: Vel, hoogte: int) -> Iterator[_Tekst]:
    """Beside the plot area, moved apart for a figure of this height."""
    for woord, omhoog in zip(vel.ernaast, _schuif(vel, hoogte - 76), strict=True):
        plek = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 8, "yshift": omhoog}
        yield plek | _woord(woord, op_regels(woord.tekst, 170)), escape(woord.kort)


def _schuif(vel: Vel, hoogte: float) -> list[float]:
    """How many pixels each word beside the plot area goes up, so that none covers another."""
    wijze, liggend = vel.y_as, vel.beeld.liggend
    delen = [float((woord.y - wijze.laag) / (wijze.hoog - wijze.laag)) for woord in vel.ernaast]
    plekken = [(deel if liggend else 1 - deel) * hoogte for deel in delen]
    hoogten = [REGEL * len(op_regels(woord.tekst, 170)) + 1.0 for woord in vel.ernaast]
    middens = uiteen(list(zip(plekken, hoogten, strict=True)), -10, hoogte + 10)
    return [round(plek - midden, 1) for plek, midden in zip(plekken, middens, strict=True)]


def _erin(vel: Vel) -> Iterator[_Tekst]:
    """Where the drawing has them too: as far from their point, on the same side."""
    for woord, regels, (x, y) in vel.woorden_erin():
        schuif = {"xshift": round(x - vel.x(woord.x or 0), 1), "yshift": round(vel.y(woord.y) - y, 1)}
        plek = {"x": plotgetal(woord.x), "xanchor": "left", "yanchor": "middle"}
        yield plek | schuif | _woord(woord, regels), escape(woord.kort)


def _woord(woord: Woord, regels: Sequence[str]) -> _Kenmerken:
    tekst = "<br>".join(map(escape, regels))
    return {"name": str(woord.rol), "text": tekst, "y": plotgetal(woord.y), "font": letter_van(woord.rol)}


def _gebeurtenissen(vel: Vel) -> Iterator[_Tekst]:
    """Above the plot area, in the rows of the drawing."""
    midden = (vel.x_as.laag + vel.x_as.hoog) / 2
    onderste = max((geplaatst.onderste for geplaatst in vel.rijen_boven), default=0)
    for g in vel.rijen_boven:
        kant = "right" if g.gebeurtenis.x > midden else "left"
        plek = {"x": plotgetal(g.gebeurtenis.x), "xanchor": kant, "yref": "paper", "y": 1, "yanchor": "bottom"}
        smal = (
            [g.gebeurtenis.kort]
            if g.gebeurtenis.kort
            else op_regels(g.gebeurtenis.tekst.split(",")[0], 130, len(g.regels))
        )
        lang, kort = ("<br>".join(map(escape, regels)) for regels in (g.regels, smal))
        schuif = {"align": kant, "yshift": REGEL * (onderste - g.onderste)}
        yield {"name": "gebeurtenis", "text": lang, **plek, **schuif}, kort


def _astitels(vel: Vel) -> Iterator[_Tekst]:
    """Of the y-axis above it, and above the words at its highest points: upright letters are hard to read."""
    boven = int(vel.boven) - 2 - vel.titelregel
    x, y = vel.beeld.x.titel, vel.beeld.y.titel
    if y:
        plek = {
            "xref": "paper",
            "x": 0,
            "xanchor": "left",
            "yref": "paper",
            "y": 1,
            "yanchor": "bottom",
            "yshift": boven,
        }
        yield {"name": "as", "text": escape(op_regels(y, 560, 1)[0]), **plek}, ""
    if x:
        plek = {
            "xref": "paper",
            "x": 0.5,
            "xanchor": "center",
            "yref": "paper",
            "y": 0,
            "yanchor": "top",
            "yshift": -24,
        }
        yield {"name": "as", "text": escape(op_regels(x, 560, 1)[0]), **plek}, ""


def _streep(x: Plek) -> _Kenmerken:
    return {"type": "line", "x0": plotgetal(x), "x1": plotgetal(x), "yref": "paper", "y0": 0, "y1": 1}
