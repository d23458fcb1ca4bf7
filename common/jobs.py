"""JobRun: every run of a background job is a row that a person can see, also of one whose process was killed."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import models
from django.utils import timezone

from common.locks import Slot, sessieslot

_log = logging.getLogger(__name__)

GEDULD = 1.0  # seconds that anything may wait for the queue
ONDERBROKEN = "Het programma stopte voordat deze taak klaar was. Wat zij begon, is niet half blijven staan."
NET_BEGONNEN = timedelta(seconds=30)  # the row is there a moment before the lock is held


class JobRun(models.Model):
    """One run: what, for whom, when, how many rows, and how it ended."""

    class Afloop(models.TextChoices):
        BEZIG = "bezig", "Bezig"
        GESLAAGD = "geslaagd", "Geslaagd"
        MISLUKT = "mislukt", "Mislukt"

    soort = models.CharField("soort", max_length=40)
    omschrijving = models.CharField("omschrijving", max_length=200, blank=True)
    aangevraagd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    begonnen_op = models.DateTimeField("begonnen op", default=timezone.now)
    geeindigd_op = models.DateTimeField("geëindigd op", null=True)
    afloop = models.CharField("afloop", max_length=10, choices=Afloop, default=Afloop.BEZIG)
    gelezen = models.PositiveIntegerField("rijen gelezen", default=0)
    berekend = models.PositiveIntegerField("rijen berekend", default=0)
    gewijzigd = models.PositiveIntegerField("rijen gewijzigd", default=0)
    fout = models.TextField("fout", blank=True)

    class Meta:
        verbose_name = "taak"
        verbose_name_plural = "taken"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.soort} {self.begonnen_op:%d-%m-%Y %H:%M:%S}: {self.get_afloop_display()}"

    @property
    def duur(self) -> float | None:
        """Seconds it took, None while it runs."""
        return (self.geeindigd_op - self.begonnen_op).total_seconds() if self.geeindigd_op else None


@contextmanager
def job(soort: str, omschrijving: str = "", door: Any | None = None) -> Iterator[JobRun]:
    """Run a block as a JobRun. Counts and ``fout`` set on the row are kept; an error is kept and raised on.

    Open it outside the transaction of the work, so that a failure stays visible. A block that waits for more after
    its work sets ``geeindigd_op`` itself, so that the waiting does not count.
    """
    run = JobRun.objects.create(soort=soort, omschrijving=omschrijving, aangevraagd_door=door)
    try:
        with sessieslot(Slot.TAAK, run.pk):
            yield run
    except BaseException:
        _eindig(run, JobRun.Afloop.MISLUKT, traceback.format_exc())
        raise
    _eindig(run, JobRun.Afloop.GESLAAGD, run.fout)


def _eindig(run: JobRun, afloop: str, fout: str = "") -> None:
    run.afloop, run.fout, run.geeindigd_op = afloop, fout, run.geeindigd_op or timezone.now()
    run.save(force_update=True)


def sluit_onderbroken() -> int:
    """End the runs whose process is gone, so that nobody waits for them; gives how many."""
    nu = timezone.now()
    bezig = JobRun.objects.filter(afloop=JobRun.Afloop.BEZIG)
    # Not only what began before: after the clock was put back, what was killed seems to begin later.
    bezig = bezig.exclude(begonnen_op__range=(nu - NET_BEGONNEN, nu + NET_BEGONNEN))
    return sum(_sluit_als_verlaten(pk) for pk in bezig.values_list("pk", flat=True))


def _sluit_als_verlaten(pk: int) -> int:
    with sessieslot(Slot.TAAK, pk) as verlaten:
        open_ = JobRun.objects.filter(pk=pk, afloop=JobRun.Afloop.BEZIG) if verlaten else JobRun.objects.none()
        return open_.update(afloop=JobRun.Afloop.MISLUKT, fout=ONDERBROKEN, geeindigd_op=timezone.now())


def stuur(taak: str, *waarden: Any) -> None:
    """Have a worker do a task, by its name. Whatever goes wrong here is logged and nothing more."""
    opties = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, "socket_timeout": GEDULD, "socket_connect_timeout": GEDULD}
    try:
        with current_app.connection_for_write(transport_options=opties, connect_timeout=GEDULD) as verbinding:
            current_app.send_task(taak, args=waarden, connection=verbinding, retry=False, ignore_result=True)
    except Exception as fout:
        _log.warning("De wachtrij is niet bereikbaar, %s volgt later: %s", taak, fout)
