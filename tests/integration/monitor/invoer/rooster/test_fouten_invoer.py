"""Bad input in the grid, line by line of the list of faults: what the person sees, and what is not lost."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.models import AuditEvent
from common.tekst.periode import Kwartaal
from common.vaststellen.bewaking import NietToegestaan, Verouderd
from common.vaststellen.model import Staat
from monitor.dashboards.grafiek.tasks import teken_figuren
from monitor.invoer.rooster.services import dien_concepten_in
from monitor.invoer.vaststellen.selectors import get_te_besluiten, keuze_van
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Concept, Indicator, Meting
from monitor.rekenen.herberekenen import herbereken
from tests.factories import DoelstellingFactory, IndicatorFactory, MetingFactory, MonitorregelFactory, maak_persoon
from tests.factories.organisatie import OnderdeelFactory
from tests.figuren import figuur_van
from tests.integration.monitor.invoer.rooster.test_rooster import formulier, lees, tokens, tokens_op
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
ADRES = "/invoer/2025-Q3/"
SOORTEN = {
    "telling": {"eenheid": "verdachten"},
    "euro": {"eenheid": "€"},
    "procent": {"eenheid": "%", "decimalen": 1, "aggregatie": "stand"},
    "maat": {"eenheid": "uur", "decimalen": 1, "aggregatie": "stand"},
}


@pytest.fixture
def anna(client: Client) -> User:
    OnderdeelFactory(code="RE07")
    persoon = maak_persoon("analist", naam="anna")
    client.force_login(persoon)
    return persoon


def typ(client: Client, soort: str, waarde: str, actie: str = "indienen", **cellen: str) -> Pagina:
    """Type one value in the grid and send it; the page that follows."""
    IndicatorFactory(code=soort, naam=soort, **SOORTEN[soort])
    velden = formulier(tokens(client)[f"{soort}:RE07"], f"{soort}:RE07", waarde=waarde, **cellen)
    return Pagina.van(client.post(f"{ADRES}?toon=alles", {"actie": actie, **velden}, follow=True))


def bericht(pagina: Pagina) -> str:
    """What the grid says under the only row it says something about."""
    [zin] = [zin for tabel in pagina.tabellen for zin in tabel.zinnen if zin]
    return zin


def ingediend() -> Decimal | None:
    meting = Meting.objects.filter(jaar=2025, kwartaal=3, staat=Staat.INGEDIEND).first()
    return meting.waarde if meting else None


def getypt() -> str:
    return Concept.objects.getypt().get().cellen["waarde"]


@pytest.mark.parametrize(
    ("soort", "waarde", "begrepen"),
    [
        ("telling", "1.234", "1.234 verdachten"),
        ("telling", "20.917.070", "20.917.070 verdachten"),
        ("euro", "20.917.070", "€ 20.917.070"),
    ],
)
def test_fout_01_goed_gegroepeerd_wordt_gelezen_en_zo_teruggetoond(
    client: Client, anna: User, soort: str, waarde: str, begrepen: str
) -> None:
    assert begrepen in typ(client, soort, waarde).tabel().cel(soort, "Stand")
    assert ingediend() == Decimal(waarde.replace(".", ""))


@pytest.mark.parametrize(("waarde", "bedoeld"), [("1.234", "1,234"), ("5.9", "5,9")])
def test_fout_01_een_punt_in_een_percentage_wordt_teruggevraagd(
    client: Client, anna: User, waarde: str, bedoeld: str
) -> None:
    pagina = typ(client, "procent", waarde)
    assert f"Bedoelt u {bedoeld}?" in bericht(pagina)
    assert pagina.knop("Vul").waarde == f"procent:RE07:waarde:{bedoeld}"
    assert (ingediend(), getypt()) == (None, waarde)


@pytest.mark.parametrize("waarde", ["1.234,5", "1234,5", "1\u00a0234,5"])
def test_fout_02_een_komma_mag_waar_decimalen_mogen(client: Client, anna: User, waarde: str) -> None:
    typ(client, "maat", waarde)
    assert ingediend() == Decimal("1234.5")


@pytest.mark.parametrize("waarde", ["1.234,5", "1234,5", "1\u00a0234,5"])
def test_fout_02_een_telling_heeft_geen_decimalen(client: Client, anna: User, waarde: str) -> None:
    assert "zonder cijfers achter de komma" in bericht(typ(client, "telling", waarde))
    assert ingediend() is None


@pytest.mark.parametrize("soort", ["telling", "euro", "maat"])
def test_fout_03_engels_wordt_geweigerd_met_een_voorbeeld(client: Client, anna: User, soort: str) -> None:
    pagina = typ(client, soort, "1,234.5")
    assert "Engels geschreven. Schrijf het Nederlands, bijvoorbeeld" in bericht(pagina)
    assert (ingediend(), getypt()) == (None, "1,234.5")


@pytest.mark.parametrize("waarde", ["1.23", "1.2.3", "12.34.567"])
def test_fout_04_verkeerd_gegroepeerd_wordt_nooit_stil_een_getal(client: Client, anna: User, waarde: str) -> None:
    assert "1234 of 1.234" in bericht(typ(client, "telling", waarde))
    assert (ingediend(), getypt()) == (None, waarde)


@pytest.mark.parametrize("waarde", ["82%", "82 %"])
def test_fout_05_een_procentteken_mag(client: Client, anna: User, waarde: str) -> None:
    typ(client, "procent", waarde)
    assert ingediend() == 82


def test_fout_05_nul_komma_acht_twee_vraagt_wat_bedoeld_is(client: Client, anna: User) -> None:
    pagina = typ(client, "procent", "0,82")
    assert "Bedoelt u 0,82% of 82%?" in bericht(pagina)
    assert (ingediend(), getypt()) == (None, "0,82")
    typ(client, "procent", "0,82", toelichting="Het is echt minder dan een procent.")
    assert ingediend() == Decimal("0.82")


@pytest.mark.parametrize(
    ("waarde", "zin"),
    [
        ("NaN", "Staat dit voor geen waarde? Vul nb in."),
        ("inf", "is geen getal"),
        ("1e400", "is met een macht van tien geschreven"),
        ("1E3", "is met een macht van tien geschreven"),
        ("0x10", "heeft een letter bij de cijfers"),
        ("1_000", "is geen getal"),
        ("٣٥", "heeft cijfers uit een ander schrift"),
        ("−5", "Gebruik het minteken (-): -5."),
    ],
)
def test_fout_06_wat_alleen_een_computer_schrijft_wordt_geweigerd(
    client: Client, anna: User, waarde: str, zin: str
) -> None:
    pagina = typ(client, "telling", waarde, toelichting="De rest blijft staan.")
    assert zin in bericht(pagina)
    assert ingediend() is None
    assert Concept.objects.get().cellen == {
        "waarde": waarde, "status": "definitief", "toelichting": "De rest blijft staan.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("soort", "waarde", "zin"),
    [("telling", "-5", "kan niet lager zijn dan 0"), ("procent", "101", "kan niet hoger zijn dan 100")],
)
def test_fout_07_wat_niet_kan_helpt_ook_geen_toelichting(
    client: Client, anna: User, soort: str, waarde: str, zin: str
) -> None:
    assert zin in bericht(typ(client, soort, waarde, toelichting="Toch is het zo."))
    assert ingediend() is None


def test_fout_07_nul_na_tweeduizend_vraagt_een_reden(client: Client, anna: User) -> None:
    MetingFactory(indicator=IndicatorFactory(code="telling", **SOORTEN["telling"]), kwartaal=2, waarde=2000)
    assert "Hier staat 0; de vorige meting was 2.000." in bericht(typ(client, "telling", "0"))
    assert ingediend() is None
    typ(client, "telling", "0", toelichting="Het team is opgeheven.")
    assert ingediend() == 0


def test_fout_08_nb_leeg_nul_en_een_streepje_zijn_vier_verschillende_dingen(client: Client, anna: User) -> None:
    assert "Staat dit voor geen waarde? Vul nb in, of 0 als dit een nul in boekhoudopmaak is." in bericht(
        typ(client, "telling", "-")
    )
    assert "Staat dit voor geen waarde? Vul nb in." in bericht(typ(client, "telling", "geen doelstelling"))
    typ(client, "telling", "")
    assert not Meting.objects.exists()
    typ(client, "telling", "nb")
    assert (Meting.objects.get().onbekend, Meting.objects.get().waarde) == (True, None)
    typ(client, "maat", "0")
    assert Meting.objects.get(indicator__code="maat").waarde == 0


def test_fout_09_honderd_keer_zo_veel_wordt_alleen_met_een_toelichting_ingediend(client: Client, anna: User) -> None:
    MetingFactory(indicator=IndicatorFactory(code="telling", **SOORTEN["telling"]), kwartaal=2, waarde=12)
    pagina = typ(client, "telling", "1200")
    assert "Dit is ongeveer 100 keer zo veel als de vorige meting (12)." in bericht(pagina)
    assert pagina.knop("Vul").waarde == "telling:RE07:waarde:12"
    assert (ingediend(), getypt()) == (None, "1200")
    typ(client, "telling", "1200", toelichting="Een grote zaak.")
    assert ingediend() == 1200


@pytest.mark.parametrize(("toelichting", "zin"), [("a" * 100_000, "te lang"), ("a\x00b", "niet te tonen")])
def test_fout_10_een_onbewaarbare_toelichting_wordt_geweigerd_en_blijft_staan(
    client: Client, anna: User, toelichting: str, zin: str
) -> None:
    pagina = typ(client, "telling", "12", toelichting=toelichting)
    assert zin in bericht(pagina)
    assert pagina.veld("telling, Toelichting").waarde == toelichting
    assert not Concept.objects.getypt().exists()


def test_fout_10_tien_megabyte_wordt_geweigerd_zonder_storing(client: Client, anna: User) -> None:
    antwoord = client.post(ADRES, {"telling:RE07:toelichting": "a" * 10_000_000}, "application/x-www-form-urlencoded")
    assert antwoord.status_code in (200, 302, 400)
    assert client.post(f"{ADRES}bewaar/", "a" * 10_000_000, content_type="application/json").status_code == 400


def test_fout_10_omgekeerde_tekst_staat_er_zichtbaar(client: Client, anna: User) -> None:
    typ(client, "telling", "12", toelichting="goed\u202edeof\u200b")
    vaststeller = Client()
    vaststeller.force_login(maak_persoon("vaststeller"))
    meting = Meting.objects.get()
    for adres in ("/vaststellen/", f"/metingen/{meting.pk}/geschiedenis/"):
        antwoord = vaststeller.get(adres)
        assert Pagina.van(antwoord).tabel().heeft("goed[U+202E]deof[U+200B]")
        assert "\u202e" not in antwoord.content.decode()  # raw: not in an attribute either


KWAAD = "<script>alert(1)</script> {{7*7}} ${7*7} javascript:alert(1)"


def test_fout_11_opmaak_in_een_toelichting_of_naam_blijft_overal_tekst(client: Client, anna: User) -> None:
    regel = MonitorregelFactory(indicator=IndicatorFactory(code="telling", naam=KWAAD, eenheid="verdachten"))
    DoelstellingFactory(indicator=regel.indicator)
    MetingFactory(indicator=regel.indicator, kwartaal=2, toelichting=KWAAD)
    typ(client, "telling", "12", toelichting=KWAAD)
    [meting] = Meting.objects.filter(staat=Staat.INGEDIEND)
    herbereken()
    teken_figuren(["telling"])
    vaststeller = Client()
    vaststeller.force_login(maak_persoon("vaststeller"))
    rooster = f"{ADRES}?toon=alles"
    for adres in ("/vaststellen/", f"/metingen/{meting.pk}/geschiedenis/", rooster, "/indicatoren/telling/"):
        antwoord = (client if adres == rooster else vaststeller).get(adres)
        pagina = Pagina.van(antwoord)
        assert pagina.heeft(KWAAD), adres
        assert "<script>alert" not in antwoord.content.decode(), adres  # raw: nowhere an element
        assert not [link for link in pagina.links if link.adres.startswith("javascript:")], adres
    hover = figuur_van(client, "/indicatoren/telling/?kwartaal=2025-Q2")
    assert (hover.status_code, hover["Content-Type"]) == (200, "application/json")
    # Plotly reads mark-up in what it draws; the name and the title beside it are never given to it.
    assert "<script>" not in json.dumps([hover.json()[deel] for deel in ("data", "layout")])


def test_fout_12_na_een_verlopen_sessie_zijn_veertig_waarden_terug(client: Client, anna: User) -> None:
    for nummer in range(40):
        IndicatorFactory(code=f"i-{nummer}")
    pagina = lees(client)
    velden = {"wie": pagina.waarden["wie"], "actie": "bewaar"}
    for plek, token in tokens_op(pagina).items():
        velden |= formulier(token, plek, waarde=f"7{plek.split('-')[1].split(':')[0]}")
    client.session.flush()
    naar = client.post(ADRES, velden)
    client.force_login(anna)  # keeps what the session of the stranger held, as logging in does
    assert naar["Location"] == f"/inloggen/?next={ADRES}"
    pagina = lees(client)
    assert [pagina.waarden[f"i-{nummer}:RE07:waarde"] for nummer in range(40)] == [f"7{n}" for n in range(40)]
    terug = tokens_op(pagina)
    for plek in terug:
        velden |= {f"{plek}:versie": terug[plek]}
    client.post(ADRES, velden)
    assert Concept.objects.getypt().count() == 40


def test_fout_13_de_tweede_van_twee_analisten_krijgt_beide_waarden_en_het_spoor_houdt_beide(
    client: Client, anna: User
) -> None:
    IndicatorFactory(code="telling", **SOORTEN["telling"])
    ander = Client()
    ander.force_login(maak_persoon("analist", naam="bob"))
    oud = tokens(client)["telling:RE07"]
    typ(ander, "telling", "14", actie="bewaar")
    zin = bericht(Pagina.van(client.post(ADRES, formulier(oud, "telling:RE07", waarde="12"))))
    assert "14, definitief" in zin
    assert "12, definitief" in zin
    client.post(ADRES, {"kies": "telling:RE07:mijn:1", **formulier(oud, "telling:RE07", waarde="12")})
    naar = [e.naar["waarde"] for e in AuditEvent.objects.filter(handeling="concept bewaard").order_by("id")]
    assert naar == ["14", "12"]


def test_fout_14_niemand_stelt_vast_wat_na_het_lezen_is_gewijzigd(client: Client, anna: User) -> None:
    typ(client, "telling", "12")
    vaststeller = maak_persoon("vaststeller")
    gelezen = list(get_te_besluiten(METING, vaststeller))
    client.post(ADRES, {"terug": str(gelezen[0].pk)})
    typ(client, "telling", "13")
    with pytest.raises(Verouderd, match="gewijzigd of al behandeld"):
        stel_vast(METING, gelezen, door=vaststeller, herkomst="proef")
    assert Meting.objects.get().staat == Staat.INGEDIEND


def test_fout_14_wie_wijzigt_wat_intussen_is_vastgesteld_hoort_dat(client: Client, anna: User) -> None:
    typ(client, "telling", "12")
    meting = Meting.objects.get()
    stel_vast(METING, [meting], door=maak_persoon("vaststeller"), herkomst="proef")
    antwoord = client.post(ADRES, {"terug": str(meting.pk)}, follow=True)
    assert Pagina.van(antwoord).meldt("al behandeld of teruggenomen")
    meting.refresh_from_db()
    assert meting.staat == Staat.VASTGESTELD


def test_fout_15_de_invoerder_stelt_nergens_zelf_vast(
    client: Client, anna: User, caplog: pytest.LogCaptureFixture
) -> None:
    maak_persoon("vaststeller", naam="anna")  # both roles, never on the same value
    typ(client, "telling", "12")
    meting = Meting.objects.get()
    keuze = keuze_van(METING, meting)
    ander = MetingFactory(indicator=IndicatorFactory(code="maat"), kwartaal=3, wachtend=True)
    ander.refresh_from_db()
    bulk = [keuze, keuze_van(METING, ander)]
    for keuzes in ([keuze], bulk):
        vast = {"besluit": "vaststellen", "keuze": keuzes, "zeker": str(len(keuzes))}
        pagina = client.post("/vaststellen/", vast, follow=True)
        assert Pagina.van(pagina).meldt("zelf ingevoerd")
    with pytest.raises(NietToegestaan):
        stel_vast(METING, [meting], door=User.objects.get(pk=anna.pk), herkomst="herhaalde taak")
    with pytest.raises(IntegrityError, match="vaststeller_is_niet_invoerder"), transaction.atomic():
        Meting.objects.filter(pk=meting.pk).update(
            staat=Staat.VASTGESTELD, vastgesteld_door=anna, vastgesteld_op=timezone.now()
        )
    assert client.get("/beheer/monitor/meting/").status_code == 404
    assert set(Meting.objects.filter(kwartaal=3).values_list("staat", flat=True)) == {Staat.INGEDIEND}
    assert AuditEvent.objects.filter(handeling="geweigerd").count() == 3
    assert "geweigerd voor anna" in caplog.text


def test_fout_16_een_correctie_is_een_nieuwe_versie_en_de_oude_blijft_in_beeld(client: Client, anna: User) -> None:
    indicator: Indicator = IndicatorFactory(code="telling", naam="telling", **SOORTEN["telling"])
    oud = MetingFactory(indicator=indicator, kwartaal=3, waarde=9)
    assert "Schrijf in de toelichting waarom dat verandert." in bericht(typ(client, "telling", "11"))
    pagina = typ(client, "telling", "11", toelichting="Twee kwamen later.")
    assert "geldt nu: 9 verdachten" in pagina.tabel().cel("telling", "Stand")
    nieuw = Meting.objects.get(staat=Staat.INGEDIEND)
    assert (nieuw.vervangt, nieuw.vervangreden) == (oud, "Twee kwamen later.")
    stel_vast(METING, [nieuw], door=maak_persoon("vaststeller"), herkomst="proef")
    oud.refresh_from_db()
    assert (oud.staat, oud.waarde) == (Staat.VERVANGEN, 9)


def test_een_fout_via_de_dienst_staat_ook_bij_de_cel(client: Client, anna: User) -> None:
    typ(client, "telling", "1.2.3", actie="bewaar")
    wie = User.objects.get(pk=anna.pk)
    metingen, blijft = dien_concepten_in(Kwartaal(2025, 3), door=wie, herkomst="proef")
    assert (metingen, [o.kolom for o in blijft["telling", "RE07"].alle]) == ([], ["waarde"])
