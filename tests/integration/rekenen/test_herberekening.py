from __future__ import annotations

import pytest

from monitor.models import Berekening, Meting
from monitor.rekenen import bijwerken, herberekening
from tests.integration.rekenen.wereld import MOMENT, VANDAAG, Wereld, alle_rijen

pytestmark = pytest.mark.django_db


@pytest.fixture
def wereld() -> Wereld:
    wereld = Wereld()
    wereld.vul()
    herberekening.herbereken(vandaag=VANDAAG)
    return wereld


def test_een_tweede_keer_verandert_geen_rij(wereld):
    voor = alle_rijen()
    generaties = dict(Berekening.objects.values_list("indicator_id", "generatie"))
    uitkomst = herberekening.herbereken(vandaag=VANDAAG)
    assert len(voor) > 3000
    assert uitkomst.gewijzigd == 0
    assert uitkomst.berekend == len(voor)
    assert alle_rijen() == voor
    assert dict(Berekening.objects.values_list("indicator_id", "generatie")) == generaties
    assert set(generaties.values()) == {1}


def corrigeer(wereld: Wereld, meting: Meting, **cijfers: object) -> Meting:
    Meting.objects.filter(pk=meting.pk).update(staat="vervangen", vervangen_op=MOMENT)
    wie = wereld.meting(meting.indicator, meting.onderdeel.code, meting.jaar, meting.kwartaal)
    return Meting.objects.create(**wie | cijfers, vervangt=meting, vervangreden="tikfout")


def test_een_gewijzigde_waarde_geeft_dezelfde_rijen_als_alles_opnieuw(wereld):
    for keer in range(60):
        meting = wereld.toeval.choice(list(Meting.objects.geldend().select_related("indicator", "onderdeel")))
        corrigeer(wereld, meting)
        bijwerken.werk_bij(meting.indicator_id, meting.onderdeel_id, meting.jaar, vandaag=VANDAAG)
        if keer % 10 == 9:
            stapsgewijs = alle_rijen()
            assert herberekening.herbereken(vandaag=VANDAAG).gewijzigd == 0
            assert alle_rijen() == stapsgewijs
