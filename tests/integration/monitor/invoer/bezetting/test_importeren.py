"""Bezetting by file: the same page, recognised by its header, all or nothing, and only of the own district."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from common.models import AuditEvent
from common.vaststellen.bewaking import Verouderd
from formatie.models import Bezetting
from monitor.invoer.bezetting.validatie import BEZETTINGKOLOMMEN
from monitor.invoer.importeren.services import dien_in_als_getoond, ontvang, verwerk
from monitor.invoer.importeren.soorten import VAN_METINGEN
from monitor.invoer.importeren.voorstel import open_bestand
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.models import Import
from tests.factories import BezettingFactory, maak_persoon
from tests.integration.monitor.invoer.bezetting.opstelling import maak_wereld
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
KOP = ";".join(BEZETTINGKOLOMMEN)
A1 = "A1;basisteam;2025;1;85,5;10;12;17,5;1;;definitief;;"
A2 = "A2;basisteam;2025;1;90;8;;;;4,5;voorlopig;2025-04-02;"
B1 = "B1;basisteam;2025;1;90;8;;;;;definitief;;"


@pytest.fixture(autouse=True)
def _wereld(db: None) -> None:
    maak_wereld()


@pytest.fixture
def chef() -> User:
    return maak_persoon("districtschef", onderdeel="A")


def _lever(persoon: User, *regels: str) -> Import:
    bestand = ontvang("bezetting.csv", "\n".join((KOP, *regels)).encode(), door=persoon)
    assert verwerk(bestand.pk)
    bestand.refresh_from_db()
    return bestand


def test_een_bestand_wordt_herkend_aan_de_kop_en_in_een_keer_ingediend(chef: User) -> None:
    BezettingFactory(onderdeel__code="A2", os=Decimal(91), nos=Decimal(8))
    bestand = _lever(chef, A1, A2)
    assert (bestand.staat, bestand.nieuw, bestand.gewijzigd) == ("voorstel", 1, 1)
    assert ["os", "91", "90"] in bestand.regels.get(rij=3).verschillen
    assert not Bezetting.objects.filter(staat="ingediend").exists()
    with pytest.raises(InvoerFout, match="Schrijf waarom"):  # as the grid asks it
        dien_in_als_getoond(bestand.pk, door=chef)
    dien_in_als_getoond(bestand.pk, door=chef, reden="Een telfout in de opgave.")
    assert Bezetting.objects.filter(staat="ingediend").count() == 2
    assert set(Bezetting.objects.filter(staat="ingediend").values_list("onderdeel__code", "vervangreden")) == {
        ("A1", ""),
        ("A2", "Een telfout in de opgave."),
    }
    assert dien_in_als_getoond(bestand.pk, door=chef) is None


def test_elke_fout_van_elke_rij_en_er_wordt_niets_ingediend(chef: User) -> None:
    bestand = _lever(chef, A1, "A2;basisteam;2025;9;x;8;;;;;zeker;;")
    assert (bestand.staat, bestand.geweigerd) == ("fouten", 1)
    assert {fout[1] for fout in bestand.fouten} == {"kwartaal", "os", "status"}
    assert dien_in_als_getoond(bestand.pk, door=chef) is None
    assert not Bezetting.objects.exists()


def test_een_ander_district_wordt_geweigerd_zonder_te_tonen_wat_er_is(chef: User) -> None:
    BezettingFactory(onderdeel__code="B1", os=Decimal("73.25"))
    bestand = _lever(chef, A1, B1)
    assert bestand.fouten == [[3, "", "Deze rij hoort niet bij uw district."]]
    assert "73,25" not in str(list(bestand.regels.values_list("verschillen", "fouten")))
    assert AuditEvent.objects.filter(handeling="geweigerd", reden__contains="1 rij van buiten").count() == 1


def test_een_twijfel_vraagt_een_toelichting(chef: User) -> None:
    bestand = _lever(chef, A1.replace("85,5", "170"))
    assert (bestand.staat, bestand.twijfel) == ("voorstel", 1)
    with pytest.raises(InvoerFout):
        dien_in_als_getoond(bestand.pk, door=chef)
    dien_in_als_getoond(bestand.pk, door=chef, toelichting="Tijdelijk twee teams samen.")
    assert Bezetting.objects.get().toelichting == "Tijdelijk twee teams samen."


def test_wat_intussen_veranderde_wordt_eerst_opnieuw_getoond(chef: User) -> None:
    bestand = _lever(chef, A1)
    BezettingFactory(onderdeel__code="A1")
    with pytest.raises(Verouderd):
        dien_in_als_getoond(bestand.pk, door=chef)
    assert Bezetting.objects.count() == 1


def test_de_paginas_tonen_sjabloon_en_voorstel(chef: User) -> None:
    client = Client()
    client.force_login(chef)
    assert client.get("/invoer/importeren/bezetting.csv").content.decode("utf-8-sig").strip() == KOP
    assert client.get("/invoer/importeren/bezetting.exe").status_code == 404
    importeren = Pagina.van(client.get("/invoer/importeren/"))
    assert importeren.link("bezetting als csv") == "/invoer/importeren/bezetting.csv"
    pagina = Pagina.van(client.get(f"/invoer/importeren/{_lever(chef, A1).pk}/"))
    assert pagina.meldt("Klaar om in te dienen: 1 nieuw")
    [rij] = pagina.tabel().rijen
    for tekst in ("basisteam", "A1", "85,5", "Nieuw"):
        assert rij.heeft(tekst)


def test_het_commando_voor_metingen_wijst_de_weg(tmp_path: Path) -> None:
    pad = tmp_path / "bezetting.csv"
    pad.write_text(f"{KOP}\n{A1}\n")
    with pytest.raises(InvoerFout, match="met importeer_bezetting"):
        open_bestand(pad, VAN_METINGEN, door=maak_persoon("analist"))
