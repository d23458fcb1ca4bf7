"""What the page tells each person of every kind: what waits for a decision, and what came back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from formatie.models import Onderdeel
from monitor.invoer.vaststellen.services import stuur_terug
from monitor.invoer.vaststellen.soorten import DOEL
from monitor.models import Indicator
from tests.factories import (
    AfsluitingFactory,
    BezettingFactory,
    IndicatorFactory,
    MetingFactory,
    MonitorregelFactory,
    UserFactory,
    maak_eenheid,
    maak_persoon,
    maak_plan,
)
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import stel_blad_voor, stel_voor
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
TERUG = {"staat": "afgekeurd", "afgekeurd_op": timezone.now, "afkeurreden": "Graag de bron erbij."}


@pytest.fixture
def onderdelen() -> dict[str, Onderdeel]:
    return maak_eenheid()


def maak_indicator(code: str) -> Indicator:
    indicator = IndicatorFactory(code=code, naam=code.capitalize())
    MonitorregelFactory(indicator=indicator)
    return indicator


def test_een_vaststeller_ziet_van_elke_soort_wat_wacht_maar_niet_het_eigen_werk(
    onderdelen: dict[str, Onderdeel],
) -> None:
    zelf, indicator = maak_persoon("vaststeller"), maak_indicator("verdachten")
    MetingFactory(indicator=indicator, kwartaal=3, wachtend=True)
    for team, door in (("A1", "ander"), ("A2", "ander"), ("A3", zelf.username)):
        BezettingFactory(onderdeel=onderdelen[team], wachtend=True, ingevoerd_door=UserFactory(username=door))
    stel_voor(indicator)
    stel_voor(indicator, zelf, jaar="2024")
    stel_blad_voor(indicator, definitie="Scherper.")
    client = Client()
    client.force_login(zelf)
    pagina = Pagina.van(client.get("/invoer/"))
    for adres, hoeveel in (
        ("waarden/", "1 waarde"),
        ("bezetting/", "2 regels bezetting"),
        ("doelen/", "1 gewijzigd doel"),
        ("definities/", "1 gewijzigde definitie"),
    ):
        assert pagina.link(hoeveel) == f"/vaststellen/{adres}"


def test_een_analist_ziet_bezetting_die_moet_komen_en_van_elke_soort_wat_terugkwam(
    onderdelen: dict[str, Onderdeel],
) -> None:
    van_a, indicator = maak_persoon("analist", onderdeel="A"), maak_indicator("verdachten")
    maak_plan({("A1", "basisteam"): "100", ("A2", "basisteam"): "100", ("B1", "basisteam"): "100"})
    terug = {"wachtend": True, **TERUG, "afgekeurd_door": UserFactory(), "afgekeurd_op": timezone.now()}
    for team in ("A1", "B2"):
        BezettingFactory(onderdeel=onderdelen[team], kwartaal=3, ingevoerd_door=van_a, **terug)
    vaststeller = maak_persoon("vaststeller")
    stuur_terug(DOEL, [stel_voor(indicator, van_a)], door=vaststeller, reden="Waarom?", herkomst="proef")
    client = Client()
    client.force_login(van_a)
    pagina = Pagina.van(client.get("/invoer/?kwartaal=2025-Q3"))
    assert pagina.link("1 regel bezetting") == "/invoer/2025-Q3/bezetting/"
    terug, doel = "Bezetting van A1 Onderdeel A1, Q3 2025", "Doel van Verdachten, 2025, RE07 Onderdeel RE07"
    assert pagina.link(terug) == "/invoer/2025-Q3/bezetting/?district=A#A1.basisteam"
    assert pagina.link(doel) == "/indicatoren/verdachten/doelen/"
    assert not pagina.heeft("Onderdeel B2, Q3 2025")
    AfsluitingFactory()
    assert not Pagina.van(client.get("/invoer/?kwartaal=2025-Q3")).heeft("1 regel bezetting")
