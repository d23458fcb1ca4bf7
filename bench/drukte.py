"""A busy morning: sixty people read with pauses to think, while twenty-seven log in within ten seconds.

On the web server as the site runs it (two processes of four threads), with the demo's figures, of which one changes
every few seconds so that no page stays kept for long. The readers share the machine with the server.
"""

from __future__ import annotations

import http.client
import json
import re
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from random import Random
from urllib.parse import urlencode

import psycopg

from bench.kladdatabase import GEVULD, kladdatabase
from bench.paginas import KAAL, Blad, controleer, koekje_van, vul, webserver
from bench.regel import Regel

KOP = "een drukke ochtend"


@dataclass(frozen=True)
class Drukte:
    """How many people, and in seconds how long they read, and when and how quickly the others log in."""

    lezers: int
    inloggers: int
    duur: float
    inloggen_vanaf: float
    inlogtijd: float
    denktijd: tuple[float, float]
    wijziging_elke: float


OCHTEND = Drukte(60, 27, 40.0, 15.0, 10.0, (1.0, 4.0), 5.0)
PROEF = Drukte(6, 3, 5.0, 1.0, 2.0, (0.1, 0.4), 2.0)
# Times the middle of the bare page in the same crowd, some 4 ms on two quiet processors: half a second, and a second.
GRENS_PAGINA, GRENS_INLOGGEN = 125.0, 250.0
WACHTWOORD = "Een-lang-wachtwoord-1"
GEMEENTEN = ("nissewaard", "rotterdam", "schiedam", "barendrecht", "")  # the last has none
WANDELING = (
    Blad("/", "op koers"),
    Blad("/gemeenten/nissewaard/", "Gemeente Nissewaard"),
    Blad("/themas/opsporing-en-ondermijning/", "Ontwikkeling van de opsporing"),
    Blad("/indicatoren/verdachten-mensenhandel/", "Verdachten"),
    Blad("/indicatoren/verdachten-mensenhandel/?_figuur=figuur-verdachten-mensenhandel", ""),
    Blad("/indicatoren/verdachten-mensenhandel/oordeel/", "Hoe komt dit oordeel tot stand?"),
    Blad("/indicatoren/", "Indicatoren"),
    Blad("/formatie/", "De districten en de Zeehavenpolitie"),
    Blad("/formatie/districten/A/", "District"),
    Blad("/indicatoren/aanrijdtijd-prio1/", "Aanrijdtijden prio 1"),
    KAAL,
)


@dataclass
class Klok:
    """Milliseconds per kind of request, and every answer that was wrong; filled by many threads."""

    tijden: dict[str, list[float]] = field(default_factory=lambda: {"pagina": [], "kaal": [], "inloggen": []})
    fouten: list[str] = field(default_factory=list)
    slot: threading.Lock = field(default_factory=threading.Lock)

    def meet(self, soort: str, vraag: Callable[[], None]) -> None:
        """``vraag`` raises when the answer is not what was asked for."""
        begin, fout = time.perf_counter(), ""
        try:
            vraag()
        except (OSError, RuntimeError) as mislukt:
            fout = str(mislukt)
        duur = 1000 * (time.perf_counter() - begin)
        with self.slot:
            self.tijden[soort].append(duur)
            self.fouten += [fout] if fout else []

    def p50(self, soort: str) -> float:
        return statistics.median(self.tijden[soort])

    def p95(self, soort: str) -> float:
        return statistics.quantiles(self.tijden[soort], n=20)[-1]


def meet(*, kort: bool) -> list[Regel]:
    """Times against the bare page in the same crowd, and every answer that was not the page that was asked for."""
    drukte = PROEF if kort else OCHTEND
    with kladdatabase(sjabloon=GEVULD):
        koekjes = _personen(drukte)
        with webserver(als_de_site=True) as poort:
            klok = _ochtend(poort, koekjes, drukte)
    for fout in klok.fouten[:5]:
        print(fout)
    return list(_regels(klok, drukte))


def _regels(klok: Klok, drukte: Drukte) -> Iterator[Regel]:
    kaal = klok.p50("kaal")
    yield Regel("lezers tegelijk", drukte.lezers)
    yield Regel("pagina's gelezen", len(klok.tijden["pagina"]))
    yield Regel("kale pagina in dezelfde drukte: p50", kaal, " ms")
    yield Regel(f"pagina's: p50 ({klok.p50('pagina'):.0f} ms) tegen die kale pagina", klok.p50("pagina") / kaal, "×")
    yield Regel(
        f"pagina's: p95 ({klok.p95('pagina'):.0f} ms) tegen die kale pagina", klok.p95("pagina") / kaal, "×",
        GRENS_PAGINA,
    )  # fmt: skip
    yield Regel(
        f"{drukte.inloggers} keer inloggen: p95 ({klok.p95('inloggen'):.0f} ms) tegen die kale pagina",
        klok.p95("inloggen") / kaal, "×", GRENS_INLOGGEN,
    )  # fmt: skip
    yield Regel("verkeerde antwoorden", len(klok.fouten), grens=0)


