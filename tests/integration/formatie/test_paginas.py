"""The formation pages: what they say, for whom, and what they answer to a wrong question."""

from __future__ import annotations

import csv

import pytest
from django.test import Client

from formatie.models import Controlesom, Formatieplan, Formatieregel
from tests.integration.formatie.opstelling import als, laad_plan, leeg_plan
from tests.pagina import Pagina, Rij

pytestmark = pytest.mark.django_db

DIENSTEN, DISTRICTEN = "Formatie per dienst", "Formatie per district, in fte"
MET_MENSEN = "Formatie en bezetting"
PAGINAS = ("/formatie/", "/formatie/districten/A/", "/formatie/controle/")


@pytest.fixture
def plan() -> Formatieplan:
    return laad_plan()


@pytest.fixture
def lezer(plan: Formatieplan) -> Client:
    return als("rvo-lid")


def lees(client: Client, adres: str) -> Pagina:
    antwoord = client.get(adres)
    assert antwoord.status_code == 200
    return Pagina.van(antwoord)


def tekst(client: Client, adres: str) -> str:
    return lees(client, adres).inhoud.tekst


def rij(client: Client, adres: str, naam: str, tabel: str = MET_MENSEN) -> Rij:
    """The row that this name heads, in the table of places and people or in the one that is named."""
    return lees(client, adres).tabel(tabel).rij(naam)


def test_de_eenheid_met_besluit_en_datum(lezer: Client) -> None:
    pagina = lees(lezer, "/formatie/")
    assert pagina.kop1 == "De districten en de Zeehavenpolitie hebben 3.833,0 fte aan plaatsen."
    assert pagina.heeft("is niet te zeggen: er is geen bezetting vastgesteld")
    assert pagina.heeft("Het plan geeft de eenheid 6.129,2 fte: 5.909,2")
    assert pagina.heeft("districten en Zeehavenpolitie, 3.833,0 van de 6.129,2 fte. Van de andere 2.296,2 fte")
    assert pagina.heeft(
        "De soorten plaatsen tellen op tot 3.833,7 en de districten tellen op tot 3.833,2; het plan drukt 3.833,0"
    )
    assert pagina.heeft("Vastgesteld door het Regionaal Veiligheidsoverleg op 4 april 2022")
    assert pagina.heeft("Bron: bijlage 1 van de agenda, regel 1152-1155.")
    klopt = pagina.deel("Klopt het plan met zichzelf?")
    assert klopt.heeft("Van de 181 vergelijkingen wijken er 44 af. Afronding kan er 40 verklaren, 4 niet.")


def test_elke_gedrukte_regel_staat_op_de_pagina(lezer: Client) -> None:
    pagina = lees(lezer, "/formatie/")  # would not be read if what opens were not closed
    assert len(pagina.tabel(DIENSTEN).rijen) == Formatieregel.objects.count() == 87
    assert not pagina.heeft("<tbody")


def test_gedrukt_staat_naast_berekend_met_een_woord_en_een_weg_naar_de_uitleg(lezer: Client) -> None:
    totaal = rij(lezer, "/formatie/", "Totaal Zeehavenpolitie", DIENSTEN)
    assert totaal.onder("FTE", "OS", "NOS") == ["356,2", "353", "3"]
    afwijking = totaal.vak("Gedrukt wijkt af van")
    assert afwijking.heeft("geen afronding FTE: 355,9 uit de districtstabel (+0,3)")
    assert "/formatie/controle/#tabellen-zhp-totaal-fte" in [link.adres for link in afwijking.links]


def test_wat_niet_gedrukt_is_is_geen_nul(lezer: Client) -> None:
    control = rij(lezer, "/formatie/", "Control", DIENSTEN)
    assert control.onder("FTE", "OS", "NOS") == ["17,5", "–niet gedrukt", "17,5"]
    assert rij(lezer, "/formatie/", "ZHP Zeehavenpolitie", DISTRICTEN).cel("Flexteam") == "–niet gedrukt"


