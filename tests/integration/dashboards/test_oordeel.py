"""The page of one verdict: the tree, who sees what of it, and the file of its values."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from tests.factories import maak_persoon
from tests.integration.dashboards.opstelling import KWARTAAL, maak_monitor

pytestmark = pytest.mark.django_db


def _client(rol: str = "rvo-lid", **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


def _pagina(client: Client, code: str, meer: str = "", status: int = 200) -> str:
    antwoord = client.get(f"/indicatoren/{code}/oordeel/?kwartaal={KWARTAAL}{meer}")
    assert antwoord.status_code == status
    return antwoord.content.decode()


@pytest.mark.parametrize("code", ["verdachten", "verdachten-jong", "csv", "aanrijdtijd", "verzuim", "tevredenheid"])
@pytest.mark.parametrize("rol", ["rvo-lid", "analist"])
def test_elke_indicator_heeft_een_boom(code: str, rol: str) -> None:
    maak_monitor()
    assert 'class="boom"' in _pagina(_client(rol), code)
