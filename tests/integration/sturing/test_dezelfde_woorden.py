"""A value, an explanation and an activity are found with the same words on the page, in a file and in the API.

On paper it is the same page; what its print style leaves is looked at in a browser, with the words from here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from monitor.rekenen.herberekenen import herbereken
from strategie.models import Hoofdlijn, Thema
from tests.factories import maak_persoon, maak_planactiviteit
from tests.integration.antwoorden import rijen_van
from tests.integration.monitor.dashboards.opstelling import VANDAAG, maak_monitor
from tests.integration.monitor.dashboards.verleden import corrigeer
from tests.integration.sturing.duiding.opstelling import dien_in, neem_aan
from tests.integration.sturing.volgen.test_sinds import een
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
NU = datetime(2025, 11, 24, 12, tzinfo=UTC)
Q = "kwartaal=2025-Q3"
WAARDE = ("Verdachten jong", "413")
WAT, WAARDOOR, DOEN = "Te weinig naar het OM.", "Twee plekken staan leeg.", "Twee rechercheurs; na de zomer drie."
DUIDING = (WAT, WAARDOOR, DOEN)
TITEL, REDEN, MIJLPAAL = "Proef met “wijkteams” & co", "Een partner is ziek.", "Eerste team begonnen"
ACTIVITEIT = (TITEL, REDEN, MIJLPAAL)
OP_DE_PAGINA: dict[str, Iterable[str]] = {
    f"/indicatoren/verdachten-jong/?{Q}": WAARDE,
    f"/indicatoren/verdachten/?{Q}": DUIDING,
    f"/indicatoren/verdachten/duiding/?{Q}&onderdeel=RE07": DUIDING,
    f"/ladder/?{Q}": (WAARDOOR, DOEN),
    f"/?{Q}": (WAARDOOR, DOEN),
    "/jaarplan/2025/": (TITEL, MIJLPAAL),
    "/themas/wijk/": (TITEL,),
}
IN_EEN_BESTAND: dict[str, Iterable[str]] = {
    f"/indicatoren/?{Q}": WAARDE,
    f"/ladder/?{Q}": DUIDING,
    "/jaarplan/2025/?": ACTIVITEIT,
}
IN_DE_API: dict[str, Iterable[str]] = {
    "metingen?indicator=verdachten-jong": ("verdachten-jong", "413"),
    "duidingen": DUIDING,
    "planactiviteiten?jaar=2025": ACTIVITEIT,
}


def vertel() -> str:
    """All three; gives the address of the activity."""
    maak_monitor()
    corrigeer(een("verdachten-jong"), NU, waarde=Decimal(413))
    neem_aan(dien_in(maak_persoon("analist", naam="anna"), wat=WAT, waardoor=WAARDOOR, doen=DOEN))
    lijn = Hoofdlijn.objects.create(
        thema=Thema.objects.get(slug="wijk"), nummer=1, titel="Lijn", tekst="Zo.", bronregel="1"
    )
    versie = maak_planactiviteit(
        lijn, titel=TITEL, status="vertraagd", reden=REDEN, mijlpalen=[("2025-03-01", MIJLPAAL, "")], op=NU
    )
    herbereken(vandaag=VANDAAG)
    return f"/jaarplan/activiteiten/{versie.plan_id}/"


@pytest.fixture
def activiteit(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(timezone, "now", lambda: NU)
    return vertel()


@pytest.fixture
def lezer() -> Client:
    client = Client()
    client.force_login(maak_persoon("rvo-lid"))
    return client


def test_op_elke_pagina(activiteit: str, lezer: Client) -> None:
    for adres, woorden in {**OP_DE_PAGINA, activiteit: ACTIVITEIT}.items():
        pagina = Pagina.van(lezer.get(adres))
        assert [woord for woord in woorden if not pagina.inhoud.heeft(woord)] == [], adres


@pytest.mark.parametrize("soort", ["csv", "xlsx", "ods"])
def test_in_elk_bestand(activiteit: str, lezer: Client, soort: str) -> None:
    for adres, woorden in IN_EEN_BESTAND.items():
        rijen = rijen_van(lezer.get(f"{adres}&_export={soort}").content, soort)
        op_een_rij = [rij for rij in rijen if all(any(woord in cel for cel in rij) for woord in woorden)]
        assert len(op_een_rij) == 1, (adres, rijen)


def test_in_de_api(activiteit: str, lezer: Client) -> None:
    for lijst, woorden in IN_DE_API.items():
        rijen = lezer.get(f"/api/v1/{lijst}").json()["resultaten"]
        teksten = [list(_teksten(rij)) for rij in rijen]
        assert any(all(woord in rij for woord in woorden) for rij in teksten), (lijst, teksten)


def _teksten(waarde: Any) -> Iterable[str]:
    """Every value in it, a figure as a reader writes it."""
    if isinstance(waarde, dict | list):
        for deel in waarde.values() if isinstance(waarde, dict) else waarde:
            yield from _teksten(deel)
    elif isinstance(waarde, str | int | float):
        yield str(waarde).removesuffix(".0000")
