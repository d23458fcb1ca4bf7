"""A decision on new limits: from when the chart uses it, as known on which day, and where it is proposed."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client

from formatie.models import Onderdeel
from monitor.models import Grensbesluit, Indicator
from monitor.rekenen.herberekenen import herbereken
from tests.factories import MetingFactory, maak_persoon
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, VANDAAG, maak_monitor
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
ADRES = f"/indicatoren/verdachten/?kwartaal={KWARTAAL}&weergave=alle-kwartalen"
# 2025 up to Q3 is 9, 6 and 6 (see opstelling): since 2023 Q3 all is far below what came before.
EERDER = {
    2020: (40, 44, 41, 43),
    2021: (42, 40, 45, 41),
    2022: (43, 41, 44, 40),
    2023: (42, 44, 7, 8),
    2024: (7, 8, 6, 9),
}


@pytest.fixture
def verdachten() -> Indicator:
    eenheid: Onderdeel = maak_monitor()["RE07"]
    indicator = Indicator.objects.get(code="verdachten")
    for jaar, waarden in EERDER.items():
        for kwartaal, waarde in enumerate(waarden, 1):
            MetingFactory(
                indicator=indicator, onderdeel=eenheid, jaar=jaar, kwartaal=kwartaal, waarde=Decimal(waarde),
                vastgesteld_op=datetime(2025, 1, 2, tzinfo=UTC),
            )  # fmt: skip
    herbereken(vandaag=VANDAAG)
    return indicator


def besluit(indicator: Indicator, op: datetime) -> None:
    Grensbesluit.objects.create(
        indicator=indicator, jaar=2023, kwartaal=3, reden="Andere taakverdeling.", staat="vastgesteld",
        ingevoerd_door=maak_persoon("analist"), ingevoerd_op=op, ingediend_op=op,
        vastgesteld_door=maak_persoon("vaststeller"), vastgesteld_op=op,
    )  # fmt: skip


def lees(adres: str, rol: str = "analist") -> Pagina:
    client = Client()
    client.force_login(maak_persoon(rol))
    antwoord = client.get(adres)
    assert antwoord.status_code == 200, adres
    return Pagina.van(antwoord)


def test_na_een_besluit_beginnen_de_grenzen_opnieuw(verdachten: Indicator) -> None:
    voor = lees(ADRES, "rvo-lid").figuur()
    assert voor.heeft("onder de ondergrens")
    besluit(verdachten, datetime(2025, 11, 20, tzinfo=UTC))
    na = lees(ADRES, "rvo-lid").figuur()
    assert na.heeft("Stabiel: alle 9 waarden liggen tussen")
    assert na.heeft("vanaf hier nieuwe grenzen: Andere taakverdeling")


def test_zoals_bekend_op_een_dag_telt_alleen_wat_toen_besloten_was(verdachten: Indicator) -> None:
    besluit(verdachten, datetime(2025, 11, 20, tzinfo=UTC))
    ervoor = lees(f"{ADRES}&peildatum=2025-11-19", "rvo-lid").figuur()
    assert not ervoor.heeft("nieuwe grenzen")
    erna = lees(f"{ADRES}&peildatum=2025-11-21", "rvo-lid").figuur()
    assert erna.heeft("nieuwe grenzen: Andere taakverdeling")


def test_acht_op_rij_wordt_voorgelegd_aan_wie_mag_voorstellen(verdachten: Indicator) -> None:
    pagina = lees("/indicatoren/verdachten/grenzen/")
    assert pagina.heeft("9 waarden op rij, van Q3 2023 t/m Q3 2025, liggen onder het gemiddelde van")
    assert pagina.heeft("Stel dan nieuwe grenzen voor.")
    assert (pagina.waarden["jaar"], pagina.waarden["kwartaal"]) == ("2023", "3")
    assert lees("/invoer/").deel("Misschien nieuwe grenzen").heeft("Verdachten: 9 waarden op rij")
    assert not lees("/indicatoren/verdachten/grenzen/", "rvo-lid").heeft("Stel dan nieuwe grenzen voor.")
    besluit(verdachten, datetime(2025, 11, 20, tzinfo=UTC))
    assert not lees("/indicatoren/verdachten/grenzen/").heeft("Stel dan nieuwe grenzen voor.")
