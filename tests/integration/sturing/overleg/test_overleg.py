"""Preparing a meeting and deciding: dates, who may, what hangs on what, and what an action asks until it is done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from common.models import AuditEvent
from common.tekst.periode import Kwartaal
from common.vaststellen.bewaking import NietToegestaan, Verouderd
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.toezicht.waarden import BEWAAKT, vind_afwijkingen
from sturing.lezen.acties import get_acties, get_open_acties
from sturing.lezen.overleggen import get_overleggen, lees_agenda, lees_volgend
from sturing.models import Actie, Actieversie, Agendapunt, Besluit, Overleg
from sturing.overleg.acties.services import maak_actie, meld_gereed, trek_actie_in, verzet
from sturing.overleg.services import neem_besluit, neem_punten_over, plan_overleg, trek_in, verplaats, voeg_punt_toe
from sturing.overleg.voordragen import Voordracht
from tests.integration.sturing.overleg.opstelling import (
    MENSEN,
    NU,
    VANDAAG,
    door,
    een_indicator,
    maak_mensen,
    overleg,
    wie,
)

pytestmark = pytest.mark.django_db
D = timedelta(days=1)


@pytest.fixture(autouse=True)
def _opstelling(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda waarde=None, *a: waarde.date() if waarde else VANDAAG)
    maak_mensen()


def fouten(doe: Any) -> dict[str, str]:
    with pytest.raises(InvoerFout) as fout:
        doe()
    return {een.kolom: een.reden for een in fout.value.fouten}


def punt(van: Overleg | None = None, titel: str = "Punt") -> Agendapunt:
    return voeg_punt_toe(van or overleg(VANDAAG), titel, **door("dirk"))


def actie(eigenaar: str = "anna", datum: date = VANDAAG + D) -> Actie:
    besluit = neem_besluit(punt(), "Dit doen we.", **door("dirk"))
    return maak_actie(besluit, "Zoek uit", wie(eigenaar), datum, **door("dirk"))


def nu(van: Actie) -> Actieversie:
    return get_acties().get(actie=van)


def test_alleen_de_programmadirecteur_bereidt_voor() -> None:
    komend = overleg()
    eerste = punt(overleg(VANDAAG, "Nu"))
    doen = (
        lambda n: plan_overleg("X", VANDAAG, **door(n)),
        lambda n: voeg_punt_toe(komend, "X", **door(n)),
        lambda n: neem_punten_over(komend, [], **door(n)),
        lambda n: verplaats(eerste, -1, **door(n)),
        lambda n: neem_besluit(eerste, "X", **door(n)),
        lambda n: trek_in(komend, "X", **door(n)),
    )
    for naam in set(MENSEN) - {"dirk", "dora"}:
        for doe in doen:
            with pytest.raises(NietToegestaan):
                doe(naam)
    assert Overleg.objects.count() == 2
    assert Agendapunt.objects.count() == 1


@pytest.mark.parametrize(
    ("titel", "datum", "plaats", "velden"),
    [
        ("", None, "", {"titel", "datum"}),
        ("x" * 201, date(1999, 1, 1), "x" * 201, {"titel", "datum", "plaats"}),
        ("x" * 10_000, VANDAAG, "", {"titel"}),
        ("\u200b", date(2200, 1, 1), "", {"titel", "datum"}),
    ],
)
def test_alle_fouten_van_een_overleg_tegelijk(titel: str, datum: date | None, plaats: str, velden: set[str]) -> None:
    assert set(fouten(lambda: plan_overleg(titel, datum, plaats=plaats, **door("dirk")))) == velden


def test_een_overleg_staat_er_een_keer_en_na_intrekken_mag_het_weer() -> None:
    eerste = overleg()
    assert "al een overleg" in fouten(overleg)["titel"]
    trek_in(eerste, "Verkeerde dag.", **door("dirk"))
    tweede = overleg()
    assert list(get_overleggen()) == [tweede]
    assert lees_volgend(VANDAAG) == tweede
    assert "ingetrokken: Verkeerde dag." in fouten(lambda: voeg_punt_toe(eerste, "X", **door("dirk")))[""]
    assert fouten(lambda: trek_in(eerste, "Nog eens.", **door("dirk")))


def test_wat_is_overgenomen_blijft_staan_en_staat_er_een_keer() -> None:
    komend, pk = overleg(), een_indicator().pk
    bron = Agendapunt.Bron.BESPREKEN
    q2, q3 = (Voordracht(bron, pk, Kwartaal(2025, k), "Een", f"Achter in Q{k}.") for k in (2, 3))
    assert neem_punten_over(komend, [q2], **door("dirk")) == 1
    anders = Voordracht(bron, pk, Kwartaal(2025, 2), "Een", "Nu toch op koers.")
    assert neem_punten_over(komend, [anders, q3], **door("dora")) == 1
    assert [p.stand for p in lees_agenda(komend, wie("rob"))] == ["Achter in Q2.", "Achter in Q3."]
    assert [p.stand for p in lees_agenda(komend, wie("bea"))] == ["", ""]
    assert (
        "staat al op de agenda"
        in fouten(lambda: voeg_punt_toe(komend, "X", over=een_indicator(), **door("dirk")))["over"]
    )


def test_de_volgorde_wijzigt_met_een_plaats_tegelijk() -> None:
    komend = overleg()
    a, b, c = (voeg_punt_toe(komend, titel, **door("dirk")) for titel in "abc")
    verplaats(c, -1, **door("dirk"))
    verplaats(a, -1, **door("dirk"))
    trek_in(a, "Weg.", **door("dirk"))
    assert [p.punt.titel for p in lees_agenda(komend, wie("rob"))] == ["c", "b"]
    verplaats(b, -1, **door("dirk"))
    assert [p.punt.titel for p in lees_agenda(komend, wie("rob"))] == ["b", "c"]
    verplaats(b, 1, **door("dirk"))
    verplaats(b, 1, **door("dirk"))
    assert [p.punt.titel for p in lees_agenda(komend, wie("rob"))] == ["c", "b"]


@pytest.mark.parametrize(("datum", "mag"), [(VANDAAG + D, False), (VANDAAG, True), (VANDAAG - 90 * D, True)])
def test_een_besluit_van_een_overleg_dat_nog_niet_is_geweest(datum: date, mag: bool) -> None:
    van = punt(overleg(datum))
    if mag:
        assert neem_besluit(van, "Akkoord.", **door("dirk")).tekst == "Akkoord."
    else:
        assert "nog niet geweest" in fouten(lambda: neem_besluit(van, "Akkoord.", **door("dirk")))["punt"]
        assert set(fouten(lambda: neem_besluit(van, "", **door("dirk")))) == {"punt", "tekst"}


def test_bij_geen_of_een_ingetrokken_punt_valt_niets_te_besluiten() -> None:
    van = punt()
    trek_in(van, "Weg.", **door("dirk"))
    assert "ingetrokken" in fouten(lambda: neem_besluit(van, "Akkoord.", **door("dirk")))["punt"]
    assert set(fouten(lambda: neem_besluit(None, "x" * 10_000, **door("dirk")))) == {"punt", "tekst"}
    assert not Besluit.objects.exists()


def test_wat_ergens_op_rust_gaat_niet_weg_zonder_dat_eerst() -> None:
    gemaakt = actie()
    besluit, van = gemaakt.besluit, gemaakt.besluit.punt
    assert "actie" in fouten(lambda: trek_in(besluit, "Weg.", **door("dirk")))["reden"]
    assert "besluit" in fouten(lambda: trek_in(van, "Weg.", **door("dirk")))["reden"]
    assert "besluit" in fouten(lambda: trek_in(van.overleg, "Weg.", **door("dirk")))["reden"]
    trek_actie_in(gemaakt, "Niet nodig.", gezien=1, **door("dirk"))
    for ding in (besluit, van, van.overleg):
        trek_in(ding, "Weg.", **door("dirk"))
    assert "ingetrokken" in fouten(lambda: maak_actie(besluit, "X", wie("anna"), VANDAAG, **door("dirk")))["besluit"]


def test_alle_fouten_van_een_actie_tegelijk() -> None:
    besluit = neem_besluit(punt(), "Dit doen we.", **door("dirk"))
    assert set(fouten(lambda: maak_actie(None, "", None, None, **door("dirk")))) == {
        "besluit",
        "wat",
        "eigenaar",
        "datum",
    }
    assert "voorbij" in fouten(lambda: maak_actie(besluit, "X", wie("anna"), VANDAAG - D, **door("dirk")))["datum"]
    assert "geen rol" in fouten(lambda: maak_actie(besluit, "X", wie("bea"), VANDAAG, **door("dirk")))["eigenaar"]
    User.objects.filter(username="anna").update(is_active=False)
    assert "staat uit" in fouten(lambda: maak_actie(besluit, "X", wie("anna"), VANDAAG, **door("dirk")))["eigenaar"]
    with pytest.raises(NietToegestaan):
        maak_actie(besluit, "X", wie("vera"), VANDAAG, **door("anna"))
    assert not Actie.objects.exists()


def test_een_actie_komt_terug_tot_zij_gereed_is() -> None:
    gemaakt = actie()
    assert [v.actie for v in get_open_acties()] == [gemaakt]
    assert nu(gemaakt).is_te_laat(VANDAAG + 2 * D)
    assert set(fouten(lambda: meld_gereed(gemaakt, "", gezien=1, **door("anna")))) == {"reden"}
    meld_gereed(gemaakt, "Gedaan.", gezien=1, **door("anna"))
    assert not get_open_acties().exists()
    assert not nu(gemaakt).is_te_laat(VANDAAG + 2 * D)
    assert "al gereed" in fouten(lambda: meld_gereed(gemaakt, "Weer.", gezien=2, **door("anna")))[""]


def test_verzetten_is_een_nieuwe_versie_met_een_reden_en_de_oude_blijft() -> None:
    gemaakt = actie()
    assert set(fouten(lambda: verzet(gemaakt, None, "", gezien=1, **door("anna")))) == {"datum", "reden"}
    assert "al zo" in fouten(lambda: verzet(gemaakt, VANDAAG + D, "Zo.", gezien=1, **door("anna")))["datum"]
    assert "voorbij" in fouten(lambda: verzet(gemaakt, VANDAAG - D, "Zo.", gezien=1, **door("anna")))["datum"]
    verzet(gemaakt, VANDAAG + 9 * D, "Meer tijd.", gezien=1, **door("anna", NU + D))
    with pytest.raises(Verouderd):
        verzet(gemaakt, VANDAAG + 5 * D, "Minder tijd.", gezien=1, **door("dirk"))
    with pytest.raises(NietToegestaan):
        verzet(gemaakt, VANDAAG + 9 * D, "Voor vera.", eigenaar=wie("vera"), gezien=2, **door("anna"))
    verzet(gemaakt, VANDAAG + 9 * D, "Voor vera.", eigenaar=wie("vera"), gezien=2, **door("dirk", NU + 2 * D))
    with pytest.raises(NietToegestaan):
        meld_gereed(gemaakt, "Klaar.", gezien=3, **door("anna"))
    toen = [get_acties(NU + d * D).get(actie=gemaakt) for d in (0, 1, 2)]
    assert [(v.nummer, v.eigenaar.username) for v in toen] == [(1, "anna"), (2, "anna"), (3, "vera")]
    with pytest.raises(NietToegestaan):
        trek_actie_in(gemaakt, "Weg.", gezien=3, **door("vera"))


def test_de_agenda_zoals_bekend_op_een_dag() -> None:
    komend = plan_overleg("RVO", date(2025, 12, 11), **door("dirk", NU))
    eerste = voeg_punt_toe(komend, "Eerste", **door("dirk", NU + D))
    trek_in(eerste, "Weg.", **door("dirk", NU + 3 * D))
    assert list(get_overleggen(NU - D)) == []
    assert list(get_overleggen(NU)) == [komend]
    aantallen = [len(lees_agenda(komend, wie("rob"), NU + d * D)) for d in range(5)]
    assert aantallen == [0, 1, 1, 0, 0]
    assert lees_volgend(VANDAAG, NU - D) is None


@pytest.mark.parametrize("wat", ["datum", "punt", "besluit", "weer terug", "weg", "versie"])
def test_de_database_weigert_wat_nooit_mag(wat: str) -> None:
    gemaakt = actie()
    weg = punt(overleg(titel="Ander"))
    trek_in(weg, "Weg.", **door("dirk"))
    doen = {
        "datum": lambda: Overleg.objects.update(datum=VANDAAG + 30 * D),
        "punt": lambda: Agendapunt.objects.update(titel="Iets anders"),
        "besluit": lambda: Besluit.objects.update(tekst="Nooit besloten"),
        "weer terug": lambda: Agendapunt.objects.filter(pk=weg.pk).update(
            ingetrokken_op=None, ingetrokken_door=None, intrekreden=""
        ),
        "weg": lambda: Besluit.objects.filter(pk=gemaakt.besluit_id)._raw_delete("default"),
        "versie": lambda: Actieversie.objects.update(datum=VANDAAG),
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        doen[wat]()


def test_alles_volgt_uit_het_spoor() -> None:
    gemaakt = actie()
    verzet(gemaakt, VANDAAG + 9 * D, "Meer tijd.", gezien=1, **door("anna"))
    verplaats(punt(gemaakt.besluit.punt.overleg, "Tweede"), -1, **door("dirk"))
    trek_actie_in(gemaakt, "Niet nodig.", gezien=2, **door("dirk"))
    trek_in(gemaakt.besluit, "Weg.", **door("dirk"))
    connection.check_constraints()  # the end of a transaction
    assert [een for een in vind_afwijkingen() if een.soort._meta.app_label == "sturing"] == []
    assert {Overleg, Agendapunt, Besluit, Actie, Actieversie} <= set(BEWAAKT)
    assert AuditEvent.objects.filter(handeling="actie verzet", reden="Meer tijd.").count() == 1
