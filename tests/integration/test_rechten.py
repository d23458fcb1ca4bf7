"""Every route × every role, generated from the table of rights."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from tests.factories import maak_persoon
from tests.integration.site import als, maak_site
from tests.rechten import BEHEER, ROLLEN, ROUTES

pytestmark = pytest.mark.django_db
ELDERS = [naam for naam, route in ROUTES.items() if route.elders]
ALTIJD_DICHT = {302, 400, 401, 403, 404, 405}


@pytest.fixture(autouse=True)
def _opstelling() -> None:
    maak_site()


def _namen(patronen: list[URLPattern | URLResolver], voor: str = "") -> Iterator[str]:
    """Every named or unnamed route, but those the admin makes."""
    for patroon in patronen:
        if isinstance(patroon, URLResolver):
            if patroon.namespace != "admin":
                yield from _namen(patroon.url_patterns, f"{patroon.namespace}:" if patroon.namespace else voor)
        else:
            yield f"{voor}{patroon.name or patroon.pattern}"


def test_elke_route_staat_in_de_tabel_en_andersom() -> None:
    zonder_wortel = {naam for naam in _namen(get_resolver().url_patterns) if naam != "api:api-root"}
    assert zonder_wortel == set(ROUTES)


@pytest.mark.parametrize("rol", ROLLEN)
@pytest.mark.parametrize("naam", ROUTES)
def test_route_bij_rol(naam: str, rol: str) -> None:
    antwoord = als(rol).get(ROUTES[naam].adres)
    assert antwoord.status_code == ROUTES[naam].verwacht(rol)
    if rol == "anoniem" and antwoord.status_code == 302:
        assert antwoord["Location"].startswith("/inloggen/")


def test_van_elke_route_met_een_district_staat_het_andere_district_in_de_tabel() -> None:
    assert {naam for naam, route in ROUTES.items() if "/A/" in route.adres} == set(ELDERS)


@pytest.mark.parametrize("methode", ["get", "head", "post", "put", "patch", "delete"])
@pytest.mark.parametrize("rol", ROLLEN)
@pytest.mark.parametrize("naam", ELDERS)
def test_een_ander_district_bij_rol_en_methode(naam: str, rol: str, methode: str) -> None:
    antwoord = getattr(als(rol), methode)(ROUTES[naam].adres_elders).status_code
    verwacht = ROUTES[naam].elders[ROLLEN.index(rol)]
    assert antwoord == verwacht if methode in ("get", "head") else antwoord in ALTIJD_DICHT


@pytest.mark.parametrize("methode", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("rol", ROLLEN)
@pytest.mark.parametrize("naam", [naam for naam in ROUTES if naam not in ("inloggen", "uitloggen", "gezondheid")])
def test_geen_route_verandert_iets(naam: str, rol: str, methode: str) -> None:
    assert getattr(als(rol), methode)(ROUTES[naam].adres).status_code in ALTIJD_DICHT


@pytest.mark.parametrize("rol", ROLLEN)
@pytest.mark.parametrize("adres", BEHEER)
def test_beheer_is_voor_beheerders(adres: str, rol: str) -> None:
    assert als(rol).get(adres).status_code == BEHEER[adres][ROLLEN.index(rol)]


def test_een_beheerder_geeft_een_rol_maar_nooit_zichzelf() -> None:
    client = als("beheerder")
    ander, zelf = maak_persoon("rvo-lid", naam="ander"), User.objects.get(username="proef-beheerder")
    assert "rolvervullingen-TOTAL_FORMS" in client.get(f"/beheer/accounts/user/{ander.pk}/change/").content.decode()
    eigen = client.get(f"/beheer/accounts/user/{zelf.pk}/change/").content.decode()
    assert 'name="rolvervullingen-0-rol"' not in eigen
    assert 'name="is_active"' not in eigen


@pytest.mark.parametrize("vraag", ["?kwartaal=2026-Q9", "?kwartaal=%00", "?kwartaal=2026-Q1&kwartaal=x", "?page=9e99"])
@pytest.mark.parametrize("naam", ["overzicht", "thema", "indicatoren", "indicator", "formatie", "formatie_controle"])
def test_een_rare_vraag_geeft_nooit_een_storing(naam: str, vraag: str) -> None:
    assert als("analist").get(ROUTES[naam].adres + vraag).status_code in (200, 400, 404)


@pytest.mark.parametrize("vraag", ["?_export=exe", "?sort=__class__", "?sort=-naam'", "?page=99999999999999999999"])
@pytest.mark.parametrize("naam", ["indicatoren", "formatie_controle", "taken"])
def test_een_rare_tabelvraag_geeft_nooit_een_storing(naam: str, vraag: str) -> None:
    assert als("analist").get(ROUTES[naam].adres + vraag).status_code in (200, 400, 404)
