"""Asking, answering, releasing, withdrawing: who may, who reads it, and that nothing of it is ever overwritten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import Rolvervulling
from common.models import AuditEvent
from common.vaststellen.bewaking import NietToegestaan, Verouderd
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.toezicht.waarden import BEWAAKT, vind_afwijkingen
from strategie.models import Ambitie, Hoofdlijn, Thema
from sturing.lezen.vragen import Leesbeeld, lees_vragen
from sturing.models import Activiteitversie, Antwoord, Planactiviteit, Vraag
from sturing.overleg.services import trek_in, zet_op_agenda
from sturing.overleg.vragen.selectors import Onderwerp
from sturing.overleg.vragen.services import (
    beantwoord,
    geef_vrij,
    mag_stellen,
    meld_gelezen,
    stel_vraag,
    trek_vraag_in,
)
from tests.factories import maak_persoon
from tests.integration.sturing.overleg.opstelling import (
    MENSEN,
    NU,
    VANDAAG,
    door,
    maak_mensen,
    over,
    overleg,
    vraag,
    wie,
)

pytestmark = pytest.mark.django_db
D = timedelta(days=1)
VOORBEREIDERS = {"dirk", "dora"}


@pytest.fixture(autouse=True)
def _opstelling(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda waarde=None, *a: waarde.date() if waarde else VANDAAG)
    maak_mensen()


def fouten(doe: Any) -> dict[str, str]:
    with pytest.raises(InvoerFout) as fout:
        doe()
    return {een.kolom: een.reden for een in fout.value.fouten}


def beeld(naam: str, van: Vraag, **anders: Any) -> Leesbeeld | None:
    return next(iter(lees_vragen(wie(naam), pk=van.pk, **anders)), None)


def lezers(van: Vraag) -> set[str]:
    return {naam for naam in MENSEN if beeld(naam, van)}


def ziet_antwoord(van: Vraag, tekst: str) -> set[str]:
    return {n for n in MENSEN if (b := beeld(n, van)) and any(a.tekst == tekst for a in b.antwoorden)}


def test_wie_een_vraag_leest_voor_op_en_na_de_agenda_en_het_antwoord() -> None:
    gesteld = vraag()
    eerst = {"rob", "anna", "porte", *VOORBEREIDERS}  # who asked and who may answer: of the theme, not of another
    assert lezers(gesteld) == eerst
    punt = zet_op_agenda(gesteld, overleg(), **door("dirk"))
    iedereen = set(MENSEN) - {"bea"}
    assert lezers(gesteld) == iedereen
    trek_in(punt, "Toch niet.", **door("dirk"))
    assert lezers(gesteld) == eerst
    antwoord = beantwoord(gesteld, "Daarom.", gezien=0, **door("anna"))
    assert lezers(gesteld) == eerst
    assert ziet_antwoord(gesteld, "Daarom.") == eerst - {"rob"}
    geef_vrij(gesteld, gezien=antwoord.nummer, **door("dirk"))
    assert lezers(gesteld) == ziet_antwoord(gesteld, "Daarom.") == iedereen


def test_een_chef_leest_en_beantwoordt_wat_over_het_eigen_district_gaat() -> None:
    gesteld = vraag(onderdeel="A")
    assert {"chef-a"} <= lezers(gesteld)
    assert "chef-b" not in lezers(gesteld)
    beantwoord(gesteld, "In A is het anders.", gezien=0, **door("chef-a"))
    for naam in ("chef-b", "poort", "vera", "rob", "ada", "bea"):
        with pytest.raises(NietToegestaan):
            beantwoord(gesteld, "Ik ook.", gezien=1, **door(naam))


def test_de_eigenaar_van_een_activiteit_beantwoordt_wat_erover_gevraagd_is() -> None:
    lijn = Hoofdlijn.objects.create(thema=Thema.objects.get(slug="werk"), nummer=1, titel="L", tekst="t", bronregel="1")
    plan = Planactiviteit.objects.create(jaar=2025, hoofdlijn=lijn, nummer=1)
    Activiteitversie.objects.create(
        plan=plan, nummer=1, titel="Werven in de wijk", eigenaar=wie("vera"), begin=VANDAAG, eind=VANDAAG,
        door=wie("dirk"), op=NU - D,
    )  # fmt: skip
    gesteld = stel_vraag(Onderwerp(plan=plan), "Loopt dit?", formulier="x", **door("rob"))
    gelezen = beeld("vera", gesteld)
    assert gelezen
    assert gelezen.beantwoordt
    assert gelezen.waarover == "Werven in de wijk"
    beantwoord(gesteld, "Ja.", gezien=0, **door("vera"))
    with pytest.raises(NietToegestaan):
        beantwoord(gesteld, "Nee.", gezien=1, **door("chef-a"))


def test_er_staat_wie_antwoordt_en_wie_vrijgeeft_voor_wie_dat_mag_weten() -> None:
    gesteld = vraag()

    def _standen() -> dict[str, str]:
        return {naam: een.stand for naam in MENSEN if (een := beeld(naam, gesteld))}

    voor = dict.fromkeys(("rob", "anna", "dirk", "dora"), "wacht op antwoord van porte")
    assert _standen() == voor | {"porte": "wacht op antwoord van u"}
    beantwoord(gesteld, "Daarom.", gezien=0, **door("dora"))
    intern = "antwoord nog niet vrijgegeven: dat doet "
    assert _standen() == {
        "rob": "wacht op antwoord van porte",  # that there is one is not theirs to know
        **dict.fromkeys(("anna", "dora", "porte"), intern + "dirk"),
        "dirk": intern + "u",
    }
    geef_vrij(gesteld, gezien=1, **door("dirk"))
    assert set(_standen().values()) == {"beantwoord"}
    beantwoord(gesteld, "Nee, hierom.", gezien=1, **door("dora"))
    assert _standen()["rob"] == "beantwoord"
    assert _standen()["anna"] == "beantwoord, nieuwe versie nog niet vrijgegeven: dat doet dirk"
    toen = beeld("rob", gesteld, moment=NU)
    assert toen is None or "van" not in toen.stand


def test_zonder_wie_er_eerst_over_gaat_staan_de_namen_of_het_aantal() -> None:
    breed = vraag(code="breed")
    assert (een := beeld("rob", breed))
    assert een.stand == "wacht op antwoord van anna"
    for nummer in range(5):
        maak_persoon("analist", naam=f"nog-{nummer}")
    assert (een := beeld("rob", breed))
    assert een.stand == "wacht op antwoord van anna, nog-0, nog-1 of 3 anderen"


def test_de_adviescommissie_adviseert_over_een_thema_en_verder_nergens_over() -> None:
    assert {naam for naam in MENSEN if mag_stellen(wie(naam), over("een"))} == {"rob", "rosa"}
    assert {naam for naam in MENSEN if mag_stellen(wie(naam), over("breed"))} == {"rob", "rosa", "ada"}
    ambitie = Ambitie.objects.create(
        thema=Thema.objects.get(slug="politie-voor-iedereen"), nummer=7, tekst="A", bronregel="1"
    )
    advies = stel_vraag(Onderwerp(ambitie=ambitie), "Betrek de wijk.", formulier="x", **door("ada"))
    assert advies.soort == Vraag.Soort.ADVIES
    assert str(advies).startswith("advies over")
    with pytest.raises(NietToegestaan):
        stel_vraag(over("een"), "Betrek de wijk.", formulier="y", **door("ada"))
    assert AuditEvent.objects.filter(handeling="geweigerd", object_naam="vraag stellen").count() == 1


def test_een_formulier_dat_twee_keer_komt_vraagt_het_een_keer() -> None:
    assert vraag() == vraag()
    assert Vraag.objects.count() == 1


@pytest.mark.parametrize(
    ("tekst", "zin"), [("", "Schrijf eerst"), ("\u200b ", "Schrijf eerst"), ("x" * 10_000, "8000")]
)
def test_een_tekst_die_niet_kan(tekst: str, zin: str) -> None:
    gesteld = vraag()
    assert zin in fouten(lambda: stel_vraag(over(), tekst, formulier="x", **door("rob")))["tekst"]
    assert zin in fouten(lambda: beantwoord(gesteld, tekst, gezien=0, **door("anna")))["tekst"]


def test_voor_een_overleg_dat_is_geweest_of_ingetrokken_vraagt_niemand_meer() -> None:
    geweest = overleg(VANDAAG - D, "Oud")
    assert "al geweest" in fouten(lambda: vraag(tekst="Nog?", overleg=geweest))["overleg"]
    weg = overleg(VANDAAG + D, "Weg")
    trek_in(weg, "Vervalt.", **door("dirk"))
    weg.refresh_from_db()
    assert "ingetrokken" in fouten(lambda: vraag(tekst="Nog?", overleg=weg))["overleg"]


def test_vrijgeven_doet_een_ander_dan_de_schrijver_en_alleen_van_wat_gelezen_is() -> None:
    gesteld = vraag()
    eigen = beantwoord(gesteld, "Van mij.", gezien=0, **door("dirk"))
    with pytest.raises(NietToegestaan, match="schreef dit antwoord zelf"):
        geef_vrij(gesteld, gezien=eigen.nummer, **door("dirk"))
    for naam in ("anna", "porte", "rob", "vera"):
        with pytest.raises(NietToegestaan):
            geef_vrij(gesteld, gezien=eigen.nummer, **door(naam))
    nieuwe = beantwoord(gesteld, "Beter.", gezien=1, **door("anna"))
    with pytest.raises(Verouderd, match="nieuwe versie"):
        geef_vrij(gesteld, gezien=eigen.nummer, **door("dora"))
    geef_vrij(gesteld, gezien=nieuwe.nummer, **door("dora"))
    with pytest.raises(Verouderd, match="al vrij"):
        geef_vrij(gesteld, gezien=nieuwe.nummer, **door("dirk"))
    assert ziet_antwoord(gesteld, "Van mij.") == {"anna", "porte", *VOORBEREIDERS}


def test_na_vrijgave_is_een_ander_antwoord_een_nieuwe_versie_die_intern_begint() -> None:
    gesteld = vraag()
    beantwoord(gesteld, "Eerste.", gezien=0, **door("anna"))
    geef_vrij(gesteld, gezien=1, **door("dirk"))
    beantwoord(gesteld, "Tweede.", gezien=1, **door("porte"))
    assert "rob" in ziet_antwoord(gesteld, "Eerste.")
    assert "rob" not in ziet_antwoord(gesteld, "Tweede.")
    geef_vrij(gesteld, gezien=2, **door("dora"))
    gelezen = beeld("rosa", gesteld)
    assert gelezen
    assert [een.tekst for een in gelezen.antwoorden] == ["Tweede.", "Eerste."]
    assert "staat er al" in fouten(lambda: beantwoord(gesteld, "Tweede.", gezien=2, **door("anna")))["tekst"]


def test_een_antwoord_op_een_ingetrokken_vraag_zegt_waarom_niet() -> None:
    gesteld = vraag()
    with pytest.raises(NietToegestaan):
        trek_vraag_in(gesteld, "Niet van mij.", **door("rosa"))
    assert "waarom" in fouten(lambda: trek_vraag_in(gesteld, " ", **door("rob")))["reden"]
    trek_vraag_in(gesteld, "Al gehoord.", **door("rob"))
    zin = fouten(lambda: beantwoord(gesteld, "Te laat.", gezien=0, **door("anna")))["tekst"]
    assert "ingetrokken: Al gehoord. Een antwoord is niet meer nodig" in zin
    assert "ingetrokken" in fouten(lambda: trek_vraag_in(gesteld, "Nog eens.", **door("rob")))["tekst"]
    assert not Antwoord.objects.exists()
    assert beeld("anna", gesteld)
    assert not beeld("rosa", gesteld)
    assert "ingetrokken" in fouten(lambda: zet_op_agenda(gesteld, overleg(), **door("dirk")))["overleg"]


def test_een_vraag_met_een_vrijgegeven_antwoord_blijft_staan() -> None:
    gesteld = vraag()
    beantwoord(gesteld, "Daarom.", gezien=0, **door("anna"))
    geef_vrij(gesteld, gezien=1, **door("dirk"))
    assert "blijft staan" in fouten(lambda: trek_vraag_in(gesteld, "Weg.", **door("rob")))["reden"]
    meld_gelezen(gesteld, **door("rob"))
    assert Antwoord.objects.get().gezien_op == NU
    with pytest.raises(NietToegestaan):
        meld_gelezen(gesteld, **door("rosa"))


def test_wie_het_recht_verloor_antwoordt_niet_meer() -> None:
    gesteld = vraag()
    Rolvervulling.objects.filter(user__username="anna").update(geldig_tot=VANDAAG)
    with pytest.raises(NietToegestaan):
        beantwoord(gesteld, "Nog even.", gezien=0, **door("anna"))


def test_zoals_bekend_op_een_dag() -> None:
    gesteld = stel_vraag(over(), "Waarom?", formulier="x", **door("rob", NU))
    beantwoord(gesteld, "Daarom.", gezien=0, **door("anna", NU + D))
    geef_vrij(gesteld, gezien=1, **door("dirk", NU + 2 * D))
    for dag, rosa, anna in ((-1, None, None), (0, None, 0), (1, None, 1), (2, 1, 1)):
        toen = NU + dag * D
        gelezen = [beeld(naam, gesteld, moment=toen) for naam in ("rosa", "anna")]
        assert [g and len(g.antwoorden) for g in gelezen] == [rosa, anna], dag
    stand = beeld("anna", gesteld, moment=NU + D)
    assert stand
    assert stand.stand == "antwoord nog niet vrijgegeven"


@pytest.mark.parametrize("wat", ["tekst", "vrijgegeven", "weg", "vraag weg", "zelf vrij"])
def test_de_database_weigert_wat_nooit_mag(wat: str) -> None:
    gesteld = vraag()
    antwoord = beantwoord(gesteld, "Daarom.", gezien=0, **door("anna"))
    geef_vrij(gesteld, gezien=1, **door("dirk"))
    ander = beantwoord(gesteld, "Anders.", gezien=1, **door("anna"))
    doen = {
        "tekst": lambda: Antwoord.objects.filter(pk=antwoord.pk).update(tekst="Nooit gezegd."),
        "vrijgegeven": lambda: Antwoord.objects.filter(pk=antwoord.pk).update(
            vrijgegeven_op=None, vrijgegeven_door=None
        ),
        "weg": lambda: Antwoord.objects.filter(pk=antwoord.pk).delete(),
        "vraag weg": lambda: Vraag.objects.filter(pk=gesteld.pk)._raw_delete("default"),
        "zelf vrij": lambda: Antwoord.objects.filter(pk=ander.pk).update(
            vrijgegeven_op=NU, vrijgegeven_door=wie("anna")
        ),
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        doen[wat]()


def test_alles_volgt_uit_het_spoor_en_geen_naam_noemt_wat_er_staat() -> None:
    gesteld = vraag(tekst="GEHEIM")
    beantwoord(gesteld, "GEHEIM", gezien=0, **door("anna"))
    geef_vrij(gesteld, gezien=1, **door("dirk"))
    meld_gelezen(gesteld, **door("rob"))
    trek_vraag_in(vraag(tekst="Nog een."), "Weg.", **door("rob"))
    connection.check_constraints()  # the end of a transaction
    assert [een for een in vind_afwijkingen() if een.soort._meta.app_label == "sturing"] == []
    assert {Vraag, Antwoord} <= set(BEWAAKT)
    assert not AuditEvent.objects.filter(object_naam__contains="GEHEIM").exists()
