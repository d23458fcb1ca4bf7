from __future__ import annotations

import factory
from django.utils import timezone

from monitor.models import Afsluiting, Concept
from tests.factories.monitor import IndicatorFactory
from tests.factories.organisatie import OnderdeelFactory
from tests.factories.personen import UserFactory


class ConceptFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Concept

    indicator = factory.SubFactory(IndicatorFactory)
    onderdeel = factory.SubFactory(OnderdeelFactory)
    jaar = 2025
    kwartaal = 3
    cellen = {"waarde": "9"}
    door = factory.SubFactory(UserFactory, username="invoerder")


class AfsluitingFactory(factory.django.DjangoModelFactory):
    """A closed quarter; ``gevraagd`` has someone ask to reopen it."""

    class Meta:
        model = Afsluiting

    jaar = 2025
    kwartaal = 3
    gesloten_door = factory.SubFactory(UserFactory, username="sluiter")
    gesloten_op = factory.LazyFunction(timezone.now)

    class Params:
        gevraagd = factory.Trait(
            gevraagd_door=factory.SubFactory(UserFactory, username="vrager"),
            gevraagd_op=factory.LazyFunction(timezone.now),
            heropenreden="Een nagekomen cijfer.",
        )
