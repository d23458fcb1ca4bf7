"""What the demo made may go, what people made never does: the database itself says so."""

from __future__ import annotations

import pytest

from accounts.models import User
from monitor.demo.wissen import _verwijder
from sturing.models import Ambitiestand, Gebeurtenis
from tests.databaserol import als_superuser
from tests.integration.sturing.opstelling import houder, maak_agenda, noteer, zeg_en_stel_vast

pytestmark = pytest.mark.django_db


def test_alleen_wat_fictief_is_gaat_weg() -> None:
    ambitie = maak_agenda()
    noteer(titel="Echt")
    User.objects.filter(pk=houder().pk).update(demo=True)
    zeg_en_stel_vast(ambitie)
    noteer(User.objects.get(username="houder"), titel="Fictief", indicatoren=["verdachten"])
    with als_superuser():
        assert [_verwijder(soort.objects.filter(demo=True)) for soort in (Ambitiestand, Gebeurtenis)] == [1, 1]
    assert [een.titel for een in Gebeurtenis.objects.all()] == ["Echt"]