def _personen(drukte: Drukte) -> list[str]:
    """The cookies of people who are in; and accounts for those who come."""
    from accounts.models import Rolvervulling, User

    vul()
    lezers = [User.objects.create(username=f"lezer-{n}") for n in range(drukte.lezers)]
    komers = [User(username=f"komer-{n}") for n in range(drukte.inloggers)]
    for komer in komers:
        komer.set_password(WACHTWOORD)
        komer.save()
    Rolvervulling.objects.bulk_create(
        Rolvervulling(user=user, rol="rvo-lid", gemeente_slug=gemeente)
        for user, gemeente in zip([*lezers, *komers], cycle(GEMEENTEN), strict=False)
    )
    return [koekje_van(user) for user in lezers]


def _ochtend(poort: int, koekjes: list[str], drukte: Drukte) -> Klok:
    klok, eind = Klok(), time.monotonic() + drukte.duur
    lezers = [(klok, poort, koekje, nummer, drukte, eind) for nummer, koekje in enumerate(koekjes)]
    mensen = [
        *(threading.Thread(target=_lees, args=lezer) for lezer in lezers),
        *(threading.Thread(target=_log_in, args=(klok, poort, n, drukte)) for n in range(drukte.inloggers)),
        threading.Thread(target=_wijzig, args=(drukte, eind)),
    ]
    for mens in mensen:
        mens.start()
    for mens in mensen:
        mens.join()
    return klok


def _lees(klok: Klok, poort: int, koekje: str, nummer: int, drukte: Drukte, eind: float) -> None:
    """Walk over the pages from another beginning than the others, with pauses to think."""
    toeval, plek = Random(nummer), -nummer  # noqa: S311  # of pauses
    time.sleep(toeval.uniform(0, drukte.denktijd[1]))
    while time.monotonic() < eind:
        blad = WANDELING[plek % len(WANDELING)]
        klok.meet("kaal" if blad is KAAL else "pagina", partial(_vraag, poort, blad, koekje))
        plek += 1
        time.sleep(toeval.uniform(*drukte.denktijd))


def _vraag(poort: int, blad: Blad, koekje: str) -> None:
    """On a new connection: after a pause to read the old one is gone."""
    verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=30)
    verbinding.request("GET", blad.pad, headers={"Cookie": koekje, "Host": "localhost"})
    antwoord = verbinding.getresponse()
    tekst = antwoord.read().decode()
    verbinding.close()
    if "_figuur=" in blad.pad:
        json.loads(tekst)["data"]
    else:
        controleer(blad, antwoord.status, tekst)


def inlogvorm(verbinding: http.client.HTTPConnection, naam: str) -> tuple[dict[str, str], dict[str, str]]:
    """Open the form: the headers and the fields to send it with."""
    verbinding.request("GET", "/inloggen/", headers={"Host": "localhost"})
    antwoord = verbinding.getresponse()
    bewijs = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', antwoord.read().decode())
    koekje = (antwoord.getheader("Set-Cookie") or "").split(";")[0]
    velden = {"username": naam, "password": WACHTWOORD, "csrfmiddlewaretoken": bewijs[1] if bewijs else ""}
    return {"Cookie": koekje, "Host": "localhost", "Content-Type": "application/x-www-form-urlencoded"}, velden


def _log_in(klok: Klok, poort: int, nummer: int, drukte: Drukte) -> None:
    """Open the form, and send it: the time is that of sending it, with the password checked."""
    time.sleep(drukte.inloggen_vanaf + drukte.inlogtijd * nummer / drukte.inloggers)
    verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=30)
    koppen, velden = inlogvorm(verbinding, f"komer-{nummer}")

    def verstuur() -> None:
        verbinding.request("POST", "/inloggen/", urlencode(velden), koppen)
        gekregen = verbinding.getresponse()
        gekregen.read()
        if gekregen.status != 302:
            raise RuntimeError(f"/inloggen/: {gekregen.status}")

    klok.meet("inloggen", verstuur)
    verbinding.close()


def _wijzig(drukte: Drukte, eind: float) -> None:
    """Something changes that pages show, so the kept ones are made anew."""
    from django.db import connection

    verbinding = psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor})
    verbinding.autocommit = True
    while time.monotonic() < eind:
        verbinding.execute("INSERT INTO common_wijziging DEFAULT VALUES")
        time.sleep(drukte.wijziging_elke)
    verbinding.close()