def test_een_verloren_kolom_zegt_waar_hij_staat_hoe_hij_is_bepaald(lezer: Client) -> None:
    bron = rij(lezer, "/formatie/", "Capaciteitsmanagement", DIENSTEN).cel("Bronregel")
    assert bron.startswith("1108")
    assert Formatieregel.objects.get(naam="Capaciteitsmanagement").herleiding in bron


def test_waarvan_regels_zijn_dicht_en_gaan_met_een_link_allemaal_open(lezer: Client) -> None:
    def is_open(pagina: Pagina) -> set[bool]:
        return {is_open for kop, is_open in pagina.tabel(DIENSTEN).uitklappers.items() if "waarvan" in kop}

    pagina = lees(lezer, "/formatie/")
    assert is_open(pagina) == {False}
    weg = pagina.link("Alle waarvan-regels uitklappen").partition("#")[0]
    assert is_open(lees(lezer, f"/formatie/{weg}")) == {True}


@pytest.mark.parametrize("code", ["A", "B", "C", "D", "E", "F", "ZHP"])
def test_elk_district_heeft_een_pagina(lezer: Client, code: str) -> None:
    pagina = lees(lezer, f"/formatie/districten/{code}/")
    assert pagina.kruimels[-1] == f"District {code}"
    assert pagina.heeft("is niet te zeggen: er is geen bezetting vastgesteld")
    een, *rest = pagina.tabel(MET_MENSEN).rijen
    assert (een.kop[:9], rest) == ("District ", [])
    assert een.cel("Bezetting") == "–er is geen bezetting vastgesteld"
    assert pagina.heeft("De bezetting per onderdeel is alleen zichtbaar voor het district zelf.")
    assert len(pagina.tabel("Het plan voor").rijen) > 5


@pytest.mark.parametrize("code", ["RE07", "A1", "DRR", "G", "a", "A%00", "%27", "A/B", "🚔"])
def test_wat_geen_district_is_bestaat_niet(lezer: Client, code: str) -> None:
    assert lezer.get(f"/formatie/districten/{code}/").status_code == 404


def test_het_gedrukte_totaal_naast_het_berekende_met_de_oorzaak(lezer: Client) -> None:
    adres = "/formatie/districten/B/"
    pagina = lees(lezer, adres)
    rijen = ("Totaal, zoals gedrukt", "Totaal, uit de delen", "Verschil: gedrukt min berekend")
    assert [pagina.tabel("Het plan voor").cel(naam, "Formatie") for naam in rijen] == ["609,0", "609,5", "-0,5"]
    oorzaak = Controlesom.objects.get(sleutel="districtstotaal-b-fte").oorzaak
    assert pagina.deel("Gedrukt tegenover berekend").heeft(oorzaak)


def test_inwoners_per_wijkagent_is_een_citaat(lezer: Client) -> None:
    wijk = lees(lezer, "/formatie/districten/A/").deel("Heeft elke buurt haar wijkagent?")
    assert wijk.heeft("Het plan drukt voor dit district 1:4533")
    assert wijk.heeft("Dit is een citaat. Het volgt niet uit de eigen getallen van het plan")
    assert wijk.heeft("1:4388, maar uit de districten volgt 1:4280")
    assert wijk.heeft("In de hele eenheid woonden op 1 januari 2023 1.800.000 mensen: de norm vraagt dan 360")
    assert wijk.heeft("Het plan geeft er 407,5: één per 4.417 inwoners")
    zhp = lees(lezer, "/formatie/districten/ZHP/").deel("Heeft elke buurt haar wijkagent?")
    assert zhp.heeft("drukt voor dit district geen inwoners per wijkagent")


def test_zonder_bezetting_is_het_plan_de_figuur(lezer: Client) -> None:
    zin = "A1 Waterweg heeft met 169,4 fte de meeste plaatsen, A2 Schiedam met 143,8 fte de minste."
    figuur = lees(lezer, "/formatie/districten/A/").figuur(zin)
    assert figuur.tabel().kolom("Plaatsen (fte)") == ["169,4", "143,8", "157,7"]


