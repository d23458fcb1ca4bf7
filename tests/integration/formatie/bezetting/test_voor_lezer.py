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
from tests.integration.formatie.test_paginas import DIENSTEN, MET_MENSEN, lees, rij, tekst
from tests.pagina import Deel

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
    pagina = lees(chef(), A)
    assert pagina.kop1 == (
        "District A komt 22,7 fte tekort op 565,8 plaatsen; het tekort werd kleiner: in Q2 2026 was het 25,4."
    )
    bovenaan = pagina.inhoud.tekst.partition(pagina.tabel(MET_MENSEN).naam)[0]
    assert "District A Rijnmond Noord uw district" in bovenaan
    assert "Het plan geeft uw district 565,8 fte, waarvan 470,9 fte in 3 basisteams. Sinds Q2 2026" in bovenaan
    assert "Het grootste tekort heeft A1 Waterweg: 6,8 fte. Van de plaatsen voor wijkagenten is " in bovenaan
    assert pagina.heeft("Alle 3 basisteams hebben minder wijkagenten dan het plan geeft")
    assert pagina.heeft("voor 40% inzetbaar")


def test_elke_rij_heeft_mensen_en_het_verschil_met_teken_en_woord(plan: Formatieplan) -> None:
    tabel = lees(chef(), A).tabel(MET_MENSEN)
    team = tabel.rij("A1").onder("Formatie", "Bezetting", "Verschil", "Bezet")
    assert team == ["169,4", "162,6", "-6,8 te weinig", "96,0%"]
    totaal, berekend = tabel.rij("Totaal, zoals gedrukt"), tabel.rij("Totaal, uit de delen")
    assert totaal.cel("Formatie") == "565,8"
    assert totaal.cel("Bezetting") == berekend.cel("Bezetting") == "543,1"


def test_te_veel_mensen_en_een_voorlopig_cijfer(plan: Formatieplan) -> None:
    team = Onderdeel.objects.get(code="A1")
    BezettingFactory(onderdeel=team, jaar=2026, kwartaal=4, os=Decimal(180), nos=Decimal(5), status="voorlopig")
    pagina = lees(chef(), f"{A}?kwartaal=2026-Q4")
    tabel = pagina.tabel(MET_MENSEN)
    assert tabel.rij("A1").onder("Bezetting", "Verschil") == ["185,0 vl.", "+15,6 te veel"]
    assert pagina.heeft("Hoeveel mensen er eind Q4 2026 werkten, is niet te zeggen")
    totaal = tabel.cel("Totaal, zoals gedrukt", "Bezetting")
    assert totaal == "–de bezetting is vastgesteld voor 1 van de 6 onderdelen"


@pytest.mark.parametrize("rol", ["analist", "vaststeller"])
def test_wie_overal_teams_mag_zien_ziet_ze(plan: Formatieplan, rol: str) -> None:
    pagina = lees(als(rol), A)
    assert pagina.tabel(MET_MENSEN).cel("A1", "Bezetting") == "162,6"
    assert pagina.heeft("Het plan geeft dit district")


@pytest.mark.parametrize(
    ("rol", "waar"),
    [("rvo-lid", {}), ("portefeuillehouder", {"thema": "x"}), ("districtschef", {"onderdeel": "B"})],
)
def test_wie_geen_teams_mag_zien_ziet_van_geen_team_iets(plan: Formatieplan, rol: str, waar: dict[str, str]) -> None:
    lezer = als(rol, **waar)
    assert "162,6" not in lezer.get(A).content.decode()  # raw: not in an attribute or a script either
    pagina = lees(lezer, A)
    assert pagina.tabel("Het plan voor").cel("A1", "Formatie") == "169,4"
    # The district as one line with the reason, or not even that; never a table of dashes.
    lijnen = [een.kop for tabel in pagina.tabellen if tabel.naam.startswith(MET_MENSEN) for een in tabel.rijen]
    assert lijnen == (["District A Rijnmond Noord"] if rol == "rvo-lid" else [])
    assert pagina.heeft("alleen zichtbaar voor het district zelf") is (rol == "rvo-lid")
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
    kolommen = ("Formatie", "Bezetting", "Verschil")
    zelf = rij(chef(), A, "Totaal, zoals gedrukt")
    assert rij(lezer, A, "District A").onder(*kolommen) == zelf.onder(*kolommen)
    assert rij(lezer, "/formatie/", "A Rijnmond Noord").cel("Bezetting") == zelf.cel("Bezetting") == "543,1"


def test_een_ander_district_is_voor_een_chef_alleen_het_plan(plan: Formatieplan) -> None:
    pagina = lees(chef("B"), A)
    assert pagina.kop1 == "District A heeft 565,8 fte aan plaatsen."
    assert pagina.inhoud.heeft("u mag de bezetting van dit district niet zien")


def test_wat_wacht_op_vaststelling_telt_niet_mee(plan: Formatieplan) -> None:
    team = Onderdeel.objects.get(code="A1")
    BezettingFactory(onderdeel=team, jaar=2026, kwartaal=4, wachtend=True)
    assert rij(chef(), f"{A}?kwartaal=2026-Q4", "A1").cel("Bezetting") == "–nog niet vastgesteld"


def test_mensen_op_een_plek_die_het_plan_niet_noemt_staan_er_ook(plan: Formatieplan) -> None:
    nieuw = Onderdeel.objects.create(
        code="A9", naam="Nieuw team", soort="basisteam", ouder=Onderdeel.objects.get(code="A")
    )
    klein = {"os": Decimal(20), "nos": Decimal(0), "aspiranten": None, "wijkagenten": None, "wijkagenten_expert": None}
    BezettingFactory(onderdeel=nieuw, jaar=2026, kwartaal=3, **klein)
    assert rij(chef(), A, "A9 Nieuw team").onder("Formatie", "Bezetting") == ["–niet in het plan", "20,0"]


