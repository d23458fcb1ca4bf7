"""Assigning and ending: dates, who may, what another did meanwhile, and what the trail and the database say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from accounts.models import Rolvervulling, User
from common.models import AuditEvent
from common.vaststellen.bewaking import NietToegestaan, Verouderd
from config.diensten.plaats import SITE
from monitor.invoer.eigenaren.selectors import lees_beeld
from monitor.invoer.eigenaren.services import AANGEWEZEN, BEEINDIGD, Aanwijzing, beeindig, wijs_aan
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.toezicht.waarden import vind_afwijkingen
from monitor.models import Eigenaarschap, Indicator
from tests.databaserol import als
from tests.factories import EigenaarschapFactory, IndicatorFactory, MonitorregelFactory, maak_eenheid, maak_persoon

pytestmark = pytest.mark.django_db
VANDAAG = date(2025, 11, 2)
D = timedelta(days=1)


@pytest.fixture(autouse=True)
def _vandaag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *a: VANDAAG)


@pytest.fixture(autouse=True)
def mensen(db: None) -> None:
    maak_eenheid()
    for code, thema in (("een", "werk"), ("twee", "werk"), ("elders", "ander")):
        MonitorregelFactory(indicator=IndicatorFactory(code=code, naam=code.capitalize()), thema__slug=thema)
    for rol, naam in (("analist", "anna"), ("analist", "bea"), ("vaststeller", "vera"), ("beheerder", "beheerder")):
        maak_persoon(rol, naam=naam)
    maak_persoon("portefeuillehouder", naam="porte", thema="werk")


def wie(naam: str) -> User:
    return User.objects.get(username=naam)


def sleutel(code: str) -> str:
    return f"indicator-{Indicator.objects.get(code=code).pk}"


def wijs(*codes: str, persoon: str = "anna", plus: str = "", vanaf: date = VANDAAG, tot: date | None = None,
         door: str = "beheerder", gezien: dict[str, str] | None = None) -> int:  # fmt: skip
    hoe = Aanwijzing(wie(persoon), wie(plus) if plus else None, vanaf, tot)
    gekozen = {sleutel(code): (gezien or {}).get(code) for code in codes}
    return wijs_aan(gekozen, hoe, door=wie(door), herkomst="proef")


def fouten(handeling: Any) -> dict[str, str]:
    with pytest.raises(InvoerFout) as fout:
        handeling()
    return {een.kolom: een.reden for een in fout.value.fouten}


def afwijkingen() -> list[Any]:
    connection.check_constraints()  # the end of a transaction, in which the trail is numbered
    return [een for een in vind_afwijkingen() if een.soort is Eigenaarschap]


def rijen(code: str = "een") -> list[tuple[str, date, date | None]]:
    gevonden = Eigenaarschap.objects.filter(indicator__code=code).order_by("pk")
    return [(rij.persoon.username, rij.geldig_vanaf, rij.geldig_tot) for rij in gevonden]


def test_meer_tegelijk_met_vervanger_staat_in_het_spoor() -> None:
    assert wijs("een", "twee", plus="bea") == 2
    assert rijen("een") == rijen("twee") == [("anna", VANDAAG, None)]
    spoor = AuditEvent.objects.filter(handeling=AANGEWEZEN).order_by("pk")
    assert [een.object_naam for een in spoor] == ["anna voor Een", "anna voor Twee"]
    assert spoor[0].naar == {
        "indicator": "Een", "persoon": "anna", "vervanger": "bea", "vanaf": "2025-11-02", "tot": None,
    }  # fmt: skip
    assert afwijkingen() == []


def test_een_ander_vanaf_een_dag_eindigt_de_vorige() -> None:
    wijs("een")
    wijs("een", persoon="bea", vanaf=VANDAAG + 10 * D)
    assert rijen() == [("anna", VANDAAG, VANDAAG + 10 * D), ("bea", VANDAAG + 10 * D, None)]
    assert AuditEvent.objects.get(handeling=BEEINDIGD).naar["tot"] == "2025-11-12"
    assert afwijkingen() == []


def test_een_ander_vanaf_dezelfde_dag_laat_de_eerste_op_geen_dag_gelden() -> None:
    wijs("een")
    wijs("een", persoon="bea")
    assert rijen() == [("anna", VANDAAG, VANDAAG), ("bea", VANDAAG, None)]


def test_twee_keer_hetzelfde_is_een_keer() -> None:
    """A form that is sent twice: the second time it is so already, whatever its page saw."""
    gezien = {"een": ""}
    assert [wijs("een", gezien=gezien), wijs("een", gezien=gezien)] == [1, 0]
    assert len(rijen()) == AuditEvent.objects.filter(handeling=AANGEWEZEN).count() == 1


def test_een_begin_in_het_verleden_mag_en_een_tussentijd_ook() -> None:
    wijs("een", vanaf=date(2025, 1, 1))
    wijs("een", persoon="bea", vanaf=date(2025, 3, 1), tot=date(2025, 4, 1))
    assert rijen()[0] == ("anna", date(2025, 1, 1), date(2025, 3, 1))
    assert wijs("een", vanaf=date(2025, 4, 1)) == 1


def test_wie_later_al_is_aangewezen_blijft() -> None:
    wijs("een", persoon="bea", vanaf=VANDAAG + 30 * D)
    gevonden = fouten(lambda: wijs("een"))
    assert "Een heeft vanaf 02-12-2025 al een eigenaar: bea. Vul hoogstens die dag in" in gevonden["tot"]
    assert wijs("een", tot=VANDAAG + 30 * D) == 1
    assert rijen() == [("bea", VANDAAG + 30 * D, None), ("anna", VANDAAG, VANDAAG + 30 * D)]


def test_beeindigen_neemt_ook_wie_nog_kwam_terug() -> None:
    wijs("een", tot=VANDAAG + 30 * D)
    wijs("een", persoon="bea", vanaf=VANDAAG + 30 * D)
    gekozen = {sleutel("een"): None}
    assert beeindig(gekozen, VANDAAG + D, door=wie("beheerder"), herkomst="proef") == 1
    assert rijen() == [("anna", VANDAAG, VANDAAG + D), ("bea", VANDAAG + 30 * D, VANDAAG + 30 * D)]
    opnieuw = fouten(lambda: beeindig(gekozen, VANDAAG + D, door=wie("beheerder"), herkomst="proef"))
    assert opnieuw[""].startswith("Op 03-11-2025 heeft wat u koos geen eigenaar.")
    zonder = fouten(lambda: beeindig(gekozen, None, door=wie("beheerder"), herkomst="proef"))
    assert zonder == {"vanaf": "Vul de eerste dag zonder eigenaar in."}
    assert afwijkingen() == []


def test_wie_niet_invoert_wordt_geen_eigenaar_en_geen_vervanger() -> None:
    gevonden = fouten(lambda: wijs("een", persoon="vera", plus="porte"))
    assert gevonden["persoon"].startswith("vera heeft geen rol waarmee waarden in te voeren zijn. Kies een ander")
    assert gevonden["vervanger"].startswith("porte heeft geen rol")
    User.objects.filter(username="anna").update(is_active=False)
    assert fouten(lambda: wijs("een"))["persoon"].startswith("Het account van anna staat uit")
    maak_persoon("analist", naam="thea", thema="ander")
    gevonden = fouten(lambda: wijs("een", "elders", persoon="thea"))
    assert gevonden["persoon"].startswith("thea mag hiervoor geen waarden invoeren (Een).")
    assert wijs("elders", persoon="thea") == 1
    assert not rijen()


def test_alles_wat_er_mis_is_tegelijk() -> None:
    gevonden = fouten(lambda: wijs("een", plus="anna", tot=VANDAAG))
    assert gevonden["vervanger"] == "De vervanger is een ander dan de eigenaar. Kies iemand anders, of niemand."
    assert gevonden["tot"].startswith("Het einde komt na het begin: kies een dag na 02-11-2025")
    hoe = Aanwijzing(None, None, date(1900, 1, 1))
    gevonden = fouten(lambda: wijs_aan({sleutel("een"): ""}, hoe, door=wie("beheerder"), herkomst="proef"))
    assert set(gevonden) == {"persoon", "vanaf"}
    assert fouten(lambda: wijs())[""].startswith("U heeft nog niets aangevinkt.")


def test_de_tweede_hoort_dat_een_ander_voor_was() -> None:
    gezien = {regel.ding.code: regel.gezien for regel in lees_beeld(wie("porte"), VANDAAG).regels.values()}
    wijs("een", door="beheerder")
    with pytest.raises(Verouderd, match="Een ander wijzigde intussen de eigenaar van Een"):
        wijs("een", "twee", persoon="bea", door="porte", gezien=gezien)
    assert not rijen("twee")


def test_een_portefeuillehouder_wijst_alleen_aan_bij_het_eigen_thema() -> None:
    assert wijs("een", "twee", door="porte") == 2
    for naam, code in (("porte", "elders"), ("anna", "een"), ("vera", "een")):
        with pytest.raises(NietToegestaan):
            wijs(code, door=naam)
    Rolvervulling.objects.filter(user=wie("porte")).update(geldig_tot=VANDAAG)
    with pytest.raises(NietToegestaan):
        wijs("een", door="porte")
    assert AuditEvent.objects.filter(handeling="geweigerd", object_naam="eigenaar aanwijzen").count() == 4
    assert set(lees_beeld(wie("beheerder"), VANDAAG).regels) > set(lees_beeld(wie("porte"), VANDAAG).regels)


def test_wie_later_geen_rol_meer_heeft_telt_niet_en_de_pagina_zegt_het() -> None:
    wijs("een")
    Rolvervulling.objects.filter(user=wie("anna")).update(geldig_tot=VANDAAG)
    beeld = lees_beeld(wie("beheerder"), VANDAAG)
    regel = beeld.regels[sleutel("een")]
    assert (regel.bezwaren, regel.is_zonder) == (["anna heeft geen rol waarmee waarden in te voeren zijn"], True)
    assert wie("anna") not in beeld.kandidaten


def test_de_database_houdt_een_eigenaar_tegelijk() -> None:
    een = Indicator.objects.get(code="een")
    EigenaarschapFactory(indicator=een, geldig_vanaf=VANDAAG, geldig_tot=VANDAAG + 10 * D)
    EigenaarschapFactory(indicator=een, geldig_vanaf=VANDAAG + 10 * D)
    EigenaarschapFactory(indicator=een, geldig_vanaf=VANDAAG + 5 * D, geldig_tot=VANDAAG + 5 * D)
    EigenaarschapFactory(indicator=Indicator.objects.get(code="twee"), geldig_vanaf=VANDAAG)
    verkeerd: list[dict[str, Any]] = [
        {"indicator": een, "geldig_vanaf": VANDAAG + 9 * D, "geldig_tot": VANDAAG + 10 * D},
        {"indicator": een, "geldig_vanaf": date(2020, 1, 1)},
        {"indicator": een, "thema": een.monitorregels.get().thema, "geldig_vanaf": date(2000, 1, 1)},
        {"geldig_vanaf": VANDAAG},
        {"indicator": een, "geldig_vanaf": date(2001, 1, 2), "geldig_tot": date(2001, 1, 1)},
        {"thema": een.monitorregels.get().thema, "persoon": wie("anna"), "vervanger": wie("anna")},
    ]
    for velden in verkeerd:
        with pytest.raises(IntegrityError), transaction.atomic():
            EigenaarschapFactory(**velden)


def test_de_site_wijzigt_alleen_het_einde_en_verwijdert_niets() -> None:
    wijs("een")
    with als(SITE), connection.cursor() as cursor:
        cursor.execute("UPDATE monitor_eigenaarschap SET geldig_tot = '2026-01-01'")
        for opdracht in ("UPDATE monitor_eigenaarschap SET vervanger_id = NULL", "DELETE FROM monitor_eigenaarschap"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(opdracht)
    assert [afwijking.velden for afwijking in afwijkingen()] == [("geldig_tot",)]
