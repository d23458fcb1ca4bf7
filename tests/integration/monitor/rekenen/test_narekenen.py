"""The second opinion: it finds a fault in every stored field, and says nothing where there is none."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import models

from monitor.models import Definitie, Doelbereik, Doelstelling, Herberekenverzoek, Meting
from monitor.rekenen.herberekenen import herbereken
from monitor.rekenen.narekenen import vergelijken
from monitor.rekenen.narekenen.uitslag import RIJ_TE_VEEL, RIJ_WEG
from monitor.rekenen.narekenen.vergelijken import NAGEREKENDE_VELDEN, reken_alles_na
from tests.factories import DoelstellingFactory, IndicatorFactory, MetingFactory, maak_eenheid
from tests.integration.monitor.rekenen.wereld import MOMENT, VANDAAG, Wereld

pytestmark = pytest.mark.django_db
TWEEDE_AGENDA = Path(__file__).parents[3] / "fixtures_tweede_agenda"


@pytest.mark.parametrize("zaad", [1, *(pytest.param(zaad, marks=pytest.mark.chaos) for zaad in range(2, 8))])
@pytest.mark.parametrize("vul", [Wereld.vul, Wereld.vul_gewoon])
def test_in_een_wereld_waar_alles_mis_kan_gaan_is_er_geen_verschil(zaad: int, vul: Callable[[Wereld], None]) -> None:
    vul(Wereld(zaad))
    herbereken(vandaag=VANDAAG)
    uitslag = reken_alles_na(VANDAAG)
    assert [str(verschil) for verschil in uitslag.verschillen[:20]] == []
    assert uitslag.rijen == Doelbereik.objects.count() > 3000


def _zonder_verschil(dag: date) -> None:
    Herberekenverzoek.objects.all().delete()  # of what is done here
    herbereken(vandaag=dag)
    uitslag = reken_alles_na(dag)
    assert ([str(een) for een in uitslag.verschillen[:20]], uitslag.rijen) == ([], Doelbereik.objects.count())


@pytest.mark.traag
def test_in_de_demo_over_twee_agendas_en_als_het_jaar_om_is_is_er_geen_verschil(tmp_path: Path) -> None:
    call_command("laad_agenda", stdout=StringIO())
    call_command("laad_demo", "--tot", "2026-Q3", stdout=StringIO())
    _zonder_verschil(VANDAAG)
    shutil.copytree(settings.FIXTURES_DIR, tmp_path / "fixtures")
    map_ = shutil.copytree(TWEEDE_AGENDA, tmp_path / "fixtures", dirs_exist_ok=True)
    call_command("laad_agenda", "--map", str(map_), stdout=StringIO())
    assert Definitie.objects.exists()
    for dag in (VANDAAG, date(2027, 1, 1), date(2027, 5, 20)):
        _zonder_verschil(dag)
    assert reken_alles_na(VANDAAG).verschillen  # of the year that was not over yet


def test_cijfers_die_niet_in_64_bits_passen() -> None:
    wereld = Wereld()
    grootste = Decimal("9999999999999999.9999")
    for code in ("RA1", "RA2", "RA3"):
        wereld.meet(wereld.indicatoren[0], code, 2025, 1, waarde=grootste, onbekend=False)
    herbereken(vandaag=VANDAAG)
    assert Doelbereik.objects.filter(teller__gt=grootste).exists()
    assert list(reken_alles_na(VANDAAG).verschillen) == []


@pytest.fixture
def klein() -> Doelbereik:
    """A few rows of two indicators, and the one that the faults are planted in."""
    onderdelen = maak_eenheid({"A": 2})
    indicator = IndicatorFactory(code="vangst", niveau="basisteam")
    DoelstellingFactory(indicator=indicator, onderdeel=onderdelen["RE07"])
    for kwartaal in (1, 2, 3):
        for code in ("A1", "A2"):
            MetingFactory(indicator=indicator, onderdeel=onderdelen[code], kwartaal=kwartaal, waarde=kwartaal)
    beter = IndicatorFactory(code="beter", niveau="eenheid")
    DoelstellingFactory(
        indicator=beter, onderdeel=onderdelen["RE07"], soort=Doelstelling.Soort.VERBETERING, streefwaarde=None
    )
    MetingFactory(indicator=beter, onderdeel=onderdelen["RE07"], kwartaal=1, waarde=Decimal("7.25"))
    herbereken(vandaag=VANDAAG)
    return Doelbereik.objects.get(indicator=indicator, onderdeel=onderdelen["RE07"], jaar=2025, kwartaal=2)


def test_zonder_fout_is_er_niets(klein: Doelbereik) -> None:
    uitslag = reken_alles_na(VANDAAG)
    assert (list(uitslag.verschillen), uitslag.indicatoren, uitslag.in_woorden) == ([], 2, "geen verschillen")


def _ander(veld: models.Field, waarde: Any) -> Any:
    """Another value that the column can hold."""
    if isinstance(veld, models.BooleanField):
        return not waarde
    if isinstance(veld, models.CharField):
        return next(keuze for keuze, _ in veld.flatchoices if keuze != waarde)
    if isinstance(veld, models.DecimalField):
        return (waarde or 0) + Decimal(10) ** -veld.decimal_places
    return (waarde or 0) + 1


@pytest.mark.parametrize("naam", NAGEREKENDE_VELDEN)
def test_een_fout_in_elk_veld_wordt_gevonden_en_genoemd(klein: Doelbereik, naam: str) -> None:
    veld = Doelbereik._meta.get_field(naam)
    oud = getattr(klein, veld.attname)
    _plek(klein).update(**{veld.attname: _ander(veld, oud)})
    [verschil] = reken_alles_na(VANDAAG).verschillen
    assert (verschil.indicator, verschil.onderdeel, verschil.jaar, verschil.kwartaal) == ("vangst", "RE07", 2025, 2)
    assert verschil.veld == naam
    assert verschil.opgeslagen != verschil.nagerekend
    assert str(verschil).startswith(f"vangst, RE07, Q2 2025: {naam} is ")


@pytest.mark.parametrize("naam", NAGEREKENDE_VELDEN)
def test_een_leeg_gemaakt_veld_is_ook_een_verschil(klein: Doelbereik, naam: str) -> None:
    veld = Doelbereik._meta.get_field(naam)
    if not veld.null or getattr(klein, veld.attname) is None:
        pytest.skip("dit veld is hier nooit leeg, of al leeg")
    _plek(klein).update(**{veld.attname: None})
    [verschil] = reken_alles_na(VANDAAG).verschillen
    assert (verschil.veld, verschil.opgeslagen) == (naam, "")


def _plek(rij: Doelbereik) -> models.QuerySet[Doelbereik]:
    return Doelbereik.objects.filter(
        indicator=rij.indicator_id, onderdeel=rij.onderdeel_id, jaar=rij.jaar, kwartaal=rij.kwartaal
    )


def test_elk_veld_van_het_model_wordt_vergeleken() -> None:
    sleutel = {"indicator", "onderdeel", "jaar", "kwartaal"}
    assert set(NAGEREKENDE_VELDEN) | sleutel == {veld.name for veld in Doelbereik._meta.concrete_fields}


def test_een_nieuw_veld_dat_nog_niet_nagerekend_wordt_is_een_verschil(
    klein: Doelbereik, monkeypatch: pytest.MonkeyPatch
) -> None:
    echt = vergelijken.reken_indicator_na
    monkeypatch.setattr(vergelijken, "reken_indicator_na", lambda *alles: echt(*alles).drop(columns="vergeleken"))
    verschillen = reken_alles_na(VANDAAG).verschillen
    assert {(een.veld, een.nagerekend) for een in verschillen} == {("vergeleken", "niet nagerekend")}


def test_een_rij_te_weinig_en_een_te_veel(klein: Doelbereik) -> None:
    _plek(klein).update(kwartaal=4, jaar=2001)
    assert {(een.veld, een.jaar) for een in reken_alles_na(VANDAAG).verschillen} == {
        (RIJ_WEG, 2025),
        (RIJ_TE_VEEL, 2001),
    }


def test_een_waarde_buiten_de_monitor_om_gewijzigd_is_een_verschil(klein: Doelbereik) -> None:
    """The rows are those of the value that was approved; another approved value makes other rows."""
    meting = Meting.objects.get(indicator=klein.indicator_id, onderdeel__code="A1", kwartaal=2)
    Meting.objects.filter(pk=meting.pk).update(staat="vervangen", vervangen_op=MOMENT)
    velden = {een.veld for een in reken_alles_na(VANDAAG).verschillen}
    assert {"stand", "cum_teller", "gemist", "geleverd", "oordeel"} <= velden


def test_wat_nog_berekend_wordt_is_geen_verschil(klein: Doelbereik) -> None:
    _plek(klein).update(geleverd=0)
    verzoek = Herberekenverzoek.objects.create(indicator_id=klein.indicator_id)
    uitslag = reken_alles_na(VANDAAG)
    assert (list(uitslag.verschillen), list(uitslag.wachtend)) == ([], ["vangst"])
    assert uitslag.in_woorden == "geen verschillen; 1 indicator wordt nog berekend"
    Herberekenverzoek.objects.filter(pk=verzoek.pk).update(geparkeerd=True)
    assert len(reken_alles_na(VANDAAG).verschillen) == 1  # nobody computes it any more