def test_een_gewijzigd_plan_geldt_vanaf_zijn_kwartaal_en_is_een_trap(plan: Formatieplan) -> None:
    nieuw_plan(plan, "herzien", date(2026, 7, 1))
    assert rij(chef(), A, "A1").cel("Formatie") == "174,4"
    assert rij(chef(), f"{A}?kwartaal=2026-Q2", "A1").cel("Formatie") == "169,4"
    verloop = lees(chef(), A).figuur("A1 Waterweg").tabel()
    assert "plan gewijzigd" in verloop.cel("Q3 2026", "Opmerking")
    assert any("Plan herzien" in versie for versie in lees(chef(), "/formatie/").lijst("Versies van het plan"))
    versie = lees(chef(), "/formatie/versies/herzien/")
    assert versie.kop1 == "Wijzigingen in Plan herzien"
    assert versie.heeft("gedrukte getallen van Formatieplan 2023 – 2026")
    soorten = versie.tabel().kolom("Soort wijziging")
    assert soorten.count("vervallen") > soorten.count("gewijzigd") > 0
    team = versie.tabel().rij("A1 Waterweg")
    gewijzigd = team.onder("Regel of soort", "Kolom", "Oud", "Nieuw", "Verschil")
    assert gewijzigd == ["Basisteam", "FTE", "169,4", "174,4", "+5,0"]
    assert lees(chef(), "/formatie/versies/2023-2026/").inhoud.heeft("de eerste versie van het plan")
    assert chef().get("/formatie/versies/weg/").status_code == 404


def test_een_kwartaal_dat_niet_kan_wordt_geweigerd(plan: Formatieplan) -> None:
    for pagina in (A, "/formatie/"):
        assert chef().get(f"{pagina}?kwartaal=onzin").status_code == 400
        assert chef().get(f"{pagina}?kwartaal=2015-Q1").status_code == 400
        assert chef().get(f"{pagina}?kwartaal=2099-Q1").status_code == 400


def test_de_norm_voor_het_eigen_district_als_zijn_inwoners_bekend_zijn(plan: Formatieplan) -> None:
    district = Onderdeel.objects.get(code="A")
    Inwonertal.objects.create(onderdeel=district, peildatum=date(2024, 1, 1), aantal=300_000, bron="CBS")
    wijk = lees(chef(), A).deel("Heeft elke buurt haar wijkagent?")
    assert wijk.heeft("In dit district woonden op 1 januari 2024 300.000 mensen: de norm vraagt dan 60 wijkagenten")
    assert not wijk.heeft("dat noemt geen inwoners per district")
    assert not wijk.heeft("Hoeveel mensen er in dit district wonen is niet bekend")
    assert re.search(r"Eind Q3 2026 werkten er [\d,]+ fte: één per [\d.]+ inwoners", wijk.tekst)
    # Who does not see the teams reads the same sum; the next district says that nothing is known of it.
    assert re.search(r"werkten er [\d,]+ fte: één per", tekst(als("rvo-lid"), A))
    assert lees(chef(), "/formatie/districten/B/").heeft("Hoeveel mensen er in dit district wonen is niet bekend")


def test_zoeken_vindt_diensten_regels_districten_en_teams(plan: Formatieplan) -> None:
    def boom(zoek: str) -> Deel:
        return lees(chef(), f"/formatie/?zoek={zoek}").deel("Districten en hun basisteams")

    [melding] = lees(chef(), "/formatie/?zoek=WATERWEG").meldingen
    assert melding.startswith("Gevonden: 0 regels van de tabel per dienst, 1 district en 1 basisteam.")
    assert boom("WATERWEG").heeft("A1 Waterweg")
    assert not boom("WATERWEG").heeft("A2 Schiedam")
    assert boom("zuid-holland-zuid").heeft("Zuid–Holland–Zuid")
    assert rij(chef(), "/formatie/?zoek=milieu", "waarvan Milieu", DIENSTEN)
    assert boom("bestaatniet").heeft("Geen district of basisteam past")
    bestand = chef().get("/formatie/?zoek=waterweg&_export=csv&_tabel=bezetting").content.decode("utf-8-sig")
    rijen, noten = bestand.splitlines()[:3], bestand.splitlines()[3:]
    assert [regel.split(";")[0] for regel in rijen] == ["District", "A", "RE07"]
    assert "districten en Zeehavenpolitie, 3.833,0 van de 6.129,2 fte" in " ".join(noten)


def test_totalen_blijven_onderaan_bij_sorteren(plan: Formatieplan) -> None:
    koppen = [een.kop for een in lees(chef(), f"{A}?sort=-bezetting").tabel(MET_MENSEN).rijen]
    assert koppen[0] == "A1 Waterweg"
    assert koppen.index("Leiding en ondersteuning") < koppen.index("Totaal, zoals gedrukt") == len(koppen) - 3


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
    gekozen = lees(chef(), A).tabel(MET_MENSEN).kolommen
    assert "Bezetting (fte)" not in gekozen
    assert "Ziek (fte)" in gekozen
    assert "Bezetting (fte)" in lees(als("analist"), A).tabel(MET_MENSEN).kolommen
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
    assert gelezen["A1"]["Bezetting (fte)"] == rij(chef(), A, "A1").cel("Bezetting")
    assert Bezetting.objects.filter(onderdeel__code="A1", kwartaal=3).get().fte == Decimal("162.60")
