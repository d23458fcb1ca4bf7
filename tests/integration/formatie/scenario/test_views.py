"""Scenarios: for whom, what they give, that nothing else changes by them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from common.vaststellen.audit import AuditEvent
from formatie.models import Bezetting, Districtsformatie, Onderdeel, Scenario
from tests.factories import maak_eenheid, maak_persoon
from tests.integration.formatie.personeel import leg_vast, maak_plan
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
LIJST = "/formatie/districten/A/scenarios/"


@pytest.fixture(autouse=True)
def _opstelling() -> None:
    onderdelen = maak_eenheid()
    maak_plan(onderdelen)
    for code in ("A1", "A2", "A3", "B1", "B2"):
        leg_vast(onderdelen[code], os=36, nos=4, wijkagenten=6, wijkagenten_expert=1)


def _als(rol: str = "districtschef", naam: str = "chef", **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, naam=naam, **(waar or ({"onderdeel": "A"} if rol == "districtschef" else {}))))
    return client


DRIE = {"wat": "mensen", "van": "A1", "naar": "A3", "fte": "3"}


def _nieuw(client: Client, naam: str = "Meer in A1", **anders: str) -> str:
    antwoord = client.post(LIJST, DRIE | {"naam": naam} | anders)
    assert antwoord.status_code == 302, antwoord.content.decode()
    return antwoord["Location"]


def test_eerst_kiest_men_in_woorden_wat_er_verschuift() -> None:
    pagina = Pagina.van(_als().get(LIJST))
    keuze = pagina.deel("Wat wilt u verschuiven?")
    assert keuze.heeft("Plaatsen verschuiven Het plan verandert, er verhuist niemand.")
    assert keuze.heeft("Mensen verschuiven De bezetting verandert, het plan blijft.")
    assert not pagina.inhoud.velden  # before a number is asked
    for link in keuze.links:
        assert Pagina.van(_als().get(f"{LIJST}{link.adres}")).veld("Hoeveel fte")
    assert _als().get(f"{LIJST}?wat=alles").status_code == 400


def test_de_uitkomst_is_een_zin_naast_het_gat_en_staat_in_het_adres() -> None:
    pagina = Pagina.van(_als().get(LIJST, DRIE))
    assert pagina.kop1 == "3 fte aan mensen van A1 naar A3: A1 -8,0, A3 -2,0."
    assert pagina.meldt("Dit is een wat-als-berekening")
    assert pagina.heeft("De bezetting verandert, het plan blijft. Nu is het A1 -5,0 en A3 -5,0")
    assert pagina.heeft("Alle basisteams samen blijven op -15,0.")
    gat = pagina.figuur("Daarna: overal te weinig mensen, het meest bij A1 ").tabel()
    assert gat.kolom("Verschil (fte)") == ["-8,0", "-5,0", "-2,0"]
    assert gat.kolom("Verschil nu (fte)") == ["-5,0"] * 3
    assert pagina.tabel("Per basisteam").rij("A1").onder("Mensen nu", "Mensen dan") == ["40,0", "37,0"]
    # One quarter has no course.
    assert not any(tabel.naam.startswith("Alle basisteams samen") for tabel in pagina.tabellen)
    assert not Scenario.objects.exists()
    ander = Pagina.van(_als("analist", "analist").get(LIJST, DRIE))
    assert ander.kop1 == pagina.kop1


def test_plaatsen_verschuiven_is_het_omgekeerde_van_mensen() -> None:
    pagina = Pagina.van(_als().get(LIJST, DRIE | {"wat": "plaatsen"}))
    assert pagina.kop1 == "3 fte aan plaatsen van A1 naar A3: A1 -2,0, A3 -8,0."
    assert pagina.heeft("Het plan verandert, er verhuist niemand.")
    assert "buiten deze teams" not in pagina.veld("Naar").keuzes


def test_elk_kwartaal_opnieuw_is_een_keuze_en_geeft_een_verloop() -> None:
    pagina = Pagina.van(_als().get(LIJST, DRIE | {"fte": "1", "van": "buiten", "kwartalen": "4"}))
    assert pagina.kop1 == "Elk kwartaal 1 fte aan mensen van buiten naar A3, 4 kwartalen lang: eind Q1 2026 A3 -1,0."
    assert pagina.tabel("Alle basisteams samen").kolom("Verschil") == ["-15,0", "-14,0", "-13,0", "-12,0", "-11,0"]


def test_bewaren_verandert_plan_en_bezetting_niet_en_is_weer_aan_te_passen() -> None:
    client = _als()
    eerst = list(Districtsformatie.objects.values()), list(Bezetting.objects.values())
    adres = _nieuw(client)
    assert (list(Districtsformatie.objects.values()), list(Bezetting.objects.values())) == eerst
    assert Scenario.objects.get().kwartalen == 1
    bewaard = Pagina.van(client.get(adres))
    assert bewaard.tekst.count("Alleen de basisteams tellen hier mee") == 1
    assert 'data-figuur="?_figuur=gat"' in client.get(adres).content.decode()
    assert client.get(adres, {"_figuur": "gat"}).status_code == 202  # the worker draws it
    assert client.get(LIJST, DRIE | {"_figuur": "anders"}).status_code == 404
    assert "A1;" in client.get(LIJST, DRIE | {"_figuur": "gat", "_formaat": "csv"}).content.decode("utf-8-sig")
    assert bewaard.heeft("3 fte aan mensen van A1 naar A3: A1 -8,0, A3 -2,0.")
    weer = Pagina.van(client.get(bewaard.link("Pas aan")))
    assert [weer.veld(naam).waarde for naam in ("Van", "Naar", "Hoeveel fte", "Naam")] == [
        "A1",
        "A3",
        "3",
        "Meer in A1",
    ]
    nummer = str(Scenario.objects.get().pk)
    assert client.post(LIJST, DRIE | {"naam": "Anders", "fte": "1,5", "scenario": nummer})["Location"] == adres
    assert Scenario.objects.get().naam == "Anders"
    assert {regel.instroom for regel in Scenario.objects.get().regels.all()} == {Decimal("1.5"), Decimal("-1.5")}
    ander = _als("districtschef", "tweede-a", onderdeel="A")
    client.post(adres, {"actie": "deel"})
    assert ander.post(LIJST, DRIE | {"naam": "Van mij", "scenario": nummer}).status_code == 403


def test_een_oude_bewaarde_van_plaatsen_en_mensen_gaat_nog_open() -> None:
    client = _als()
    adres = _nieuw(client)
    scenario = Scenario.objects.get()
    scenario.regels.all().delete()
    a1, a2 = (Onderdeel.objects.get(code=code) for code in ("A1", "A2"))
    scenario.regels.create(onderdeel=a1, verschuiving=5, instroom=1, instroom_wijkagenten=Decimal("0.5"))
    scenario.regels.create(onderdeel=a2, verschuiving=-5)
    Scenario.objects.update(kwartalen=4)
    pagina = Pagina.van(client.get(adres))
    assert pagina.heeft("Na deze veranderingen: eind Q1 2026 A1 -6,0, A2 precies genoeg.")
    assert not any(link.tekst == "Pas aan" for link in pagina.links)
    assert pagina.tabel("Per basisteam").rij("A1").onder("Plaatsen dan", "Mensen dan") == ["50,0", "44,0"]
    Districtsformatie.objects.filter(onderdeel=a2, soort="basisteam").update(fte=3)  # the plan changed since
    assert Pagina.van(client.get(adres)).meldt("minder dan nul plaatsen")


@pytest.mark.parametrize(
    ("extra", "veld", "zin"),
    [
        ({"fte": "46", "wat": "plaatsen"}, "Hoeveel fte", "minder dan nul plaatsen hebben; nu zijn het er 45,0"),
        ({"fte": "41"}, "Hoeveel fte", "minder dan nul mensen hebben; nu zijn het er 40,0"),
        ({"fte": "35", "wijk": "0"}, "Waarvan wijkagenten (fte)", "boven nul"),
        ({"fte": "34"}, "Hoeveel fte", "meer wijkagenten dan mensen"),
        ({"fte": "1.2.3"}, "Hoeveel fte", "1.2.3"),
        ({"fte": ""}, "Hoeveel fte", "Schrijf hoeveel fte"),
        ({"naar": "A1"}, "Naar", "Kies een ander team"),
        ({"naar": "B1"}, "Naar", "Kies waarheen"),
        ({"kwartalen": "13"}, "Hoeveel kwartalen", "van 1 tot en met 12"),
        ({"naam": ""}, "Naam", "Geef deze wat-als-berekening een naam"),
    ],
)
def test_wat_niet_kan_wordt_bij_het_veld_uitgelegd_en_blijft_staan(extra: dict[str, str], veld: str, zin: str) -> None:
    gegevens = DRIE | {"naam": "Proef"} | extra
    antwoord = _als().post(LIJST, gegevens)
    pagina = Pagina.van(antwoord)
    assert antwoord.status_code == 400
    assert any(zin in fout for fout in pagina.veld(veld).fouten), pagina.veld(veld).fouten
    for naam, waarde in extra.items():
        assert naam in ("wat", "naar") or waarde in pagina.waarden.values()
    assert not Scenario.objects.exists()


def test_van_een_ander_district_of_een_ander_mens_bestaat_het_niet() -> None:
    adres = _nieuw(_als())
    assert _als("districtschef", "chef-b", onderdeel="B").get(adres).status_code == 404
    assert _als("districtschef", "tweede-a", onderdeel="A").get(adres).status_code == 404
    assert _als("analist", "analist").get(adres).status_code == 404
    assert _als().get(adres.replace("/A/", "/B/")).status_code == 404
    for rol in ("rvo-lid", "beheerder"):
        assert _als(rol, rol).get(LIJST).status_code == 404


def test_een_gedeelde_wat_als_berekening_is_te_lezen_en_niet_te_wijzigen() -> None:
    client, ander = _als(), _als("districtschef", "tweede-a", onderdeel="A")
    adres = _nieuw(client)
    assert client.post(adres, {"actie": "deel"}).status_code == 302
    pagina = Pagina.van(ander.get(adres))
    assert pagina.inhoud.heeft("u kunt lezen, niet wijzigen")
    assert not any(pagina.inhoud.knoppen)  # those of the chart are hidden
    assert not pagina.inhoud.heeft("Verwijderen")
    for actie in ("deel-niet", "verwijder"):
        assert ander.post(adres, {"actie": actie}).status_code == 403
    assert _als("districtschef", "chef-b", onderdeel="B").get(adres).status_code == 404
    assert client.post(adres, {"actie": "deel-niet"}).status_code == 302
    assert ander.get(adres).status_code == 404


def test_delen_en_verwijderen_laten_een_spoor_na() -> None:
    client = _als()
    adres = _nieuw(client)
    for actie in ("deel", "deel", "deel-niet", "verwijder"):
        assert client.post(adres, {"actie": actie}).status_code == 302
    spoor = AuditEvent.objects.filter(object_soort="scenario").order_by("id").values_list("handeling", flat=True)
    assert list(spoor) == ["delen", "niet meer delen", "verwijderen"]
    assert client.get(adres).status_code == 404


def test_dezelfde_naam_twee_keer_wordt_gevraagd_te_wijzigen() -> None:
    client = _als()
    _nieuw(client)
    antwoord = client.post(LIJST, DRIE | {"naam": "Meer in A1", "fte": "1"})
    assert antwoord.status_code == 400
    pagina = Pagina.van(antwoord)
    assert any("al een wat-als-berekening met deze naam" in fout for fout in pagina.veld("Naam").fouten)
    assert pagina.veld("Hoeveel fte").waarde == "1"


def test_een_naam_is_tekst_en_nooit_opmaak() -> None:
    client = _als()
    antwoord = client.get(_nieuw(client, "<script>x</script>"))
    assert "<script>x" not in antwoord.content.decode()  # raw: what the browser would run
    assert Pagina.van(antwoord).kop1 == "<script>x</script>"


def test_wat_niet_bekend_is_telt_niet_als_nul() -> None:
    onderdelen = maak_eenheid({"C": 2})
    maak_plan({code: o for code, o in onderdelen.items() if code.startswith("C")})
    leg_vast(onderdelen["C1"])
    client = _als("districtschef", "chef-c", onderdeel="C")
    pagina = Pagina.van(client.get("/formatie/districten/C/scenarios/", DRIE | {"van": "buiten", "naar": "C1"}))
    assert pagina.heeft("Van een of meer teams is de bezetting niet bekend. Daarom is er geen totaal.")
    assert [pagina.tabel("Per basisteam").cel(rij, "Mensen dan") for rij in ("C2", "Alle")] == ["niet bekend"] * 2


def test_zonder_bezetting_is_er_niets_om_van_uit_te_gaan() -> None:
    maak_eenheid({"D": 2})
    client = _als("districtschef", "chef-d", onderdeel="D")
    nieuw = Pagina.van(client.get("/formatie/districten/D/scenarios/")).deel("Wat wilt u verschuiven?")
    assert nieuw.heeft("nog geen vastgestelde bezetting")
    assert nieuw.links == []
