"""When beat sends what: by the clock that only goes forward, so that no jump of the wall clock silences it.

Nothing is bound to an hour of the day. What must happen once a day is asked for every few minutes, and sees in the
database that this day had it already; so midnight, a night with an hour twice or without one, and a machine that was
off need no rule of their own.
"""

import logging
import time
from typing import Any

from celery.beat import ScheduleEntry, Scheduler
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections

from common.hartslag import klop

_log = logging.getLogger(__name__)

HOOGSTENS = 2.0  # seconds that one message may wait for the queue
OPNIEUW = 10.0  # seconds after which what the queue did not take is sent again


class Klok(Scheduler):
    """Beat's scheduler. It keeps nothing on disk: after a start everything is due at once, and does no harm twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.beurt: dict[str, float] = {}  # when each entry is due, on the monotonic clock
        super().__init__(*args, **kwargs)

    def tick(self) -> float:
        """Send what is due and say so in the database; gives the seconds until the next is."""
        nu = time.monotonic()
        gelukt = True
        for entry in [entry for entry in self.schedule.values() if self.beurt.get(entry.name, nu) <= nu]:
            # After one that failed the others would only wait as long, and hold up the sign of life.
            gelukt = gelukt and self._stuur(entry)
            wacht = entry.schedule.seconds
            self.beurt[entry.name] = nu + (wacht if gelukt else min(wacht, OPNIEUW))
        _toon_leven(gelukt)
        return max(0.0, min(self.beurt.values()) - time.monotonic())

    def _stuur(self, entry: ScheduleEntry) -> bool:
        opties = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, "socket_timeout": HOOGSTENS}
        try:
            with self.app.connection_for_write(transport_options=opties, connect_timeout=HOOGSTENS) as verbinding:
                self.app.send_task(
                    entry.task, connection=verbinding, retry=False, ignore_result=True, **(entry.options or {})
                )
        except Exception as fout:  # whatever it is, beat goes on: it sends again in a moment
            _log.warning("De wachtrij is niet bereikbaar, %s volgt later: %s", entry.name, fout)
            return False
        return True


def _toon_leven(wachtrij: bool) -> None:
    try:
        close_old_connections()
        klop("beat", *(["wachtrij"] if wachtrij else []))
    except (DatabaseError, InterfaceError) as fout:
        _log.warning("De database is niet bereikbaar, het levensteken volgt later: %s", fout)
