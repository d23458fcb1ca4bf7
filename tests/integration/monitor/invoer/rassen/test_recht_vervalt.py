"""A right that is withdrawn while its holder decides on a group: the whole group is decided, or none of it."""

from __future__ import annotations

from threading import Barrier, Thread
from time import sleep

import pytest
from django.db import connection
from django.test import Client

from accounts.beheer.services import trek_rol_in
from accounts.models import Rolvervulling
from common.models import AuditEvent
from common.vaststellen.model import Staat
from monitor.invoer.vaststellen.selectors import keuze_van
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Meting
from tests.factories import IndicatorFactory, MetingFactory, maak_eenheid, maak_persoon

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("rassen")]
LANG = 20


def _groep() -> list[Meting]:
    onderdelen, anna = maak_eenheid({"A": 9}), maak_persoon("analist", naam="anna")
    indicator = IndicatorFactory(code="proef", naam="Proef", niveau="basisteam")
    teams = [onderdelen[f"A{nummer}"] for nummer in range(1, 10)]
    return [MetingFactory(indicator=indicator, onderdeel=team, ingevoerd_door=anna, wachtend=True) for team in teams]


@pytest.mark.parametrize("ronde", [0, 1, *(pytest.param(n, marks=pytest.mark.chaos) for n in range(2, LANG))])
def test_wie_besluit_terwijl_het_recht_vervalt_besluit_alles_of_niets(ronde: int) -> None:
    """One opens the page, another withdraws the role; then both at once, with the one or the other a moment ahead."""
    groep, vera, beheerder = _groep(), maak_persoon("vaststeller", naam="vera"), maak_persoon("beheerder")
    client, antwoorden, tegelijk = Client(), [], Barrier(2)
    client.force_login(vera)
    assert client.get("/vaststellen/").status_code == 200
    velden = {"besluit": "vaststellen", "keuze": [keuze_van(METING, rij) for rij in METING.wachtend()]}

    def besluit() -> None:
        tegelijk.wait(30)
        sleep(0.02 * (ronde % 2))
        antwoorden.append(_waarheen(client, velden))
        connection.close()

    def trek_in() -> None:
        tegelijk.wait(30)
        trek_rol_in(Rolvervulling.objects.get(user=vera), door=beheerder, herkomst="race")
        connection.close()

    draden = [Thread(target=besluit), Thread(target=trek_in)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    vast = Meting.objects.filter(staat=Staat.VASTGESTELD).count()
    assert (antwoorden, vast) in [(["/vaststellen/"], len(groep)), (["/inloggen/"], 0), (["geweigerd"], 0)]
    assert AuditEvent.objects.filter(handeling="vastgesteld").count() == vast
    assert _waarheen(client, velden) != "/vaststellen/"
    assert Meting.objects.filter(staat=Staat.VASTGESTELD).count() == vast


def _waarheen(client: Client, velden: dict[str, object]) -> str:
    """Decided: back to the page; without the right: the session has ended with it, or the page is not there."""
    antwoord = client.post("/vaststellen/", velden)
    return antwoord.headers.get("Location", "geweigerd").split("?")[0]
