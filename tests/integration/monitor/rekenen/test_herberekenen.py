from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.models import Berekening, Doelbereik, Meting
from monitor.rekenen import herberekenen as bijwerken
from monitor.rekenen import herberekenen as herberekening
from tests.integration.monitor.rekenen.wereld import MOMENT, VANDAAG, Wereld, alle_rijen

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


@pytest.mark.parametrize("aantal", [10, pytest.param(40, marks=pytest.mark.chaos)])
def test_een_gewijzigde_waarde_geeft_dezelfde_rijen_als_alles_opnieuw(wereld, aantal):
    for keer in range(aantal):
        meting = wereld.toeval.choice(list(Meting.objects.geldend().select_related("indicator", "onderdeel")))
        corrigeer(wereld, meting)
        bijwerken.werk_bij(meting.indicator_id, meting.onderdeel_id, meting.jaar, vandaag=VANDAAG)
        if keer % 10 == 9:
            stapsgewijs = alle_rijen()
            assert herberekening.herbereken(vandaag=VANDAAG).gewijzigd == 0
            assert alle_rijen() == stapsgewijs


def test_cijfers_die_niet_in_64_bits_passen(wereld):
    """The largest value a Meting can hold, times many: exact, the same by both roads, and stable."""
    indicator = wereld.indicatoren[0]
    Meting.objects.filter(indicator=indicator).update(staat="vervangen", vervangen_op=MOMENT)
    grootste = Decimal("9999999999999999.9999")
    for code in ("RA1", "RA2", "RA3"):
        wereld.meet(indicator, code, 2025, 1, waarde=grootste, onbekend=False)
    herberekening.herbereken(vandaag=VANDAAG)
    district = Doelbereik.objects.get(indicator=indicator, onderdeel__code="RA", jaar=2025, kwartaal=1)
    assert district.teller == 3 * grootste
    assert herberekening.herbereken(vandaag=VANDAAG).gewijzigd == 0
    wereld.meet(indicator, "RA3", 2025, 2, waarde=grootste, onbekend=False)
    bijwerken.werk_bij(indicator.pk, wereld.onderdelen["RA3"].pk, 2025, vandaag=VANDAAG)
    assert (
        Doelbereik.objects.get(indicator=indicator, onderdeel__code="NL", jaar=2025, kwartaal=2).cum_teller
        == 4 * grootste
    )
    assert herberekening.herbereken(vandaag=VANDAAG).gewijzigd == 0


def test_wat_met_de_hand_is_veranderd_wordt_hersteld(wereld):
    voor = alle_rijen()
    Doelbereik.objects.filter(jaar=2025, kwartaal=2).update(oordeel="behaald")
    Doelbereik.objects.filter(jaar=2024, onderdeel__code="RA1").delete()
    assert herberekening.herbereken(vandaag=VANDAAG).gewijzigd > 0
    assert alle_rijen() == voor
