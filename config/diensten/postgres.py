"""The embedded PostgreSQL: only a unix socket in a private folder, so trust is enough and no port is taken."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg

from config.diensten.plaats import DATABASE, POORT, Plaats, postgres_bin
from config.diensten.proces import laatste_regel, start_proces, start_server
from config.omgeving import Instelfout

STOPSEIN = signal.SIGINT  # a fast shutdown: open connections are ended, nothing is lost
NIEUW = "postgres.nieuw"
ROLLEN = Path(__file__).with_name("rollen.sql")


def start(plaats: Plaats, *, pg_bin: str = "", snel: bool = False) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers; `snel` gives up safety on power loss (tests)."""
    programmas = postgres_bin(pg_bin, plaats)
    gegevens = plaats.huis / "postgres"
    if not (gegevens / "PG_VERSION").exists():
        _initdb(programmas, gegevens, plaats, snel=snel)
    proces = start_server(
        "PostgreSQL",
        _opdracht(programmas, gegevens, plaats, snel=snel),
        lambda: antwoordt(plaats.sockets),
        stopsein=STOPSEIN,
        als=plaats.gebruiker,
        logboek=plaats.huis / "postgres.log",
        vooraf=lambda: _ruim_vreemd_pidbestand(gegevens),
    )
    _maak_database(plaats)
    _maak_rollen(plaats)
    return proces


def antwoordt(sockets: Path, database: str = "postgres") -> bool:
    try:
        verbind(sockets, database).close()
    except psycopg.OperationalError:
        return False
    return True


def verbind(sockets: Path, database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(sockets), port=POORT, user=DATABASE, dbname=database, connect_timeout=2, autocommit=True
    )


def _initdb(programmas: Path, gegevens: Path, plaats: Plaats, *, snel: bool) -> None:
    """Made under another name and then renamed: a half cluster is never taken for a whole one."""
    nieuw = plaats.huis / NIEUW
    shutil.rmtree(nieuw, ignore_errors=True)
    logboek = plaats.huis / "initdb.log"
    opdracht: list[str | Path] = [programmas / "initdb", "-D", nieuw, "-U", DATABASE, "--auth=trust"]
    opdracht += ["--encoding=UTF8", "--locale=C.UTF-8", *(["--no-sync"] if snel else [])]
    proces = start_proces(opdracht, bij_dood=signal.SIGKILL, als=plaats.gebruiker, logboek=logboek)
    if proces.wait() != 0:
        raise Instelfout(f"PostgreSQL kon geen database aanmaken: {laatste_regel(logboek)}")
    nieuw.rename(gegevens)


def _opdracht(programmas: Path, gegevens: Path, plaats: Plaats, *, snel: bool) -> list[str | Path]:
    instellingen = {
        "listen_addresses": "",
        "port": str(POORT),
        "unix_socket_directories": str(plaats.sockets),
        "max_connections": "60",
        "shared_buffers": "128MB",
        "jit": "off",  # compiling costs more than these queries take
        "timezone": "UTC",
        **({"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"} if snel else {}),
    }
    opties = [deel for naam, waarde in instellingen.items() for deel in ("-c", f"{naam}={waarde}")]
    return [programmas / "postgres", "-D", gegevens, *opties]


def _maak_database(plaats: Plaats) -> None:
    with verbind(plaats.sockets, "postgres") as verbinding:
        bestaat = verbinding.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not bestaat:
            verbinding.execute(f"CREATE DATABASE {DATABASE}")


def _maak_rollen(plaats: Plaats) -> None:
    """Also in data of an earlier version, which had one role; in template1 for every database made later."""
    for database in ("template1", DATABASE):
        with verbind(plaats.sockets, database) as verbinding:
            verbinding.execute(ROLLEN.read_bytes())


def _ruim_vreemd_pidbestand(gegevens: Path) -> None:
    """After a crash the number in the pid file may belong to another program; PostgreSQL would then never start.

    Only called by the owner of the lock, so no server of ours runs on this folder but one that is just ending.
    """
    bestand = gegevens / "postmaster.pid"
    try:
        nummer = int(bestand.read_text().split("\n", 1)[0])
        van_ons = os.readlink(f"/proc/{nummer}/cwd") == str(gegevens)
    except FileNotFoundError:
        return
    except (OSError, ValueError):
        van_ons = True
    if not van_ons:
        bestand.unlink(missing_ok=True)
