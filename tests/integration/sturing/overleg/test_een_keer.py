"""The same from a second tab is refused, with the way to the first; a form that is sent twice says nothing new."""

from __future__ import annotations

import pytest

from strategie.models import Thema
from sturing.models import Actie, Agendapunt, Besluit, Vraag
from sturing.overleg.vragen.services import trek_vraag_in
from tests.integration.sturing.overleg.opstelling import maak_mensen, overleg, wie
from tests.integration.sturing.overleg.test_views import als, nu, stuur, tekst, vandaag

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _opstelling(db: None) -> None:
    maak_mensen()


def test_een_tweede_keer_zegt_waar_de_eerste_staat_en_houdt_de_tekst() -> None:
    adres, nog_eens = "/vragen/nieuw/?bij=indicator:een", "waarom  ligt dit achter"
    eerste = {"onderdeel": "RE07", "kwartaal": "2025-Q3", "tekst": "Waarom ligt dit achter?", "formulier": "a"}
    assert als("rob").post(adres, eerste).status_code == als("rob").post(adres, eerste).status_code == 302
    gesteld = Vraag.objects.get()
    weer = als("rob").post(adres, eerste | {"tekst": nog_eens, "formulier": "b"})
    assert weer.status_code == 400
    assert nog_eens in tekst(weer)
    assert tekst(weer).count(f'<a href="{gesteld.adres}">Bekijk wat er al staat</a>') == 2  # above and at the field
    for anders in ({"kwartaal": "2025-Q2"}, {"onderdeel": "A"}):
        assert als("rob").post(adres, eerste | anders | {"formulier": "c"}).status_code == 302
    assert als("rosa").post(adres, eerste).status_code == 302
    trek_vraag_in(gesteld, "Anders bedoeld.", **nu("rob"))
    assert als("rob").post(adres, eerste | {"formulier": "d"}).status_code == 302
    advies = {"onderdeel": "RE07", "kwartaal": "2025-Q3", "tekst": "Doe meer.", "formulier": "e"}
    assert als("ada").post("/vragen/nieuw/?bij=indicator:breed", advies).status_code == 302
    mis = als("ada").post("/vragen/nieuw/?bij=indicator:breed", advies | {"formulier": "f"})
    assert "U gaf dit advies al" in tekst(mis)


def test_een_punt_besluit_of_actie_staat_er_een_keer() -> None:
    van = overleg(vandaag())
    for code in (302, 400):
        assert stuur("dirk", van.adres, "punt", titel="Opening", toelichting="", over="").status_code == code
    punt = Agendapunt.objects.get()
    thema = f"thema:{Thema.objects.get(slug='werk').pk}"
    assert stuur("dirk", van.adres, "punt", titel="Opening", toelichting="", over=thema).status_code == 302
    for code in (302, 400):
        besluit = {"punt": punt.pk, "tekst": "Akkoord", "wat": "", "eigenaar": "", "datum": ""}
        assert stuur("dirk", van.adres, "besluit", **besluit).status_code == code
    opdracht = {"besluit": Besluit.objects.get().pk, "wat": "Doe dit", "datum": vandaag()}
    for naam, code in (("anna", 302), ("anna", 400), ("porte", 302)):
        mis = stuur("dirk", van.adres, "actie", **opdracht, eigenaar=wie(naam).pk)
        assert mis.status_code == code
    assert {een.besluit.tekst for een in Actie.objects.all()} == {"Akkoord"}
    assert Actie.objects.count() == 2
