"""An answer that is not released is nowhere to be found by who may not answer: page, API, file, list, search, trail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from monitor.invoer.werklijst.herinneren import stuur_herinneringen
from sturing.models import Vraag
from sturing.overleg.services import zet_op_agenda
from sturing.overleg.vragen.services import beantwoord, geef_vrij, trek_vraag_in
from tests.integration.sturing.overleg.opstelling import MENSEN, NU, door, maak_mensen, overleg, vraag, wie

pytestmark = pytest.mark.django_db
GEHEIM, VRAAG = "kwikstaart", "zwaluwnest"  # in no other word of the site
ANTWOORDERS = {"anna", "porte", "dirk", "dora"}


@pytest.fixture(autouse=True)
def _opstelling(db: None) -> None:
    maak_mensen()


def _als(naam: str) -> Client:
    client = Client()
    client.force_login(wie(naam))
    return client


def _plekken(gesteld: Vraag) -> Iterator[str]:
    """Every place where a question, its answer or its meeting could come up."""
    yield from ("/", "/overleg/", "/acties/", "/acties/?_export=csv", "/voor-mij/", "/indicatoren/een/", "/spoor/")
    yield from (f"/overleg/{pk}/" for pk in Vraag.objects.values_list("punten__overleg", flat=True) if pk)
    yield from (f"/vragen/{gesteld.pk}/", f"/zoeken/?q={GEHEIM[:6]}", f"/zoeken/?q={VRAAG[:6]}", "/spoor/?_export=csv")
    yield from ("/api/v1/vragen", "/api/v1/overleggen", "/api/v1/acties", "/themas/werk/", "/vaststellen/vandaag/")


def _vindt(naam: str, gesteld: Vraag, woord: str) -> set[str]:
    client, gevonden = _als(naam), set()
    for adres in _plekken(gesteld):
        antwoord = client.get(adres)
        if woord in antwoord.content.decode(errors="replace"):
            gevonden.add(adres)
    return gevonden


def test_een_intern_antwoord_is_alleen_te_vinden_voor_wie_mag_antwoorden() -> None:
    gesteld = vraag(tekst=VRAAG)
    beantwoord(gesteld, GEHEIM, gezien=0, **door("anna"))
    zet_op_agenda(gesteld, overleg(timezone.localdate() + timedelta(days=5)), **door("dirk"))
    for naam in MENSEN:
        gevonden = _vindt(naam, gesteld, GEHEIM)
        assert bool(gevonden) is (naam in ANTWOORDERS), (naam, gevonden)
        assert not any(adres.startswith("/api/") for adres in gevonden), naam
        assert bool(_vindt(naam, gesteld, VRAAG)) is (naam != "bea"), naam  # on the agenda: every reader of figures


def test_een_vraag_die_nergens_op_de_agenda_staat_is_van_weinigen() -> None:
    gesteld = vraag(tekst=VRAAG)
    for naam in MENSEN:
        assert bool(_vindt(naam, gesteld, VRAAG)) is (naam in {"rob", *ANTWOORDERS}), naam


def test_de_api_zegt_wie_aan_zet_is_zoals_het_scherm() -> None:
    gesteld = vraag(tekst=VRAAG)

    def _zegt(naam: str) -> list[str]:
        [rij] = _als(naam).get("/api/v1/vragen").json()["resultaten"]
        assert rij["stand"] in _als(naam).get(gesteld.adres).content.decode()
        return [rij["stand"], rij["aanZet"]]

    [stand, aan_zet] = _zegt("rob")
    assert aan_zet
    assert stand == f"wacht op antwoord van {aan_zet}"
    beantwoord(gesteld, GEHEIM, gezien=0, **door("anna"))
    assert _zegt("rob") == [stand, aan_zet]  # of an answer that is not released they know nothing
    assert _zegt("anna") == ["antwoord nog niet vrijgegeven: dat doet dirk of dora", "dirk of dora"]


def test_na_een_nieuwe_versie_lekt_die_niet_bij_het_vrijgegeven_antwoord() -> None:
    gesteld = vraag()
    beantwoord(gesteld, "Openbaar.", gezien=0, **door("anna"))
    geef_vrij(gesteld, gezien=1, **door("dirk"))
    beantwoord(gesteld, GEHEIM, gezien=1, **door("anna"))
    for naam in set(MENSEN) - ANTWOORDERS:
        assert _vindt(naam, gesteld, GEHEIM) == set(), naam
    [rij] = _als("rob").get("/api/v1/vragen").json()["resultaten"]
    assert (rij["antwoord"], rij["stand"], rij["aanZet"]) == ("Openbaar.", "beantwoord", "")
    assert _als("anna").get("/api/v1/vragen").json()["resultaten"][0]["antwoord"] == "Openbaar."


def test_geen_mail_noemt_wat_er_gevraagd_of_geantwoord_is() -> None:
    gesteld = vraag(tekst=VRAAG)
    beantwoord(gesteld, GEHEIM, gezien=0, **door("anna"))
    for persoon in map(wie, MENSEN):
        persoon.email = f"{persoon.username}@example.com"
        persoon.save(update_fields=["email"])
    stuur_herinneringen(NU)
    assert mail.outbox
    assert not any(woord in een.body for een in mail.outbox for woord in (VRAAG, GEHEIM))


@pytest.mark.parametrize("handeling", ["antwoord", "vrijgeven", "agenda", "intrekken", "gelezen", "onzin", ""])
def test_wie_de_vraag_niet_leest_doet_er_niets_mee(handeling: str) -> None:
    gesteld = vraag()
    velden: dict[str, Any] = {"handeling": handeling, f"{handeling}-tekst": "x", f"{handeling}-gezien": "0"}
    for naam in ("rosa", "vera", "chef-a", "poort", "ada", "bea"):
        assert _als(naam).post(f"/vragen/{gesteld.pk}/", velden).status_code == 404, naam
    assert not gesteld.antwoorden.exists()


def test_wie_alleen_leest_krijgt_geen_formulier_en_mag_niets() -> None:
    gesteld = vraag()
    zet_op_agenda(gesteld, overleg(timezone.localdate() + timedelta(days=5)), **door("dirk"))
    client, adres = _als("rosa"), f"/vragen/{gesteld.pk}/"
    assert 'name="handeling"' not in client.get(adres).content.decode()
    for handeling in ("antwoord", "vrijgeven", "agenda", "intrekken", "gelezen"):
        velden = {"handeling": handeling, f"{handeling}-tekst": "x", f"{handeling}-gezien": "0"}
        assert client.post(adres, velden).status_code in (400, 403), handeling
    assert not gesteld.antwoorden.exists()


def test_een_ingetrokken_vraag_verdwijnt_van_voor_mij() -> None:
    gesteld = vraag(tekst=VRAAG)
    assert VRAAG in _als("porte").get("/voor-mij/").content.decode()
    trek_vraag_in(gesteld, "Al gehoord.", **door("rob"))
    assert VRAAG not in _als("porte").get("/voor-mij/").content.decode()
