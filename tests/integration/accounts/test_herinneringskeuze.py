"""On Mijn account everybody chooses how often they hear what waits."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import maak_persoon
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(maak_persoon("analist"))
    return client


def test_wie_niets_koos_hoort_het_eens_per_dag(client: Client) -> None:
    assert User.objects.get().herinnering == "dagelijks"
    assert Pagina.van(client.get("/account/")).heeft("Bij uw account staat geen e-mailadres.")


@pytest.mark.parametrize("keuze", ["meteen", "dagelijks", "wekelijks", "nooit"])
def test_een_keuze_blijft(client: Client, keuze: str) -> None:
    antwoord = client.post("/account/herinnering/", {"herinnering": keuze}, follow=True)
    assert Pagina.van(antwoord).heeft("Uw keuze is bewaard.")
    assert User.objects.get().herinnering == keuze
    assert f'value="{keuze}" checked' in antwoord.content.decode()


@pytest.mark.parametrize("keuze", ["", "elk-uur", "\x00"])
def test_een_keuze_die_er_niet_is_verandert_niets(client: Client, keuze: str) -> None:
    antwoord = client.post("/account/herinnering/", {"herinnering": keuze}, follow=True)
    assert Pagina.van(antwoord).heeft("Kies wanneer u bericht krijgt")
    assert User.objects.get().herinnering == "dagelijks"
