"""Every part of the site × killed, frozen, full or read-only, while people save, approve, import, recompute and log in.

Of each cell is measured how long it took until that work was acknowledged again, without a person doing anything, and
how long the slowest answer took; afterwards nothing that was acknowledged is lost and nothing is there half. A disk is
one for the whole site, so that it is full is one row.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
import redis

from config.diensten.plaats import redis_socket, sockets
from config.diensten.postgres import verbind
from config.diensten.waakhond import stam
from config.toezicht import web
from tests.integration.config.doodslag.bezoeker import Bezoeker
from tests.integration.config.doodslag.klanten import Inlogger, Klant
from tests.integration.config.doodslag.test_doodslag import (  # noqa: F401  # the same is asked after the grid
    HERSTEL,
    Site,
    binnen,
    maak_klanten,
    open_site,
    test_er_wacht_geen_herberekening_meer,
    test_getypte_tekst_is_bewaard_of_ingediend,
    test_niet_opgeslagen_was_nooit_gelogen,
    test_niets_staat_er_half,
    test_wat_bevestigd_is_staat_er_precies_een_keer,
)
from tests.integration.opstelling import processen_van

pytestmark = [
    *(pytest.mark.traag, pytest.mark.chaos, pytest.mark.xdist_group("storing"), pytest.mark.timeout(3600)),
    pytest.mark.skipif(os.geteuid() != 0, reason="alleen root maakt een schijf die vol kan"),
]

UITERSTE = 10.0  # seconds for any answer
STORING = 15.0  # seconds that a disk is full or a server refuses to write
HANDELING = {"Typist": "opslaan", "Vaststeller": "vaststellen", "Aanleveraar": "importeren", "Inlogger": "inloggen"}
KENMERK: dict[str, tuple[str, ...]] = {
    "web-meester": (web("")[1],),
    "web-werker": (web("")[1],),
    "worker": ("celery", " worker "),
    "beat": ("celery", " beat "),
    "postgres": ("bin/postgres -D",),
    "valkey": ("valkey-server",),
}


def _nummers(site: Site, wie: str) -> list[int]:
    """The processes of it, the first started first; of PostgreSQL also its own children, under other names."""
    passend = [n for n, regel in processen_van(site.data_dir).items() if all(k in regel for k in KENMERK[wie])]
    hoofd = min(passend)
    if wie == "web-werker":
        return [max(n for n, *_ in stam(hoofd))]
    return [n for n, *_ in stam(hoofd)] if wie in ("postgres", "worker") else [hoofd]


def _dood(site: Site, wie: str) -> Callable[[], None]:
    os.kill(_nummers(site, wie)[0], signal.SIGKILL)
    return lambda: None


def _bevries(site: Site, wie: str) -> Callable[[], None]:
    """Nobody lets it go on again."""
    for nummer in _nummers(site, wie):
        os.kill(nummer, signal.SIGSTOP)
    return lambda: None


def _schijf_vol(site: Site, wie: str) -> Callable[[], None]:
    vulling = site.data_dir / "vulling"
    with vulling.open("wb", buffering=0) as bestand:
        for grootte in (2**22, 2**16, 2**10):
            try:
                while True:
                    bestand.write(b"x" * grootte)
            except OSError:
                continue
    return vulling.unlink


def _valkey(site: Site, *instelling: str | int) -> None:
    with redis.Redis(unix_socket_path=str(redis_socket(site.data_dir))) as server:
        server.config_set(*instelling)  # type: ignore[arg-type]


def _geheugen_vol(site: Site, wie: str) -> Callable[[], None]:
    _valkey(site, "maxmemory", 1)
    return lambda: _valkey(site, "maxmemory", 0)


def _valkey_leest_alleen(site: Site, wie: str) -> Callable[[], None]:
    _valkey(site, "min-replicas-to-write", 1)
    return lambda: _valkey(site, "min-replicas-to-write", 0)


def _database_leest_alleen(site: Site, wie: str) -> Callable[[], None]:
    def zet(stand: str) -> None:
        with verbind(sockets(site.data_dir), "postgres") as verbinding:
            verbinding.execute(f"ALTER SYSTEM SET default_transaction_read_only = {stand}".encode())
            verbinding.execute("SELECT pg_reload_conf()")

    zet("on")
    return lambda: _herstel_schrijven(site)


def _herstel_schrijven(site: Site) -> None:
    """A session that may only read by default may still say that it writes; ALTER SYSTEM asks for no transaction."""
    with verbind(sockets(site.data_dir), "postgres") as verbinding:
        verbinding.execute("SET default_transaction_read_only = off")
        verbinding.execute("ALTER SYSTEM RESET default_transaction_read_only")
        verbinding.execute("SELECT pg_reload_conf()")


STORINGEN: dict[tuple[str, str], Callable[[Site, str], Callable[[], None]]] = {
    **{(wie, "bevroren"): _bevries for wie in KENMERK},
    ("postgres", "vol"): _schijf_vol,
    ("postgres", "alleen lezen"): _database_leest_alleen,
    ("valkey", "vol"): _geheugen_vol,
    ("valkey", "alleen lezen"): _valkey_leest_alleen,
    **{(wie, "gedood"): _dood for wie in KENMERK},
}


@dataclass
class Rij:
    """``herstel``: seconds until each kind of work was acknowledged again, infinite when it never was.

    ``traagste``: of each the slowest answer; ``stilte``: the longest that anyone had a connection without an answer.
    """

    wie: str
    wat: str
    herstel: dict[str, float] = field(default_factory=dict)
    traagste: dict[str, float] = field(default_factory=dict)
    stilte: float = 0.0

    def __str__(self) -> str:
        cellen = [f"{h} {self.herstel[h]:5.1f} ({self.traagste.get(h, 0):.1f})" for h in self.herstel]
        return f"{self.wie:12} {self.wat:13} " + "  ".join(cellen) + f"  stil {self.stilte:.1f}"


def _een_rij(site: Site, klanten: list[Klant], wie: str, wat: str) -> Rij:
    rij, begin = Rij(wie, wat), time.monotonic()
    vorige = set(_nummers(site, wie))
    hef_op = STORINGEN[wie, wat](site, wie)
    duurt = wat in ("vol", "alleen lezen")
    if duurt:
        time.sleep(STORING)
        hef_op()
    vanaf = time.monotonic() if duurt else begin + 0.5  # what was under way at that moment is no recovery
    for klant in klanten:
        naam = HANDELING[type(klant).__name__]
        binnen(
            vanaf + 2 * HERSTEL - time.monotonic(),
            lambda klant=klant: _hersteld(klant, vanaf) < 2 * HERSTEL or not klant.is_alive(),
        )
        rij.herstel[naam] = _hersteld(klant, vanaf)
        rij.traagste[naam] = _langste(klant.duren, begin)
        rij.stilte = max(rij.stilte, _langste(klant.stiltes, begin))
    rij.herstel["herberekenen"] = _wacht(2 * HERSTEL, vanaf, lambda: _bijgewerkt(site))
    if wat in ("gedood", "bevroren"):
        rij.herstel["proces"] = _wacht(2 * HERSTEL, vanaf, lambda: _is_terug(site, wie, vorige))
    print(rij, flush=True)
    return rij


def _langste(duren: list[tuple[float, float]], vanaf: float) -> float:
    return max((duur for op, duur in list(duren) if op >= vanaf), default=0.0)


def _hersteld(klant: Klant, vanaf: float) -> float:
    if not klant.is_alive():
        return 0.0 if klant.fout is None else float("inf")
    return next((moment - vanaf for moment in list(klant.momenten) if moment > vanaf), float("inf"))


def _wacht(seconden: float, vanaf: float, vraag: Callable[[], bool]) -> float:
    return time.monotonic() - vanaf if binnen(seconden, vraag) else float("inf")


def _bijgewerkt(site: Site) -> bool:
    """No request to recompute waits longer than some seconds."""
    try:
        vraag = "SELECT count(*) FROM monitor_herberekenverzoek WHERE aangemaakt_op < now() - interval '4 seconds'"
        return bool(site.vraag(vraag)[0][0] == 0)
    except psycopg.Error:
        return False


def _is_terug(site: Site, wie: str, vorige: set[int]) -> bool:
    try:
        nu = _nummers(site, wie)
    except ValueError:  # none at all
        return False
    return not vorige & set(nu) and all(letter != "T" for n in nu for een, letter, *_ in stam(n) if een == n)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    basis = Path(tempfile.mkdtemp(prefix="strategie-raster-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500m", "tmpfs", basis], check=True)
    try:
        with open_site(basis) as site:
            yield site
    finally:
        subprocess.run(["umount", "-l", basis], check=True)
        shutil.rmtree(basis, ignore_errors=True)


@pytest.fixture(scope="module")
def raster(site: Site) -> tuple[list[Rij], list[Klant]]:
    klaar = threading.Event()
    klanten = [*maak_klanten(site, klaar), Inlogger(Bezoeker(site.poort, "rvo-lid"), [], klaar)]
    for klant in klanten:
        klant.rust, klant.kaal = 1.0, []
        klant.start()
    rijen = []
    for wie, wat in STORINGEN:
        binnen(HERSTEL, lambda: all(_hersteld(klant, time.monotonic() - 20) < 20 for klant in klanten))
        rijen.append(_een_rij(site, klanten, wie, wat))
    klaar.set()
    for klant in klanten:
        klant.join(timeout=30)
        print(type(klant).__name__, len(klant.bevestigd), "bevestigd, antwoorden", dict(klant.statussen), klant.fout)
    return rijen, klanten


@pytest.fixture(scope="module")
def na_afloop(raster: tuple[list[Rij], list[Klant]]) -> list[Klant]:
    return [klant for klant in raster[1] if not isinstance(klant, Inlogger)]


def test_alles_komt_binnen_een_minuut_vanzelf_terug(raster: tuple[list[Rij], list[Klant]]) -> None:
    print("\nseconden tot het werk weer bevestigd werd (en het traagste antwoord)", *raster[0], sep="\n")
    te_laat = [(rij.wie, rij.wat, wat, s) for rij in raster[0] for wat, s in rij.herstel.items() if s > HERSTEL]
    assert te_laat == []


def test_niemand_zag_een_kale_fout(raster: tuple[list[Rij], list[Klant]]) -> None:
    assert [(type(klant).__name__, klant.fout) for klant in raster[1] if klant.fout] == []
    assert [fout[:200] for klant in raster[1] for fout in klant.kaal or ()] == []


def test_geen_antwoord_komt_later_dan_tien_seconden(raster: tuple[list[Rij], list[Klant]]) -> None:
    traag = [(rij.wie, rij.wat, h, s) for rij in raster[0] for h, s in rij.traagste.items() if s > UITERSTE]
    assert traag == []
