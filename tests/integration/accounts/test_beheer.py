"""A beheerder gives and takes roles; the audit trail says so; nobody does it to themselves."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Rolvervulling, User
from common.models import AuditEvent
from tests.factories import maak_persoon
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db


@pytest.fixture
def beheer() -> Client:
    client = Client()
    client.force_login(maak_persoon("beheerder"))
    return client


def _formulier(user: User, *rijen: dict[str, object]) -> dict[str, object]:
    velden: dict[str, object] = {
        "username": user.username,
        "is_active": "on",
        "rolvervullingen-TOTAL_FORMS": len(rijen),
        "rolvervullingen-INITIAL_FORMS": sum("id" in rij for rij in rijen),
    }
    for nummer, rij in enumerate(rijen):
        velden |= {f"rolvervullingen-{nummer}-{naam}": waarde for naam, waarde in {"user": user.pk, **rij}.items()}
    return velden


def _adres(user: User) -> str:
    return f"/beheer/accounts/user/{user.pk}/change/"


def test_een_rol_erbij_komt_in_het_spoor(beheer: Client) -> None:
    ander = maak_persoon("rvo-lid", naam="ander")
    eerste = Rolvervulling.objects.get(user=ander)
    rijen = ({"id": eerste.pk, "rol": "rvo-lid"}, {"rol": "districtschef", "onderdeel_code": "A"})
    antwoord = beheer.post(_adres(ander), _formulier(ander, *rijen))
    assert antwoord.status_code == 302, antwoord.content.decode()
    assert {rol.code for rol in User.objects.get(pk=ander.pk).rollen} == {"rvo-lid", "districtschef"}
    spoor = AuditEvent.objects.get(handeling="rollen gewijzigd")
    assert (spoor.door_naam, spoor.van, spoor.naar) == (
        "beheerder",
        {"rollen": ["RVO-lid"]},
        {"rollen": ["Districtschef A", "RVO-lid"]},
    )


def test_niemand_wijzigt_de_eigen_rol_of_zet_zichzelf_uit(beheer: Client) -> None:
    zelf = User.objects.get(username="beheerder")
    velden = _formulier(zelf, {"rol": "analist"}) | {"is_active": ""}
    beheer.post(_adres(zelf), velden)
    opnieuw = User.objects.get(pk=zelf.pk)
    assert ([rol.code for rol in opnieuw.rollen], opnieuw.is_active) == (["beheerder"], True)


def test_een_account_wordt_niet_verwijderd(beheer: Client) -> None:
    ander = maak_persoon("rvo-lid", naam="ander")
    assert beheer.post(f"/beheer/accounts/user/{ander.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=ander.pk).exists()


def test_een_uitgezet_account_komt_er_niet_meer_in(beheer: Client) -> None:
    ander = maak_persoon("rvo-lid", naam="ander")
    client = Client()
    client.force_login(ander)
    beheer.post(_adres(ander), _formulier(ander) | {"is_active": ""})
    assert client.get("/").status_code == 302


def test_een_beheerder_geeft_een_rvo_lid_een_gemeente_en_een_ander_niet(beheer: Client) -> None:
    ander = maak_persoon("rvo-lid", naam="ander")
    rol = {"id": Rolvervulling.objects.get(user=ander).pk, "rol": "rvo-lid", "gemeente_slug": "nissewaard"}
    assert beheer.post(_adres(ander), _formulier(ander, rol)).status_code == 302
    assert User.objects.get(pk=ander.pk).gemeenten == ("nissewaard",)
    geweigerd = beheer.post(_adres(ander), _formulier(ander, rol | {"rol": "vaststeller"}))
    assert Pagina.van(geweigerd).heeft("Alleen een RVO-lid heeft een gemeente.")
