from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.gezondheid import antwoordt
from config.omgeving import BASE_DIR
from tests.integration.opstelling import (
    maak_dood,
    manage,
    omgeving,
    processen_van,
    ruim_op,
    start,
    vrije_poort,
    wacht_op_regel,
    wacht_tot_leeg,
)

EIGENAAR = """
from django.db import connection as c
from common.database.rollen import als_eigenaar
with als_eigenaar():
    c.cursor().execute('%s'); print('%s')
"""
MAAK = EIGENAAR % ("CREATE TABLE proef (n int)", "gemaakt")
LEES = EIGENAAR % ("SELECT n FROM proef", "gelezen")
TRAAG = "import time; print('bezig', flush=True); time.sleep(60)"
ALS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="alleen als root te proberen")


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A short path that every account may walk to."""
    basis = Path(tempfile.mkdtemp(prefix="strategie-start-"))
    basis.chmod(0o755)
    yield basis / "data"
    ruim_op()
    for nummer in processen_van(basis / "data"):
        os.kill(nummer, signal.SIGKILL)
    for koppeling in ("diensten", "sockets"):
        shutil.rmtree((basis / "data" / koppeling).resolve(), ignore_errors=True)
    shutil.rmtree(basis, ignore_errors=True)


def test_twee_starters_tegelijk_maken_samen_een_database(data_dir):
    starters = [start(data_dir, "manage.py", "shell", "-v0", "-c", "print('klaar')") for _ in range(2)]
    uitvoer = [starter.communicate(timeout=60)[0] for starter in starters]
    assert [starter.returncode for starter in starters] == [0, 0], uitvoer
    assert all("klaar" in tekst for tekst in uitvoer)
    assert wacht_tot_leeg(data_dir, 5) == {}


def test_na_kill_9_van_de_eigenaar_blijft_niets_over_en_is_niets_weg(data_dir):
    assert manage(data_dir, "shell", "-v0", "-c", MAAK).returncode == 0
    eigenaar = start(data_dir, "manage.py", "shell", "-v0", "-c", TRAAG)
    wacht_op_regel(eigenaar, "bezig")
    assert len(processen_van(data_dir)) > 2
    maak_dood(eigenaar)
    # At once, while the old server is still ending: the new starter waits for it.
    uitkomst = manage(data_dir, "shell", "-v0", "-c", LEES)
    assert (uitkomst.returncode, uitkomst.stdout.strip()) == (0, "gelezen"), uitkomst.stderr
    assert wacht_tot_leeg(data_dir, 5) == {}


def test_een_pidbestand_dat_naar_een_ander_programma_wijst_houdt_niets_tegen(data_dir):
    assert manage(data_dir, "shell", "-v0", "-c", MAAK).returncode == 0
    (data_dir / "diensten" / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert manage(data_dir, "shell", "-v0", "-c", LEES).returncode == 0


@pytest.mark.parametrize("naam", ["met spatie", "x" * 90], ids=["spatie", "te lang voor een socket"])
def test_een_pad_dat_niet_in_een_socketadres_past(naam, data_dir):
    lastig = data_dir.parent / naam / "data"
    uitkomst = manage(lastig, "shell", "-v0", "-c", MAAK)
    assert uitkomst.returncode == 0, uitkomst.stderr
    assert manage(lastig, "shell", "-v0", "-c", LEES).stdout.strip() == "gelezen"
    shutil.rmtree((lastig / "sockets").resolve())


@ALS_ROOT
def test_als_root_in_een_map_waar_niemand_anders_in_mag(data_dir):
    dicht = data_dir.parent / "dicht"
    dicht.mkdir(mode=0o700)
    uitkomst = manage(dicht / "data", "shell", "-v0", "-c", MAAK)
    assert uitkomst.returncode == 0, uitkomst.stderr
    assert manage(dicht / "data", "shell", "-v0", "-c", LEES).stdout.strip() == "gelezen"
    assert dicht.stat().st_mode & 0o777 == 0o700
    shutil.rmtree((dicht / "data" / "diensten").resolve())


@ALS_ROOT
def test_zonder_root(data_dir):
    python = shutil.which("python3", path="/usr/bin")
    pakketten = next(path for path in sys.path if path.endswith("site-packages"))
    if python is None or not _kan_alles_importeren(python, pakketten):
        pytest.skip("geen Python van deze versie die elke gebruiker mag uitvoeren")
    data_dir.mkdir()
    shutil.chown(data_dir, "nobody", "nogroup")
    uitkomst = subprocess.run(
        [python, "manage.py", "shell", "-v0", "-c", "import os; print(os.geteuid())"],
        cwd=BASE_DIR,
        env=omgeving(data_dir, PYTHONPATH=pakketten, PYTHONDONTWRITEBYTECODE="1", HOME=str(data_dir)),
        user="nobody",
        group="nogroup",
        extra_groups=[],
        capture_output=True,
        text=True,
    )
    assert uitkomst.returncode == 0, uitkomst.stderr
    assert uitkomst.stdout.strip() != "0"
    assert wacht_tot_leeg(data_dir, 5) == {}


def _kan_alles_importeren(python: str, pakketten: str) -> bool:
    proef = [python, "-c", "import django, psycopg, redis, numpy"]
    return subprocess.run(proef, env={"PYTHONPATH": pakketten}, capture_output=True).returncode == 0


@pytest.mark.parametrize("opdracht", [("manage.py", "migrate"), ("-m", "config.toezicht")], ids=["manage", "toezicht"])
@pytest.mark.parametrize(
    ("instelling", "reden"),
    [
        ({"DATABASE_URL": "postgres://x@127.0.0.1:1/x", "REDIS_URL": "redis://127.0.0.1:1"}, "niet bereikbaar"),
        ({"DEBUG": "0"}, "SECRET_KEY ontbreekt"),
    ],
    ids=["onbereikbaar", "geen sleutel"],
)
def test_een_foute_instelling_geeft_een_regel_en_geen_traceback(instelling, reden, opdracht, data_dir):
    proces = start(data_dir, *opdracht, PORT=str(vrije_poort()), **instelling)
    uitvoer, _ = proces.communicate(timeout=60)
    regels = [regel for regel in uitvoer.splitlines() if regel and regel != "Gestopt."]
    assert proces.returncode not in (0, None)
    assert len(regels) == 1, uitvoer
    assert reden in regels[0]


def test_een_bezette_poort_geeft_een_regel(data_dir):
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))
        bezet.listen()
        poort = bezet.getsockname()[1]
        proces = start(data_dir, "-m", "config.toezicht", PORT=str(poort))
        uitvoer, _ = proces.communicate(timeout=30)
    assert proces.returncode == 1
    assert uitvoer.splitlines() == [
        f"Start afgebroken. Poort {poort} is al in gebruik: kies een andere, bijvoorbeeld PORT={poort + 1}."
    ]


@pytest.mark.traag
@pytest.mark.timeout(360)  # the first start makes the database, the plan and the whole demo
def test_het_toezicht_opent_de_site_en_ruimt_op(data_dir):
    poort = vrije_poort()
    toezicht = start(data_dir, "-m", "config.toezicht", PORT=str(poort))
    uitvoer = "".join(wacht_op_regel(toezicht, "Stoppen: Ctrl-C", 240))
    assert f"http://localhost:{poort}/" in uitvoer
    assert "strategie-demo" in uitvoer
    assert _gezond(poort)
    maak_dood(toezicht)
    assert wacht_tot_leeg(data_dir, 10) == {}

    begin = time.monotonic()
    toezicht = start(data_dir, "-m", "config.toezicht", PORT=str(poort))
    wacht_op_regel(toezicht, "Stoppen: Ctrl-C")
    assert time.monotonic() - begin < 30
    worker = min(nummer for nummer, regel in processen_van(data_dir).items() if "celery -A config worker" in regel)
    os.kill(worker, signal.SIGKILL)
    wacht_op_regel(toezicht, "worker is gestopt")
    toezicht.send_signal(signal.SIGTERM)
    assert toezicht.communicate(timeout=40)[0].rstrip().endswith("Gestopt.")
    assert toezicht.returncode == 0
    assert wacht_tot_leeg(data_dir, 2) == {}


def _gezond(poort: int) -> bool:
    """As who watches it asks: a machine that is too busy to reach its database says 503, and may be asked again."""
    eind = time.monotonic() + 30
    while not (goed := antwoordt(poort, "localhost")) and time.monotonic() < eind:
        time.sleep(0.5)
    return goed
