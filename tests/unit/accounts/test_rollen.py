from __future__ import annotations

from datetime import date, datetime, timedelta
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from accounts.models import Rolvervulling, User, _rollenvraag
from accounts.rollen import ROLLEN, Recht
from common.models import AuditEvent
from tests.factories import GemeenteFactory, OnderdeelFactory, ThemaFactory, UserFactory, maak_persoon

pytestmark = pytest.mark.django_db


def test_elk_recht_hoort_bij_een_rol() -> None:
    vergeven = {recht for rol in ROLLEN.values() for recht in rol.rechten}
    assert vergeven == set(Recht)


def test_zonder_rol_mag_niemand_iets() -> None:
    user = UserFactory()
    assert not any(user.mag(recht) for recht in Recht)


def test_een_rol_geldt_op_zijn_dagen() -> None:
    vandaag = timezone.localdate()
    user = UserFactory()
    Rolvervulling.objects.create(user=user, rol="analist", geldig_tot=vandaag)
    Rolvervulling.objects.create(user=user, rol="vaststeller", geldig_vanaf=vandaag + timedelta(days=1))
    Rolvervulling.objects.create(user=user, rol="rvo-lid", geldig_vanaf=vandaag)
    assert [rol.code for rol in user.rollen] == ["rvo-lid"]


def test_een_ingetrokken_rol_is_er_bij_de_volgende_vraag_niet_meer() -> None:
    client = Client()
    user = maak_persoon("rvo-lid")
    client.force_login(user)
    assert client.get("/api/v1/onderdelen").status_code == 200
    Rolvervulling.objects.filter(user=user).update(geldig_tot=timezone.localdate())
    assert client.get("/api/v1/onderdelen").status_code == 404


def test_een_districtschef_reikt_tot_het_eigen_district() -> None:
    user = maak_persoon("districtschef", onderdeel="A")
    assert user.districten_met(Recht.PERSONEEL_TEAM) == {"A"}
    assert not user.mag_overal(Recht.PERSONEEL_TEAM)


def test_een_analist_reikt_tot_de_toewijzing_en_zonder_toewijzing_overal() -> None:
    alles, district = maak_persoon("analist"), maak_persoon("analist", naam="van-a", onderdeel="A")
    thema = maak_persoon("analist", naam="van-zorg", thema="zorg")
    assert alles.mag_overal(Recht.METING_INVOEREN)
    assert [persoon.mag_overal(Recht.METING_INVOEREN) for persoon in (district, thema)] == [False, False]
    assert district.districten_met(Recht.METING_INVOEREN) == {"A"}
    assert thema.themas_met(Recht.METING_INVOEREN) == {"zorg"}
    assert district.mag_overal(Recht.CONCEPT_LEZEN)


@pytest.mark.parametrize(
    "velden",
    [
        {"rol": "districtschef"},
        {"rol": "vaststeller", "onderdeel_code": "A"},
        {"rol": "analist", "onderdeel_code": "A", "thema_slug": "x"},
        {"rol": "portefeuillehouder"},
        {"rol": "rvo-lid", "thema_slug": "x"},
        {"rol": "analist", "gemeente_slug": "x"},
    ],
)
def test_gebied_hoort_bij_de_rol(velden: dict[str, str]) -> None:
    with pytest.raises(IntegrityError):
        Rolvervulling.objects.create(user=UserFactory(), **velden)


def _maak(*opties: str, wachtwoord: str = "paard lamp fiets batterij") -> str:
    uit = StringIO()
    with patch("sys.stdin", StringIO(f"{wachtwoord}\n")):
        call_command("maak_gebruiker", *opties, stdout=uit)
    return uit.getvalue()


