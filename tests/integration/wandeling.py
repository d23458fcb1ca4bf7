"""Walk over the site the way a reader does: from the overview, by the links and forms that are on the pages."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from tests.boom import Knoop, lees, naam_van
from tests.taal import taalfouten
from tests.velden import is_veld

START = "/"
_KWARTAAL = re.compile(r"\d{4}-Q[1-4]")
BUITEN = ("/static/",)  # files


class Lezer(HTMLParser):
    """The links, the forms that only ask, and the ids of one page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.wegen: list[str] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kenmerken = {naam: waarde or "" for naam, waarde in attrs}
        if "id" in kenmerken:
            self.ids.append(kenmerken["id"])
        if tag == "a" and "href" in kenmerken:
            self.wegen.append(kenmerken["href"])
        if tag == "form" and kenmerken.get("method", "get").lower() == "get" and kenmerken.get("action"):
            self.wegen.append(kenmerken["action"])


def verrassende_knoppen(wortel: Knoop) -> list[str]:
    """What Enter in a field of a form presses, where that is one of several buttons and not what the form is for.

    That is the first of the form, unless it is there to do nothing.
    """
    knopen = list(wortel.alle())
    verrassend = []
    for formulier in (knoop for knoop in knopen if knoop.naam == "form"):
        eigen = [knoop for knoop in knopen if _formulier(knoop) in (formulier, formulier["id"])]
        knoppen = [knoop for knoop in eigen if knoop.naam == "button" and knoop["type"] in ("", "submit")]
        luistert = any(is_veld(k) and k.naam != "textarea" and k["type"] != "hidden" for k in eigen)
        if luistert and len(knoppen) > 1 and not _is_hoofdzaak(knoppen[0]):
            verrassend.append(naam_van(knoppen[0]))
    return verrassend


def _formulier(knoop: Knoop) -> Knoop | str | None:
    """The form an element belongs to: by name, else the one around it."""
    return knoop["form"] or next((boven for boven in knoop.voorouders if boven.naam == "form"), None)


def _is_hoofdzaak(knop: Knoop) -> bool:
    """Whether it stands out, was put there to be the first, or does nothing."""
    is_eerste = "voor-schermlezer" in knop.klassen and knop["tabindex"] == "-1"
    return is_eerste or "data-niets" in knop.kenmerken or "knop-rustig" not in knop.klassen


@dataclass
class Wandeling:
    """What was met: per route the fewest clicks it takes, and everything that was wrong on the way."""

    kliks: dict[str, int] = field(default_factory=dict)
    dood: list[str] = field(default_factory=list)
    zonder_plek: list[str] = field(default_factory=list)
    dubbel: list[str] = field(default_factory=list)
    enter: list[str] = field(default_factory=list)
    taal: list[str] = field(default_factory=list)
    paginas: int = 0

    def loop(self, client: Client, start: str = START) -> Wandeling:
        """Every page once for each set of names in its query: another quarter is the same page."""
        wachtrij, gezien = deque([(start, "", 0)]), {_soort(start)}
        plekken: dict[str, set[str]] = {}
        gevraagd: set[tuple[str, str, str]] = set()
        while wachtrij:
            adres, van, kliks = wachtrij.popleft()
            self.kliks.setdefault(_route(adres), kliks)
            pagina = self._open(client, adres, van)
            if pagina is None:
                continue
            plekken[adres] = set(pagina.ids)
            self.dubbel += [f"{adres}: {naam}" for naam in plekken[adres] if pagina.ids.count(naam) > 1]
            for doel, plek in (_intern(weg, adres) for weg in pagina.wegen):
                if plek:
                    gevraagd.add((doel, plek, adres))
                if doel and _soort(doel) not in gezien:
                    gezien.add(_soort(doel))
                    wachtrij.append((doel, adres, kliks + 1))
        self.zonder_plek = [
            f"{van} -> {doel}#{plek}" for doel, plek, van in gevraagd if doel in plekken and plek not in plekken[doel]
        ]
        return self

    def _open(self, client: Client, adres: str, van: str) -> Lezer | None:
        antwoord = client.get(adres, follow=True)
        self.paginas += 1
        if antwoord.status_code != 200:
            self.dood.append(f"{van} -> {adres}: {antwoord.status_code}")
        is_html = antwoord["Content-Type"].startswith("text/html") and not adres.startswith(BUITEN)
        if antwoord.status_code != 200 or not is_html:
            return None
        html = antwoord.content.decode()
        wortel = lees(html)
        self.enter += [f"{adres}: {knop}" for knop in verrassende_knoppen(wortel)]
        self.taal += [f"{adres}: {fout}" for fout in taalfouten(wortel)]
        return Lezer(html)


def _intern(weg: str, hier: str) -> tuple[str, str]:
    """The address of a link within the site and its place on the page; nothing for what is elsewhere or a file."""
    delen = urlsplit(weg)
    if delen.scheme or delen.netloc or delen.path.startswith("/static/") or "_export=" in delen.query:
        return "", ""
    pad = delen.path or urlsplit(hier).path
    vraag = delen.query if delen.path or delen.query else urlsplit(hier).query
    return f"{pad}?{vraag}" if vraag else pad, delen.fragment


def _soort(adres: str) -> tuple[str, tuple[str, ...]]:
    """Another quarter is the same page."""
    delen = urlsplit(adres)
    namen = {naam for naam, _ in parse_qsl(delen.query, keep_blank_values=True)}
    return _KWARTAAL.sub("kwartaal", delen.path), tuple(sorted(namen))


def _route(adres: str) -> str:
    try:
        return resolve(urlsplit(adres).path).view_name
    except Resolver404:
        return ""
