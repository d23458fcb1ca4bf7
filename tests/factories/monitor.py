from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from common.vaststellen.model import Staat
from monitor.models import Doelstelling, Eigenaarschap, Indicator, Meting, Monitorregel
from tests.factories.agenda import AgendaFactory, ThemaFactory
from tests.factories.organisatie import OnderdeelFactory
from tests.factories.personen import UserFactory

MOMENT = datetime(2025, 11, 1, 9, 0, tzinfo=UTC)


class IndicatorFactory(factory.django.DjangoModelFactory):
    """A count per unit, every quarter, of which more is better."""

    class Meta:
        model = Indicator
        django_get_or_create = ("code",)

    code = factory.Sequence("indicator-{}".format)
    naam = factory.LazyAttribute(lambda o: f"Naam van {o.code}")
    definitie = "Wat er geteld wordt."
    telregel = "Hoe er geteld wordt."
    bron = "proef"
    eenheid = "onderzoeken"
    aggregatie = Indicator.Aggregatie.SOM
    richting = Indicator.Richting.HOGER
    frequentie = Indicator.Frequentie.KWARTAAL
    niveau = Indicator.Niveau.EENHEID
    herkomst = Indicator.Herkomst.INVOER
    volgorde = factory.Sequence(int)

    class Params:
        percentage = factory.Trait(
            eenheid="%", decimalen=1, aggregatie=Indicator.Aggregatie.VERHOUDING, niveau=Indicator.Niveau.BASISTEAM
        )
        enquete = factory.Trait(
            eenheid="%",
            decimalen=1,
            aggregatie=Indicator.Aggregatie.ENQUETE,
            frequentie=Indicator.Frequentie.TWEEJAARLIJKS,
            eerste_jaar=2021,
        )


class MonitorregelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Monitorregel

    agenda = factory.SubFactory(AgendaFactory)
    thema = factory.SubFactory(ThemaFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    rubriek = "Rubriek"
    bronregel = "1"


class EigenaarschapFactory(factory.django.DjangoModelFactory):
    """Of one thing, since long."""

    class Meta:
        model = Eigenaarschap

    persoon = factory.SubFactory(UserFactory, username="eigenaar")
    geldig_vanaf = date(2023, 1, 1)


class DoelstellingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Doelstelling

    indicator = factory.SubFactory(IndicatorFactory)
    onderdeel = factory.SubFactory(OnderdeelFactory)
    jaar = 2025
    soort = Doelstelling.Soort.JAARVOLUME
    streefwaarde = Decimal(30)
    marge = Decimal(10)
    besluit = "Vastgesteld met de agenda"
    orgaan = "RVO"
    geldig_vanaf = date(2023, 1, 1)
    staat = Staat.VASTGESTELD
    ingevoerd_op = datetime(2023, 1, 1, tzinfo=UTC)
    vastgesteld_op = datetime(2023, 1, 1, tzinfo=UTC)


class MetingFactory(factory.django.DjangoModelFactory):
    """An approved value of a unit; ``wachtend`` makes one that waits for approval."""

    class Meta:
        model = Meting

    indicator = factory.SubFactory(IndicatorFactory)
    onderdeel = factory.SubFactory(OnderdeelFactory)
    jaar = 2025
    kwartaal = 1
    waarde = Decimal(9)
    staat = Staat.VASTGESTELD
    ingevoerd_door = factory.SubFactory(UserFactory, username="invoerder")
    ingevoerd_op = MOMENT
    ingediend_op = MOMENT
    vastgesteld_door = factory.SubFactory(UserFactory, username="goedkeurder")
    vastgesteld_op = MOMENT

    class Params:
        wachtend = factory.Trait(staat=Staat.INGEDIEND, vastgesteld_door=None, vastgesteld_op=None)
