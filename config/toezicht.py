"""`make run`: one supervisor for the servers and the three processes of the site. No Django, so it stays small."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

import psycopg
import redis

from config import omgeving
from config.diensten.eigendom import Servers
from config.diensten.proces import GEDULD, start_proces, stop_proces
from config.diensten.waakhond import proeven, ruim_nakomelingen, waak
from config.gezondheid import antwoordt
from config.omgeving import Instelfout, Omgeving

# A page that waits longer than this on the database is given up, so that a lock or a slow query holds nobody else.
PAGINALIMIETEN = "-c statement_timeout=8000 -c lock_timeout=5000"
# A worker that stops in the middle of a transaction, and so of its locks, is let go by the database after a minute.
WERKLIMIETEN = "-c idle_in_transaction_session_timeout=60000"


@dataclass(frozen=True)
class Proces:
    naam: str
    opdracht: tuple[str, ...]  # after "python"
    geduld: float  # seconds it may take to finish what it is doing
    bij_dood: signal.Signals  # what the kernel sends it when the supervisor is killed
    env: dict[str, str] = field(default_factory=dict)


def processen(adres: str) -> list[Proces]:
    """`adres` is host:port of the web server."""
    return [
        Proces("web", web(adres), 12, signal.SIGTERM, {"PGOPTIONS": PAGINALIMIETEN}),
        # Killed, not asked: a worker that is asked waits for a broker that died at the same moment.
        Proces("worker", _worker(), 20, signal.SIGKILL, {"PGOPTIONS": WERKLIMIETEN}),
        Proces("beat", _beat(), 5, signal.SIGTERM, {"PGOPTIONS": WERKLIMIETEN}),
    ]


def web(adres: str) -> tuple[str, ...]:
    """The web server on this address, as what follows ``python``."""
    return ("-m", "config.web.meester", adres)


def _worker() -> tuple[str, ...]:
    return (
        *("-m", "celery", "-A", "config", "worker", "--concurrency", "2"),
        *("--loglevel", "INFO", "--without-gossip", "--without-mingle"),
    )


def _beat() -> tuple[str, ...]:
    return ("-m", "celery", "-A", "config", "beat", "--loglevel", "INFO", "--pidfile=")


ADRES = "127.0.0.1"
LANGSTE_PAUZE = 8.0  # seconds between two starts of a process that keeps dying; within a minute all is to be back
STABIEL = 60.0  # seconds after which a process counts as started well
DEMO = (
    "rvo-lid",
    "analist",
    "analist-2",
    "vaststeller",
    "vaststeller-2",
    "districtschef-a",
    "portefeuillehouder",
    "programmadirecteur",
    "adviescommissie",
    "beheerder",
    "beheerder-2",
)


@dataclass
class Bewaakt:
    """One child, and what is known about its last start."""

    naam: str
    proces: subprocess.Popen[bytes]
    gestart: float = field(default_factory=time.monotonic)
    pauze: float = 1.0
    weer_vanaf: float | None = None  # not running; may be started again from this moment


class Toezicht:
    def __init__(self, instellingen: Omgeving) -> None:
        self.instellingen = instellingen
        self.logmap = instellingen.data_dir / "log"
        self.stoppen = False
        self.servers: Servers | None = None
        self.adres = f"{ADRES}:{instellingen.port}"
        self.soorten = {p.naam: p for p in processen(self.adres)}
        self.kinderen: dict[str, Bewaakt] = {}

    def draai(self) -> int:
        for sein in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sein, self._stopsein)
        controleer_poort(self.instellingen.port)
        try:
            self._start_servers()
            if self.stoppen or not self._bereid_voor():
                return 0 if self.stoppen else 1
            for naam in self.soorten:
                self.kinderen[naam] = Bewaakt(naam, self._start(naam))
            waak(self._lopend, proeven(self.instellingen, self.adres))
            self._meld_adres()
            self._bewaak()
            return 0
        finally:
            self._stop()

    def _stopsein(self, nummer: int, frame: FrameType | None) -> None:
        self.stoppen = True

    def _start_servers(self) -> None:
        controleer_urls(self.instellingen)
        if self.instellingen.database_url and self.instellingen.redis_url:
            return
        self.servers = Servers(self.instellingen)
        eind = time.monotonic() + GEDULD
        while not self.servers.neem():
            if time.monotonic() > eind:
                raise Instelfout(
                    f"Hier draait al een proces met deze gegevens (nummer {self.servers.eigenaarsnummer()})."
                )
            time.sleep(0.2)
        print("Database en wachtrij starten ...", flush=True)
        self.servers.start()
        self.kinderen = {naam: Bewaakt(naam, proces) for naam, proces in self.servers.processen.items()}

    def _bereid_voor(self) -> bool:
        proces = start_proces([sys.executable, "-m", "config.voorbereiden"], bij_dood=signal.SIGTERM)
        while proces.poll() is None:
            if self.stoppen:
                stop_proces(proces, signal.SIGTERM, geduld=5)
            time.sleep(0.05)
        return proces.returncode == 0

    def _start(self, naam: str) -> subprocess.Popen[bytes]:
        if self.servers and naam in self.servers.namen:
            self.servers.start_een(naam)
            return self.servers.processen[naam]
        soort: Proces = self.soorten[naam]
        self.logmap.mkdir(exist_ok=True)
        return start_proces(
            [sys.executable, *soort.opdracht],
            bij_dood=soort.bij_dood,
            logboek=self.logmap / f"{naam}.log",
            env=os.environ | soort.env,
        )

    def _meld_adres(self) -> None:
        if not self._wacht_op_web():
            print(f"De webserver antwoordt nog niet; kijk in {self.logmap / 'web.log'}.", file=sys.stderr)
            return
        print(f"\nDe site draait op http://localhost:{self.instellingen.port}/")
        if self.instellingen.proef:
            print(f"Inloggen met {', '.join(DEMO)}; het wachtwoord is steeds strategie-demo.")
        print(f"Logboeken: {self.logmap}. Stoppen: Ctrl-C.\n", flush=True)

    def _wacht_op_web(self) -> bool:
        eind = time.monotonic() + 30
        while time.monotonic() < eind and not self.stoppen:
            if antwoordt(self.instellingen.port, self.instellingen.allowed_hosts[0]):
                return True
            time.sleep(0.1)
        return False

    def _lopend(self) -> dict[str, int]:
        """The process number of each child that runs, for who watches whether they answer."""
        kinderen = dict(self.kinderen)
        return {naam: kind.proces.pid for naam, kind in kinderen.items() if kind.proces.returncode is None}

    def _bewaak(self) -> None:
        while not self.stoppen:
            for bewaakt in self.kinderen.values():
                self._kijk(bewaakt)
            time.sleep(0.25)

    def _kijk(self, bewaakt: Bewaakt) -> None:
        nu = time.monotonic()
        if bewaakt.weer_vanaf is None and bewaakt.proces.poll() is not None:
            bewaakt.pauze = 1.0 if nu - bewaakt.gestart > STABIEL else min(bewaakt.pauze * 2, LANGSTE_PAUZE)
            bewaakt.weer_vanaf = nu + bewaakt.pauze
            print(
                f"{bewaakt.naam} is gestopt; opnieuw starten over {bewaakt.pauze:.0f} s.", file=sys.stderr, flush=True
            )
        elif bewaakt.weer_vanaf is not None and nu >= bewaakt.weer_vanaf:
            self._herstart(bewaakt)

    def _herstart(self, bewaakt: Bewaakt) -> None:
        bewaakt.gestart, bewaakt.weer_vanaf = time.monotonic(), None
        ruim_nakomelingen(bewaakt.proces.pid)
        try:
            bewaakt.proces = self._start(bewaakt.naam)
        except Instelfout as fout:
            print(fout, file=sys.stderr, flush=True)

    def _stop(self) -> None:
        """First what uses the servers, all at the same time; then the servers."""
        eigen = [(self.soorten[b.naam], b.proces) for b in self.kinderen.values() if b.naam in self.soorten]
        for _, proces in eigen:
            if proces.poll() is None:
                proces.terminate()
        for soort, proces in eigen:
            stop_proces(proces, signal.SIGTERM, geduld=soort.geduld)
        if self.servers:
            self.servers.stop()
        print("Gestopt.", flush=True)


def controleer_poort(poort: int) -> None:
    with socket.socket() as proef:
        proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            proef.bind((ADRES, poort))
        except OSError:
            raise Instelfout(
                f"Poort {poort} is al in gebruik: kies een andere, bijvoorbeeld PORT={poort + 1}."
            ) from None


def controleer_urls(instellingen: Omgeving) -> None:
    """The servers that were named must answer before anything starts."""
    if instellingen.database_url:
        try:
            psycopg.connect(instellingen.database_url, connect_timeout=5).close()
        except psycopg.Error as fout:
            raise Instelfout(f"De database is niet bereikbaar: {omgeving.eerste_regel(fout)}") from None
    if instellingen.redis_url:
        try:
            url = instellingen.redis_url.replace("redis+socket://", "unix://", 1)
            redis.from_url(url, socket_connect_timeout=5, socket_timeout=5).ping()
        except (redis.RedisError, ValueError) as fout:
            raise Instelfout(f"Redis is niet bereikbaar: {omgeving.eerste_regel(fout)}") from None


def main() -> int:
    try:
        return Toezicht(omgeving.lees()).draai()
    except Instelfout as fout:
        print(f"Start afgebroken. {fout}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
