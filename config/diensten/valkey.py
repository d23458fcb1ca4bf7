"""The embedded Valkey (Redis protocol): a unix socket, and every write in an append-only file."""

import signal
import subprocess
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.diensten.plaats import Plaats, eigen_map, valkey_server
from config.diensten.proces import start_server

STOPSEIN = signal.SIGTERM
SOCKET = "valkey.sock"


def start(plaats: Plaats) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers."""
    programma = valkey_server(plaats)
    gegevens = eigen_map(plaats.huis / "valkey", plaats.gebruiker)
    return start_server(
        "Valkey",
        _opdracht(programma, gegevens, plaats),
        lambda: antwoordt(plaats.sockets),
        stopsein=STOPSEIN,
        als=plaats.gebruiker,
        logboek=plaats.huis / "valkey.log",
    )


def antwoordt(sockets: Path) -> bool:
    geen_herhaling = Retry(NoBackoff(), 0)
    verbinding = redis.Redis(unix_socket_path=str(sockets / SOCKET), socket_timeout=2, retry=geen_herhaling)
    try:
        return bool(verbinding.ping())
    except redis.RedisError:
        return False
    finally:
        verbinding.close()


def _opdracht(programma: Path, gegevens: Path, plaats: Plaats) -> list[str | Path]:
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
    return [programma, *opties]
