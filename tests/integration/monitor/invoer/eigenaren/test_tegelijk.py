"""Two people assign an owner at the same moment, in two processes: one does, the other hears it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from common.models import AuditEvent
from monitor.invoer.eigenaren.services import AANGEWEZEN
from monitor.models import Eigenaarschap
from tests.factories import IndicatorFactory, MonitorregelFactory, maak_persoon
from tests.integration.monitor.invoer.rassen.tweekamp import Scheidsrechter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("rassen")]


@pytest.fixture(scope="module")
def scheidsrechter(django_db_setup: None) -> Iterator[Scheidsrechter]:
    scheidsrechter = Scheidsrechter()
    yield scheidsrechter
    scheidsrechter.stop()


@pytest.mark.parametrize("rondes", [3, pytest.param(50, marks=pytest.mark.chaos)])
def test_van_twee_tegelijk_wijst_een_aan(transactional_db: None, scheidsrechter: Scheidsrechter, rondes: int) -> None:
    for naam in ("anna", "bea"):
        maak_persoon("analist", naam=naam)
    maak_persoon("beheerder", naam="cora")
    maak_persoon("portefeuillehouder", naam="dora", thema="werk")
    for ronde in range(rondes):
        code = f"indicator-{ronde}"
        MonitorregelFactory(indicator=IndicatorFactory(code=code), thema__slug="werk")
        uit = scheidsrechter.race(
            {"wat": "wijst_aan", "door": "cora", "code": code, "wie": "anna"},
            {"wat": "wijst_aan", "door": "dora", "code": code, "wie": "bea"},
        )
        assert sorted(een.naam for een in uit) == ["Verouderd", "gelukt"], uit
        assert Eigenaarschap.objects.filter(indicator__code=code, geldig_tot=None).count() == 1
    assert AuditEvent.objects.filter(handeling=AANGEWEZEN).count() == Eigenaarschap.objects.count() == rondes
