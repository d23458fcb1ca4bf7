"""A busy morning: sixty people read with pauses to think, while twenty-seven log in within ten seconds.

On the web server as the site runs it (two processes of four threads), with the demo's figures, of which one changes
every few seconds so that no page stays kept for long. The readers share the machine with the server.
"""

from __future__ import annotations

import http.client
import re
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle
from random import Random
from urllib.parse import urlencode

import psycopg

from bench.kladdatabase import kladdatabase
from bench.paginas import koekje_van, vul, webserver
from bench.rekenen import Regel

LEZERS, INLOGGERS = 60, 27
DUUR, INLOGTIJD, INLOG_VANAF = 40.0, 10.0, 15.0  # seconds
DENKTIJD = (1.0, 4.0)
WIJZIGING_ELKE = 5.0
GRENS_PAGINA, GRENS_INLOGGEN = 500.0, 1000.0  # ms, of the 95th percentile
WACHTWOORD = "Een-lang-wachtwoord-1"
GEMEENTEN = ("nissewaard", "rotterdam", "schiedam", "barendrecht", "")  # the last has none
WANDELING = (
    "/",
    "/gemeenten/nissewaard/",
    "/themas/opsporing-en-ondermijning/",
    "/indicatoren/verdachten-mensenhandel/",
    "/indicatoren/verdachten-mensenhandel/figuur.json",
    "/indicatoren/verdachten-mensenhandel/oordeel/",
    "/indicatoren/",
    "/formatie/",
    "/formatie/districten/A/",
    "/indicatoren/aanrijdtijd-prio1/",
    "/kaal/",
)


@dataclass
class Klok:
    """Milliseconds per kind of request, and every answer that was wrong; filled by many threads."""

    tijden: dict[str, list[float]] = field(default_factory=lambda: {"pagina": [], "kaal": [], "inloggen": []})
    fouten: list[str] = field(default_factory=list)
    slot: threading.Lock = field(default_factory=threading.Lock)

    def meet(self, soort: str, pad: str, vraag: Callable[[], int], goed: int) -> None:
        begin = time.perf_counter()
        try:
            status: int | str = vraag()
        except OSError as fout:
            status = str(fout)
        duur = 1000 * (time.perf_counter() - begin)
        with self.slot:
            self.tijden[soort].append(duur)
            if status != goed:
                self.fouten.append(f"{pad}: {status}")

    def p95(self, soort: str) -> float:
        return statistics.quantiles(self.tijden[soort], n=20)[-1]


def main() -> int:
    """Print the table; 1 when an answer was wrong or the 95th percentile is above the bound."""
    with kladdatabase():
        koekjes = _personen()
        with webserver(als_de_site=True) as poort:
            klok = _ochtend(poort, koekjes)
    regels = [
        Regel("lezers tegelijk", LEZERS),
        Regel("pagina's gelezen", len(klok.tijden["pagina"])),
        Regel("pagina's: p50", statistics.median(klok.tijden["pagina"]), " ms"),
        Regel("kale pagina in dezelfde drukte: p50", statistics.median(klok.tijden["kaal"]), " ms"),
        Regel("pagina's: p95", klok.p95("pagina"), " ms", GRENS_PAGINA),
        Regel(f"{INLOGGERS} keer inloggen in {INLOGTIJD:.0f} s: p95", klok.p95("inloggen"), " ms", GRENS_INLOGGEN),
        Regel("verkeerde antwoorden", len(klok.fouten), grens=0),
    ]
    print(f"\n{'':46}{'gemeten':>14}{'grens':>12}")
    for regel in regels:
        print(regel)
    for fout in klok.fouten[:5]:
        print(fout)
    return 0 if all(regel.goed for regel in regels) else 1


def _personen() -> list[str]:
    """The cookies of people who are in; and accounts for those who come."""
    from accounts.models import Rolvervulling, User

    vul()
    lezers = [User.objects.create(username=f"lezer-{n}") for n in range(LEZERS)]
    komers = [User(username=f"komer-{n}") for n in range(INLOGGERS)]
    for komer in komers:
        komer.set_password(WACHTWOORD)
        komer.save()
    Rolvervulling.objects.bulk_create(
        Rolvervulling(user=user, rol="rvo-lid", gemeente_slug=gemeente)
        for user, gemeente in zip([*lezers, *komers], cycle(GEMEENTEN), strict=False)
    )
    return [koekje_van(user) for user in lezers]


def _ochtend(poort: int, koekjes: list[str]) -> Klok:
    klok, eind = Klok(), time.monotonic() + DUUR
    mensen = [
        *(threading.Thread(target=_lees, args=(klok, poort, koekje, n, eind)) for n, koekje in enumerate(koekjes)),
        *(threading.Thread(target=_log_in, args=(klok, poort, n)) for n in range(INLOGGERS)),
        threading.Thread(target=_wijzig, args=(eind,)),
    ]
    for mens in mensen:
        mens.start()
    for mens in mensen:
        mens.join()
    return klok


def _lees(klok: Klok, poort: int, koekje: str, nummer: int, eind: float) -> None:
    """Walk over the pages from another beginning than the others, with pauses to think."""
    toeval, plek = Random(nummer), nummer  # noqa: S311  # of pauses
    time.sleep(toeval.uniform(0, DENKTIJD[1]))
    while time.monotonic() < eind:
        pad = WANDELING[plek % len(WANDELING)]
        soort = "kaal" if pad == "/kaal/" else "pagina"
        klok.meet(soort, pad, lambda pad=pad: _vraag(poort, pad, koekje), 200)  # type: ignore[misc]
        plek += 1
        time.sleep(toeval.uniform(*DENKTIJD))


def _vraag(poort: int, pad: str, koekje: str) -> int:
    """On a new connection: after a pause to read the old one is gone."""
    verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=30)
    verbinding.request("GET", pad, headers={"Cookie": koekje, "Host": "localhost", "Accept-Encoding": "gzip"})
    antwoord = verbinding.getresponse()
    antwoord.read()
    verbinding.close()
    return antwoord.status


def _log_in(klok: Klok, poort: int, nummer: int) -> None:
    """Open the form, and send it: the time is that of sending it, with the password checked."""
    time.sleep(INLOG_VANAF + INLOGTIJD * nummer / INLOGGERS)
    verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=30)
    verbinding.request("GET", "/inloggen/", headers={"Host": "localhost"})
    antwoord = verbinding.getresponse()
    bewijs = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', antwoord.read().decode())
    koekje = (antwoord.getheader("Set-Cookie") or "").split(";")[0]
    velden = {"username": f"komer-{nummer}", "password": WACHTWOORD, "csrfmiddlewaretoken": bewijs[1] if bewijs else ""}
    koppen = {"Cookie": koekje, "Host": "localhost", "Content-Type": "application/x-www-form-urlencoded"}

    def verstuur() -> int:
        verbinding.request("POST", "/inloggen/", urlencode(velden), koppen)
        gekregen = verbinding.getresponse()
        gekregen.read()
        return gekregen.status

    klok.meet("inloggen", "/inloggen/", verstuur, 302)
    verbinding.close()


def _wijzig(eind: float) -> None:
    """Something changes that pages show, so the kept ones are made anew."""
    from django.db import connection

    verbinding = psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor})
    verbinding.autocommit = True
    while time.monotonic() < eind:
        verbinding.execute("INSERT INTO common_wijziging DEFAULT VALUES")
        time.sleep(WIJZIGING_ELKE)
    verbinding.close()
