"""One inbox for every kind: in groups, ticked by group, decided per row, and nothing typed or ticked is lost."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import Rolvervulling, User
from common.models import AuditEvent
from common.vaststellen.model import Staat
from monitor.invoer.vaststellen import views
from monitor.invoer.vaststellen.besluiten import besluit
from monitor.invoer.vaststellen.selectors import keuze_van
from monitor.invoer.vaststellen.services import neem_terug, stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import DOEL, GRENS, METING, SOORTEN
from monitor.models import Doelstelling, Indicator, Meting
from tests.databaserol import als_superuser
from tests.factories import (
    AfsluitingFactory,
    DoelstellingFactory,
    IndicatorFactory,
    MetingFactory,
    MonitorregelFactory,
    maak_eenheid,
    maak_persoon,
)
from tests.integration.monitor.invoer.soortproeven import JAAR, PROEVEN, maak_invoerder, maak_wereld
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import stel_blad_voor
from tests.pagina import Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
ADRES = "/vaststellen/"


@pytest.fixture
def vaststeller() -> User:
    return maak_persoon("vaststeller", naam="vera")


@pytest.fixture
def client(vaststeller: User) -> Client:
    client = Client()
    client.force_login(vaststeller)
    return client


@pytest.fixture
def groep() -> list[Meting]:
    """Three teams of one indicator in one quarter, and one team in the next."""
    onderdelen = maak_eenheid({"A": 3})
    indicator = IndicatorFactory(code="proef", naam="Proef", niveau="basisteam")
    MonitorregelFactory(indicator=indicator)
    anna = maak_persoon("analist", naam="anna")
    waar = [("A1", 1), ("A2", 1), ("A3", 1), ("A1", 2)]
    vast = {"indicator": indicator, "ingevoerd_door": anna, "wachtend": True}
    return [MetingFactory(onderdeel=onderdelen[code], kwartaal=kwartaal, **vast) for code, kwartaal in waar]


def _lees(antwoord: HttpResponse) -> Pagina:
    return Pagina.van(antwoord)


def _gekozen(pagina: Pagina) -> list[str]:
    return [veld.waarde for veld in pagina.velden if veld.naam == "keuze" and veld.gaat_mee]


def _keuzes(client: Client, adres: str = ADRES) -> list[str]:
    return [veld.waarde for veld in _lees(client.get(adres)).velden if veld.naam == "keuze"]


def _dien_alles_in() -> None:
    maak_wereld()
    anna = maak_invoerder("anna")
    for code in [code for code in PROEVEN if code != "definitieversie"]:
        PROEVEN[code].dien_in(anna, 1, JAAR)
    stel_blad_voor(IndicatorFactory(code="blad", naam="Blad"), anna, naam="Een ander blad")


def test_elke_soort_staat_er_en_gaat_in_een_keer(client: Client) -> None:
    _dien_alles_in()
    pagina = _lees(client.get(ADRES))
    assert pagina.deel("Soorten besluiten").lijst() == [
        *("Alles (9)", "Waarden (1)", "Bezetting (1)", "Doelen (1)", "Definities (1)", "Grenzen (1)"),
        *("Organisatie (1)", "Duidingen (1)", "Ambities (1)", "Koppelingen (1)"),
        "Vandaag besloten",
    ]
    assert pagina.tabel("Waarden: nieuw").zinnen == ["Proef, Q1 2025"]
    assert pagina.tabel("Doelen: nieuw").zinnen == ["Proef, 2025"]
    assert pagina.tabel("Bezetting: nieuw").zinnen == ["A Onderdeel A, Q1 2025"]
    assert len(_keuzes(client)) == 9
    vast = {"besluit": "vaststellen", "keuze": _keuzes(client)}
    assert _lees(client.post(ADRES, vast)).heeft("1 duiding, 1 stand van een ambitie en 1 koppeling vast")
    klaar = client.post(ADRES, vast | {"zeker": "9"}, follow=True)
    for soort in SOORTEN:
        assert _lees(klaar).meldt(f"{soort.hoeveel(1)} vastgesteld."), soort.enkel
        assert soort.model.objects.geldend().exists()
    assert _lees(klaar).heeft("Er wacht niets op uw besluit.")


def test_een_soort_apart_heeft_een_eigen_adres(client: Client) -> None:
    _dien_alles_in()
    for soort in SOORTEN:
        adres = Pagina.van(client.get(ADRES)).link(f"{soort.tab} (1)")
        [keuze] = _keuzes(client, adres)
        assert keuze.startswith(f"{soort.code}:")


def test_een_groep_kiezen_zonder_script_houdt_vinkjes_en_tekst(client: Client, groep: list[Meting]) -> None:
    pagina = _lees(client.get(ADRES))
    assert pagina.tabel().zinnen == ["Proef, Q1 2025 Kies deze 3", "Proef, Q2 2025"]
    los = _keuzes(client)[3]
    knop = pagina.knop("Kies de 3 van Proef, Q1 2025")
    stuur = {"keuze": [los], "reden": "Half getypt", knop.naam: knop.waarde}
    antwoord = client.post(ADRES, stuur)
    assert (antwoord.status_code, len(_gekozen(_lees(antwoord)))) == (200, 4)
    assert _lees(antwoord).veld("Reden van terugsturen").waarde == "Half getypt"
    uit = client.post(ADRES, stuur | {"keuze": _gekozen(_lees(antwoord))})
    assert _gekozen(_lees(uit)) == [los]
    alles = client.post(ADRES, {"kies": "alles"})
    assert len(_gekozen(_lees(alles))) == 4
    assert set(Meting.objects.values_list("staat", flat=True)) == {Staat.INGEDIEND}


def test_meer_dan_een_groep_vraagt_eerst_wat_er_gebeurt(client: Client, groep: list[Meting]) -> None:
    keuzes = _keuzes(client)
    vast = {"besluit": "vaststellen", "keuze": keuzes}
    for mee in ({}, {"zeker": ""}, {"zeker": "3"}):
        antwoord = client.post(ADRES, vast | mee)
        pagina = _lees(antwoord)
        assert (antwoord.status_code, _gekozen(pagina)) == (200, keuzes)
        assert pagina.heeft("U stelt 4 waarden vast, uit 2 groepen. Klopt dat?")
        assert set(Meting.objects.values_list("staat", flat=True)) == {Staat.INGEDIEND}
    terug = _lees(client.post(ADRES, vast | {"besluit": "terugsturen", "reden": "Bron?"}))
    assert terug.heeft("U stuurt 4 waarden terug naar de invoerder, uit 2 groepen.")
    nee = _lees(client.post(ADRES, vast | {"kies": "nee"}))
    assert (_gekozen(nee), nee.heeft("Klopt dat?")) == (keuzes, False)
    assert _lees(client.post(ADRES, vast | {"zeker": "4"}, follow=True)).meldt("4 waarden vastgesteld.")


def test_een_hele_groep_gaat_zonder_vraag(client: Client, groep: list[Meting]) -> None:
    klaar = client.post(ADRES, {"besluit": "vaststellen", "keuze": _keuzes(client)[:3]}, follow=True)
    assert _lees(klaar).meldt("3 waarden vastgesteld.")


def test_hoe_lang_het_wacht_staat_erbij(client: Client, groep: list[Meting]) -> None:
    nu = timezone.localtime().replace(hour=12)
    for rij, dagen in zip(groep, (0, 1, 14, 15), strict=True):
        Meting.objects.filter(pk=rij.pk).update(ingediend_op=nu - timedelta(days=dagen))
    antwoord = client.get(ADRES)
    cellen = _lees(antwoord).tabel().kolom("Ingediend door")
    wacht = [cel.partition(" wacht ")[2].partition(" Plaats een")[0] for cel in cellen]
    assert wacht == ["", "1 dag", "14 dagen", "15 dagen"]
    assert antwoord.content.decode().count('class="anders">wacht') == 1


@pytest.mark.parametrize("kies", ["", "x", "meting-" * 99, "alles\x00"])
def test_een_rare_groep_kiest_niets(client: Client, groep: list[Meting], kies: str) -> None:
    antwoord = client.post(ADRES, {"kies": kies})
    assert (antwoord.status_code, _gekozen(_lees(antwoord))) == (200, [])


def test_eigen_werk_wordt_met_alles_niet_gekozen(client: Client, vaststeller: User, groep: list[Meting]) -> None:
    Meting.objects.filter(pk=groep[0].pk).update(ingevoerd_door=vaststeller)
    pagina = _lees(client.post(ADRES, {"kies": "alles"}))
    assert len(_gekozen(pagina)) == 3
    assert "Kies deze 2" in pagina.tabel().zinnen[0]


@pytest.mark.parametrize("reden", ["", " \n ", "a" * 2001, "a\x00b"])
def test_zonder_goede_reden_blijven_de_vinkjes_en_de_tekst(client: Client, groep: list[Meting], reden: str) -> None:
    keuzes = _keuzes(client)[1:3]
    antwoord = client.post(ADRES, {"besluit": "terugsturen", "keuze": keuzes, "reden": reden})
    pagina = _lees(antwoord)
    assert (antwoord.status_code, _gekozen(pagina)) == (200, keuzes)
    assert pagina.veld("Reden van terugsturen").waarde.strip() == reden.replace("\x00", pagina_nul(pagina)).strip()
    assert [link.adres for link in pagina.plek("niet-gedaan").links] == ["#reden"]
    assert not AuditEvent.objects.filter(handeling="teruggestuurd").exists()


def pagina_nul(pagina: Pagina) -> str:
    """How a character that HTML cannot hold came back."""
    waarde = pagina.veld("Reden van terugsturen").waarde
    return waarde[1:-1] if waarde.startswith("a") and waarde.endswith("b") else ""


def test_wie_iets_anders_aantreft_hoort_van_elke_rij_wat_ermee_gebeurde(client: Client, groep: list[Meting]) -> None:
    keuzes, wim, anna = _keuzes(client), maak_persoon("vaststeller", naam="wim"), User.objects.get(username="anna")
    rijen = {rij.pk: rij for rij in METING.wachtend()}
    een, twee, drie, vier = (rijen[rij.pk] for rij in groep)
    stel_vast(METING, [een], door=wim, herkomst="proef")
    stuur_terug(METING, [twee], door=wim, reden="Bron?", herkomst="proef")
    neem_terug(METING, [drie], door=anna, herkomst="proef")
    antwoord = client.post(ADRES, {"besluit": "vaststellen", "keuze": keuzes})
    pagina = _lees(antwoord)
    assert antwoord.status_code == 409
    assert pagina.meldt("1 waarde vastgesteld.")
    gemist = pagina.plek("niet-gedaan").lijst()
    assert [zin.rpartition(" op ")[0] for zin in gemist] == [
        "Proef, A1 Onderdeel A1, Q1 2025: vastgesteld door wim",
        "Proef, A2 Onderdeel A2, Q1 2025: teruggestuurd door wim",
        "Proef, A3 Onderdeel A3, Q1 2025: teruggenomen door anna",
    ]
    vier.refresh_from_db()
    assert vier.staat == Staat.VASTGESTELD
    opnieuw = _lees(client.post(ADRES, {"besluit": "vaststellen", "keuze": keuzes}))
    assert any("door uzelf op" in zin for zin in opnieuw.plek("niet-gedaan").lijst())


def test_van_een_ingetrokken_voorstel_blijft_de_naam(client: Client) -> None:
    _dien_alles_in()
    keuzes = _keuzes(client, "/vaststellen/grenzen/")
    neem_terug(GRENS, list(GRENS.wachtend()), door=User.objects.get(username="anna"), herkomst="proef")
    pagina = _lees(client.post(ADRES, {"besluit": "vaststellen", "keuze": keuzes}))
    [zin] = pagina.plek("niet-gedaan").lijst()
    assert zin.startswith("grenzen van Proef vanaf Q1 2025: ingetrokken door anna op ")


def test_een_doel_waarvan_de_voorganger_wijzigde_houdt_de_andere_niet_tegen(client: Client, vaststeller: User) -> None:
    onderdelen, anna = maak_eenheid(), maak_persoon("analist", naam="anna")
    een, ander = IndicatorFactory(code="een", naam="Een"), IndicatorFactory(code="ander", naam="Ander")
    wacht = {"staat": Staat.INGEDIEND, "vastgesteld_op": None, "ingevoerd_door": anna, "onderdeel": onderdelen["RE07"]}
    wacht |= {"ingediend_op": "2025-11-01T09:00Z"}
    for indicator in (een, ander):
        DoelstellingFactory(indicator=indicator, **wacht)
    keuzes = _keuzes(client)
    DoelstellingFactory(indicator=een, onderdeel=onderdelen["RE07"], geldig_vanaf="2022-01-01")
    antwoord = client.post(ADRES, {"besluit": "vaststellen", "keuze": keuzes, "zeker": "2"})
    pagina = _lees(antwoord)
    assert pagina.meldt("1 gewijzigd doel vastgesteld.")
    assert len(pagina.plek("niet-gedaan").lijst()) == 1
    staten = Doelstelling.objects.filter(ingevoerd_door=anna).values_list("indicator__code", "staat")
    assert dict(staten) == {"een": Staat.INGEDIEND, "ander": Staat.VASTGESTELD}


def test_een_gesloten_kwartaal_houdt_alleen_de_eigen_soort_tegen_en_de_vinkjes_blijven(client: Client) -> None:
    _dien_alles_in()
    keuzes = _keuzes(client)
    AfsluitingFactory(jaar=JAAR, kwartaal=1)
    terug = {"besluit": "terugsturen", "keuze": keuzes, "reden": "Graag de bron.", "zeker": str(len(keuzes))}
    pagina = _lees(client.post(ADRES, terug))
    assert pagina.meldt("Q1 2025 is gesloten. Vraag op de pagina Invoer om heropening.")
    assert pagina.meldt("1 gewijzigd doel teruggestuurd")
    assert {keuze.partition(":")[0] for keuze in _gekozen(pagina)} == {"meting", "bezetting", "duiding"}
    assert pagina.veld("Reden van terugsturen").waarde == "Graag de bron."


@pytest.mark.parametrize("over", [None, "rvo-lid", "analist"])
def test_een_recht_dat_intussen_verviel(
    client: Client, vaststeller: User, groep: list[Meting], over: str | None
) -> None:
    keuzes = _keuzes(client)
    with als_superuser():
        Rolvervulling.objects.filter(user=vaststeller).delete()
    if over:
        maak_persoon(over, naam="vera")
    antwoord = client.post(ADRES, {"besluit": "vaststellen", "keuze": keuzes})
    assert antwoord.status_code in (403, 404)
    assert not _lees(antwoord).heeft("Onderdeel A1")
    assert set(Meting.objects.values_list("staat", flat=True)) == {Staat.INGEDIEND}


def test_een_recht_dat_verviel_na_de_deur_wordt_geweigerd_en_bewaard(groep: list[Meting]) -> None:
    """Without the door of the page: the act itself asks, names nothing, and it stays in the trail that it was tried."""
    lid, keuzes = maak_persoon("rvo-lid"), [keuze_van(METING, rij) for rij in METING.wachtend()]
    uitslag = besluit(keuzes, door=lid, herkomst="proef")
    assert [fout.reden for fout in uitslag.fouten] == [
        "rvo-lid mag dit niet: waarden vaststellen. Vraag de beheerder om de juiste rol."
    ]
    assert (uitslag.gedaan, uitslag.overgeslagen) == ({}, [])
    assert AuditEvent.objects.get(handeling="geweigerd").door_naam == "rvo-lid"


def test_meer_dan_een_bladzijde(client: Client, groep: list[Meting], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PER_BLADZIJDE", 3)
    eerste, tweede = (_keuzes(client, f"{ADRES}?page={nummer}") for nummer in (1, 2))
    assert (len(eerste), len(tweede)) == (3, 1)
    assert not set(eerste) & set(tweede)
    gekozen = _gekozen(_lees(client.post(f"{ADRES}?page=2", {"kies": "alles"})))
    assert gekozen == tweede
    klaar = client.post(f"{ADRES}?page=2", {"besluit": "vaststellen", "keuze": gekozen}, follow=True)
    assert _keuzes(client) == eerste
    assert _lees(klaar).meldt("1 waarde vastgesteld.")


def test_bladen_over_soorten_heen(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    _dien_alles_in()
    monkeypatch.setattr(views, "PER_BLADZIJDE", 2)
    codes = [[k.partition(":")[0] for k in _keuzes(client, f"{ADRES}?page={nummer}")] for nummer in (1, 2, 3)]
    assert codes == [
        ["meting", "bezetting"],
        ["doelstelling", "definitieversie"],
        ["grensbesluit", "organisatiebesluit"],
    ]


def test_het_oordeel_dat_verandert_staat_bij_de_rij(client: Client) -> None:
    eenheid = maak_eenheid()["RE07"]
    indicator = IndicatorFactory(code="proef", naam="Proef")
    MonitorregelFactory(indicator=indicator)
    DoelstellingFactory(indicator=indicator, onderdeel=eenheid)
    MetingFactory(indicator=indicator, onderdeel=eenheid, waarde=Decimal(7), wachtend=True)
    assert _lees(client.get(ADRES)).tabel().cel(0, "Oordeel") == "Nu Geen meting, dan Aandacht."
    assert not DOEL.wachtend().exists()


def _vul(aantal: int) -> None:
    onderdelen, anna = maak_eenheid({"A": 3}), maak_persoon("analist", naam="anna")
    maak_wereld()
    for jaar in range(2026 - aantal, 2026):
        for code in ("meting", "bezetting", "doelstelling", "duiding"):
            PROEVEN[code].dien_in(anna, 1, jaar)
    stel_blad_voor(IndicatorFactory(code="blad", naam="Blad"), anna, naam="Een ander blad")
    PROEVEN["grensbesluit"].dien_in(anna, 1, JAAR)
    for nummer in range(aantal):
        indicator: Indicator = IndicatorFactory(code=f"ander-{nummer}")
        MetingFactory(indicator=indicator, onderdeel=onderdelen["RE07"], ingevoerd_door=anna, wachtend=True)


@pytest.mark.queries
@pytest.mark.parametrize("aantal", [1, 3])
def test_een_vast_aantal_queries(client: Client, aantal: int) -> None:
    _vul(aantal)
    assert len(_keuzes(client)) == 5 * aantal + 2
    controleer("vaststellen_alles", *tel(client, ADRES))
    keuzes = _keuzes(client)
    client.post(ADRES, {"besluit": "vaststellen", "keuze": keuzes, "zeker": str(len(keuzes))})
    assert _keuzes(client) == []
    controleer("vaststellen_vandaag", *tel(client, "/vaststellen/vandaag/"))


def test_een_besluit_over_meer_rijen_kost_niet_meer_queries(
    client: Client, groep: list[Meting], django_assert_num_queries: object
) -> None:
    aantallen, alle = [], _keuzes(client)
    for keuzes in (alle[:1], alle[1:3]):  # of one quarter: each quarter has a lock of its own
        with django_assert_num_queries(80, exact=False) as gevangen:  # type: ignore[operator]
            terug = {"besluit": "terugsturen", "keuze": keuzes, "reden": "Bron?", "zeker": str(len(keuzes))}
            client.post(ADRES, terug)
        aantallen.append(len(gevangen))
    assert aantallen[0] == aantallen[1]
