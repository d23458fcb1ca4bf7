"""Accounts change by the services alone, each change in the trail; the pages and the command offer nothing else."""

from __future__ import annotations

import pickle
from datetime import timedelta
from importlib import import_module
from io import StringIO
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.beheer import bevoegd
from accounts.beheer.personen import maak_account, wijzig_account, zet_aan, zet_uit
from accounts.beheer.services import (
    bevestig,
    trek_rol_in,
)
from accounts.berichten.services import verstuur_berichten
from accounts.models import ApiToken, Bericht, Rolvervulling, Rolvoorstel, User
from common.models import AuditEvent
from common.vaststellen.bewaking import Geweigerd
from tests.databaserol import als_superuser
from tests.factories import OnderdeelFactory, maak_persoon
from tests.integration.accounts.opstelling import H, anna, bea, piet, rollen_van, stel_voor
from tests.pagina import Pagina

__all__ = ["anna", "bea", "piet"]
pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


def test_een_sessie_van_een_uitgezet_account_is_voorgoed_dood(anna: User, bea: User, piet: User) -> None:
    Rolvervulling.objects.create(user=piet, rol="rvo-lid")
    client = Client()
    client.force_login(piet)
    assert client.get("/sleutels/").status_code == 200
    zet_uit(piet, door=anna, **H)
    [voorstel] = zet_aan(piet, door=anna, **H)
    assert client.get("/sleutels/").status_code == 302
    assert rollen_van(piet) == []  # what comes back is given, by two
    bevestig(voorstel.pk, door=bea, **H)
    assert client.get("/sleutels/").status_code == 302
    client.force_login(User.objects.get(pk=piet.pk))
    assert client.get("/sleutels/").status_code == 200
    trek_rol_in(Rolvervulling.objects.filter(user=piet).latest("pk"), door=anna, **H)
    assert client.get("/sleutels/").status_code == 302


def test_uitzetten_trekt_de_sleutels_in(anna: User, piet: User) -> None:
    Rolvervulling.objects.create(user=piet, rol="rvo-lid")
    sleutel = ApiToken.maak(piet, "koppeling", timezone.localdate() + DAG)
    kop = {"Authorization": f"Bearer {sleutel}"}
    assert Client(headers=kop).get("/api/v1/onderdelen").status_code == 200
    zet_uit(piet, door=anna, **H)
    zet_aan(piet, door=anna, **H)
    assert Client(headers=kop).get("/api/v1/onderdelen").status_code == 401


def test_wat_aan_een_account_gebeurt_komt_in_het_spoor(anna: User, bea: User) -> None:
    User.objects.filter(pk=bea.pk).update(email="bea@site.example")
    user = maak_account(username="kees", email="oud@site.example", door=anna, **H)
    assert not user.has_usable_password()
    wijzig_account(user, door=anna, username="kees-2", first_name="", last_name="", email="nieuw@site.example", **H)
    zet_uit(user, door=anna, **H)
    zet_aan(user, door=bea, **H)
    sporen = AuditEvent.objects.filter(object_soort="user", object_id=str(user.pk)).order_by("pk")
    assert [(spoor.handeling, spoor.van, spoor.naar) for spoor in sporen] == [
        ("account gemaakt", None, {"username": "kees", "email": "oud@site.example"}),
        ("account hernoemd", {"username": "kees"}, {"username": "kees-2"}),
        ("adres gewijzigd", {"email": "oud@site.example"}, {"email": "nieuw@site.example"}),
        ("account uitgezet", {"is_active": True}, {"is_active": False}),
        ("account aangezet", {"is_active": False}, {"is_active": True}),
    ]
    assert {bericht.aan for bericht in Bericht.objects.all()} == {"oud@site.example", "bea@site.example"}


def test_twee_namen_die_alleen_in_hoofdletters_verschillen_kan_niet(anna: User) -> None:
    with pytest.raises(Geweigerd):
        maak_account(username="ANNA", door=anna, **H)


def test_een_bericht_dat_niet_weg_kan_wordt_drie_keer_geprobeerd(anna: User, bea: User, piet: User) -> None:
    bevestig(stel_voor(piet, anna).pk, door=bea, **H)
    with patch("accounts.berichten.services.send_mail", side_effect=OSError("dicht")):
        assert [verstuur_berichten() for _ in range(4)] == [0, 0, 0, 0]
    assert Bericht.objects.get().pogingen == 3
    Bericht.objects.update(pogingen=0)
    assert (verstuur_berichten(), verstuur_berichten()) == (1, 0)
    assert mail.outbox[0].to == ["piet@site.example"]
    assert "U heeft een rol gekregen: Vaststeller." in mail.outbox[0].body


# the command


def _opdracht(*woorden: str) -> str:
    uit = StringIO()
    with patch("sys.stdin", StringIO("een-lang-wachtwoord\n")):
        call_command("maak_gebruiker", *woorden, stdout=uit)
    return uit.getvalue()


def test_de_opdracht_geeft_rollen_tot_een_beheerder_begint_en_stelt_ze_daarna_voor(anna: User) -> None:
    assert "gemaakt" in _opdracht("een", "--rol", "analist")
    assert rollen_van(User.objects.get(username="een")) == ["analist"]
    User.objects.filter(pk=anna.pk).update(last_login=timezone.now())
    uit = _opdracht("twee", "--rol", "beheerder")
    assert "/toegang/" in uit
    assert "is voorgesteld en geeft nog niets" in uit
    twee = User.objects.get(username="twee")
    assert (rollen_van(twee), twee.has_usable_password()) == ([], False)
    voorstel = Rolvoorstel.objects.get()
    with pytest.raises(Geweigerd):
        bevestig(voorstel.pk, door=anna, **H)
    User.objects.filter(pk=anna.pk).update(demo=True)
    assert not bevoegd.is_in_gebruik()


