"""Logging in, and what someone sees who may not."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import maak_persoon
from tests.factories.personen import WACHTWOORD
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db


def _probeer(client: Client, wachtwoord: str) -> tuple[int, Pagina]:
    antwoord = client.post("/inloggen/", {"username": "rvo-lid", "password": wachtwoord})
    return antwoord.status_code, Pagina.van(antwoord)


def test_na_inloggen_naar_waar_u_heen_wilde() -> None:
    maak_persoon("rvo-lid")
    client = Client()
    naar = client.get("/indicatoren/")["Location"]
    antwoord = client.post(naar, {"username": "rvo-lid", "password": WACHTWOORD})
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/indicatoren/")


@pytest.mark.parametrize("doel", ["https://elders.example/", "//elders.example/", "javascript:alert(1)"])
def test_nooit_naar_een_andere_site(doel: str) -> None:
    maak_persoon("rvo-lid")
    antwoord = Client().post(f"/inloggen/?next={doel}", {"username": "rvo-lid", "password": WACHTWOORD})
    assert antwoord["Location"] == "/"


def test_na_tien_keer_fout_is_het_even_dicht_ook_voor_het_goede_wachtwoord() -> None:
    maak_persoon("rvo-lid")
    client = Client()
    for _ in range(9):
        assert _probeer(client, "fout")[0] == 200
    status, pagina = _probeer(client, "fout")
    assert status == 429
    assert pagina.inhoud.heeft("Probeer het over een kwartier opnieuw.")
    assert _probeer(client, WACHTWOORD)[0] == 429


def test_een_formulier_zonder_sleutel_krijgt_een_uitleg() -> None:
    antwoord = Client(enforce_csrf_checks=True).post("/inloggen/", {"username": "x", "password": "y"})
    assert antwoord.status_code == 403
    assert Pagina.van(antwoord).kop1 == "Uw formulier is niet verzonden"


def test_uitloggen_kan_alleen_met_een_formulier() -> None:
    client = Client()
    client.force_login(maak_persoon("rvo-lid"))
    assert client.get("/uitloggen/").status_code == 405
    assert client.post("/uitloggen/")["Location"] == "/inloggen/"
    assert client.get("/").status_code == 302
