"""The address where the script of the grid saves: per cell what became of it and what the server makes of it."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from common.models import AuditEvent
from monitor.models import Afsluiting, Concept, Indicator
from tests.boom import Knoop, lees
from tests.factories import IndicatorFactory, maak_eenheid, maak_persoon
from tests.factories.monitor import MOMENT
from tests.integration.monitor.invoer.rooster.test_rooster import (
    ADRES,
    PLEK,
    anna,
    formulier,
    tokens,
    verdachten,
    verstuur,
)
from tests.pagina import Pagina

__all__ = ["anna", "verdachten"]
pytestmark = pytest.mark.django_db


def _json(client: Client, *rijen: object) -> HttpResponse:
    return client.post(f"{ADRES}bewaar/", {"rijen": list(rijen)}, content_type="application/json")


def knoppen(bericht: str) -> list[Knoop]:
    """The buttons of a message, with the attributes that the script goes by."""
    return [knoop for knoop in lees(bericht).alle() if knoop.naam == "button"]


def rij(token: str, **cellen: str) -> dict[str, object]:
    return {"plek": PLEK, "versie": token, "cellen": {"status": "definitief", **cellen}}


def test_het_script_krijgt_per_cel_wat_ervan_begrepen_is(client: Client, anna: User, verdachten: Indicator) -> None:
    antwoord = _json(client, rij(tokens(client)[PLEK], waarde="1.234")).json()
    [cel] = antwoord["rijen"]
    assert (cel["veilig"], cel["fout"], cel["bericht"]) == (True, [], "")
    assert "1.234 verdachten" in cel["stand"]
    assert cel["token"] == tokens(client)[PLEK]
    assert AuditEvent.objects.get().herkomst == "scherm invoer"


def test_het_script_krijgt_een_twijfel_met_de_bedoelde_waarde(client: Client, anna: User) -> None:
    maak_eenheid()
    IndicatorFactory(code="verdachten", eenheid="%", decimalen=1, aggregatie="stand")
    [cel] = _json(client, rij(tokens(client)[PLEK], waarde="0,82")).json()["rijen"]
    assert Pagina.van(cel["bericht"]).heeft("Bedoelt u 0,82% of 82%?")
    assert ("waarde", "82") in {(knop["data-vul"], knop["data-tekst"]) for knop in knoppen(cel["bericht"])}
    assert cel["fout"] == ["waarde"]
    velden = formulier(tokens(client)[PLEK], waarde="0,82")
    client.post(ADRES, {"vul": f"{PLEK}:waarde:82", **velden})  # the same button without script
    assert Concept.objects.get().cellen["waarde"] == "82"


def test_het_script_krijgt_bij_een_conflict_beide_waarden(client: Client, anna: User, verdachten: Indicator) -> None:
    oud = tokens(client)[PLEK]
    verstuur(client, waarde="12")
    [cel] = _json(client, rij(oud, waarde="14")).json()["rijen"]
    assert (cel["veilig"], cel["soort"], cel["token"]) == (False, "conflict", oud)
    assert {knop["data-kies"]: knop["data-token"] for knop in knoppen(cel["bericht"])}["mijn"] == tokens(client)[PLEK]


@pytest.mark.parametrize(
    "inhoud", ["", "[]", "{", '{"rijen": 3}', '{"rijen": [{"plek": "x"}]}', '{"rijen": [null]}', "[" * 50_000]
)
def test_wat_geen_cellen_zijn_wordt_geweigerd(client: Client, anna: User, inhoud: str) -> None:
    antwoord = client.post(f"{ADRES}bewaar/", inhoud, content_type="application/json")
    assert antwoord.status_code == 400


def test_het_script_hoort_dat_een_kwartaal_gesloten_is(client: Client, anna: User, verdachten: Indicator) -> None:
    token = tokens(client)[PLEK]
    Afsluiting.objects.create(jaar=2025, kwartaal=3, gesloten_door=maak_persoon("vaststeller"), gesloten_op=MOMENT)
    antwoord = _json(client, rij(token, waarde="12"))
    assert (antwoord.status_code, "is gesloten" in antwoord.json()["melding"]) == (409, True)
