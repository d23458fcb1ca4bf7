"""The page of owners as its readers have it: what they may see, choose and get back when something is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Rolvervulling, User
from monitor.invoer.werklijst.herinneren import stuur_herinneringen
from monitor.models import Eigenaarschap, Indicator
from tests.factories import EigenaarschapFactory, IndicatorFactory, MonitorregelFactory, maak_eenheid, maak_persoon
from tests.pagina import Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
ADRES = "/beheer/eigenaren/"
VANDAAG = date(2025, 11, 2)


@pytest.fixture(autouse=True)
def opzet(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *a: VANDAAG)
    maak_eenheid()
    for code, thema in (("een", "werk"), ("twee", "werk"), ("elders", "ander")):
        indicator = IndicatorFactory(code=code, naam=code.capitalize())
        MonitorregelFactory(indicator=indicator, thema__slug=thema, thema__naam=thema.capitalize())
    for naam in ("anna", "bea"):
        maak_persoon("analist", naam=naam)


def als(rol: str, **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


def lees(client: Client, vraag: str = "") -> Pagina:
    return Pagina.van(client.get(ADRES + vraag))


def indicator(code: str) -> Indicator:
    return Indicator.objects.get(code=code)


def formulier(*codes: str, **velden: Any) -> dict[str, Any]:
    keuzes = [f"indicator-{indicator(code).pk}" for code in codes]
    begin = {"keuze": keuzes, "persoon": User.objects.get(username="anna").pk, "vervanger": "", "vanaf": "2025-11-02"}
    return begin | {"tot": "", "actie": "wijs-aan"} | {f"gezien-{keuze}": "" for keuze in keuzes} | velden


def namen(pagina: Pagina) -> list[str]:
    return [kop for rij in pagina.tabel("Wie waarvan de eigenaar is").rijen if (kop := rij.kop)]


def test_zonder_eigenaar_eerst_en_elke_keuze_in_het_adres() -> None:
    EigenaarschapFactory(indicator=indicator("een"), persoon=User.objects.get(username="anna"))
    client = als("beheerder")
    pagina = lees(client)
    assert pagina.deel("Wat u wilt zien").hier == ["Indicatoren (3)", "Zonder eigenaar (2)"]
    assert (pagina.heeft("Twee"), "Een" in namen(pagina)) == (True, False)
    van_anna = lees(client, f"?soort=indicator&toon={User.objects.get(username='anna').pk}")
    assert pagina.link("anna (1)") == f"{ADRES}?soort=indicator&toon={User.objects.get(username='anna').pk}"
    assert "Een" in namen(van_anna)
    assert "Twee" not in namen(van_anna)
    for vraag in ("?soort=thema", "?soort=onderdeel", "?soort=bestaat-niet&toon=x", "?indicator=bestaat-niet"):
        assert client.get(ADRES + vraag).status_code == 200


def test_een_portefeuillehouder_ziet_alleen_de_indicatoren_van_het_eigen_thema() -> None:
    client = als("portefeuillehouder", thema="werk")
    pagina = lees(client, "?toon=alle")
    assert pagina.deel("Wat u wilt zien").hier == ["Alles (2)"]
    assert not pagina.heeft("Elders")
    beheer = Pagina.van(client.get("/beheer/"))
    assert (beheer.heeft("Eigenaren"), beheer.heeft("Accounts en rollen")) == (True, False)


def test_meer_tegelijk_aan_een_persoon_en_dan_staat_die_overal(settings: Any, mailoutbox: list[Any]) -> None:
    client, lezer = als("beheerder"), als("rvo-lid")
    assert Pagina.van(lezer.get("/indicatoren/een/")).heeft("Eigenaar: niet aangewezen")
    bea = User.objects.get(username="bea")
    antwoord = client.post(ADRES, formulier("een", "twee", vervanger=bea.pk), follow=True)
    assert Pagina.van(antwoord).heeft("anna is aangewezen: 2 regels gewijzigd.")
    assert Pagina.van(lezer.get("/indicatoren/een/")).heeft("Eigenaar: anna, vervanger bea")
    mijn = Client()
    mijn.force_login(bea)
    assert Pagina.van(mijn.get("/voor-mij/")).heeft("als vervanger van anna")
    assert "anna, vervanger bea" in mijn.get("/invoer/?kwartaal=2025-Q3&per=persoon&_export=csv").content.decode()
    User.objects.filter(pk=bea.pk).update(email="bea@site.example")
    settings.SITE_URL = "https://site.example"
    stuur_herinneringen(timezone.make_aware(timezone.datetime(2025, 11, 2, 9)))
    assert "- Een, RE07 Onderdeel RE07, als vervanger van anna (te laat)" in mailoutbox[0].body


def test_wat_er_mis_is_staat_bij_het_veld_en_niets_gaat_verloren() -> None:
    maak_persoon("vaststeller", naam="vera")
    vera = User.objects.get(username="vera")
    client = als("beheerder")
    antwoord = client.post(ADRES, formulier("een", persoon=vera.pk, vanaf="2026-01-01", tot="2025-01-01"))
    pagina = Pagina.van(antwoord)
    assert antwoord.status_code == 400
    assert pagina.heeft("vera heeft geen rol waarmee waarden in te voeren zijn.")
    assert pagina.heeft("Het einde komt na het begin")
    tekst = antwoord.content.decode()
    assert f'<option value="{vera.pk}" selected>vera</option>' in tekst
    assert 'value="2026-01-01"' in tekst
    assert f'value="indicator-{indicator("een").pk}" checked' in tekst
    assert '<a href="#id_persoon">' in tekst
    for velden in ({"vanaf": ""}, {"vanaf": "31-31"}, {"persoon": "999999"}, {"persoon": "x"}, {"keuze": []}):
        assert client.post(ADRES, formulier("een", **velden)).status_code == 400
    assert not Eigenaarschap.objects.exists()


def test_een_kruis_zonder_script_kiest_een_groep_en_laat_het_weer_los() -> None:
    client = als("beheerder")
    pk = f"indicator-{indicator('twee').pk}"
    velden = formulier(kies="groep-0") | {"actie": ""}
    aan = client.post(f"{ADRES}?toon=alle", velden).content.decode()
    assert aan.count(" checked") == 2
    keuze = [f"indicator-{indicator('een').pk}", pk]
    assert client.post(f"{ADRES}?toon=alle", velden | {"keuze": keuze}).content.decode().count(" checked") == 0
    assert not Eigenaarschap.objects.exists()


def test_de_pagina_van_de_indicator_wijst_de_weg() -> None:
    client = als("portefeuillehouder", thema="werk")
    pagina = Pagina.van(client.get("/indicatoren/een/"))
    adres = pagina.link("Wijs aan wie de eigenaar is")
    assert adres == f"{ADRES}?indicator=een"
    assert f'value="indicator-{indicator("een").pk}" checked' in client.get(adres).content.decode()
    elders = Pagina.van(client.get("/indicatoren/elders/"))
    assert not any(link.adres.startswith(ADRES) for link in elders.links)


def test_een_thema_heeft_een_eigenaar_voor_wat_er_zelf_geen_heeft() -> None:
    anna = User.objects.get(username="anna")
    EigenaarschapFactory(thema=indicator("een").monitorregels.get().thema, persoon=anna)
    pagina = lees(als("beheerder"), "?soort=indicator&toon=alle")
    assert pagina.heeft("via onderdeel of thema: anna")
    Rolvervulling.objects.filter(user=anna).update(geldig_tot=VANDAAG)
    thema = lees(als("beheerder"), "?soort=thema&toon=telt-niet")
    assert thema.heeft("anna heeft geen rol waarmee waarden in te voeren zijn.")
    assert thema.heeft("Nu kan iedereen leveren die dat mag.")


@pytest.mark.queries
@pytest.mark.parametrize("groot", [False, True])
def test_de_pagina_heeft_een_vast_aantal_queries(groot: bool) -> None:
    for nummer in range(20 if groot else 1):
        nog_een = IndicatorFactory(code=f"nog-{nummer}")
        MonitorregelFactory(indicator=nog_een, thema__slug="werk")
        EigenaarschapFactory(indicator=nog_een, persoon=maak_persoon("analist", naam=f"analist-{nummer}"))
    controleer("eigenaren", *tel(als("beheerder"), f"{ADRES}?toon=alle"))
