"""Meetings, questions and actions straight in their tables, for who tests something else than how they get there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from accounts.models import User
from formatie.models import Onderdeel
from monitor.models import Indicator
from sturing.models import Actie, Actieversie, Agendapunt, Antwoord, Besluit, Overleg, Vraag

OP = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)


def maak_overleg(door: User, datum: date = date(2025, 3, 7), titel: str = "RVO maart", **anders: Any) -> Overleg:
    return Overleg.objects.create(datum=datum, titel=titel, door=door, op=OP, **anders)


def maak_punt(overleg: Overleg, titel: str = "Punt", **anders: Any) -> Agendapunt:
    plek = overleg.punten.count() + 1
    return Agendapunt.objects.create(overleg=overleg, titel=titel, volgorde=plek, door=overleg.door, op=OP, **anders)


def maak_vraag(door: User, indicator: Indicator, onderdeel: Onderdeel, **anders: Any) -> Vraag:
    plek = {"indicator": indicator, "onderdeel": onderdeel, "jaar": 2024, "kwartaal": 4}
    eigen = {"tekst": "Waarom is dit zo?", "merk": f"merk {Vraag.objects.count()}", "op": OP}
    return Vraag.objects.create(door=door, **plek, **eigen | anders)


def maak_antwoord(vraag: Vraag, door: User, tekst: str = "Daarom.", vrij: User | None = None) -> Antwoord:
    nummer = vraag.antwoorden.count() + 1
    vrijgave = {"vrijgegeven_door": vrij, "vrijgegeven_op": OP} if vrij else {}
    return Antwoord.objects.create(vraag=vraag, nummer=nummer, tekst=tekst, door=door, op=OP, **vrijgave)


def maak_actie(punt: Agendapunt, eigenaar: User, datum: date, wat: str = "Zoek het uit", **anders: Any) -> Actieversie:
    besluit = Besluit.objects.create(punt=punt, tekst="Dit wordt gedaan.", door=punt.door, op=OP)
    actie = Actie.objects.create(besluit=besluit, wat=wat)
    return Actieversie.objects.create(
        actie=actie, nummer=1, eigenaar=eigenaar, datum=datum, door=punt.door, op=OP, **anders
    )
