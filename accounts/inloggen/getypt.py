"""What someone typed in a form and sent after their session had ended: kept until they are logged in again.

It is theirs: the ended session whose cookie came along says whose. Nobody else who logs in there sees it, and nothing
is ever sent by itself. Without such a session nothing is kept, so a stranger stores nothing here.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from accounts.inloggen.paginavelden import Paginavelden, lees_velden
from accounts.sessies.opslag import WAS_VAN
from common.tekst.periode import lees_datum

PLEK = "verstuurd"
MEESTE_TEKENS = 300_000
# What a form sends beside what is typed in it, by the last part of its name.
ONGEZIEN = {"csrfmiddlewaretoken", "wie", "versie", "gezien", "next", "terug", "tabel", "sessie", "handeling"}
KNOPPEN = ("besluit", "actie")
KEUZES = {*KNOPPEN, "keuze", "vul", "kies", "terugnemen"}
GEHEIM = ("password", "wachtwoord", "geheim")
Veld = tuple[str, str]


@dataclass(frozen=True)
class Getypt:
    """A field as its page calls it; ``keuzes`` are the values that can be chosen there, in words."""

    naam: str
    label: str
    waarde: str
    keuzes: dict[str, str]
    is_dag: bool


@dataclass(frozen=True)
class Verstuurd:
    """One form: where it went, what goes along unseen, what was typed, and what the button said."""

    nummer: int
    pad: str
    titel: str
    stil: tuple[Veld, ...]
    getypt: tuple[Getypt, ...]
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
        _als_formulier(nummer, form, lees_velden(request, form["pad"]))
        for nummer, form in enumerate(request.session.get(PLEK, []))
        if form["wie"] == request.user.pk
    ]


def vergeet(request: HttpRequest, nummer: str) -> None:
    formulieren = request.session.get(PLEK, [])
    request.session[PLEK] = [form for n, form in enumerate(formulieren) if str(n) != nummer]


def _als_formulier(nummer: int, form: dict[str, Any], pagina: Paginavelden) -> Verstuurd:
    velden = [(naam, waarde) for naam, waarde in form["velden"]]
    getypt = [(naam, waarde) for naam, waarde in velden if _is_getypt(naam, waarde) and not pagina.is_stil(naam)]
    stil = tuple(veld for veld in velden if veld not in getypt)
    knop = next((pagina.keuzes(naam).get(waarde, waarde) for naam, waarde in velden if naam in KNOPPEN), "")
    return Verstuurd(nummer, form["pad"], pagina.titel, stil, tuple(_veld(*veld, pagina) for veld in getypt), knop)


def _veld(naam: str, waarde: str, pagina: Paginavelden) -> Getypt:
    """What can be chosen no more is named so, and still goes along."""
    keuzes = pagina.keuzes(naam)
    er_niet = {waarde: "Deze keuze is er niet meer"} if keuzes and waarde not in keuzes else {}
    dag = lees_datum(waarde)
    is_dag = dag is not None and dag.isoformat() == waarde
    return Getypt(naam, pagina.label(naam) or _in_woorden(naam), waarde, keuzes | er_niet, is_dag)


def _is_getypt(naam: str, waarde: str) -> bool:
    laatste = naam.replace(":", ".").rpartition(".")[2]
    return bool(waarde.strip()) and laatste not in ONGEZIEN | KEUZES and not naam.startswith(("kolom-", "toon-"))


def is_geheim(velden: list[Veld]) -> bool:
    """A password is kept nowhere."""
    return any(woord in naam.lower() for naam, _ in velden for woord in GEHEIM)


def _in_woorden(naam: str) -> str:
    woorden = naam.replace(":", ", ").replace(".", ", ").replace("_", " ").replace("-", " ")
    return woorden[:1].upper() + woorden[1:]
