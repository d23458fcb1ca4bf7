"""What was typed when the session ended is there again after the log-in: for who typed it, and never sent by itself."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Sessie, User
from accounts.sessies.opslag import SessionStore, beeindig_alle
from tests.factories import maak_persoon
from tests.factories.personen import WACHTWOORD
from tests.integration.accounts.test_sessies import Klok, log_in, sleutel
from tests.integration.site import maak_site
from tests.pagina import Pagina
from tests.rechten import ROUTES

pytestmark = pytest.mark.django_db
ADRES = "/indicatoren/proef/doelen/"
VELDEN = {"jaar": "2026", "onderdeel": "RE07", "waarde": "12", "toelichting": "Eerste regel\nen een <b>tweede</b>"}


@pytest.fixture(autouse=True)
def _site() -> None:
    maak_site()


@pytest.fixture
def anna() -> User:
    return maak_persoon("analist", naam="anna")


@pytest.fixture
def klok(monkeypatch: pytest.MonkeyPatch) -> Klok:
    return Klok(monkeypatch)


def weer_in(client: Client, naam: str = "anna") -> str:
    return str(client.post("/inloggen/", {"username": naam, "password": WACHTWOORD})["Location"])


def getypt(client: Client) -> str:
    return client.get("/getypt/").content.decode()


@pytest.mark.parametrize("hoe", ["stil", "uitgelogd", "beeindigd"])
def test_de_tekst_is_er_weer_en_wordt_niet_vanzelf_verstuurd(anna: User, klok: Klok, hoe: str) -> None:
    client = log_in(anna)
    if hoe == "stil":
        klok.verder(minutes=45)
    elif hoe == "beeindigd":
        beeindig_alle(anna.pk)
    else:
        client.post("/uitloggen/")
    client.get("/")  # another window, which loses the cookie
    assert client.post(ADRES, VELDEN | {"besluit": "voorstellen"})["Location"].startswith("/inloggen/?next=")
    assert Pagina.van(client.get("/inloggen/")).meldt("Wat u typte is bewaard")
    klok.verder(hours=3)
    assert weer_in(client) == "/getypt/"
    pagina = Pagina.van(client.get("/getypt/"))
    assert {veld: pagina.waarden[veld] for veld in VELDEN} == VELDEN
    assert pagina.waarden["besluit"] == "voorstellen"
    assert pagina.heeft("Verstuur opnieuw (voorstellen)")
    assert f'action="{ADRES}"' in getypt(client)
    assert "<b>tweede" not in getypt(client)
    client.post("/getypt/", {"weg": "0"})
    assert "Eerste regel" not in getypt(client)


def test_een_ander_die_inlogt_ziet_het_niet_en_daarna_is_het_weg(anna: User, klok: Klok) -> None:
    maak_persoon("analist", naam="bob")
    client = log_in(anna)
    klok.verder(minutes=45)
    client.post(ADRES, VELDEN)
    assert weer_in(client, "bob") == "/"
    assert "Eerste regel" not in getypt(client)
    assert all(
        "Eerste regel" not in str(SessionStore(rij.pk).load()) for rij in Sessie.objects.filter(user__username="bob")
    )


def test_twee_formulieren_zijn_er_allebei(anna: User, klok: Klok) -> None:
    client = log_in(anna)
    oud = sleutel(client)
    klok.verder(minutes=45)
    client.post(ADRES, VELDEN)
    client.post(ADRES, {"toelichting": "uit het tweede venster"})
    assert sleutel(client) != oud
    weer_in(client)
    assert "Eerste regel" in getypt(client)
    assert "tweede venster" in getypt(client)


@pytest.mark.parametrize("cookie", ["", "x" * 32, "verzonnen"])
def test_een_vreemde_bewaart_niets(anna: User, cookie: str) -> None:
    client = Client()
    if cookie:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    client.post(ADRES, VELDEN)
    assert "verstuurd" not in client.session
    weer_in(client)
    assert Pagina.van(client.get("/")).meldt("wat u verstuurde is niet bewaard")
    assert "Eerste regel" not in getypt(client)


def test_een_wachtwoord_wordt_nooit_bewaard(anna: User, klok: Klok) -> None:
    client = log_in(anna)
    klok.verder(minutes=45)
    client.post("/account/wachtwoord/", {"oud_wachtwoord": WACHTWOORD, "nieuw_wachtwoord": "paard lamp fiets batterij"})
    assert weer_in(client) == "/"
    assert "paard lamp" not in getypt(client)


def test_wat_te_groot_is_wordt_gezegd(anna: User, klok: Klok) -> None:
    client = log_in(anna)
    klok.verder(minutes=45)
    client.post(ADRES, {"toelichting": "x" * 400_000})
    weer_in(client)
    assert Pagina.van(client.get("/")).meldt("wat u verstuurde is niet bewaard")


@pytest.mark.parametrize(
    "naam", sorted(set(ROUTES) - {"inloggen", "uitloggen", "wachtwoord", "rooster", "invoer_kwartaal", "gezondheid"})
)
def test_elk_adres_houdt_wat_erheen_ging(anna: User, klok: Klok, naam: str) -> None:
    """Of every page that asks for a log-in, whatever its form is made of."""
    client = log_in(anna)
    klok.verder(minutes=45)
    antwoord = client.post(ROUTES[naam].adres, "tekst=Lange+toelichting", "application/x-www-form-urlencoded")
    if antwoord.status_code == 302:
        assert weer_in(client) == "/getypt/"
        assert "Lange toelichting" in getypt(client)
    else:
        assert antwoord.status_code in (401, 404, 405)


def test_een_stuk_van_een_pagina_laadt_de_hele_pagina_opnieuw(anna: User, klok: Klok) -> None:
    client = log_in(anna)
    klok.verder(minutes=45)
    antwoord = client.get("/indicatoren/", headers={"HX-Request": "true"})
    assert antwoord.headers["HX-Refresh"] == "true"
    assert antwoord.status_code == 200


def test_een_veld_heet_en_leest_zoals_op_zijn_pagina(klok: Klok) -> None:
    client = log_in(maak_persoon("programmadirecteur", naam="dirk"))
    klok.verder(minutes=45)
    client.post("/overleg/", {"handeling": "overleg", "overleg-titel": "RVO", "overleg-datum": "2026-12-11"})
    soort = {"soort": "campagne", "titel": "Lente", "datum": "31-31-2026", "indicatoren": ["proef", "weg"]}
    client.post("/gebeurtenissen/", soort)
    weer_in(client, "dirk")
    pagina = Pagina.van(client.get("/getypt/"))
    plan = pagina.deel("Van de pagina Overleg")
    assert (plan.veld("Titel").waarde, plan.veld("Datum").waarde) == ("RVO", "2026-12-11")
    assert plan.waarden["handeling"] == "overleg"
    assert not plan.heeft("Handeling")
    genoteerd = pagina.deel("Van de pagina Gebeurtenissen")
    assert (genoteerd.veld("Soort").waarde, genoteerd.veld("Datum").waarde) == ("campagne", "31-31-2026")
    for woorden in ("Campagne", "Naam van proef", "Deze keuze is er niet meer"):
        assert pagina.ergens(woorden), woorden
