"""The read API: shapes, scope, errors and log-in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import ApiToken
from monitor.models import Indicator, Meting
from monitor.rekenen.herberekenen import herbereken
from tests.factories import (
    DoelstellingFactory,
    IndicatorFactory,
    MetingFactory,
    MonitorregelFactory,
    OnderdeelFactory,
    maak_eenheid,
    maak_persoon,
)

pytestmark = pytest.mark.django_db


def _als(rol: str, **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


@pytest.fixture
def rvo_lid() -> Client:
    return _als("rvo-lid")


def test_indicator_met_plek_en_doelen(rvo_lid: Client) -> None:
    regel = MonitorregelFactory(indicator__code="verdachten", thema__slug="opsporing", gedrukt_doel="30 30 30 30")
    DoelstellingFactory(indicator=regel.indicator, jaar=2026, streefwaarde=Decimal("30.5000"))
    antwoord = rvo_lid.get("/api/v1/indicatoren").json()
    assert antwoord["totaal"] == 1
    [indicator] = antwoord["resultaten"]
    assert indicator["code"] == "verdachten"
    assert (indicator["thema"], indicator["gedruktDoel"], indicator["waarvanVan"]) == ("opsporing", "30 30 30 30", None)
    assert indicator["doelstellingen"] == [
        {
            "jaar": 2026,
            "soort": "jaarvolume",
            "streefwaarde": "30.5",
            "marge": "10",
            "geldigVanaf": "2023-01-01",
            "besluit": "Vastgesteld met de agenda",
        }
    ]


def test_metingen_getallen_zijn_tekst_en_tijden_utc(rvo_lid: Client) -> None:
    MetingFactory(waarde=Decimal("20917070.0000"))
    [meting] = rvo_lid.get("/api/v1/metingen").json()["resultaten"]
    assert (meting["waarde"], meting["teller"], meting["kwartaal"]) == ("20917070", None, 1)
    assert meting["vastgesteldOp"] == "2025-11-01T09:00:00Z"
    assert (meting["ingevoerdDoor"], meting["vastgesteldDoor"]) == (None, None)  # as on the pages of this reader


@pytest.mark.parametrize(("rol", "waar", "ziet"), [("analist", {}, True), ("districtschef", {"onderdeel": "A"}, False)])
def test_wie_invoerde_en_vaststelde_leest_wie_het_spoor_leest(rol: str, waar: dict[str, str], ziet: bool) -> None:
    MetingFactory()
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    [meting] = client.get("/api/v1/metingen").json()["resultaten"]
    namen = ("invoerder", "goedkeurder") if ziet else (None, None)
    assert (meting["ingevoerdDoor"], meting["vastgesteldDoor"]) == namen


def test_filteren_en_bladeren(rvo_lid: Client) -> None:
    indicator = IndicatorFactory(code="i")
    for kwartaal in (1, 2, 3):
        MetingFactory(indicator=indicator, kwartaal=kwartaal)
    MetingFactory(kwartaal=1)
    antwoord = rvo_lid.get("/api/v1/metingen?indicator=i&pagina=2&perPagina=2").json()
    assert antwoord["totaal"] == 3
    assert [meting["kwartaal"] for meting in antwoord["resultaten"]] == [3]


def test_alleen_wie_concepten_mag_lezen_ziet_wat_wacht() -> None:
    MetingFactory(wachtend=True)
    assert _als("rvo-lid").get("/api/v1/metingen").json()["totaal"] == 0
    assert _als("analist").get("/api/v1/metingen").json()["totaal"] == 1


def test_gevoelig_en_personeel_volgen_de_rechten() -> None:
    onderdelen = maak_eenheid()
    gevoelig = IndicatorFactory(code="gevoelig", gevoelig=True)
    verzuim = IndicatorFactory(code="verzuim", personeel=True)
    for indicator in (gevoelig, verzuim):
        for code in ("RE07", "A", "A1", "B", "B1"):
            MetingFactory(indicator=indicator, onderdeel=onderdelen[code])

    def gezien(client: Client) -> set[tuple[str, str]]:
        rijen = client.get("/api/v1/metingen").json()["resultaten"]
        return {(rij["indicator"], rij["onderdeel"]) for rij in rijen}

    eenheid = {("gevoelig", "RE07"), ("verzuim", "RE07")}
    assert gezien(_als("rvo-lid")) == eenheid | {("verzuim", "A"), ("verzuim", "B")}
    assert gezien(_als("portefeuillehouder", thema="t")) == eenheid
    assert gezien(_als("districtschef", onderdeel="A")) == eenheid | {("verzuim", "A"), ("verzuim", "A1")}
    assert gezien(_als("analist")) == eenheid | {("verzuim", code) for code in ("A", "A1", "B", "B1")}


@pytest.mark.parametrize(
    "pad", ["indicatoren", "onderdelen", "formatieregels", "districtsformatie", "metingen", "doelbereik"]
)
def test_een_beheerder_krijgt_geen_cijfers_en_een_vreemde_niets(pad: str) -> None:
    beheerder = _als("beheerder").get(f"/api/v1/{pad}")
    assert (beheerder.status_code, beheerder["Content-Type"]) == (404, "application/problem+json")
    vreemde = Client().get(f"/api/v1/{pad}")
    assert (vreemde.status_code, vreemde["Content-Type"]) == (401, "application/problem+json")


def test_een_programma_logt_in_met_een_sleutel() -> None:
    sleutel = ApiToken.maak(maak_persoon("rvo-lid"), "koppeling", geldig_tot=date(2100, 1, 1))
    kop = {"Authorization": f"Bearer {sleutel}"}
    assert Client(headers=kop).get("/api/v1/onderdelen").status_code == 200
    assert sleutel not in str(ApiToken.objects.values().get())


@pytest.mark.parametrize("geldig_tot", [date(2020, 1, 1)])
def test_een_verlopen_of_verzonnen_sleutel_geeft_401(geldig_tot: date) -> None:
    verlopen = ApiToken.maak(maak_persoon("rvo-lid"), "oud", geldig_tot=geldig_tot)
    for sleutel in (verlopen, "verzonnen", ""):
        assert Client(headers={"Authorization": f"Bearer {sleutel}"}).get("/api/v1/onderdelen").status_code == 401


def test_alle_fouten_van_een_vraag_tegelijk(rvo_lid: Client) -> None:
    antwoord = rvo_lid.get("/api/v1/metingen?jaar=abc&kwartaal=5&perPagina=1000000000&pagina=0")
    assert (antwoord.status_code, antwoord["Content-Type"]) == (400, "application/problem+json")
    probleem = antwoord.json()
    assert probleem["title"] == "De vraag klopt niet."
    assert {fout["parameter"] for fout in probleem["fouten"]} == {"jaar", "kwartaal", "perPagina", "pagina"}


@pytest.mark.parametrize("vraag", ["indicator=%00", "indicator=' OR 1=1", "jaar=99999999999999999999", "pagina=1e9"])
def test_een_rare_vraag_geeft_nooit_een_storing(rvo_lid: Client, vraag: str) -> None:
    assert rvo_lid.get(f"/api/v1/metingen?{vraag}").status_code in (200, 400, 404)


@pytest.mark.parametrize("methode", ["post", "put", "patch", "delete"])
def test_de_api_leest_alleen(rvo_lid: Client, methode: str) -> None:
    assert getattr(rvo_lid, methode)("/api/v1/metingen").status_code == 405


def test_elk_antwoord_noemt_zijn_versie_en_blijft_nergens_hangen(rvo_lid: Client) -> None:
    OnderdeelFactory()
    antwoord = rvo_lid.get("/api/v1/onderdelen")
    assert (antwoord["API-Version"], antwoord["Cache-Control"]) == ("1.4.0", "private, no-store")


@pytest.fixture
def verdachten() -> Indicator:
    """The worked example of the calculation rules: 30 a year, and 9, 6, 8 in 2025."""
    indicator = IndicatorFactory(code="verdachten", eenheid="verdachten")
    DoelstellingFactory(indicator=indicator)
    for kwartaal, waarde in ((1, 9), (2, 6), (3, 8)):
        MetingFactory(indicator=indicator, kwartaal=kwartaal, waarde=waarde)
    herbereken([indicator.pk])
    return indicator


def test_het_doelbereik_zegt_wat_de_rekenregels_zeggen(rvo_lid: Client, verdachten: Indicator) -> None:
    antwoord = rvo_lid.get("/api/v1/doelbereik?indicator=verdachten&jaar=2025&kwartaal=3").json()
    [rij] = antwoord["resultaten"]
    assert (rij["waarde"], rij["cumulatief"], rij["verwachting"], rij["streefwaarde"]) == ("8", "23", "22.5", "30")
    assert (rij["oordeel"], rij["nogNodig"], rij["nodigPerKwartaal"]) == ("op_koers", "7", "7")
    assert (rij["volledig"], rij["ontbreekt"], rij["status"]) == (True, [], "definitief")
    assert rij["tempo"].startswith("1.0222")
    assert rij["reden"].startswith("23 verdachten t/m Q3, norm 22,5; nog 7 nodig in Q4")
    assert rij["berekendOp"].endswith("Z")


def test_zoals_bekend_op_een_eerdere_dag(rvo_lid: Client, verdachten: Indicator) -> None:
    """The values were approved on 1 November 2025: the day before there was nothing, later what was corrected."""

    def oordelen(peildatum: str) -> list[str]:
        vraag = f"/api/v1/doelbereik?indicator=verdachten&jaar=2025&kwartaal=3&peildatum={peildatum}"
        return [rij["oordeel"] for rij in rvo_lid.get(vraag).json()["resultaten"]]

    assert oordelen("2025-10-31") == ["geen_meting"]
    assert oordelen("2025-11-01") == ["op_koers"]
    oud = Meting.objects.get(kwartaal=2)
    Meting.objects.filter(pk=oud.pk).update(staat="vervangen", vervangen_op=datetime(2026, 2, 1, tzinfo=UTC))
    MetingFactory(
        indicator=verdachten, kwartaal=2, waarde=1, vervangt=oud, vervangreden="Dubbel geteld.",
        vastgesteld_op=datetime(2026, 2, 1, tzinfo=UTC),
    )  # fmt: skip
    herbereken([verdachten.pk])
    assert oordelen("2026-01-31") == ["op_koers"]
    assert oordelen("2026-02-01") == ["achter"]


def test_een_peildatum_in_de_toekomst_of_onzin_wordt_geweigerd(rvo_lid: Client) -> None:
    for dag in ("2999-01-01", "gisteren", "2026-13-01", "0001-01-01"):
        antwoord = rvo_lid.get(f"/api/v1/doelbereik?peildatum={dag}")
        assert (antwoord.status_code, antwoord.json()["fouten"][0]["parameter"]) == (400, "peildatum")
