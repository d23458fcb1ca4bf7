"""A reader while the site is attacked: the p95 of a page under each attack against that page without, in one run.

On the web server as the site runs it. Every answer a reader gets must be the page that was asked for. Who reads slowly
first makes the site work like anybody else, so that attack is held against as many who read the same pages at once.
"""

from __future__ import annotations

import http.client
import socket
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TypeAlias
from urllib.parse import urlencode

from bench.drukte import WACHTWOORD, inlogvorm
from bench.kladdatabase import GEVULD, kladdatabase
from bench.paginas import Blad, controleer, koekje_van, vul, webserver
from bench.regel import Regel

KOP = "een lezer tijdens een aanval"
GRENS = 3.0
BLADEN = (
    Blad("/", "op koers"),
    Blad("/indicatoren/", "Indicatoren"),
    Blad("/indicatoren/aanrijdtijd-prio1/", "Aanrijdtijden prio 1"),
)
KEREN, KORT = 15, 2
ANTWOORD = {200: "geweigerd", 302: "binnen", 429: "te vaak geprobeerd (429)", 503: "te druk (503)"}
LOPEN_IN = 1.0  # seconds an attack has before it is measured

Telling: TypeAlias = Counter[int]  # the answers that the attackers got, by status
Aanval = Callable[[int, threading.Event, Telling], None]


def meet(*, kort: bool) -> list[Regel]:
    """RuntimeError for a wrong answer to the reader."""
    with kladdatabase(sjabloon=GEVULD):
        koekje = koekje_van(vul())
        _maak_komers()
        with webserver(als_de_site=True) as poort:
            _lees(poort, koekje, 4)
            return list(_regels(poort, koekje, KORT if kort else KEREN))


def _regels(poort: int, koekje: str, keren: int) -> Iterator[Regel]:
    def tegen(naam: str, aanval: Aanval, ijk: Aanval = _rust, ijknaam: str = "zonder") -> Iterator[Regel]:
        """The attack between two turns of what it is held against, so that a busy machine slows both."""
        (voor, _), (tijdens, telling), (na, _) = (_lees_onder(wat, poort, koekje, keren) for wat in (ijk, aanval, ijk))
        p95, zonder = _p95(tijdens), _p95(voor + na)
        kop = f"{naam}: p95 ({1000 * p95:.0f} ms) tegen {ijknaam} ({1000 * zonder:.0f} ms)"
        yield Regel(kop, p95 / zonder, "×", GRENS)
        yield from (Regel(f"  {ANTWOORD.get(status, status)}", keer) for status, keer in sorted(telling.items()))

    for naam, aanval in AANVALLEN.items():
        yield from tegen(naam, aanval)
    snel, traag = (partial(_lees_veertig, koekje=koekje, hap=hap) for hap in (65536, 100))
    yield from tegen("40 trage lezers", traag, snel, "40 snelle")


def _lees_onder(aanval: Aanval, poort: int, koekje: str, keren: int) -> tuple[list[float], Telling]:
    """The times of a reader, and what the attackers were answered until the last of them was done."""
    inloop = 0 if aanval is _rust else LOPEN_IN if keren > KORT else 0.1
    with _onder(aanval, poort, inloop) as telling:
        tijden = _lees(poort, koekje, keren)
    return tijden, telling


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
def _onder(aanval: Aanval, poort: int, inloop: float) -> Iterator[Telling]:
    klaar, telling = threading.Event(), Counter[int]()
    draad = threading.Thread(target=aanval, args=(poort, klaar, telling))
    draad.start()
    time.sleep(inloop)
    try:
        yield telling
    finally:
        klaar.set()
        draad.join()


def _rust(poort: int, klaar: threading.Event, telling: Telling) -> None:
    """Nobody else."""


def _druppel(poort: int, klaar: threading.Event, telling: Telling, *, aantal: int, begin: bytes) -> None:
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


def _lees_veertig(poort: int, klaar: threading.Event, telling: Telling, *, koekje: str, hap: int) -> None:
    """Ask for forty pages that do not fit in what lies between, and take so many bytes of each, a second apart or, of
    large bites, until nothing comes."""
    vraag = f"GET /indicatoren/ HTTP/1.1\r\nHost: localhost\r\nCookie: {koekje}\r\n\r\n".encode()
    with ExitStack() as stapel:
        lijnen = [stapel.enter_context(socket.socket()) for _ in range(40)]
        for lijn in lijnen:
            lijn.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, max(1024, hap))
            lijn.connect(("127.0.0.1", poort))
            lijn.settimeout(0.02)
            lijn.sendall(vraag)
        while not klaar.wait(1 if hap < 1024 else 0.05):
            for lijn in lijnen:
                _ontvang(lijn, hap)


def _ontvang(lijn: socket.socket, hap: int) -> None:
    try:
        lijn.recv(hap)
    except OSError:
        return


def _log_in(poort: int, klaar: threading.Event, telling: Telling, *, tegelijk: int, wachtwoord: str) -> None:
    """So many people who log in again and again until it is over."""
    mensen = [
        threading.Thread(target=_blijf_inloggen, args=(poort, klaar, telling, f"komer-{nummer}", wachtwoord))
        for nummer in range(tegelijk)
    ]
    for mens in mensen:
        mens.start()
    for mens in mensen:
        mens.join()


def _blijf_inloggen(poort: int, klaar: threading.Event, telling: Telling, naam: str, wachtwoord: str) -> None:
    verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=30)
    while not klaar.is_set():
        koppen, velden = inlogvorm(verbinding, naam)
        verbinding.request("POST", "/inloggen/", urlencode(velden | {"password": wachtwoord}), koppen)
        antwoord = verbinding.getresponse()
        antwoord.read()
        telling[antwoord.status] += 1


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
