"""The number of queries of a page does not grow with the data."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import maak_persoon
from tests.figuren import figuur_van
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, VANDAAG, maak_monitor
from tests.querytelling import controleer, tel

pytestmark = [pytest.mark.django_db, pytest.mark.queries]

PAGINAS = {
    "overzicht": "/",
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


@pytest.mark.parametrize("maat", MATEN)
@pytest.mark.parametrize("pagina", PAGINAS)
def test_een_vast_aantal_queries_over_een_eerdere_dag(pagina: str, maat: str) -> None:
    maak_monitor(*MATEN[maat])
    client = Client()
    client.force_login(maak_persoon("rvo-lid"))
    _teken_eerst(client, pagina, f"kwartaal={KWARTAAL}&peildatum={VANDAAG.isoformat()}")
    aantal, queries = tel(client, met(PAGINAS[pagina], f"kwartaal={KWARTAAL}&peildatum={VANDAAG.isoformat()}"))
    controleer(f"{pagina}_terugblik", aantal, queries)


@pytest.mark.parametrize("maat", MATEN)
@pytest.mark.parametrize("pagina", PAGINAS)
def test_een_vast_aantal_queries(pagina: str, maat: str) -> None:
    districten, extra = MATEN[maat]
    maak_monitor(districten, extra)
    client = Client()
    client.force_login(maak_persoon("rvo-lid"))
    _teken_eerst(client, pagina, f"kwartaal={KWARTAAL}")
    aantal, queries = tel(client, met(PAGINAS[pagina], f"kwartaal={KWARTAAL}"))
    controleer(pagina, aantal, queries)
