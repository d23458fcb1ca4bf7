from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import factory

from common.vaststelling import Staat
from formatie.models import Bezetting
from tests.factories.organisatie import OnderdeelFactory
from tests.factories.personen import UserFactory

MOMENT = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)


class BezettingFactory(factory.django.DjangoModelFactory):
    """The approved people of a team at the end of a quarter; ``wachtend`` makes those that wait for approval."""

    class Meta:
        model = Bezetting

    onderdeel = factory.SubFactory(OnderdeelFactory, code="A1", soort="basisteam")
    soort = Bezetting.Soort.BASISTEAM
    jaar = 2026
    kwartaal = 3
    os = Decimal(90)
    nos = Decimal(10)
    aspiranten = Decimal(8)
    wijkagenten = Decimal(12)
    wijkagenten_expert = Decimal(2)
    staat = Staat.VASTGESTELD
    ingevoerd_door = factory.SubFactory(UserFactory, username="invoerder")
    ingevoerd_op = MOMENT
    ingediend_op = MOMENT
    vastgesteld_door = factory.SubFactory(UserFactory, username="goedkeurder")
    vastgesteld_op = MOMENT

    class Params:
        wachtend = factory.Trait(staat=Staat.INGEDIEND, vastgesteld_door=None, vastgesteld_op=None)
