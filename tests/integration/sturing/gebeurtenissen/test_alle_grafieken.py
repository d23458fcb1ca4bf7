"""Every chart with a time axis draws the events of what it is about: on the page, in its table, and as known then."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from common.tekst.periode import Kwartaal
from formatie.district.soort import PERSONEELSOORTEN
from formatie.models import Onderdeel
from monitor.invoer.meting.vergelijken import AFGELEID
from tests.factories import GemeenteFactory, IndicatorFactory, MonitorregelFactory, maak_gebied
from tests.integration.formatie.opstelling import als, laad_plan, vul_bezetting
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, maak_monitor
from tests.integration.sturing.opstelling import NU, noteer
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
MAAKT_EEN_TIJDAS = {
    "formatie/district/grafiek.py",
    "monitor/dashboards/gemeente/verloop.py",
    "monitor/dashboards/grafiek/alle_kwartalen.py",
    "monitor/dashboards/grafiek/dit_jaar.py",
    "monitor/dashboards/verkennen/beelden.py",
}
"""Each is asked for its events below, or in ``test_vormen`` of verkennen, which a worker draws."""
DISTRICT, STAD = "/formatie/districten/A/?kwartaal=2026-Q3", f"/gemeenten/stad/?kwartaal={KWARTAAL}"
TITEL, DAG = "Nieuwe roosters", date(2025, 8, 4)
IN_LIJST, IN_TABEL = f"1. 04-08-2025: {TITEL} (telling gewijzigd)", f"04-08-2025: {TITEL}"


def test_elke_module_die_een_tijdas_maakt_zet_er_gebeurtenissen_op() -> None:
    apps = (settings.BASE_DIR / naam for naam in ("formatie", "monitor", "strategie", "sturing"))
    bronnen = {pad: pad.read_text() for app in apps for pad in app.rglob("*.py")}
    met = {str(pad.relative_to(settings.BASE_DIR)): t for pad, t in bronnen.items() if "As(Assoort.KWARTALEN" in t}
    met.pop("monitor/dashboards/naslag/grafieken.py")  # what a chart can look like, of nothing that is
    assert set(met) == MAAKT_EEN_TIJDAS
    for naam, tekst in met.items():
        assert tekst.count("gebeurtenissen=in_beeld(") == tekst.count("As(Assoort.KWARTALEN"), naam
        assert tekst.count("noten=tuple(streep.noot") == tekst.count("As(Assoort.KWARTALEN"), naam


def _strepen(client: Client, adres: str) -> int:
    return client.get(adres).content.decode().count('class="g-gebeurtenis"')


@pytest.fixture
def formatie() -> None:
    laad_plan()
    vul_bezetting(Kwartaal(2026, 3), 8)
    for code in AFGELEID:
        MonitorregelFactory(indicator=IndicatorFactory(code=code))


def _verlopen(client: Client, adres: str) -> int:
    """How many charts have a table that goes through the quarters."""
    return client.get(adres).content.decode().count('<tr><th scope="col">Kwartaal</th>')


def test_de_grafieken_van_een_district(formatie: None) -> None:
    chef, lid = als("districtschef", onderdeel="A"), als("rvo-lid")
    assert _strepen(chef, DISTRICT) == 0
    noteer(titel=TITEL, datum=DAG, onderdelen=["A"])
    noteer(titel="Van een ander", onderdelen=["B"])
    noteer(titel="Een ander cijfer", indicatoren=[IndicatorFactory(code="iets-anders").code])
    for client in (chef, lid):
        pagina = Pagina.van(client.get(DISTRICT))
        assert _strepen(client, DISTRICT) == _verlopen(client, DISTRICT) > 0
        assert pagina.heeft(IN_LIJST)
        assert pagina.ergens(IN_TABEL)
        assert not pagina.ergens("Van een ander")
        assert not pagina.ergens("Een ander cijfer")
    naam = "verloop-0" if "verloop-0" in chef.get(DISTRICT).content.decode() else "verloop"
    assert IN_TABEL in chef.get(f"{DISTRICT}&_figuur={naam}&_formaat=csv").content.decode()


def test_van_een_team_staat_zij_alleen_bij_dat_team(formatie: None) -> None:
    chef = als("districtschef", onderdeel="A")
    team = Onderdeel.objects.filter(soort="basisteam", ouder__code="A").order_by("code")[0]
    noteer(titel=TITEL, datum=DAG, onderdelen=[team.code], indicatoren=["formatie-bezetting"])
    assert _strepen(chef, DISTRICT) == 1
    assert _strepen(chef, f"{DISTRICT}&soort=os") == 1
    assert _strepen(chef, f"{DISTRICT}&soort=wijkagenten") == 0  # those are another figure
    assert {soort.indicator for soort in PERSONEELSOORTEN} == set(AFGELEID)


def test_een_district_zoals_bekend_op_een_dag(formatie: None) -> None:
    gisteren = timezone.localdate() - timedelta(days=1)
    noteer(titel=TITEL, datum=DAG, onderdelen=["A"], op=timezone.now())
    chef, toen = als("districtschef", onderdeel="A"), f"{DISTRICT}&peildatum={gisteren}"
    assert _strepen(chef, DISTRICT) > 0
    assert Pagina.van(chef.get(toen)).figuren
    assert _strepen(chef, toen) == 0


def test_wie_geen_cijfers_leest_hoort_er_niets_van(formatie: None) -> None:
    noteer(titel=TITEL, datum=DAG, onderdelen=["A"])
    assert not Pagina.van(als("beheerder").get(DISTRICT)).ergens(TITEL)


def test_de_grafieken_van_een_gemeente_en_van_een_thema() -> None:
    maak_monitor()
    maak_gebied(GemeenteFactory(slug="stad"), "A2", gebied="Noord")
    lid = als("rvo-lid")
    links = Pagina.van(lid.get("/themas/")).links
    noteer(titel=TITEL, datum=DAG, op=NU)
    themas = {link.adres for link in links if link.adres.startswith("/themas/") and link.adres != "/themas/"}
    indicator = f"/indicatoren/verdachten/?kwartaal={KWARTAAL}"
    adressen = [f"{thema}?kwartaal={KWARTAAL}" for thema in themas]
    for adres in (STAD, indicator, f"{indicator}&weergave=alle-kwartalen", *adressen):
        if not _verlopen(lid, adres):
            continue  # a theme without figures
        pagina = Pagina.van(lid.get(adres))
        assert _strepen(lid, adres) == _verlopen(lid, adres), adres
        assert pagina.heeft(IN_LIJST), adres
        assert pagina.ergens(IN_TABEL), adres