# the pages


def test_een_beheerder_doet_alles_op_de_paginas(anna: User, bea: User) -> None:
    OnderdeelFactory(code="A1", soort="basisteam", ouder=OnderdeelFactory(code="A", soort="district"))
    client, ander = Client(), Client()
    client.force_login(anna)
    ander.force_login(bea)
    antwoord = client.post("/beheer/nieuw/", {"username": "kees", "first_name": "Kees\u202e"})
    kees = User.objects.get(username="kees")
    adres = f"/beheer/gebruikers/{kees.pk}/"
    assert antwoord["Location"] == adres
    assert Pagina.van(client.get(adres)).kop1 == "Kees[U+202E]"
    getoond = client.post(adres, {"actie": "link"})
    assert "/toegang/" in getoond.content.decode()
    assert getoond["Cache-Control"] == "private, no-store"
    fout = client.post(adres, {"actie": "rol", "rol": "districtschef"})
    assert fout.status_code == 400
    assert Pagina.van(fout).heeft("Een districtschef heeft één district")
    for verzonnen in ("Z", "A1"):  # nothing is called so, or it is no district
        client.post(adres, {"actie": "rol", "rol": "districtschef", "onderdeel_code": verzonnen})
        assert not Rolvoorstel.objects.exists()
    client.post(adres, {"actie": "rol", "rol": "districtschef", "onderdeel_code": "A"})
    pk = Rolvoorstel.objects.get().pk
    assert Pagina.van(client.get("/beheer/accounts/")).heeft("U stelde dit zelf voor.")
    client.post("/beheer/accounts/", {"actie": "bevestig", "voorstel": pk})
    assert rollen_van(kees) == []
    ander.post("/beheer/accounts/", {"actie": "bevestig", "voorstel": pk})
    assert rollen_van(kees) == ["districtschef"]
    rol = Rolvervulling.objects.get(user=kees)
    assert client.post(adres, {"actie": "einde", "vervulling": rol.pk, "geldig_tot": "x"}).status_code == 302
    client.post(adres, {"actie": "intrekken", "vervulling": rol.pk})
    client.post(adres, {"actie": "uit"})
    assert not User.objects.get(pk=kees.pk).is_active
    pagina = Pagina.van(client.get(adres))
    assert pagina.heeft("Rol ingetrokken")
    assert pagina.heeft("Zet het account aan")


@pytest.mark.parametrize(
    "actie", ["", "onzin", "delete_selected", "password", "bevestig", "wijs_af", "sleutel", "einde"]
)
def test_een_verzonnen_formulier_verandert_niets(anna: User, bea: User, actie: str) -> None:
    client = Client()
    client.force_login(anna)
    velden = {
        "actie": actie, "voorstel": "9" * 30, "sleutel": "-1", "vervulling": "0", "rol": "vaststeller",
        "is_superuser": "on", "is_staff": "on", "password": "x", "password1": "x", "_popup": "1", "_to_field": "id",
        "rolvervullingen-TOTAL_FORMS": "1", "rolvervullingen-0-rol": "vaststeller", "_selected_action": "1",
    }  # fmt: skip
    voor = list(User.objects.order_by("pk").values()), list(Rolvervulling.objects.values())
    for adres in ("/beheer/accounts/", "/beheer/sleutels/", *(f"/beheer/gebruikers/{wie.pk}/" for wie in (anna, bea))):
        assert client.post(adres, velden).status_code in (302, 400, 404)
    assert (list(User.objects.order_by("pk").values()), list(Rolvervulling.objects.values())) == voor


def test_superuser_en_staff_geven_niets(piet: User) -> None:
    User.objects.filter(pk=piet.pk).update(is_superuser=True, is_staff=True)
    client = Client()
    client.force_login(User.objects.get(pk=piet.pk))
    assert client.get("/beheer/accounts/").status_code == 403
    assert client.get("/indicatoren/").status_code == 403


def test_elke_stap_is_een_regel_in_het_logboek(
    anna: User, bea: User, piet: User, caplog: pytest.LogCaptureFixture
) -> None:
    User.objects.filter(pk=piet.pk).update(first_name="Piet\nrol gegeven: vals")
    with caplog.at_level("WARNING", logger="strategie.beveiliging"):
        bevestig(stel_voor(User.objects.get(pk=piet.pk), anna).pk, door=bea, **H)
    regels = [regel.getMessage() for regel in caplog.records if regel.name == "strategie.beveiliging"]
    assert regels == [
        "rol voorgesteld: Vaststeller voor Piet rol gegeven: vals, door anna (proef)",
        "rol gegeven: Vaststeller voor piet, door bea (proef)",
    ]


def test_wat_de_admin_bijhield_blijft_en_houdt_geen_account_meer_vast(piet: User) -> None:
    los = import_module("accounts.migrations.0005_admin_weg").LOS
    with als_superuser(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE django_admin_log (user_id bigint REFERENCES accounts_user (id), wat text)")
        cursor.execute("INSERT INTO django_admin_log VALUES (%s, 'iets')", [piet.pk])
        cursor.execute(los)
        piet.delete()
        cursor.execute("SELECT wat FROM django_admin_log")
        assert cursor.fetchall() == [("iets",)]
        cursor.execute(los)


def test_een_kopie_buiten_de_database_is_zonder_wachtwoord_en_schrijft_het_niet_leeg() -> None:
    kopie = pickle.loads(pickle.dumps(maak_persoon("analist")))  # noqa: S301  # written on the line itself
    assert "password" not in vars(kopie)
    kopie.save()
    assert kopie.password == User.objects.get(pk=kopie.pk).password != ""
