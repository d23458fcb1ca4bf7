from __future__ import annotations

import factory

from strategie.models import Agenda, Thema


class AgendaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agenda
        django_get_or_create = ("slug",)

    slug = "2023-2026"
    titel = "Strategische agenda 2023-2026"
    begin_jaar = 2023
    eind_jaar = 2026
    bron = "proef"


class ThemaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Thema
        django_get_or_create = ("agenda", "slug")

    agenda = factory.SubFactory(AgendaFactory)
    slug = factory.Sequence("thema-{}".format)
    naam = factory.Sequence("Thema {}".format)
    soort = Thema.Soort.STRATEGISCH
    nummer = factory.Sequence(lambda n: n + 1)
    samenvatting = "Een thema om mee te proeven."
    bronregel = "1"
