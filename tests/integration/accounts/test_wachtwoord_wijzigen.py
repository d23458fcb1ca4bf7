"""Everybody changes their own password; the trail, a mail and the other sessions follow."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client

from accounts.berichten.services import verstuur_berichten
from accounts.inloggen.drempel import GRENZEN
from accounts.models import User
from accounts.wachtwoord.regels import KORT, WOORD
from common.models import AuditEvent
from tests.factories import maak_persoon
from tests.factories.personen import WACHTWOORD
from tests.integration.accounts.test_sessies import leeft, log_in, sleutel
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
ADRES = "/account/wachtwoord/"
NIEUW = "paard lamp fiets batterij"


@pytest.fixture
def lid() -> User:
    user = maak_persoon("rvo-lid")
    user.email = "lid@rvo.example"
    user.save()
    return user


def wijzig(
    client: Client, oud: str = WACHTWOORD, nieuw: str = NIEUW, nogmaals: str | None = None
) -> tuple[int, Pagina]:
    velden = {
        "oud_wachtwoord": oud,
        "nieuw_wachtwoord": nieuw,
        "nogmaals_wachtwoord": nieuw if nogmaals is None else nogmaals,
    }
    antwoord = client.post(ADRES, velden)
    return antwoord.status_code, Pagina.van(antwoord)


def test_een_eigen_wachtwoord_wijzigen(lid: User) -> None:
    hier, elders = log_in(lid), log_in(lid)
    oud = sleutel(hier)
    assert wijzig(hier)[0] == 302
    assert (leeft(hier), leeft(elders), sleutel(hier) == oud) == (True, False, False)
    assert User.objects.get(pk=lid.pk).check_password(NIEUW)
    spoor = AuditEvent.objects.get(handeling="wachtwoord gewijzigd")
    assert (spoor.object_soort, spoor.object_id, spoor.door_id, spoor.van, spoor.naar) == (
        "user",
        str(lid.pk),
        lid.pk,
        None,
        None,
    )
    verstuur_berichten()
    bericht = mail.outbox[-1]
    assert bericht.to == ["lid@rvo.example"]
    assert "Klopt dit niet? Meld het meteen bij een beheerder." in bericht.body
    assert NIEUW not in bericht.body


def test_een_mailserver_die_weg_is_houdt_het_wijzigen_niet_tegen(lid: User) -> None:
    with patch("accounts.berichten.services.send_mail", side_effect=ConnectionRefusedError):
        assert wijzig(log_in(lid))[0] == 302
        assert verstuur_berichten() == 0
    assert verstuur_berichten() == 1
    assert User.objects.get(pk=lid.pk).check_password(NIEUW)


@pytest.mark.parametrize(
    ("oud", "nieuw", "nogmaals", "zin"),
    [
        ("fout", NIEUW, NIEUW, "Dit is niet uw huidige wachtwoord."),
        (WACHTWOORD, "kort", "kort", KORT),
        (WACHTWOORD, "Rotterdam2026!", "Rotterdam2026!", WOORD),
        (WACHTWOORD, NIEUW, NIEUW + "x", "De twee nieuwe wachtwoorden zijn niet gelijk. Typ ze opnieuw."),
        (WACHTWOORD, WACHTWOORD, WACHTWOORD, "Kies een ander wachtwoord dan u nu hebt."),
    ],
)
def test_een_zin_die_zegt_wat_te_doen(lid: User, oud: str, nieuw: str, nogmaals: str, zin: str) -> None:
    client = log_in(lid)
    status, pagina = wijzig(client, oud, nieuw, nogmaals)
    assert status == 400
    assert pagina.heeft(zin)
    assert User.objects.get(pk=lid.pk).check_password(WACHTWOORD)
    assert not AuditEvent.objects.filter(handeling="wachtwoord gewijzigd").exists()


def test_wie_een_open_computer_vindt_raadt_niet_door(lid: User) -> None:
    client = log_in(lid)
    for _ in range(GRENZEN["eigen"]):
        assert wijzig(client, "fout")[1].heeft("Dit is niet uw huidige wachtwoord.")
    status, pagina = wijzig(client)
    assert status == 400
    assert pagina.heeft("Er is te vaak een verkeerd wachtwoord ingevuld.")
    assert User.objects.get(pk=lid.pk).check_password(WACHTWOORD)


def test_een_naam_van_de_persoon_of_van_een_district_is_geen_wachtwoord(lid: User) -> None:
    lid.last_name = "Quispelaarhof"
    lid.save()
    assert wijzig(log_in(lid), nieuw="Quispelaarhof12")[0] == 400


def test_hoe_een_letter_is_getypt_maakt_niet_uit(lid: User) -> None:
    client = log_in(lid)
    assert wijzig(client, nieuw="cafe\u0301 lamp fiets batterij")[0] == 302
    assert User.objects.get(pk=lid.pk).check_password("café lamp fiets batterij")
