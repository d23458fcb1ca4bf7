"""Who is logged in and has no role reads whom to ask, on every page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Rolvervulling
from tests.factories import UserFactory, maak_persoon
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    beheerder = maak_persoon("beheerder", naam="petra")
    beheerder.email = "petra@politie.example"
    beheerder.save()
    weg = maak_persoon("beheerder", naam="vertrokken")
    weg.is_active = False
    weg.save()
    client = Client()
    client.force_login(UserFactory(username="nieuw"))
    return client


@pytest.mark.parametrize("adres", ["/", "/indicatoren/", "/invoer/", "/vaststellen/", "/zoeken/"])
def test_wie_geen_rol_heeft_leest_wie_te_vragen(client: Client, adres: str) -> None:
    antwoord = client.get(adres)
    pagina = Pagina.van(antwoord)
    assert antwoord.status_code == 403
    assert pagina.kop1 == "U hebt nog geen rol"
    assert pagina.heeft("petra, petra@politie.example")
    assert not pagina.heeft("vertrokken")


def test_wie_later_een_rol_heeft_leest_vanaf_wanneer(client: Client) -> None:
    dag = timezone.localdate() + timedelta(days=40)
    Rolvervulling.objects.create(user_id=client.session["_auth_user_id"], rol="rvo-lid", geldig_vanaf=dag)
    zin = "bent u RVO-lid; vanaf die dag ziet u hier de pagina's."
    pagina = Pagina.van(client.get("/"))
    assert pagina.heeft(zin)
    assert pagina.heeft(f"Vanaf {dag.day} ")


def test_uitloggen_en_het_eigen_account_werken(client: Client) -> None:
    assert client.get("/account/").status_code == 200
    assert client.get("/account/wachtwoord/").status_code == 200
    assert client.post("/uitloggen/")["Location"] == "/inloggen/"
