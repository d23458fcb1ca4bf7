"""Servers that die or freeze under a running site. The site must come back by itself, and never hang."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis

from config.diensten.plaats import redis_socket, sockets
from tests.integration.opstelling import manage, processen_van, start, vrije_poort, wacht_op_regel

pytestmark = [pytest.mark.traag, pytest.mark.chaos, pytest.mark.xdist_group("storing")]

PRODUCTIE = {
    "DEBUG": "0",
    "SECRET_KEY": "wK3-pR9vT2nXqL7mZ4bYcJ8sHfDa6GeU1oViN5xQzWtMkBrP0y",
    "ALLOWED_HOSTS": "site.example",
}
STUUR = """
from config.celery import app
print('uitkomst', app.send_task('celery.accumulate', args=(1, 2)).get(timeout=15))
"""
HAAST = """
import time
from monitor.rekenen import wachtrij
begin = time.monotonic()
wachtrij.haast()
print('klaar na', round(time.monotonic() - begin), 's')
"""


@dataclass
class Site:
    data_dir: Path
    poort: int

    def status(self) -> int:
        """The status of /gezondheid/; 0 when no answer came within ten seconds."""
        verzoek = urllib.request.Request(f"http://127.0.0.1:{self.poort}/gezondheid/", headers={"Host": "site.example"})
        try:
            with urllib.request.urlopen(verzoek, timeout=10) as antwoord:  # noqa: S310
                return int(antwoord.status)
        except urllib.error.HTTPError as fout:
            return fout.code
        except OSError:
            return 0

    def nummer(self, *kenmerken: str) -> int:
        """The oldest process whose command line holds all of this."""
        passend = [n for n, regel in processen_van(self.data_dir).items() if all(k in regel for k in kenmerken)]
        return min(passend)

    def stuur(self, code: str = STUUR) -> str:
        """Send a task to the worker and wait for its answer."""
        regels = manage(self.data_dir, "shell", "-v0", "-c", code, **PRODUCTIE).stdout.splitlines()
        return regels[-1] if regels else ""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    basis = Path(tempfile.mkdtemp(prefix="strategie-storing-"))
    basis.chmod(0o755)
    poort = vrije_poort()
    toezicht = start(basis / "data", "-m", "config.toezicht", PORT=str(poort), **PRODUCTIE)
    try:
        wacht_op_regel(toezicht, "Stoppen: Ctrl-C")
        yield Site(basis / "data", poort)
    finally:
        toezicht.send_signal(signal.SIGTERM)
        _sluit(toezicht)
        shutil.rmtree(basis, ignore_errors=True)


def _sluit(toezicht: subprocess.Popen[str]) -> None:
    try:
        toezicht.communicate(timeout=40)
    except subprocess.TimeoutExpired:
        toezicht.kill()
        toezicht.communicate()


def binnen(seconden: float, vraag: Callable[[], bool]) -> bool:
    eind = time.monotonic() + seconden
    while not vraag():
        if time.monotonic() > eind:
            return False
        time.sleep(0.2)
    return True


def test_na_de_dood_van_postgresql_komt_de_site_terug(site):
    assert site.status() == 200
    os.kill(site.nummer("bin/postgres -D"), signal.SIGKILL)
    assert binnen(2, lambda: site.status() == 503)
    assert binnen(20, lambda: site.status() == 200)


def test_na_de_dood_van_valkey_of_worker_loopt_het_werk_door(site):
    assert site.stuur() == "uitkomst [1, 2]"
    os.kill(site.nummer("valkey-server"), signal.SIGKILL)
    assert site.status() == 200
    assert binnen(20, lambda: site.stuur() == "uitkomst [1, 2]")
    os.kill(site.nummer("celery", " worker "), signal.SIGKILL)
    assert binnen(40, lambda: site.stuur() == "uitkomst [1, 2]")


def test_een_bevroren_wachtrij_houdt_niemand_lang_vast(site):
    valkey = site.nummer("valkey-server")
    os.kill(valkey, signal.SIGSTOP)
    try:
        klaar = re.fullmatch(r"klaar na (\d+) s", site.stuur(HAAST))
        assert klaar
        assert int(klaar[1]) <= 5
        assert site.status() == 200
    finally:
        os.kill(valkey, signal.SIGCONT)
    assert binnen(30, lambda: site.stuur() == "uitkomst [1, 2]")


def test_een_wachtrij_die_alleen_leest_stopt_de_worker_niet(site):
    """It would wait for the task in hand before it ends, and take no other meanwhile."""
    werker = site.nummer("celery", " worker ")
    with redis.Redis(unix_socket_path=str(redis_socket(site.data_dir))) as valkey:
        valkey.config_set("min-replicas-to-write", 1)
        try:
            time.sleep(8)
        finally:
            valkey.config_set("min-replicas-to-write", 0)
    assert binnen(30, lambda: site.stuur() == "uitkomst [1, 2]")
    assert site.nummer("celery", " worker ") == werker


def test_na_een_bevroren_database_gaat_de_site_vanzelf_verder(site):
    gegevens = (sockets(site.data_dir).parent / "postgres").resolve()
    bevroren = [n for n in processen_van(site.data_dir) if _werkt_in(n, gegevens)]
    for nummer in bevroren:
        os.kill(nummer, signal.SIGSTOP)
    try:
        assert site.status() in (0, 503)
    finally:
        for nummer in bevroren:
            os.kill(nummer, signal.SIGCONT)
    assert binnen(30, lambda: site.status() == 200)


def _werkt_in(nummer: int, map_: Path) -> bool:
    try:
        return os.readlink(f"/proc/{nummer}/cwd") == str(map_)
    except OSError:
        return False
