"""What must be recomputed: asked for in the transaction of the value itself, worked off by a worker or a sweep.

The row in PostgreSQL is the truth; the message on the queue only hurries. A queue that is gone, full or frozen
therefore costs time and never a figure.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from celery import current_app
from django.conf import settings
from django.db import connection, transaction

from monitor.models import Herberekenverzoek

log = logging.getLogger(__name__)

TAAK = "monitor.rekenen.tasks.herbereken_wachtrij"
GEDULD = 1.0  # seconds a save may wait for the queue; the sweep is there for the rest

Verzoek = tuple[int, int | None, int | None]  # indicator, onderdeel (None: all), from which year (None: all)


def vraag_herberekening(indicator: int, onderdeel: int | None = None, vanaf_jaar: int | None = None) -> None:
    """Ask, in the caller's transaction, for what depends on one value to be recomputed."""
    vraag_herberekeningen([(indicator, onderdeel, vanaf_jaar)])


def vraag_herberekeningen(verzoeken: Iterable[Verzoek]) -> None:
    """Ask for many at once; the queue is hurried one time, after the transaction is safely written."""
    rijen = [Herberekenverzoek(indicator_id=i, onderdeel_id=o, vanaf_jaar=j) for i, o, j in verzoeken]
    if not rijen:
        return
    Herberekenverzoek.objects.bulk_create(rijen, batch_size=2000)
    if not any(functie is haast for _, functie, *_ in connection.run_on_commit):
        transaction.on_commit(haast)


def haast() -> None:
    """Tell a worker that there is work. Whatever goes wrong here is logged and nothing more."""
    opties = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, "socket_timeout": GEDULD, "socket_connect_timeout": GEDULD}
    try:
        with current_app.connection_for_write(transport_options=opties, connect_timeout=GEDULD) as verbinding:
            current_app.send_task(TAAK, connection=verbinding, retry=False, ignore_result=True)
    except Exception as fout:  # the value is saved; the sweep will find the request
        log.warning("De wachtrij is niet bereikbaar, de herberekening volgt later: %s", fout)
