"""The block of one's own municipality: on the first page of its mayor, and never on that of another."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Rolvervulling
from formatie.models import Gemeente, Werkgebied
from tests.databaserol import als_superuser
from tests.factories import GemeenteFactory, maak_gebied, maak_persoon
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, maak_monitor
from tests.pagina import Link, Pagina

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


def lees(client: Client, adres: str = OVERZICHT) -> Pagina:
    antwoord = client.get(adres)
    assert antwoord.status_code == 200
    return Pagina.van(antwoord)


def blokken(pagina: Pagina) -> list[str]:
    """The headings of the blocks of one's own municipality."""
    return [kop for kop in pagina.koppen if kop.startswith(KOP)]


def test_elk_ziet_de_eigen_gemeente_en_geen_andere_ook_als_de_pagina_bewaard_is() -> None:
    stad, dorp, zonder = als("een", "stad"), als("twee", "dorp"), als("drie")
    for _ in range(3):
        van_stad, van_dorp, van_zonder = lees(stad), lees(dorp), lees(zonder)
        assert [blokken(pagina) for pagina in (van_stad, van_dorp, van_zonder)] == [
            ["Mijn gemeente: Stad"],
            ["Mijn gemeente: Dorp"],
            [],
        ]
        assert van_stad.deel("Mijn gemeente: Stad").heeft("basisteam A1 Onderdeel A1")
        assert not van_stad.ergens("Dorp")
        assert not van_dorp.ergens("Stad")


def test_de_rest_van_de_pagina_is_voor_allen_dezelfde() -> None:
    eerste, *andere = (lees(client) for client in (als("een", "stad"), als("twee", "dorp"), als("drie")))
    assert eerste.heeft("Voortgang in Q3 2025")
    for pagina in andere:
        assert _rest(pagina) == _rest(eerste)


def _rest(pagina: Pagina) -> tuple[str, list[Link]]:
    """What stands around the blocks of this reader, and all its links to figures."""
    links = [link for link in pagina.inhoud.links if not link.adres.startswith("/gemeenten/")]
    voor, na = pagina.inhoud.tekst.partition("Mijn gemeente")[0], pagina.inhoud.tekst.partition("Compleet")[2]
    return voor.partition("Voor mij")[0].partition("Compleet")[0] + na, links


def test_een_tweede_keer_kost_het_blok_geen_query() -> None:
    def kosten(client: Client) -> int:
        lees(client)
        with CaptureQueriesContext(connection) as queries:
            lees(client)
        return len(queries)

    met, zonder = als("een", "stad"), als("drie")
    verschillen = {kosten(met) - kosten(zonder) for _ in range(10)}
    assert 0 in verschillen  # the standing is that of the page; another writer in this server may cost more


def test_een_nieuw_werkgebied_is_meteen_te_zien() -> None:
    client = als("een", "stad")
    assert lees(client).deel(KOP).heeft("basisteam A1")
    maak_gebied(Gemeente.objects.get(slug="stad"), "A2", gebied="Noord")
    assert lees(client).deel(KOP).heeft("2 basisteams")
    with als_superuser():
        Werkgebied.objects.all().delete()
    assert lees(client).deel(KOP).heeft("Welk basisteam hier werkt, staat niet in de bronnen")


def test_een_andere_gemeente_bij_het_account_geldt_meteen() -> None:
    client = als("een", "stad")
    assert blokken(lees(client)) == ["Mijn gemeente: Stad"]
    Rolvervulling.objects.update(gemeente_slug="dorp")
    assert blokken(lees(client)) == ["Mijn gemeente: Dorp"]


def test_wie_voor_een_opgegane_gemeente_zat_ziet_de_opvolger() -> None:
    Gemeente.objects.filter(slug="dorp").update(geldig_tot="2023-01-01", opgegaan_in=Gemeente.objects.get(slug="stad"))
    pagina = lees(als("een", "dorp"))
    assert blokken(pagina) == ["Mijn gemeente: Stad"]
    assert not pagina.heeft("kent de monitor niet")


def test_een_onbekend_kenmerk_wordt_gezegd() -> None:
    pagina = lees(als("een", "stdd"))
    assert blokken(pagina) == []
    assert pagina.heeft("Bij uw account staat de gemeente “stdd”. Die kent de monitor niet")


def test_een_waarnemer_ziet_beide_gemeenten() -> None:
    client = als("een", "stad")
    maak_persoon("rvo-lid", naam="een", gemeente="dorp")
    assert blokken(lees(client)) == ["Mijn gemeente: Dorp", "Mijn gemeente: Stad"]
    assert lees(client).heeft("(RVO-lid)")


def test_een_andere_rol_heeft_geen_blok() -> None:
    chef, beheerder = lees(als("vier", rol="districtschef", onderdeel="A")), lees(als("vijf", rol="beheerder"))
    assert blokken(chef) == []
    assert chef.deel("Mijn district: A Onderdeel A").link("Bekijk district A") == "/formatie/districten/A/"
    assert (beheerder.kop1, blokken(beheerder)) == ("De thema's van de agenda", [])


def test_het_blok_houdt_het_gekozen_kwartaal() -> None:
    blok = lees(als("een", "stad"), "/?kwartaal=2025-Q2").deel(KOP)
    assert blok.link("Bekijk Stad") == "/gemeenten/stad/?kwartaal=2025-Q2"
