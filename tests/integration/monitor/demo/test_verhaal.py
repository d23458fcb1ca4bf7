"""What people decided in the demo: every state is there to see, at any last quarter, and goes without a trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.models import User
from common.models import AuditEvent
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from formatie.models import Bezetting, Onderdeel
from monitor.demo.laden import laad_demo
from monitor.demo.wissen import wis_demo
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import AMBITIESTAND, DEFINITIE, DOEL, SOORTEN
from monitor.invoer.voorstellen.doelen.services import stel_doel_voor
from monitor.models import (
    Afsluiting,
    Concept,
    Definitieversie,
    Doelbereik,
    Doelstelling,
    Eigenaarschap,
    Grensbesluit,
    Indicator,
    Meting,
    Oordeel,
)
from monitor.rekenen.herberekenen import herbereken
from sturing.models import Ambitiestand, Boomdeel, Koppeling
from tests.factories import MetingFactory, maak_persoon

pytestmark = pytest.mark.django_db
HELE_AGENDA = ("2023-Q1", pytest.param("2024-Q4", marks=pytest.mark.chaos), "2026-Q4")  # begin, middle, end
ALLE = (
    *(Meting, Bezetting, Doelstelling, Definitieversie, Grensbesluit, Afsluiting, Concept, Indicator, User),
    *(Eigenaarschap, Boomdeel, Koppeling),
)
Rij = dict[str, Any]


@pytest.fixture(autouse=True, scope="module")
def _plan(gedeelde_stand: None) -> None:
    call_command("laad_agenda", stdout=StringIO())
    connection.check_constraints()  # here once, and not again at the end of each test


def _laad(tot: str, monkeypatch: pytest.MonkeyPatch, zaad: int = 1) -> datetime:
    """As it is loaded some two months after that quarter, on the clock of that day."""
    kwartaal = Kwartaal.parse(tot)
    nu = timezone.make_aware(datetime.combine(kwartaal.einde() + timedelta(days=58), time(9)))
    monkeypatch.setattr(timezone, "now", lambda: nu)
    laad_demo(map_=settings.FIXTURES_DIR / "demo", tot=kwartaal, zaad=zaad)
    return nu


def _inhoud() -> dict[str, list[Rij]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in ALLE}


def _zonder_sleutels(modellen: Iterable[Any]) -> list[str]:
    """Every row as text, with names for the keys of persons and of parts of the agenda."""
    namen: dict[Any, dict[int, str]] = {User: dict(User.objects.values_list("pk", "username"))}
    namen[Boomdeel] = {deel.pk: str(deel) for deel in Boomdeel.objects.all()}

    def toon(model: Any, rij: Rij) -> str:
        velden = {veld.attname: veld for veld in model._meta.concrete_fields}
        tekst = {
            naam: namen[soort].get(waarde) if (soort := velden[naam].related_model) in namen else waarde
            for naam, waarde in rij.items()
            if naam not in ("id", "vervangt_id", "password", "date_joined")
        }
        return f"{model.__name__} {tekst}"

    return sorted(toon(model, rij) for model in modellen for rij in model.objects.values())


@pytest.mark.parametrize("tot", HELE_AGENDA)
def test_elke_toestand_is_te_zien(tot: str, monkeypatch: pytest.MonkeyPatch) -> None:
    nu = _laad(tot, monkeypatch)
    laatste = Kwartaal.parse(tot)
    te_vroeg = [AMBITIESTAND] if tot == "2023-Q1" else []  # no half year of the agenda is over
    assert [soort for soort in SOORTEN if not soort.wachtend().exists()] == te_vroeg
    assert Concept.objects.getypt().filter(jaar=laatste.jaar, kwartaal=laatste.nummer, door__demo=True).exists()
    for soort in (Meting, Bezetting, Doelstelling):
        assert all(rij.afkeurreden for rij in soort.objects.filter(staat=Staat.AFGEKEURD))
        assert soort.objects.filter(staat=Staat.AFGEKEURD).exists()
    herzien = Doelstelling.objects.geldend().get(vervangt__isnull=False)
    assert (herzien.vervangt.staat, herzien.vervangt.streefwaarde, herzien.streefwaarde) == (Staat.VERVANGEN, 30, 32)
    van_wie = Eigenaarschap.objects.filter(persoon__demo=True, geldig_tot=None)
    assert (van_wie.exclude(indicator=None).count(), van_wie.exclude(thema=None).count()) == (5, 1)
    van_laatste = Meting.objects.geldend().filter(jaar=laatste.jaar, kwartaal=laatste.nummer)
    assert van_laatste.filter(onbekend=True).exists()
    assert van_laatste.filter(status="voorlopig").exists()
    assert not van_laatste.filter(indicator__code="aanrijdtijd-prio2", onderdeel__code="A2").exists()
    _controleer_dagen(nu)


def _controleer_dagen(nu: datetime) -> None:
    """After the quarter it is about, decided later by another, and nothing in the future."""
    for meting in Meting.objects.filter(staat__in=(Staat.VASTGESTELD, Staat.VERVANGEN), ingevoerd_door__isnull=False):
        einde = Kwartaal(meting.jaar, meting.kwartaal or 4).einde()
        assert einde < timezone.localdate(meting.ingediend_op) <= timezone.localdate(meting.vastgesteld_op)
    for soort in SOORTEN:
        for rij in soort.model.objects.filter(ingevoerd_door__isnull=False).exclude(vastgesteld_op=None):
            assert rij.ingediend_op < rij.vastgesteld_op <= nu
            assert rij.vastgesteld_door_id != rij.ingevoerd_door_id
    assert AuditEvent.objects.filter(herkomst="demo", op__gt=nu).count() == 0


def test_wat_alleen_over_meer_jaren_te_zien_is(monkeypatch: pytest.MonkeyPatch) -> None:
    nu = _laad("2026-Q3", monkeypatch)
    gesloten = set(Afsluiting.objects.values_list("jaar", "kwartaal"))
    assert gesloten == {(jaar, kwartaal) for jaar in (2023, 2024, 2025) for kwartaal in (1, 2, 3, 4)}
    assert [(a.jaar, a.kwartaal) for a in Afsluiting.objects.filter(gevraagd_op__isnull=False)] == [(2025, 4)]
    assert set(Afsluiting.objects.exclude(toelichting="").values_list("jaar", "kwartaal")) == {(2024, 2), (2025, 3)}
    assert Grensbesluit.objects.geldend().get().begin == Kwartaal(2024, 3)
    laat = Meting.objects.get(indicator__code="ziekteverzuim", onderdeel__code="D", jaar=2025, kwartaal=4)
    assert timezone.localdate(laat.ingediend_op) == date(2026, 4, 6)
    verbeterd = Meting.objects.geldend().get(indicator__code="waardebeslag", vervangt__isnull=False)
    assert verbeterd.vervangreden
    bezetting = Bezetting.objects.filter(onderdeel__code__startswith="A", vervangt__isnull=False)
    assert set(bezetting.values_list("ingevoerd_door__username", flat=True)) == {"districtschef-a"}
    _controleer_oordelen(nu)
    _controleer_ambities()


def _controleer_oordelen(nu: datetime) -> None:
    """A member of the RVO has each kind of verdict to see."""
    herbereken(vandaag=timezone.localdate(nu))
    eenheid = Doelbereik.objects.filter(onderdeel__code="RE07")
    nu_te_zien = Counter(eenheid.filter(jaar=2026, kwartaal=3).values_list("oordeel", flat=True))
    assert {Oordeel.OP_KOERS, Oordeel.AANDACHT, Oordeel.ACHTER, Oordeel.ONVOLLEDIG, Oordeel.ALLEEN_MONITORING} <= set(
        nu_te_zien
    )
    assert {Oordeel.DOEL_ONBEKEND, Oordeel.GEEN_DOEL} <= set(nu_te_zien)
    van_2025 = set(eenheid.filter(jaar=2025, kwartaal=4).values_list("oordeel", flat=True))
    assert {Oordeel.BEHAALD, Oordeel.NIET_BEHAALD, Oordeel.NIET_TE_ONDERSCHEIDEN} <= van_2025


def _controleer_ambities() -> None:
    """What is said of an ambition is what the figures beside it say, or it says that it differs."""
    eenheid = Doelbereik.objects.filter(onderdeel__code="RE07").exclude(oordeel=Oordeel.NOG_NIET_VERSCHULDIGD)
    op_volgorde = list(eenheid.select_related("indicator").order_by("jaar", "kwartaal"))
    gezien = Counter[str]()
    for stand in Ambitiestand.objects.all():
        tot_dan = [rij for rij in op_volgorde if Kwartaal(rij.jaar, rij.kwartaal) <= stand.halfjaar.kwartaal]
        laatste = {rij.indicator.code: rij.oordeel for rij in tot_dan}
        oordelen = {laatste[een["code"]] for een in stand.bewijs if een.get("code")}
        if oordelen and "Wat het cijfer over afpakken ook zegt" not in stand.tekst:
            gezien[stand.oordeel] += 1
            mis = bool(oordelen & {Oordeel.ACHTER, Oordeel.NIET_BEHAALD})
            assert (stand.oordeel == "loopt-achter") == mis, stand
            assert stand.oordeel != "gehaald" or oordelen == {Oordeel.BEHAALD}, stand
    assert set(gezien) == {"gehaald", "op-weg", "loopt-achter"}


def test_hetzelfde_zaad_geeft_dezelfde_rijen_ook_een_tweede_keer(monkeypatch: pytest.MonkeyPatch) -> None:
    _laad("2024-Q1", monkeypatch, zaad=5)
    [gevraagd] = Afsluiting.objects.filter(gevraagd_op__isnull=False)
    wachtend = Definitieversie.objects.get(staat=Staat.INGEDIEND)
    assert gevraagd.gesloten_op < min(gevraagd.gevraagd_op, wachtend.ingediend_op)
    eerste, gemaakt = _zonder_sleutels(ALLE), AuditEvent.objects.count()
    _laad("2024-Q1", monkeypatch, zaad=5)
    assert (_zonder_sleutels(ALLE), AuditEvent.objects.count()) == (eerste, gemaakt)
    wis_demo()
    _laad("2024-Q1", monkeypatch, zaad=5)
    assert _zonder_sleutels(ALLE) == eerste


def test_een_later_kwartaal_erbij_laat_staan_wat_er_is(monkeypatch: pytest.MonkeyPatch) -> None:
    _laad("2023-Q4", monkeypatch)
    eerste = set(Meting.objects.values_list("pk", "staat", "waarde", "teller", "noemer"))
    _laad("2024-Q1", monkeypatch)
    assert eerste <= set(Meting.objects.values_list("pk", "staat", "waarde", "teller", "noemer"))
    assert not Afsluiting.objects.exists()  # a definition still waits, which keeps a quarter open for people too


def test_na_wissen_is_alles_als_ervoor_en_staat_het_echte_er_nog(monkeypatch: pytest.MonkeyPatch) -> None:
    mens = maak_persoon("analist", "echt")
    MetingFactory(ingevoerd_door=mens)
    _stel_voor(mens, "ziekteverzuim", 2023)
    voor = _inhoud()
    _laad("2023-Q1", monkeypatch)
    assert _inhoud() != voor
    wis_demo()
    assert _inhoud() == voor
    call_command("laad_agenda", "--controleer", stdout=StringIO())


def _stel_voor(door: User, code: str, jaar: int) -> Doelstelling:
    indicator, onderdeel = Indicator.objects.get(code=code), Onderdeel.objects.get(code="RE07")
    geldend = Doelstelling.objects.geldend().filter(indicator=indicator, jaar=jaar).get()
    cellen = {"jaar": str(jaar), "soort": geldend.soort, "streefwaarde": "33", "marge": "1", "besluit": "RVO"}
    cellen |= {"orgaan": "RVO", "reden": "Nieuw.", "geldig_vanaf": f"{jaar}-11-02"}
    op = timezone.make_aware(datetime.combine(date(jaar, 11, 3), time(9)))
    return stel_doel_voor(indicator, onderdeel, cellen, door=door, herkomst="proef", op=op)


def test_wissen_zet_ook_terug_wat_een_bezoeker_vaststelde(monkeypatch: pytest.MonkeyPatch) -> None:
    voor = _inhoud()
    _laad("2023-Q1", monkeypatch)
    bezoeker = User.objects.get(username="vaststeller-2")
    for soort in (DOEL, DEFINITIE):
        stel_vast(soort, list(soort.wachtend()), door=bezoeker, herkomst="proef")
    assert "executieve" in Indicator.objects.get(code="profcheck").telregel
    wis_demo()
    assert _inhoud() == voor


def test_een_echt_doel_op_een_fictief_doel_houdt_wissen_tegen(monkeypatch: pytest.MonkeyPatch) -> None:
    _laad("2023-Q1", monkeypatch)
    _stel_voor(maak_persoon("analist", "echt"), "verdachten-mensenhandel", 2023)
    with pytest.raises(CommandError, match="volgt een echt: Verdachten OM mensenhandel 2023"):
        call_command("wis_demo")
    assert Doelstelling.objects.filter(ingevoerd_door__demo=True).exists()


def test_waar_mensen_al_iets_voorstelden_of_sloten_voegt_de_demo_niets_toe(monkeypatch: pytest.MonkeyPatch) -> None:
    mens = maak_persoon("analist", "echt")
    eigen = _stel_voor(mens, "verdachten-mensenhandel", 2024)
    Afsluiting.objects.create(jaar=2024, kwartaal=3, gesloten_door=mens, gesloten_op=timezone.now())
    _laad("2024-Q4", monkeypatch)
    mensenhandel = Doelstelling.objects.filter(indicator__code="verdachten-mensenhandel", ingevoerd_door__isnull=False)
    assert mensenhandel.get() == eigen
    assert not Meting.objects.filter(jaar=2024, kwartaal=3).exists()
    assert not Grensbesluit.objects.geldend().exists()
    assert Afsluiting.objects.filter(jaar=2024, kwartaal=3).get().gesloten_door == mens
