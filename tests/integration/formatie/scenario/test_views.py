"""Scenarios: for whom, what they give, that nothing else changes by them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from common.vaststellen.audit import AuditEvent
from formatie.models import Bezetting, Districtsformatie, Scenario
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


def _nieuw(client: Client, naam: str = "Meer in A1") -> str:
    antwoord = client.post(LIJST, {"naam": naam})
    assert antwoord.status_code == 302, antwoord.content.decode()
    return antwoord["Location"]


def _verschuiving(pagina: Pagina, team: str) -> str:
    return next(veld.waarde for veld in pagina.velden if veld.label.startswith(f"Plaatsen erbij of eraf, {team}"))


def _invoer(**extra: str) -> dict[str, str]:
    return {"naam": "Meer in A1", "kwartalen": "4", **extra}


def test_een_chef_verschuift_plaatsen_en_ziet_het_verschil_en_de_indicatoren_volgen() -> None:
    client = _als()
    adres = _nieuw(client)
    gegevens = _invoer(**{"A1-verschuiving": "5", "A2-verschuiving": "-5", "A1-instroom": "1,5",
                          "A1-instroom_wijkagenten": "0,5"}, actie="reken")  # fmt: skip
    pagina = Pagina.van(client.post(adres, gegevens))
    assert pagina.meldt("Dit is een wat-als-berekening")
    uitkomst = pagina.deel("Wat er dan gebeurt (niet bewaard)")
    assert uitkomst.heeft("15,0 fte onderbezetting naar 9,0 fte onderbezetting")  # 3 x 40 - 3 x 45, and 4 x 1,5 more
    team = uitkomst.tabel("Per basisteam").rij("A1")
    assert team.onder("Wijkagenten nu (%)", "Wijkagenten dan (%)") == ["87,5", "112,5"]  # 7 and 9 of 8
    assert not Scenario.objects.get().regels.exists()
    assert client.post(adres, gegevens | {"actie": "bewaar"}).status_code == 302
    assert Scenario.objects.get().regels.count() == 2
    assert _verschuiving(Pagina.van(client.get(adres)), "A2") == "-5"


def test_een_wat_als_berekening_verandert_plan_en_bezetting_niet() -> None:
    client = _als()
    adres = _nieuw(client)
    eerst = list(Districtsformatie.objects.values()), list(Bezetting.objects.values())
    client.post(adres, _invoer(**{"A1-verschuiving": "5", "A2-verschuiving": "-5", "actie": "bewaar"}))
    assert (list(Districtsformatie.objects.values()), list(Bezetting.objects.values())) == eerst


@pytest.mark.parametrize(
    ("extra", "zin"),
    [
        ({"A1-verschuiving": "5"}, "5 fte te veel"),
        ({"A1-verschuiving": "-46", "A2-verschuiving": "46"}, "minder dan nul plaatsen"),
        ({"A1-instroom": "-11"}, "minder dan nul mensen"),
        ({"A1-instroom_wijkagenten": "9"}, "meer wijkagenten dan mensen"),
        ({"A1-instroom": "1.2.3"}, "Niet elk veld is te lezen"),
        ({"A1-instroom": "1,25"}, "hoogstens één decimaal"),
        ({"A1-instroom": "1000,5"}, "hoogstens 999"),
        ({"kwartalen": "13"}, "Niet elk veld is te lezen"),
        ({"naam": ""}, "Geef deze wat-als-berekening een naam"),
    ],
)
def test_wat_niet_kan_wordt_uitgelegd_en_blijft_staan(extra: dict[str, str], zin: str) -> None:
    client = _als()
    adres = _nieuw(client)
    pagina = Pagina.van(client.post(adres, _invoer(**extra, actie="bewaar")))
    assert pagina.inhoud.heeft(zin)
    assert pagina.waarden.items() >= extra.items()
    assert not Scenario.objects.get().regels.exists()


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
    assert pagina.inhoud.knoppen == []
    assert not any(veld.kan for veld in pagina.tabel("Veranderingen per basisteam").velden)
    for actie in ("bewaar", "deel-niet", "verwijder"):
        assert ander.post(adres, _invoer(actie=actie)).status_code == 403
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
    antwoord = client.post(LIJST, {"naam": "Meer in A1"})
    assert antwoord.status_code == 400
    assert any("al een wat-als-berekening met deze naam" in fout for fout in Pagina.van(antwoord).veld("Naam").fouten)
    adres = _nieuw(client, "Tweede")
    pagina = Pagina.van(client.post(adres, _invoer(actie="bewaar")))
    assert pagina.meldt("al een wat-als-berekening met deze naam")


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
    antwoord = client.post("/formatie/districten/C/scenarios/", {"naam": "x"})
    uitkomst = Pagina.van(client.get(antwoord["Location"])).deel("Wat er dan gebeurt")
    assert uitkomst.heeft("Van een of meer teams is de bezetting niet bekend. Daarom is er geen totaal.")
    assert [uitkomst.tabel("Per basisteam").cel(rij, "Mensen dan") for rij in ("C2", "Alle")] == ["niet ingevuld"] * 2


def test_zonder_bezetting_is_er_niets_om_van_uit_te_gaan() -> None:
    maak_eenheid({"D": 2})
    client = _als("districtschef", "chef-d", onderdeel="D")
    nieuw = Pagina.van(client.get("/formatie/districten/D/scenarios/")).deel("Een nieuwe wat-als-berekening")
    assert nieuw.heeft("nog geen vastgestelde bezetting")
    assert nieuw.knoppen == []


def test_het_aantal_vragen_groeit_niet_met_teams_of_regels(django_assert_num_queries) -> None:
    client = _als()
    adres = _nieuw(client)
    client.get(adres)
    with django_assert_num_queries(12):
        client.get(adres)
    client.post(adres, _invoer(**{"A1-verschuiving": "5", "A2-verschuiving": "-5", "actie": "bewaar"}))
    client.get(adres)
    assert Decimal(5) in {regel.verschuiving for regel in Scenario.objects.get().regels.all()}
    with django_assert_num_queries(12):
        client.get(adres)
