"""The pages measured: each against a bare Django page, in turn, on the web server of the site with set S.

Twice: as a reader finds them (made before, nothing changed since) and made anew, right after a figure was written.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from io import StringIO
from typing import Any, NamedTuple

import psycopg

from bench.kladdatabase import GEVULD, kladdatabase
from bench.regel import Regel
from config.toezicht import web

KOP = "p50 tegen een kale pagina met inlog"
KEREN = 40
GRENS = 3.0
# What is read most is held to more: times the bare page as found and made anew, and the share of its requests a second.
MEEST_GELEZEN = ("/", "/indicatoren/waardebeslag/")
GRENS_GEVONDEN, GRENS_OPNIEUW, DEEL_PER_SECONDE = 1.8, 6.0, 0.6
AGENDA, GRENS_AGENDA, MEESTE_DELEN = "/agenda/", 2.5, 500
ROL = "analist"


class Blad(NamedTuple):
    """A page and what its heading says: an answer without it is not the page that was meant."""

    pad: str
    tekst: str


KAAL = Blad("/kaal/", "Eenheid Rotterdam")
PAGINAS = (
    Blad("/", "op koers"),
    Blad(AGENDA, "Agenda 2023-2026"),
    Blad("/themas/opsporing-en-ondermijning/", "Ontwikkeling van de opsporing"),
    Blad("/indicatoren/", "Indicatoren"),
    Blad("/indicatoren/waardebeslag/", "Waardebeslag"),
    Blad("/indicatoren/aanrijdtijd-prio1/", "Aanrijdtijden prio 1"),
    Blad("/indicatoren/waardebeslag/oordeel/", "Hoe komt dit oordeel tot stand?"),
    Blad("/gemeenten/rotterdam/", "Gemeente Rotterdam"),
    Blad("/formatie/", "De districten en de Zeehavenpolitie"),
    Blad("/formatie/districten/A/", "District"),
    Blad("/formatie/controle/", "Controle van het formatieplan"),
)


def meet(*, kort: bool) -> list[Regel]:
    """The time of each page against the bare one; RuntimeError for an answer that is not the page it names."""
    with kladdatabase(sjabloon=GEVULD):
        koekje = koekje_van(vul())
        with webserver() as poort:
            return list(_meet(poort, koekje, 2 if kort else KEREN))


def vul() -> Any:
    """The agenda, fictitious measurements, their verdicts and figures; returns the user who looks at them.

    Nothing is left to do in a copy of a database that is filled.
    """
    from django.core.management import call_command

    from accounts.models import User
    from monitor.dashboards.grafiek.tasks import teken_figuren
    from monitor.models import Indicator
    from monitor.rekenen.herberekenen import herbereken

    if not User.objects.filter(username=ROL).exists():
        call_command("laad_agenda", verbosity=0, stdout=StringIO())
        call_command("laad_demo", "--tot", "2026-Q3", stdout=StringIO())
        herbereken()
        teken_figuren(list(Indicator.objects.values_list("code", flat=True)))
        _vul_agenda()
    return User.objects.get(username=ROL)


def _vul_agenda() -> None:
    """So many parts as an agenda may have: activities are added to its main lines, in turn."""
    from strategie.models import Activiteit, Ambitie, Hoofdlijn, Thema

    lijnen = list(Hoofdlijn.objects.order_by("pk"))
    er_zijn = Thema.objects.count() + Ambitie.objects.count() + len(lijnen) + Activiteit.objects.count()
    Activiteit.objects.bulk_create(
        Activiteit(hoofdlijn=lijnen[n % len(lijnen)], nummer=100 + n, tekst="Werk om mee te meten.", bronregel="1")
        for n in range(MEESTE_DELEN - er_zijn)
    )


def koekje_van(user: Any) -> str:
    """The cookie of a session in which this user is logged in."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    sessie = import_module(settings.SESSION_ENGINE).SessionStore()
    sessie[SESSION_KEY] = str(user.pk)
    sessie[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    sessie[HASH_SESSION_KEY] = user.get_session_auth_hash()
    sessie.create()
    return f"{settings.SESSION_COOKIE_NAME}={sessie.session_key}"


@contextmanager
def webserver(*, als_de_site: bool = False) -> Iterator[int]:
    """Its port. One process with one thread, so that times can be compared; or as many as the site itself has."""
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    opdracht = web(f"127.0.0.1:{poort}")
    opdracht += () if als_de_site else ("--processen", "1", "--draden", "1")  # the last one given counts
    proces = subprocess.Popen([sys.executable, *opdracht], env=omgeving_van_kind())
    try:
        _wacht_op(poort)
        _warm_op(poort)
        yield poort
    finally:
        proces.terminate()
        proces.wait(timeout=15)


@contextmanager
def worker() -> Iterator[None]:
    """What does what is asked for, on the scratch database, with as many processes as on the site."""
    opdracht = [sys.executable, "-m", "celery", "-A", "config", "-q", "worker", "--concurrency", "2"]
    opdracht += ["--loglevel", "ERROR", "--without-gossip", "--without-mingle"]
    proces = subprocess.Popen(opdracht, env=omgeving_van_kind())
    try:
        yield
    finally:
        proces.terminate()
        proces.wait(timeout=30)


def omgeving_van_kind() -> dict[str, str]:
    """What a process of the site needs to run on the scratch database."""
    from django.conf import settings

    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "bench.instellingen",
        "BENCH_DATABASE": str(settings.DATABASES["default"]["NAME"]),
    }


