"""What plotly.py made of a chart, read back: the same numbers and the same words, in their order, and no others."""

from collections.abc import Iterator
from html import unescape
from itertools import zip_longest
from typing import Any

from common.grafiek.beeld import Beeld, Plek, Punt, Spoor, Vorm
from common.grafiek.schaal import onderkant, runs, tekenvolgorde
from common.grafiek.vel import langs_van, waarde_op

Plotgetal = float | int | None
_Punt = tuple[Plotgetal | str, ...]
_LEEG: _Punt = (None, None)


class Tekenfout(Exception):
    """The figure does not say what the chart says; it is not kept."""


def plotgetal(waarde: Plek | None) -> Plotgetal:
    """For the screen only: the nearest binary number, and whole numbers stay whole."""
    if waarde is None:
        return None
    return int(waarde) if waarde == int(waarde) else float(waarde)


def keur_figuur(beeld: Beeld, figuur: dict[str, Any]) -> None:
    """``figuur`` is the JSON of plotly.py, read. Raises Tekenfout where it says anything else than the chart."""
    sporen = [spoor for spoor in figuur["data"] if not spoor["meta"].get("steel")]
    for bedoeld, getekend in zip_longest(tekenvolgorde(beeld), sporen):
        if bedoeld is None or getekend is None:
            raise Tekenfout(f"{len(beeld.sporen)} sporen werden er {len(sporen)}")
        if _getekend(beeld, bedoeld, getekend) != _bedoeld(beeld, bedoeld):
            raise Tekenfout(f"het spoor {bedoeld.naam or bedoeld.rol} zegt iets anders")
    strepen = [streep["x0"] for streep in figuur["layout"].get("shapes", [])]
    if strepen != [plotgetal(g.x) for g in beeld.gebeurtenissen]:
        raise Tekenfout(f"{len(beeld.gebeurtenissen)} gebeurtenissen werden er {len(strepen)}")


def _bedoeld(beeld: Beeld, spoor: Spoor) -> list[_Punt]:
    if spoor.vorm is Vorm.VLAK:
        return [hoek for run in runs(spoor) for hoek in _hoeken(beeld, run)]
    return [_punt(beeld, spoor, punt) for punt in spoor.punten]


def _hoeken(beeld: Beeld, run: list[Punt]) -> Iterator[_Punt]:
    yield from ((plotgetal(langs_van(beeld, punt)), plotgetal(punt.tot)) for punt in run)
    yield from ((plotgetal(langs_van(beeld, punt)), plotgetal(punt.van)) for punt in reversed(run))


def _punt(beeld: Beeld, spoor: Spoor, punt: Punt) -> _Punt:
    """Place, value, how far its interval reaches to both sides (0: none), where its bar begins, and its words."""
    if punt.x is None or punt.y is None:
        return _LEEG
    waarde, staaf = waarde_op(beeld, punt), spoor.vorm is Vorm.STAVEN
    verder = plotgetal(punt.tot - waarde) if punt.tot is not None and punt.van is not None and not staaf else 0
    terug = plotgetal(waarde - punt.van) if punt.tot is not None and punt.van is not None and not staaf else 0
    begin = onderkant(spoor, punt) if staaf else None
    eind = plotgetal(waarde if begin is None else waarde - begin)
    return plotgetal(langs_van(beeld, punt)), eind, verder, terug, plotgetal(begin), punt.tekst


def _getekend(beeld: Beeld, bedoeld: Spoor, spoor: dict[str, Any]) -> list[_Punt]:
    langs, waarden = (spoor.get(naam, []) for naam in ("yx" if beeld.liggend else "xy"))
    if bedoeld.vorm is Vorm.VLAK:
        return [punt for punt in zip(langs, waarden, strict=True) if punt != _LEEG]
    marge = spoor.get("error_x" if beeld.liggend else "error_y", {})
    kolommen = (
        *(langs, waarden, marge.get("array", []), marge.get("arrayminus", []), spoor.get("base", [])),
        [unescape(tekst) for tekst in spoor.get("customdata", [])],
    )
    alle = zip_longest(*kolommen)
    return [_LEEG if None in rij[:2] else (*rij[:2], rij[2] or 0, rij[3] or 0, rij[4], rij[5] or "") for rij in alle]
