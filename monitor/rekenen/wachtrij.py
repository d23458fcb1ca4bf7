"""What must be recomputed: rows in PostgreSQL, written in the transaction of the value itself.

The queue only hurries the work along; a sweep finds what the queue lost.
"""

from __future__ import annotations

import logging
from collections.abc import Collection

from django.db import transaction

from monitor.models import Herberekenverzoek

logger = logging.getLogger(__name__)

# Above this number of places one request for the whole indicator is cheaper than many for single places.
PLEKKEN_PER_INDICATOR = 8


def vraag_herberekeningen(plekken: Collection[tuple[int, int, int]]) -> None:
    """Ask to recompute these (indicator id, onderdeel id, jaar); call it in the transaction of the change."""
    if not plekken:
        return
    Herberekenverzoek.objects.bulk_create(_verzoeken(plekken))
    transaction.on_commit(haast)


def _verzoeken(plekken: Collection[tuple[int, int, int]]) -> list[Herberekenverzoek]:
    per_indicator: dict[int, dict[int, int]] = {}
    for indicator_id, onderdeel_id, jaar in plekken:
        eerste_jaren = per_indicator.setdefault(indicator_id, {})
        eerste_jaren[onderdeel_id] = min(jaar, eerste_jaren.get(onderdeel_id, jaar))
    verzoeken = []
    for indicator_id, eerste_jaren in per_indicator.items():
        if len(eerste_jaren) > PLEKKEN_PER_INDICATOR:
            verzoeken.append(Herberekenverzoek(indicator_id=indicator_id, vanaf_jaar=min(eerste_jaren.values())))
        else:
            verzoeken += [
                Herberekenverzoek(indicator_id=indicator_id, onderdeel_id=onderdeel_id, vanaf_jaar=jaar)
                for onderdeel_id, jaar in eerste_jaren.items()
            ]
    return verzoeken


def haast() -> None:
    """Wake a worker. A queue that is gone or frozen must not spoil a save that has already succeeded."""
    from monitor.rekenen.tasks import herbereken_wachtrij

    try:
        herbereken_wachtrij.delay()
    except Exception:
        logger.warning("De wachtrij is niet bereikbaar; de periodieke ronde rekent dit later uit.", exc_info=True)
