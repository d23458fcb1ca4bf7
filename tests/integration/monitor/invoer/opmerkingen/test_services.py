"""A comment is said once, stays as it was said, and calls only who may read it."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import Rolvervulling
from common.models import AuditEvent
from common.vaststellen.bewaking import NietToegestaan
from config.diensten.plaats import EIGENAAR, SITE
from monitor.invoer.opmerkingen.selectors import get_opmerkingen, lees_bij, plek_bij
from monitor.invoer.opmerkingen.services import meld_gezien, plaats_opmerking
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.toezicht.controle import controleer
from monitor.invoer.vaststellen.geschiedenis import van_meting
from monitor.invoer.vaststellen.services import stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Opmerking, Vermelding
from tests.databaserol import als, als_superuser
from tests.factories import AfsluitingFactory, MetingFactory, maak_persoon
from tests.integration.monitor.invoer.opmerkingen.opstelling import Wereld, maak_wereld, zeg


@pytest.fixture
def w(db: None) -> Wereld:
    return maak_wereld()


def _wachtend() -> list[str]:
    return sorted(Vermelding.objects.filter(gezien_op=None).values_list("user__username", flat=True))


def test_een_opmerking_staat_in_het_spoor_zonder_haar_tekst_in_de_naam(w: Wereld) -> None:
    nieuw = zeg(w.plek, w.chef, "Het zijn er 4711.")
    [stap] = AuditEvent.objects.filter(handeling="opmerking geplaatst")
    assert (stap.object_soort, stap.object_id, stap.door_naam) == ("opmerking", str(nieuw.pk), "chef")
    assert "4711" not in stap.object_naam
    assert "Proefcijfer" in stap.object_naam
    with als_superuser(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE monitor_opmerking SET tekst = 'Het zijn er 4712.'")
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert any(fout.startswith(f"Opmerking {nieuw.pk} ") for fout in controleer(met_koppen=False).fouten)


@pytest.mark.parametrize(
    "opdracht",
    [
        "UPDATE monitor_opmerking SET tekst = 'anders'",
        "DELETE FROM monitor_vermelding",
        "DELETE FROM monitor_opmerking",
        "UPDATE monitor_vermelding SET user_id = user_id + 1",
    ],
)
@pytest.mark.parametrize("rol", [SITE, EIGENAAR])
def test_de_database_laat_niets_veranderen(w: Wereld, opdracht: str, rol: str) -> None:
    zeg(w.plek, w.anna, "Klopt dit?", w.chef)
    with pytest.raises(DatabaseError), transaction.atomic(), als(rol), connection.cursor() as cursor:
        cursor.execute(opdracht)
    assert Opmerking.objects.get().tekst == "Klopt dit?"
    assert _wachtend() == ["chef"]


@pytest.mark.parametrize(
    "anders",
    [
        {"indicator": None},
        {"soort": "basisteam"},
        {"onderdeel": None},
        {"kwartaal": None},
        {"kwartaal": 5},
        {"tekst": ""},
    ],
)
def test_de_database_eist_een_plek_en_een_tekst(w: Wereld, anders: dict[str, object]) -> None:
    velden = {**w.plek.plek, "door": w.anna, "op": w.meting.ingevoerd_op, "tekst": "x", "merk": "m"}
    with pytest.raises(DatabaseError), transaction.atomic():
        Opmerking.objects.create(**velden | anders)


def test_zij_blijft_bij_de_waarde_langs_terugsturen_en_opnieuw_indienen(w: Wereld) -> None:
    zeg(w.plek, w.anna, "Eerste.")
    stuur_terug(METING, [w.meting], door=w.vera, herkomst="proef", reden="Te hoog.")
    zeg(w.plek, w.vera, "Tweede.")
    nieuw = MetingFactory(indicator=w.indicator, onderdeel=w.onderdelen["A1"], kwartaal=2, wachtend=True)
    assert [een.tekst for een in lees_bij([w.meting, nieuw])[w.meting.pk]] == ["Eerste.", "Tweede."]
    assert lees_bij([w.meting, nieuw])[nieuw.pk] == []
    stappen = [stap.zin for stap in van_meting(w.vera, w.meting.pk).stappen]
    assert [zin[:5] for zin in stappen] == ["vera ", "vera ", "anna "]
    assert stappen[0] == "vera schreef: “Tweede.”"
    assert "stuurde" in stappen[1]
    assert van_meting(maak_persoon("portefeuillehouder", naam="x", thema="elders"), w.meting.pk) is None


def test_in_een_gesloten_kwartaal_mag_het_en_verandert_het_niets(w: Wereld) -> None:
    stel_vast(METING, [w.meting], door=w.vera, herkomst="proef")
    AfsluitingFactory(jaar=w.meting.jaar, kwartaal=w.meting.kwartaal)
    w.meting.refresh_from_db()
    voor = w.meting.vingerafdruk
    zeg(w.plek, w.chef, "Hier moet een correctie komen.")
    w.meting.refresh_from_db()
    assert w.meting.vingerafdruk == voor


def test_een_jaarcijfer_hoort_bij_het_vierde_kwartaal(w: Wereld) -> None:
    heel = MetingFactory(indicator=w.indicator, onderdeel=w.onderdelen["A2"], kwartaal=None)
    zeg(plek_bij(heel), w.anna)
    assert Opmerking.objects.get().kwartaal == 4
    assert len(lees_bij([heel])[heel.pk]) == 1


def test_twee_keer_verstuurd_is_een_keer_gezegd(w: Wereld) -> None:
    wie = {"door": w.anna, "aan": [w.chef], "formulier": "f", "herkomst": "proef"}
    eerste, tweede = (plaats_opmerking(w.plek, "Zo.", **wie) for _ in range(2))
    assert eerste == tweede
    plaats_opmerking(w.plek, "Na een stap terug iets anders.", **wie)
    plaats_opmerking(w.plek, "Zo.", **wie | {"door": w.vera})
    assert Opmerking.objects.count() == 3
    assert AuditEvent.objects.filter(handeling="opmerking geplaatst").count() == 3


def test_wie_antwoordt_of_het_zag_is_niet_meer_aan_de_beurt(w: Wereld) -> None:
    zeg(w.plek, w.anna, "Klopt dit?", w.chef, w.vera)
    zeg(w.bij_bezetting, w.anna, "En dit?", w.chef)
    assert _wachtend() == ["chef", "chef", "vera"]
    zeg(w.plek, w.chef, "Ja.")
    assert _wachtend() == ["chef", "vera"]
    assert meld_gezien(w.plek, door=w.vera) == 1
    assert meld_gezien(w.plek, door=w.vera) == 0
    assert _wachtend() == ["chef"]


def test_wie_het_niet_mag_lezen_wordt_niet_genoemd(w: Wereld) -> None:
    elders = maak_persoon("districtschef", naam="ander", onderdeel="B")
    with pytest.raises(InvoerFout) as fout:
        zeg(w.plek, w.anna, "Klopt dit?", w.chef, elders)
    assert fout.value.fouten[0].kolom == "aan"
    assert not Opmerking.objects.exists()


def test_een_recht_dat_intussen_weg_is_weigert_en_dat_blijft_in_het_spoor(w: Wereld) -> None:
    Rolvervulling.objects.filter(user=w.chef).update(geldig_tot=date(2025, 1, 1))
    w.chef.__dict__.pop("vervullingen", None)
    with pytest.raises(NietToegestaan):
        zeg(w.plek, w.chef)
    assert not Opmerking.objects.exists()
    assert AuditEvent.objects.get(handeling="geweigerd").object_naam == "opmerking plaatsen"
    with pytest.raises(NietToegestaan):
        zeg(w.plek, w.piet)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("formulieren", "blijft"), [(["f", "f"], 1), (["f", "g"], 2)])
def test_twee_tegelijk(formulieren: list[str], blijft: int) -> None:
    """The same form twice is one comment; two people, or two forms, are two."""
    w, start, uit = maak_wereld(), Barrier(2), []

    def plaats(formulier: str) -> None:
        start.wait()
        try:
            uit.append(
                plaats_opmerking(w.plek, "Zo.", door=w.anna, aan=[w.chef], formulier=formulier, herkomst="proef").pk
            )
        finally:
            connection.close()

    draden = [Thread(target=plaats, args=[formulier]) for formulier in formulieren]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert len(uit) == 2
    assert len(set(uit)) == blijft == get_opmerkingen(w.plek).count() == Vermelding.objects.count()
