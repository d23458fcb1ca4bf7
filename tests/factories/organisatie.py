from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from common.vaststellen.model import Staat
from formatie.models import Bezetting, Districtsformatie, Formatieplan, Gemeente, Onderdeel, Werkgebied
from tests.factories.personen import UserFactory

MOMENT = datetime(2025, 5, 1, 9, 0, tzinfo=UTC)


class OnderdeelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Onderdeel
        django_get_or_create = ("code",)

    code = "RE07"
    naam = factory.LazyAttribute(lambda o: f"Onderdeel {o.code}")
    soort = Onderdeel.Soort.EENHEID


def maak_eenheid(districten: dict[str, int] | None = None, code: str = "RE07") -> dict[str, Onderdeel]:
    """A unit with districts and as many teams each as asked; by default A with A1-A3 and B with B1-B2."""
    eenheid = OnderdeelFactory(code=code, soort=Onderdeel.Soort.EENHEID)
    onderdelen = {code: eenheid}
    for district, teams in (districten or {"A": 3, "B": 2}).items():
        ouder = OnderdeelFactory(code=district, soort=Onderdeel.Soort.DISTRICT, ouder=eenheid)
        onderdelen[district] = ouder
        for nummer in range(1, teams + 1):
            team = f"{district}{nummer}"
            onderdelen[team] = OnderdeelFactory(code=team, soort=Onderdeel.Soort.BASISTEAM, ouder=ouder)
    return onderdelen


def maak_plan(
    plaatsen: dict[tuple[str, str], str], *, slug: str = "proef", vanaf: date = date(2023, 1, 1)
) -> Formatieplan:
    """A plan in force from a day, with places in fte by onderdeel and kind."""
    plan = Formatieplan.objects.create(
        slug=slug, naam=f"Plan {slug}", besluit="RVO", besluitdatum=vanaf, geldig_vanaf=vanaf, bronregel="1"
    )
    onderdelen = {onderdeel.code: onderdeel for onderdeel in Onderdeel.objects.all()}
    for (code, soort), fte in plaatsen.items():
        Districtsformatie.objects.create(
            plan=plan, onderdeel=onderdelen[code], soort=soort, fte=Decimal(fte), fte_gedrukt=fte, bronregel="1"
        )
    return plan


class GemeenteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Gemeente
        django_get_or_create = ("slug",)

    slug = "proefgemeente"
    naam = factory.LazyAttribute(lambda g: g.slug.capitalize())
    bronregel = "1"


def maak_gebied(gemeente: Gemeente, team: str, **velden: object) -> Werkgebied:
    """That a team works in a municipality, because a source says so."""
    basisteam = Onderdeel.objects.get(code=team)
    return Werkgebied.objects.create(
        **{"gemeente": gemeente, "basisteam": basisteam, "grond": "bron", "bron": "proefbron", **velden}
    )


class BezettingFactory(factory.django.DjangoModelFactory):
    """An approved bezetting of a team; ``wachtend`` makes one that waits for approval."""

    class Meta:
        model = Bezetting

    onderdeel = factory.SubFactory(OnderdeelFactory, code="A1", soort=Onderdeel.Soort.BASISTEAM)
    jaar = 2025
    kwartaal = 1
    os = Decimal(90)
    nos = Decimal(10)
    aspiranten = Decimal(12)
    wijkagenten = Decimal(18)
    wijkagenten_expert = Decimal(1)
    staat = Staat.VASTGESTELD
    ingevoerd_door = factory.SubFactory(UserFactory, username="invoerder")
    ingevoerd_op = MOMENT
    ingediend_op = MOMENT
    vastgesteld_door = factory.SubFactory(UserFactory, username="goedkeurder")
    vastgesteld_op = MOMENT

    class Params:
        wachtend = factory.Trait(staat=Staat.INGEDIEND, vastgesteld_door=None, vastgesteld_op=None)
