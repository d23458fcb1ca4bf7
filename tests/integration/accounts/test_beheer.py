"""Roles are given by two and taken by one; accounts change by the services alone; a beheerder is always left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.beheer.bevoegd import Periode, eerste_dag_zonder
from accounts.beheer.personen import zet_uit
from accounts.beheer.services import (
    bevestig,
    kort_rol_in,
    stel_verlenging_voor,
    trek_rol_in,
    wijs_af,
)
from accounts.models import Bericht, Rolvervulling, Rolvoorstel, User
from accounts.rollen import ROLLEN, Recht
from common.models import AuditEvent
from common.vaststellen.bewaking import Geweigerd, NietToegestaan, Verouderd
from tests.factories import UserFactory, maak_persoon
from tests.integration.accounts.opstelling import H, anna, bea, na, piet, rollen_van, stel_voor
from tests.pagina import Pagina

__all__ = ["anna", "bea", "piet"]
pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


def test_elke_rol_leest_cijfers_of_beheert_en_vraagt_dus_twee_personen() -> None:
    for rol in ROLLEN.values():
        assert {Recht.CIJFERS_LEZEN, Recht.GEBRUIKERS_BEHEREN} & set(rol.rechten), rol.code


def test_een_rol_telt_pas_als_een_ander_haar_bevestigt(anna: User, bea: User, piet: User) -> None:
    voorstel = stel_voor(piet, anna)
    assert (rollen_van(piet), voorstel.wacht_tot) == ([], None)
    for wie in (anna, piet):
        with pytest.raises(NietToegestaan):
            bevestig(voorstel.pk, door=wie, **H)
    bevestig(voorstel.pk, door=bea, **H)
    assert rollen_van(piet) == ["vaststeller"]
    spoor = AuditEvent.objects.get(handeling="rol gegeven")
    vervulling = Rolvervulling.objects.get(user=piet)
    assert (spoor.object_soort, spoor.object_id, spoor.van) == ("rolvervulling", str(vervulling.pk), None)
    assert spoor.naar == {
        "user": "piet",
        "rol": "vaststeller",
        "onderdeel_code": "",
        "thema_slug": "",
        "gemeente_slug": "",
        "geldig_vanaf": timezone.localdate().isoformat(),
        "geldig_tot": None,
    }
    with pytest.raises(Verouderd):
        bevestig(voorstel.pk, door=bea, **H)


def test_niemand_geeft_zichzelf_iets(anna: User, bea: User) -> None:
    with pytest.raises(NietToegestaan):
        stel_voor(anna, anna)
    voorstel = stel_voor(bea, anna)
    with pytest.raises(NietToegestaan):
        bevestig(voorstel.pk, door=bea, **H)
    assert voorstel.wacht_tot  # only bea is left, and she may not
    with pytest.raises(IntegrityError), transaction.atomic():
        Rolvoorstel.objects.filter(pk=voorstel.pk).update(
            besluit="bevestigd", besloten_door=bea, besloten_op=timezone.now()
        )


def test_alleen_een_beheerder_stelt_voor_en_bevestigt(anna: User, bea: User, piet: User) -> None:
    vera = maak_persoon("vaststeller", naam="vera")
    with pytest.raises(NietToegestaan):
        stel_voor(piet, vera)
    assert AuditEvent.objects.filter(handeling="geweigerd", door_naam="vera").exists()
    voorstel = stel_voor(piet, anna)
    Rolvervulling.objects.filter(user=anna).update(geldig_tot=timezone.localdate())
    with pytest.raises(Geweigerd, match="geen beheerder meer"):
        bevestig(voorstel.pk, door=bea, **H)
    wijs_af(voorstel.pk, door=bea, **H)
    assert rollen_van(piet) == []


def test_wie_uit_staat_krijgt_niets_en_wat_openstond_vervalt(anna: User, bea: User, piet: User) -> None:
    voorstel = stel_voor(piet, anna)
    zet_uit(piet, door=bea, **H)
    with pytest.raises(Verouderd):
        bevestig(voorstel.pk, door=bea, **H)
    with pytest.raises(Geweigerd, match="staat uit"):
        stel_voor(piet, anna)


def test_een_voorstel_verloopt(anna: User, bea: User, piet: User) -> None:
    voorstel = stel_voor(piet, anna)
    with na(15 * DAG):
        with pytest.raises(Verouderd):
            bevestig(voorstel.pk, door=bea, **H)
        nieuw = stel_voor(piet, anna)
        bevestig(nieuw.pk, door=bea, **H)


def test_met_een_beheerder_een_alarm_een_dag_en_een_tweede_bevestiging(anna: User, piet: User) -> None:
    lid = maak_persoon("rvo-lid", naam="lid")
    User.objects.filter(pk=lid.pk).update(email="lid@site.example")
    voorstel = stel_voor(piet, anna)
    assert [bericht.aan for bericht in Bericht.objects.all()] == ["lid@site.example"]
    client = Client()
    client.force_login(lid)
    assert Pagina.van(client.get("/")).heeft("Alarm: anna stelt zonder tweede beheerder voor om piet")
    with na(23 * timedelta(hours=1)), pytest.raises(Geweigerd, match="kan vanaf"):
        bevestig(voorstel.pk, door=anna, **H)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rolvoorstel.objects.filter(pk=voorstel.pk).update(
            besluit="bevestigd", besloten_door=anna, besloten_op=timezone.now()
        )
    with na(25 * timedelta(hours=1)):
        bevestig(voorstel.pk, door=anna, **H)
        assert rollen_van(piet) == ["vaststeller"]
        client.force_login(User.objects.get(pk=lid.pk))
        assert not Pagina.van(client.get("/")).heeft("Alarm:")


def test_komt_er_in_de_wachtdag_een_tweede_beheerder_dan_bevestigt_die(anna: User, piet: User) -> None:
    voorstel = stel_voor(piet, anna)
    bea = maak_persoon("beheerder", naam="bea")
    with na(25 * timedelta(hours=1)):
        with pytest.raises(Geweigerd, match="Een andere beheerder"):
            bevestig(voorstel.pk, door=anna, **H)
        bevestig(voorstel.pk, door=bea, **H)


def test_een_beheerder_zonder_wachtwoord_is_geen_tweede(anna: User, piet: User) -> None:
    leeg = maak_persoon("beheerder", naam="leeg")
    leeg.set_unusable_password()
    leeg.save()
    assert stel_voor(piet, anna).wacht_tot


def test_een_voorstel_is_niet_te_wijzigen_en_niet_te_verwijderen(anna: User, bea: User, piet: User) -> None:
    voorstel = stel_voor(piet, anna, "rvo-lid")
    for daad in (
        lambda: Rolvoorstel.objects.update(rol="beheerder"),
        lambda: Rolvoorstel.objects.update(wacht_tot=timezone.now()),
        lambda: Rolvoorstel.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            daad()
    bevestig(voorstel.pk, door=bea, **H)
    with pytest.raises(DatabaseError), transaction.atomic():
        Rolvoorstel.objects.update(besluit="afgewezen")


def test_langer_vraagt_twee_korter_een(anna: User, bea: User, piet: User) -> None:
    vandaag = timezone.localdate()
    rol = Rolvervulling.objects.create(user=piet, rol="rvo-lid", geldig_tot=vandaag + 10 * DAG)
    voorstel = stel_verlenging_voor(rol, geldig_tot=None, door=anna, **H)
    rol.refresh_from_db()
    assert rol.geldig_tot == vandaag + 10 * DAG
    kort_rol_in(rol, vandaag + 5 * DAG, door=anna, **H)
    rol.refresh_from_db()
    assert rol.geldig_tot == vandaag + 5 * DAG
    with pytest.raises(Verouderd):  # it was proposed about the role as it then was
        bevestig(voorstel.pk, door=bea, **H)
    with pytest.raises(Geweigerd):
        kort_rol_in(rol, vandaag + 8 * DAG, door=anna, **H)
    bevestig(stel_verlenging_voor(rol, geldig_tot=vandaag + 9 * DAG, door=bea, **H).pk, door=anna, **H)
    rol.refresh_from_db()
    assert rol.geldig_tot == vandaag + 9 * DAG
    trek_rol_in(rol, door=anna, **H)
    assert rollen_van(piet) == []
    handelingen = AuditEvent.objects.filter(object_soort="rolvervulling").order_by("pk")
    assert [spoor.handeling for spoor in handelingen] == ["rol gewijzigd", "rol gewijzigd", "rol ingetrokken"]


def test_een_ingetrokken_rol_kan_dezelfde_dag_opnieuw(anna: User, bea: User, piet: User) -> None:
    for _ in range(2):
        bevestig(stel_voor(piet, anna).pk, door=bea, **H)
        assert rollen_van(piet) == ["vaststeller"]
        trek_rol_in(Rolvervulling.objects.get(user=piet), door=anna, **H)
    later = stel_voor(piet, anna, geldig_vanaf=timezone.localdate() + 3 * DAG)
    bevestig(later.pk, door=bea, **H)
    trek_rol_in(Rolvervulling.objects.latest("pk"), door=bea, **H)
    with na(4 * DAG):
        assert rollen_van(piet) == []


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"rol": "districtschef"}, "één district"),
        ({"rol": "portefeuillehouder"}, "één thema"),
        ({"rol": "vaststeller", "gemeente_slug": "x"}, "Alleen een RVO-lid"),
        ({"rol": "analist", "onderdeel_code": "A", "thema_slug": "x"}, "één"),
        ({"rol": "rvo-lid", "geldig_tot": date(2020, 1, 1)}, "einddatum"),
    ],
)
def test_wat_niet_kan_wordt_geweigerd_met_een_zin(anna: User, piet: User, velden: dict[str, object], zin: str) -> None:
    with pytest.raises(Geweigerd, match=zin):
        stel_voor(piet, anna, **velden)  # type: ignore[arg-type]


# the last beheerder


def test_de_laatste_beheerder_blijft_ook_later(anna: User, bea: User) -> None:
    vandaag = timezone.localdate()
    Rolvervulling.objects.filter(user=anna).update(geldig_tot=vandaag + 30 * DAG)
    with pytest.raises(Geweigerd, match="geen beheerder meer"):
        zet_uit(bea, door=anna, **H)
    [rol] = Rolvervulling.objects.filter(user=bea)
    for dag in (vandaag, vandaag + 29 * DAG):
        with pytest.raises(Geweigerd, match=f"{vandaag + 30 * DAG:%d-%m-%Y}"):
            kort_rol_in(rol, dag, door=anna, **H)
    Rolvervulling.objects.create(user=UserFactory(), rol="beheerder", geldig_vanaf=vandaag + 20 * DAG)
    kort_rol_in(rol, vandaag + 25 * DAG, door=anna, **H)
    assert User.objects.get(pk=bea.pk).is_active


def test_een_opvolger_die_nog_niet_kan_inloggen_telt_niet(anna: User, bea: User) -> None:
    leeg = maak_persoon("beheerder", naam="leeg")
    leeg.set_unusable_password()
    leeg.save()
    Rolvervulling.objects.filter(user=anna).update(geldig_tot=timezone.localdate() + DAG)
    with pytest.raises(Geweigerd):
        zet_uit(bea, door=anna, **H)


def test_niemand_zet_zichzelf_uit(anna: User, bea: User) -> None:
    with pytest.raises(NietToegestaan):
        zet_uit(anna, door=anna, **H)
    with pytest.raises(NietToegestaan):
        trek_rol_in(Rolvervulling.objects.get(user=anna), door=anna, **H)


_DAGEN = st.sampled_from([None, *(date(2026, 6, 10) + n * DAG for n in range(-5, 13))])
_PERIODEN = st.lists(st.tuples(_DAGEN, _DAGEN), max_size=4)


@given(_PERIODEN, _PERIODEN)
def test_de_eerste_dag_zonder_is_wat_dag_voor_dag_blijkt(voor: list[Periode], na: list[Periode]) -> None:
    vandaag = date(2026, 6, 10)

    def gedekt(perioden: list[Periode], dag: date) -> bool:
        return any((v or date.min) <= dag < (t or date.max) for v, t in perioden)

    kwijt = [d for d in (vandaag + n * DAG for n in range(40)) if gedekt(voor, d) and not gedekt(na, d)]
    assert eerste_dag_zonder(voor, na, vandaag) == (kwijt[0] if kwijt else None)
