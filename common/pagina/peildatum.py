"""As known on an earlier day: read the day from an address, and tell which versions stood at the end of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from urllib.parse import urlencode

from django.utils import timezone

from common.pagina.verzoek import Uitgelegd
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat, Vaststelling

EERSTE_DAG = date(2000, 1, 1)  # no value is of an earlier year
_DAG = re.compile(r"(?P<j>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)|(?P<d2>\d\d?)-(?P<m2>\d\d?)-(?P<j2>\d{4})", re.ASCII)
Versie = TypeVar("Versie", bound=Vaststelling)


def lees_dag(tekst: str, vandaag: date) -> date:
    """Read ``2026-06-30`` or ``30-06-2026``. Raises Uitgelegd for what is no day, or one that is yet to come."""
    vorm = _DAG.fullmatch(tekst.strip())
    try:
        dag = date(*(int(vorm[naam] or vorm[f"{naam}2"]) for naam in "jmd")) if vorm else None
    except ValueError:
        dag = None
    if dag is None:
        raise Uitgelegd("Dit is geen datum. Schrijf de dag als 30-06-2026.")
    if dag > vandaag:
        raise Uitgelegd(f"De dag {dag:%d-%m-%Y} ligt in de toekomst. Kies vandaag of een eerdere dag.")
    if dag < EERSTE_DAG:
        raise Uitgelegd(f"Kies een dag vanaf {EERSTE_DAG:%d-%m-%Y}.")
    return dag


def lees_kwartaal(tekst: str) -> Kwartaal:
    """Read ``2026-Q3``. Raises Uitgelegd for anything else."""
    try:
        return Kwartaal.parse(tekst)
    except ValueError as fout:
        raise Uitgelegd(str(fout)) from None


class Kwartaalpad:
    """``<kwartaal:kwartaal>`` in an address: 2026-Q3. Of a quarter that has not begun there is no page."""

    regex = r"20\d{2}-Q[1-4]"

    def to_python(self, tekst: str) -> Kwartaal:
        kwartaal = Kwartaal.parse(tekst)
        if kwartaal.begin() > timezone.localdate():
            raise ValueError(f"{kwartaal.leesbaar} is nog niet begonnen.")
        return kwartaal

    def to_url(self, kwartaal: Kwartaal) -> str:
        return str(kwartaal)


def weiger_later(kwartaal: Kwartaal, laatste: Kwartaal, bekend_op: date) -> None:
    """Raises Uitgelegd for a quarter after ``laatste``, the last one that could be chosen on that day."""
    if kwartaal > laatste:
        raise Uitgelegd(f"Op {bekend_op:%d-%m-%Y} was {kwartaal.leesbaar} nog niet begonnen. Kies een latere dag.")


def vraag(kwartaal: Kwartaal | None, dag: date | None) -> str:
    """What to add to an address to look at this quarter, as known on this day; nothing for what goes without saying."""
    delen = {"kwartaal": str(kwartaal)} if kwartaal else {}
    if dag:
        delen["peildatum"] = dag.isoformat()
    return f"?{urlencode(delen)}" if delen else ""


def wanneer(kwartaal: Kwartaal, dag: date | None) -> str:
    """Quarter and, when looking back, day: for the title of a table, on the page and in its file."""
    return f"{kwartaal.leesbaar}, zoals bekend op {dag:%d-%m-%Y}" if dag else kwartaal.leesbaar


def noten(dag: date | None) -> list[str]:
    """What a file of an earlier day says of itself."""
    return [f"Dit is wat op {dag:%d-%m-%Y} bekend was, niet wat nu bekend is."] if dag else []


def einde_van(peildatum: date) -> datetime:
    """The last moment of a day, in the time zone of the program."""
    morgen = datetime.combine(peildatum + timedelta(days=1), time.min, timezone.get_current_timezone())
    return morgen - timedelta(microseconds=1)


def versies_op(versies: Iterable[Versie], peildatum: date) -> list[Versie]:
    """Approved versions as they stood at the end of that day: what was replaced later still held. Never to be saved."""
    moment = einde_van(peildatum)
    gevonden = [versie for versie in versies if versie.vastgesteld_op and versie.vastgesteld_op <= moment]
    for versie in gevonden:
        if versie.vervangen_op and versie.vervangen_op > moment:
            versie.staat, versie.vervangen_op = Staat.VASTGESTELD, None
    return gevonden
