"""The grid costs as many queries at any size."""

from __future__ import annotations

import pytest
from django.test import Client

from common.tekst.periode import Kwartaal
from monitor.invoer.rooster.services import Celtekst, bewaar_concepten
from tests import querytelling
from tests.factories import IndicatorFactory, MetingFactory, maak_eenheid, maak_persoon

pytestmark = pytest.mark.django_db


def _vul(indicatoren: int, teams: int) -> Client:
    onderdelen = maak_eenheid(dict.fromkeys("ABCDE"[: max(1, teams // 5)], min(teams, 5)))
    codes = [f"i-{n}" for n in range(indicatoren)]
    plekken = [(IndicatorFactory(code=c, niveau="basisteam"), o) for c in codes for o in onderdelen.values()]
    plekken = [(i, o) for i, o in plekken if o.soort == "basisteam"]
    for indicator, onderdeel in plekken:
        MetingFactory(indicator=indicator, onderdeel=onderdeel, jaar=2024, kwartaal=3)
        MetingFactory(indicator=indicator, onderdeel=onderdeel, jaar=2025, kwartaal=2)
    MetingFactory(indicator=plekken[0][0], onderdeel=plekken[0][1], kwartaal=3, wachtend=True)
    MetingFactory(indicator=plekken[1][0], onderdeel=plekken[1][1], kwartaal=3)
    analist = maak_persoon("analist")
    teksten = [Celtekst(i.code, o.code, Kwartaal(2025, 3), {"waarde": "12"}, 0) for i, o in plekken[2:]]
    bewaar_concepten(teksten, door=analist, herkomst="proef")
    client = Client()
    client.force_login(analist)
    return client


@pytest.mark.parametrize(("indicatoren", "teams"), [(2, 2), (8, 10)])
def test_het_rooster_stelt_bij_elke_omvang_evenveel_vragen(indicatoren: int, teams: int) -> None:
    client = _vul(indicatoren, teams)
    querytelling.controleer("invoer_kwartaal", *querytelling.tel(client, "/invoer/2025-Q3/"))
