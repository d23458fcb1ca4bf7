"""Too often is 429 with how long to wait: for a person, a key and an address, counted over all processes."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ApiToken, User
from config.verkeer import tempo
from config.verkeer.tempo import PAUZE, Teller
from tests.factories import maak_persoon
from tests.integration.monitor.rekenen.test_wachtrij import bevroren

__all__ = ["bevroren"]
from tests.integration.site import als, maak_site
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
API, BESTAND = "/api/v1/onderdelen", "/indicatoren/?_export=csv"
GENOEG = 3


@pytest.fixture(autouse=True)
def _krap(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small limit, a counter of this test's own, and a minute that does not end halfway."""
    settings.TEMPO = dict.fromkeys(settings.TEMPO, GENOEG)
    monkeypatch.setattr(tempo, "teller", Teller())
    minuut = time.time_ns() // 1000  # of its own for each test: the counts of another are of another minute
    monkeypatch.setattr(tempo, "time", lambda: minuut * 60 + 20)


def _sleutel(user: User) -> dict[str, str]:
    sleutel = ApiToken.maak(user, "proef", timezone.localdate() + timedelta(days=1))
    return {"Authorization": f"Bearer {sleutel}"}


def _statussen(client: Client, adres: str, keer: int, **koppen: Any) -> list[int]:
    return [client.get(adres, **koppen).status_code for _ in range(keer)]


def test_de_api_per_persoon() -> None:
    maak_site()
    analist = als("analist")
    assert _statussen(analist, API, GENOEG + 1) == [200] * GENOEG + [429]
    antwoord = analist.get(API)
    assert antwoord["Content-Type"] == "application/problem+json"
    assert antwoord["Retry-After"] == "40"
    assert antwoord.json()["detail"] == "Probeer het over 40 seconden opnieuw."
    assert "API-Version" in antwoord
    assert als("vaststeller").get(API).status_code == 200  # nobody else waits for it
    assert analist.get("/indicatoren/").status_code == 200  # nor any page


def test_een_sleutel_telt_apart_van_de_persoon() -> None:
    maak_site()
    user = maak_persoon("analist")
    een, ander = _sleutel(user), _sleutel(user)
    assert _statussen(Client(), API, GENOEG + 1, headers=een) == [200] * GENOEG + [429]
    assert Client().get(API, headers=ander).status_code == 200


def test_verkeerde_sleutels_per_adres() -> None:
    maak_site()
    goed = _sleutel(maak_persoon("analist"))
    geraden = [Client().get(API, headers={"Authorization": f"Bearer raad{n}"}).status_code for n in range(GENOEG + 2)]
    assert geraden == [401] * GENOEG + [429] * 2
    assert Client().get(API, headers=goed, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_bestanden_per_persoon_en_de_gewone_pagina_niet() -> None:
    maak_site()
    analist = als("analist")
    assert _statussen(analist, BESTAND, GENOEG + 1) == [200] * GENOEG + [429]
    antwoord = analist.get(BESTAND)
    assert Pagina.van(antwoord).kop1 == "U vraagt te veel achter elkaar."
    assert antwoord["Retry-After"] == "40"
    assert _statussen(analist, "/indicatoren/", 2) == [200] * 2
    assert als("vaststeller").get(BESTAND).status_code == 200


def test_een_volgende_minuut_mag_het_weer(monkeypatch: pytest.MonkeyPatch) -> None:
    maak_site()
    analist, nu = als("analist"), tempo.time()
    assert _statussen(analist, API, GENOEG + 1)[-1] == 429
    monkeypatch.setattr(tempo, "time", lambda: nu + 60)
    assert analist.get(API).status_code == 200


def test_processen_tellen_samen() -> None:
    een, ander = Teller(), Teller()
    naam = f"samen-{time.monotonic_ns()}"
    assert [een.verhoog(naam), ander.verhoog(naam), een.verhoog(naam), ander.verhoog(naam, 0)] == [1, 2, 3, 3]


@pytest.mark.parametrize("soort", ["weg", "bevroren"])
def test_zonder_valkey_telt_elk_proces_zelf_en_wacht_niemand(soort: str, settings: Any, request: Any) -> None:
    settings.REDIS_URL = "redis+socket:///nergens/redis.sock" if soort == "weg" else request.getfixturevalue("bevroren")
    maak_site()
    analist = als("analist")
    begin = time.monotonic()
    assert _statussen(analist, API, GENOEG + 1) == [200] * GENOEG + [429]
    assert time.monotonic() - begin < PAUZE / 2