def test_van_een_district_is_het_een_klik_naar_elk_team_in_hetzelfde_kwartaal(lezer: Client) -> None:
    pagina = lees(lezer, "/formatie/districten/A/?kwartaal=2025-Q1")
    assert pagina.tabel("Het plan voor").link("A1 Waterweg") == "/onderdelen/A1/?kwartaal=2025-Q1"


def test_de_plaatsen_gaan_open_tot_hun_waarvan_regels(lezer: Client) -> None:
    geheel = lees(lezer, "/formatie/")
    alles = geheel.figuur("De eenheid heeft 6.129,2 fte; de meeste plaatsen heeft Districten en teams: 3.477 fte.")
    diensten = alles.tabel()
    assert [rij.kop for rij in diensten.rijen][:3] == ["Leiding Regionale Eenheid", "Regiostaf", "Bedrijfsvoering"]
    assert alles.heeft("De delen tellen op tot 6.128,9; het plan drukt 6.129,2.")
    recherche = lees(lezer, f"/formatie/{geheel.link('Dienst Regionale Recherche').partition('#')[0]}")
    regels = recherche.figuur("Dienst Regionale Recherche heeft 852,3 fte").tabel()
    assert regels.rij("Thematische Opsporing").cel("Plaatsen (fte)") == "152,2"
    assert regels.rij("… waarvan Milieu").onder("Plaatsen (fte)", "Opmerking") == ["34", "deel van de regel erboven"]
    assert recherche.link("Terug naar alle diensten")
    assert lezer.get("/formatie/?deel=onzin").status_code == 400


def test_het_eigen_district_staat_vooraan_en_is_gemerkt(plan: Formatieplan) -> None:
    pagina = lees(als("districtschef", onderdeel="D"), "/formatie/")
    assert pagina.heeft("Uw district: District D Rotterdam Zuid heeft 541,1 fte aan plaatsen.")
    assert pagina.link("Mijn district") == "/formatie/districten/D/"
    for tabel in map(pagina.tabel, (MET_MENSEN, DISTRICTEN)):
        koppen = [een.kop for een in tabel.rijen]
        assert koppen[:2] == ["D Rotterdam Zuid uw district", "A Rijnmond Noord"]
        assert not any("uw district" in kop for kop in koppen[1:])
    van_een_ander = lees(als("rvo-lid"), "/formatie/")
    assert van_een_ander.kop1 == pagina.kop1
    assert not van_een_ander.inhoud.heeft("uw district")


def test_controle_noemt_elk_verschil_en_filtert_in_het_adres(lezer: Client) -> None:
    def rijen(vraag: str) -> list[str]:
        return [verschil.id for verschil in lees(lezer, f"/formatie/controle/?{vraag}").tabel().rijen]

    assert len(rijen("")) == 44
    assert len(rijen("bevinding=afronding")) == 40
    assert rijen("bevinding=geen+afronding&tabel=ZHP") == ["tabellen-zhp-totaal-fte"]
    assert rijen("vergelijking=gewogen") == ["inwoners-per-wijkagent-inwoners"]
    assert rijen("sort=-verschil")[0] == "totaal-basispolitiezorg-os"
    assert rijen("vergelijking=gewogen&bevinding=afronding") == []
    geen = lees(lezer, "/formatie/controle/?vergelijking=gewogen&bevinding=afronding")
    assert geen.tabel().zinnen == ["Geen verschil past bij deze keuze."]
    assert lees(lezer, "/formatie/controle/?bevinding=geen+afronding").meldingen == [
        "4 van de 44 verschillen · toon alle"
    ]


