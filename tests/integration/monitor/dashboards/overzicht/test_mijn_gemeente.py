"""The block of one's own municipality: on the first page of its mayor, and never on that of another."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Rolvervulling
from formatie.models import Gemeente, Werkgebied
from tests.factories import GemeenteFactory, maak_gebied, maak_persoon
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, maak_monitor

# Outside a transaction, or no page is kept.
pytestmark = pytest.mark.django_db(transaction=True)
OVERZICHT = f"/?kwartaal={KWARTAAL}"
KOP = "Mijn gemeente:"


@pytest.fixture(autouse=True)
def _monitor() -> None:
    cache.clear()
    maak_monitor()
    maak_gebied(GemeenteFactory(slug="stad"), "A1")
    maak_gebied(GemeenteFactory(slug="dorp"), "B1")


def als(naam: str, gemeente: str = "", rol: str = "rvo-lid", **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, naam=naam, gemeente=gemeente, **waar))
    return client


def lees(client: Client, adres: str = OVERZICHT) -> str:
    antwoord = client.get(adres)
    assert antwoord.status_code == 200
    return antwoord.content.decode()


def test_elk_ziet_de_eigen_gemeente_en_geen_andere_ook_als_de_pagina_bewaard_is() -> None:
    stad, dorp, zonder = als("een", "stad"), als("twee", "dorp"), als("drie")
    for _ in range(3):
        van_stad, van_dorp, van_zonder = lees(stad), lees(dorp), lees(zonder)
        assert "Mijn gemeente: Stad" in van_stad
        assert "basisteam A1 Onderdeel A1" in van_stad
        assert "Dorp" not in van_stad
        assert "Mijn gemeente: Dorp" in van_dorp
        assert "Stad" not in van_dorp
        assert KOP not in van_zonder


def test_de_rest_van_de_pagina_is_voor_allen_dezelfde() -> None:
    inhoud = {lees(client).partition("<h1>")[2] for client in (als("een", "stad"), als("twee", "dorp"), als("drie"))}
    assert len(inhoud) == 1


def test_een_tweede_keer_kost_het_blok_een_query() -> None:
    def kosten(client: Client) -> int:
        lees(client)
        with CaptureQueriesContext(connection) as queries:
            lees(client)
        return len(queries)

    met, zonder = als("een", "stad"), als("drie")
    verschillen = {kosten(met) - kosten(zonder) for _ in range(10)}
    assert 1 in verschillen  # the standing is asked once more; another writer in this server may cost more


def test_een_nieuw_werkgebied_is_meteen_te_zien() -> None:
    client = als("een", "stad")
    assert "basisteam A1" in lees(client)
    maak_gebied(Gemeente.objects.get(slug="stad"), "A2", gebied="Noord")
    assert "2 basisteams" in lees(client)
    Werkgebied.objects.all().delete()
    assert "Welk basisteam hier werkt, staat niet in de bronnen" in lees(client)


def test_een_andere_gemeente_bij_het_account_geldt_meteen() -> None:
    client = als("een", "stad")
    assert "Mijn gemeente: Stad" in lees(client)
    Rolvervulling.objects.update(gemeente_slug="dorp")
    assert "Mijn gemeente: Dorp" in lees(client)


def test_wie_voor_een_opgegane_gemeente_zat_ziet_de_opvolger() -> None:
    Gemeente.objects.filter(slug="dorp").update(geldig_tot="2023-01-01", opgegaan_in=Gemeente.objects.get(slug="stad"))
    html = lees(als("een", "dorp"))
    assert "Mijn gemeente: Stad" in html
    assert "kent de monitor niet" not in html


def test_een_onbekend_kenmerk_wordt_gezegd() -> None:
    html = lees(als("een", "stdd"))
    assert KOP not in html
    assert "Bij uw account staat de gemeente “stdd”. Die kent de monitor niet" in html


def test_een_waarnemer_ziet_beide_gemeenten() -> None:
    client = als("een", "stad")
    maak_persoon("rvo-lid", naam="een", gemeente="dorp")
    html = lees(client)
    assert html.count(KOP) == 2
    assert "(RVO-lid)" in html


def test_een_andere_rol_heeft_geen_blok() -> None:
    assert KOP not in lees(als("vier", rol="districtschef", onderdeel="A"))
    assert KOP not in lees(als("vijf", rol="beheerder"))


def test_het_blok_houdt_het_gekozen_kwartaal() -> None:
    assert 'href="/gemeenten/stad/?kwartaal=2025-Q2"' in lees(als("een", "stad"), "/?kwartaal=2025-Q2")
