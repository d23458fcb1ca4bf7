"""A run whose process is gone is ended; one that is at work is left alone."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from common.jobs import ONDERBROKEN, JobRun, job, sluit_onderbroken
from common.locks import Slot

pytestmark = pytest.mark.django_db(transaction=True)
EERDER = timedelta(minutes=5)


def _bezig(ouderdom: timedelta = EERDER) -> JobRun:
    return JobRun.objects.create(soort="proef", begonnen_op=timezone.now() - ouderdom)


def test_een_taak_van_een_gedood_proces_eindigt_als_mislukt() -> None:
    run = _bezig()
    assert sluit_onderbroken() == 1
    run.refresh_from_db()
    assert (run.afloop, run.fout) == (JobRun.Afloop.MISLUKT, ONDERBROKEN)
    assert run.geeindigd_op is not None
    assert sluit_onderbroken() == 0


def test_een_taak_die_net_begon_of_die_loopt_blijft_met_rust() -> None:
    net, loopt = _bezig(timedelta(seconds=1)), _bezig()
    ander = psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor})
    ander.execute("SELECT pg_advisory_lock(%s, %s)", [Slot.TAAK, loopt.pk])
    assert sluit_onderbroken() == 0
    ander.close()  # as when its process is killed
    _wacht_tot_vrij(loopt.pk)
    assert sluit_onderbroken() == 1
    net.refresh_from_db()
    assert net.afloop == JobRun.Afloop.BEZIG


def _wacht_tot_vrij(sleutel: int) -> None:
    """The server ends a connection a moment after its client left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s), pg_advisory_unlock(%s, %s)", [Slot.TAAK, sleutel] * 2)


def test_wie_een_taak_draait_houdt_haar_slot_en_laat_het_los() -> None:
    ander = psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}, autocommit=True)

    def vrij(run: JobRun) -> bool:
        vraag = "SELECT pg_try_advisory_lock(%s, %s) AND pg_advisory_unlock(%s, %s)"
        gevonden = ander.execute(vraag, [Slot.TAAK, run.pk] * 2).fetchone()
        return bool(gevonden and gevonden[0])

    with job("proef") as run:
        assert not vrij(run)
    assert vrij(run)
    with pytest.raises(ZeroDivisionError), job("proef") as run:
        raise ZeroDivisionError
    assert vrij(run)
    run.refresh_from_db()
    assert run.afloop == JobRun.Afloop.MISLUKT
    ander.close()
