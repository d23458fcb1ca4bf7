"""The pages on which people comment: from the cell, the sheet, the inbox and the import; bad input loses nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Rolvervulling, User
from monitor.invoer.opmerkingen.selectors import get_opmerkingen
from monitor.invoer.vaststellen.services import stuur_terug
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Opmerking, Vermelding
from tests.factories import MetingFactory, maak_persoon
from tests.integration.monitor.invoer.opmerkingen.opstelling import Wereld, maak_wereld, zeg
from tests.pagina import Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
WAARDE = "/opmerkingen/2025-Q1/proef/A1/"
BEZETTING = "/opmerkingen/2025-Q1/bezetting/A1/basisteam/"


@pytest.fixture
def w() -> Wereld:
    return maak_wereld()


def als(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _stuur(user: User, tekst: str, *aan: User, adres: str = WAARDE, **velden: str) -> object:
    gegevens = {"tekst": tekst, "aan": [een.pk for een in aan], "formulier": "f", "besluit": "plaatsen", **velden}
    return als(user).post(adres, gegevens)


def test_de_chef_vraagt_en_de_analist_vindt_het_en_antwoordt(w: Wereld) -> None:
    pagina = Pagina.van(als(w.chef).get(WAARDE))
    assert pagina.heeft("Ingediend: 9 onderzoeken")
    assert pagina.heeft("anna (voerde het in)")
    antwoord = _stuur(w.chef, "Klopt dit?\r\nIk zie er meer.", w.anna)
    assert antwoord["Location"] == WAARDE  # where the confirmation is in view
    nieuw = Opmerking.objects.get()
    assert nieuw.tekst == "Klopt dit?\nIk zie er meer."
    lijst = Pagina.van(als(w.anna).get("/voor-mij/"))
    assert lijst.heeft("Opmerkingen waarin u bent genoemd (1)")
    assert lijst.heeft("Proefcijfer, A1 Onderdeel A1, Q1 2025")
    assert lijst.heeft("“Klopt dit? Ik zie er meer.”")
    assert Pagina.van(als(w.anna).get(WAARDE)).heeft("chef noemde u hier.")
    _stuur(w.anna, "Ja, het klopt.")
    assert not Pagina.van(als(w.anna).get("/voor-mij/")).heeft("bent genoemd")
    gesprek = Pagina.van(als(w.chef).get(WAARDE))
    assert gesprek.heeft("Gemeld aan anna (gezien)")


def test_gezien_haalt_het_van_de_lijst_en_laat_het_staan(w: Wereld) -> None:
    zeg(w.plek, w.anna, "Let u hierop?", w.piet)
    client = als(w.piet)
    pagina = Pagina.van(client.get(WAARDE))
    assert pagina.heeft("U leest mee.")
    assert client.post(WAARDE, {"besluit": "gezien"}).status_code == 302
    assert Vermelding.objects.filter(gezien_op=None).count() == 0
    assert Pagina.van(client.get(WAARDE)).heeft("Let u hierop?")


@pytest.mark.parametrize("tekst", ["", "   \n ", "\u200b\u200b"])
def test_zonder_tekst(w: Wereld, tekst: str) -> None:
    antwoord = _stuur(w.anna, tekst, w.chef)
    assert antwoord.status_code == 400
    pagina = Pagina.van(antwoord)
    assert pagina.heeft("Uw opmerking: Schrijf eerst uw opmerking.")
    assert f'id="aan-{w.chef.pk}" value="{w.chef.pk}" checked' in antwoord.content.decode()
    assert not Opmerking.objects.exists()


def test_een_teken_te_veel_verliest_niets_en_er_wordt_niets_afgekapt(w: Wereld) -> None:
    tekst = "é" * 1999 + "\r\n" + "z"
    antwoord = _stuur(w.anna, tekst)
    pagina = Pagina.van(antwoord)
    assert antwoord.status_code == 400
    assert pagina.heeft("De opmerking is 2001 tekens lang; er passen er 2000. Laat er 1 weg.")
    assert "é" * 1999 in antwoord.content.decode()
    assert "maxlength" not in antwoord.content.decode().split("<textarea")[1].split(">")[0]
    assert _stuur(w.anna, tekst[1:]).status_code == 302
    assert len(Opmerking.objects.get().tekst) == 2000


def test_opmaak_en_links_zijn_tekst(w: Wereld) -> None:
    zeg(
        w.plek,
        w.anna,
        "<script>alert(1)</script> <a href='https://kwaad.example'>klik</a> https://elders.example \u202e",
    )
    for client, adres in (
        (als(w.chef), WAARDE),
        (als(w.vera), "/vaststellen/"),
        (als(w.anna), f"/metingen/{w.meting.pk}/geschiedenis/"),
    ):
        html = client.get(adres).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert "href='https://kwaad" not in html
        assert 'href="https://elders' not in html
        assert "[U+202E]" in html


def test_wie_niet_mag_lezen_staat_niet_in_de_lijst_en_wordt_geweigerd_bij_het_veld(w: Wereld) -> None:
    elders = maak_persoon("districtschef", naam="ander", onderdeel="B")
    assert not Pagina.van(als(w.anna).get(WAARDE)).heeft("ander (districtschef)")
    antwoord = _stuur(w.anna, "Klopt dit?", w.chef, elders)
    pagina = Pagina.van(antwoord)
    assert antwoord.status_code == 400
    assert pagina.heeft("Meld dit aan: Iemand die u aanvinkte mag dit niet (meer) lezen")
    assert "Klopt dit?" in antwoord.content.decode()
    assert "ander" not in pagina.deel("Meld dit aan").tekst.replace("Anderen", "").replace("anderen", "")
    assert not Opmerking.objects.exists()


@pytest.mark.parametrize(
    "adres",
    [
        "/opmerkingen/2025-Q1/bestaat-niet/A1/",
        "/opmerkingen/2025-Q1/proef/ZZ/",
        "/opmerkingen/2025-Q1/proef/A/",  # measured per team
        "/opmerkingen/2025-Q1/bezetting/A1/flexteam/",  # of a district
        "/opmerkingen/2025-Q1/bezetting/A/grens/",  # which this district has not
        "/opmerkingen/2025-Q1/bezetting/A1/onzin/",
        "/opmerkingen/2099-Q1/proef/A1/",
        "/opmerkingen/import/99999999999999999999/",
    ],
)
def test_wat_er_niet_is_bestaat_niet(w: Wereld, adres: str) -> None:
    for client in (als(w.anna), als(w.chef)):
        assert client.get(adres).status_code == 404
        assert client.post(adres, {"tekst": "x"}).status_code == 404


def test_een_ander_district_bestaat_niet(w: Wereld) -> None:
    for adres in ("/opmerkingen/2025-Q1/proef/B1/", "/opmerkingen/2025-Q1/bezetting/B1/basisteam/"):
        assert als(w.anna).get(adres).status_code == 200
        assert als(w.chef).get(adres).status_code == 404
        assert als(w.chef).post(adres, {"tekst": "x"}).status_code == 404
    assert not Opmerking.objects.exists()


def test_een_rol_die_tussen_openen_en_plaatsen_verviel(w: Wereld) -> None:
    """Who still may read gets the text back; to who may not the page is gone."""
    Rolvervulling.objects.filter(user=w.anna).update(rol="portefeuillehouder", thema_slug="proefthema")
    antwoord = _stuur(w.anna, "Wat ik typte.")
    assert antwoord.status_code == 403
    pagina = Pagina.van(antwoord)
    assert pagina.heeft("Dit typte u, en het is niet opgeslagen: Wat ik typte.")
    assert pagina.heeft("U mag hier geen opmerking (meer) plaatsen.")
    Rolvervulling.objects.filter(user=w.anna).update(geldig_tot=timezone.localdate() - timedelta(days=1))
    assert _stuur(w.anna, "Wat ik typte.").status_code in (403, 404)
    assert not Opmerking.objects.exists()


def test_twee_keer_drukken_is_een_opmerking(w: Wereld) -> None:
    assert [_stuur(w.anna, "Zo.").status_code for _ in range(2)] == [302, 302]
    assert Opmerking.objects.count() == 1
    _stuur(w.anna, "Anders.", formulier="")
    assert Opmerking.objects.count() == 2


def test_de_ingangen_noemen_hoeveel_er_gezegd_is(w: Wereld) -> None:
    zeg(w.plek, w.chef, "Een.")
    zeg(w.plek, w.chef, "Twee.")
    zeg(w.bij_bezetting, w.chef, "Drie.")
    html = als(w.anna).get("/invoer/2025-Q1/?toon=alles").content.decode()
    assert f'href="{WAARDE}" title="Opmerkingen" aria-label="Opmerkingen bij Proefcijfer A1 Onderdeel A1, 2"' in html
    assert ">2</a>" in html
    blad = als(w.chef).get("/invoer/2025-Q1/bezetting/?district=A").content.decode()
    assert f'href="{BEZETTING}"' in blad
    assert ">1</a>" in blad
    inbak = Pagina.van(als(w.vera).get("/vaststellen/"))
    assert inbak.heeft("2 opmerkingen")
    assert inbak.heeft("Een.")
    assert inbak.heeft("Drie.")
    assert WAARDE in [link.adres for link in inbak.links]


def test_een_teruggestuurde_waarde_leidt_naar_het_gesprek(w: Wereld) -> None:
    stuur_terug(METING, [w.meting], door=w.vera, herkomst="proef", reden="Te hoog.")
    html = als(w.anna).get("/invoer/2025-Q1/").content.decode()
    assert f'<a href="{WAARDE}">Reageer' in html
    pagina = Pagina.van(als(w.anna).get(WAARDE))
    assert pagina.heeft("Teruggestuurd: 9 onderzoeken")
    assert pagina.heeft("door vera: “Te hoog”. De waarde is sindsdien niet gewijzigd.")
    assert pagina.heeft("vera (besloot erover)")


def test_bij_een_import_praat_de_eigenaar_met_wie_vaststelt(w: Wereld) -> None:
    plek = w.bij_import(w.chef)
    adres = f"/opmerkingen/import/{plek.bestand.pk}/"
    assert Pagina.van(als(w.chef).get(f"/invoer/importeren/{plek.bestand.pk}/")).tekst
    _stuur(w.chef, "Rij 3 is nog niet zeker.", w.vera, adres=adres)
    assert Pagina.van(als(w.vera).get("/voor-mij/")).heeft("Import cijfers.csv")
    assert Pagina.van(als(w.vera).get(adres)).heeft("Rij 3 is nog niet zeker.")
    assert als(w.piet).get(adres).status_code == 404
    plek.bestand.staat = "fouten"
    plek.bestand.save()
    assert Pagina.van(als(w.chef).get(f"/invoer/importeren/{plek.bestand.pk}/")).heeft("Rij 3 is nog niet zeker.")


def test_het_aantal_queries_hangt_niet_af_van_hoeveel_er_gezegd_is(w: Wereld) -> None:
    client = als(w.chef)
    zeg(w.plek, w.anna, "Een.", w.chef)
    tellingen = []
    for nummer in range(2):
        tellingen.append(tel(client, WAARDE))
        for _ in range(4):
            zeg(w.plek, maak_persoon("analist", naam=f"analist-{nummer}"), "Nog een.", w.chef, w.vera)
    assert tellingen[0][0] == tellingen[1][0] == tel(client, WAARDE)[0]
    controleer("opmerkingen", *tellingen[0])
    assert get_opmerkingen(w.plek).count() == 9


def test_wie_iets_vroeg_krijgt_vanzelf_antwoord_en_anders_staat_er_dat_niemand_het_hoort(w: Wereld) -> None:
    zeg(w.plek, w.chef, "Klopt dit?", w.anna)
    zeg(w.plek, w.chef, "En dit?", w.anna)
    client = als(w.anna)
    pagina = Pagina.van(client.get(WAARDE))
    assert pagina.heeft("chef noemde u hier.")
    assert f'value="{w.chef.pk}" checked' in client.get(WAARDE).content.decode()
    velden = {"tekst": "Ja.", "formulier": "f", "besluit": "plaatsen"}
    klaar = client.post(WAARDE, velden | {"aan": [w.chef.pk]}, follow=True)
    assert Pagina.van(klaar).heeft("geplaatst en gemeld aan chef.")
    assert " checked" not in klaar.content.decode()  # who was answered is not called once more
    stil = client.post(WAARDE, velden | {"tekst": "Nog iets."}, follow=True)
    assert Pagina.van(stil).heeft("Uw opmerking is geplaatst. Niemand krijgt hiervan bericht.")


def test_de_pagina_zegt_wat_er_eerder_gold_en_wat_nu(w: Wereld) -> None:
    for jaar, kwartaal, waarde in ((2024, 3, 7), (2024, 4, 8), (2025, 2, 99)):
        MetingFactory(indicator=w.indicator, onderdeel=w.onderdelen["A1"], jaar=jaar, kwartaal=kwartaal, waarde=waarde)
    pagina = Pagina.van(als(w.chef).get(WAARDE))
    assert pagina.heeft("Eerder: Q4 2024 8 onderzoeken; Q3 2024 7 onderzoeken.")
    assert not pagina.heeft("99")


def test_wie_mag_lezen_vindt_het_bij_de_cijfers(w: Wereld) -> None:
    zeg(w.plek, w.chef, "Een.")
    zeg(w.plek, w.anna, "Twee.")
    lid = maak_persoon("rvo-lid", naam="lid")
    geschiedenis = f"/metingen/{w.meting.pk}/geschiedenis/"
    for adres in ("/indicatoren/proef/", "/onderdelen/A1/", "/onderdelen/A/"):
        pagina = Pagina.van(als(w.chef).get(adres))
        assert pagina.heeft("Opmerkingen bij deze cijfers (1)"), adres
        assert pagina.heeft("Proefcijfer, A1 Onderdeel A1, Q1 2025 (2)"), adres
        assert WAARDE in [link.adres for link in pagina.links]
        assert not Pagina.van(als(lid).get(adres)).heeft("Opmerkingen bij"), adres
    assert Pagina.van(als(w.anna).get(geschiedenis)).heeft("Opmerkingen hierbij (2)")
