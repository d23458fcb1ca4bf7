"""The grid of a quarter without script: what it shows, what it keeps, and that it never loses what was typed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from monitor.invoer.rooster.celtekst import maak_token
from monitor.invoer.vaststellen.services import stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Afsluiting, Concept, Indicator, Meting
from tests.factories import IndicatorFactory, MetingFactory, maak_eenheid, maak_persoon
from tests.factories.monitor import MOMENT
from tests.factories.personen import WACHTWOORD
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
ADRES = "/invoer/2025-Q3/"
ALLES = f"{ADRES}?toon=alles"  # also what has been submitted or approved
PLEK = "verdachten:RE07"
WAARDE = "Verdachten, Waarde"


@pytest.fixture
def verdachten() -> Indicator:
    maak_eenheid()
    return IndicatorFactory(code="verdachten", naam="Verdachten", eenheid="verdachten")


@pytest.fixture
def anna(client: Client) -> User:
    persoon = maak_persoon("analist", naam="anna")
    client.force_login(persoon)
    return persoon


def lees(client: Client, adres: str = ADRES) -> Pagina:
    return Pagina.van(client.get(adres))


def tokens(client: Client, adres: str = ALLES) -> dict[str, str]:
    return tokens_op(lees(client, adres))


def tokens_op(pagina: Pagina) -> dict[str, str]:
    """The version of every value that can be typed on the page, by its place."""
    return {n.removesuffix(":versie"): waarde for n, waarde in pagina.waarden.items() if n.endswith(":versie")}


def formulier(token: str, plek: str = PLEK, **cellen: str) -> dict[str, str]:
    velden = {"waarde": "", "status": "definitief", "meetdatum": "", "toelichting": "", **cellen}
    return {f"{plek}:versie": token, **{f"{plek}:{kolom}": waarde for kolom, waarde in velden.items()}}


def verstuur(client: Client, actie: str = "bewaar", token: str = "", plek: str = PLEK, **cellen: str) -> HttpResponse:
    token = token or tokens(client)[plek]
    return client.post(ADRES, {"actie": actie, **formulier(token, plek, **cellen)})


def test_het_rooster_toont_alleen_wat_geleverd_moet_worden(client: Client, anna: User, verdachten: Indicator) -> None:
    IndicatorFactory(code="tijd", percentage=True, naam="Aanrijdtijd")
    IndicatorFactory(code="enquete", enquete=True, naam="Tevreden")
    IndicatorFactory(code="halfjaar", frequentie="halfjaar")
    IndicatorFactory(code="afgeleid", herkomst="afgeleid")
    getoond = tokens(client)
    assert set(getoond) == {PLEK, *(f"tijd:{team}" for team in ("A1", "A2", "A3", "B1", "B2"))}
    assert "enquete:RE07" in tokens(client, "/invoer/2023-Q4/")


def test_naast_elke_cel_staan_het_vorige_kwartaal_en_een_jaar_eerder(
    client: Client, anna: User, verdachten: Indicator
) -> None:
    MetingFactory(indicator=verdachten, kwartaal=2, waarde=1234)
    MetingFactory(indicator=verdachten, jaar=2024, kwartaal=3, waarde=987, status="voorlopig")
    tabel = lees(client).tabel("Onderdeel RE07")
    assert tabel.rij("Verdachten").onder("Q2 2025", "Jaar eerder") == ["1.234", "987 voorlopig"]


def test_een_enquete_toont_de_vorige_meting_en_dient_een_heel_jaar_in(client: Client, anna: User) -> None:
    maak_eenheid()
    enquete = IndicatorFactory(code="enquete", enquete=True)
    MetingFactory(indicator=enquete, jaar=2021, kwartaal=None, waarde=40, marge=2)
    pagina = lees(client, "/invoer/2023-Q4/")
    assert "40,0% ± 2, heel 2021" in pagina.tabel().rij(0).cellen
    token = tokens_op(pagina)["enquete:RE07"]
    velden = formulier(token, "enquete:RE07", waarde="45", marge="1,5")
    client.post("/invoer/2023-Q4/", {"actie": "indienen", **velden})
    meting = Meting.objects.get(jaar=2023)
    assert (meting.kwartaal, meting.waarde, meting.marge, meting.staat) == (None, 45, 1.5, Staat.INGEDIEND)
    assert not Concept.objects.getypt().exists()
    assert "Ter vaststelling" in lees(client, "/invoer/2023-Q4/?toon=alles").tabel().cel(0, "Stand")


def test_bewaren_onthoudt_de_tekst_en_zegt_hoe_die_is_begrepen(
    client: Client, anna: User, verdachten: Indicator
) -> None:
    antwoord = verstuur(client, waarde="1.234")
    assert (antwoord.status_code, antwoord["Location"]) == (302, ADRES)
    assert Concept.objects.get().cellen == {"waarde": "1.234", "status": "definitief"}
    pagina = lees(client)
    assert pagina.veld(WAARDE).waarde == "1.234"
    assert "1.234 verdachten" in pagina.tabel().cel("Verdachten", "Stand")
    assert pagina.meldt("1 waarde bewaard als concept.")


def test_wat_niet_is_aangeraakt_wordt_niet_bewaard(client: Client, anna: User, verdachten: Indicator) -> None:
    verstuur(client)
    assert not Concept.objects.exists()
    MetingFactory(indicator=verdachten, kwartaal=3, waarde=9, meetdatum=date(2025, 10, 5), toelichting="Twee\nregels")
    verstuur(client, waarde="9", meetdatum="05-10-2025", toelichting="Twee regels")
    assert not Concept.objects.exists()


def test_wie_verouderd_bewaart_ziet_beide_waarden_en_kiest(client: Client, anna: User, verdachten: Indicator) -> None:
    oud = tokens(client)[PLEK]
    andere = Client()
    andere.force_login(maak_persoon("analist", naam="bob"))
    verstuur(andere, waarde="12")
    antwoord = verstuur(client, token=oud, waarde="14")
    pagina = Pagina.van(antwoord)
    assert antwoord.status_code == 200
    [bericht] = [zin for zin in pagina.tabel().zinnen if "Twee mensen vulden dit in." in zin]
    assert re.search(r"bob bewaarde om \d\d:\d\d: 12, definitief. U typte: 14, definitief", bericht)
    assert pagina.veld(WAARDE).waarde == "14"
    assert tokens_op(pagina)[PLEK] == oud  # saving again still overwrites nothing
    assert Concept.objects.get().cellen["waarde"] == "12"
    velden = formulier(oud, waarde="14")
    client.post(ADRES, {"kies": f"{PLEK}:mijn:1", **velden})
    assert Concept.objects.get().cellen["waarde"] == "14"
    client.post(ADRES, {"kies": f"{PLEK}:ander:2", **formulier(oud, waarde="15")})
    assert Concept.objects.get().cellen["waarde"] == "14"


def test_een_onaangeraakte_cel_overschrijft_niet_wat_een_ander_intussen_typte(
    client: Client, anna: User, verdachten: Indicator
) -> None:
    oud = tokens(client)[PLEK]
    verstuur(client, waarde="12")
    verstuur(client, token=oud)
    assert Concept.objects.get().cellen["waarde"] == "12"


def test_indienen_wat_een_ander_intussen_typte_gaat_niet_ongezien(
    client: Client, anna: User, verdachten: Indicator
) -> None:
    oud = tokens(client)[PLEK]
    verstuur(client, waarde="12")
    antwoord = verstuur(client, "indienen", token=oud)
    assert Pagina.van(antwoord).heeft("Iemand anders heeft deze waarde gewijzigd")
    assert not Meting.objects.exists()


def test_indienen_ruimt_het_concept_op_en_vergrendelt_de_cel(client: Client, anna: User, verdachten: Indicator) -> None:
    verstuur(client, "indienen", waarde="12", toelichting="Nageteld.")
    meting = Meting.objects.get()
    assert (meting.staat, meting.waarde, meting.kwartaal, meting.toelichting) == (Staat.INGEDIEND, 12, 3, "Nageteld.")
    assert not Concept.objects.getypt().exists()
    na = lees(client)
    assert na.meldt("1 waarde ingediend. Iemand anders moet haar nog vaststellen.")
    assert na.link("Bekijk haar of neem haar terug") == f"{ALLES}#cel-verdachten-RE07"
    pagina = lees(client, ALLES)
    assert f"{PLEK}:waarde" not in pagina.waarden
    terug = pagina.knop("Neem terug")
    assert (terug.naam, terug.waarde) == ("terug", str(meting.pk))


def test_wat_goed_is_gaat_en_een_fout_blijft_bij_de_eigen_cel(
    client: Client, anna: User, verdachten: Indicator
) -> None:
    IndicatorFactory(code="tijd", percentage=True)
    alle = tokens(client)
    velden = {
        **formulier(alle[PLEK], waarde="12"),
        **{f"tijd:A1:{k}": v for k, v in {"teller": "8", "noemer": "", "status": "definitief"}.items()},
        "tijd:A1:versie": alle["tijd:A1"],
    }
    antwoord = client.post(ADRES, {"actie": "indienen", **velden})
    pagina = Pagina.van(antwoord)
    assert [(m.indicator.code, m.staat) for m in Meting.objects.all()] == [("verdachten", Staat.INGEDIEND)]
    assert Concept.objects.getypt().get().cellen == {"teller": "8", "status": "definitief"}
    assert pagina.meldt("1 waarde ingediend. Iemand anders moet haar nog vaststellen.")
    assert pagina.meldt("1 waarde is niet ingediend. Zie de lijst.")
    assert [veld.naam for veld in pagina.velden if veld.is_fout] == ["tijd:A1:noemer"]
    [bericht] = pagina.veld("Naam van tijd A1 Onderdeel A1, Noemer").fouten
    assert bericht.startswith("Noemer:")
    half = lees(client)
    assert half.veld("Naam van tijd A1 Onderdeel A1, Teller").waarde == "8"
    assert not half.heeft("Noemer:")  # half typed is no fault


def test_een_onleesbare_tekst_blijft_staan_met_de_fout(client: Client, anna: User, verdachten: Indicator) -> None:
    verstuur(client, waarde="12.34.567")
    veld = lees(client).veld(WAARDE)
    assert veld.waarde == "12.34.567"
    assert "is niet te lezen als een heel getal" in veld.fouten[0]


def test_een_te_lange_tekst_wordt_niet_bewaard_maar_gaat_niet_verloren(
    client: Client, anna: User, verdachten: Indicator
) -> None:
    lang = "a" * 2001
    antwoord = verstuur(client, waarde="12", toelichting=lang)
    pagina = Pagina.van(antwoord)
    assert pagina.heeft("Niet bewaard. De tekst is te lang: hoogstens 2000 tekens.")
    assert pagina.veld("Verdachten, Toelichting").waarde == lang
    assert not Concept.objects.getypt().exists()


def test_wat_een_ander_invulde_houdt_niemand_tegen_en_gaat_niet_ongemerkt_mee(
    client: Client, anna: User, verdachten: Indicator
) -> None:
    IndicatorFactory(code="beslag", naam="Beslag")
    bas = Client()
    bas.force_login(maak_persoon("analist", naam="bas"))
    verstuur(bas, plek="beslag:RE07", waarde="twaalf")
    token = tokens(client)[PLEK]
    antwoord = client.post(ADRES, {"actie": "indienen", **formulier(token, waarde="12")}, follow=True)
    assert list(Meting.objects.values_list("indicator__code", "ingevoerd_door__username")) == [("verdachten", "anna")]
    assert Pagina.van(antwoord).meldt("1 waarde ging niet mee: ingevuld door bas.")
    assert Concept.objects.getypt().get().cellen["waarde"] == "twaalf"


def test_een_goede_waarde_van_een_ander_blijft_van_die_ander(client: Client, anna: User, verdachten: Indicator) -> None:
    """Otherwise someone who may also approve could type a value, have it submitted, and approve it."""
    beide = maak_persoon("analist", naam="beide")
    ander = Client()
    ander.force_login(beide)
    verstuur(ander, waarde="12")
    verstuur(client, "indienen", waarde="12", token=tokens(client)[PLEK])
    assert not Meting.objects.exists()
    verstuur(client, "indienen", waarde="13", token=tokens(client)[PLEK])
    assert Meting.objects.get().ingevoerd_door == anna


def test_een_correctie_vraagt_een_reden_en_de_oude_waarde_blijft_in_beeld(
    client: Client, anna: User, verdachten: Indicator
) -> None:
    oud = MetingFactory(indicator=verdachten, kwartaal=3, waarde=9, toelichting="Eerste telling.")
    antwoord = verstuur(client, "indienen", waarde="11", toelichting="Eerste telling.")
    assert Pagina.van(antwoord).tabel().zinnen[0].startswith("Vastgesteld is 9 verdachten. Schrijf")
    assert Meting.objects.count() == 1
    verstuur(client, "indienen", waarde="11", toelichting="Twee kwamen later.")
    nieuw = Meting.objects.get(staat=Staat.INGEDIEND)
    assert (nieuw.vervangt, nieuw.waarde, nieuw.vervangreden) == (oud, 11, "Twee kwamen later.")
    assert "geldt nu: 9 verdachten" in lees(client, ALLES).tabel().cel("Verdachten", "Stand")


def test_terugnemen_en_opnieuw_indienen(client: Client, anna: User, verdachten: Indicator) -> None:
    verstuur(client, "indienen", waarde="12")
    client.post(ADRES, {"terug": str(Meting.objects.get().pk)})
    pagina = lees(client)
    assert "Teruggenomen" in pagina.tabel().cel("Verdachten", "Stand")
    assert pagina.veld(WAARDE).waarde == "12"
    verstuur(client, "indienen", waarde="13")
    assert (Meting.objects.get().staat, Meting.objects.get().waarde) == (Staat.INGEDIEND, 13)


def test_wat_is_teruggenomen_gaat_ook_onveranderd_weer_in(client: Client, anna: User, verdachten: Indicator) -> None:
    verstuur(client, "indienen", waarde="12")
    client.post(ADRES, {"terug": str(Meting.objects.get().pk)})
    verstuur(client, "indienen", waarde="12")
    assert Meting.objects.get().staat == Staat.INGEDIEND


def test_een_leeggemaakte_teruggenomen_waarde_blijft_leeg(client: Client, anna: User, verdachten: Indicator) -> None:
    verstuur(client, "indienen", waarde="12")
    client.post(ADRES, {"terug": str(Meting.objects.get().pk)})
    verstuur(client, waarde="13")
    verstuur(client, waarde="")
    assert lees(client).veld(WAARDE).waarde == ""
    verstuur(client, "indienen")
    assert Meting.objects.get().staat == Staat.CONCEPT


def test_terugnemen_van_wat_al_behandeld_is_zegt_dat(client: Client, anna: User, verdachten: Indicator) -> None:
    verstuur(client, "indienen", waarde="12")
    meting = Meting.objects.get()
    stel_vast(METING, [meting], door=maak_persoon("vaststeller"), herkomst="proef")
    antwoord = client.post(ADRES, {"terug": str(meting.pk)}, follow=True)
    assert Pagina.van(antwoord).meldt("al behandeld of teruggenomen")


def test_teruggestuurd_staat_met_de_reden_bij_de_rij(client: Client, anna: User, verdachten: Indicator) -> None:
    verstuur(client, "indienen", waarde="12")
    stuur_terug(
        METING,
        list(Meting.objects.all()),
        door=maak_persoon("vaststeller"),
        reden="Graag <b>bron</b>.",
        herkomst="proef",
    )
    [bericht] = lees(client).tabel().zinnen
    assert "vaststeller stuurde dit terug op" in bericht
    assert "“Graag <b>bron</b>.”" in bericht  # as text
    verstuur(client, "indienen", waarde="12", toelichting="Bron: BVI.")
    assert Meting.objects.get().staat == Staat.INGEDIEND


def test_een_gesloten_kwartaal_is_alleen_te_lezen(client: Client, anna: User, verdachten: Indicator) -> None:
    token = tokens(client)[PLEK]
    Afsluiting.objects.create(jaar=2025, kwartaal=3, gesloten_door=maak_persoon("vaststeller"), gesloten_op=MOMENT)
    pagina = lees(client)
    assert pagina.meldt("Dit kwartaal is gesloten.")
    assert (tokens_op(pagina), pagina.tabel("Onderdeel RE07").velden) == ({}, [])
    antwoord = verstuur(client, token=token, waarde="12")
    assert Pagina.van(antwoord).meldt("Er is niets bewaard. Q3 2025 is gesloten.")
    assert not Concept.objects.exists()


def test_een_analist_van_een_district_ziet_en_bewaart_alleen_daar(client: Client) -> None:
    maak_eenheid()
    IndicatorFactory(code="tijd", percentage=True)
    client.force_login(maak_persoon("analist", naam="van-a", onderdeel="A"))
    alle = tokens(client)
    assert set(alle) == {"tijd:A1", "tijd:A2", "tijd:A3"}
    vreemd = {"tijd:B1:versie": alle["tijd:A1"], "tijd:B1:teller": "1", "tijd:B1:noemer": "2"}
    antwoord = client.post(ADRES, vreemd)
    assert Pagina.van(antwoord).heeft("hoort niet bij uw district")
    assert not Concept.objects.exists()


def test_een_kwartaal_dat_niet_bestaat_of_nog_moet_komen(client: Client, anna: User) -> None:
    for adres in ("/invoer/2025-Q5/", "/invoer/1999-Q1/", "/invoer/2099-Q1/", "/invoer/99999999999-Q1/"):
        antwoord = client.get(adres)
        assert antwoord.status_code == 404
        kwartaal, nu = adres.split("/")[2], Kwartaal.van(timezone.localdate()).leesbaar
        zin = f"Het kwartaal {kwartaal} is hier niet. Kies een kwartaal van Q1 2000 tot en met {nu}."
        assert Pagina.van(antwoord).heeft(zin)


def test_in_een_lopend_kwartaal_staat_voorlopig_klaar(
    client: Client, anna: User, verdachten: Indicator, monkeypatch: pytest.MonkeyPatch
) -> None:
    for dag, status in ((date(2025, 9, 30), "voorlopig"), (date(2025, 10, 1), "definitief")):
        monkeypatch.setattr(timezone, "localdate", lambda *_, dag=dag: dag)
        keuzes = re.findall(r'<option value="(\w+)" selected>', client.get("/invoer/2025-Q3/").content.decode())
        assert set(keuzes) == {status}


def test_zonder_waarden_zegt_het_rooster_dat(client: Client, anna: User) -> None:
    assert lees(client).heeft("Voor dit kwartaal hoeft u niets in te vullen.")


# Logged out while typing


def _verlopen(client: Client, wachtwoord: str = WACHTWOORD, naam: str = "anna") -> HttpResponse:
    """The session ends; then the form is sent, and the same person logs in again."""
    pagina = lees(client)
    wie, token = pagina.waarden["wie"], tokens_op(pagina)[PLEK]
    client.session.flush()
    naar = client.post(ADRES, {"actie": "indienen", "wie": wie, **formulier(token, waarde="12")})
    assert naar["Location"].startswith("/inloggen/?next=/invoer/2025-Q3/")
    return client.post(naar["Location"], {"username": naam, "password": wachtwoord}, follow=True)


def test_na_een_verlopen_sessie_staat_het_getypte_er_weer(client: Client, anna: User, verdachten: Indicator) -> None:
    pagina = Pagina.van(_verlopen(client))
    assert pagina.meldt("Dit typte u voordat u werd uitgelogd.")
    assert pagina.veld(WAARDE).waarde == "12"
    assert not Meting.objects.exists()
    assert lees(client).meldt("Dit typte u")  # still there after another look
    verstuur(client, token=tokens_op(pagina)[PLEK], waarde="12")
    assert Concept.objects.get().cellen["waarde"] == "12"
    assert not lees(client).meldt("Dit typte u")


def test_een_ander_die_inlogt_krijgt_het_niet(client: Client, anna: User, verdachten: Indicator) -> None:
    maak_persoon("analist", naam="bob")
    pagina = Pagina.van(_verlopen(client, naam="bob"))
    assert not pagina.heeft("Dit typte u")
    assert pagina.veld(WAARDE).waarde == ""


def test_weggooien_kan_ook(client: Client, anna: User, verdachten: Indicator) -> None:
    _verlopen(client)
    client.post(ADRES, {"actie": "vergeet"})
    assert lees(client).veld(WAARDE).waarde == ""
    assert not Concept.objects.exists()


@pytest.mark.parametrize("wie", ["", "1", "1:vals"])
def test_een_vreemde_bewaart_niets_in_een_sessie(client: Client, verdachten: Indicator, wie: str) -> None:
    client.post(ADRES, {"wie": wie, **formulier(maak_token(0, {}), waarde="12")})
    assert "getypt" not in client.session


def test_zonder_geldige_sleutel_wordt_niets_onthouden(verdachten: Indicator) -> None:
    client = Client(enforce_csrf_checks=True)
    antwoord = client.post(ADRES, formulier(maak_token(0, {}), waarde="12"))
    assert antwoord.status_code == 403
    assert "getypt" not in client.session
