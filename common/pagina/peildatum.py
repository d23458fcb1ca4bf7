"""As known now or on an earlier day: the day of an address, and which versions stood at the end of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
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


def lees_peildatum(tekst: str, vandaag: date) -> date | None:
    """The earlier day that is asked for; as known today is the ordinary page. Raises Uitgelegd as ``lees_dag`` does."""
    dag = lees_dag(tekst, vandaag) if tekst else vandaag
    return dag if dag < vandaag else None


def lees_kwartaal(tekst: str) -> Kwartaal:
    """Read ``2026-Q3``. Raises Uitgelegd for anything else."""
    try:
        return Kwartaal.parse(tekst)
    except ValueError as fout:
        raise Uitgelegd(str(fout)) from None


def weiger_later(kwartaal: Kwartaal, laatste: Kwartaal, bekend_op: date) -> None:
    """Raises Uitgelegd for a quarter after ``laatste``, the last one that could be chosen on that day."""
    if kwartaal > laatste:
        raise Uitgelegd(f"Op {bekend_op:%d-%m-%Y} was {kwartaal.leesbaar} nog niet begonnen. Kies een latere dag.")


def einde_van(peildatum: date) -> datetime:
    """The last moment of a day, in the time zone of the program."""
    morgen = datetime.combine(peildatum + timedelta(days=1), time.min, timezone.get_current_timezone())
    return morgen - timedelta(microseconds=1)


class Nu:
    """As known now: what every page shows that names no day."""

    dag: date | None = None
    moment: datetime | None = None
    noten: Sequence[str] = ()
    """What a file of it says of itself."""
    in_adres: Mapping[str, str] = {}

    def vraag(self, kwartaal: Kwartaal | None = None) -> str:
        """What to add to an address to look at this quarter, as known on this day; nothing for what needs no saying."""
        delen = {**({"kwartaal": str(kwartaal)} if kwartaal else {}), **self.in_adres}
        return f"?{urlencode(delen)}" if delen else ""

    def wanneer(self, kwartaal: Kwartaal) -> str:
        """Quarter and, when looking back, day: for the title of a table, on the page and in its file."""
        return kwartaal.leesbaar

    def geldend(self, versies: Any) -> Any:
        """Those of a manager of versions that hold."""
        return versies.zoals_bekend_op(self.moment)

    def zoals(self, versies: Iterable[Versie]) -> list[Versie]:
        """Approved versions, replaced ones included, each as it stands."""
        return list(versies)


class Toen(Nu):
    """As known at the end of an earlier day."""

    dag: date
    moment: datetime

    def __init__(self, dag: date) -> None:
        self.dag, self.moment = dag, einde_van(dag)
        self.noten = (f"Dit is wat op {dag:%d-%m-%Y} bekend was, niet wat nu bekend is.",)
        self.in_adres = {"peildatum": dag.isoformat()}

    def wanneer(self, kwartaal: Kwartaal) -> str:
        return f"{kwartaal.leesbaar}, zoals bekend op {self.dag:%d-%m-%Y}"

    def zoals(self, versies: Iterable[Versie]) -> list[Versie]:
        """What was replaced later still held. Never to be saved."""
        gevonden = [versie for versie in versies if versie.vastgesteld_op and versie.vastgesteld_op <= self.moment]
        for versie in gevonden:
            if versie.vervangen_op and versie.vervangen_op > self.moment:
                versie.staat, versie.vervangen_op = Staat.VASTGESTELD, None
        return gevonden
