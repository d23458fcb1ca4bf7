"""Someone at a browser: logs in, reads, sends forms, and notes what the site answered."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, replace
from functools import cached_property
from http.cookiejar import CookieJar
from itertools import pairwise
from typing import Any

from tests.pagina import Pagina

GEDULD = 20.0  # seconds; the site answers within ten or not at all
GEEN_ANTWOORD = 0


@dataclass(frozen=True)
class Antwoord:
    """``status`` is GEEN_ANTWOORD when the connection broke. ``duur``: the longest answer on the way to it: a
    redirect and the page after it are two.
    """

    status: int
    tekst: str = ""
    adres: str = ""
    duur: float = 0.0  # seconds

    @cached_property
    def pagina(self) -> Pagina:
        return Pagina.van(self.tekst)

    @property
    def kop(self) -> str:
        return next(iter(self.pagina.koppen), "")

    @property
    def meldingen(self) -> list[str]:
        """What the page says in its boxes."""
        return self.pagina.meldingen

    def meldt(self, tekst: str) -> bool:
        return self.pagina.meldt(tekst)


class Doorverwijzing(urllib.request.HTTPRedirectHandler):
    """Notes when each redirect came."""

    def __init__(self) -> None:
        self.momenten: list[float] = []

    def redirect_request(self, *args: Any) -> urllib.request.Request | None:
        self.momenten.append(time.monotonic())
        return super().redirect_request(*args)


class Bezoeker:
    def __init__(self, poort: int, naam: str) -> None:
        self.basis, self.naam = f"http://127.0.0.1:{poort}", naam
        self.koekjes = CookieJar()
        self.doorverwijzing = Doorverwijzing()
        koekjes = urllib.request.HTTPCookieProcessor(self.koekjes)
        self.opener = urllib.request.build_opener(koekjes, self.doorverwijzing)

    def log_in(self) -> None:
        self.lees("/inloggen/")
        antwoord = self.stuur("/inloggen/", {"username": self.naam, "password": "strategie-demo"})
        assert antwoord.status == 200, antwoord

    def lees(self, pad: str) -> Antwoord:
        return self._vraag(pad)

    def stuur(self, pad: str, velden: dict[str, str]) -> Antwoord:
        inhoud = urllib.parse.urlencode({"csrfmiddlewaretoken": self._token(), **velden}).encode()
        return self._vraag(pad, inhoud)

    def stuur_json(self, pad: str, inhoud: object) -> Antwoord:
        koppen = {"Content-Type": "application/json", "X-CSRFToken": self._token()}
        return self._vraag(pad, json.dumps(inhoud).encode(), koppen)

    def stuur_bestand(self, pad: str, naam: str, inhoud: str) -> Antwoord:
        grens = uuid.uuid4().hex
        deel = f'--{grens}\r\nContent-Disposition: form-data; name="'
        tekst = f'{deel}csrfmiddlewaretoken"\r\n\r\n{self._token()}\r\n'
        tekst += f'{deel}bestand"; filename="{naam}"\r\nContent-Type: text/csv\r\n\r\n{inhoud}\r\n--{grens}--\r\n'
        koppen = {"Content-Type": f"multipart/form-data; boundary={grens}"}
        return self._vraag(pad, tekst.encode(), koppen)

    def _token(self) -> str:
        return next((koekje.value or "" for koekje in self.koekjes if koekje.name == "csrftoken"), "")

    def _vraag(self, pad: str, inhoud: bytes | None = None, koppen: dict[str, str] | None = None) -> Antwoord:
        verzoek = urllib.request.Request(self.basis + pad, inhoud, koppen or {})  # noqa: S310  # an address of ours
        self.doorverwijzing.momenten = [time.monotonic()]
        antwoord = self._open(verzoek)
        momenten = [*self.doorverwijzing.momenten, time.monotonic()]
        return replace(antwoord, duur=max(na - voor for voor, na in pairwise(momenten)))

    def _open(self, verzoek: urllib.request.Request) -> Antwoord:
        try:
            with self.opener.open(verzoek, timeout=GEDULD) as antwoord:
                return Antwoord(antwoord.status, antwoord.read().decode(), antwoord.url.removeprefix(self.basis))
        except urllib.error.HTTPError as fout:
            with fout:
                return Antwoord(fout.code, fout.read().decode(errors="replace"), fout.url.removeprefix(self.basis))
        except (OSError, http.client.HTTPException):
            return Antwoord(GEEN_ANTWOORD)
