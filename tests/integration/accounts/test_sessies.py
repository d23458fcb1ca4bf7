"""How long a session lasts, who ends it, and that it stays ended."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Sessie, User
from accounts.sessies.apparaatnaam import apparaatnaam
from accounts.sessies.opslag import BEWAARD, SessionStore, beeindig_alle, ruim_sessies_op
from tests.factories import maak_persoon
from tests.factories.personen import WACHTWOORD
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
ADRES = "/account/"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1"


class Klok:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.nu = datetime(2026, 11, 2, 9, 0, tzinfo=timezone.get_current_timezone())
        monkeypatch.setattr(timezone, "now", lambda: self.nu)

    def verder(self, **duur: float) -> None:
        self.nu += timedelta(**duur)


@pytest.fixture
def klok(monkeypatch: pytest.MonkeyPatch) -> Klok:
    return Klok(monkeypatch)


@pytest.fixture
def lid() -> User:
    return maak_persoon("rvo-lid")


def log_in(user: User, user_agent: str = EDGE, adres: str = "192.0.2.17") -> Client:
    client = Client(REMOTE_ADDR=adres, headers={"User-Agent": user_agent})
    velden = {"username": user.username, "password": WACHTWOORD}
    assert client.post("/inloggen/", velden).status_code == 302
    return client


def leeft(client: Client) -> bool:
    return client.get(ADRES).status_code == 200


def sleutel(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_na_een_half_uur_stilte_is_het_voorbij(lid: User, klok: Klok) -> None:
    client = log_in(lid)
    for _ in range(5):
        klok.verder(minutes=29, seconds=59)
        assert leeft(client)
    klok.verder(minutes=30)
    assert not leeft(client)
    klok.verder(minutes=-20)
    klok.verder(minutes=20)
    assert not leeft(client)


def test_na_twaalf_uur_is_het_altijd_voorbij(lid: User, klok: Klok) -> None:
    client = log_in(lid)
    for _ in range(12 * 4 - 1):
        klok.verder(minutes=15)
        assert leeft(client)
    klok.verder(minutes=14)
    assert leeft(client)
    klok.verder(minutes=1)
    assert not leeft(client)


def test_wat_een_pagina_vanzelf_vraagt_houdt_de_sessie_niet_in_leven(lid: User, klok: Klok) -> None:
    client = log_in(lid)
    for _ in range(29):
        klok.verder(minutes=1)
        assert client.get(ADRES, headers={"X-Vanzelf": "1"}).status_code == 200
    klok.verder(minutes=1)
    assert client.get(ADRES, headers={"X-Vanzelf": "1"}).status_code == 302


def test_verlengen_is_hoogstens_een_keer_per_minuut_schrijven(lid: User, klok: Klok) -> None:
    from django.db import connection

    client = log_in(lid)
    geschreven = 0
    for _ in range(20):
        klok.verder(seconds=10)
        with CaptureQueriesContext(connection) as vragen:
            client.get(ADRES)
        geschreven += sum("UPDATE" in vraag["sql"].split(" FOR ")[0] for vraag in vragen)
    assert geschreven == 3


def test_inloggen_geeft_een_nieuwe_sleutel_en_de_oude_is_niets_meer(lid: User) -> None:
    client = Client()
    sessie = SessionStore()
    sessie["iets"] = 1
    sessie.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = oud = str(sessie.session_key)
    client.post("/inloggen/", {"username": lid.username, "password": WACHTWOORD})
    assert sleutel(client) != oud
    client.cookies[settings.SESSION_COOKIE_NAME] = oud
    assert not leeft(client)


def test_een_uitgelogde_sessie_komt_nooit_terug(lid: User, klok: Klok) -> None:
    client = log_in(lid)
    oud = sleutel(client)
    client.post("/uitloggen/")
    for minuten in (0, -600, 100):
        klok.verder(minutes=minuten)
        client.cookies[settings.SESSION_COOKIE_NAME] = oud
        assert not leeft(client)
    assert Sessie.objects.get(pk=oud).session_data == ""


def test_een_verzoek_dat_nog_liep_brengt_een_beeindigde_sessie_niet_terug(lid: User) -> None:
    client = log_in(lid)
    lopend = SessionStore(sleutel(client))
    lopend["iets"] = "nieuws"
    beeindig_alle(lid.pk)
    lopend.verleng()
    with pytest.raises(UpdateError):
        lopend.save()
    assert not leeft(client)


def test_de_pagina_zegt_waar_u_bent_ingelogd_en_beeindigt_dat(lid: User, klok: Klok) -> None:
    telefoon = log_in(lid, IPHONE, "2001:db8:7:1::2")
    klok.verder(minutes=3)
    hier = log_in(lid)
    ander = log_in(maak_persoon("rvo-lid", naam="ander"))
    pagina = Pagina.van(hier.get(ADRES))
    assert pagina.heeft("Edge op Windows (deze sessie)")
    assert pagina.heeft("Safari op een iPhone")
    assert pagina.heeft("Sinds 02-11-2026 09:00, laatst gebruikt 02-11-2026 09:00, adres 2001:db8:7::…")
    assert pagina.heeft("adres 192.0.2.…")
    tekst = hier.get(ADRES).content.decode()
    assert sleutel(telefoon) not in tekst
    assert "192.0.2.17" not in tekst
    kenmerk = tekst.split('name="sessie" value="')[1].split('"')[0]
    ander.post("/account/sessies/", {"sessie": kenmerk})
    assert leeft(telefoon)
    hier.post("/account/sessies/", {"sessie": kenmerk})
    assert (leeft(telefoon), leeft(hier), leeft(ander)) == (False, True, True)


def test_alle_andere_sessies_tegelijk(lid: User) -> None:
    clients = [log_in(lid) for _ in range(3)]
    clients[0].post("/account/sessies/", {"sessie": "alle"})
    assert [leeft(client) for client in clients] == [True, False, False]


@pytest.mark.parametrize("gekozen", ["", "x", "\x00", "alle' OR 1=1"])
def test_een_vreemde_keuze_beeindigt_niets(lid: User, gekozen: str) -> None:
    clients = [log_in(lid) for _ in range(2)]
    clients[0].post("/account/sessies/", {"sessie": gekozen})
    assert all(leeft(client) for client in clients)


def test_een_uitgezet_account_is_meteen_buiten(lid: User) -> None:
    client = log_in(lid)
    User.objects.filter(pk=lid.pk).update(is_active=False)
    assert not leeft(client)


def test_na_een_dag_is_een_oude_sessie_weg(lid: User, klok: Klok) -> None:
    log_in(lid)
    klok.verder(minutes=31)
    ruim_sessies_op()
    assert Sessie.objects.count() == 1
    klok.verder(seconds=BEWAARD.total_seconds())
    ruim_sessies_op()
    assert not Sessie.objects.exists()


def test_in_productie_is_het_koekje_alleen_van_deze_host() -> None:
    from tests.integration.accounts.productie import instellingen

    gekozen = instellingen("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "APPARAAT_COOKIE_NAME", "SESSION_COOKIE_SECURE")
    assert gekozen == ["__Host-sessionid", "__Host-csrftoken", "__Host-apparaat", "True"]
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"


@pytest.mark.parametrize(
    ("user_agent", "naam"),
    [
        (EDGE, "Edge op Windows"),
        (IPHONE, "Safari op een iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox op Linux"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/130.0 Mobile Safari/537.36 EdgA/130.0", "Edge op Android"),
        ("<script>\u202e", "Een browser op een onbekend apparaat"),
        ("", "Een browser op een onbekend apparaat"),
    ],
)
def test_een_browser_in_gewone_woorden(user_agent: str, naam: str) -> None:
    assert apparaatnaam(user_agent) == naam
