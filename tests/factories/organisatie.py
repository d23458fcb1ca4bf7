from __future__ import annotations

import factory

from formatie.models import Onderdeel


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
