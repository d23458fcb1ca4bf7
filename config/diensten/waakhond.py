"""Notices a child of the supervisor that lives but does not go on: stopped by a signal, or stuck. No Django.

It only kills; the supervisor sees the death and starts anew. On a busy machine nothing is killed for being slow: a
process counts as frozen when the kernel says that it is stopped, and as stuck only when question after question is
taken and never answered. Time in which the machine itself slept does not count, and neither does the clock on the wall.
"""

import http.client
import os
import signal
import sys
import threading
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from config.diensten import valkey
from config.diensten.plaats import DATABASE, POORT, sockets
from config.omgeving import Omgeving

TUSSENPOOS = 5.0  # seconds between two looks
BEVROREN = 15.0  # seconds that the kernel says a process is stopped
GESTOPT = "T"  # its letter in /proc; of a process under a debugger it is another one
TAAKSLOT = 8  # first key of the lock that a running task holds (common.locks.Slot.TAAK)

Kinderen = Callable[[], Mapping[str, int]]  # the process number of each child that runs now, by name


@dataclass(frozen=True)
class Proef:
    """A question to one child. ``leeft``: True, False, or None when nothing can be said of it now."""

    naam: str
    leeft: Callable[[], bool | None]
    geduld: float  # seconds of False in a row


def waak(kinderen: Kinderen, vragen: Iterable[Proef]) -> None:
    """Look for as long as this process lives. A question may block on what is frozen: the other thread frees it."""
    stil, bevroren = Stilte(), Stilte()
    for kijk in (partial(zoek_bevroren, kinderen, bevroren), partial(stel_vragen, kinderen, list(vragen), stil)):
        threading.Thread(target=_steeds, args=(kijk,), daemon=True).start()


def _steeds(kijk: Callable[[float], None]) -> None:
    vorige = time.monotonic()
    while True:
        time.sleep(TUSSENPOOS)
        nu = time.monotonic()
        try:
            kijk(min(nu - vorige, 2 * TUSSENPOOS))
        except Exception:  # whatever it is, the next look is worth as much
            traceback.print_exc()
        vorige = nu


@dataclass
class Stilte:
    """How long each has given no sign of life, in seconds, by name and process number."""

    duur: dict[tuple[str, int], float] = field(default_factory=lambda: defaultdict(float))

    def te_lang(self, wie: tuple[str, int], leeft: bool | None, verstreken: float, geduld: float) -> bool:
        """Add this look; True when patience has run out, after which it starts anew. None changes nothing."""
        if leeft:
            self.duur.pop(wie, None)
        if leeft is not False:
            return False
        self.duur[wie] += verstreken
        return self.duur[wie] >= geduld and self.duur.pop(wie) > 0


def zoek_bevroren(kinderen: Kinderen, stilte: Stilte, verstreken: float) -> None:
    """Kill every process of every child that has been stopped for long; of a process of a child its parent makes a new
    one."""
    for naam, hoofd in kinderen().items():
        gestopt = {een for een, letter, *_ in stam(hoofd) if letter == GESTOPT}
        for een, *_ in stam(hoofd):
            if stilte.te_lang((naam, een), een not in gestopt, verstreken, BEVROREN):
                _dood(naam, [een])


def stel_vragen(kinderen: Kinderen, proeven: Iterable[Proef], stilte: Stilte, verstreken: float) -> None:
    """Ask every child once; who stays away too long is killed with all that descends from it."""
    for proef in proeven:
        hoofd = kinderen().get(proef.naam)
        if hoofd and stilte.te_lang((proef.naam, hoofd), proef.leeft(), verstreken, proef.geduld):
            _dood(proef.naam, [een for een, *_ in stam(hoofd)])


def _dood(naam: str, nummers: list[int]) -> None:
    print(f"{naam} antwoordt niet meer en wordt opnieuw gestart.", file=sys.stderr, flush=True)
    for nummer in reversed(nummers):  # the parent last, so that it makes no new ones meanwhile
        with suppress(ProcessLookupError):
            os.kill(nummer, signal.SIGKILL)


def ruim_nakomelingen(hoofd: int) -> None:
    """Kill what a child of the supervisor left behind: frozen, it would keep the port that the next one needs."""
    for een in _in_sessie(hoofd):
        with suppress(ProcessLookupError):
            os.kill(een, signal.SIGKILL)


