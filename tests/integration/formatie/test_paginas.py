"""The formation pages: what they say, for whom, and what they answer to a wrong question."""

from __future__ import annotations

import csv
import re
from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags

from formatie.models import Controlesom, Formatieplan, Formatieregel
from tests.integration.formatie.opstelling import als, laad_plan, leeg_plan

pytestmark = pytest.mark.django_db

PAGINAS = ("/formatie/", "/formatie/districten/A/", "/formatie/controle/")


@pytest.fixture
def plan() -> Formatieplan:
    return laad_plan()


@pytest.fixture
def lezer(plan: Formatieplan) -> Client:
    return als("rvo-lid")


def tekst(client: Client, adres: str) -> str:
    """The page as a reader hears it: words and numbers with single spaces."""
    antwoord = client.get(adres)
    assert antwoord.status_code == 200
    return " ".join(unescape(strip_tags(antwoord.content.decode())).split())


def rij(client: Client, adres: str, naam: str, tabel: str = "") -> list[str]:
    """The cells of the table row that this name heads, in the first table or in the one that is named."""
    html = client.get(adres).content.decode()
    html = html[html.index(f'id="{tabel}"') :] if tabel else html
    rijen = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.S)
    cellen = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", gevonden, re.S) for gevonden in rijen]
    teksten = [[" ".join(unescape(strip_tags(cel)).split()) for cel in cel_rij] for cel_rij in cellen]
    return next(cel_rij for cel_rij in teksten if cel_rij and cel_rij[0].startswith(naam))


def test_de_eenheid_met_besluit_en_datum(lezer: Client) -> None:
    pagina = tekst(lezer, "/formatie/")
    assert "6.129,2 fte: 5.909,2 OS en 220,0 NOS" in pagina
    assert "Vastgesteld door het Regionaal Veiligheidsoverleg op 4 april 2022" in pagina
    assert "Van de 181 vergelijkingen wijken er 44 af. Afronding kan er 40 verklaren, 4 niet." in pagina
    assert "1152-1155" in pagina


def test_elke_gedrukte_regel_staat_op_de_pagina(lezer: Client) -> None:
    html = lezer.get("/formatie/").content.decode()
    tabel = html[html.index('id="diensten"') : html.index('id="per-district"')]
    assert tabel.count('scope="row"') == Formatieregel.objects.count() == 87
    assert "&lt;tbody" not in html
    assert tabel.count("<tbody>") == tabel.count("</tbody>")


def test_gedrukt_staat_naast_berekend_met_een_woord_en_een_weg_naar_de_uitleg(lezer: Client) -> None:
    assert rij(lezer, "/formatie/", "Totaal Zeehavenpolitie")[1:4] == ["356,2", "353", "3"]
    afwijking = rij(lezer, "/formatie/", "Totaal Zeehavenpolitie")[4]
    assert "geen afronding FTE: 355,9 uit de districtstabel (+0,3)" in afwijking
    assert '/formatie/controle/#tabellen-zhp-totaal-fte"' in lezer.get("/formatie/").content.decode()


def test_wat_niet_gedrukt_is_is_geen_nul(lezer: Client) -> None:
    assert rij(lezer, "/formatie/", "Control")[1:4] == ["17,5", "–niet gedrukt", "17,5"]
    assert rij(lezer, "/formatie/", "ZHP Zeehavenpolitie", "districten")[3] == "–niet gedrukt"


def test_een_verloren_kolom_zegt_waar_hij_staat_hoe_hij_is_bepaald(lezer: Client) -> None:
    bron = rij(lezer, "/formatie/", "Capaciteitsmanagement")[-1]
    assert bron.startswith("1108")
    assert Formatieregel.objects.get(naam="Capaciteitsmanagement").herleiding in bron


def test_waarvan_regels_zijn_dicht_en_gaan_met_een_link_allemaal_open(lezer: Client) -> None:
    assert '<details class="uitklap" open>' not in lezer.get("/formatie/").content.decode()
    assert '<details class="uitklap" open>' in lezer.get("/formatie/?waarvan=open").content.decode()


@pytest.mark.parametrize("code", ["A", "B", "C", "D", "E", "F", "ZHP"])
def test_elk_district_heeft_een_pagina(lezer: Client, code: str) -> None:
    pagina = tekst(lezer, f"/formatie/districten/{code}/")
    assert "is niet te zeggen: er is geen bezetting vastgesteld" in pagina
    assert "Totaal, zoals gedrukt" in pagina


