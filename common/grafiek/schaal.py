"""Where everything in a chart goes, for the drawing and for Plotly alike: ranges, round numbers, labels that fit.

Widths and heights are in pixels of letters of 12; they are estimates on the safe side, since a server has no fonts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from textwrap import wrap

from common.grafiek.beeld import As, Assoort, Beeld, Plek, Punt, Spoor, Vorm
from common.tekst.cijfers import as_in_woorden

STREEPJES = 5
REGEL = 15  # from one line of text to the next
_HALF = Decimal("0.5")
_SMAL, _BREED = frozenset("iljtfrI.,:;'|()[] "), frozenset("mwMWQO%@—…")
_IN_GETAL, _VAST = re.compile(r"(?<=€) (?=[\d−-])|(?<=\d) (?=(mln|mld|fte|procentpunt)\b)"), "\u00a0"
_STAPPEN = (1, 2, 4, 5, 10, 20, 25, 50, 100)


@dataclass(frozen=True)
class Indeling:
    """One axis: its ends, and the places where something is written with what that is."""

    laag: Decimal
    hoog: Decimal
    plekken: tuple[Decimal, ...]
    teksten: tuple[str, ...]


def breedte(tekst: str) -> float:
    return sum(4.2 if teken in _SMAL else 10.5 if teken in _BREED else 7.4 for teken in tekst)


def op_regels(tekst: str, breed: float, meeste: int = 2) -> tuple[str, ...]:
    """The text in at most so many lines of this width; no number breaks; what does not fit is cut with "…"."""
    tekens = max(int(breed / 7.4), 4)
    heel = _IN_GETAL.sub(_VAST, tekst)
    regels = [regel.replace(_VAST, " ") for regel in wrap(heel, tekens, break_on_hyphens=False)] or [""]
    return tuple(regels) if len(regels) <= meeste else (*regels[: meeste - 1], f"{regels[meeste - 1][: tekens - 1]}…")


def asstreepjes(
    laagste: Decimal, hoogste: Decimal, hoeveel: int = STREEPJES, fijnste: Decimal = Decimal(0)
) -> list[Decimal]:
    """Round numbers that together cover the range, at most ``hoeveel`` + 2 of them; exact, so 0,3 is 0,3.

    ``fijnste`` is the smallest step that means something: half a person does not.
    """
    bereik = hoogste - laagste
    if bereik <= 0:
        bereik = abs(hoogste) or Decimal(1)
    grof = bereik / hoeveel
    macht = Decimal(1).scaleb(grof.adjusted())
    stap = max(next(macht * f for f in (1, 2, 5, 10) if macht * f >= grof), fijnste)
    eerste = (laagste / stap).to_integral_value(ROUND_FLOOR)
    laatste = max((hoogste / stap).to_integral_value(ROUND_CEILING), eerste + 1)
    return [stap * (eerste + n) for n in range(int(laatste - eerste) + 1)]


def indeling(beeld: Beeld, as_: As, hoeveel: int = STREEPJES) -> Indeling:
    """``as_`` is one of the two of this chart."""
    if as_.soort is not Assoort.GETAL:
        plekken = tuple(Decimal(n) for n in range(len(as_.labels)))
        return Indeling(-_HALF, max(len(as_.labels), 1) - _HALF, plekken, as_.labels)
    laag, hoog = as_.bereik or _bereik(beeld, as_)
    plekken = tuple(asstreepjes(laag, hoog, hoeveel, Decimal(1).scaleb(-as_.decimalen)))
    return Indeling(plekken[0], plekken[-1], plekken, _getallen(plekken, as_.eenheid))


def _getallen(plekken: Sequence[Decimal], eenheid: str) -> tuple[str, ...]:
    grootste = max(plekken, key=abs)
    return tuple(as_in_woorden(plek, grootste, eenheid).replace("-", "−") for plek in plekken)


def _bereik(beeld: Beeld, as_: As) -> tuple[Decimal, Decimal]:
    alle = [
        Decimal(getal) for spoor in beeld.sporen for punt in spoor.punten for getal in _op_as(beeld, as_, spoor, punt)
    ]
    alle += [Decimal(woord.y) for woord in beeld.woorden if as_ is beeld.y]
    laag, hoog = (min(alle), max(alle)) if alle else (Decimal(0), Decimal(1))
    return (min(laag, Decimal(0)), max(hoog, Decimal(0))) if as_.vanaf_nul else (laag, hoog)


def _op_as(beeld: Beeld, as_: As, spoor: Spoor, punt: Punt) -> Iterator[Plek]:
    """Every number of a point that must fit on this axis."""
    plek = punt.x if as_ is beeld.x else punt.y
    if plek is not None:
        yield plek
    if is_waarde(beeld, as_) and None not in (punt.x, punt.y):
        yield from (getal for getal in (punt.van, punt.tot, onderkant(spoor, punt)) if getal is not None)


def is_waarde(beeld: Beeld, as_: As) -> bool:
    return as_ is (beeld.x if beeld.liggend else beeld.y)


def onderkant(spoor: Spoor, punt: Punt) -> Decimal | None:
    """Where a bar or a stem begins."""
    return Decimal(0) if punt.basis is None and spoor.vorm is Vorm.STAVEN else punt.basis


def runs(spoor: Spoor) -> list[list[Punt]]:
    """The runs of points without a gap."""
    gevonden: list[list[Punt]] = [[]]
    for punt in spoor.punten:
        if punt.x is None or punt.y is None:
            gevonden.append([])
        else:
            gevonden[-1].append(punt)
    return [run for run in gevonden if run]


def tekenvolgorde(beeld: Beeld) -> list[Spoor]:
    """Areas lie below everything else."""
    return sorted(beeld.sporen, key=lambda spoor: spoor.vorm is not Vorm.VLAK)


def staafbreedte(beeld: Beeld) -> dict[int, tuple[Decimal, Decimal]]:
    """Per trace of bars where it begins beside its place and how wide it is; bars on a base stand on one another."""
    staven = [n for n, spoor in enumerate(beeld.sporen) if spoor.vorm is Vorm.STAVEN]
    naast = [n for n in staven if all(punt.basis is None for punt in beeld.sporen[n].punten)]
    breed, samen = Decimal("0.7"), len(naast) if len(naast) == len(staven) else 1
    return {n: (-breed / 2 + breed / samen * (plek % samen), breed / samen) for plek, n in enumerate(staven)}


def langs_x(as_: As, breed: float) -> tuple[dict[int, str], dict[int, str]]:
    """What is written below the places of the x-axis, and in the second row; thinned until nothing touches."""
    per_plek = breed / max(len(as_.labels), 1)
    past = all(breedte(label) + 5 <= per_plek for label in as_.labels)
    if as_.groepen and not past:
        return {}, uitgedund(as_.groepen, per_plek)
    labels = list(enumerate(as_.labels))
    return dict(labels) if past else uitgedund(labels, per_plek), uitgedund(as_.groepen, per_plek)


def uitgedund(paren: Sequence[tuple[int, str]], per_plek: float) -> dict[int, str]:
    """Every so many, counted from the last; the first goes where only that one would touch."""
    for stap in _STAPPEN:
        gekozen = list(reversed(paren[::-1][::stap]))
        raakt = [
            (later[0] - eerder[0]) * per_plek < (breedte(later[1]) + breedte(eerder[1])) / 2 + 8
            for eerder, later in pairwise(gekozen)
        ]
        if not any(raakt[1:]):
            return dict(gekozen[1:] if raakt and raakt[0] else gekozen)
    return dict(paren[-1:])


def uiteen(plekken: Sequence[tuple[float, float]], boven: float, onder: float) -> list[float]:
    """The middles of labels (middle, height) moved apart, in their order, between these edges as far as they fit."""
    volgorde = sorted(range(len(plekken)), key=lambda n: plekken[n][0])
    midden, grens = [plek for plek, _ in plekken], boven
    for n in volgorde:
        midden[n] = max(midden[n], grens + plekken[n][1] / 2)
        grens = midden[n] + plekken[n][1] / 2
    grens = max(onder, boven + sum(hoogte for _, hoogte in plekken))
    for n in reversed(volgorde):
        midden[n] = min(midden[n], grens - plekken[n][1] / 2)
        grens = midden[n] - plekken[n][1] / 2
    return midden