def _in_sessie(hoofd: int) -> list[int]:
    """Every child is started as the head of a session, so its own children can be found when it is gone."""
    return [een for een, _, _, sessie in _processen() if sessie == hoofd]


Regel = tuple[int, str, int, int]  # number of a process, letter of its state, numbers of its parent and of its session


def stam(hoofd: int) -> list[Regel]:
    """The process and all that descend from it; parents before their children."""
    regels = list(_processen())
    gevonden = [regel for regel in regels if regel[0] == hoofd]
    for een, *_ in gevonden:
        gevonden += [regel for regel in regels if regel[2] == een]
    return gevonden


def _processen() -> Iterator[Regel]:
    for naam in os.listdir("/proc"):
        if not naam.isdigit():
            continue
        try:
            nummer, rest = Path("/proc", naam, "stat").read_text(errors="replace").split(" ", 1)
        except OSError:  # it ended meanwhile
            continue
        letter, ouder, _, sessie, _ = rest.rsplit(") ", 1)[1].split(" ", 4)
        yield int(nummer), letter, int(ouder), int(sessie)


def proeven(instellingen: Omgeving, adres: str) -> list[Proef]:
    """What each child is asked; the servers only when they are our own. ``adres``: host:port of the web server."""
    bij = sockets(instellingen.data_dir)
    return [
        Proef("postgres", partial(_postgres_leeft, instellingen), 30),
        Proef("valkey", lambda: valkey.antwoordt(bij), 30),
        Proef("web", partial(_web_leeft, adres, instellingen), 45),
        Proef("beat", Tekens(instellingen).beat, 120),
        Proef("worker", Tekens(instellingen).worker, 75),
    ]


def _verbind(instellingen: Omgeving) -> psycopg.Connection:
    if instellingen.database_url:
        return psycopg.connect(instellingen.database_url, connect_timeout=3, autocommit=True)
    map_ = str(sockets(instellingen.data_dir))
    return psycopg.connect(host=map_, port=POORT, user=DATABASE, dbname=DATABASE, connect_timeout=3, autocommit=True)


def _postgres_leeft(instellingen: Omgeving) -> bool:
    """A refusal is an answer too: it may be starting, and after a crash that takes as long as it takes."""
    try:
        _verbind(instellingen).close()
    except psycopg.errors.ConnectionTimeout:
        return False
    except psycopg.Error:
        return True
    return True


def _web_leeft(adres: str, instellingen: Omgeving) -> bool | None:
    """Any answer will do. Nothing can be said while the database, which a page waits for, does not answer itself."""
    verbinding = http.client.HTTPConnection(adres, timeout=5)
    try:
        verbinding.request("GET", "/gezondheid/", headers={"Host": instellingen.allowed_hosts[0].lstrip(".")})
        verbinding.getresponse()
    except TimeoutError:
        return False if _postgres_leeft(instellingen) else None
    except (OSError, http.client.HTTPException):  # starting, or ending: the supervisor sees to that
        return None
    finally:
        verbinding.close()
    return True


class Tekens:
    """The signs of life in the database (common.hartslag): what counts is that they change, not what time they say."""

    def __init__(self, instellingen: Omgeving) -> None:
        self.instellingen = instellingen
        self.vorige: dict[str, str] = {}

    def beat(self) -> bool | None:
        veranderd = self._veranderd()
        return None if veranderd is None else "beat" in veranderd

    def worker(self) -> bool | None:
        """Its sign is asked for by beat, by way of the queue, so only when that went can its absence mean anything; and
        who is at a long task does not look."""
        veranderd = self._veranderd()
        if veranderd is None or "worker" in veranderd:
            return None if veranderd is None else True
        return False if "wachtrij" in veranderd and not self._is_bezig() else None

    def _veranderd(self) -> set[str] | None:
        """Which of them were written since the last look; None when the database cannot say."""
        try:
            nu: dict[str, str] = dict(self._vraag("SELECT naam, op::text FROM common_hartslag"))
        except psycopg.Error:
            return None
        veranderd = {naam for naam, op in nu.items() if self.vorige.get(naam) != op}
        self.vorige = nu
        return veranderd

    def _is_bezig(self) -> bool:
        try:
            return bool(self._vraag(f"SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = {TAAKSLOT}"))
        except psycopg.Error:
            return True

    def _vraag(self, sql: str) -> list[tuple[Any, ...]]:
        with _verbind(self.instellingen) as verbinding:
            return verbinding.execute(sql.encode()).fetchall()
