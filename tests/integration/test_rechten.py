"""Every route × every role, generated from the table of rights."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from common.models import AuditEvent
from formatie.models import Onderdeel
from monitor.models import Indicator
from tests.factories import BezettingFactory, MetingFactory
from tests.integration.site import als, bewaar_menu, maak_site
from tests.rechten import GEEN_ADMIN, ROLLEN, ROUTES

pytestmark = pytest.mark.django_db
ELDERS = [naam for naam, route in ROUTES.items() if route.elders]
LEZEN = ("get", "head")
SCHRIJVEN = ("post", "put", "patch", "delete")
METHODEN = (*LEZEN, *SCHRIJVEN)
ALTIJD_DICHT = {302, 400, 401, 403, 404, 405}


SESSIES: dict[str, dict[str, str]] = {}


@pytest.fixture(autouse=True, scope="module")
def _opstelling(gedeelde_stand: None) -> Iterator[None]:
    """The site, and somebody of every role who is logged in; nobody writes, so a menu is made once."""
    maak_site()
    for rol in ROLLEN:
        SESSIES[rol] = {naam: koekje.value for naam, koekje in als(rol).cookies.items()}
    with pytest.MonkeyPatch.context() as monkeypatch:
        bewaar_menu(monkeypatch)
        yield
    SESSIES.clear()


def ingelogd(rol: str) -> Client:
    """A browser of that person: what a test does with the session does not reach the next test."""
    client = Client()
    client.cookies.load(SESSIES[rol])
    return client


def _namen(patronen: list[URLPattern | URLResolver], voor: str = "") -> Iterator[str]:
    """Every named or unnamed route."""
    for patroon in patronen:
        if isinstance(patroon, URLResolver):
            yield from _namen(patroon.url_patterns, f"{patroon.namespace}:" if patroon.namespace else voor)
        else:
            yield f"{voor}{patroon.name or patroon.pattern}"


def test_elke_route_staat_in_de_tabel_en_andersom() -> None:
    zonder_wortel = {naam for naam in _namen(get_resolver().url_patterns) if naam != "api:api-root"}
    assert zonder_wortel == set(ROUTES)


@pytest.mark.parametrize("rol", ROLLEN)
@pytest.mark.parametrize("naam", ROUTES)
def test_route_bij_rol(naam: str, rol: str) -> None:
    antwoord = ingelogd(rol).get(ROUTES[naam].adres)
    assert antwoord.status_code == ROUTES[naam].verwacht(rol)
    if rol == "anoniem" and antwoord.status_code == 302 and naam != "toegang_link":
        assert antwoord["Location"].startswith("/inloggen/")


def test_van_elke_route_met_een_district_staat_het_andere_district_in_de_tabel() -> None:
    assert {naam for naam, route in ROUTES.items() if "/A/" in route.adres} == set(ELDERS)


@pytest.mark.parametrize("plek", ["eigen", "elders"])
@pytest.mark.parametrize("rol", ROLLEN)
@pytest.mark.parametrize("naam", ELDERS)
def test_een_district_in_het_adres_bij_rol_plek_en_elke_methode(naam: str, rol: str, plek: str) -> None:
    route, client = ROUTES[naam], ingelogd(rol)
    adres = route.adres if plek == "eigen" else route.adres_elders
    verwacht = (route.antwoorden if plek == "eigen" else route.elders)[ROLLEN.index(rol)]
    for methode in METHODEN:
        antwoord = getattr(client, methode)(adres).status_code
        assert antwoord == verwacht if methode in LEZEN else antwoord in ALTIJD_DICHT, methode


@pytest.mark.parametrize("rol", ROLLEN)
def test_een_district_in_de_vraag_bij_rol_en_elke_methode(rol: str) -> None:
    """The page of bezetting names the district behind the question mark: A is the chief's own, B is not."""
    client = ingelogd(rol)
    for code, chef in (("A", 200), ("B", 404)):
        verwacht = chef if rol == "districtschef" else ROUTES["invoer_bezetting"].verwacht(rol)
        for methode in METHODEN:
            antwoord = getattr(client, methode)(f"/invoer/2025-Q1/bezetting/?district={code}").status_code
            # Nothing typed is nothing proposed: who may propose is sent back to the page.
            dicht = ALTIJD_DICHT - {302} if verwacht == 404 else ALTIJD_DICHT
            assert antwoord == verwacht if methode in LEZEN else antwoord in dicht, (code, methode)


@pytest.mark.parametrize(("soort", "code"), [(s, c) for s in ("bezetting", "metingen") for c in ("A", "A1", "B", "B2")])
def test_een_geschiedenis_volgt_het_onderdeel_waar_die_van_is(soort: str, code: str) -> None:
    waar = {"pk": 2, "onderdeel": Onderdeel.objects.get(code=code)}
    if soort == "bezetting":
        BezettingFactory(**waar)
    else:
        MetingFactory(**waar, indicator=Indicator.objects.get())
    for rol in ROLLEN:
        client = ingelogd(rol)
        ziet = rol in ("analist", "vaststeller") or (rol == "districtschef" and code[0] == "A")
        ziet = ziet or (rol == "portefeuillehouder" and soort == "metingen")
        for methode in METHODEN:
            antwoord = getattr(client, methode)(f"/{soort}/2/geschiedenis/").status_code
            leest = methode in LEZEN and rol != "anoniem"
            assert antwoord == (200 if ziet else 404) if leest else antwoord in ALTIJD_DICHT, (rol, methode)


@pytest.mark.parametrize("rol", ROLLEN)
@pytest.mark.parametrize("naam", [naam for naam in ROUTES if naam not in ("inloggen", "uitloggen", "gezondheid")])
def test_geen_route_verandert_iets(naam: str, rol: str) -> None:
    """What answers with its page again (409, or where something is to be ticked first) wrote nothing."""
    lezer, eerst = ingelogd(rol), AuditEvent.objects.exclude(handeling="geweigerd").count()
    for methode in SCHRIJVEN:
        status = getattr(lezer, methode)(ROUTES[naam].adres).status_code
        assert status in ALTIJD_DICHT | {409} or (naam.startswith("vaststellen") and status == 200), methode
        assert AuditEvent.objects.exclude(handeling="geweigerd").count() == eerst, methode


@pytest.mark.parametrize("methode", METHODEN)
@pytest.mark.parametrize("adres", GEEN_ADMIN)
def test_van_de_admin_van_django_is_niets_over(adres: str, methode: str) -> None:
    assert getattr(ingelogd("beheerder"), methode)(adres).status_code == 404
    assert not apps.is_installed("django.contrib.admin")


@pytest.mark.parametrize("vraag", ["?kwartaal=2026-Q9", "?kwartaal=%00", "?kwartaal=2026-Q1&kwartaal=x", "?page=9e99"])
@pytest.mark.parametrize("naam", ["overzicht", "thema", "indicatoren", "indicator", "formatie", "formatie_controle"])
def test_een_rare_vraag_geeft_nooit_een_storing(naam: str, vraag: str) -> None:
    assert ingelogd("analist").get(ROUTES[naam].adres + vraag).status_code in (200, 400, 404)


@pytest.mark.parametrize("vraag", ["?_export=exe", "?sort=__class__", "?sort=-naam'", "?page=99999999999999999999"])
@pytest.mark.parametrize("naam", ["indicatoren", "formatie_controle", "taken"])
def test_een_rare_tabelvraag_geeft_nooit_een_storing(naam: str, vraag: str) -> None:
    lezer = ingelogd("beheerder" if naam == "taken" else "analist")
    assert lezer.get(ROUTES[naam].adres + vraag).status_code in (200, 400, 404)
