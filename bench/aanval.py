"""A reader while the site is attacked: the p95 of a page under each attack against that page without, in one run.

On the web server as the site runs it. Every answer a reader gets must be the page that was asked for.
"""

from __future__ import annotations

import http.client
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from urllib.parse import urlencode

from bench.drukte import WACHTWOORD, inlogvorm
from bench.kladdatabase import GEVULD, kladdatabase
from bench.paginas import Blad, controleer, koekje_van, vul, webserver
from bench.regel import Regel

KOP = "een lezer tijdens een aanval"
GRENS = 3.0
BLADEN = (
    Blad("/", "Voortgang in Q3 2026"),
    Blad("/indicatoren/", "Indicatoren"),
    Blad("/indicatoren/aanrijdtijd-prio1/", "Aanrijdtijden prio 1"),
)
KEREN, KORT = 15, 2
LOPEN_IN = 1.0  # seconds an attack has before it is measured

Aanval = Callable[[int, threading.Event], None]


def meet(*, kort: bool) -> list[Regel]:
    """RuntimeError for a wrong answer to the reader."""
    with kladdatabase(sjabloon=GEVULD):
        koekje = koekje_van(vul())
        _maak_komers()
        with webserver(als_de_site=True) as poort:
            _lees(poort, koekje, 4)
            return list(_regels(poort, koekje, KORT if kort else KEREN))


def _regels(poort: int, koekje: str, keren: int) -> Iterator[Regel]:
    """Without, then each attack between two quiet moments, so that a busy machine slows both."""
    aanvallen: dict[str, Aanval] = AANVALLEN | {"40 trage lezers": partial(_lees_traag, koekje=koekje)}
    for naam, aanval in aanvallen.items():
        voor = _lees(poort, koekje, keren)
        with _onder(aanval, poort, LOPEN_IN if keren > KORT else 0.1):
            tijdens = _lees(poort, koekje, keren)
        na = _lees(poort, koekje, keren)
        p95, zonder = _p95(tijdens), _p95(voor + na)
        yield Regel(
            f"{naam}: p95 ({1000 * p95:.0f} ms) tegen zonder ({1000 * zonder:.0f} ms)", p95 / zonder, "×", GRENS
        )


def _p95(tijden: list[float]) -> float:
    return statistics.quantiles(tijden, n=20)[-1]


def _lees(poort: int, koekje: str, keren: int) -> list[float]:
    tijden = []
    for blad in BLADEN * keren:
        begin = time.perf_counter()
        verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=30)
        verbinding.request("GET", blad.pad, headers={"Cookie": koekje, "Host": "localhost"})
        antwoord = verbinding.getresponse()
        tekst = antwoord.read().decode()
        tijden.append(time.perf_counter() - begin)
        verbinding.close()
        controleer(blad, antwoord.status, tekst)
    return tijden


@contextmanager
def _onder(aanval: Aanval, poort: int, inloop: float) -> Iterator[None]:
    klaar = threading.Event()
    draad = threading.Thread(target=aanval, args=(poort, klaar))
    draad.start()
    time.sleep(inloop)
    try:
        yield
    finally:
        klaar.set()
        draad.join()


def _druppel(poort: int, klaar: threading.Event, *, aantal: int, begin: bytes) -> None:
    """So many connections, each with this beginning and then a byte a second."""
    with ExitStack() as stapel:
        lijnen = [stapel.enter_context(socket.create_connection(("127.0.0.1", poort))) for _ in range(aantal)]
        for lijn in lijnen:
            lijn.sendall(begin)
        while not klaar.wait(1):
            for lijn in lijnen:
                _stuur(lijn, b"x")


def _stuur(lijn: socket.socket, inhoud: bytes) -> None:
    try:
        lijn.send(inhoud)
    except OSError:
        return  # sent away, as it should


def _lees_traag(poort: int, klaar: threading.Event, *, koekje: str) -> None:
    """Ask for forty pages that do not fit in what lies between, and read a hundred bytes a second of each."""
    vraag = f"GET /indicatoren/ HTTP/1.1\r\nHost: localhost\r\nCookie: {koekje}\r\n\r\n".encode()
    with ExitStack() as stapel:
        lijnen = [stapel.enter_context(socket.socket()) for _ in range(40)]
        for lijn in lijnen:
            lijn.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            lijn.connect(("127.0.0.1", poort))
            lijn.settimeout(1)
            lijn.sendall(vraag)
        while not klaar.wait(1):
            for lijn in lijnen:
                _ontvang(lijn)


def _ontvang(lijn: socket.socket) -> None:
    try:
        lijn.recv(100)
    except OSError:
        return


def _log_in(poort: int, klaar: threading.Event, *, tegelijk: int, wachtwoord: str) -> None:
    """So many people who log in again and again until it is over."""
    mensen = [
        threading.Thread(target=_blijf_inloggen, args=(poort, klaar, f"komer-{nummer}", wachtwoord))
        for nummer in range(tegelijk)
    ]
    for mens in mensen:
        mens.start()
    for mens in mensen:
        mens.join()


def _blijf_inloggen(poort: int, klaar: threading.Event, naam: str, wachtwoord: str) -> None:
    verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=30)
    while not klaar.is_set():
        koppen, velden = inlogvorm(verbinding, naam)
        verbinding.request("POST", "/inloggen/", urlencode(velden | {"password": wachtwoord}), koppen)
        verbinding.getresponse().read()


def _maak_komers() -> None:
    from django.contrib.auth.hashers import make_password

    from accounts.models import Rolvervulling, User

    geheim = make_password(WACHTWOORD)
    komers = User.objects.bulk_create([User(username=f"komer-{n}", password=geheim) for n in range(27)])
    Rolvervulling.objects.bulk_create([Rolvervulling(user=komer, rol="rvo-lid") for komer in komers])


_KOP = b"GET / HTTP/1.1\r\nX-Traag: "
_INHOUD = b"POST /inloggen/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"
_BESTAND = (
    b"POST /invoer/importeren/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
    b"Content-Length: 20000000\r\n\r\n" + b"x" * 1_000_000
)
AANVALLEN: dict[str, Aanval] = {
    "40 trage lijnen": partial(_druppel, aantal=40, begin=_KOP),
    "200 trage lijnen": partial(_druppel, aantal=200, begin=_INHOUD),
    "een groot bestand dat druppelt": partial(_druppel, aantal=1, begin=_BESTAND),
    "8 verkeerde wachtwoorden tegelijk": partial(_log_in, tegelijk=8, wachtwoord="verkeerd"),
    "27 keer inloggen tegelijk": partial(_log_in, tegelijk=27, wachtwoord=WACHTWOORD),
}
