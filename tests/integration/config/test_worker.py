from __future__ import annotations

import pytest
from django.db import connection

from config.celery import app
from config.omgeving import BASE_DIR


@pytest.mark.django_db(transaction=True)
def test_een_echte_worker_voert_een_taak_uit(worker):
    assert app.send_task("celery.accumulate", args=(1, 2)).get(timeout=60) == [1, 2]
    assert worker.poll() is None


@pytest.mark.django_db
def test_de_tests_draaien_op_een_eigen_postgresql():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_setting('server_version_num')::int")
        naam, versie = cursor.fetchone()
    assert naam.startswith("test_strategie")
    assert versie >= 150000


def test_de_wachtrij_komt_terug_na_een_gedode_worker():
    """The settings without which a task is lost, or comes back only after more than a minute."""
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
    opties = app.conf.broker_transport_options
    assert opties["visibility_timeout"] > app.conf.task_time_limit
    assert opties["unacked_restore_interval"] <= 5
    assert opties["socket_timeout"] <= 5


def test_de_worker_kent_elke_taak():
    """A task in a module that the worker does not load would be refused when it arrives."""
    app.loader.import_default_modules()
    gepland = {regel["task"] for regel in app.conf.beat_schedule.values()}
    modules = {".".join(pad.relative_to(BASE_DIR).with_suffix("").parts) for pad in BASE_DIR.glob("*/*/tasks.py")}
    assert gepland <= set(app.tasks)
    assert modules <= {taak.__module__ for taak in app.tasks.values()}
