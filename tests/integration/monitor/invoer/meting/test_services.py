"""The only way in for a value, against a real PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from accounts.models import User
from common.models import AuditEvent
from common.vaststellen.bewaking import NietToegestaan, Verouderd
from common.vaststellen.model import Staat
from monitor.invoer.meting.services import dien_in
from monitor.invoer.meting.vergelijken import vergelijk_metingen
from monitor.invoer.regels.waarneming import InvoerFout, Waarneming
from monitor.invoer.vaststellen.eisen import KwartaalGesloten
from monitor.invoer.vaststellen.services import neem_terug, stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Afsluiting, Herberekenverzoek, Indicator, Meting
from tests.databaserol import als_superuser
from tests.factories import IndicatorFactory, MetingFactory, OnderdeelFactory, maak_persoon

pytestmark = pytest.mark.django_db

NEGEN = Waarneming(
    rij=2,
    indicator="verdachten",
    onderdeel="RE07",
    jaar=2025,
    kwartaal=1,
    waarde=Decimal(9),
    teller=None,
    noemer=None,
    marge=None,
    onbekend=False,
    status="definitief",
    meetdatum=date(2025, 4, 5),
    toelichting="",
)


@pytest.fixture
def indicator() -> Indicator:
    OnderdeelFactory(code="RE07")
    return IndicatorFactory(code="verdachten")


@pytest.fixture
def analist() -> User:
    return maak_persoon("analist")


@pytest.fixture
def vaststeller() -> User:
    return maak_persoon("vaststeller")


def _door(*waarnemingen: Waarneming, analist: User, vaststeller: User, reden: str = "") -> list[Meting]:
    metingen, _ = dien_in(waarnemingen, door=analist, herkomst="proef", reden=reden)
    return stel_vast(METING, metingen, door=vaststeller, herkomst="proef")


def test_een_waarde_gaat_van_ingediend_naar_vastgesteld(indicator: Indicator, analist: User, vaststeller: User) -> None:
    _door(NEGEN, analist=analist, vaststeller=vaststeller)
    meting = Meting.objects.get()
    assert (meting.staat, meting.waarde) == (Staat.VASTGESTELD, 9)
    assert (meting.ingevoerd_door, meting.vastgesteld_door) == (analist, vaststeller)
    assert list(AuditEvent.objects.order_by("id").values_list("handeling", "door_naam")) == [
        ("ingediend", "analist"),
        ("vastgesteld", "vaststeller"),
    ]


def test_wat_herberekend_moet_worden_staat_er_in_dezelfde_transactie(
    indicator: Indicator, analist: User, vaststeller: User
) -> None:
    metingen, _ = dien_in([NEGEN], door=analist, herkomst="proef")
    assert not Herberekenverzoek.objects.exists()
    stel_vast(METING, metingen, door=vaststeller, herkomst="proef")
    verzoek = Herberekenverzoek.objects.get()
    assert (verzoek.indicator, verzoek.onderdeel.code, verzoek.vanaf_jaar) == (indicator, "RE07", 2025)


def test_dezelfde_waarde_nog_eens_verandert_niets(indicator: Indicator, analist: User, vaststeller: User) -> None:
    _door(NEGEN, analist=analist, vaststeller=vaststeller)
    metingen, uitkomst = dien_in([NEGEN], door=analist, herkomst="proef")
    assert (metingen, len(uitkomst.gelijk)) == ([], 1)
    assert Meting.objects.count() == 1


def test_een_correctie_is_een_nieuwe_versie(indicator: Indicator, analist: User, vaststeller: User) -> None:
    [eerste] = _door(NEGEN, analist=analist, vaststeller=vaststeller)
    [nieuwe], _ = dien_in([replace(NEGEN, waarde=Decimal(11))], door=analist, herkomst="proef", reden="Nagekomen.")
    eerste.refresh_from_db()
    assert (eerste.staat, eerste.waarde) == (Staat.VASTGESTELD, 9)  # in view until the correction is approved
    stel_vast(METING, [nieuwe], door=vaststeller, herkomst="proef")
    eerste.refresh_from_db()
    nieuwe.refresh_from_db()
    assert (eerste.staat, eerste.waarde, eerste.vervanger) == (Staat.VERVANGEN, 9, nieuwe)
    assert (nieuwe.staat, nieuwe.vervangreden) == (Staat.VASTGESTELD, "Nagekomen.")
    assert eerste.vervangen_op == nieuwe.vastgesteld_op


def test_een_waarde_zoals_bekend_op_een_eerdere_dag(indicator: Indicator, analist: User, vaststeller: User) -> None:
    [eerste] = _door(NEGEN, analist=analist, vaststeller=vaststeller)
    eerste.refresh_from_db()
    [nieuwe] = _door(replace(NEGEN, waarde=Decimal(11)), analist=analist, vaststeller=vaststeller, reden="Nagekomen.")
    nieuwe.refresh_from_db()
    assert [m.waarde for m in Meting.objects.zoals_bekend_op(eerste.vastgesteld_op)] == [9]
    assert [m.waarde for m in Meting.objects.zoals_bekend_op(nieuwe.vastgesteld_op)] == [11]


def test_de_invoerder_stelt_nooit_zelf_vast(indicator: Indicator) -> None:
    beide = maak_persoon("analist", naam="beide")
    maak_persoon("vaststeller", naam="beide")
    beide = User.objects.get(pk=beide.pk)
    metingen, _ = dien_in([NEGEN], door=beide, herkomst="proef")
    with pytest.raises(NietToegestaan, match="zelf ingevoerd"):
        stel_vast(METING, metingen, door=beide, herkomst="proef")
    with pytest.raises(IntegrityError, match="vaststeller_is_niet_invoerder"), transaction.atomic():
        Meting.objects.update(staat=Staat.VASTGESTELD, vastgesteld_door=beide, vastgesteld_op=metingen[0].ingevoerd_op)


@pytest.mark.parametrize("rol", ["rvo-lid", "vaststeller", "beheerder"])
def test_alleen_een_analist_voert_in(indicator: Indicator, rol: str) -> None:
    with pytest.raises(NietToegestaan):
        dien_in([NEGEN], door=maak_persoon(rol), herkomst="proef")


@pytest.mark.parametrize("rol", ["rvo-lid", "analist", "beheerder"])
def test_alleen_een_vaststeller_stelt_vast(indicator: Indicator, analist: User, rol: str) -> None:
    metingen, _ = dien_in([NEGEN], door=analist, herkomst="proef")
    with pytest.raises(NietToegestaan):
        stel_vast(METING, metingen, door=maak_persoon(rol, naam=f"een-{rol}"), herkomst="proef")


def test_niemand_stelt_vast_wat_hij_niet_zag(indicator: Indicator, analist: User, vaststeller: User) -> None:
    metingen, _ = dien_in([NEGEN], door=analist, herkomst="proef")
    Meting.objects.update(waarde=99)
    with pytest.raises(Verouderd, match="gewijzigd of al behandeld"):
        stel_vast(METING, metingen, door=vaststeller, herkomst="proef")


def test_terugsturen_vraagt_een_reden_en_daarna_kan_het_opnieuw(
    indicator: Indicator, analist: User, vaststeller: User
) -> None:
    metingen, _ = dien_in([NEGEN], door=analist, herkomst="proef")
    with pytest.raises(InvoerFout):
        stuur_terug(METING, metingen, door=vaststeller, reden=" ", herkomst="proef")
    stuur_terug(METING, metingen, door=vaststeller, reden="Graag de bron erbij.", herkomst="proef")
    assert Meting.objects.get().staat == Staat.AFGEKEURD
    _door(replace(NEGEN, waarde=Decimal(8)), analist=analist, vaststeller=vaststeller)
    assert (Meting.objects.get().staat, Meting.objects.get().waarde) == (Staat.VASTGESTELD, 8)


def test_wat_al_ter_vaststelling_ligt_wordt_niet_overschreven(indicator: Indicator, analist: User) -> None:
    dien_in([NEGEN], door=analist, herkomst="proef")
    with pytest.raises(InvoerFout, match="ter vaststelling"):
        dien_in([replace(NEGEN, waarde=Decimal(8))], door=analist, herkomst="proef")


def test_dezelfde_plek_twee_keer_wordt_geweigerd(indicator: Indicator) -> None:
    fouten = vergelijk_metingen([NEGEN, replace(NEGEN, rij=3, waarde=Decimal(8))]).fouten
    assert [(fout.rij, "rij 2" in fout.reden) for fout in fouten] == [(3, True)]


def test_een_heel_jaar_naast_een_kwartaal_wordt_geweigerd(
    indicator: Indicator, analist: User, vaststeller: User
) -> None:
    _door(NEGEN, analist=analist, vaststeller=vaststeller)
    assert vergelijk_metingen([replace(NEGEN, kwartaal=None)]).fouten
    assert not vergelijk_metingen([replace(NEGEN, kwartaal=None, jaar=2024)]).fouten


def test_een_deel_is_nooit_meer_dan_het_geheel(indicator: Indicator, analist: User, vaststeller: User) -> None:
    IndicatorFactory(code="waarvan", waarvan_van=indicator)
    _door(NEGEN, analist=analist, vaststeller=vaststeller)
    assert not vergelijk_metingen([replace(NEGEN, indicator="waarvan")]).fouten
    assert vergelijk_metingen([replace(NEGEN, indicator="waarvan", waarde=Decimal(10))]).fouten
    assert not vergelijk_metingen([replace(NEGEN, indicator="waarvan", kwartaal=2, waarde=Decimal(10))]).fouten
    _door(replace(NEGEN, indicator="waarvan"), analist=analist, vaststeller=vaststeller)
    assert vergelijk_metingen([replace(NEGEN, waarde=Decimal(8))]).fouten


def test_een_fout_laat_niets_achter(indicator: Indicator, analist: User) -> None:
    with pytest.raises(InvoerFout):
        dien_in([NEGEN, replace(NEGEN, rij=3)], door=analist, herkomst="proef")
    assert not Meting.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("wijziging", ["waarde = 10", "jaar = 2024", "toelichting = 'x'", "vastgesteld_op = now()"])
def test_de_database_weigert_een_vastgestelde_waarde_te_wijzigen(wijziging: str) -> None:
    MetingFactory()
    with als_superuser(), pytest.raises(ProgrammingError, match="Cannot update"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE monitor_meting SET {wijziging}")  # noqa: S608  # the texts above, nothing else


def test_de_database_weigert_een_ingediende_waarde_te_verwijderen() -> None:
    MetingFactory(wachtend=True)
    with als_superuser(), pytest.raises(ProgrammingError, match="Cannot delete"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM monitor_meting")


@pytest.mark.parametrize("opdracht", ["UPDATE common_auditevent SET reden = 'x'", "DELETE FROM common_auditevent"])
def test_het_spoor_groeit_alleen(indicator: Indicator, analist: User, opdracht: str) -> None:
    dien_in([NEGEN], door=analist, herkomst="proef")
    with als_superuser(), pytest.raises(ProgrammingError, match="Cannot"), connection.cursor() as cursor:
        cursor.execute(opdracht)


@pytest.mark.parametrize(
    "velden",
    [
        {"kwartaal": 5},
        {"waarde": None},
        {"onbekend": True},
        {"teller": 1, "noemer": 2},
        {"waarde": None, "teller": 3},
        {"marge": -1},
        {"jaar": 26},
        {"vastgesteld_door": None},
        {"vastgesteld_op": None},
        {"staat": "vervangen"},
        {"vervangreden": "zomaar"},
    ],
)
def test_de_database_weigert_wat_nooit_mag(velden: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        MetingFactory(**velden)


def test_er_geldt_hoogstens_een_waarde_ook_voor_een_heel_jaar() -> None:
    eerste = MetingFactory(kwartaal=None)
    with pytest.raises(IntegrityError, match="een_vastgestelde"):
        MetingFactory(kwartaal=None, indicator=eerste.indicator)


@pytest.mark.parametrize("wat", ["vaststellen", "terugsturen", "terugnemen"])
def test_in_een_gesloten_kwartaal_wordt_niets_meer_besloten(
    indicator: Indicator, analist: User, vaststeller: User, wat: str
) -> None:
    """Said in Dutch by the service, before the database has to refuse it."""
    metingen, _ = dien_in([NEGEN], door=analist, herkomst="proef")
    besluit = {
        "vaststellen": partial(stel_vast, METING, door=vaststeller),
        "terugsturen": partial(stuur_terug, METING, door=vaststeller, reden="Graag de bron erbij."),
        "terugnemen": partial(neem_terug, METING, door=analist),
    }[wat]
    Afsluiting.objects.create(jaar=2025, kwartaal=1, gesloten_door=vaststeller, gesloten_op=timezone.now())
    with pytest.raises(KwartaalGesloten, match="Q1 2025 is gesloten"):
        besluit(metingen, herkomst="proef")
    assert Meting.objects.get().staat == Staat.INGEDIEND
