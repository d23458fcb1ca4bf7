"""The site as processes, with visitors who send slowly and a database that is frozen, locked, full or read-only."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from config.diensten import plaats
from config.verkeer.koppen import KAAL
from tests.integration.opstelling import manage, processen_van, start, vrije_poort, wacht_op_regel

pytestmark = [pytest.mark.traag, pytest.mark.xdist_group("storing"), pytest.mark.timeout(300)]

PRODUCTIE = {
    "DEBUG": "0",
    "ACHTER_PROXY": "1",
    "SECRET_KEY": "wK3-pR9vT2nXqL7mZ4bYcJ8sHfDa6GeU1oViN5xQzWtMkBrP0y",
    "ALLOWED_HOSTS": "site.example",
}
WACHTWOORD = "Een-lang-wachtwoord-1"
VOORBEREIDING = f"""
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from accounts.models import Rolvervulling, User
user = User(username="lezer")
user.set_password("{WACHTWOORD}")
user.save()
Rolvervulling.objects.create(user=user, rol="analist")
sessie = import_module(settings.SESSION_ENGINE).SessionStore()
sessie[SESSION_KEY], sessie[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[-1]
sessie[HASH_SESSION_KEY] = user.get_session_auth_hash()
sessie.create()
print(settings.SESSION_COOKIE_NAME + "=" + sessie.session_key)
"""
KOPPEN = {"Host": "site.example", "X-Forwarded-Proto": "https", "Referer": "https://site.example/"}
LANGST = 10.0  # seconds


@dataclass(frozen=True)
class Antwoord:
    status: int
    tekst: str
    koppen: dict[str, str]
    duur: float

    @property
    def kop(self) -> str:
        gevonden = re.search(r"<h1>(.*?)</h1>", self.tekst, re.DOTALL)
        return gevonden[1].strip() if gevonden else ""


@dataclass
class Site:
    data_dir: Path
    poort: int
    koekje: str = ""

    def vraag(self, pad: str, *, koekje: str | None = None, vorm: dict[str, str] | None = None) -> Antwoord:
        begin = time.monotonic()
        verbinding = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=30)
        koppen = KOPPEN | {"Cookie": self.koekje if koekje is None else koekje}
        if vorm is not None:
            koppen["Content-Type"] = "application/x-www-form-urlencoded"
        verbinding.request("POST" if vorm is not None else "GET", pad, urlencode(vorm or {}) or None, koppen)
        antwoord = verbinding.getresponse()
        tekst = antwoord.read().decode()
        verbinding.close()
        namen = {naam.lower(): waarde for naam, waarde in antwoord.getheaders()}
        return Antwoord(antwoord.status, tekst, namen, time.monotonic() - begin)

    def inlogvorm(self) -> tuple[str, dict[str, str]]:
        """A cookie and the fields of a log-in that is right."""
        blad = self.vraag("/inloggen/", koekje="")
        bewijs = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', blad.tekst)
        assert bewijs, blad
        velden = {"username": "lezer", "password": WACHTWOORD, "csrfmiddlewaretoken": bewijs[1]}
        return blad.koppen["set-cookie"].split(";")[0], velden

    def stuur_rauw(self, inhoud: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.poort), timeout=20) as lijn:
            lijn.sendall(inhoud)
            delen = []
            while deel := lijn.recv(65536):
                delen.append(deel)
            return b"".join(delen)

    def psql(self, database: str = plaats.DATABASE) -> psycopg.Connection:
        waar = plaats.database(self.data_dir)
        return psycopg.connect(
            host=str(waar["HOST"]), port=waar["PORT"], user=plaats.DATABASE, dbname=database, autocommit=True
        )

    def nummers(self, kenmerk: str) -> list[int]:
        return sorted(n for n, regel in processen_van(self.data_dir).items() if kenmerk in regel)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    basis = Path(tempfile.mkdtemp(prefix="strategie-web-"))
    basis.chmod(0o755)
    site = Site(basis / "data", vrije_poort())
    toezicht = start(site.data_dir, "-m", "config.toezicht", PORT=str(site.poort), **PRODUCTIE)
    try:
        wacht_op_regel(toezicht, "Stoppen: Ctrl-C", seconden=270)
        uitkomst = manage(site.data_dir, "shell", "-v0", "-c", VOORBEREIDING, **PRODUCTIE)
        assert uitkomst.returncode == 0, uitkomst.stderr
        site.koekje = uitkomst.stdout.strip().splitlines()[-1]
        assert binnen(20, lambda: site.vraag("/indicatoren/").status == 200)
        yield site
    finally:
        toezicht.send_signal(signal.SIGTERM)
        try:
            toezicht.communicate(timeout=40)
        finally:
            toezicht.kill()
            shutil.rmtree(basis, ignore_errors=True)


def binnen(seconden: float, vraag: object) -> bool:
    eind = time.monotonic() + seconden
    while not vraag():  # type: ignore[operator]
        if time.monotonic() > eind:
            return False
        time.sleep(0.2)
    return True


@contextmanager
def trage_lijnen(poort: int, aantal: int) -> Iterator[list[socket.socket]]:
    """A byte a second on each: of the headers, and on every other one of a body."""
    kop = b"POST /inloggen/ HTTP/1.1\r\nHost: site.example\r\nContent-Length: 100000\r\n\r\n"
    klaar = threading.Event()

    def druppel(lijnen: list[socket.socket]) -> None:
        while not klaar.wait(1):
            for lijn in lijnen:
                try:
                    lijn.send(b"x")
                except OSError:
                    continue

    with ExitStack() as stapel:
        lijnen = [stapel.enter_context(socket.create_connection(("127.0.0.1", poort))) for _ in range(aantal)]
        for nummer, lijn in enumerate(lijnen):
            lijn.sendall(kop if nummer % 2 else b"GET / HTTP/1.1\r\nX-Traag: ")
        draad = threading.Thread(target=druppel, args=(lijnen,))
        draad.start()
        try:
            yield lijnen
        finally:
            klaar.set()
            draad.join()


@contextmanager
def bevroren(nummers: list[int]) -> Iterator[None]:
    for nummer in nummers:
        os.kill(nummer, signal.SIGSTOP)
    try:
        yield
    finally:
        for nummer in nummers:
            os.kill(nummer, signal.SIGCONT)


def test_tweehonderd_druppelende_lijnen_houden_geen_lezer_op(site: Site) -> None:
    with trage_lijnen(site.poort, 200):
        time.sleep(1)
        antwoorden = [site.vraag("/indicatoren/") for _ in range(20)]
    assert {antwoord.status for antwoord in antwoorden} == {200}
    assert max(antwoord.duur for antwoord in antwoorden) < 3


def test_wie_zijn_koppen_niet_afmaakt_wordt_weggestuurd(site: Site) -> None:
    with trage_lijnen(site.poort, 2) as lijnen:
        lijnen[0].settimeout(20)
        assert lijnen[0].recv(1) == b""


def test_ongebruikte_lijnen_maken_plaats(site: Site) -> None:
    """More than the server holds: those that wait longest without a request go, and nobody else is refused."""
    with ExitStack() as stapel:
        for _ in range(900):
            stapel.enter_context(socket.create_connection(("127.0.0.1", site.poort)))
        assert [site.vraag("/gezondheid/").status for _ in range(10)] == [200] * 10


GET = b"GET /gezondheid/ HTTP/1.1\r\nHost: site.example\r\n"
BESTAND = b"POST / HTTP/1.1\r\nHost: site.example\r\nContent-Type: multipart/form-data; boundary=x\r\n"
POST = b"POST /inloggen/ HTTP/1.1\r\nHost: site.example\r\n"


@pytest.mark.parametrize(
    ("verzoek", "status"),
    [
        (POST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
        (POST + b"Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd", 400),
        (POST + b"Content-Length: 4, 4\r\n\r\nabcd", 400),
        (POST + b"Content-Length: +4\r\n\r\nabcd", 400),
        (POST + b"Content-Length: -4\r\n\r\nabcd", 400),
        (POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", 411),
        (POST + b"Transfer-Encoding: gzip\r\n\r\nabc", 501),
        (POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400),
        (b"POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"GET /\r\n\r\n", 400),
        (b"onzin\r\n\r\n", 400),
        (GET + b" gevouwen: x\r\n: leeg\r\n\r\n", 400),
        (GET + b"X-Lang: " + b"a" * 40_000 + b"\r\n\r\n", 431),
        (b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: site.example\r\n\r\n", 414),
        (POST + b"Content-Length: 4000000\r\n\r\n" + b"a" * 4_000_000, 413),
        (POST + b"Content-Length: 9999999999999\r\n\r\n", 413),
        (BESTAND + b"Content-Length: 30000000\r\n\r\n" + b"a" * 30_000_000, 413),
    ],
)  # fmt: skip
def test_een_verzoek_dat_niet_deugt_komt_niet_binnen(site: Site, verzoek: bytes, status: int) -> None:
    antwoord = site.stuur_rauw(verzoek)
    assert int(antwoord[9:12]) == status, antwoord[:200]
    assert antwoord.count(b"HTTP/1.") == 1
    assert b"Er is niets opgeslagen." in antwoord
    koppen = antwoord.partition(b"\r\n\r\n")[0].decode()
    assert [naam for naam, waarde in KAAL.items() if f"\r\n{naam}: {waarde}" not in koppen] == []


def test_een_half_verzoek_komt_niet_binnen(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.poort), timeout=5) as lijn:
        lijn.sendall(POST + b"Content-Length: 4\r\n\r\n34")
        lijn.shutdown(socket.SHUT_WR)
        assert lijn.recv(100) == b""


def _postgres(site: Site) -> list[int]:
    gegevens = (plaats.sockets(site.data_dir).parent / "postgres").resolve()
    return [nummer for nummer in processen_van(site.data_dir) if _werkt_in(nummer, gegevens)]


def _werkt_in(nummer: int, map_: Path) -> bool:
    try:
        return os.readlink(f"/proc/{nummer}/cwd") == str(map_)
    except OSError:
        return False


def _van_alles(site: Site, vorm: tuple[str, dict[str, str]]) -> list[Antwoord]:
    """Twelve at once: more than there are threads for."""
    koekje, velden = vorm
    kolommen = {
        "tabel": "indicatoren",
        "kolom-indicatoren": "naam",
        "csrfmiddlewaretoken": velden["csrfmiddlewaretoken"],
    }
    vragen = [
        *[lambda: site.vraag("/indicatoren/")] * 8,
        lambda: site.vraag("/api/v1/doelbereik"),
        lambda: site.vraag("/kolommen/", koekje=f"{site.koekje}; {koekje}", vorm=kolommen),
        *[lambda: site.vraag("/inloggen/", koekje=koekje, vorm=velden)] * 2,
    ]
    with ThreadPoolExecutor(len(vragen)) as mensen:
        return [beurt.result() for beurt in [mensen.submit(vraag) for vraag in vragen]]


def test_een_bevroren_database_houdt_niemand_langer_dan_tien_seconden(site: Site) -> None:
    vorm = site.inlogvorm()
    with bevroren(_postgres(site)), ThreadPoolExecutor(1) as ander:
        gezond = ander.submit(lambda: [site.vraag("/gezondheid/") for _ in range(3)])
        antwoorden = _van_alles(site, vorm)
        assert {antwoord.status for antwoord in gezond.result()} == {503}
        assert max(antwoord.duur for antwoord in gezond.result()) < 2.5  # a new connection is tried for two
    assert {antwoord.status for antwoord in antwoorden} == {503}
    assert max(antwoord.duur for antwoord in antwoorden) < LANGST
    assert [antwoord.kop for antwoord in antwoorden[:8]] == ["Even niet bereikbaar"] * 8
    assert antwoorden[8].koppen["content-type"].startswith("application/problem+json")
    assert antwoorden[9].kop == "Niet opgeslagen"
    assert {antwoord.koppen["retry-after"] for antwoord in antwoorden} == {"30"}
    assert binnen(30, lambda: site.vraag("/indicatoren/").status == 200)


def test_een_slot_houdt_niemand_langer_dan_tien_seconden(site: Site) -> None:
    vorm = site.inlogvorm()
    with site.psql() as houder:
        houder.execute("BEGIN")
        houder.execute("LOCK TABLE accounts_user, accounts_sessie")
        antwoorden = _van_alles(site, vorm)
    assert {antwoord.status for antwoord in antwoorden} == {503}
    assert max(antwoord.duur for antwoord in antwoorden) < LANGST
    assert site.vraag("/indicatoren/").status == 200


def test_waar_alleen_gelezen_mag_worden_blijft_lezen_gaan(site: Site) -> None:
    vorm = site.inlogvorm()
    with site.psql("postgres") as baas:
        try:
            baas.execute(f"ALTER DATABASE {plaats.DATABASE} SET default_transaction_read_only = on")
            _verbreek(baas)
            time.sleep(0.5)
            paden = ("/", "/indicatoren/", "/formatie/", "/invoer/", "/inloggen/", "/gezondheid/")
            assert {pad: site.vraag(pad).status for pad in paden if site.vraag(pad).status not in (200, 302)} == {}
            koekje, velden = vorm
            antwoord = site.vraag("/inloggen/", koekje=koekje, vorm=velden)
            assert (antwoord.status, antwoord.kop) == (503, "Niet opgeslagen")
        finally:
            baas.execute(f"ALTER DATABASE {plaats.DATABASE} RESET default_transaction_read_only")
            _verbreek(baas)
    koekje, velden = site.inlogvorm()
    assert site.vraag("/inloggen/", koekje=koekje, vorm=velden).status == 302


def _verbreek(baas: psycopg.Connection) -> None:
    baas.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [plaats.DATABASE])


def test_een_volle_database_geeft_meteen_antwoord(site: Site) -> None:
    with site.psql("postgres") as baas, ExitStack() as stapel:
        _verbreek(baas)
        try:
            while True:
                stapel.enter_context(site.psql("postgres"))
        except psycopg.OperationalError:
            pass
        antwoorden = [site.vraag("/indicatoren/") for _ in range(12)]
        assert all(antwoord.status in (200, 503) and antwoord.duur < LANGST for antwoord in antwoorden)
        assert 503 in {antwoord.status for antwoord in antwoorden}
    assert binnen(10, lambda: site.vraag("/indicatoren/").status == 200)


def test_een_bevroren_of_gedood_webproces_wordt_vervangen(site: Site) -> None:
    meester, *kinderen = site.nummers("config.web")
    with bevroren([kinderen[0]]):
        assert binnen(20, lambda: kinderen[0] not in site.nummers("config.web"))
    assert binnen(20, lambda: len(site.nummers("config.web")) == 3)
    os.kill(meester, signal.SIGKILL)
    assert binnen(30, lambda: meester not in site.nummers("config.web") and len(site.nummers("config.web")) == 3)
    assert binnen(20, lambda: [site.vraag("/indicatoren/").status for _ in range(8)] == [200] * 8)
