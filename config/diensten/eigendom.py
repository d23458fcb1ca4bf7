"""Who owns the embedded servers. One process starts and stops them; the others use them as long as they need."""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from pathlib import Path

from config.diensten import plaats, postgres, valkey
from config.diensten.plaats import Plaats
from config.diensten.proces import GEDULD, stop_proces
from config.omgeving import Instelfout, Omgeving


class Slot:
    """A file lock; the kernel frees it when its holder dies, in whatever way."""

    def __init__(self, pad: Path) -> None:
        self.bestand: TextIOWrapper = open(pad, "a+")  # noqa: SIM115  (open as long as the lock is held)

    def probeer(self) -> bool:
        try:
            fcntl.flock(self.bestand, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wacht(self) -> None:
        fcntl.flock(self.bestand, fcntl.LOCK_EX)

    def deel(self) -> None:
        fcntl.flock(self.bestand, fcntl.LOCK_SH)

    def sluit(self) -> None:
        self.bestand.close()


class Servers:
    """The servers that no URL was given for."""

    def __init__(self, omgeving: Omgeving, *, snel: bool = False) -> None:
        self.omgeving = omgeving
        self.snel = snel
        self.plaats: Plaats = plaats.bepaal(omgeving.data_dir)
        self.eigenaar = Slot(self.plaats.huis / "eigenaar.lock")
        self.processen: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def namen(self) -> list[str]:
        urls = {"postgres": self.omgeving.database_url, "valkey": self.omgeving.redis_url}
        return [naam for naam, url in urls.items() if not url]

    def neem(self) -> bool:
        """Become the owner; False when another process is."""
        if not self.eigenaar.probeer():
            return False
        self.eigenaar.bestand.truncate(0)
        self.eigenaar.bestand.write(str(os.getpid()))
        self.eigenaar.bestand.flush()
        return True

    def eigenaarsnummer(self) -> str:
        self.eigenaar.bestand.seek(0)
        return self.eigenaar.bestand.read().strip()

    def start(self) -> None:
        for naam in self.namen:
            self.start_een(naam)

    def start_een(self, naam: str) -> None:
        if naam == "postgres":
            self.processen[naam] = postgres.start(self.plaats, pg_bin=self.omgeving.pg_bin, snel=self.snel)
        else:
            self.processen[naam] = valkey.start(self.plaats)

    def antwoordt(self, *, ook_wachtrij: bool) -> bool:
        database = "postgres" not in self.namen or postgres.antwoordt(self.plaats.sockets)
        wachtrij = "valkey" not in self.namen or valkey.antwoordt(self.plaats.sockets)
        return database and (wachtrij or not ook_wachtrij)

    def stop(self) -> None:
        for naam, proces in self.processen.items():
            stop_proces(proces, postgres.STOPSEIN if naam == "postgres" else valkey.STOPSEIN, geduld=10)
        self.processen.clear()


@contextmanager
def voor_opdracht(omgeving: Omgeving) -> Iterator[None]:
    """Servers for the duration of one command: those that run already, or our own that stop with us."""
    if omgeving.database_url and omgeving.redis_url:
        yield
        return
    servers = Servers(omgeving)
    with ExitStack() as opruimen:
        gebruik = Slot(servers.plaats.huis / "gebruik.lock")
        opruimen.callback(gebruik.sluit)
        gebruik.deel()
        if verkrijg(servers):
            opruimen.callback(_stop_na_de_anderen, servers, gebruik)
            servers.start()
        yield


def verkrijg(servers: Servers) -> bool:
    """True when we became the owner, False when another owner's servers answer (in the end without the queue)."""
    eind = time.monotonic() + GEDULD
    while not servers.neem():
        te_laat = time.monotonic() > eind
        if servers.antwoordt(ook_wachtrij=not te_laat):
            return False
        if te_laat:
            raise Instelfout(f"De database van proces {servers.eigenaarsnummer()} antwoordt niet.")
        time.sleep(0.1)
    return True


def _stop_na_de_anderen(servers: Servers, gebruik: Slot) -> None:
    """Another command may still be using our servers: it may finish first."""
    try:
        if not gebruik.probeer():
            print("Een ander commando gebruikt de database nog: wachten tot het klaar is.", file=sys.stderr)
            gebruik.wacht()
    finally:
        servers.stop()
