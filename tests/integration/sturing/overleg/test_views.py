"""The pages as their readers have them: nothing typed is lost, every fault at its field, and who finds which button."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from common.models import AuditEvent
from strategie.models import Ambitie, Thema
from sturing.models import Actie, Agendapunt, Besluit, Overleg, Vraag
from sturing.overleg.acties.services import maak_actie, verzet
from sturing.overleg.services import neem_besluit, trek_in, voeg_punt_toe
from sturing.overleg.vragen.services import beantwoord, geef_vrij, trek_vraag_in
from tests.integration.sturing.overleg.opstelling import door, maak_mensen, overleg, vraag, wie
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
D = timedelta(days=1)
LANG = "x" * 10_000
SCHERMLEZER = '<span class="voor-schermlezer">: '


@pytest.fixture(autouse=True)
def _opstelling(db: None) -> None:
    maak_mensen()


def als(naam: str) -> Client:
    client = Client()
    client.force_login(wie(naam))
    return client


def vandaag() -> date:
    return timezone.localdate()


def nu(naam: str) -> dict[str, Any]:
    return door(naam, timezone.now())


def stuur(naam: str, adres: str, handeling: str, **velden: Any) -> HttpResponse:
    gestuurd = {f"{handeling}-{veld}": waarde for veld, waarde in velden.items()}
    return als(naam).post(adres, {"handeling": handeling, **gestuurd})


def tekst(antwoord: HttpResponse) -> str:
    return antwoord.content.decode()


def test_een_overleg_plannen_en_wat_er_mis_is_bij_elk_veld() -> None:
    mis = stuur("dirk", "/overleg/", "overleg", titel="", datum="31-31-2026", plaats=LANG)
    assert mis.status_code == 400
    assert LANG in tekst(mis)
    for id_ in ("titel", "datum", "plaats"):
        assert f'href="#id_overleg-{id_}"' in tekst(mis), id_
    goed = stuur("dirk", "/overleg/", "overleg", titel="RVO", datum=f"{vandaag() + 9 * D}", plaats="Rotterdam")
    assert goed.status_code == 302
    assert goed["Location"] == Overleg.objects.get().adres
    assert "RVO" in tekst(als("bea").get("/overleg/"))
    assert stuur("rob", "/overleg/", "overleg", titel="X", datum=f"{vandaag()}").status_code == 403


def test_een_punt_een_besluit_en_een_actie_op_de_pagina() -> None:
    van = overleg(vandaag())
    assert stuur("dirk", van.adres, "punt", titel="Opening", toelichting="", over="").status_code == 302
    punt = Agendapunt.objects.get()
    half = stuur("dirk", van.adres, "besluit", punt=punt.pk, tekst="Akkoord", wat="Doe iets", eigenaar="", datum="")
    assert half.status_code == 400
    assert not Besluit.objects.exists()  # with what follows from it, or not at all
    assert "Akkoord" in tekst(half)
    goed = {"punt": punt.pk, "tekst": "Akkoord", "wat": "Doe iets", "eigenaar": wie("anna").pk, "datum": vandaag() + D}
    assert stuur("dirk", van.adres, "besluit", **goed).status_code == 302
    assert Actie.objects.get().besluit.tekst == "Akkoord"
    for naam, ziet in (("rob", True), ("bea", False)):
        assert ("Akkoord" in tekst(als(naam).get(van.adres))) is ziet, naam


def test_een_besluit_voor_een_overleg_dat_nog_komt_zegt_waarom_niet_en_houdt_de_tekst() -> None:
    van = overleg(vandaag() + D)
    punt = voeg_punt_toe(van, "Opening", **nu("dirk"))
    assert 'id="doe-besluit"' not in tekst(als("dirk").get(van.adres))
    antwoord = stuur("dirk", van.adres, "besluit", punt=punt.pk, tekst="Vast besloten", wat="", eigenaar="", datum="")
    assert antwoord.status_code == 400
    assert "nog niet geweest" in tekst(antwoord)
    assert "Vast besloten" in tekst(antwoord)
    assert "Wat u typte, staat er nog." in tekst(antwoord)


def test_een_overleg_dat_intussen_is_ingetrokken_houdt_wat_er_getypt_was() -> None:
    van = overleg(vandaag() + D)
    trek_in(van, "Vervalt wegens ziekte.", **nu("dora"))
    antwoord = stuur("dirk", van.adres, "punt", titel="Nog een punt", toelichting="Met uitleg", over="")
    assert antwoord.status_code == 400
    for woord in ("Vervalt wegens ziekte.", "Nog een punt", "Met uitleg"):
        assert woord in tekst(antwoord)
    assert stuur("dirk", van.adres, "overnemen").status_code == 400
    assert 'name="handeling"' not in tekst(als("dirk").get(van.adres))


@pytest.mark.parametrize("wat", ["", "overleg:0", "punt:999", "besluit:x", "onzin"])
def test_intrekken_van_wat_er_niet_is(wat: str) -> None:
    van = overleg(vandaag())
    assert stuur("dirk", van.adres, "intrekken", wat=wat, reden="Daarom").status_code == 400
    assert stuur("dirk", van.adres, "hoger").status_code == 404
    assert stuur("dirk", van.adres, "onzin").status_code == 400
    van.refresh_from_db()
    assert van.ingetrokken_op is None


def test_een_punt_van_de_agenda_halen_met_een_reden() -> None:
    van = overleg(vandaag() + D)
    een, ander = (voeg_punt_toe(van, titel, **nu("dirk")) for titel in ("Opening", "Rondvraag"))
    leeg = stuur("dirk", van.adres, f"weg-{een.pk}", reden="")
    assert leeg.status_code == 400
    assert f'href="#id_weg-{een.pk}-reden"' in tekst(leeg)
    assert "Schrijf op waarom dit punt van de agenda gaat." in tekst(leeg)
    assert "Wat u typte, staat er nog." not in tekst(leeg)
    assert f'id="doe-weg-{een.pk}" tabindex="-1"><details open' in tekst(leeg)
    for naam in ("rob", "anna", "bea", "porte"):
        assert "Haal van de agenda" not in tekst(als(naam).get(van.adres)), naam
        assert stuur(naam, van.adres, f"weg-{een.pk}", reden="Weg.").status_code == 403, naam
    goed = stuur("dirk", van.adres, f"weg-{een.pk}", reden="Al besproken.")
    assert goed["Location"] == f"{van.adres}#bij-agenda"
    een.refresh_from_db()
    assert (een.intrekreden, een.ingetrokken_door) == ("Al besproken.", wie("dirk"))
    assert AuditEvent.objects.filter(handeling="agendapunt ingetrokken", reden="Al besproken.").count() == 1
    for naam, leest in (("dirk", True), ("rob", True), ("bea", False)):
        pagina = tekst(als(naam).get(van.adres))
        assert (f'id="punt-{een.pk}"' in pagina, "Al besproken." in pagina) == (False, leest), naam
    assert "is ingetrokken: Al besproken." in tekst(stuur("dirk", van.adres, f"weg-{een.pk}", reden="Nog eens."))
    elders = overleg(vandaag() + 2 * D, "Ander")
    for pk in (ander.pk, 0, "x"):
        assert stuur("dirk", elders.adres, f"weg-{pk}", reden="Weg.").status_code == 404


def test_na_een_handeling_of_een_fout_blijft_de_lezer_waar_hij_was() -> None:
    van = overleg(vandaag() + D)
    _, tweede = (voeg_punt_toe(van, titel, **nu("dirk")) for titel in ("Opening", "Rondvraag"))
    client = als("dirk")
    hoger = client.post(van.adres, {"handeling": "hoger", "punt": tweede.pk})
    assert hoger["Location"] == f"{van.adres}#punt-{tweede.pk}"
    pagina = Pagina.van(client.get(van.adres))
    assert pagina.plek(f"punt-{tweede.pk}").heeft("staat nu een plaats hoger")
    assert not Pagina.van(client.get(van.adres)).heeft("staat nu een plaats hoger")
    mis = tekst(stuur("dirk", van.adres, "punt", titel="", toelichting="", over=""))
    assert 'id="doe-punt" tabindex="-1"><details open' in mis
    assert 'action="#doe-punt"' in mis
    assert 'href="#id_punt-titel"' in mis


def test_een_overleg_zoals_bekend_op_een_dag() -> None:
    van = overleg(vandaag() + 9 * D, "Straks")
    punt = voeg_punt_toe(van, "Opening", **door("dirk", timezone.now() - 5 * D))
    trek_in(punt, "Vervalt.", **door("dirk", timezone.now() - 2 * D))
    trek_in(van, "Verzet.", **door("dirk", timezone.now() - D))
    voor, met, zonder = (f"{van.adres}?peildatum={vandaag() - dagen * D}" for dagen in (6, 3, 2))
    assert Pagina.van(als("rob").get(met)).heeft("U kijkt terug")
    assert [
        "Opening" in tekst(als("rob").get(adres)).partition("Van de agenda")[0] for adres in (voor, met, zonder)
    ] == [
        False,
        True,
        False,
    ]
    assert "Dit overleg is ingetrokken" not in tekst(als("rob").get(zonder))
    assert "Dit overleg is ingetrokken" in tekst(als("rob").get(van.adres))
    lijst = [tekst(als("rob").get(f"/overleg/?peildatum={vandaag() - dagen * D}")) for dagen in (2, 0)]
    assert ["Straks" in pagina for pagina in lijst] == [True, False]
    assert f"{van.adres}?peildatum={vandaag() - 2 * D}" in lijst[0]
    te_vroeg = als("rob").get(f"{van.adres}?peildatum=2025-10-31")
    assert te_vroeg.status_code == 404
    assert Pagina.van(te_vroeg).link("Terug naar vandaag") == van.adres
    assert Pagina.van(te_vroeg).link("De overleggen zoals bekend op") == "/overleg/?peildatum=2025-10-31"
    kijkt = Pagina.van(als("rob").get(met))
    assert kijkt.deel("Hoofdmenu").link("Gebeurtenissen") == f"/gebeurtenissen/{met.removeprefix(van.adres)}"
    assert kijkt.deel("Kruimelpad").link("Overleg") == f"/overleg/{met.removeprefix(van.adres)}"
    assert als("rob").get(f"{van.adres}?peildatum=2025-99-31").status_code == 400
    for adres in (met, f"/overleg/?peildatum={vandaag() - D}"):
        assert 'name="handeling"' not in tekst(als("dirk").get(adres))
        assert stuur("dirk", adres, "punt", titel="X", toelichting="", over="").status_code == 403


def test_acties_zoals_bekend_op_een_dag() -> None:
    toen = door("dirk", timezone.now() - 8 * D)
    besluit = neem_besluit(voeg_punt_toe(overleg(vandaag() - 9 * D), "Punt", **toen), "Doen.", **toen)
    actie = maak_actie(besluit, "Doe iets", wie("anna"), vandaag() - 4 * D, **toen)
    verzet(actie, vandaag() + 3 * D, "Later.", gezien=1, **door("dirk", timezone.now() - 2 * D))
    voor, laat, op_tijd, later = (
        tekst(als("rob").get(f"/acties/?peildatum={vandaag() - dagen * D}")) for dagen in (9, 3, 5, 1)
    )
    assert "Doe iets" not in voor
    assert ["1 te laat" in pagina for pagina in (laat, op_tijd, later)] == [True, False, False]
    assert "U kijkt terug" in laat
    assert f'name="peildatum" value="{vandaag() - 3 * D}"' in laat
    blad = als("rob").get(f"/acties/?_export=csv&peildatum={vandaag() - 3 * D}").content.decode("utf-8-sig")
    assert f"{vandaag() - 3 * D:%d-%m-%Y}" in blad.splitlines()[-1]
    assert als("rob").get("/acties/?peildatum=2025-99-31").status_code == 400


def test_een_vraag_stellen_vanaf_de_indicator() -> None:
    pagina = tekst(als("rob").get("/indicatoren/een/"))
    assert "/vragen/nieuw/?bij=indicator:een" in pagina
    for naam, link in (("anna", False), ("ada", False), ("dirk", False)):
        assert ("/vragen/nieuw/" in tekst(als(naam).get("/indicatoren/een/"))) is link, naam
    assert "Geef advies" in tekst(als("ada").get("/indicatoren/breed/"))
    formulier = als("rob").get("/vragen/nieuw/?bij=indicator:een")
    kwartaal = formulier.context["formulier"]["kwartaal"].value()
    goed = {"onderdeel": "A", "kwartaal": kwartaal, "tekst": "Waarom A?", "overleg": "", "formulier": "f1"}
    mis = als("rob").post("/vragen/nieuw/?bij=indicator:een", goed | {"tekst": LANG, "onderdeel": "ZZ"})
    assert mis.status_code == 400
    assert LANG in tekst(mis)
    for zin in ("Laat er 8000 weg.", "Deze keuze is er niet (meer)."):
        assert zin in tekst(mis)
    assert stuur("ada", "/vragen/nieuw/?bij=indicator:een", "x").status_code == 403
    antwoord = als("rob").post("/vragen/nieuw/?bij=indicator:een", goed)
    assert antwoord["Location"].startswith(Vraag.objects.get().adres)
    assert "Waarom A?" in tekst(als("rob").get("/indicatoren/een/"))
    assert "Waarom A?" not in tekst(als("rosa").get("/indicatoren/een/"))


def test_een_vraag_stellen_vanaf_het_thema() -> None:
    wens = Ambitie.objects.create(thema=Thema.objects.get(slug="werk"), nummer=1, tekst="Een wens.", bronregel="1")
    woorden = {
        (naam, slug): Pagina.van(als(naam).get(f"/themas/{slug}/")).heeft(woord)
        for slug in ("werk", "politie-voor-iedereen")
        for naam, woord in (("rob", "Stel een vraag"), ("ada", "Geef advies"), ("anna", "Stel een vraag"))
    }
    assert {plek for plek, is_er in woorden.items() if is_er} == {
        ("rob", "werk"),
        ("rob", "politie-voor-iedereen"),
        ("ada", "politie-voor-iedereen"),
    }
    keuze = Pagina.van(als("rob").get("/vragen/nieuw/?thema=werk"))
    assert keuze.link("Een wens.") == f"/vragen/nieuw/?bij=ambitie%3Awerk/{wens.nummer}"
    assert als("rob").get(keuze.link("Een")).status_code == 200
    advies = Pagina.van(als("ada").get("/vragen/nieuw/?thema=werk"))
    assert als("ada").get(advies.link("Breed")).status_code == 200
    assert not advies.heeft("Een wens.")
    assert als("rob").get("/vragen/nieuw/?thema=bestaat-niet").status_code == 404


@pytest.mark.parametrize(
    "bij", ["indicator:", "indicator:niets", "ambitie:werk", "ambitie:werk/x", "activiteit:9e9", "activiteit:99", "x:y"]
)
def test_over_wat_er_niet_is_valt_niets_te_vragen(bij: str) -> None:
    assert als("rob").get("/vragen/nieuw/", {"bij": bij}).status_code == 404


def test_beantwoorden_terwijl_een_ander_dat_deed_toont_beide() -> None:
    gesteld = vraag()
    beantwoord(gesteld, "Van porte.", gezien=0, **nu("porte"))
    antwoord = stuur("anna", gesteld.adres, "antwoord", tekst="Van anna.", gezien="0")
    assert antwoord.status_code == 400
    for woord in ("Een ander schreef intussen", "Van porte.", "Van anna."):
        assert woord in tekst(antwoord)
    assert gesteld.antwoorden.count() == 1


def test_een_antwoord_op_een_ingetrokken_vraag_houdt_de_tekst() -> None:
    gesteld = vraag()
    trek_vraag_in(gesteld, "Al gehoord.", **nu("rob"))
    antwoord = stuur("anna", gesteld.adres, "antwoord", tekst="Mijn lange antwoord.", gezien="0")
    assert antwoord.status_code == 400
    for woord in ("ingetrokken: Al gehoord.", "Mijn lange antwoord."):
        assert woord in tekst(antwoord)
    assert "Mijn lange antwoord." not in tekst(als("anna").get(gesteld.adres))


def test_van_antwoord_tot_gelezen_op_de_pagina() -> None:
    gesteld = vraag()
    assert stuur("anna", gesteld.adres, "antwoord", tekst=LANG, gezien="0").status_code == 400
    assert stuur("anna", gesteld.adres, "antwoord", tekst="Daarom.", gezien="0").status_code == 302
    assert "Daarom." not in tekst(als("rob").get(gesteld.adres))
    assert stuur("dirk", gesteld.adres, "vrijgeven", gezien="7").status_code == 400
    assert stuur("dirk", gesteld.adres, "vrijgeven", gezien="1").status_code == 302
    assert "Daarom." in tekst(als("rosa").get(gesteld.adres))
    assert "op wat u vroeg" in tekst(als("rob").get("/voor-mij/"))
    assert stuur("rob", gesteld.adres, "gelezen", gezien="1").status_code == 302
    assert "Er wacht niets op u." in tekst(als("rob").get("/voor-mij/"))


def test_acties_als_lijst_met_filters_in_het_adres_en_als_bestand() -> None:
    besluit = neem_besluit(voeg_punt_toe(overleg(vandaag()), "Punt", **nu("dirk")), "Doen.", **nu("dirk"))
    for naam in ("anna", "vera"):
        maak_actie(besluit, f"Actie van {naam}", wie(naam), vandaag() + D, **nu("dirk"))
    alles = tekst(als("rob").get("/acties/"))
    assert "Actie van anna" in alles
    een = tekst(als("rob").get("/acties/", {"toon": "open", "wie": wie("vera").pk}))
    assert "Actie van vera" in een
    assert "Actie van anna" not in een
    assert "geen acties in deze keuze" in tekst(als("rob").get("/acties/?toon=gereed"))
    onzin = tekst(als("rob").get("/acties/?toon=onzin&wie=-1"))
    assert "Actie van anna" in onzin
    assert onzin.count("Deze keuze bestaat niet, en telt niet mee.") == 2
    assert "Actie van anna" not in tekst(als("rob").get("/acties/?toon=gereed&wie=-1"))
    rijen = list(
        csv.reader(io.StringIO(als("rob").get("/acties/?_export=csv").content.decode("utf-8-sig")), delimiter=";")
    )
    assert any(f"{vandaag() + D}" in rij for rij in rijen)
    for formaat in ("xlsx", "ods"):
        assert als("rob").get(f"/acties/?_export={formaat}").status_code == 200
    assert als("bea").get("/acties/?_export=csv").status_code == 404


def test_wie_overdraagt_leest_dat_en_de_eigenaar_leest_van_een_andere_dag() -> None:
    besluit = neem_besluit(voeg_punt_toe(overleg(vandaag()), "Punt", **nu("dirk")), "Doen.", **nu("dirk"))
    actie = maak_actie(besluit, "Doe iets", wie("anna"), vandaag() + D, **nu("dirk"))
    for naam, kop, zin in (
        ("dirk", "Verzet of draag over", "Kies een andere dag of een andere eigenaar."),
        ("anna", "Verzet naar een andere dag", "Kies een andere dag."),
    ):
        assert kop in Pagina.van(als(naam).get(actie.adres)).uitklappers
        zelfde = stuur(naam, actie.adres, "verzetten", datum=actie.versies.get().datum, reden="Zo.", gezien="1")
        assert zin in tekst(zelfde)


def test_een_agenda_van_een_overleg_dat_is_geweest_zegt_wat_achteraf_kan() -> None:
    for van, achteraf in ((overleg(vandaag() - D, "Was"), True), (overleg(vandaag(), "Is"), False)):
        for titel in ("Opening", "Rondvraag"):
            voeg_punt_toe(van, titel, **nu("dirk"))
        pagina = tekst(als("dirk").get(van.adres))
        for knop in (f"Omhoog{SCHERMLEZER}Rondvraag", f"Omlaag{SCHERMLEZER}Opening"):
            assert (knop in pagina) == (not achteraf)
        for knop in (f"Omhoog{SCHERMLEZER}Opening", f"Omlaag{SCHERMLEZER}Rondvraag"):  # the first, and the last
            assert knop not in pagina
        assert ("Voeg alleen toe wat er besproken is" in pagina) == achteraf
        assert ("Haal alleen weg wat niet is besproken." in pagina) == achteraf


def test_een_actie_die_een_ander_intussen_wijzigde_toont_wat_geldt_en_wat_er_getypt_was() -> None:
    besluit = neem_besluit(voeg_punt_toe(overleg(vandaag()), "Punt", **nu("dirk")), "Doen.", **nu("dirk"))
    actie = maak_actie(besluit, "Doe iets", wie("anna"), vandaag() + D, **nu("dirk"))
    verzet(actie, vandaag() + 9 * D, "Meer tijd.", gezien=1, **nu("dirk"))
    antwoord = stuur("anna", actie.adres, "gereed", reden="Ik ben klaar.", gezien="1")
    assert antwoord.status_code == 400
    for woord in ("Een ander wijzigde deze actie", "Meer tijd.", "Ik ben klaar."):
        assert woord in tekst(antwoord)
    assert stuur("anna", actie.adres, "gereed", reden=LANG, gezien="2").status_code == 400
    assert stuur("vera", actie.adres, "gereed", reden="Ik niet.", gezien="2").status_code == 403
    assert stuur("anna", actie.adres, "gereed", reden="Ik ben klaar.", gezien="2").status_code == 302
    assert "Ik ben klaar." in tekst(als("rob").get(actie.adres))


def test_wat_openstaat_komt_terug_op_de_agenda_van_het_volgende_overleg() -> None:
    besluit = neem_besluit(voeg_punt_toe(overleg(vandaag(), "Nu"), "Punt", **nu("dirk")), "Doen.", **nu("dirk"))
    later, daarna = overleg(vandaag() + 9 * D, "Later"), overleg(vandaag() + 30 * D, "Daarna")
    maak_actie(besluit, "Zoek het uit", wie("anna"), vandaag() + D, **nu("dirk"))
    zien = {van.titel: "Openstaande acties" in tekst(als("rob").get(van.adres)) for van in (later, daarna)}
    assert zien == {"Later": False, "Daarna": False}  # the one of today is still the next
    assert "Openstaande acties" in tekst(als("rob").get(Overleg.objects.get(titel="Nu").adres))
    assert "Actie uit Nu" in tekst(als("anna").get("/voor-mij/"))


def test_de_eerste_pagina_noemt_het_volgende_overleg() -> None:
    assert "Volgend overleg" not in tekst(als("rob").get("/"))
    van = overleg(vandaag() + 9 * D)
    for naam in ("rob", "anna"):
        assert f'<a href="{van.adres}">Volgend overleg: ' in tekst(als(naam).get("/")), naam
    trek_in(van, "Vervalt.", **nu("dirk"))
    assert "Volgend overleg" not in tekst(als("rob").get("/"))


def test_een_vrijgegeven_antwoord_staat_bij_de_vragen_van_het_overleg() -> None:
    van = overleg(vandaag() + 9 * D)
    gesteld = vraag(overleg=van)
    beantwoord(gesteld, "Daarom dus.", gezien=0, **nu("anna"))
    assert "Daarom dus." not in tekst(als("rosa").get(van.adres))
    geef_vrij(gesteld, gezien=1, **nu("dirk"))
    assert "Daarom dus." in tekst(als("rosa").get(van.adres))
    assert "Daarom dus." not in tekst(als("bea").get(van.adres))
