"""Every verdict of the demonstration: its tree says what is stored, and its printed numbers lead there too."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from itertools import groupby

import pytest
from django.core.management import call_command

from common.tekst.periode import Kwartaal
from monitor.dashboards import selectors
from monitor.dashboards.keuze import bepaal
from monitor.dashboards.oordeel.boom import boom, cijferrijen
from monitor.dashboards.oordeel.selectors import lees_bronnen
from monitor.dashboards.oordeel.som import GEWOGEN, Geval, som
from monitor.models import Doelbereik, Indicator, Oordeel
from monitor.rekenen.cijfers import leid_cijfers_af
from monitor.rekenen.herberekenen import herbereken
from tests.factories import maak_persoon
from tests.unit.monitor.dashboards.indicator.signaal.narekenen import reken_na, waarde

pytestmark = pytest.mark.django_db
VANDAAG = date(2026, 11, 23)
IN_DE_DEMO = {
    Oordeel.OP_KOERS, Oordeel.AANDACHT, Oordeel.ACHTER, Oordeel.BEHAALD, Oordeel.NIET_BEHAALD, Oordeel.ONVOLLEDIG,
    Oordeel.NIET_TE_ONDERSCHEIDEN, Oordeel.GEEN_METING, Oordeel.ALLEEN_MONITORING, Oordeel.DOEL_ONBEKEND,
    Oordeel.GEEN_DOEL,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _demo() -> None:
    call_command("laad_agenda", stdout=StringIO())
    call_command("laad_demo", "--tot", "2026-Q3", stdout=StringIO())
    herbereken(vandaag=VANDAAG)


def test_elk_oordeel_van_de_demo_volgt_uit_zijn_boom() -> None:
    gezien = _loop_alle_rijen_na()
    assert gezien >= IN_DE_DEMO, IN_DE_DEMO - gezien
    assert {indicator for indicator in Indicator.objects.all() if not _loop_boom_na(indicator)} == set()


def _loop_alle_rijen_na() -> set[str]:
    """The sum of every record of every onderdeel, quarter and indicator."""
    gezien = set()
    alle = Doelbereik.objects.select_related("doelstelling", "indicator")
    rijen = alle.order_by("indicator_id", "onderdeel_id", "jaar", "kwartaal")
    for _, groep in groupby(rijen, key=lambda rij: (rij.indicator_id, rij.onderdeel_id)):
        reeks = list(groep)
        for nummer, rij in enumerate(reeks):
            gezien.add(rij.oordeel)
            cijfers = leid_cijfers_af(rij, rij.indicator, rij.doelstelling)
            geval = Geval(rij, rij.indicator, rij.doelstelling, cijfers, reeks[: nummer + 1])
            _controleer({regel.naam: regel.tekst for regel in som(geval)}, geval)
    return gezien


def _controleer(gedrukt: dict[str, str], geval: Geval) -> None:
    assert geval.oordeel.replace("_", " ") in gedrukt["Conclusie"].lower()
    if geval.oordeel in GEWOGEN:
        uit = reken_na(gedrukt, geval.soort, geval.indicator.richting, geval.rij.kwartaal)
        assert uit == geval.oordeel, (geval.rij, gedrukt)


def _loop_boom_na(indicator: Indicator) -> bool:
    """The tree of the unit: the stored verdict, and versions that together make the value it judges."""
    for kwartaal in (Kwartaal(2025, 4), Kwartaal(2026, 3)):
        blik = bepaal(maak_persoon("analist"), str(kwartaal), VANDAAG)
        bronnen = lees_bronnen(*selectors.monitorregel(blik, indicator.code))
        geval = bronnen.geval
        assert geval is not None
        takken = {tak.kop: tak for tak in boom(bronnen)}
        gedrukt = {tak.kop: tak.tekst for tak in takken["De som"].takken}
        _controleer(gedrukt, geval)
        totalen: dict[str, Decimal] = defaultdict(Decimal)
        for rij in cijferrijen(bronnen):
            if rij.gebruik == "Dit cijfer" and rij.versie.geldt and not rij.versie.meting.onbekend:
                meting = rij.versie.meting
                totalen["teller"] += meting.waarde if meting.teller is None else meting.teller
                totalen["noemer"] += meting.noemer or 0
        if geval.rij.stand == "geleverd":
            teller, noemer = geval.rij.cum_teller, geval.rij.cum_noemer
            assert (totalen["teller"], totalen["noemer"]) == (teller, noemer or 0), indicator
            keer = 100 if noemer is not None and indicator.eenheid == "%" else 1
            assert waarde(gedrukt) == Fraction(teller) * keer / Fraction(1 if noemer is None else noemer), indicator
    return True
