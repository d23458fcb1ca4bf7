"""The pages of the jaarplan as their readers have them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from sturing.models import Activiteitversie, Planactiviteit
from tests.factories import maak_hoofdlijn, maak_persoon, maak_planactiviteit
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
VANDAAG = date(2025, 6, 15)


def moment(dag: int, maand: int = 1) -> datetime:
    return datetime(2025, maand, dag, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _vandaag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda m=None: timezone.localtime(m).date() if m else VANDAAG)


def client_van(persoon: User) -> Client:
    client = Client()
    client.force_login(persoon)
    return client


def directeur() -> Client:
    return client_van(maak_persoon("programmadirecteur", naam="plan-directeur"))


def test_het_jaarplan_zonder_jaar_is_dat_van_het_nieuwste_begonnen_jaar() -> None:
    maak_planactiviteit(jaar=2024, begin="2024-01-01", eind="2024-12-31", op=moment(1))
    maak_planactiviteit(jaar=2026, begin="2026-01-01", eind="2026-12-31", op=moment(1))
    antwoord = directeur().get("/jaarplan/?status=gereed")
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/jaarplan/2024/?status=gereed")


def test_wat_te_laat_is_staat_vooraan_met_de_reden_in_woorden() -> None:
    maak_planactiviteit(titel="Loopt goed", eind="2025-07-01", op=moment(1))
    maak_planactiviteit(titel="Had klaar moeten zijn", eind="2025-06-14", op=moment(1))
    maak_planactiviteit(titel="Is klaar", eind="2025-03-01", status="gereed", op=moment(1))
    antwoord = directeur().get("/jaarplan/2025/")
    html = antwoord.content.decode()
    plekken = [html.index(titel) for titel in ("Had klaar moeten zijn", "Loopt goed", "Is klaar")]
    assert plekken == sorted(plekken)
    pagina = Pagina.van(antwoord)
    assert "Het einde was 14-06-2025" in pagina.tekst
    assert "waarvan 1 te laat" in pagina.tekst
    assert 'style="' not in html


def velden(**anders: str) -> dict[str, str]:
    vorm = {
        "titel": "Proef met wijkteams",
        "eigenaar": "",
        "begin": "2025-02-01",
        "eind": "2025-10-31",
        "status": "op-schema",
        "reden": "",
    }
    return vorm | anders


def test_een_keuze_staat_in_het_adres_en_kiest_ook_wat_van_mij_is() -> None:
    ik = maak_persoon("analist")
    maak_planactiviteit(titel="Mijn werk", eigenaar=ik, op=moment(1))
    maak_planactiviteit(titel="Zonder eigenaar", op=moment(1), eind="2025-05-01")
    maak_planactiviteit(maak_hoofdlijn("ander"), titel="Elders", op=moment(1))
    client = client_van(ik)
    alle = ("Mijn werk", "Zonder eigenaar", "Elders")
    getoond = {
        vraag: Pagina.van(client.get(f"/jaarplan/2025/?{vraag}")).tekst
        for vraag in ("eigenaar=mij", "eigenaar=niemand&thema=proefthema", "status=te-laat", "thema=ander", "thema=x")
    }
    titels = {vraag: [titel for titel in alle if titel in tekst] for vraag, tekst in getoond.items()}
    assert titels == {
        "eigenaar=mij": ["Mijn werk"],
        "eigenaar=niemand&thema=proefthema": ["Zonder eigenaar"],
        "status=te-laat": ["Zonder eigenaar"],
        "thema=ander": ["Elders"],
        "thema=x": ["Mijn werk", "Zonder eigenaar", "Elders"],
    }
    gezegd = [vraag for vraag, tekst in getoond.items() if "Deze keuze bestaat niet, en telt niet mee." in tekst]
    assert gezegd == ["thema=x"]


def test_wie_terugkijkt_ziet_het_plan_van_toen_ook_op_de_activiteit() -> None:
    versie = maak_planactiviteit(titel="Zoals het was", op=moment(10))
    client = directeur()
    client.post(f"/jaarplan/activiteiten/{versie.plan_id}/", velden(titel="Zoals het is", gezien="1"))
    pad, toen = f"/jaarplan/activiteiten/{versie.plan_id}/", "?peildatum=2025-02-01"
    for adres in ("/jaarplan/2025/", pad):
        assert "Zoals het is" in Pagina.van(client.get(adres)).tekst
        oud = Pagina.van(client.get(adres + toen))
        assert oud.heeft("Zoals het was")
        assert oud.heeft("U kijkt terug")
        assert not oud.heeft("Zoals het is")
    assert "Werk bij" not in Pagina.van(client.get(pad + toen)).tekst
    assert client.post(pad + toen, velden(titel="Anders", gezien="2")).status_code == 403
    te_vroeg = client.get(pad + "?peildatum=2025-01-01")
    assert te_vroeg.status_code == 404
    assert Pagina.van(te_vroeg).link("Terug naar vandaag") == pad


def test_fouten_staan_bovenaan_met_een_weg_naar_hun_veld_en_niets_getypts_gaat_verloren() -> None:
    versie = maak_planactiviteit(op=moment(1))
    lang = "x" * 10_000
    getypt = velden(titel=lang, reden=lang, eind="2025-01-01", gezien="1")
    getypt |= {"mijlpaal-0-datum": "2025-12-01", "mijlpaal-0-titel": "Buiten", "mijlpaal-0-gereed": ""}
    antwoord = directeur().post(f"/jaarplan/activiteiten/{versie.plan_id}/", getypt)
    assert antwoord.status_code == 400
    html = antwoord.content.decode()
    assert html.count(lang) == 2
    for veld in ("id_titel", "id_reden", "id_eind"):
        assert f'href="#{veld}"' in html
        assert f'id="{veld}"' in html
    assert 'value="Buiten"' in html
    assert Activiteitversie.objects.get().titel == "Proef met wijkteams"


def test_gereed_met_open_mijlpalen_noemt_elk_met_een_weg_naar_haar_veld() -> None:
    versie = maak_planactiviteit(op=moment(1))
    getypt = velden(gezien="1", status="gereed", reden="Af.")
    getypt |= {"mijlpaal-0-datum": "2025-03-01", "mijlpaal-0-titel": "Proef", "mijlpaal-0-gereed": "2025-03-01"}
    getypt |= {"mijlpaal-1-datum": "2025-04-01", "mijlpaal-1-titel": "Verslag", "mijlpaal-1-gereed": ""}
    fouten = Pagina.van(directeur().post(f"/jaarplan/activiteiten/{versie.plan_id}/", getypt)).plek("fouten")
    assert fouten.heeft("Status: Gereed kan pas als elke mijlpaal bereikt is. Nog open: “Verslag”.")
    assert fouten.link("Mijlpaal 2 “Verslag”, bereikt op") == "#mijlpaal-1-gereed"
    assert fouten.heeft("Deze mijlpaal staat nog open. Vul in wanneer hij bereikt is")


def test_een_gemiste_mijlpaal_blijft_in_de_geschiedenis_met_de_reden() -> None:
    versie = maak_planactiviteit(op=moment(1), mijlpalen=[("2025-03-01", "Verslag", "")])
    pad, client, getypt = f"/jaarplan/activiteiten/{versie.plan_id}/", directeur(), velden(gezien="1", status="gereed")
    fouten = Pagina.van(client.post(pad, getypt | {"reden": "Af."})).plek("fouten")
    assert fouten.heeft("Niet bereikt, en de dag is voorbij: “Verslag” van 01-03-2025.")
    assert fouten.link("Reden") == "#id_reden"
    assert client.post(pad, getypt | {"reden": "Verslag vervalt: te duur."}).status_code == 302
    pagina = Pagina.van(client.get(pad))
    assert pagina.heeft("Verslag, 01-03-2025 (nog open)")
    assert pagina.heeft("Verslag vervalt: te duur.")


@pytest.mark.parametrize("pad", ["/jaarplan/activiteiten/{}/", "/jaarplan/2025/nieuw/"])
def test_meer_regels_voor_mijlpalen_bewaart_niets_en_begint_bij_de_eerste_lege(pad: str) -> None:
    versie = maak_planactiviteit(op=moment(1))
    getypt = velden(titel="Nog niet af", gezien="1", meer="ja") | {"mijlpaal-0-titel": "Half"}
    antwoord = directeur().post(pad.format(versie.plan_id), getypt)
    pagina = Pagina.van(antwoord)
    assert antwoord.status_code == 200
    assert pagina.veld("Titel").waarde == "Nog niet af"
    assert pagina.waarden["mijlpaal-0-titel"] == "Half"
    assert "mijlpaal-6-titel" in pagina.waarden
    html = antwoord.content.decode()
    assert re.findall(r'id="([^"]*)"[^>]* autofocus', html) == ["mijlpaal-1-datum"]  # where a browser begins
    assert Activiteitversie.objects.get().titel == "Proef met wijkteams"


def test_een_mijlpaal_met_een_fout_is_vanuit_de_lijst_te_bereiken() -> None:
    versie = maak_planactiviteit(op=moment(1))
    getypt = velden(gezien="1") | {"mijlpaal-1-datum": "2025-12-01", "mijlpaal-1-titel": "Buiten"}
    html = directeur().post(f"/jaarplan/activiteiten/{versie.plan_id}/", getypt).content.decode()
    assert '<a href="#mijlpaal-1-datum">' in html
    assert 'id="mijlpaal-1-datum"' in html
    assert "ligt buiten de activiteit" in html


def test_twee_die_een_activiteit_wijzigen_verliezen_niets() -> None:
    versie = maak_planactiviteit(op=moment(1), titel="Eerst")
    adres, een, ander = (
        f"/jaarplan/activiteiten/{versie.plan_id}/",
        directeur(),
        client_van(maak_persoon("programmadirecteur")),
    )
    assert een.post(adres, velden(titel="Van de een", eind="2025-11-30", gezien="1")).status_code == 302
    getypt = velden(titel="Van de ander", status="vertraagd", reden="Ziek.", gezien="1")
    antwoord = ander.post(adres, getypt)
    pagina = Pagina.van(antwoord)
    assert antwoord.status_code == 409
    for tekst in ("Van de een", "u schreef Van de ander", "30-11-2025", "wat u typte, staat er nog"):
        assert pagina.heeft(tekst), tekst
    html = antwoord.content.decode()
    assert 'name="gezien" value="2"' in html
    assert 'value="Van de ander"' in html
    assert 'value="2025-11-30"' in html  # what only the first changed is in the form of the second
    samen = velden(titel="Van de ander", eind="2025-11-30", status="vertraagd", reden="Ziek.", gezien="2")
    assert ander.post(adres, samen).status_code == 302
    nu = Activiteitversie.objects.get(vervangen_op=None)
    assert (nu.nummer, nu.titel, nu.eind, nu.status) == (3, "Van de ander", date(2025, 11, 30), "vertraagd")


def test_de_geschiedenis_zegt_in_woorden_wat_er_veranderde() -> None:
    versie = maak_planactiviteit(op=moment(1))
    client = directeur()
    client.post(f"/jaarplan/activiteiten/{versie.plan_id}/", velden(status="vertraagd", reden="Ziek.", gezien="1"))
    verhaal = Pagina.van(client.get(f"/jaarplan/activiteiten/{versie.plan_id}/")).deel("Geschiedenis").tekst
    assert "wijzigde: status van “Op schema” naar “Vertraagd”; reden naar “Ziek.”" in verhaal
    assert "zette dit in het jaarplan" in verhaal


def test_wie_geen_cijfers_leest_ziet_het_plan_zonder_wat_mensen_erover_schrijven() -> None:
    versie = maak_planactiviteit(op=moment(1), status="vertraagd", reden="Het getal is 37.")
    client = client_van(maak_persoon("beheerder"))
    for adres in (f"/jaarplan/activiteiten/{versie.plan_id}/", "/jaarplan/2025/", "/jaarplan/2025/?_export=csv"):
        antwoord = client.get(adres)
        assert antwoord.status_code == 200
        assert "Het getal is 37" not in antwoord.content.decode()


def test_toevoegen_en_uit_de_agenda_overnemen_gaat_van_dezelfde_pagina() -> None:
    lijn = maak_hoofdlijn(activiteiten=2)
    client = directeur()
    pagina = Pagina.van(client.get("/jaarplan/2025/nieuw/"))
    assert pagina.heeft("Wat de agenda noemt, 2")
    assert client.post("/jaarplan/2025/nieuw/", velden(hoofdlijn=str(lijn.pk))).status_code == 302
    keuze = [een.pk for een in lijn.activiteiten.all()]
    assert client.post("/jaarplan/2025/nieuw/", {"overnemen": "ja", "keuze": keuze, "eigenaar": ""}).status_code == 302
    assert Planactiviteit.objects.count() == 3
    assert "Wat de agenda noemt" not in Pagina.van(client.get("/jaarplan/2025/nieuw/")).tekst
    leeg = client.post("/jaarplan/2025/nieuw/", {"overnemen": "ja", "keuze": []})
    assert leeg.status_code == 400


def test_van_een_ander_thema_is_er_voor_een_portefeuillehouder_geen_formulier() -> None:
    versie = maak_planactiviteit(op=moment(1))
    maak_hoofdlijn("eigen")
    client = client_van(maak_persoon("portefeuillehouder", thema="eigen"))
    adres = f"/jaarplan/activiteiten/{versie.plan_id}/"
    assert "Werk bij" not in Pagina.van(client.get(adres)).tekst
    assert client.post(adres, velden(titel="Gekaapt", gezien="1")).status_code == 403
    ander = client.post("/jaarplan/2025/nieuw/", velden(hoofdlijn=str(versie.plan.hoofdlijn_id)))
    assert ander.status_code == 400
    assert Activiteitversie.objects.get().titel == "Proef met wijkteams"


@pytest.mark.parametrize("jaar", ["2019", "2031", "99999999"])
def test_een_jaar_zonder_agenda_heeft_geen_pagina(jaar: str) -> None:
    maak_hoofdlijn()
    client = directeur()
    for adres in (f"/jaarplan/{jaar}/", f"/jaarplan/{jaar}/nieuw/", f"/jaarplan/{jaar}/importeren/"):
        assert client.get(adres).status_code == 404


def test_vertraagd_is_een_status_en_te_laat_een_dag_die_voorbij_is() -> None:
    maak_planactiviteit(titel="Gemeld", status="vertraagd", reden="Ziek.", op=moment(1))
    maak_planactiviteit(titel="Voorbij", eind="2025-06-01", op=moment(1))
    client = directeur()
    pagina = Pagina.van(client.get("/jaarplan/2025/"))
    assert "waarvan 2 te laat of vertraagd" in pagina.tekst
    assert "staat op vertraagd" not in pagina.tekst
    antwoord = client.get("/jaarplan/2025/?status=te-laat")
    assert [regel.versie.titel for regel in antwoord.context["regels"]] == ["Voorbij"]


def test_wie_in_twee_vensters_wijzigt_leest_dat_hij_het_zelf_was() -> None:
    versie = maak_planactiviteit(op=moment(1))
    client, adres = directeur(), f"/jaarplan/activiteiten/{versie.plan_id}/"
    assert client.post(adres, velden(titel="Eerste venster", gezien="1")).status_code == 302
    pagina = Pagina.van(client.post(adres, velden(titel="Tweede venster", gezien="1")))
    assert pagina.heeft("U wijzigde deze activiteit intussen in een ander venster.")
    assert pagina.heeft("Dit veranderde u op")
    assert pagina.heeft("Hier staat in beide vensters iets anders")
    ander = client_van(maak_persoon("programmadirecteur", naam="ander"))
    pagina = Pagina.van(ander.post(adres, velden(titel="Van een ander", gezien="1")))
    assert pagina.heeft("plan-directeur wijzigde deze activiteit intussen.")
    assert pagina.heeft("Hier schreven u beiden iets anders")


def test_een_titel_staat_een_keer_in_een_hoofdlijn_en_zonder_eigenaar_wordt_gezegd() -> None:
    staat = maak_planactiviteit(op=moment(1))
    client, lijn = directeur(), str(staat.plan.hoofdlijn_id)
    adres, nieuw = "/jaarplan/2025/nieuw/", velden(hoofdlijn=lijn, titel=staat.titel.upper())
    antwoord = client.post(adres, nieuw)
    assert antwoord.status_code == 400
    assert "Dit staat al in het jaarplan, als proefthema 1.1" in antwoord.context["formulier"].errors["titel"][0]
    assert f'href="/jaarplan/activiteiten/{staat.plan_id}/">Naar die activiteit' in antwoord.content.decode()
    pagina = Pagina.van(client.post(adres, nieuw | {"titel": "Iets anders"}, follow=True))
    assert pagina.heeft("Zij heeft nog geen eigenaar; dan krijgt niemand er bericht van.")
    anders = Activiteitversie.objects.get(titel="Iets anders")
    hernoemd = client.post(f"/jaarplan/activiteiten/{anders.plan_id}/", velden(titel=staat.titel, gezien="1"))
    assert hernoemd.status_code == 400
