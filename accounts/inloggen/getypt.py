"""What someone typed in a form and sent after their session had ended: kept until they are logged in again.

It is theirs: the ended session whose cookie came along says whose. Nobody else who logs in there sees it, and nothing
is ever sent by itself. Without such a session nothing is kept, so a stranger stores nothing here.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from accounts.sessies.opslag import WAS_VAN

PLEK = "verstuurd"
MEESTE_TEKENS = 300_000
# What a form sends beside what is typed in it, by the last part of its name.
ONGEZIEN = {"csrfmiddlewaretoken", "wie", "versie", "gezien", "next", "terug", "tabel", "sessie"}
KNOPPEN = ("besluit", "actie")
KEUZES = {*KNOPPEN, "keuze", "vul", "kies", "terugnemen"}
GEHEIM = ("password", "wachtwoord", "geheim")
Veld = tuple[str, str]


@dataclass(frozen=True)
class Verstuurd:
    """One form: where it went, what goes along unseen, what was typed, and what the button said."""

    nummer: int
    pad: str
    stil: tuple[Veld, ...]
    getypt: tuple[tuple[str, str, str], ...]  # name, what to call it, text
    knop: str


def bewaar(request: HttpRequest) -> bool:
    """Keep the form of this anonymous request, when it is known whose it is; whether it is kept."""
    wie = request.session.get(WAS_VAN)
    velden = [(naam, waarde) for naam, waarden in request.POST.lists() for waarde in waarden]
    if wie is None or is_geheim(velden) or not any(_is_getypt(*veld) for veld in velden):
        return False
    velden = [veld for veld in velden if veld[0] != "csrfmiddlewaretoken"]
    eerder = [form for form in request.session.get(PLEK, []) if form["wie"] == wie]
    alles = [*eerder, {"wie": wie, "pad": request.get_full_path(), "velden": velden}]
    if len(json.dumps(alles)) > MEESTE_TEKENS:
        return False
    request.session[PLEK] = alles
    return True


def houd_eigen(request: HttpRequest) -> bool:
    """At the log-in: what somebody else typed here is let go; whether something of one's own is left."""
    request.session.pop(WAS_VAN, None)
    eigen = [form for form in request.session.get(PLEK, []) if form["wie"] == request.user.pk]
    if PLEK in request.session:
        request.session[PLEK] = eigen
    return bool(eigen)


def teruggevonden(request: HttpRequest) -> list[Verstuurd]:
    return [
        _als_formulier(nummer, form)
        for nummer, form in enumerate(request.session.get(PLEK, []))
        if form["wie"] == request.user.pk
    ]


def vergeet(request: HttpRequest, nummer: str) -> None:
    formulieren = request.session.get(PLEK, [])
    request.session[PLEK] = [form for n, form in enumerate(formulieren) if str(n) != nummer]


def _als_formulier(nummer: int, form: dict[str, Any]) -> Verstuurd:
    velden = [(naam, waarde) for naam, waarde in form["velden"]]
    getypt = tuple((naam, _in_woorden(naam), waarde) for naam, waarde in velden if _is_getypt(naam, waarde))
    stil = tuple(veld for veld in velden if not _is_getypt(*veld))
    knop = next((waarde for naam, waarde in velden if naam in KNOPPEN), "")
    return Verstuurd(nummer, form["pad"], stil, getypt, knop)


def _is_getypt(naam: str, waarde: str) -> bool:
    laatste = naam.replace(":", ".").rpartition(".")[2]
    return bool(waarde.strip()) and laatste not in ONGEZIEN | KEUZES and not naam.startswith(("kolom-", "toon-"))


def is_geheim(velden: list[Veld]) -> bool:
    """A password is kept nowhere."""
    return any(woord in naam.lower() for naam, _ in velden for woord in GEHEIM)


def _in_woorden(naam: str) -> str:
    woorden = naam.replace(":", ", ").replace(".", ", ").replace("_", " ").replace("-", " ")
    return woorden[:1].upper() + woorden[1:]
