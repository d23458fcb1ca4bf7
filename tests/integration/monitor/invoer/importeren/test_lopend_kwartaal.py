"""A file over a quarter that still runs: from the first reading to what the page says after it was approved."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from formatie.models import Bezetting
from monitor.invoer.bezetting.validatie import BEZETTINGKOLOMMEN
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from monitor.models import Doelbereik, Meting
from monitor.rekenen.herberekenen import herbereken
from tests.factories import (
    DoelstellingFactory,
    IndicatorFactory,
    MetingFactory,
    MonitorregelFactory,
    OnderdeelFactory,
    maak_eenheid,
    maak_persoon,
    maak_plan,
)
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
VANDAAG, NIEUWJAAR = date(2026, 11, 28), date(2027, 1, 1)
LOOPT = "Het kwartaal loopt nog tot en met 31 december 2026."


@pytest.fixture(autouse=True)
def _opstelling(monkeypatch: pytest.MonkeyPatch) -> None:
    maak_eenheid({"A": 1})
    maak_plan({("A1", "basisteam"): "85"})
    indicator = IndicatorFactory(code="verdachten", naam="Verdachten")
    MonitorregelFactory(indicator=indicator)
    DoelstellingFactory(indicator=indicator, onderdeel=OnderdeelFactory(code="RE07"), jaar=2026)
    for kwartaal, waarde in enumerate((9, 9, 8), start=1):
        MetingFactory(indicator=indicator, jaar=2026, kwartaal=kwartaal, waarde=waarde)
    maak_persoon("analist")
    maak_persoon("vaststeller")
    zet_dag(monkeypatch, VANDAAG)


def zet_dag(monkeypatch: pytest.MonkeyPatch, dag: date) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: dag)


def lees_in(map_: Path, wat: str, kolommen: tuple[str, ...], rij: str, *opties: str) -> str:
    """What the command says, whether it took the file or not."""
    pad, fout = map_ / f"{wat}.csv", StringIO()
    pad.write_text(f"{';'.join(kolommen)}\n{rij}\n", encoding="utf-8")
    try:
        call_command(f"importeer_{wat}", pad, "--door", "analist", *opties, stdout=(uit := StringIO()), stderr=fout)
    except CommandError as reden:
        return f"{fout.getvalue()}{reden}"
    return uit.getvalue()


def meting(map_: Path, status: str, toelichting: str = "", *opties: str, waarde: str = "1") -> str:
    rij = f"verdachten;RE07;2026;4;{waarde};;;;{status};2026-11-27;{toelichting}"
    return lees_in(map_, "metingen", METINGKOLOMMEN, rij, *opties)


def bezetting(map_: Path, status: str, toelichting: str = "", *opties: str) -> str:
    cellen = {"onderdeel": "A1", "soort": "basisteam", "jaar": "2026", "kwartaal": "4", "os": "80", "nos": "5"}
    rij = dict.fromkeys(BEZETTINGKOLOMMEN, "") | cellen | {"status": status, "toelichting": toelichting}
    return lees_in(map_, "bezetting", BEZETTINGKOLOMMEN, ";".join(rij.values()), *opties)


@pytest.mark.parametrize("lees", [meting, bezetting])
def test_definitief_kan_niet_en_voorlopig_met_een_toelichting(lees: object, tmp_path: Path) -> None:
    geweigerd = lees(tmp_path, "definitief", "stand 27 november")  # type: ignore[operator]
    assert "Q4 2026 loopt nog tot en met 31 december 2026." in geweigerd
    assert "definitief kan vanaf 1 januari 2027" in geweigerd
    assert f"{LOOPT} Klopt het? Schrijf dan een toelichting." in lees(tmp_path, "voorlopig")  # type: ignore[operator]
    assert not Meting.objects.filter(kwartaal=4).exists()
    assert "1 nieuw" in lees(tmp_path, "voorlopig", "stand 27 november")  # type: ignore[operator]


@pytest.mark.parametrize(("lees", "adres"), [(meting, "/vaststellen/"), (bezetting, "/vaststellen/bezetting/")])
def test_wie_vaststelt_ziet_dat_het_kwartaal_nog_loopt(
    lees: object, adres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lees(tmp_path, "voorlopig", "stand 27 november")  # type: ignore[operator]
    client = Client()
    client.force_login(maak_persoon("vaststeller"))
    assert Pagina.van(client.get(adres)).heeft(LOOPT)
    zet_dag(monkeypatch, NIEUWJAAR)
    assert not Pagina.van(client.get(adres)).heeft(LOOPT)


def test_het_oordeel_van_het_jaar_komt_op_nieuwjaarsdag(tmp_path: Path) -> None:
    meting(tmp_path, "voorlopig", "stand 27 november", "--vaststellen-door", "vaststeller")
    oordelen = {}
    for dag in (VANDAAG, date(2026, 12, 31), NIEUWJAAR):
        herbereken(vandaag=dag)
        rij = Doelbereik.objects.get(jaar=2026, kwartaal=4, onderdeel__code="RE07", indicator__code="verdachten")
        oordelen[dag] = (rij.oordeel, rij.cum_teller, rij.voorlopig)
    assert list(oordelen.values()) == [("aandacht", Decimal(27), True)] * 2 + [("niet_behaald", Decimal(27), True)]


def test_nb_over_een_lopend_kwartaal_is_ook_niet_definitief(tmp_path: Path) -> None:
    assert "definitief kan vanaf 1 januari 2027" in meting(tmp_path, "definitief", waarde="nb")
    assert "1 nieuw" in meting(tmp_path, "voorlopig", waarde="nb")


def test_wat_uit_voorlopige_bezetting_volgt_is_ook_voorlopig(tmp_path: Path) -> None:
    IndicatorFactory(code="bezetting-wijkagenten", herkomst="afgeleid", percentage=True)
    IndicatorFactory(code="formatie-bezetting", herkomst="afgeleid", aggregatie="stand", niveau="basisteam")
    bezetting(tmp_path, "voorlopig", "stand 27 november", "--vaststellen-door", "vaststeller")
    assert Bezetting.objects.geldend().count() == 1
    assert set(Meting.objects.filter(kwartaal=4).values_list("status", flat=True)) == {"voorlopig"}
