"""What approving would do to the verdicts, held against what it does."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.invoer.meting.gevolgen import GEEN, ONBEOORDEELD, gevolgen_van_metingen
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Doelbereik, Indicator
from monitor.models.doelbereik import Oordeel
from monitor.rekenen.herberekenen import herbereken
from tests.factories import (
    DoelstellingFactory,
    IndicatorFactory,
    MetingFactory,
    MonitorregelFactory,
    maak_eenheid,
    maak_persoon,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator() -> Indicator:
    eenheid = maak_eenheid()["RE07"]
    indicator = IndicatorFactory(code="verdachten", naam="Verdachten")
    MonitorregelFactory(indicator=indicator)
    DoelstellingFactory(indicator=indicator, onderdeel=eenheid)
    return indicator


def _oordelen() -> dict[tuple[int, int, int], str]:
    herbereken()
    rijen = Doelbereik.objects.filter(jaar=2025).values_list("onderdeel", "jaar", "kwartaal", "oordeel")
    return {(onderdeel, jaar, kwartaal): Oordeel(code).label for onderdeel, jaar, kwartaal, code in rijen}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    geldend=st.dictionaries(st.integers(1, 4), st.integers(0, 20), max_size=4),
    nieuw=st.dictionaries(st.integers(1, 4), st.integers(0, 20), min_size=1, max_size=4),
)
def test_wat_voorspeld_is_gebeurt(indicator: Indicator, geldend: dict[int, int], nieuw: dict[int, int]) -> None:
    with transaction.atomic():
        _vergelijk(indicator, geldend, nieuw)
        transaction.set_rollback(True)


def _vergelijk(indicator: Indicator, geldend: dict[int, int], nieuw: dict[int, int]) -> None:
    oud = {k: MetingFactory(indicator=indicator, kwartaal=k, waarde=Decimal(w)) for k, w in geldend.items()}
    for kwartaal, waarde in nieuw.items():
        eerder = {"vervangt": oud[kwartaal], "vervangreden": "Nageteld."} if kwartaal in oud else {}
        MetingFactory(indicator=indicator, wachtend=True, kwartaal=kwartaal, waarde=Decimal(waarde), **eerder)
    rijen = list(METING.wachtend())
    gevolgen, voor = gevolgen_van_metingen(rijen), _oordelen()
    stel_vast(METING, rijen, door=maak_persoon("vaststeller"), herkomst="proef")
    na = _oordelen()
    for rij, gevolg in zip(rijen, gevolgen, strict=True):
        plek = (rij.onderdeel_id, 2025, rij.kwartaal)
        was, wordt = voor.get(plek, GEEN), na.get(plek, GEEN)
        oordeel, _, jaar = gevolg.hier.rstrip(".").partition(", over 2025 tot en met ")
        assert oordeel == (f"Blijft {was}" if was == wordt else f"Nu {was}, dan {wordt}" if gevolg.hier else "")
        som = Doelbereik.objects.filter(indicator=indicator, jaar=2025, kwartaal=rij.kwartaal).values_list("cum_teller")
        assert not jaar or jaar.split()[:2] == [f"Q{rij.kwartaal}:", f"{som.get()[0].normalize():f}"]
        assert bool(jaar) == (rij.kwartaal > 1 and wordt not in ONBEOORDEELD)
        assert gevolg.verandert == (was != wordt)
    elders = {
        plek: f"Q{plek[2]} 2025: nu {voor.get(plek, GEEN)}, dan {na.get(plek, GEEN)}."
        for plek in voor.keys() | na.keys()
        if plek[2] not in nieuw and voor.get(plek) != na.get(plek)
    }
    gezegd = [zin.partition(", ")[2] for gevolg in gevolgen for zin in gevolg.elders]
    assert sorted(gezegd) == sorted(zin for zin in elders.values() if not _is_stil(zin))


def _is_stil(zin: str) -> bool:
    """Nothing is judged before and nothing after."""
    nu, dan = zin.partition("nu ")[2].rstrip(".").split(", dan ")
    stil = {GEEN, "Geen meting", "Geen doel", "Doel onbekend", "Alleen monitoring", "Cijfer komt nog"}
    return {nu, dan} <= stil


def test_wat_niets_verandert_en_niets_beoordeelt_zegt_dat(indicator: Indicator) -> None:
    assert gevolgen_van_metingen([]) == []
    ander = IndicatorFactory(code="los", naam="Los")
    [gevolg] = gevolgen_van_metingen([MetingFactory(indicator=ander, wachtend=True, jaar=2010)])
    assert not gevolg.elders
