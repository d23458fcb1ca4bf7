from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from common.locks import Slot, is_bezet
from config.diensten.proces import start_proces, stop_proces
from tests import databaserol, legen, proefserver

SERVERS = pytest.StashKey[Any]()
WORKER = pytest.StashKey[bool]()
BROWSERNAMEN = ("chromium", "chromium-browser", "google-chrome")
BROWSERVLAGGEN = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.stash[SERVERS] = proefserver.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    if SERVERS in config.stash:
        proefserver.ruim_op(config.stash[SERVERS])


def _schrijft_echt(item: pytest.Item) -> bool:
    merk = item.get_closest_marker("django_db")
    echt = {"transactional_db", "live_server"}.intersection(getattr(item, "fixturenames", ()))
    return bool(echt or (merk and merk.kwargs.get("transaction")))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First what is rolled back, then what others may write on after it (a worker, a site); in both what takes long
    goes first: at the end no worker waits long for the other."""
    items.sort(key=lambda item: (_schrijft_echt(item), item.get_closest_marker("traag") is None))
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("browser") and not _chromium():
            item.add_marker(pytest.mark.skip(reason="geen Chromium gevonden"))


def _chromium() -> str | None:
    return next((pad for naam in BROWSERNAMEN if (pad := shutil.which(naam))), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's browser; the test is skipped by name where there is none."""
    return _chromium() or pytest.skip("geen Chromium gevonden")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: str) -> dict[str, Any]:
    """Makes the fixtures `browser`, `context` and `page` use the system's browser."""
    return {**browser_type_launch_args, "executable_path": chromium, "args": BROWSERVLAGGEN}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database belongs to the owner, as any other of the program."""
    from django.db import connection
    from django.test import TransactionTestCase

    from common.database.rechten import geef_rechten
    from common.database.rollen import als_eigenaar

    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            naam = connection.ops.quote_name(connection.settings_dict["NAME"])
            cursor.execute(f"ALTER DATABASE {naam} OWNER TO {settings.DATABASE_EIGENAAR['USER']}")
        with als_eigenaar():
            geef_rechten()
    TransactionTestCase._fixture_teardown = legen.leeg


@pytest.fixture(autouse=True)
def _als_site(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test in a transaction runs as the role of the site; one without empties tables after it, and does not.

    Before they are emptied the worker of earlier tests, which got the messages of this one too, puts its work down:
    it would hold rows, and the emptying would end in a deadlock.
    """
    if request.node.get_closest_marker("django_db") is None and "db" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("_django_db_helper")
    from django.db import connection

    if connection.in_atomic_block:
        monkeypatch.setattr("common.database.rollen._verbonden", databaserol.als_eigenaar_in_transactie)
        databaserol.word_site()
        yield
        return
    yield
    if WORKER in request.config.stash:
        _leeg_de_wachtrij()
        _wacht_tot_stil()


@contextmanager
def _stand(django_db_blocker: Any) -> Iterator[None]:
    from django.db import transaction

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as monkeypatch, transaction.atomic():
        monkeypatch.setattr("common.database.rollen._verbonden", databaserol.als_eigenaar_in_transactie)
        databaserol.word_site()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def deelstand(django_db_setup: None, django_db_blocker: Any) -> Callable[[], AbstractContextManager[None]]:
    """A transaction around several tests: what a fixture of their module or class makes in it is there in each of
    them, as it was made. Only for tests that run in a transaction themselves. May stand inside another."""
    return partial(_stand, django_db_blocker)


@pytest.fixture(scope="module")
def gedeelde_stand(deelstand: Callable[[], AbstractContextManager[None]]) -> Iterator[None]:
    """One around all tests of a module."""
    with deelstand():
        yield


@pytest.fixture(autouse=True)
def _achtergrond_leeft() -> None:
    """No beat runs beside a test; a page that said so would say it in every one."""
    from django.core.cache import cache

    from common.hartslag import ACHTERGROND, LEVENSTEKENS, Achtergrond

    cache.set(ACHTERGROND, Achtergrond(dict.fromkeys(LEVENSTEKENS), ()), 3600)


@pytest.fixture(autouse=True)
def _geen_worker(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No page waits for what no worker will make."""
    if "worker" not in request.fixturenames:
        monkeypatch.setattr("monitor.dashboards.verkennen.antwoord.WACHT_OP_BEELD", 0)


@pytest.fixture(scope="session")
def _workerproces(
    request: pytest.FixtureRequest, django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[subprocess.Popen[bytes]]:
    logboek = tmp_path_factory.mktemp("worker") / "worker.log"
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        proefserver.DATABASENAAM: str(settings.DATABASES["default"]["NAME"]),
    }
    opdracht = [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool=prefork", "--concurrency=1"]
    opdracht += ["--loglevel=INFO", "--without-gossip", "--without-mingle", "-n", f"test{proefserver.nummer()}@%h"]
    _leeg_de_wachtrij()
    proces = start_proces(opdracht, bij_dood=signal.SIGKILL, logboek=logboek, env=env)
    _wacht_tot_gereed(proces, logboek)
    request.config.stash[WORKER] = True
    yield proces
    stop_proces(proces, signal.SIGTERM, geduld=15)


def _leeg_de_wachtrij() -> None:
    """What earlier tests asked for with no worker to do it would stand before the work of this one."""
    from config.celery import app

    app.control.purge()


def _wacht_tot_gereed(proces: subprocess.Popen[bytes], logboek: Path) -> None:
    eind = time.monotonic() + 30
    while " ready." not in logboek.read_text():
        if proces.poll() is not None or time.monotonic() > eind:
            raise RuntimeError(f"the worker did not start:\n{logboek.read_text()}")
        time.sleep(0.1)


@pytest.fixture
def worker(transactional_db: None, _workerproces: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A real Celery worker process on the test database; for tests with transaction=True."""
    _leeg_de_wachtrij()
    _wacht_tot_stil()  # tests without this fixture leave it work too
    yield _workerproces
    _wacht_tot_stil()


def _wacht_tot_stil() -> None:
    """It would take the work of the next test, or hold rows while the tables are emptied."""
    eind, stil = time.monotonic() + 30, 0
    while stil < 10 and time.monotonic() < eind:
        stil = 0 if is_bezet(Slot.WACHTRIJ) or _is_aan_het_werk() else stil + 1
        time.sleep(0.05)


def _is_aan_het_werk() -> bool:
    """Whether anybody else does something in the database of this test now."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend' AND state <> 'idle'"
        )
        return bool(cursor.fetchone()[0])
