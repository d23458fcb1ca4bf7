"""The number of queries of a page does not grow with the data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.factories import maak_persoon
from tests.figuren import figuur_van
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, VANDAAG, maak_monitor
from tests.querytelling import controleer, tel

# In one worker: each size is made once.
pytestmark = [pytest.mark.django_db, pytest.mark.queries, pytest.mark.xdist_group("queries dashboards")]

PAGINAS = {
    "overzicht": "/",
    "themas": "/themas/",
    "thema": "/themas/opsporing/",
    "indicatoren": "/indicatoren/",
    "indicator": "/indicatoren/verdachten/",
    "indicator_met_teams": "/indicatoren/aanrijdtijd/",
    "indicator_figuur": "/indicatoren/verdachten/?_figuur=figuur-verdachten",
}
MATEN = {"klein": ({"A": 3, "B": 2}, 0), "groot": ({"A": 9, "B": 9, "C": 9}, 20)}


def met(adres: str, keuze: str) -> str:
    return f"{adres}{'&' if '?' in adres else '?'}{keuze}"


def _teken_eerst(client: Client, pagina: str, keuze: str) -> None:
    """As a worker did; without that the page asks for it."""
    if pagina == "indicator_figuur":
        figuur_van(client, f"{PAGINAS['indicator']}?{keuze}")


@pytest.fixture(scope="module", params=MATEN)
def maat(request: pytest.FixtureRequest, deelstand: Any) -> Iterator[None]:
    with deelstand():
        maak_monitor(*MATEN[request.param])
        yield


@pytest.mark.usefixtures("maat")
@pytest.mark.parametrize("pagina", PAGINAS)
def test_een_vast_aantal_queries_over_een_eerdere_dag(pagina: str) -> None:
    client = Client()
    client.force_login(maak_persoon("rvo-lid"))
    _teken_eerst(client, pagina, f"kwartaal={KWARTAAL}&peildatum={VANDAAG.isoformat()}")
    aantal, queries = tel(client, met(PAGINAS[pagina], f"kwartaal={KWARTAAL}&peildatum={VANDAAG.isoformat()}"))
    controleer(f"{pagina}_terugblik", aantal, queries)


@pytest.mark.usefixtures("maat")
@pytest.mark.parametrize("pagina", PAGINAS)
def test_een_vast_aantal_queries(pagina: str) -> None:
    client = Client()
    client.force_login(maak_persoon("rvo-lid"))
    _teken_eerst(client, pagina, f"kwartaal={KWARTAAL}")
    aantal, queries = tel(client, met(PAGINAS[pagina], f"kwartaal={KWARTAAL}"))
    controleer(pagina, aantal, queries)
