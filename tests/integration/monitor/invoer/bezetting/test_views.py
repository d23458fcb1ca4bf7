"""The pages of bezetting: what was typed is never lost, nobody overwrites another, nobody sees another district."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.models import AuditEvent
from common.vaststellen.model import Staat
from formatie.models import Bezetting
from monitor.invoer.vaststellen.services import stuur_terug
from monitor.invoer.vaststellen.soorten import BEZETTING
from monitor.models import Afsluiting, Meting
from tests.factories import BezettingFactory, OnderdeelFactory, UserFactory, maak_persoon
from tests.integration.monitor.invoer.bezetting.opstelling import maak_wereld
from tests.pagina import Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
ADRES = "/invoer/2025-Q1/bezetting/"
VASTSTELLEN = "/vaststellen/bezetting/"
A1 = {"A1.basisteam.os": "85,5", "A1.basisteam.nos": "10"}


@pytest.fixture(autouse=True)
def _wereld(db: None) -> None:
    maak_wereld()


def _als(rol: str, **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


@pytest.fixture
def chef() -> Client:
    return _als("districtschef", onderdeel="A")


@pytest.fixture
def vaststeller() -> Client:
    return _als("vaststeller")


def _lees(client: Client, adres: str = ADRES, **vraag: str) -> Pagina:
    return Pagina.van(client.get(adres, vraag))


def _velden(client: Client, adres: str = ADRES) -> dict[str, str]:
    """What the table of the page would send when nothing was typed."""
    pagina = _lees(client, adres)
    return {naam: waarde for tabel in pagina.tabellen for naam, waarde in tabel.waarden.items()}


def _dien_in(client: Client, adres: str = ADRES, **velden: str) -> Pagina:
    return Pagina.van(client.post(adres, _velden(client, adres) | velden, follow=True))


def test_een_chef_ziet_de_plaatsen_van_het_eigen_district_met_de_formatie_ernaast(chef: Client) -> None:
    pagina = _lees(chef)
    assert pagina.kop1 == "Bezetting Q1 2025"
    assert pagina.heeft("Vul in wie er op 31 maart 2025 was, in fte, uiterlijk ")
    blad = pagina.tabel("A Onderdeel A")
    for plaats in ("Leiding en ondersteuning", "A1 Onderdeel A1", "A2", "Flexteam"):
        assert blad.rij(plaats)
    assert blad.cel("Flexteam", "Formatie") == "20,6"
    assert pagina.knop("Dien in ter vaststelling").kan
    assert not pagina.heeft("Onderdeel B1")
    assert "Bezetting" in pagina.deel("Hoofdmenu").hier
    assert "A1.basisteam.wijkagenten" in _velden(chef)
    assert "A.flexteam.wijkagenten" not in _velden(chef)


@pytest.mark.parametrize("district", ["B", "X", "A1", "'"])
def test_een_ander_district_bestaat_niet_voor_een_chef(chef: Client, district: str) -> None:
    assert chef.get(ADRES, {"district": district}).status_code == 404


def test_een_analist_kiest_een_district(chef: Client) -> None:
    pagina = _lees(_als("analist"), district="B")
    assert pagina.tabel("B Onderdeel B").rij("B1 Onderdeel B1")
    assert pagina.deel("District").hier == ["B Onderdeel B"]


def test_een_analist_van_een_thema_heeft_geen_district() -> None:
    pagina = _lees(_als("analist", thema="inzetbaarheid"))
    assert pagina.inhoud.heeft("U heeft geen district")
    assert not pagina.tabellen


@pytest.mark.parametrize(
    "adres", ["/invoer/2025-Q5/bezetting/", "/invoer/2099-Q1/bezetting/", "/invoer/1-Q1/bezetting/"]
)
def test_een_kwartaal_dat_er_niet_is(chef: Client, adres: str) -> None:
    assert chef.get(adres).status_code == 404


def test_wat_is_ingevuld_wordt_ingediend_en_de_rest_niet(chef: Client) -> None:
    pagina = _dien_in(chef, **A1, **{"A1.basisteam.voorlopig": "on"})
    assert pagina.meldt("1 regel is ingediend.")
    rij = Bezetting.objects.get()
    assert (rij.onderdeel.code, rij.os, rij.staat, rij.status) == ("A1", Decimal("85.5"), "ingediend", "voorlopig")
    assert "Ligt ter vaststelling" in pagina.tabel("A Onderdeel A").rij("A1 Onderdeel A1").kop
    assert "A1.basisteam.os" not in _velden(chef)


def test_bij_een_fout_gebeurt_er_niets_en_blijft_staan_wat_er_getypt_is(chef: Client) -> None:
    pagina = _dien_in(
        chef, **A1, **{"A2.basisteam.os": "acht", "A2.basisteam.nos": "", "A2.basisteam.toelichting": "<b>x"}
    )
    assert not Bezetting.objects.exists()
    [melding] = pagina.meldingen
    assert "2 velden kloppen nog niet." in melding
    fout = pagina.veld("OS, A2")
    assert (fout.waarde, fout.is_fout) == ("acht", True)
    assert fout.fouten
    assert (pagina.veld("OS, A1").waarde, pagina.veld("OS, A1").fouten) == ("85,5", [])
    assert pagina.veld("Toelichting, A2").waarde == "<b>x"


def test_een_veld_van_een_ander_district_doet_niets(chef: Client) -> None:
    _dien_in(chef, **A1, **{"B1.basisteam.os": "90", "B1.basisteam.nos": "1"})
    assert [rij.onderdeel.code for rij in Bezetting.objects.all()] == ["A1"]


def test_niets_gewijzigd_is_niets_ingediend(chef: Client) -> None:
    BezettingFactory(onderdeel__code="A1")
    assert _dien_in(chef).meldt("niets gewijzigd")
    assert Bezetting.objects.count() == 1


def test_een_vastgestelde_regel_wijzigen_vraagt_een_reden(chef: Client) -> None:
    BezettingFactory(onderdeel__code="A1")
    geweigerd = _dien_in(chef, **{"A1.basisteam.os": "91"})
    assert geweigerd.tabel("A Onderdeel A").rij("A1").heeft("Schrijf waarom die verandert")
    assert _dien_in(chef, **{"A1.basisteam.os": "91"}, reden="Nageteld.").meldt("1 regel is ingediend.")
    assert Bezetting.objects.latest("pk").vervangreden == "Nageteld."


def test_wie_een_oude_pagina_instuurt_overschrijft_niets_en_ziet_beide(chef: Client) -> None:
    oud = _velden(chef)
    BezettingFactory(onderdeel__code="A1", os=Decimal(70), nos=Decimal(10))
    pagina = Pagina.van(chef.post(ADRES, oud | A1 | {"A1.basisteam.toelichting": "Nageteld."}, follow=True))
    rij = pagina.tabel("A Onderdeel A").rij("A1")
    assert rij.heeft("invoerder vulde dit in terwijl u bezig was: OS 70 (u: 85,5)")
    assert rij.veld("OS").waarde == "85,5"
    assert Bezetting.objects.count() == 1
    nieuw = rij.waarden["A1.basisteam.gezien"]
    opnieuw = oud | A1 | {"A1.basisteam.toelichting": "Nageteld.", "A1.basisteam.gezien": nieuw}
    chef.post(ADRES, opnieuw)
    assert Bezetting.objects.count() == 2


def test_terugnemen_laat_ander_typwerk_staan(chef: Client) -> None:
    _dien_in(chef, **A1)
    velden = _velden(chef) | {"A2.basisteam.os": "77", "terugnemen": "A1.basisteam"}
    pagina = Pagina.van(chef.post(ADRES, velden))
    assert pagina.meldt("is teruggenomen")
    assert (pagina.veld("OS, A2").waarde, pagina.veld("OS, A1").waarde) == ("77", "85,5")
    assert Bezetting.objects.get().staat == Staat.CONCEPT
    for veld in ("A1.basisteam", "B1.basisteam"):
        nog_eens = Pagina.van(chef.post(ADRES, {"terugnemen": veld}))
        assert nog_eens.meldt("al behandeld")


def test_een_gesloten_kwartaal_is_alleen_te_lezen(chef: Client) -> None:
    BezettingFactory(onderdeel__code="A1")
    Afsluiting.objects.create(jaar=2025, kwartaal=1, gesloten_door=UserFactory(), gesloten_op=timezone.now())
    pagina = _lees(chef)
    assert pagina.meldt("Dit kwartaal is gesloten")
    assert pagina.tabel("A Onderdeel A").cel("A1", "OS") == "90"
    assert _velden(chef) == {}
    assert pagina.inhoud.knoppen == []


def test_zonder_formatieplan_staan_de_teams_er_wel(chef: Client) -> None:
    pagina = _lees(chef, "/invoer/2022-Q4/bezetting/")
    assert pagina.meldt("gold geen formatieplan")
    assert pagina.tabel("A Onderdeel A").cel("A1 Onderdeel A1", "Formatie") == "geen"


def test_de_vorige_keer_en_een_nieuwe_kwartaal(chef: Client) -> None:
    BezettingFactory(onderdeel__code="A1", jaar=2024, kwartaal=4, os=Decimal(88))
    vorige = _lees(chef).tabel("A Onderdeel A").cel("A1", "Vorige keer")
    assert vorige.partition("Q") == ("98", "Q", "4 2024")


def _keuzes(client: Client) -> list[str]:
    return [veld.waarde for veld in _lees(client, VASTSTELLEN).velden if veld.naam == "keuze"]


def _besluit(client: Client, besluit: str, keuzes: list[str], reden: str = "") -> str:
    """What the page says of it."""
    velden = {"besluit": besluit, "keuze": keuzes, "reden": reden, "zeker": str(len(keuzes))}
    return " ".join(Pagina.van(client.post(VASTSTELLEN, velden, follow=True)).meldingen)


def test_de_vaststeller_ziet_per_kolom_oud_nieuw_en_verschil(vaststeller: Client) -> None:
    oud = BezettingFactory(onderdeel__code="A1", ziek=Decimal(3))
    correctie = {"vervangt": oud, "vervangreden": "Nageteld.", "toelichting": "Zie mail."}
    BezettingFactory(onderdeel__code="A1", os=Decimal("92.5"), wachtend=True, **correctie)
    pagina = _lees(vaststeller, VASTSTELLEN)
    assert pagina.kop1 == "Bezetting vaststellen"
    rij = pagina.tabel("Bezetting: nieuw").rij("A1")
    assert rij.cel("OS") == "92,5was 90 (+2,5)"
    assert rij.cel("Ziek") == "niet opgegevenwas 3"
    assert rij.cel("Toelichting") == "Correctie: Nageteld. Zie mail."


def test_twijfels_staan_ook_bij_de_vaststeller(vaststeller: Client) -> None:
    BezettingFactory(onderdeel__code="A1", os=Decimal(200), wachtend=True, toelichting="Klopt.")
    toelichting = _lees(vaststeller, VASTSTELLEN).tabel().vak("A1", "Toelichting")
    assert toelichting.heeft("meer dan anderhalf keer de formatie (100 fte)")


def test_vaststellen_leidt_af_en_terugsturen_vraagt_een_reden(vaststeller: Client) -> None:
    for team in ("A1", "A2"):
        BezettingFactory(onderdeel__code=team, wachtend=True)
    eerste, tweede = _keuzes(vaststeller)
    assert "1 regel bezetting vastgesteld." in _besluit(vaststeller, "vaststellen", [eerste])
    assert Meting.objects.count() == 2
    assert "Schrijf waarom" in _besluit(vaststeller, "terugsturen", [tweede])
    assert "1 regel bezetting teruggestuurd" in _besluit(vaststeller, "terugsturen", [tweede], "Graag aspiranten.")
    leeg = _lees(vaststeller, VASTSTELLEN)
    assert leeg.inhoud.heeft("Er wachten geen regels bezetting")
    assert not leeg.tabellen


def test_eigen_werk_oud_werk_en_verzonnen_werk_wordt_niet_vastgesteld(vaststeller: Client) -> None:
    rij = BezettingFactory(onderdeel__code="A1", wachtend=True)
    [keuze] = _keuzes(vaststeller)
    assert "nog niets aangevinkt" in _besluit(vaststeller, "vaststellen", [])
    Bezetting.objects.filter(pk=rij.pk).update(os=91)
    for fout in (keuze, "x", f"{rij.pk}:{'0' * 20}"):
        assert "gewijzigd of al behandeld" in _besluit(vaststeller, "vaststellen", [fout])
    Bezetting.objects.filter(pk=rij.pk).update(ingevoerd_door=User.objects.get(username="vaststeller"))
    assert _keuzes(vaststeller) == []
    assert _lees(vaststeller, VASTSTELLEN).tabel().cel("A1", "Kies") == "uw eigen invoer"
    assert Bezetting.objects.get().staat == Staat.INGEDIEND


def test_de_geschiedenis_vertelt_elke_stap(chef: Client, vaststeller: Client) -> None:
    _dien_in(chef, **A1, **{"A1.basisteam.aspiranten": "12"})
    _besluit(vaststeller, "vaststellen", _keuzes(vaststeller))
    _dien_in(chef, **{"A1.basisteam.os": "88"}, reden="Nageteld.")
    pk = Bezetting.objects.latest("pk").pk
    pagina = _lees(chef, f"/bezetting/{pk}/geschiedenis/")
    assert pagina.kop1 == "Geschiedenis van de bezetting van A1 Onderdeel A1"
    stappen = pagina.lijst("Wat er gebeurde")
    for tekst in (
        "districtschef stelde voor: OS 85,5 en NOS 10, waarvan 12 aspiranten.",
        "vaststeller stelde vast: OS 85,5 en NOS 10",
        "stelde een correctie voor: OS 88 en NOS 10, waarvan 12 aspiranten, in plaats van OS 85,5",
        "Reden: Nageteld.",
        "scherm bezetting",
    ):
        assert any(tekst in stap for stap in stappen), (tekst, stappen)
    assert _als("districtschef", naam="b", onderdeel="B").get(f"/bezetting/{pk}/geschiedenis/").status_code == 404


@pytest.mark.parametrize(("rol", "status"), [("rvo-lid", 404), ("vaststeller", 403), ("beheerder", 404)])
def test_wie_niet_mag_invoeren_verandert_niets(rol: str, status: int) -> None:
    assert _als(rol).post(ADRES, A1).status_code == status
    assert not Bezetting.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.queries
@pytest.mark.parametrize("teams", [2, 30])
def test_een_vast_aantal_queries(teams: int) -> None:
    district = OnderdeelFactory(code="A")
    for nummer in range(10, 10 + teams):
        team = OnderdeelFactory(code=f"A{nummer}", soort="basisteam", ouder=district)
        for kwartaal in (1, 2):
            oud = BezettingFactory(onderdeel=team, kwartaal=kwartaal)
            BezettingFactory(onderdeel=team, kwartaal=kwartaal, wachtend=True, vervangt=oud, vervangreden="Nageteld.")
    chef, vaststeller = _als("districtschef", onderdeel="A"), _als("vaststeller")
    for client in (chef, vaststeller):
        client.get("/formatie/")
    controleer("invoer_bezetting", *tel(chef, "/invoer/2025-Q2/bezetting/"))
    controleer("vaststellen_bezetting", *tel(vaststeller, VASTSTELLEN))
    pk = Bezetting.objects.latest("pk").pk
    controleer("bezetting_geschiedenis", *tel(chef, f"/bezetting/{pk}/geschiedenis/"))


def test_een_pagina_van_voor_het_sluiten_zegt_dat_het_kwartaal_gesloten_is(chef: Client, vaststeller: Client) -> None:
    _dien_in(chef, **A1)
    [keuze] = re.findall(r'name="keuze" value="([^"]+)"', vaststeller.get(VASTSTELLEN).content.decode())
    Afsluiting.objects.create(jaar=2025, kwartaal=1, gesloten_door=UserFactory(), gesloten_op=timezone.now())
    gesloten = "Q1 2025 is gesloten. Vraag op de pagina Invoer om heropening."
    assert Pagina.van(chef.post(ADRES, {"terugnemen": "A1.basisteam"})).heeft(gesloten)
    terug = {"keuze": keuze, "besluit": "terugsturen", "reden": "Graag met aspiranten."}
    assert Pagina.van(vaststeller.post(VASTSTELLEN, terug, follow=True)).meldt(gesloten)
    assert Bezetting.objects.get().staat == Staat.INGEDIEND


def test_alle_fouten_staan_er_in_een_keer_elk_bij_het_eigen_veld(chef: Client) -> None:
    velden = {"A1.basisteam.os": "abc", "A1.basisteam.nos": "1", "A2.basisteam.os": "9000", "A2.basisteam.nos": "1"}
    pagina = _dien_in(chef, **velden)
    assert not Bezetting.objects.exists()
    assert pagina.meldt("2 velden kloppen nog niet.")
    assert pagina.veld("OS, A1").is_fout
    assert pagina.veld("OS, A2").is_fout
    assert not pagina.veld("Toelichting, A2").is_fout
    assert any("anderhalf keer de formatie" in fout for fout in pagina.veld("OS, A2").fouten)
    lijst = next(knoop for knoop in pagina._alle("div") if "data-focus" in knoop.kenmerken)
    assert {"autofocus", "tabindex"} <= set(lijst.kenmerken)


def test_os_en_nos_zijn_in_de_kop_uit_te_leggen(chef: Client) -> None:
    assert {"begrip-os-blad", "begrip-nos-blad"} <= {knoop["id"] for knoop in _lees(chef)._alle()}


def test_een_teruggestuurde_regel_zegt_waarom_en_wat_nu_geldt(chef: Client) -> None:
    oud = BezettingFactory(onderdeel__code="A1", os=Decimal(80), nos=Decimal(10))
    _dien_in(chef, **A1, reden="Nageteld.")
    stuur_terug(
        BEZETTING, [Bezetting.objects.exclude(pk=oud.pk).get()], door=maak_persoon("vaststeller"), reden="Bron?",
        herkomst="proef",
    )  # fmt: skip
    rij = _lees(chef).tabel("A Onderdeel A").rij("A1 Onderdeel A1")
    assert "“Bron?”" in rij.kop
    assert "Geldt nu: OS 80 en NOS 10" in rij.kop
    assert rij.veld("OS").waarde == "85,5"
