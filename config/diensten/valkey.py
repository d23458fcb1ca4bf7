"""The embedded Valkey (Redis protocol): a unix socket, and every write in an append-only file."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.diensten.plaats import Plaats, eigen_map, valkey_server
from config.diensten.postgres import laatste_regel
from config.diensten.proces import start_proces, stop_proces
from config.omgeving import Instelfout

GEDULD = 15.0  # seconds
STOPSEIN = signal.SIGTERM
SOCKET = "valkey.sock"


def start(plaats: Plaats) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers."""
    programma = valkey_server(plaats)
    gegevens = eigen_map(plaats.huis / "valkey", plaats.gebruiker)
    eind = time.monotonic() + GEDULD
    while True:
        proces = _start(programma, gegevens, plaats)
        if _wacht(proces, plaats, eind):
            return proces
        if time.monotonic() > eind:
            stop_proces(proces, STOPSEIN, geduld=5)
            raise Instelfout(f"Valkey start niet: {laatste_regel(plaats.huis / 'valkey.log')}")
        time.sleep(0.2)


def antwoordt(sockets: Path) -> bool:
    geen_herhaling = Retry(NoBackoff(), 0)
    verbinding = redis.Redis(unix_socket_path=str(sockets / SOCKET), socket_timeout=2, retry=geen_herhaling)
    try:
        return bool(verbinding.ping())
    except redis.RedisError:
        return False
    finally:
        verbinding.close()


def _start(programma: Path, gegevens: Path, plaats: Plaats) -> subprocess.Popen[bytes]:
    instellingen = {
        "port": "0",
        "unixsocket": str(plaats.sockets / SOCKET),
        "unixsocketperm": "700",
        "dir": str(gegevens),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    opties = [deel for naam, waarde in instellingen.items() for deel in (f"--{naam}", waarde)]
    return start_proces(
        [programma, *opties], bij_dood=STOPSEIN, als=plaats.gebruiker, logboek=plaats.huis / "valkey.log"
    )


def _wacht(proces: subprocess.Popen[bytes], plaats: Plaats, eind: float) -> bool:
    while time.monotonic() < eind and proces.poll() is None:
        if antwoordt(plaats.sockets):
            return proces.poll() is None
        time.sleep(0.02)
    return False