def _wacht_op(poort: int) -> None:
    eind = time.monotonic() + 30
    while time.monotonic() < eind:
        with socket.socket() as proef:
            if proef.connect_ex(("127.0.0.1", poort)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the web server did not start")


def _warm_op(poort: int) -> None:
    """The first request of each process waits for its start, which is not what is measured."""
    for _ in range(20):
        verbinding = http.client.HTTPConnection("127.0.0.1", poort)
        verbinding.request("GET", "/inloggen/", headers={"Host": "localhost"})
        verbinding.getresponse().read()
        verbinding.close()


def _meet(poort: int, koekje: str, keren: int) -> Iterator[Regel]:
    """Bare page and page in turn, so that a busy machine slows both."""
    from django.db import connection

    verbinding = http.client.HTTPConnection("127.0.0.1", poort)
    schrijver = psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor})
    schrijver.autocommit = True
    for blad in PAGINAS:
        for opnieuw in (False, True):
            paren = [_paar(verbinding, koekje, blad, schrijver if opnieuw else None) for _ in range(keren + 3)][3:]
            yield from _regels(blad, list(zip(*paren, strict=True)), opnieuw=opnieuw)
    schrijver.close()


def _regels(blad: Blad, tijden: list[tuple[float, ...]], *, opnieuw: bool) -> Iterator[Regel]:
    """``tijden``: those of the bare page and of this one, in seconds."""
    kaal, pagina = map(statistics.median, tijden)
    meest = blad.pad in MEEST_GELEZEN
    naam = f"{blad.pad} {'opnieuw gemaakt' if opnieuw else 'zoals gevonden'}"
    strengst = GRENS_OPNIEUW if opnieuw else GRENS_GEVONDEN
    ruim = GRENS_AGENDA if blad.pad == AGENDA else GRENS
    grens = strengst if meest else None if opnieuw else ruim
    yield Regel(f"{naam} ({1000 * pagina:.1f} ms)", pagina / kaal, "×", grens)
    if meest and not opnieuw:
        per_seconde = sum(tijden[1]) / sum(tijden[0])
        yield Regel(f"{blad.pad} kale pagina's per seconde tegen deze", per_seconde, "×", 1 / DEEL_PER_SECONDE)


def _paar(
    verbinding: http.client.HTTPConnection, koekje: str, blad: Blad, schrijver: psycopg.Connection | None
) -> tuple[float, float]:
    if schrijver:
        schrijver.execute("INSERT INTO common_wijziging (tabel) VALUES ('monitor_meting')")
    return _tijd(verbinding, koekje, KAAL), _tijd(verbinding, koekje, blad)


def _tijd(verbinding: http.client.HTTPConnection, koekje: str, blad: Blad) -> float:
    begin = time.perf_counter()
    verbinding.request("GET", blad.pad, headers={"Cookie": koekje, "Host": "localhost"})
    antwoord = verbinding.getresponse()
    tekst = antwoord.read().decode()
    duur = time.perf_counter() - begin
    controleer(blad, antwoord.status, tekst)
    return duur


def controleer(blad: Blad, status: int, tekst: str) -> None:
    """RuntimeError unless this is the page that was asked for: its status, and its heading."""
    kop = re.search(r"<h1>(.*?)</h1>", tekst, re.DOTALL)
    if status != 200 or not kop or blad.tekst not in unescape(kop[1]):
        raise RuntimeError(f"{blad.pad}: {status}, {kop[1].strip() if kop else 'zonder kop'}")
