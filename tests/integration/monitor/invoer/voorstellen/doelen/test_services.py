"""A changed target against a real PostgreSQL: two persons, versions, and what counts when."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Rolvervulling, User
from common.models import AuditEvent
from common.vaststellen.bewaking import Geweigerd, NietToegestaan, Verouderd
from common.vaststellen.model import Staat
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.services import neem_terug, stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import DEFINITIE, DOEL
from monitor.invoer.voorstellen.doelen.services import stel_doel_voor
from monitor.models import Doelstelling, Herberekenverzoek, Indicator
from monitor.rekenen.herberekenen import herbereken
from monitor.rekenen.peildatum import zoals_bekend_op
from tests.databaserol import als_superuser
from tests.factories import (
    DoelstellingFactory,
    IndicatorFactory,
    MetingFactory,
    MonitorregelFactory,
    OnderdeelFactory,
    maak_persoon,
)
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import (
    NU,
    analist,
    cellen,
    stel_blad_voor,
    stel_voor,
    vaststeller,
    wijzig,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator() -> Indicator:
    """A count with a target of 30 for 2025."""
    indicator = IndicatorFactory(code="verdachten", naam="Verdachten", eenheid="verdachten")
    DoelstellingFactory(indicator=indicator, onderdeel=OnderdeelFactory(code="RE07"))
    return indicator


def test_een_gewijzigd_doel_is_een_nieuwe_versie_die_de_oude_noemt(indicator: Indicator) -> None:
    nieuw = stel_voor(indicator)
    oud = Doelstelling.objects.get(streefwaarde=30)
    assert (nieuw.staat, nieuw.vervangt, oud.staat) == (Staat.INGEDIEND, oud, Staat.VASTGESTELD)
    stel_vast(DOEL, [nieuw], door=vaststeller(), herkomst="proef")
    nieuw.refresh_from_db()
    oud.refresh_from_db()
    assert (nieuw.staat, nieuw.streefwaarde, nieuw.geldig_vanaf) == (Staat.VASTGESTELD, 40, date(2025, 3, 12))
    assert (nieuw.vervangreden, nieuw.vastgesteld_door) == ("Nieuwe landelijke afspraak.", vaststeller())
    assert (oud.staat, oud.streefwaarde, oud.vervangen_op) == (Staat.VERVANGEN, 30, nieuw.vastgesteld_op)
    verzoek = Herberekenverzoek.objects.get()
    assert (verzoek.indicator, verzoek.onderdeel, verzoek.vanaf_jaar) == (indicator, None, None)


def test_een_eerste_doel_voor_een_jaar_heeft_geen_reden_nodig(indicator: Indicator) -> None:
    doel = wijzig(indicator, jaar="2027", geldig_vanaf="2027-01-01", reden="")
    assert (doel.jaar, doel.vervangt, doel.vervangreden, doel.staat) == (2027, None, "", Staat.VASTGESTELD)


def test_elke_stap_staat_in_het_spoor_met_wat_er_stond(indicator: Indicator) -> None:
    wijzig(indicator)
    voorgesteld, vastgesteld = AuditEvent.objects.filter(object_soort="doelstelling").order_by("id")
    assert (voorgesteld.handeling, voorgesteld.door_naam, voorgesteld.reden) == (
        "voorgesteld", "analist", "Nieuwe landelijke afspraak.",
    )  # fmt: skip
    assert (vastgesteld.handeling, vastgesteld.door_naam) == ("vastgesteld", "vaststeller")
    assert (vastgesteld.van["streefwaarde"], vastgesteld.naar["streefwaarde"]) == ("30.0000", "40.0000")


def test_wie_voorstelt_stelt_nooit_zelf_vast(indicator: Indicator) -> None:
    doel = stel_voor(indicator, door=vaststeller())
    with pytest.raises(NietToegestaan, match="zelf ingevoerd"):
        stel_vast(DOEL, [doel], door=vaststeller(), herkomst="proef")
    assert AuditEvent.objects.filter(handeling="geweigerd", door_naam="vaststeller").exists()
    with pytest.raises(IntegrityError, match="vaststeller_is_niet_invoerder"), transaction.atomic():
        Doelstelling.objects.filter(pk=doel.pk).update(
            staat=Staat.VASTGESTELD, vastgesteld_door=vaststeller(), vastgesteld_op=NU
        )


@pytest.mark.parametrize("rol", ["rvo-lid", "districtschef", "beheerder"])
def test_niet_iedereen_stelt_een_doel_voor(indicator: Indicator, rol: str) -> None:
    with pytest.raises(NietToegestaan):
        stel_voor(indicator, door=maak_persoon(rol, onderdeel="A" if rol == "districtschef" else ""))


def test_een_portefeuillehouder_stelt_alleen_voor_bij_het_eigen_thema(indicator: Indicator) -> None:
    houder = maak_persoon("portefeuillehouder", thema="eigen")
    with pytest.raises(NietToegestaan):
        stel_voor(indicator, door=houder)
    MonitorregelFactory(indicator=indicator, thema__slug="eigen")
    assert stel_voor(indicator, door=houder).staat == Staat.INGEDIEND


@pytest.mark.parametrize("rol", ["rvo-lid", "analist", "beheerder"])
def test_alleen_een_vaststeller_stelt_een_doel_vast(indicator: Indicator, rol: str) -> None:
    doel = stel_voor(indicator)
    with pytest.raises(NietToegestaan):
        stel_vast(DOEL, [doel], door=maak_persoon(rol, naam=f"een-{rol}"), herkomst="proef")


def test_er_is_een_voorstel_tegelijk_voor_een_plek(indicator: Indicator) -> None:
    stel_voor(indicator)
    with pytest.raises(InvoerFout, match="ligt al een voorstel van analist"):
        stel_voor(indicator, streefwaarde="50")
    assert stel_voor(indicator, jaar="2024", reden="").staat == Staat.INGEDIEND


def test_niemand_stelt_een_doel_vast_dat_hij_niet_zag(indicator: Indicator) -> None:
    doel = stel_voor(indicator)
    Doelstelling.objects.filter(pk=doel.pk).update(streefwaarde=99)
    with pytest.raises(Verouderd):
        stel_vast(DOEL, [doel], door=vaststeller(), herkomst="proef")


def test_een_voorstel_op_een_doel_dat_niet_meer_geldt_wordt_niet_vastgesteld(indicator: Indicator) -> None:
    doel = stel_voor(indicator)
    Doelstelling.objects.filter(pk=doel.vervangt_id).update(staat=Staat.VERVANGEN, vervangen_op=NU)
    with pytest.raises(Verouderd):
        stel_vast(DOEL, [doel], door=vaststeller(), herkomst="proef")


def test_teruggestuurd_en_opnieuw_voorgesteld(indicator: Indicator) -> None:
    doel = stel_voor(indicator)
    with pytest.raises(InvoerFout, match="Schrijf waarom"):
        stuur_terug(DOEL, [doel], door=vaststeller(), reden=" ", herkomst="proef")
    stuur_terug(DOEL, [doel], door=vaststeller(), reden="Welk besluit is dit?", herkomst="proef")
    assert Doelstelling.objects.get(pk=doel.pk).afkeurreden == "Welk besluit is dit?"
    weer = stel_voor(indicator, streefwaarde="35")
    assert (weer.pk, weer.staat, weer.streefwaarde, weer.afkeurreden) == (doel.pk, Staat.INGEDIEND, 35, "")
    assert Doelstelling.objects.get(vervangt=None).streefwaarde == 30


def test_intrekken_kan_alleen_wie_het_voorstelde(indicator: Indicator) -> None:
    doel = stel_voor(indicator)
    with pytest.raises(NietToegestaan):
        neem_terug(DOEL, [doel], door=vaststeller(), herkomst="proef")
    neem_terug(DOEL, [doel], door=analist(), herkomst="proef")
    assert Doelstelling.objects.get().streefwaarde == 30
    spoor = AuditEvent.objects.get(handeling="ingetrokken")
    assert spoor.naar["streefwaarde"] == "40.0000"
    with pytest.raises(Verouderd):
        neem_terug(DOEL, [doel], door=analist(), herkomst="proef")


def test_wie_niet_meer_mag_voorstellen_trekt_ook_niets_meer_in(indicator: Indicator) -> None:
    doel, blad = stel_voor(indicator), stel_blad_voor(indicator, definitie="Scherper.")
    Rolvervulling.objects.filter(user__username="analist").update(rol="rvo-lid")
    for soort, voorstel in ((DOEL, doel), (DEFINITIE, blad)):
        with pytest.raises(NietToegestaan, match="mag hiervan geen gewijzigde"):
            neem_terug(soort, [voorstel], door=User.objects.get(username="analist"), herkomst="proef")
    doel.refresh_from_db()
    blad.refresh_from_db()
    assert (doel.staat, blad.staat) == (Staat.INGEDIEND, Staat.INGEDIEND)
    assert AuditEvent.objects.filter(handeling="geweigerd").count() == 2


@pytest.mark.parametrize(
    ("anders", "kolom", "zin"),
    [
        ({"jaar": "25"}, "jaar", "2000 tot en met 2100"),
        ({"jaar": "٢٠٢٥"}, "jaar", "2000 tot en met 2100"),
        ({"jaar": "2101"}, "jaar", "2000 tot en met 2100"),
        ({"soort": "zomaar"}, "soort", "Kies"),
        ({"soort": "maximum"}, "soort", "hoger is beter"),
        ({"streefwaarde": ""}, "streefwaarde", "Vul een getal in"),
        ({"streefwaarde": "3.5"}, "streefwaarde", "Engels geschreven"),
        ({"streefwaarde": "-3"}, "streefwaarde", "lager zijn dan 0"),
        ({"streefwaarde": "1" * 15}, "streefwaarde", "te groot"),
        ({"marge": "-1"}, "marge", "lager zijn dan 0"),
        ({"marge": "101"}, "marge", "hoger zijn dan 100"),
        ({"soort": "monitoring"}, "streefwaarde", "geen getal"),
        ({"besluit": " "}, "besluit", "Vul dit in"),
        ({"orgaan": "x" * 121}, "orgaan", "hoogstens 120"),
        ({"besluit": "a\x00b"}, "besluit", "niet te tonen"),
        ({"geldig_vanaf": "31-2-2026"}, "geldig_vanaf", "Februari 2026 heeft 28 dagen"),
        ({"geldig_vanaf": "1-1-0026"}, "geldig_vanaf", "2000 tot en met 2100"),
        ({"geldig_vanaf": "21-3-2026"}, "geldig_vanaf", "ligt in de toekomst"),
        ({"reden": ""}, "reden", "Schrijf waarom"),
        ({"streefwaarde": "3000"}, "streefwaarde", "ongeveer 100 keer zo veel als het doel dat nu geldt (30)"),
    ],
)
def test_wat_niet_kan_wordt_bij_het_veld_geweigerd(
    indicator: Indicator, anders: dict[str, str], kolom: str, zin: str
) -> None:
    with pytest.raises(InvoerFout) as gevangen:
        stel_voor(indicator, **anders)
    gevonden = [fout.reden for fout in gevangen.value.fouten if fout.kolom == kolom]
    assert any(zin in reden for reden in gevonden), gevangen.value.fouten
    assert not Doelstelling.objects.filter(staat=Staat.INGEDIEND).exists()


def test_een_percentage_is_hoogstens_honderd_en_een_factor_honderd_is_twijfel() -> None:
    tijd = IndicatorFactory(percentage=True)
    DoelstellingFactory(indicator=tijd, onderdeel=OnderdeelFactory(), soort="minimum", streefwaarde=82, marge=2)
    norm = {"soort": "minimum", "marge": "2"}
    with pytest.raises(InvoerFout, match="hoger zijn dan 100"):
        stel_voor(tijd, **norm, streefwaarde="820")
    with pytest.raises(InvoerFout, match="Noem dan 0,82 in de reden"):
        stel_voor(tijd, **norm, streefwaarde="0,82")
    assert str(wijzig(tijd, **norm, streefwaarde="82,5").streefwaarde) == "82.5000"


def test_een_factor_honderd_mag_als_de_reden_het_getal_noemt(indicator: Indicator) -> None:
    assert stel_voor(indicator, streefwaarde="3000", reden="We tellen nu alle zaken: 3000 is bedoeld.")


def test_gelijk_aan_wat_geldt_is_geen_voorstel(indicator: Indicator) -> None:
    besluit = {"besluit": "Vastgesteld met de agenda", "geldig_vanaf": "2025-01-01"}
    with pytest.raises(InvoerFout, match="gelijk aan het doel dat nu geldt"):
        stel_voor(indicator, streefwaarde="30", **besluit)


def test_geen_doel_waar_de_indicator_niet_van_toepassing_is(indicator: Indicator) -> None:
    indicator.niet_voor.add(OnderdeelFactory(code="ZHP", soort="district"))
    with pytest.raises(InvoerFout, match="niet van toepassing"):
        stel_voor(indicator, onderdeel="ZHP")


def test_zoals_bekend_op_een_dag_voor_de_wijziging(indicator: Indicator) -> None:
    eenheid = OnderdeelFactory(code="RE07")
    for kwartaal in (1, 2, 3, 4):
        MetingFactory(indicator=indicator, kwartaal=kwartaal, waarde=8)
    doel = stel_voor(indicator)
    stel_vast(DOEL, [doel], door=vaststeller(), herkomst="proef", op=NU)
    herbereken(vandaag=NU.date())
    for dag, streef, oordeel in ((NU.date() - timedelta(days=1), 30, "behaald"), (NU.date(), 40, "niet_behaald")):
        rijen = zoals_bekend_op(dag, [indicator.pk], [eenheid.pk])
        [q4] = [rij for rij in rijen if (rij.jaar, rij.kwartaal) == (2025, 4)]
        gebruikt = Doelstelling.objects.get(pk=q4.doelstelling_id)
        assert (gebruikt.streefwaarde, q4.oordeel) == (streef, oordeel)


@pytest.mark.parametrize(
    "wijziging",
    [
        "streefwaarde = 1",
        "marge = 1",
        "besluit = 'x'",
        "geldig_vanaf = '2020-01-01'",
        "jaar = 2024",
        "vervangt_id = NULL",
    ],
)
def test_de_database_weigert_een_vastgesteld_doel_te_wijzigen(indicator: Indicator, wijziging: str) -> None:
    doel = wijzig(indicator)
    with als_superuser(), pytest.raises(ProgrammingError, match="Cannot update"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE monitor_doelstelling SET {wijziging} WHERE id = %s", [doel.pk])  # noqa: S608  # texts above


@pytest.mark.parametrize("staat", ["ingediend", "vastgesteld", "vervangen"])
def test_de_database_weigert_een_doel_te_verwijderen(indicator: Indicator, staat: str) -> None:
    wijzig(indicator)
    stel_voor(indicator, streefwaarde="50", geldig_vanaf="1-6-2025")
    with pytest.raises(ProgrammingError, match="Cannot delete"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM monitor_doelstelling WHERE staat = %s", [staat])


@pytest.mark.parametrize(
    "velden",
    [
        {"streefwaarde": None},
        {"soort": "monitoring"},
        {"marge": -1},
        {"besluit": ""},
        {"orgaan": ""},
        {"vervangreden": "zomaar"},
        {"vastgesteld_op": None},
        {"staat": "vervangen"},
    ],
)
def test_de_database_weigert_een_doel_dat_nooit_mag(velden: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        DoelstellingFactory(**velden)


def test_er_geldt_een_doel_en_er_is_een_openstaand_per_plek(indicator: Indicator) -> None:
    voor = {"indicator": indicator, "onderdeel": OnderdeelFactory(code="RE07")}
    with pytest.raises(IntegrityError, match="een_geldende"), transaction.atomic():
        DoelstellingFactory(**voor)
    stel_voor(indicator)
    with pytest.raises(IntegrityError, match="een_openstaande"), transaction.atomic():
        DoelstellingFactory(**voor, staat=Staat.INGEDIEND, vastgesteld_op=None)


def test_een_voorstel_zonder_persoon_wordt_niet_vastgesteld(indicator: Indicator) -> None:
    doel = stel_voor(indicator, jaar="2024", reden="")
    with pytest.raises(DatabaseError, match="door_persoon"), transaction.atomic():
        Doelstelling.objects.filter(pk=doel.pk).update(staat=Staat.VASTGESTELD, vastgesteld_op=NU)


STAPPEN = st.lists(
    st.tuples(st.sampled_from(["voor", "vast", "terug", "intrekken"]), st.integers(0, 2), st.integers(1, 60)),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stappen=STAPPEN)
def test_er_geldt_altijd_precies_een_versie(db: None, stappen: list[tuple[str, int, int]]) -> None:
    """Whatever is done in whatever order by whom: one version in force, at most one open, an unbroken chain."""
    with transaction.atomic():
        personen = [maak_persoon("vaststeller", naam=f"vaststeller-{nummer}") for nummer in range(3)]
        indicator = IndicatorFactory(code="keten")
        eenheid = OnderdeelFactory(code="RE07")
        DoelstellingFactory(indicator=indicator, onderdeel=eenheid)
        for stap, wie, waarde in stappen:
            _doe(stap, indicator, personen[wie], waarde)
            _toets_keten(indicator)
        transaction.set_rollback(True)


def _doe(stap: str, indicator: Indicator, wie: User, waarde: int) -> None:
    open_ = Doelstelling.objects.filter(indicator=indicator, staat__in=("ingediend", "afgekeurd")).first()
    try:
        if stap == "voor":
            velden = cellen(streefwaarde=str(waarde))
            stel_doel_voor(indicator, OnderdeelFactory(code="RE07"), velden, door=wie, herkomst="proef", op=NU)
        elif open_ and stap == "vast":
            stel_vast(DOEL, [open_], door=wie, herkomst="proef")
        elif open_ and stap == "terug":
            stuur_terug(DOEL, [open_], door=wie, reden="Nee.", herkomst="proef")
        elif open_:
            neem_terug(DOEL, [open_], door=wie, herkomst="proef")
    except (Geweigerd, InvoerFout):
        pass


def _toets_keten(indicator: Indicator) -> None:
    versies = list(Doelstelling.objects.filter(indicator=indicator).order_by("id"))
    besloten = [v for v in versies if v.staat in (Staat.VASTGESTELD, Staat.VERVANGEN)]
    assert [v.staat for v in besloten] == [Staat.VERVANGEN] * (len(besloten) - 1) + [Staat.VASTGESTELD]
    assert [v.vervangt_id for v in besloten] == [None, *(v.pk for v in besloten[:-1])]
    assert all(v.vervangen_op == w.vastgesteld_op for v, w in pairwise(besloten))
    assert len(versies) - len(besloten) <= 1
    assert all(v.ingevoerd_door_id != v.vastgesteld_door_id for v in besloten if v.ingevoerd_door_id)
