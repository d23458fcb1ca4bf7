"""The rules of the NLGov REST API Design Rules (Logius, 2.1) that a machine can check, each by its own name.

Not here: the rules that a person judges (nouns, plurals, Dutch, no implementation details) and TLS, which the proxy
in front of the monitor ends; ``config/settings.py`` asks for it with HSTS in production.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from monitor.api.problemen import VERSIE
from tests.factories import AgendaFactory, MetingFactory, OnderdeelFactory, maak_persoon

pytestmark = pytest.mark.django_db

LIJSTEN = (
    *("indicatoren", "onderdelen", "formatieregels", "districtsformatie", "metingen", "doelbereik", "reeksen"),
    *("agendadelen", "koppelingen", "ambitiestanden", "gebeurtenissen"),
    "planactiviteiten",
    *("overleggen", "vragen", "acties"),
    "wijzigingen",
    "duidingen",
)
DAGEN = {
    *("geldigVanaf", "geldigTot", "peildatum", "begin", "eind", "datum", "gereedOp"),
    *("van", "tot", "wanneer", "uiterlijk", "op", "totEnMet"),
}
# Every way to be told no, and one way to get an answer, as (method, address).
VRAGEN = (
    ("get", "/api/v1/onderdelen"),
    ("get", "/api/v1/openapi.json"),
    ("get", "/api/v1/onderdelen?pagina=0"),
    ("get", "/api/v1/bestaat-niet"),
    ("get", "/api/v1/"),
    ("get", "/api/v1"),
    ("get", "/api/"),
    ("get", "/api/v2/onderdelen"),
    ("post", "/api/v1/onderdelen"),
    ("delete", "/api/v1/metingen"),
    ("put", "/api/v1/openapi.json"),
)


@pytest.fixture
def beschrijving() -> dict[str, Any]:
    return Client().get("/api/v1/openapi.json").json()


@pytest.fixture
def lezer() -> Client:
    client = Client()
    client.force_login(maak_persoon("rvo-lid"))
    return client


def _vraagwegen(beschrijving: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for pad, methoden in beschrijving["paths"].items():
        for methode, weg in methoden.items():
            yield pad, methode, weg


def test_core_doc_openapi(beschrijving: dict[str, Any]) -> None:
    """Valid against the schema of OpenAPI 3.1; every reference leads somewhere, every operationId is there once."""
    assert re.fullmatch(r"3(\.\d+){1,2}", beschrijving["openapi"])
    assert [str(fout) for fout in OpenAPIV31SpecValidator(beschrijving).iter_errors()] == []
    assert set(beschrijving["paths"]) == {f"/{lijst}" for lijst in LIJSTEN}
    ids = [weg["operationId"] for _, _, weg in _vraagwegen(beschrijving)]
    assert len(ids) == len(set(ids))


def test_core_publish_openapi() -> None:
    """Without log-in, at the standard place, and readable from a page of any other site."""
    antwoord = Client(headers={"Origin": "https://register.example"}).get("/api/v1/openapi.json")
    assert (antwoord.status_code, antwoord["Access-Control-Allow-Origin"]) == (200, "*")
    assert antwoord["Content-Type"] == "application/json"


def test_core_doc_openapi_contact(beschrijving: dict[str, Any]) -> None:
    contact = beschrijving["info"]["contact"]
    assert set(contact) == {"name", "url", "email"}
    assert contact["url"].startswith("http")
    assert "@" in contact["email"]


def test_core_http_methods(beschrijving: dict[str, Any], lezer: Client) -> None:
    assert {methode for _, methode, _ in _vraagwegen(beschrijving)} == {"get"}
    for methode in ("post", "put", "patch", "delete"):
        antwoord = getattr(lezer, methode)("/api/v1/metingen")
        assert (antwoord.status_code, antwoord["Allow"]) == (405, "GET")


def test_rfc_9110_head_is_get_without_its_body(lezer: Client) -> None:
    OnderdeelFactory()
    volledig, koppen = lezer.get("/api/v1/onderdelen"), lezer.head("/api/v1/onderdelen")
    assert (koppen.status_code, koppen.content) == (200, b"")
    assert koppen["Content-Length"] == str(len(volledig.content))
    assert koppen["Content-Type"] == volledig["Content-Type"]


@pytest.mark.parametrize("lijst", [*LIJSTEN, "openapi.json"])
def test_core_no_trailing_slash(lijst: str, beschrijving: dict[str, Any], lezer: Client) -> None:
    """With a slash behind it the address does not exist; it does not lead to the right one either."""
    assert not [pad for pad in beschrijving["paths"] if pad.endswith("/")]
    antwoord = lezer.get(f"/api/v1/{lijst}/")
    assert (antwoord.status_code, antwoord["Content-Type"]) == (404, "application/problem+json")


def test_core_uri_version(beschrijving: dict[str, Any]) -> None:
    assert [server["url"] for server in beschrijving["servers"]] == ["/api/v1"]
    assert not [pad for pad in beschrijving["paths"] if re.search(r"/v\d", pad)]


def test_core_semver(beschrijving: dict[str, Any]) -> None:
    assert re.fullmatch(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", beschrijving["info"]["version"])
    assert beschrijving["info"]["version"].startswith("1.")


@pytest.mark.parametrize(("methode", "adres"), VRAGEN)
@pytest.mark.parametrize("ingelogd", [True, False])
def test_core_version_header(methode: str, adres: str, ingelogd: bool, lezer: Client) -> None:
    client = lezer if ingelogd else Client()
    assert getattr(client, methode)(adres)["API-Version"] == VERSIE


def test_core_version_header_is_described(beschrijving: dict[str, Any]) -> None:
    for pad, _, weg in _vraagwegen(beschrijving):
        for status, antwoord in weg["responses"].items():
            assert "API-Version" in antwoord["headers"], (pad, status)


@pytest.mark.parametrize(("methode", "adres"), VRAGEN)
def test_core_transport_security_headers(methode: str, adres: str, lezer: Client) -> None:
    antwoord = getattr(lezer, methode)(adres)
    assert antwoord["Cache-Control"] == "private, no-store"
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in antwoord["Content-Security-Policy"]


def test_core_transport_security_headers_hsts_in_production(settings: Any, lezer: Client) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    for adres in ("/api/v1/onderdelen", "/api/v1/bestaat-niet"):
        client = Client()
        client.cookies = lezer.cookies
        assert client.get(adres, secure=True)["Strict-Transport-Security"].startswith("max-age=31536000")


def test_core_transport_cors(lezer: Client) -> None:
    """Figures go to this site only: no other origin is named."""
    antwoord = lezer.get("/api/v1/onderdelen", headers={"Origin": "https://elders.example"})
    assert "Access-Control-Allow-Origin" not in antwoord


def test_core_path_segments_kebab_case(beschrijving: dict[str, Any]) -> None:
    assert [pad for pad in beschrijving["paths"] if not re.fullmatch(r"(/[a-z0-9]+(-[a-z0-9]+)*)+", pad)] == []


def test_core_query_keys_camel_case(beschrijving: dict[str, Any]) -> None:
    namen = {p["name"] for _, _, weg in _vraagwegen(beschrijving) for p in weg["parameters"] if p["in"] == "query"}
    assert "perPagina" in namen
    assert [naam for naam in namen if not re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", naam)] == []


def test_names_of_shapes_and_properties(beschrijving: dict[str, Any]) -> None:
    """Shapes in UpperCamelCase, what they hold in lowerCamelCase."""
    vormen = beschrijving["components"]["schemas"]
    assert [naam for naam in vormen if not re.fullmatch(r"([A-Z][a-z\d]*)+", naam)] == []
    eigenschappen = {naam for vorm in vormen.values() for naam in vorm.get("properties", {})}
    assert [naam for naam in eigenschappen if not re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", naam)] == []


def _vormen_van(vorm: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield vorm
    for deel in vorm.get("anyOf", ()):
        yield from _vormen_van(deel)


@pytest.mark.parametrize(
    ("formaat", "velden"),
    [
        ("date-time", {"berekendOp", "bijgewerktOp", "vastgesteldOp", "genoteerdOp", "vrijgegevenOp", "gesteldOp"}),
        ("date", DAGEN),
    ],
)
def test_core_date_time_format(formaat: str, velden: set[str], beschrijving: dict[str, Any]) -> None:
    """A moment carries its zone; a day carries no time."""
    gevonden = {
        naam
        for vorm in beschrijving["components"]["schemas"].values()
        for naam, eigenschap in vorm.get("properties", {}).items()
        if any(deel.get("format") == formaat for deel in _vormen_van(eigenschap))
    }
    assert gevonden == velden


def test_core_date_time_timezone(lezer: Client) -> None:
    MetingFactory()
    [meting] = lezer.get("/api/v1/metingen").json()["resultaten"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", meting["vastgesteldOp"])


@pytest.mark.parametrize(("methode", "adres"), VRAGEN)
@pytest.mark.parametrize("ingelogd", [True, False])
def test_core_error_handling_problem_details(methode: str, adres: str, ingelogd: bool, lezer: Client) -> None:
    antwoord = getattr(lezer if ingelogd else Client(), methode)(adres)
    if antwoord.status_code < 400:
        assert antwoord["Content-Type"].startswith("application/json")
        return
    assert antwoord["Content-Type"] == "application/problem+json"
    probleem = antwoord.json()
    assert probleem["status"] == antwoord.status_code
    assert probleem["title"].endswith(".")
    assert len(probleem["detail"]) > 10


def test_core_error_handling_problem_details_is_described(beschrijving: dict[str, Any]) -> None:
    vorm = beschrijving["components"]["schemas"]["Probleem"]
    assert {"status", "title", "detail"} <= set(vorm["required"])
    for _, _, weg in _vraagwegen(beschrijving):
        for status, antwoord in weg["responses"].items():
            if status[0] in "45":
                assert antwoord["content"]["application/problem+json"]["schema"]["$ref"].endswith("/Probleem")


def test_core_error_handling_invalid_input_is_described(beschrijving: dict[str, Any]) -> None:
    for pad, _, weg in _vraagwegen(beschrijving):
        assert {"400", "401", "404"} <= set(weg["responses"]), pad
        assert "422" not in weg["responses"]


@pytest.mark.parametrize("lijst", LIJSTEN)
def test_core_error_handling_invalid_input(lijst: str, lezer: Client) -> None:
    """A misspelt parameter gets no answer to another question, but its name back, and what there is instead."""
    antwoord = lezer.get(f"/api/v1/{lijst}?indicatr=ziekteverzuim&pagina=1&pagina=2&perPagina=nul")
    assert antwoord.status_code == 400
    redenen = {fout["parameter"]: fout["reden"] for fout in antwoord.json()["fouten"]}
    assert redenen["indicatr"].startswith("Deze parameter bestaat niet. Wel: ")
    assert "perPagina" in redenen["indicatr"]
    assert redenen["pagina"] == "Deze parameter staat er meer dan een keer. Vraag één waarde tegelijk."
    assert redenen["perPagina"] == "Vul een geheel getal in."


@pytest.mark.parametrize(
    ("vraag", "reden"),
    [
        ("kwartaal=5", "kwartaal: Vul een getal van 1 tot en met 4 in."),
        ("kwartaal=0", "kwartaal: Vul een getal van 1 tot en met 4 in."),
        ("perPagina=1001", "perPagina: Vul een getal van 1 tot en met 1000 in."),
        ("pagina=0", "pagina: Vul een getal van 1 tot en met 1000000 in."),
        ("indicator=", "indicator: Een code bestaat uit letters, cijfers en streepjes."),
        ("indicator=" + "a" * 61, "indicator: Een code is hoogstens 60 tekens lang."),
        ("peildatum=2026-04-31", "peildatum: Vul een datum in, bijvoorbeeld 2026-11-23."),
        ("peildatum=2026-04-30T12:00", "peildatum: Vul een datum in zonder tijd, bijvoorbeeld 2026-11-23."),
        (
            "indicator=bestaat-niet",
            "indicator: “bestaat-niet” is geen indicator. Welke er zijn, staat in /api/v1/indicatoren.",
        ),
        ("onderdeel=Z9", "onderdeel: “Z9” is geen onderdeel. Welke er zijn, staat in /api/v1/onderdelen."),
    ],
)
def test_every_bound_in_plain_words(vraag: str, reden: str, lezer: Client) -> None:
    antwoord = lezer.get(f"/api/v1/doelbereik?{vraag}")
    assert (antwoord.status_code, antwoord.json()["detail"]) == (400, reden)


def test_a_year_after_the_last_agenda_is_no_empty_list(lezer: Client) -> None:
    AgendaFactory(begin_jaar=2023, eind_jaar=2026)
    antwoord = lezer.get("/api/v1/doelbereik?jaar=2027")
    assert (antwoord.status_code, antwoord.json()["detail"]) == (400, "jaar: Vul een jaar in van 2000 tot en met 2026.")
    assert lezer.get("/api/v1/doelbereik?jaar=2026").status_code == 200


def test_a_code_may_be_typed_in_any_capitals(lezer: Client) -> None:
    MetingFactory(indicator__code="verdachten", onderdeel__code="A1")
    for onderdeel, indicator in (("a1", "VERDACHTEN"), ("A1", "verdachten")):
        vraag = f"/api/v1/metingen?onderdeel={onderdeel}&indicator={indicator}"
        assert lezer.get(vraag).json()["totaal"] == 1
