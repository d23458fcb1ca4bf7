"""Fictitious bezetting: deterministic, plausible beside the real plan, and removed without a trace."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from common.vaststellen.model import Staat
from formatie.models import Bezetting, Onderdeel
from monitor.invoer.bezetting.indicatorwaarden import VERSCHIL, WIJKAGENTEN, leid_opnieuw_af
from monitor.models import Meting
from tests.factories import BezettingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def _plan(gedeelde_stand: None) -> None:
    call_command("laad_agenda", stdout=StringIO())
    connection.check_constraints()  # here once, and not again at the end of each test


def _laad(tot: str, zaad: int = 1) -> None:
    call_command("laad_demo", "--tot", tot, "--zaad", str(zaad), stdout=StringIO())


def _cijfers() -> list[tuple[object, ...]]:
    velden = ("onderdeel__code", "soort", "jaar", "kwartaal", "os", "nos", "aspiranten", "wijkagenten", "ziek", "staat")
    return sorted(Bezetting.objects.values_list(*velden), key=str)


def test_het_verhaal_van_de_demo() -> None:
    _laad("2026-Q3")
    geldend = Bezetting.objects.geldend()
    nu = geldend.filter(jaar=2026, kwartaal=3)
    teams = nu.filter(soort="basisteam")
    assert teams.count() == Onderdeel.objects.filter(soort="basisteam").count()
    assert 2700 < sum(rij.fte for rij in teams) < 3100  # beside 3.013,8 places
    assert 420 < sum(rij.aspiranten for rij in nu) < 520  # beside 495,0 printed
    verschil = {m.onderdeel.code: m.waarde for m in _afgeleid(VERSCHIL)}
    assert verschil["F2"] < 0 < verschil["C1"]
    gehelen = {*Onderdeel.objects.filter(soort="district").values_list("code", flat=True), "RE07"}
    assert {m.onderdeel.code for m in _afgeleid(WIJKAGENTEN)} == set(verschil) - gehelen
    assert gehelen < set(verschil)
    assert not geldend.filter(jaar=2024, kwartaal=3, onderdeel__code__startswith="E").exists()
    assert set(nu.filter(onderdeel__code__startswith="B").values_list("status", flat=True)) == {"voorlopig"}
    correctie = geldend.get(vervangt__isnull=False)  # of the last quarter there are two that do not count yet
    assert correctie.os - correctie.vervangt.os == Decimal("4.5")
    assert correctie.vervangt.staat == Staat.VERVANGEN
    assert not Bezetting.objects.filter(demo=False).exists()
    assert not Meting.objects.filter(demo=False).exists()
    assert leid_opnieuw_af() == 0


def _afgeleid(code: str) -> list[Meting]:
    metingen = Meting.objects.geldend().filter(indicator__code=code, jaar=2026, kwartaal=3)
    return list(metingen.select_related("onderdeel"))


def test_voor_het_eerste_plan_is_er_bezetting_maar_volgt_er_niets_uit() -> None:
    _laad("2021-Q2")
    assert Bezetting.objects.geldend().count() == 2 * 42
    assert not Meting.objects.filter(indicator__code__in=(WIJKAGENTEN, VERSCHIL)).exists()


def test_dezelfde_cijfers_bij_hetzelfde_zaad_en_een_langere_reeks_begint_met_de_kortere() -> None:
    _laad("2023-Q1", zaad=7)
    eerste = _cijfers()
    _laad("2023-Q1", zaad=7)
    assert _cijfers() == eerste
    call_command("wis_demo", stdout=StringIO())
    assert not Bezetting.objects.exists()
    assert not Meting.objects.exists()
    _laad("2023-Q2", zaad=7)
    assert {rij for rij in eerste if rij[2:4] != (2023, 1)} < set(_cijfers())


def test_wissen_laat_het_echte_staan() -> None:
    echt = BezettingFactory(onderdeel=Onderdeel.objects.get(code="A1"), jaar=2023)
    _laad("2023-Q1")
    call_command("wis_demo", stdout=StringIO())
    assert list(Bezetting.objects.all()) == [echt]


def test_een_echte_correctie_op_fictieve_bezetting_houdt_wissen_tegen() -> None:
    _laad("2021-Q1")
    fictief = Bezetting.objects.geldend().filter(soort="basisteam", onderdeel__code="D1").first()
    Bezetting.objects.filter(pk=fictief.pk).update(staat=Staat.VERVANGEN, vervangen_op=fictief.vastgesteld_op)
    BezettingFactory(onderdeel=fictief.onderdeel, jaar=2021, vervangt=fictief, vervangreden="Echt cijfer.")
    with pytest.raises(CommandError, match="vervangt een fictieve"):
        call_command("wis_demo")
    assert Bezetting.objects.filter(demo=True).exists()
