"""The page of a duiding: what is asked, what comes back with its reason, and who reads what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import User
from common.vaststellen.model import Staat
from monitor.invoer.vaststellen.services import stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import DUIDING
from monitor.models import Indicator
from monitor.rekenen.herberekenen import herbereken
from sturing.duiding.services import dien_duiding_in
from sturing.models import Duiding
from tests.factories import AfsluitingFactory, EigenaarschapFactory, maak_persoon
from tests.integration.monitor.dashboards.opstelling import VANDAAG, maak_monitor
from tests.integration.sturing.duiding.opstelling import HERKOMST, OP, PAGINA, Q2, Q3, cellen, dien_in, neem_aan, plek
from tests.pagina import Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
HIER = PAGINA.format(Q3)
INDICATOR, OVERZICHT = "/indicatoren/verdachten/?kwartaal=2025-Q3", "/?kwartaal=2025-Q3"


@pytest.fixture(autouse=True, scope="module")
def _monitor(gedeelde_stand: None) -> None:
    maak_monitor({"A": 1})


@pytest.fixture(autouse=True)
def anna() -> User:
    return maak_persoon("analist", naam="anna")


@pytest.fixture
def client(anna: User) -> Client:
    return _als(anna)


def _als(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _lees(client: Client, adres: str = HIER) -> Pagina:
    return Pagina.van(client.get(adres))


def _stuur(client: Client, wie: User, adres: str = HIER, **anders: str) -> Pagina:
    verborgen = {veld.naam: veld.waarde for veld in _lees(client, adres).velden if veld.naam.startswith("gezien")}
    return Pagina.van(client.post(adres, verborgen | cellen(wie) | anders, follow=True))


def test_van_ontbreekt_tot_vastgesteld(client: Client, anna: User) -> None:
    pagina = _lees(client)
    assert pagina.meldt("Duiding ontbreekt.") or pagina.heeft("Duiding ontbreekt.")
    assert pagina.heeft("gevraagd van de analisten en de portefeuillehouder")
    assert _stuur(client, anna).meldt("Uw duiding ligt klaar.")
    wacht = _lees(client)
    assert wacht.deel("Ligt ter vaststelling").heeft("Twee mensen erbij.")
    assert "Dien in ter vaststelling" not in wacht.knoppen
    lezer = _als(maak_persoon("rvo-lid", naam="rob"))
    assert not _lees(lezer).ergens("Twee mensen erbij.")
    neem_aan(Duiding.objects.get())
    gelezen = _lees(lezer)
    assert gelezen.deel("Vastgestelde duiding").heeft("Twee mensen erbij.")
    assert not gelezen.ergens("geschreven door")
    assert not gelezen.knoppen.count("Dien in ter vaststelling")
    assert _lees(client).deel("Vastgestelde duiding").heeft("geschreven door anna")


def test_teruggestuurd_staat_er_met_reden_en_alles_wat_er_stond(client: Client, anna: User) -> None:
    vera = maak_persoon("vaststeller", naam="vera")
    stuur_terug(DUIDING, [dien_in(anna)], door=vera, reden="Wanneer precies?", herkomst=HERKOMST)
    pagina = _lees(client)
    assert pagina.deel("Teruggestuurd").heeft("Wanneer precies?")
    assert (pagina.veld("Wat doen we?").waarde, pagina.veld("Wanneer is het gedaan?").waarde) == (
        "Twee mensen erbij.",
        "2025-12-31",
    )


def test_een_fout_staat_bij_zijn_veld_en_niets_gaat_verloren(client: Client, anna: User) -> None:
    lang = "x" * 10_000
    pagina = _stuur(client, anna, doen=lang, wanneer="gauw", persoon="")
    assert pagina.heeft("Er is niets ingediend.")
    assert pagina.veld("Wat doen we?").waarde == lang
    assert pagina.veld("Wanneer is het gedaan?").waarde == "gauw"
    assert pagina.heeft("Wat doen we? De tekst is te lang: hoogstens 2000 tekens.")
    assert pagina.heeft("Wie doet het? Kies wie dit doet.")
    assert not Duiding.objects.exists()


def test_twee_tegelijk_houdt_beide_teksten(client: Client, anna: User) -> None:
    bas = maak_persoon("analist", naam="bas")
    dien_in(bas, wat="Van Bas.")
    leeg = {"gezien": "", "gezien_vorige": ""}
    antwoord = client.post(HIER, cellen(anna, wat="Van Anna.") | leeg)
    pagina = Pagina.van(antwoord)
    assert antwoord.status_code == 400
    assert pagina.heeft("bas schreef of wijzigde intussen de duiding.")
    assert pagina.veld("Wat zien we?").waarde == "Van Anna."
    assert pagina.deel("Ligt ter vaststelling").heeft("Van Bas.")


def test_de_belofte_staat_boven_de_vraag_wat_ervan_is_geworden(client: Client, anna: User) -> None:
    neem_aan(dien_in(anna, Q2, doen="Een plan maken."))
    pagina = _lees(client)
    assert pagina.deel("Beloofd over Q2 2025").heeft("Een plan maken.")
    labels = [veld.naam for veld in pagina.velden if veld.naam in ("afloop", "afloop_toelichting", "wat", "doen")]
    assert labels == ["afloop", "afloop_toelichting", "wat", "doen"]
    koppen = pagina.koppen
    assert koppen.index("Beloofd over Q2 2025") < koppen.index("Schrijf de duiding")
    assert _stuur(client, anna, afloop="nagekomen").meldt("Uw duiding ligt klaar.")
    assert _lees(client, PAGINA.format(Q2)).deel("Vastgestelde duiding").heeft("Een plan maken.")


def test_terugnemen_en_opnieuw(client: Client, anna: User) -> None:
    rij = dien_in(anna)
    antwoord = client.post(HIER, {"terugnemen": str(rij.pk)}, follow=True)
    assert Pagina.van(antwoord).meldt("U heeft uw duiding teruggenomen.")
    assert Duiding.objects.get().staat == Staat.CONCEPT
    assert client.post(HIER, {"terugnemen": "999"}).status_code == 404


def test_een_gesloten_kwartaal_zegt_waarom_er_geen_formulier_is(client: Client) -> None:
    AfsluitingFactory(jaar=2025, kwartaal=3)
    pagina = _lees(client)
    assert pagina.heeft("Q3 2025 is gesloten")
    assert "Dien in ter vaststelling" not in pagina.knoppen


@pytest.mark.parametrize(
    ("adres", "status"),
    [
        (HIER, 200),
        ("/indicatoren/verdachten/duiding/?onderdeel=A1", 404),
        ("/indicatoren/verdachten/duiding/?onderdeel=BESTAATNIET", 404),
        ("/indicatoren/verdachten/duiding/?kwartaal=onzin", 400),
        ("/indicatoren/bestaat-niet/duiding/", 404),
        ("/indicatoren/csv/duiding/?kwartaal=2025-Q3&onderdeel=A", 404),  # never below the unit
    ],
)
def test_wat_er_niet_is(client: Client, adres: str, status: int) -> None:
    assert client.get(adres).status_code == status


def test_wie_niet_schrijft_krijgt_geen_formulier_en_mag_niets_sturen(anna: User) -> None:
    lezer = _als(maak_persoon("rvo-lid", naam="rob"))
    assert "Dien in ter vaststelling" not in _lees(lezer).knoppen
    assert lezer.post(HIER, cellen(anna)).status_code == 403
    chef = _als(maak_persoon("districtschef", naam="chef", onderdeel="A"))
    assert chef.post(HIER, cellen(anna)).status_code == 403
    assert chef.get(HIER.replace("RE07", "A")).status_code == 200
    assert _als(maak_persoon("beheerder", naam="bea")).get(HIER).status_code == 404


def test_de_eigenaar_wordt_genoemd(client: Client, anna: User) -> None:
    EigenaarschapFactory(persoon=anna, indicator=Indicator.objects.get(code="verdachten"))
    assert _lees(client).heeft("De duiding wordt gevraagd van anna.")


def test_naast_de_grafiek_en_onder_bespreken_met_dezelfde_woorden(client: Client, anna: User) -> None:
    lezer = _als(maak_persoon("rvo-lid", naam="rob"))
    kolom = "Waardoor, en wat doen we"
    assert _lees(client, INDICATOR).deel("Duiding over Q3 2025").link("Schrijf de duiding") == HIER
    assert _lees(lezer, INDICATOR).deel("Duiding over Q3 2025").heeft("nog geen duiding vastgesteld")
    assert _lees(client, OVERZICHT).tabel("Wat dit jaar nog").kolom(kolom) == ["duiding ontbreekt, van Verdachten"]
    rij = dien_in(anna)
    weten = {"anna": client, "vera": _als(maak_persoon("vaststeller", naam="vera"))}
    niet = {"rob": lezer, "poort": _als(maak_persoon("portefeuillehouder", naam="poort", thema="elders"))}
    paginas = (INDICATOR, OVERZICHT, "/ladder/?kwartaal=2025-Q3")
    for adres in paginas:
        for wie in weten.values():
            assert _lees(wie, adres).heeft("duiding ligt ter vaststelling"), adres
        for wie in niet.values():
            assert _lees(wie, adres).heeft("nog geen duiding vastgesteld"), adres
    stuur_terug(DUIDING, [rij], door=User.objects.get(username="vera"), reden="Hoezo?", herkomst=HERKOMST)
    for adres in paginas:
        assert _lees(weten["vera"], adres).heeft("duiding teruggestuurd"), adres
        assert _lees(lezer, adres).heeft("nog geen duiding vastgesteld"), adres
    assert _lees(lezer).heeft("Nog geen duiding vastgesteld.")
    _stuur(client, anna, doen="Twee mensen erbij.")
    rij.refresh_from_db()
    neem_aan(rij)
    for adres in (INDICATOR, OVERZICHT, HIER, "/ladder/?kwartaal=2025-Q3"):
        assert _lees(lezer, adres).heeft("Te weinig mensen."), adres
        assert _lees(lezer, adres).heeft("Twee mensen erbij."), adres
    naast = _lees(lezer, INDICATOR).deel("Duiding over Q3 2025")
    assert (naast.gegeven("Wie"), naast.gegeven("Wanneer")) == ("anna", "31-12-2025")
    bestand = lezer.get("/ladder/?kwartaal=2025-Q3&_export=csv").content.decode("utf-8-sig")
    assert "Twee mensen erbij." in bestand
    assert "31-12-2025" in bestand
    [uit] = lezer.get("/api/v1/duidingen").json()["resultaten"]
    assert (uit["indicator"], uit["onderdeel"], uit["doen"], uit["wanneer"]) == (
        "verdachten",
        "RE07",
        "Twee mensen erbij.",
        "2025-12-31",
    )


def test_wie_terugkijkt_leest_wat_toen_vaststond(client: Client, anna: User) -> None:
    neem_aan(dien_in(anna))
    voor, na = f"{INDICATOR}&peildatum=2025-11-22", f"{INDICATOR}&peildatum=2025-11-24"
    assert not _lees(client, voor).ergens("Twee mensen erbij.")
    assert _lees(client, na).deel("Duiding over Q3 2025").heeft("Twee mensen erbij.")


def test_wie_terugkijkt_leest_wat_er_die_dag_openstond(client: Client, anna: User) -> None:
    rij, vera = dien_in(anna), maak_persoon("vaststeller", naam="vera")
    wie = {"door": vera, "herkomst": HERKOMST}
    stuur_terug(DUIDING, [rij], reden="Hoezo?", op=OP + timedelta(days=2), **wie)
    dien_duiding_in(plek(), cellen(anna, doen="Drie."), door=anna, herkomst=HERKOMST, op=OP + timedelta(days=4))
    stel_vast(DUIDING, [Duiding.objects.get()], op=OP + timedelta(days=6), **wie)
    lezer = _als(maak_persoon("rvo-lid", naam="rob"))
    standen = {"22": "ontbreekt", "24": "ligt ter vaststelling", "26": "teruggestuurd", "28": "ligt ter vaststelling"}
    for dag, zin in standen.items():
        toen = f"&peildatum=2025-11-{dag}"
        for adres in (INDICATOR, OVERZICHT, "/ladder/?kwartaal=2025-Q3"):
            pagina = _lees(client, adres + toen)
            assert pagina.heeft(f"duiding {zin}"), (dag, adres)
            assert not pagina.heeft("Schrijf de duiding")
            assert _lees(lezer, adres + toen).heeft("nog geen duiding vastgesteld"), (dag, adres)
        hier = _lees(client, HIER + toen)
        assert hier.ergens("Twee mensen erbij.") == (dag in ("24", "26")), dag
        assert hier.ergens("Drie.") == (dag == "28"), dag
        assert ("Teruggestuurd" in hier.koppen) == (dag == "26"), dag
        assert not _lees(lezer, HIER + toen).ergens("Minder dan beloofd.")
    assert (
        _lees(client, f"{INDICATOR}&peildatum=2025-11-24")
        .link("Duidingen en beloften")
        .endswith("&peildatum=2025-11-24")
    )


def test_de_pagina_zelf_kijkt_terug_en_schrijft_dan_niet(client: Client, anna: User) -> None:
    neem_aan(dien_in(anna))
    dien_in(anna, reden="Beter.", wat="Nog minder.")
    toen = _lees(client, f"{HIER}&peildatum=2025-11-24")
    assert toen.heeft("U kijkt terug")
    assert toen.deel("Vastgestelde duiding").heeft("Minder dan beloofd.")
    assert toen.deel("Ligt ter vaststelling").heeft("Nog minder.")
    assert toen.heeft("Wachtte op een besluit van een ander.")
    assert "Ligt ter vaststelling" in _lees(client).koppen
    assert not {"Dien in ter vaststelling", "Neem terug om te wijzigen"} & set(toen.knoppen)
    assert ("peildatum", "2025-11-24") in {(veld.naam, veld.waarde) for veld in toen.velden}
    assert client.post(f"{HIER}&peildatum=2025-11-24", cellen(anna)).status_code == 403
    ervoor = _lees(client, f"{HIER}&peildatum=2025-11-22")
    assert ervoor.heeft("Duiding ontbreekt.")
    assert ervoor.heeft("werd gevraagd van de analisten")
    assert not ervoor.ergens("Minder dan beloofd.")
    assert "Wat er gebeurde" not in ervoor.koppen
    assert client.get(f"{HIER}&peildatum=2031-01-01").status_code == 400


def test_van_wat_over_mensen_gaat_kijkt_alleen_de_eenheid_terug(client: Client) -> None:
    """As their page does: below the unit it is shown as known now."""
    adres = "/indicatoren/verzuim/duiding/?kwartaal=2025-Q3&onderdeel={}"
    assert [client.get(adres.format(waar)).status_code for waar in ("RE07", "A")] == [200, 200]
    toen = [client.get(f"{adres.format(waar)}&peildatum=2025-11-24").status_code for waar in ("RE07", "A")]
    assert toen == [200, 404]


@pytest.mark.queries
@pytest.mark.parametrize("kwartalen", [1, 3])
def test_een_vast_aantal_queries(client: Client, anna: User, kwartalen: int) -> None:
    vorige: dict[str, str] = {}
    for nummer in range(4 - kwartalen, 4):
        neem_aan(dien_in(anna, type(Q3)(2025, nummer), **vorige))
        vorige = {"afloop": "nagekomen"}
    herbereken(vandaag=VANDAAG)
    controleer("duiding", *tel(client, HIER))
    controleer("ladder", *tel(client, "/ladder/?kwartaal=2025-Q3"))
