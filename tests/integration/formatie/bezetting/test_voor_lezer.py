"""People beside places on the page: what each role sees of them, and what the totals and files say."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client

from common.pagina.tabellen import Kolomkeuze
from formatie.models import Bezetting, Formatieplan, Inwonertal, Onderdeel
from tests.factories import BezettingFactory
from tests.integration.formatie.opstelling import als, laad_plan, nieuw_plan, vul_bezetting
from tests.integration.formatie.test_paginas import rij, tekst

pytestmark = pytest.mark.django_db

A = "/formatie/districten/A/"


@pytest.fixture
def plan() -> Formatieplan:
    gevonden = laad_plan()
    vul_bezetting(aantal=3)
    return gevonden


def chef(district: str = "A") -> Client:
    return als("districtschef", onderdeel=district)


def test_de_chef_leest_bovenaan_wat_hij_vraagt(plan: Formatieplan) -> None:
    pagina = tekst(chef(), A)
    assert "Het plan geeft uw district 565,8 fte, waarvan 470,9 fte in 3 basisteams. Eind Q3 2026 werkten er" in pagina
    assert "fte te weinig (96,0% bezet)." in pagina
    assert "Het tekort is sinds Q2 2026 kleiner geworden" in pagina
    assert "Het grootste tekort heeft Waterweg" in pagina
    assert "Alle 3 basisteams hebben minder wijkagenten dan het plan geeft" in pagina
    assert "voor 40% inzetbaar" in pagina


def test_elke_rij_heeft_mensen_en_het_verschil_met_teken_en_woord(plan: Formatieplan) -> None:
    cellen = rij(chef(), A, "A1")
    assert cellen[1:5] == ["169,4", "162,6", "-6,8 te weinig", "96,0%"]
    totaal = rij(chef(), A, "Totaal, zoals gedrukt")
    berekend = rij(chef(), A, "Totaal, uit de delen")
    assert totaal[1] == "565,8"
    assert totaal[2] == berekend[2]


def test_te_veel_mensen_en_een_voorlopig_cijfer(plan: Formatieplan) -> None:
    team = Onderdeel.objects.get(code="A1")
    BezettingFactory(onderdeel=team, jaar=2026, kwartaal=4, os=Decimal(180), nos=Decimal(5), status="voorlopig")
    with_q4 = f"{A}?kwartaal=2026-Q4"
    assert rij(chef(), with_q4, "A1")[2:4] == ["185,0 vl.", "+15,6 te veel"]
    pagina = tekst(chef(), with_q4)
    assert "Hoeveel mensen er eind Q4 2026 werkten, is niet te zeggen" in pagina
    assert "de bezetting is vastgesteld voor 1 van de 6 onderdelen" in pagina
    assert rij(chef(), with_q4, "Totaal, zoals gedrukt")[2].startswith("–de bezetting is vastgesteld voor 1")


@pytest.mark.parametrize("rol", ["analist", "vaststeller"])
def test_wie_overal_teams_mag_zien_ziet_ze(plan: Formatieplan, rol: str) -> None:
    assert rij(als(rol), A, "A1")[2] == "162,6"
    assert "Het plan geeft dit district" in tekst(als(rol), A)


@pytest.mark.parametrize(
    ("rol", "waar"),
    [("rvo-lid", {}), ("portefeuillehouder", {"thema": "x"}), ("districtschef", {"onderdeel": "B"})],
)
def test_wie_geen_teams_mag_zien_ziet_van_geen_team_iets(plan: Formatieplan, rol: str, waar: dict[str, str]) -> None:
    lezer = als(rol, **waar)
    html = lezer.get(A).content.decode()
    assert "162,6" not in html
    assert rij(lezer, A, "A1")[1] == "169,4"
    assert rij(lezer, A, "A1")[2].startswith("–per onderdeel alleen zichtbaar")
    for formaat in ("csv", "xlsx", "ods"):
        inhoud = lezer.get(A, {"_export": formaat}).content
        leesbaar = inhoud if formaat == "csv" else _uitgepakt(inhoud)
        assert b"162,6" not in leesbaar
        assert b"162.6" not in leesbaar


def _uitgepakt(inhoud: bytes) -> bytes:
    boek = zipfile.ZipFile(io.BytesIO(inhoud))
    return b"".join(boek.read(naam) for naam in boek.namelist())


def test_een_rvo_lid_ziet_het_district_als_geheel(plan: Formatieplan) -> None:
    lezer = als("rvo-lid")
    zelf = rij(chef(), A, "Totaal, zoals gedrukt")
    assert rij(lezer, A, "Totaal, zoals gedrukt")[1:4] == zelf[1:4]
    assert rij(lezer, "/formatie/", "A Rijnmond Noord", "bezetting")[2] == zelf[2]


def test_een_ander_district_is_voor_een_chef_alleen_het_plan(plan: Formatieplan) -> None:
    assert "u mag de bezetting van dit district niet zien" in tekst(chef("B"), A)


def test_wat_wacht_op_vaststelling_telt_niet_mee(plan: Formatieplan) -> None:
    team = Onderdeel.objects.get(code="A1")
    BezettingFactory(onderdeel=team, jaar=2026, kwartaal=4, wachtend=True)
    assert rij(chef(), f"{A}?kwartaal=2026-Q4", "A1")[2] == "–nog niet vastgesteld"


def test_mensen_op_een_plek_die_het_plan_niet_noemt_staan_er_ook(plan: Formatieplan) -> None:
    nieuw = Onderdeel.objects.create(
        code="A9", naam="Nieuw team", soort="basisteam", ouder=Onderdeel.objects.get(code="A")
    )
    klein = {"os": Decimal(20), "nos": Decimal(0), "aspiranten": None, "wijkagenten": None, "wijkagenten_expert": None}
    BezettingFactory(onderdeel=nieuw, jaar=2026, kwartaal=3, **klein)
    cellen = rij(chef(), A, "A9")
    assert cellen[0].endswith("Nieuw team")
    assert cellen[1:3] == ["–niet in het plan", "20,0"]


def test_een_gewijzigd_plan_geldt_vanaf_zijn_kwartaal_en_is_een_trap(plan: Formatieplan) -> None:
    nieuw_plan(plan, "herzien", date(2026, 7, 1))
    assert rij(chef(), A, "A1")[1] == "174,4"
    assert rij(chef(), f"{A}?kwartaal=2026-Q2", "A1")[1] == "169,4"
    html = chef().get(A).content.decode()
    assert "plan gewijzigd" in html
    assert "Plan herzien" in tekst(chef(), "/formatie/")
    versie = tekst(chef(), "/formatie/versies/herzien/")
    assert "gedrukte getallen van Formatieplan 2023 – 2026" in versie
    assert versie.count("vervallen") > versie.count("gewijzigd")
    assert rij(chef(), "/formatie/versies/herzien/", "A1 Waterweg")[1:6] == [
        "Basisteam",
        "FTE",
        "169,4",
        "174,4",
        "+5,0",
    ]
    assert "de eerste versie van het plan" in tekst(chef(), "/formatie/versies/2023-2026/")
    assert chef().get("/formatie/versies/weg/").status_code == 404


def test_een_kwartaal_dat_niet_kan_wordt_geweigerd(plan: Formatieplan) -> None:
    for pagina in (A, "/formatie/"):
        assert chef().get(f"{pagina}?kwartaal=onzin").status_code == 400
        assert chef().get(f"{pagina}?kwartaal=2015-Q1").status_code == 404
        assert chef().get(f"{pagina}?kwartaal=2099-Q1").status_code == 404


def test_de_norm_voor_het_eigen_district_als_zijn_inwoners_bekend_zijn(plan: Formatieplan) -> None:
    district = Onderdeel.objects.get(code="A")
    Inwonertal.objects.create(onderdeel=district, peildatum=date(2024, 1, 1), aantal=300_000, bron="CBS")
    pagina = tekst(chef(), A)
    assert "In dit district woonden op 1 januari 2024 300.000 mensen: de norm vraagt dan 60 wijkagenten" in pagina
    assert "dat noemt geen inwoners per district" not in pagina
    assert "Hoeveel mensen er in dit district wonen is niet bekend" not in pagina
    assert re.search(r"Eind Q3 2026 werkten er [\d,]+ fte: één per [\d.]+ inwoners", pagina)
    # Who does not see the teams reads the same sum; the next district says that nothing is known of it.
    assert re.search(r"werkten er [\d,]+ fte: één per", tekst(als("rvo-lid"), A))
    assert "Hoeveel mensen er in dit district wonen is niet bekend" in tekst(chef(), "/formatie/districten/B/")


def test_zoeken_vindt_diensten_regels_districten_en_teams(plan: Formatieplan) -> None:
    gevonden = tekst(chef(), "/formatie/?zoek=WATERWEG")
    assert "Gevonden: 0 regels van de tabel per dienst, 1 district en 1 basisteam" in gevonden
    assert "A1 Waterweg" in gevonden
    assert "A2 Schiedam" not in gevonden
    assert "Zuid–Holland–Zuid" in tekst(chef(), "/formatie/?zoek=zuid-holland-zuid")
    assert "waarvan Milieu" in tekst(chef(), "/formatie/?zoek=milieu")
    assert "Geen district of basisteam past" in tekst(chef(), "/formatie/?zoek=bestaatniet")
    bestand = chef().get("/formatie/?zoek=waterweg&_export=csv&_tabel=bezetting").content.decode("utf-8-sig")
    assert [regel.split(";")[0] for regel in bestand.splitlines()] == ["District", "A", "RE07"]


def test_totalen_blijven_onderaan_bij_sorteren(plan: Formatieplan) -> None:
    html = chef().get(f"{A}?sort=-bezetting").content.decode()
    tabel = html[html.index('id="formatie"') : html.index("</table>")]
    assert tabel.index("Waterweg") < tabel.index("Leiding") < tabel.index("Totaal, zoals gedrukt")


def test_het_bestand_heeft_mensen_als_getallen_totalen_en_noten(plan: Formatieplan) -> None:
    boek = openpyxl.load_workbook(io.BytesIO(chef().get(A, {"_export": "xlsx"}).content))
    rijen = [[cel.value for cel in rij_] for rij_ in boek.active.iter_rows()]
    kop = rijen[0]
    team = next(rij_ for rij_ in rijen if "Waterweg" in rij_)
    assert team[kop.index("Bezetting (fte)")] == 162.6
    assert team[kop.index("Verschil (fte)")] == -6.8
    assert team[kop.index("aspiranten inzetbaar (fte)")] == pytest.approx(6.5, abs=0.05)
    assert any("Totaal, zoals gedrukt" in rij_ for rij_ in rijen)
    noten = [rij_[0] for rij_ in rijen if isinstance(rij_[0], str)]
    assert "Stand per Q3 2026." in noten
    assert any(noot.startswith("Formatieplan 2023 – 2026: Vastgesteld") for noot in noten)


def test_gekozen_kolommen_blijven_bewaard_en_zijn_van_een_persoon(plan: Formatieplan) -> None:
    client = chef()
    kolommen = ["fte", "bezetting", "verschil", "ziek"]
    antwoord = client.post(
        "/kolommen/",
        {"tabel": "formatie", "kolom-formatie": kolommen, "toon-formatie": ["fte", "ziek"], "terug": f"{A}?sort=fte"},
    )
    assert (antwoord.status_code, antwoord["Location"]) == (302, f"{A}?sort=fte#formatie")
    html = chef().get(A).content.decode()
    tabel = html[html.index('id="formatie"') : html.index("</table>")]
    assert "Bezetting (fte)" not in tabel
    assert "Ziek (fte)" in tabel
    assert "Bezetting (fte)" in als("analist").get(A).content.decode()
    assert "Bezetting (fte)" in chef().get(A, {"_export": "csv"}).content.decode()
    assert Kolomkeuze.objects.get().verborgen == ["bezetting", "verschil"]


@pytest.mark.parametrize(
    "vraag",
    [
        {},
        {"tabel": "a b"},
        {"tabel": "x" * 41},
        {"tabel": "formatie", "kolom-formatie": ["<script>"]},
        {"tabel": "formatie", "kolom-formatie": [f"k{n}" for n in range(61)]},
    ],
)
def test_een_verkeerde_keuze_wordt_geweigerd(vraag: dict[str, object]) -> None:
    assert als("rvo-lid").post("/kolommen/", vraag).status_code == 400
    assert not Kolomkeuze.objects.exists()


def test_na_de_keuze_nooit_naar_een_andere_site() -> None:
    antwoord = als("rvo-lid").post("/kolommen/", {"tabel": "formatie", "terug": "https://elders.example/"})
    assert antwoord["Location"] == "/"
    assert Client().post("/kolommen/", {"tabel": "formatie"})["Location"].startswith("/inloggen/")


def test_csv_en_pagina_zeggen_hetzelfde(plan: Formatieplan) -> None:
    inhoud = chef().get(A, {"_export": "csv"}).content.decode("utf-8-sig")
    gelezen = {r["Code"]: r for r in csv.DictReader(io.StringIO(inhoud), delimiter=";")}
    assert gelezen["A1"]["Bezetting (fte)"] == rij(chef(), A, "A1")[2]
    assert Bezetting.objects.filter(onderdeel__code="A1", kwartaal=3).get().fte == Decimal("162.60")
