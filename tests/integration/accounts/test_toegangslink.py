"""A password is set by the owner alone, with a link that works once and that no log, table or queue holds."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.beheer.personen import wijzig_account, zet_uit
from accounts.beheer.services import bevestig, stel_rol_voor
from accounts.berichten.services import verstuur_berichten
from accounts.models import Bericht, Rolvervulling, Toegangslink, User
from accounts.toegangslink.services import gebruik_link, link_bij, maak_link
from common.models import AuditEvent
from common.vaststellen.bewaking import Geweigerd, NietToegestaan
from tests.factories import UserFactory, maak_persoon
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
H = {"herkomst": "proef"}
NIEUW = "paard lamp fiets batterij"
VELDEN = {"new_password1": NIEUW, "new_password2": NIEUW}


@pytest.fixture
def anna() -> User:
    return maak_persoon("beheerder", naam="anna")


@pytest.fixture
def vera() -> User:
    vera = maak_persoon("vaststeller", naam="vera")
    vera.email = "vera@site.example"
    vera.save()
    return vera


def _gemaild() -> str:
    verstuur_berichten()
    [sleutel] = re.findall(r"/toegang/([\w-]+)/", mail.outbox[-1].body)
    return str(sleutel)


def test_openen_gebruikt_niets_en_instellen_wel(anna: User, vera: User) -> None:
    assert maak_link(vera, door=anna, **H) == ""
    sleutel = _gemaild()
    oud = vera.password
    client = Client()
    for _ in range(3):
        geopend = client.get(f"/toegang/{sleutel}/")
        assert (geopend.status_code, geopend["Location"], geopend["Referrer-Policy"]) == (
            302,
            "/toegang/",
            "no-referrer",
        )
        pagina = client.get("/toegang/")
        assert (pagina.status_code, pagina["Referrer-Policy"]) == (200, "no-referrer")
        assert sleutel not in pagina.content.decode()
    assert User.objects.get(pk=vera.pk).password == oud
    zwak = client.post("/toegang/", {"new_password1": "kort", "new_password2": "kort"})
    assert zwak.status_code == 400
    assert client.post("/toegang/", VELDEN)["Location"] == "/inloggen/"
    assert User.objects.get(pk=vera.pk).check_password(NIEUW)
    client.get(f"/toegang/{sleutel}/")
    assert client.post("/toegang/", VELDEN).status_code == 404
    spoor = AuditEvent.objects.get(handeling="wachtwoord gewijzigd")
    assert (spoor.door_naam, spoor.van, spoor.naar) == ("vera", None, None)


def test_een_sessie_van_voor_de_link_is_dood_en_de_bezoeker_is_niet_ingelogd(anna: User, vera: User) -> None:
    elders, hier = Client(), Client()
    elders.force_login(vera)
    hier.force_login(anna)
    maak_link(vera, door=anna, **H)
    assert elders.get("/sleutels/").status_code == 200  # a link that was made ends nothing
    hier.get(f"/toegang/{_gemaild()}/")
    hier.post("/toegang/", VELDEN)
    assert [client.get("/sleutels/").status_code for client in (elders, hier)] == [302, 302]


@pytest.mark.parametrize("daad", ["nieuwere", "wachtwoord", "uit", "tijd"])
def test_waardoor_een_link_dood_is(anna: User, vera: User, daad: str) -> None:
    maak_link(vera, door=anna, **H)
    sleutel = _gemaild()
    assert link_bij(sleutel)
    if daad == "nieuwere":
        maak_link(vera, door=anna, **H)
    elif daad == "wachtwoord":
        vera.set_password("iets-heel-anders-9")
        vera.save()
    elif daad == "uit":
        zet_uit(vera, door=anna, **H)
        User.objects.update(is_active=True)
    else:
        Toegangslink.objects.update(geldig_tot=timezone.now())
    assert gebruik_link(sleutel, NIEUW) is None


def test_van_wie_een_rol_heeft_ziet_de_beheerder_de_link_nooit(anna: User, vera: User) -> None:
    wijzig_account(vera, door=anna, username="vera", first_name="", last_name="", email="van-anna@site.example", **H)
    with pytest.raises(Geweigerd, match="net gewijzigd"):
        maak_link(vera, door=maak_persoon("beheerder", naam="bea"), **H)
    User.objects.filter(pk=vera.pk).update(email="")
    with pytest.raises(Geweigerd, match="alleen per e-mail"):
        maak_link(vera, door=anna, **H)
    Rolvervulling.objects.filter(user=vera).update(geldig_vanaf=timezone.localdate() + timedelta(days=3))
    with pytest.raises(Geweigerd):
        maak_link(vera, door=anna, **H)
    with pytest.raises(NietToegestaan):
        maak_link(anna, door=anna, **H)


def test_een_getoonde_link_sterft_als_het_account_een_rol_krijgt(anna: User) -> None:
    bea, nieuw = maak_persoon("beheerder", naam="bea"), UserFactory(username="nieuw")
    sleutel = maak_link(nieuw, door=anna, **H)
    assert link_bij(sleutel)
    bevestig(stel_rol_voor(user=nieuw, rol="vaststeller", door=anna, **H).pk, door=bea, **H)
    assert link_bij(sleutel) is None


def test_wie_bevestigt_leest_dat_de_voorsteller_het_wachtwoord_kan_kennen(anna: User) -> None:
    bea, nieuw = maak_persoon("beheerder", naam="bea"), UserFactory(username="nieuw")
    gebruik_link(maak_link(nieuw, door=anna, **H), NIEUW)
    stel_rol_voor(user=nieuw, rol="vaststeller", door=anna, **H)
    client = Client()
    client.force_login(bea)
    assert Pagina.van(client.get("/beheer/accounts/")).heeft("anna kreeg zelf de link voor dit wachtwoord te zien.")


def test_het_geheim_staat_in_geen_tabel_en_geen_logboek(
    anna: User, vera: User, caplog: pytest.LogCaptureFixture
) -> None:
    maak_link(vera, door=anna, **H)
    sleutel = _gemaild()
    client = Client(enforce_csrf_checks=True)
    with caplog.at_level(logging.DEBUG):
        client.get(f"/toegang/{sleutel}/")
        client.get("/toegang/")
        assert client.post("/toegang/", VELDEN).status_code == 403
        client.get(f"/toegang/{sleutel}x/")
        client.get("/toegang/")
    verzoeken = [regel for regel in caplog.records if not regel.name.startswith("django.db")]
    assert sleutel not in "".join(regel.getMessage() for regel in verzoeken)
    with connection.cursor() as cursor:
        for tabel in (Toegangslink, Bericht, AuditEvent, User):
            cursor.execute(f"SELECT rij::text FROM {tabel._meta.db_table} rij")  # noqa: S608  # tables of our own
            assert sleutel not in str(cursor.fetchall())


def test_een_opdracht_toont_de_link_en_het_staat_in_het_spoor(vera: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("maak_link", "vera")
    [sleutel] = re.findall(r"/toegang/([\w-]+)/", capsys.readouterr().out)
    assert gebruik_link(sleutel, NIEUW) == vera
    assert AuditEvent.objects.get(handeling="eenmalige link gemaakt").naar == {"getoond": True}


def test_wie_het_adres_invulde_maakt_de_link_niet(anna: User, vera: User) -> None:
    """Or one beheerder is two: the address of the other, then its link, then the password."""
    User.objects.filter(pk=vera.pk).update(email="")
    vera.refresh_from_db()
    wijzig_account(vera, door=anna, herkomst="proef", email="anna-zelf@site.example")
    User.objects.filter(pk=vera.pk).update(adres_gewijzigd_op=timezone.now() - timedelta(days=2))
    vera.refresh_from_db()
    with pytest.raises(Geweigerd, match="U vulde zelf het e-mailadres van dit account in"):
        maak_link(vera, door=anna, **H)
    assert not Toegangslink.objects.exists()
