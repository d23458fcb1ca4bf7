"""How often one person or address may ask for what is dear: the API and files. Too often is 429, with how long to wait.

Counted per minute in Valkey, for all processes together. While Valkey is away each process counts by itself: that is
less strict, and nobody waits for it. Nothing else on the site pays for this: one look at the address.
"""

import hashlib
from collections import Counter
from collections.abc import Callable
from time import monotonic, time

import redis
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis.backoff import NoBackoff
from redis.retry import Retry

from accounts.inloggen.adres import adres_van, netwerk_van
from monitor.api.problemen import probleem

MINUUT = 60
ANTWOORDTIJD = 0.25  # seconds that Valkey gets
PAUZE = 10.0  # seconds in which Valkey is not asked again after it failed
TE_VAAK = "U vraagt te veel achter elkaar."
SLEUTELFOUT = "sleutelfout"


class Teller:
    """Counts within the minute; of the minutes before it remembers nothing."""

    def __init__(self) -> None:
        self.eigen: Counter[str] = Counter()
        self.minuut = 0
        self.weer_vanaf = 0.0
        self._verbinding: redis.Redis | None = None

    def verhoog(self, naam: str, met: int = 1) -> int:
        """How often it was counted this minute, with this time; ``met`` 0 only asks."""
        minuut = int(time()) // MINUUT
        if monotonic() >= self.weer_vanaf:
            try:
                return self._gedeeld(f"tempo:{naam}:{minuut}", met)
            except (redis.RedisError, OSError):
                self.weer_vanaf = monotonic() + PAUZE
        if minuut != self.minuut:
            self.eigen.clear()
            self.minuut = minuut
        self.eigen[naam] += met
        return self.eigen[naam]

    def _gedeeld(self, sleutel: str, met: int) -> int:
        if not met:
            return int(self._valkey().get(sleutel) or 0)
        opdrachten = self._valkey().pipeline(transaction=False)
        opdrachten.incrby(sleutel, met)
        opdrachten.expire(sleutel, 2 * MINUUT)
        return int(opdrachten.execute()[0])

    def _valkey(self) -> redis.Redis:
        if self._verbinding is None:
            adres = settings.REDIS_URL.replace("redis+socket://", "unix://", 1).replace("virtual_host=", "db=")
            geduld = {"socket_timeout": ANTWOORDTIJD, "socket_connect_timeout": ANTWOORDTIJD}
            self._verbinding = redis.Redis.from_url(adres, retry=Retry(NoBackoff(), 0), **geduld)
        return self._verbinding


teller = Teller()


def houd_tempo(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, after the one that knows who asks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        soort = _soort(request)
        if not soort:
            return get_response(request)
        sleutel = request.headers.get("Authorization", "")
        if _te_vaak(request, soort, sleutel):
            return _wacht(request)
        antwoord = get_response(request)
        if sleutel and antwoord.status_code == 401:
            teller.verhoog(f"{SLEUTELFOUT}:{netwerk_van(adres_van(request))}")
        return antwoord

    return middleware


def _soort(request: HttpRequest) -> str:
    if request.path.startswith("/api/"):
        return "api"
    return "bestand" if "_export" in request.GET or request.path.startswith("/invoer/importeren/uitvoer.") else ""


def _te_vaak(request: HttpRequest, soort: str, sleutel: str) -> bool:
    """Who sends wrong keys is known by address only; everybody else by their log-in or their key."""
    meeste: dict[str, int] = settings.TEMPO
    adres = netwerk_van(adres_van(request))
    if sleutel and teller.verhoog(f"{SLEUTELFOUT}:{adres}", 0) >= meeste[SLEUTELFOUT]:
        return True
    if sleutel:
        wie = f"sleutel-{hashlib.sha256(sleutel.encode()).hexdigest()[:32]}"
    else:
        wie = f"persoon-{request.user.pk}" if request.user.is_authenticated else f"adres-{adres}"
    return teller.verhoog(f"{soort}:{wie}") > meeste[soort]


def _wacht(request: HttpRequest) -> HttpResponse:
    seconden = MINUUT - int(time()) % MINUUT
    uitleg = f"Probeer het over {seconden} seconden opnieuw."
    if request.path.startswith("/api/"):
        antwoord = probleem(429, TE_VAAK, uitleg)
    else:
        antwoord = render(request, "429.html", {"titel": TE_VAAK, "uitleg": uitleg}, status=429)
    antwoord["Retry-After"] = str(seconden)
    return antwoord