@pytest.mark.parametrize("code", ["RE07", "A1", "DRR", "G", "a", "A%00", "%27", "A/B", "🚔"])
def test_wat_geen_district_is_bestaat_niet(lezer: Client, code: str) -> None:
    assert lezer.get(f"/formatie/districten/{code}/").status_code == 404


def test_het_gedrukte_totaal_naast_het_berekende_met_de_oorzaak(lezer: Client) -> None:
    adres = "/formatie/districten/B/"
    assert rij(lezer, adres, "Totaal, zoals gedrukt")[1] == "609,0"
    assert rij(lezer, adres, "Totaal, uit de delen")[1] == "609,5"
    assert rij(lezer, adres, "Verschil")[1] == "-0,5"
    assert Controlesom.objects.get(sleutel="districtstotaal-b-fte").oorzaak in tekst(lezer, adres)


def test_inwoners_per_wijkagent_is_een_citaat(lezer: Client) -> None:
    pagina = tekst(lezer, "/formatie/districten/A/")
    assert "Het plan drukt voor dit district 1:4533" in pagina
    assert "Dit is een citaat. Het volgt niet uit de eigen getallen van het plan" in pagina
    assert "1:4388, maar uit de districten volgt 1:4280" in pagina
    assert "drukt voor dit district geen inwoners per wijkagent" in tekst(lezer, "/formatie/districten/ZHP/")
    assert "In de hele eenheid woonden op 1 januari 2023 1.800.000 mensen: de norm vraagt dan 360" in pagina
    assert "Het plan geeft er 407,5: één per 4.417 inwoners" in pagina


def test_de_staven_tonen_dezelfde_getallen_als_de_tabel(lezer: Client) -> None:
    html = lezer.get("/formatie/districten/A/").content.decode()
    figuur = html[html.index("<figure") : html.index("</figure>")]
    assert "Waterweg heeft met 169,4 fte de meeste plaatsen, Schiedam met 143,8 fte de minste." in figuur
    assert re.findall(r'<td class="getal">([\d,]+)</td>', figuur) == ["169,4", "143,8", "157,7"]
    assert re.findall(r'width="([\d.]+)"', figuur) == ["100.00", "84.89", "93.09"]


def test_het_eigen_district_staat_vooraan_en_is_gemerkt(plan: Formatieplan) -> None:
    html = als("districtschef", onderdeel="D").get("/formatie/").content.decode()
    assert html.index("Uw district: ") < html.index("Formatie en bezetting per district")
    for naam in ("bezetting", "districten"):
        tabel = html[html.index(f'id="{naam}"') :]
        assert tabel.index("D Rotterdam Zuid") < tabel.index("A Rijnmond Noord")
    assert html.count('<span class="eigen-merk">uw district</span>') == 2
    assert "uw district" not in als("rvo-lid").get("/formatie/").content.decode()


def test_controle_noemt_elk_verschil_en_filtert_in_het_adres(lezer: Client) -> None:
    def rijen(vraag: str) -> list[str]:
        return re.findall(r'<tr id="([^"]+)"', lezer.get(f"/formatie/controle/?{vraag}").content.decode())

    assert len(rijen("")) == 44
    assert len(rijen("bevinding=afronding")) == 40
    assert rijen("bevinding=geen+afronding&tabel=ZHP") == ["tabellen-zhp-totaal-fte"]
    assert rijen("vergelijking=gewogen") == ["inwoners-per-wijkagent-inwoners"]
    assert rijen("sort=-verschil")[0] == "totaal-basispolitiezorg-os"
    assert rijen("vergelijking=gewogen&bevinding=afronding") == []
    assert "Geen verschil past bij deze keuze." in tekst(
        lezer, "/formatie/controle/?vergelijking=gewogen&bevinding=afronding"
    )
    assert "4 van de 44 verschillen" in tekst(lezer, "/formatie/controle/?bevinding=geen+afronding")


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
    pagina = tekst(lezer, "/formatie/controle/?bevinding=onzin")
    assert "44 van de 44 verschillen" in pagina
    assert "onzin is geen beschikbare keuze" in pagina


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
    assert "Er is geen formatieplan dat" in tekst(lezer, pagina)
    leeg_plan()
    pagina_leeg = tekst(lezer, pagina)
    assert "Leeg plan" in pagina_leeg


def test_een_district_dat_het_plan_niet_noemt() -> None:
    laad_plan()
    Formatieplan.objects.update(geldig_tot="2023-01-02")
    leeg_plan()
    assert "Het formatieplan noemt dit district niet" in tekst(als("rvo-lid"), "/formatie/districten/A/")


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
    html = lezer.get("/formatie/").content.decode()
    assert "<img" not in html
    assert "{{7*7}}" in html