@pytest.mark.parametrize("pagina", PAGINAS)
@pytest.mark.parametrize(
    "vraag",
    [
        "sort=__class__",
        "sort=-",
        "sort=fte&sort=naam_",
        "sort=vergelijking&sort=-bron",
        "page=999999999999999999999",
        "page=-1",
        "page=%00",
        "per_page=1e9",
        "bevinding=onzin",
        "bevinding=afronding&bevinding=onzin",
        "tabel=%27%20OR%201=1",
        "tabel=%00",
        "waarvan=%00",
        "zoek=%00",
        "zoek=%F0%9F%9A%94",
        "_tabel=weg",
    ],
)
def test_een_verkeerde_vraag_geeft_nooit_een_fout_van_de_server(lezer: Client, pagina: str, vraag: str) -> None:
    assert lezer.get(f"{pagina}?{vraag}").status_code == 200


@pytest.mark.parametrize("pagina", PAGINAS)
@pytest.mark.parametrize("vraag", ["_export=exe", "_export=", "_export=csv&_tabel=weg", "_export=%00"])
def test_een_onbekende_uitvoer_wordt_geweigerd(lezer: Client, pagina: str, vraag: str) -> None:
    assert lezer.get(f"{pagina}?{vraag}").status_code == 400


def test_een_keuze_die_niet_bestaat_staat_bij_het_veld(lezer: Client) -> None:
    pagina = lees(lezer, "/formatie/controle/?bevinding=onzin")
    assert pagina.meldingen == ["44 van de 44 verschillen"]
    [fout] = pagina.veld("Soort verschil:").fouten
    assert "onzin is geen beschikbare keuze" in fout


@pytest.mark.parametrize("pagina", PAGINAS)
def test_een_beheerder_ziet_niets_en_wie_niet_is_ingelogd_gaat_naar_inloggen(plan: Formatieplan, pagina: str) -> None:
    assert als("beheerder").get(pagina).status_code == 404
    antwoord = Client().get(pagina)
    assert antwoord.status_code == 302
    assert antwoord["Location"].startswith("/inloggen/")
    assert als("rvo-lid").post(pagina).status_code == 405


@pytest.mark.parametrize("pagina", PAGINAS)
def test_zonder_plan_en_met_een_leeg_plan(pagina: str) -> None:
    laad_plan()
    Formatieplan.objects.update(geldig_tot="2023-01-02")
    lezer = als("rvo-lid")
    assert lees(lezer, pagina).inhoud.heeft("Er is geen formatieplan dat")
    leeg_plan()
    assert lees(lezer, pagina).heeft("Leeg plan")


def test_een_district_dat_het_plan_niet_noemt() -> None:
    laad_plan()
    Formatieplan.objects.update(geldig_tot="2023-01-02")
    leeg_plan()
    pagina = lees(als("rvo-lid"), "/formatie/districten/A/")
    assert pagina.inhoud.heeft("Het formatieplan noemt dit district niet")
    assert not pagina.tabellen


def test_pagina_bestand_en_koppeling_geven_dezelfde_getallen(lezer: Client) -> None:
    bestand = lezer.get("/formatie/?_export=csv&_tabel=diensten").content.decode("utf-8-sig").splitlines()
    koppen = bestand[0].split(";")
    uit_bestand = {
        cellen["Volgnummer"]: [cellen[naam].replace(",", ".") for naam in ("FTE", "FTE uit de delen", "Verschil FTE")]
        for cellen in (dict(zip(koppen, regel, strict=True)) for regel in csv.reader(bestand[1:], delimiter=";"))
    }
    antwoord = lezer.get("/api/v1/formatieregels?perPagina=200").json()
    assert antwoord["totaal"] == len(uit_bestand) == 87
    for regel in antwoord["resultaten"]:
        uit_api = [regel[naam] or "" for naam in ("fte", "berekendFte", "verschilFte")]
        assert uit_bestand[str(regel["volgnummer"])] == uit_api


def test_een_naam_met_opmaak_wordt_letterlijk_getoond(lezer: Client) -> None:
    Formatieregel.objects.filter(sleutel="drr-generiek").update(naam='<img src=x onerror="alert(1)">{{7*7}}')
    assert "<img" not in lezer.get("/formatie/").content.decode()  # raw: what the browser would make of it
    rij(lezer, "/formatie/", '<img src=x onerror="alert(1)">{{7*7}}', DIENSTEN)
