"""The only way in for bezetting, against a real PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from accounts.models import User
from common.models import AuditEvent
from common.vaststellen.bewaking import NietToegestaan, Verouderd
from common.vaststellen.model import Staat
from formatie.models import Bezetting
from monitor.invoer.bezetting.services import (
    dien_bezetting_in,
)
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.eisen import KwartaalGesloten
from monitor.invoer.vaststellen.services import neem_terug, stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import BEZETTING
from monitor.models import Afsluiting, Meting
from tests.databaserol import als_superuser
from tests.factories import BezettingFactory, UserFactory, maak_persoon
from tests.integration.monitor.invoer.bezetting.opstelling import A1, maak_wereld, stel_op, van

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wereld(db: None) -> None:
    maak_wereld()


@pytest.fixture
def chef() -> User:
    return maak_persoon("districtschef", onderdeel="A")


@pytest.fixture
def vaststeller() -> User:
    return maak_persoon("vaststeller")


def test_een_chef_stelt_voor_en_een_vaststeller_stelt_vast(chef: User, vaststeller: User) -> None:
    stel_op(A1, door=chef, vaststeller=vaststeller)
    rij = Bezetting.objects.get()
    assert (rij.staat, rij.fte, rij.ingevoerd_door, rij.vastgesteld_door) == (
        Staat.VASTGESTELD,
        Decimal("95.5"),
        chef,
        vaststeller,
    )
    assert list(AuditEvent.objects.filter(object_soort="bezetting").values_list("handeling", flat=True)) == [
        "vastgesteld",
        "ingediend",
    ]


@pytest.mark.parametrize("opgave", [van("B1"), van("B", soort="leiding")])
def test_een_chef_komt_niet_buiten_het_eigen_district_en_de_poging_blijft_staan(chef: User, opgave: object) -> None:
    with pytest.raises(NietToegestaan, match="niet bij uw district"):
        dien_bezetting_in([A1, opgave], door=chef, herkomst="proef")  # type: ignore[list-item]
    assert not Bezetting.objects.exists()
    assert AuditEvent.objects.get().handeling == "geweigerd"


@pytest.mark.parametrize("rol", ["rvo-lid", "vaststeller", "portefeuillehouder", "beheerder"])
def test_anderen_stellen_geen_bezetting_voor(rol: str) -> None:
    persoon = maak_persoon(rol, thema="inzetbaarheid" if rol == "portefeuillehouder" else "")
    with pytest.raises(NietToegestaan):
        dien_bezetting_in([A1], door=persoon, herkomst="proef")


def test_een_analist_van_een_thema_stelt_geen_bezetting_voor() -> None:
    with pytest.raises(NietToegestaan):
        dien_bezetting_in([A1], door=maak_persoon("analist", thema="inzetbaarheid"), herkomst="proef")


@pytest.mark.parametrize("rol", ["rvo-lid", "analist", "beheerder"])
def test_alleen_een_vaststeller_stelt_vast(chef: User, rol: str) -> None:
    rijen, _ = dien_bezetting_in([A1], door=chef, herkomst="proef")
    for handeling in (stel_vast, stuur_terug):
        extra = {"reden": "Nee."} if handeling is stuur_terug else {}
        with pytest.raises(NietToegestaan):
            handeling(BEZETTING, rijen, door=maak_persoon(rol, naam=f"een-{rol}"), herkomst="proef", **extra)
    assert Bezetting.objects.get().staat == Staat.INGEDIEND


def test_de_invoerder_stelt_nooit_zelf_vast() -> None:
    maak_persoon("analist", naam="beide")
    beide = User.objects.get(pk=maak_persoon("vaststeller", naam="beide").pk)
    rijen, _ = dien_bezetting_in([A1], door=beide, herkomst="proef")
    with pytest.raises(NietToegestaan, match="zelf ingevoerd"):
        stel_vast(BEZETTING, rijen, door=beide, herkomst="proef")
    with pytest.raises(IntegrityError, match="vaststeller_is_niet_invoerder"), transaction.atomic():
        Bezetting.objects.update(staat=Staat.VASTGESTELD, vastgesteld_door=beide, vastgesteld_op=timezone.now())


def test_dezelfde_bezetting_nog_eens_verandert_niets(chef: User, vaststeller: User) -> None:
    stel_op(A1, door=chef, vaststeller=vaststeller)
    rijen, uitkomst = dien_bezetting_in([A1], door=chef, herkomst="proef")
    assert (rijen, len(uitkomst.gelijk), Bezetting.objects.count()) == ([], 1, 1)


def test_een_correctie_is_een_nieuwe_versie_met_reden(chef: User, vaststeller: User) -> None:
    [eerste] = stel_op(A1, door=chef, vaststeller=vaststeller)
    anders = replace(A1, os=Decimal(88))
    with pytest.raises(InvoerFout, match="waarom die verandert"):
        dien_bezetting_in([anders], door=chef, herkomst="proef")
    [tweede] = stel_op(anders, door=chef, vaststeller=vaststeller, reden="Twee mensen vergeten.")
    eerste.refresh_from_db()
    assert (eerste.staat, eerste.os, eerste.vervanger) == (Staat.VERVANGEN, Decimal("85.5"), tweede)
    assert (tweede.vervangreden, tweede.os) == ("Twee mensen vergeten.", 88)


def test_een_nieuwe_toelichting_is_ook_een_reden(chef: User, vaststeller: User) -> None:
    stel_op(A1, door=chef, vaststeller=vaststeller)
    [tweede] = stel_op(replace(A1, os=Decimal(88), toelichting="Nageteld."), door=chef, vaststeller=vaststeller)
    assert tweede.vervangreden == "Nageteld."
    with pytest.raises(InvoerFout):
        dien_bezetting_in([replace(A1, os=Decimal(89), toelichting="Nageteld.")], door=chef, herkomst="proef")


def test_teruggestuurd_en_opnieuw_voorgesteld(chef: User, vaststeller: User) -> None:
    rijen, _ = dien_bezetting_in([A1], door=chef, herkomst="proef")
    with pytest.raises(InvoerFout):
        stuur_terug(BEZETTING, rijen, door=vaststeller, reden=" ", herkomst="proef")
    stuur_terug(BEZETTING, rijen, door=vaststeller, reden="Graag met aspiranten.", herkomst="proef")
    assert Bezetting.objects.get().afkeurreden == "Graag met aspiranten."
    stel_op(replace(A1, aspiranten=Decimal(14)), door=chef, vaststeller=vaststeller)
    assert (Bezetting.objects.get().staat, Bezetting.objects.get().aspiranten) == (Staat.VASTGESTELD, 14)


def test_teruggenomen_wordt_weer_een_concept(chef: User, vaststeller: User) -> None:
    rijen, _ = dien_bezetting_in([A1], door=chef, herkomst="proef")
    with pytest.raises(NietToegestaan):
        neem_terug(BEZETTING, rijen, door=maak_persoon("districtschef", naam="b", onderdeel="B"), herkomst="proef")
    neem_terug(BEZETTING, rijen, door=chef, herkomst="proef")
    assert Bezetting.objects.get().staat == Staat.CONCEPT
    with pytest.raises(Verouderd):
        stel_vast(BEZETTING, rijen, door=vaststeller, herkomst="proef")


def test_niemand_stelt_vast_wat_hij_niet_zag(chef: User, vaststeller: User) -> None:
    rijen, _ = dien_bezetting_in([A1, van("A2")], door=chef, herkomst="proef")
    Bezetting.objects.filter(onderdeel__code="A2").update(os=70)
    with pytest.raises(Verouderd):
        stel_vast(BEZETTING, rijen, door=vaststeller, herkomst="proef")
    assert set(Bezetting.objects.values_list("staat", flat=True)) == {Staat.INGEDIEND}
    assert not Meting.objects.exists()


def test_wat_al_ter_vaststelling_ligt_wordt_niet_overschreven(chef: User) -> None:
    dien_bezetting_in([A1], door=chef, herkomst="proef")
    with pytest.raises(InvoerFout, match="ter vaststelling"):
        dien_bezetting_in([replace(A1, os=Decimal(80))], door=chef, herkomst="proef")


def test_alles_of_niets(chef: User) -> None:
    with pytest.raises(InvoerFout) as gevangen:
        dien_bezetting_in([A1, replace(A1, rij=2), van("A2", rij=3, os=Decimal(900))], door=chef, herkomst="proef")
    assert [fout.rij for fout in gevangen.value.fouten] == [2, 3]
    assert not Bezetting.objects.exists()
    assert not AuditEvent.objects.exists()


def test_een_gesloten_kwartaal_blijft_dicht(chef: User, vaststeller: User) -> None:
    rijen, _ = dien_bezetting_in([A1], door=chef, herkomst="proef")
    Afsluiting.objects.create(jaar=2025, kwartaal=1, gesloten_door=UserFactory(), gesloten_op=timezone.now())
    with pytest.raises(KwartaalGesloten):
        stel_vast(BEZETTING, rijen, door=vaststeller, herkomst="proef")
    with pytest.raises(InvoerFout, match="Q1 2025 is gesloten"):
        dien_bezetting_in([van("A2")], door=chef, herkomst="proef")


def test_wat_wacht_in_een_gesloten_kwartaal_gaat_niet_terug_en_zegt_waarom(chef: User, vaststeller: User) -> None:
    rijen, _ = dien_bezetting_in([A1], door=chef, herkomst="proef")
    Afsluiting.objects.create(jaar=2025, kwartaal=1, gesloten_door=UserFactory(), gesloten_op=timezone.now())
    with pytest.raises(KwartaalGesloten, match=r"Q1 2025 is gesloten. Vraag .* om heropening"):
        stuur_terug(BEZETTING, rijen, door=vaststeller, reden="Graag met aspiranten.", herkomst="proef")
    with pytest.raises(KwartaalGesloten, match=r"Q1 2025 is gesloten. Vraag .* om heropening"):
        neem_terug(BEZETTING, rijen, door=chef, herkomst="proef")
    assert Bezetting.objects.get().staat == Staat.INGEDIEND


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"os": Decimal(8550), "nos": Decimal(1000)}, "100 keer zo veel"),
        ({"os": Decimal(150), "nos": Decimal(10)}, "meer dan anderhalf keer de formatie"),
        ({"os": Decimal(30), "nos": Decimal(10)}, "minder dan de helft van de formatie"),
    ],
)
def test_twijfel_vraagt_een_toelichting(chef: User, vaststeller: User, velden: dict[str, Decimal], zin: str) -> None:
    stel_op(A1, door=chef, vaststeller=vaststeller)
    vreemd = replace(A1, kwartaal=2, **velden)
    with pytest.raises(InvoerFout, match=zin):
        dien_bezetting_in([vreemd], door=chef, herkomst="proef")
    dien_bezetting_in([replace(vreemd, toelichting="Klopt: reorganisatie.")], door=chef, herkomst="proef")


def test_twijfel_waar_het_plan_geen_plaatsen_geeft(chef: User) -> None:
    with pytest.raises(InvoerFout, match="geeft hier geen plaatsen"):
        dien_bezetting_in([van("A", soort="grens")], door=chef, herkomst="proef")


def test_wie_iets_anders_zag_wordt_geweigerd_met_beide_waarden(chef: User) -> None:
    BezettingFactory(onderdeel__code="A1", os=Decimal(70), nos=Decimal(10))
    anders = replace(A1, toelichting="Nageteld.")
    with pytest.raises(InvoerFout, match=r"invoerder vulde dit in .* OS 70 \(u: 85,5\)"):
        dien_bezetting_in([anders], door=chef, herkomst="proef", gezien={("A1", "basisteam"): ""})
    huidig = Bezetting.objects.get().vingerafdruk
    dien_bezetting_in([anders], door=chef, herkomst="proef", gezien={("A1", "basisteam"): huidig})
    assert Bezetting.objects.count() == 2


@pytest.mark.parametrize(
    "velden",
    [
        {"os": -1},
        {"nos": -1},
        {"os": None},
        {"aspiranten": 91},
        {"wijkagenten": 91},
        {"wijkagenten_expert": 91},
        {"ziek": 101},
        {"kwartaal": 5},
        {"jaar": 26},
        {"vastgesteld_door": None},
        {"staat": "vervangen"},
        {"vervangreden": "zomaar"},
    ],
)
def test_de_database_weigert_wat_nooit_mag(velden: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        BezettingFactory(onderdeel__code="A1", **velden)


@pytest.mark.parametrize(
    "opdracht",
    [
        "UPDATE formatie_bezetting SET os = 1",
        "UPDATE formatie_bezetting SET toelichting = 'x'",
        "UPDATE formatie_bezetting SET vastgesteld_op = now()",
        "DELETE FROM formatie_bezetting",
    ],
)
def test_de_database_weigert_te_wijzigen_wat_is_vastgesteld(opdracht: str) -> None:
    BezettingFactory(onderdeel__code="A1")
    with als_superuser(), pytest.raises(ProgrammingError, match="Cannot"), connection.cursor() as cursor:
        cursor.execute(opdracht)


@pytest.mark.parametrize(
    "opdracht", ["UPDATE formatie_bezetting SET ziek = 1", "UPDATE formatie_bezetting SET staat = 'concept'"]
)
def test_ook_ruwe_sql_verandert_in_een_gesloten_kwartaal_niets(chef: User, opdracht: str) -> None:
    rij = dien_bezetting_in([A1], door=chef, herkomst="proef")[0][0]
    Afsluiting.objects.create(jaar=2025, kwartaal=1, gesloten_door=UserFactory(), gesloten_op=timezone.now())
    with pytest.raises(IntegrityError, match="kwartaal gesloten"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(opdracht)
    rij.pk, rij.soort = None, "flexteam"
    with pytest.raises(IntegrityError, match="kwartaal gesloten"), transaction.atomic():
        rij.save()


def test_een_heropend_kwartaal_en_een_ander_kwartaal_nemen_weer_aan(chef: User) -> None:
    wie = {"gesloten_door": UserFactory(), "gevraagd_door": UserFactory(), "heropend_door": UserFactory()}
    nu = timezone.now()
    Afsluiting.objects.create(
        jaar=2025, kwartaal=1, gesloten_op=nu, gevraagd_op=nu, heropend_op=nu, heropenreden="Een team ontbrak.", **wie
    )
    Afsluiting.objects.create(jaar=2024, kwartaal=4, gesloten_door=wie["gesloten_door"], gesloten_op=nu)
    assert dien_bezetting_in([A1], door=chef, herkomst="proef")[0]
