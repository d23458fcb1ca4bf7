"""The plan of the agenda itself, and a plan of an invented, much larger unit beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

from django.conf import settings
from django.test import Client

from common.inlezen import Fouten
from formatie import laden, lezen
from formatie.models import Controlesom, Districtsformatie, Formatieplan, Formatieregel, Onderdeel
from tests.factories import maak_persoon

GROOT = {"districten": 43, "teams": 4, "regels": 90}


def laad_plan() -> Formatieplan:
    """The fixtures of the project: organisation and formation plan."""
    fouten = Fouten()
    organisatie = lezen.lees_organisatie(settings.FIXTURES_DIR, fouten)
    plannen = lezen.lees_plannen(settings.FIXTURES_DIR, organisatie, fouten)
    assert not fouten
    laden.laad(organisatie, plannen)
    return Formatieplan.objects.get(slug="2023-2026")


def vergroot(plan: Formatieplan) -> None:
    """Add 43 districts of four teams, 90 rows with a waarvan each, and a comparison that differs for every one."""
    eenheid = Onderdeel.objects.get(code="RE07")
    maak = partial(Onderdeel, soort=Onderdeel.Soort.DISTRICT, ouder=eenheid, volgorde=500)
    districten = Onderdeel.objects.bulk_create(
        maak(code=f"X{n}", naam=f"District {n}") for n in range(GROOT["districten"])
    )
    teams = Onderdeel.objects.bulk_create(
        Onderdeel(code=f"{d.code}T{n}", naam=f"Team {n}", soort=Onderdeel.Soort.BASISTEAM, ouder=d, volgorde=501)
        for d in districten
        for n in range(GROOT["teams"])
    )
    cellen = [_cel(plan, d, "totaal", "40") for d in districten] + [_cel(plan, t, "basisteam", "9") for t in teams]
    Districtsformatie.objects.bulk_create(cellen)
    _vergroot_regels(plan)
    Controlesom.objects.bulk_create(_som(plan, nummer, d.code) for nummer, d in enumerate(districten))


def _cel(plan: Formatieplan, onderdeel: Onderdeel, soort: str, gedrukt: str) -> Districtsformatie:
    return Districtsformatie(
        plan=plan, onderdeel=onderdeel, soort=soort, fte=Decimal(gedrukt), fte_gedrukt=gedrukt, bronregel="1"
    )


def _regel(plan: Formatieplan, nummer: int, ouder: Formatieregel | None = None) -> Formatieregel:
    return Formatieregel(
        plan=plan,
        sleutel=f"extra-{nummer}",
        volgnummer=nummer,
        dienst=f"Dienst {nummer // 10}",
        naam=f"Regel {nummer}",
        soort="waarvan" if ouder else "regel",
        ouder=ouder,
        fte=Decimal(1),
        fte_os=Decimal(1),
        fte_gedrukt="1",
        fte_os_gedrukt="1",
        bronregel="1",
    )


def _vergroot_regels(plan: Formatieplan) -> None:
    ouders = Formatieregel.objects.bulk_create(_regel(plan, 1000 + n) for n in range(GROOT["regels"]))
    Formatieregel.objects.bulk_create(_regel(plan, 2000 + n, ouder) for n, ouder in enumerate(ouders))


def _som(plan: Formatieplan, nummer: int, code: str) -> Controlesom:
    return Controlesom(
        plan=plan,
        sleutel=f"extra-{code.lower()}",
        volgnummer=1000 + nummer,
        omschrijving=f"Totaal van {code}",
        geheel=f"cel:{code}:totaal:fte",
        delen=[f"cel:{code}T{n}:basisteam:fte" for n in range(GROOT["teams"])],
    )


def leeg_plan() -> Formatieplan:
    """A plan in force that prints nothing at all."""
    dag = date(2023, 1, 1)
    return Formatieplan.objects.create(
        slug="leeg", naam="Leeg plan", besluit="Besluit", besluitdatum=dag, geldig_vanaf=dag, bronregel="1"
    )


def als(rol: str, **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client
