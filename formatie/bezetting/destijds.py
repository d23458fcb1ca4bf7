"""What of an earlier day may be shown beside what is shown now. Pure.

Two days side by side give the difference between them, and that can be one team.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from formatie.bezetting.sommen import Blik, Cel, Opgeteld

Plek = tuple[str, str]


def destijds(blik: Blik) -> Blik:
    """Of an earlier day a reader sees only the districts of which small numbers are shown too.

    Which others are hidden was decided over the figures of now; on another day other numbers were small.
    """
    return replace(blik, districten=blik.precies)


def alleen_compleet(toen: Opgeteld, nu: Opgeteld) -> Opgeteld:
    """The unit as known on an earlier day, without what is half filled or hidden now.

    It has figures only where every part that should report, or has by now, had reported; and of these a column only
    where as many parts had reported it as now. Anything else could be laid beside the figures of now.
    """
    verwacht = max(toen.verwacht, nu.gemeld)
    if toen.gemeld < verwacht:
        return replace(toen, verwacht=verwacht, cellen={})
    return replace(toen, cellen=dict(_gebleven(toen.cellen, nu.cellen)))


def _gebleven(toen: Mapping[Plek, Cel], nu: Mapping[Plek, Cel]) -> list[tuple[Plek, Cel]]:
    gelijk = [(plek, cel, nu[plek]) for plek, cel in toen.items() if plek in nu and nu[plek].gemeld == cel.gemeld]
    return [(plek, _zoals(cel, van_nu)) for plek, cel, van_nu in gelijk]


def _zoals(cel: Cel, nu: Cel) -> Cel:
    """What is hidden now was not shown a day earlier."""
    return replace(cel, waarde=None, verborgen=nu.verborgen) if nu.verborgen else cel
