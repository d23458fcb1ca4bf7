"""Two beheerders at the same moment, in two processes: one role, one decision, and always a beheerder left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone

from accounts.beheer.bevoegd import beheerders
from accounts.beheer.services import stel_rol_voor
from accounts.models import Rolvervulling, Rolvoorstel, User
from accounts.toegangslink.services import maak_link
from common.models import AuditEvent
from tests.factories import UserFactory, maak_persoon
from tests.integration.monitor.invoer.rassen.tweekamp import Scheidsrechter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("rassen")]
H = {"herkomst": "race"}
RONDES = [3, pytest.param(50, marks=pytest.mark.chaos)]


@pytest.fixture(scope="module")
def scheidsrechter(django_db_setup: None) -> Iterator[Scheidsrechter]:
    scheidsrechter = Scheidsrechter()
    yield scheidsrechter
    scheidsrechter.stop()


@pytest.fixture
def scheids(transactional_db: None, scheidsrechter: Scheidsrechter) -> Scheidsrechter:
    for naam in ("anna", "bea", "cora"):
        maak_persoon("beheerder", naam=naam)
    return scheidsrechter


def _voorstel(ronde: int) -> Rolvoorstel:
    anna, user = User.objects.get(username="anna"), UserFactory(username=f"persoon-{ronde}")
    return stel_rol_voor(user=user, rol="vaststeller", door=anna, **H)


@pytest.mark.parametrize("rondes", RONDES)
def test_twee_bevestigingen_geven_een_rol(scheids: Scheidsrechter, rondes: int) -> None:
    for ronde in range(rondes):
        pk = _voorstel(ronde).pk
        uit = scheids.race(
            {"wat": "bevestigt", "door": "bea", "pk": pk}, {"wat": "bevestigt", "door": "cora", "pk": pk}
        )
        assert sorted(u.naam for u in uit) == ["Verouderd", "gelukt"], uit
        assert Rolvervulling.objects.filter(rol="vaststeller", user__username=f"persoon-{ronde}").count() == 1
    assert AuditEvent.objects.filter(handeling="rol gegeven").count() == rondes


@pytest.mark.parametrize("rondes", RONDES)
def test_bevestigen_tegen_uitzetten_laat_niemand_aan_met_een_rol(scheids: Scheidsrechter, rondes: int) -> None:
    """Of the account, or of who proposed: the role is there and off, or was never given."""
    for ronde in range(rondes):
        voorstel = _voorstel(ronde)
        bevestigen = {"wat": "bevestigt", "door": "bea", "pk": voorstel.pk}
        uitzetten = {"wat": "zet_account_uit", "door": "cora", "wie": voorstel.user.username}
        een, ander = scheids.race(bevestigen, uitzetten)
        assert ander.gelukt, ander
        assert een.naam in ("gelukt", "Verouderd"), een
        assert not User.objects.get(pk=voorstel.user.pk).is_active
        assert Rolvervulling.objects.filter(user=voorstel.user).exists() == een.gelukt


@pytest.mark.parametrize("rondes", RONDES)
def test_twee_beheerders_die_elkaar_uitzetten_laten_er_een_over(scheids: Scheidsrechter, rondes: int) -> None:
    User.objects.filter(username="cora").update(is_active=False)
    for _ in range(rondes):
        User.objects.filter(username__in=["anna", "bea"]).update(is_active=True)
        uit = _zet_elkaar_uit(scheids)
        assert sorted(u.naam for u in uit) == ["NietToegestaan", "gelukt"], uit
        assert beheerders().count() == 1


def _zet_elkaar_uit(scheids: Scheidsrechter, zonder: str = "") -> tuple[object, object]:
    return scheids.race(
        {"wat": "zet_account_uit", "door": "anna", "wie": "bea"},
        {"wat": "zet_account_uit", "door": "bea", "wie": "anna"},
        zonder,
    )


def test_zonder_het_slot_blijft_er_geen_over(scheids: Scheidsrechter) -> None:
    User.objects.filter(username="cora").update(is_active=False)
    _zet_elkaar_uit(scheids, "slot van accounts")
    assert beheerders().count() == 0


def test_zonder_het_slot_bevestigen_er_twee(scheids: Scheidsrechter) -> None:
    pk = _voorstel(0).pk
    een = {"wat": "bevestigt", "door": "bea", "pk": pk}
    uit = scheids.race(een, een | {"door": "cora"}, "slot van accounts")
    assert "Verouderd" not in [u.naam for u in uit]


@pytest.mark.parametrize("rondes", RONDES)
def test_een_voorstel_wint_van_hetzelfde_voorstel(scheids: Scheidsrechter, rondes: int) -> None:
    for ronde in range(rondes):
        naam = UserFactory(username=f"iemand-{ronde}").username
        een = {"wat": "stelt_rol_voor", "door": "anna", "voor": naam, "rol": "rvo-lid"}
        uit = scheids.race(een, een | {"door": "bea"})
        assert sorted(u.naam for u in uit) == ["Geweigerd", "gelukt"], uit
        assert Rolvoorstel.objects.filter(user__username=naam).count() == 1


@pytest.mark.parametrize("rondes", RONDES)
def test_een_link_stelt_een_keer_een_wachtwoord_in(scheids: Scheidsrechter, rondes: int) -> None:
    anna = User.objects.get(username="anna")
    for ronde in range(rondes):
        user = UserFactory(username=f"eigenaar-{ronde}")
        sleutel = maak_link(user, door=anna, **H)
        een, ander = "paardenbloem-trap-1", "waterlelie-hoog-2"
        uit = scheids.race(
            {"wat": "gebruikt_link", "sleutel": sleutel, "wachtwoord": een},
            {"wat": "gebruikt_link", "sleutel": sleutel, "wachtwoord": ander},
        )
        assert sorted(bool(u.waarde) for u in uit) == [False, True], uit
        nu = User.objects.get(pk=user.pk)
        assert nu.check_password(een) == bool(uit[0].waarde)
        assert user.toegangslinks.get().gebruikt_op <= timezone.now()