def test_maak_gebruiker() -> None:
    OnderdeelFactory(code="A", soort="district")
    assert "gemaakt" in _maak("jansen", "--rol", "districtschef", "--onderdeel", "A")
    user = User.objects.get(username="jansen")
    assert user.check_password("paard lamp fiets batterij")
    assert [str(vervulling) for vervulling in user.vervullingen] == ["Districtschef A"]
    gedaan = AuditEvent.objects.order_by("pk").values_list("handeling", "object_soort")
    assert list(gedaan) == [("account gemaakt", "user"), ("rol gegeven", "rolvervulling")]
    assert "bestond al" in _maak("jansen", "--rol", "analist", wachtwoord="iets-heel-anders")
    assert User.objects.get(username="jansen").check_password("paard lamp fiets batterij")


def test_een_gemeente_komt_op_de_rol_die_iemand_al_heeft() -> None:
    GemeenteFactory(slug="nissewaard")
    _maak("jansen", "--rol", "rvo-lid")
    _maak("jansen", "--rol", "rvo-lid", "--gemeente", "nissewaard")
    user = User.objects.get(username="jansen")
    assert [str(vervulling) for vervulling in user.vervullingen] == ["RVO-lid nissewaard"]
    assert user.gemeenten == ("nissewaard",)
    spoor = AuditEvent.objects.get(handeling="rol gewijzigd")
    assert spoor.van | {"gemeente_slug": "nissewaard"} == spoor.naar
    assert (spoor.naar["user"], spoor.naar["rol"], spoor.van["gemeente_slug"]) == ("jansen", "rvo-lid", "")
    _maak("jansen", "--rol", "rvo-lid", "--gemeente", "nissewaard")
    assert Rolvervulling.objects.count() == 1


def test_een_gemeente_geldt_op_een_dag_en_geeft_geen_recht() -> None:
    user, nu = maak_persoon("rvo-lid", gemeente="nissewaard"), timezone.localdate()
    Rolvervulling.objects.create(user=user, rol="rvo-lid", gemeente_slug="rotterdam", geldig_tot=nu)
    Rolvervulling.objects.create(user=user, rol="rvo-lid", gemeente_slug="schiedam", geldig_vanaf=nu)
    assert user.gemeenten == ("nissewaard", "schiedam")
    assert not user.mag(Recht.PERSONEEL_TEAM)


@pytest.mark.parametrize(
    ("opties", "zin"),
    [
        (("x", "--rol", "districtschef"), "Geef --onderdeel"),
        (("x", "--rol", "vaststeller", "--onderdeel", "A"), "Geef --onderdeel"),
        (("x", "--rol", "analist", "--onderdeel", "A", "--thema", "zorg"), "Geef --onderdeel"),
        (("x", "--rol", "districtschef", "--onderdeel", "Q"), "geen district"),
        (("x", "--rol", "portefeuillehouder"), "Geef --thema"),
        (("x", "--rol", "portefeuillehouder", "--thema", "weg"), "geen thema"),
        (("x", "--rol", "analist", "--gemeente", "nissewaard"), "alleen bij de rol rvo-lid"),
        (("x", "--rol", "rvo-lid", "--gemeente", "weg"), "geen gemeente"),
    ],
)
def test_maak_gebruiker_weigert_met_een_zin(opties: tuple[str, ...], zin: str) -> None:
    ThemaFactory(slug="zorg")
    with pytest.raises(CommandError, match=zin):
        _maak(*opties)
    assert not User.objects.exists()


@pytest.mark.parametrize("wachtwoord", ["kort", "12345678901234", ""])
def test_een_zwak_wachtwoord_wordt_geweigerd(wachtwoord: str) -> None:
    with pytest.raises(CommandError):
        _maak("x", "--rol", "analist", wachtwoord=wachtwoord)
    assert not User.objects.exists()


def test_de_vraag_naar_rollen_heeft_een_enkel_moment() -> None:
    """It is kept for a day with the moment of now filled in: a second moment would silently become that too."""
    _, waarden = _rollenvraag(1, date(2026, 11, 29))
    assert sum(isinstance(waarde, datetime) for waarde in waarden) == 1
