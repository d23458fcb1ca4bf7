"""The turn of the year: a result appears by itself on 1 January in Amsterdam, along every road, and not before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from common.jobs import JobRun
from formatie.models import Onderdeel
from monitor.models import Doelbereik, Indicator
from monitor.rekenen import wachtrij
from monitor.rekenen.herberekenen import herbereken, werk_bij
from monitor.rekenen.peildatum import zoals_bekend_op
from monitor.rekenen.tasks import herbereken_kalender
from tests.factories import DoelstellingFactory, IndicatorFactory, MetingFactory, OnderdeelFactory

pytestmark = pytest.mark.django_db
OUDEJAAR = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)  # 23:59 in Amsterdam
NIEUWJAAR = datetime(2026, 12, 31, 23, 0, tzinfo=UTC)  # midnight in Amsterdam, still 31 December in UTC
DOELEN: dict[str, dict[str, Any]] = {
    "jaarvolume": {"streefwaarde": 30, "marge": 10},
    "minimum": {"streefwaarde": 30, "marge": 2},
    "maximum": {"streefwaarde": 5, "marge": 2},
    "verbetering": {"streefwaarde": None, "marge": None},
}


@pytest.fixture
def eenheid() -> Onderdeel:
    return OnderdeelFactory(code="RE07")


def maak(eenheid: Onderdeel, soort: str) -> Indicator:
    """Everything of 2026 is approved, Q4 weeks before its end; by each kind of target it went the wrong way."""
    indicator = IndicatorFactory(code=soort)
    DoelstellingFactory(indicator=indicator, onderdeel=eenheid, jaar=2026, soort=soort, **DOELEN[soort])
    for kwartaal, waarde in enumerate((9, 9, 8, 1), start=1):
        status = "voorlopig" if kwartaal == 4 else "definitief"
        MetingFactory(
            indicator=indicator, onderdeel=eenheid, jaar=2026, kwartaal=kwartaal, waarde=waarde, status=status
        )
    return indicator


def oordeel(indicator: Indicator) -> str:
    return Doelbereik.objects.get(indicator=indicator, jaar=2026, kwartaal=4).oordeel


def zet_klok(monkeypatch: pytest.MonkeyPatch, nu: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: nu)


@pytest.mark.parametrize("soort", DOELEN)
def test_langs_elke_weg_dezelfde_uitslag(eenheid: Onderdeel, soort: str, monkeypatch: pytest.MonkeyPatch) -> None:
    indicator = maak(eenheid, soort)
    for nu, verwacht in ((OUDEJAAR, {"aandacht", "achter"}), (NIEUWJAAR, {"niet_behaald"})):
        zet_klok(monkeypatch, nu)
        herbereken()
        kubus = oordeel(indicator)
        assert kubus in verwacht
        assert werk_bij(indicator.pk, eenheid.pk, 2026).gewijzigd == 0
        dag = timezone.localdate(nu)
        toen = [
            rij for rij in zoals_bekend_op(dag, [indicator.pk], [eenheid.pk]) if (rij.jaar, rij.kwartaal) == (2026, 4)
        ]
        assert [rij.oordeel for rij in toen] == [kubus]


def test_de_uitslag_komt_vanzelf_bij_de_jaarwisseling(eenheid: Onderdeel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody enters anything: the daily run of the new day does it; that of the old day does not stand in its way."""
    indicator = maak(eenheid, "jaarvolume")
    for nu, verwacht in ((OUDEJAAR, "aandacht"), (NIEUWJAAR, "niet_behaald")):
        zet_klok(monkeypatch, nu)
        assert not wachtrij.kalender_gedaan()
        assert herbereken_kalender()
        assert oordeel(indicator) == verwacht
        JobRun.objects.filter(omschrijving=wachtrij.KALENDER).update(begonnen_op=nu)
        assert herbereken_kalender() == 0  # done for today


def test_alleen_de_datum_in_amsterdam_telt(eenheid: Onderdeel, monkeypatch: pytest.MonkeyPatch) -> None:
    """A night with an hour more or less, and 29 February, are like any other."""
    indicator = maak(eenheid, "minimum")
    nachten = [
        datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 59, tzinfo=UTC),
        datetime(2026, 10, 24, 22, 30, tzinfo=UTC),
    ]
    for nacht in nachten:
        zet_klok(monkeypatch, nacht)
        herbereken()
        assert oordeel(indicator) not in ("behaald", "niet_behaald")
    zet_klok(monkeypatch, datetime(2028, 2, 28, 23, 0, tzinfo=UTC))
    assert timezone.localdate() == date(2028, 2, 29)
    herbereken()
    assert oordeel(indicator) == "niet_behaald"


def test_op_de_peildatum_van_oudejaarsdag_is_er_nog_geen_uitslag(eenheid: Onderdeel) -> None:
    """Also asked for much later: as known then."""
    indicator = maak(eenheid, "jaarvolume")
    oordelen = {
        dag: {(rij.jaar, rij.kwartaal): rij.oordeel for rij in zoals_bekend_op(dag, [indicator.pk], [eenheid.pk])}
        for dag in (date(2026, 12, 31), date(2027, 1, 1))
    }
    assert oordelen[date(2026, 12, 31)][2026, 4] in ("aandacht", "achter")
    assert oordelen[date(2027, 1, 1)][2026, 4] == "niet_behaald"
