"""What a person does not see does not count, codes are known however written, and a refusal says what to do next."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from common.tekst.periode import Kwartaal
from common.vaststellen.bewaking import Verouderd
from common.vaststellen.model import Staat
from monitor.invoer.importeren import services
from monitor.invoer.importeren.bestand.lezen import lees_bytes
from monitor.invoer.importeren.voorstel import lees_voorstel, voer_door
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from monitor.models import Import, Meting
from tests.factories import IndicatorFactory, MetingFactory, maak_eenheid, maak_persoon
from tests.factories.personen import WACHTWOORD
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
KOP = ";".join(METINGKOLOMMEN)
GOED = "verdachten-mensenhandel;RE07;2025;1;8;;;;voorlopig;;"
ADRES = "/invoer/importeren/"


@pytest.fixture(autouse=True)
def _opstelling(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_vraag_lezen", lambda pk: None)
    maak_eenheid()
    IndicatorFactory(code="verdachten-mensenhandel", naam="Verdachten van mensenhandel")
    IndicatorFactory(code="prio1", percentage=True)


@pytest.fixture
def analist() -> User:
    return maak_persoon("analist", naam="anna")


def _lees(persoon: User, *regels: str) -> Import:
    bestand = services.ontvang("proef.csv", "\n".join(regels).encode(), door=persoon)
    assert services.verwerk(bestand.pk)
    bestand.refresh_from_db()
    return bestand


@pytest.mark.parametrize(
    ("kop", "rij", "waar"),
    [
        # The marks before a file are taken off with its encoding; one inside the header is named.
        (f"\ufeff\ufeff{KOP[:3]}\ufeff{KOP[3:]}", GOED, "de kop"),
        (KOP, GOED.replace("RE07", "RE07\u200b"), "rij 2 (onderdeel)"),
        (KOP, GOED.replace(";8;", ";\u200e8;"), "rij 2 (waarde)"),
        (KOP, GOED.replace("voorlopig", "voor\u00adlopig"), "rij 2 (status)"),
        (KOP, GOED.replace("2025", "\u206020\U000e004125"), "rij 2 (jaar)"),
    ],
)
def test_een_onzichtbaar_teken_wordt_weggelaten_en_genoemd(analist: User, kop: str, rij: str, waar: str) -> None:
    bestand = _lees(analist, kop, rij)
    assert (bestand.nieuw, bestand.fouten) == (1, [])
    assert f"In {waar} stond een onzichtbaar teken; het is weggelaten." in bestand.opmerkingen
    services.dien_in_als_getoond(bestand.pk, door=analist)
    assert Meting.objects.get().waarde == 8


@pytest.mark.parametrize(
    "rij",
    [
        GOED.replace("RE07", "re07"),
        GOED.replace("verdachten-mensenhandel", "Verdachten-Mensenhandel"),
        GOED.replace("verdachten-mensenhandel", "verdachten van mensenhandel"),
        GOED.replace(";1;8", ";1e kwartaal;8"),
    ],
)
def test_een_code_is_bekend_hoe_zij_ook_geschreven_is(analist: User, rij: str) -> None:
    bestand = _lees(analist, KOP.upper(), rij)
    assert (bestand.nieuw, bestand.fouten) == (1, [])
    services.dien_in_als_getoond(bestand.pk, door=analist)
    assert Meting.objects.get().indicator.code == "verdachten-mensenhandel"


def test_dezelfde_waarde_in_twee_schrijfwijzen_is_dubbel(analist: User) -> None:
    bestand = _lees(analist, KOP, GOED, GOED.replace("RE07", "re07"))
    assert "staat ook op rij 2" in bestand.fouten[0][2]


def test_een_verkeerde_code_biedt_alleen_aan_wat_iemand_mag_aanleveren(analist: User) -> None:
    chef = maak_persoon("districtschef", onderdeel="B")
    rij = "prio1;{};2025;1;;1;2;;voorlopig;;"
    assert "Bedoelt u A1" in _lees(analist, KOP, rij.format("A9")).fouten[0][2]
    assert "Bedoelt u B1" in _lees(chef, KOP, rij.format("B9")).fouten[0][2]
    assert "Bedoelt u" not in _lees(chef, KOP, rij.format("A9")).fouten[0][2]


def test_een_ander_district_blijft_geweigerd_hoe_de_code_ook_geschreven_is() -> None:
    chef = maak_persoon("districtschef", onderdeel="A")
    bestand = _lees(chef, KOP, "PRIO1;b1;2025;1;;1;2;;voorlopig;;")
    assert [reden for *_, reden in bestand.fouten] == ["Deze rij hoort niet bij uw district of thema."]


def test_een_teken_voor_geen_waarde_wordt_teruggevraagd(analist: User) -> None:
    tekens = {".": "", "x": "", " -  ": ", of 0 als dit een nul in boekhoudopmaak is"}
    rijen = [GOED.replace("8", teken).replace(";1;", f";{nr};") for nr, teken in enumerate(tekens, start=1)]
    bestand = _lees(analist, KOP, *rijen)
    verwacht = [
        [nr, "waarde", f"Hier staat “{teken.strip()}”. Staat dit voor geen waarde? Vul nb in{rest}."]
        for nr, (teken, rest) in enumerate(tekens.items(), start=2)
    ]
    assert bestand.fouten == verwacht


def test_een_heel_jaar_naast_kwartalen_zegt_welke_rij_weg_moet(analist: User) -> None:
    heel = GOED.replace(";2025;1;", ";2024;;")
    kwartaal = GOED.replace(";2025;1;", ";2024;4;")
    begin = "Voor dit jaar staan een heel jaar en kwartalen naast elkaar."
    samen = _lees(analist, KOP, heel, kwartaal)
    assert [reden for *_, reden in samen.fouten] == [
        f"{begin} Op rij 3 staat een kwartaal: laat die of deze rij weg.",
        f"{begin} Op rij 2 staat een heel jaar: laat die of deze rij weg.",
    ]
    for nummer in (1, 4):
        MetingFactory(indicator__code="verdachten-mensenhandel", jaar=2024, kwartaal=nummer)
    er_al = _lees(analist, KOP, heel)
    assert er_al.fouten[0][2] == f"{begin} Voor Q1 2024 en Q4 2024 is er al een waarde: laat deze rij weg."


def test_wat_gehouden_wordt_is_wat_er_nu_staat(analist: User) -> None:
    oud = MetingFactory(indicator__code="verdachten-mensenhandel", toelichting="eerst")
    inhoud = lees_bytes(b"indicator;onderdeel;jaar;kwartaal;waarde\nverdachten-mensenhandel;RE07;2025;1;10")
    voorstel = lees_voorstel("proef.csv", inhoud, door=analist)
    MetingFactory(indicator=oud.indicator, toelichting="later", wachtend=True, vervangt=oud, vervangreden="nagekeken")
    with pytest.raises(Verouderd):
        voer_door(voorstel, door=analist)
    assert Meting.objects.filter(staat=Staat.INGEDIEND).count() == 1


def test_een_bestand_na_het_einde_van_de_sessie_is_niet_aangekomen(analist: User) -> None:
    client = Client()
    with open(__file__, "rb") as bestand:
        naar = client.post(ADRES, {"bestand": bestand})
    assert naar["Location"] == f"/inloggen/?next={ADRES}"
    assert Pagina.van(client.get(naar["Location"])).meldt("U bent uitgelogd.")
    pagina = Pagina.van(client.post(naar["Location"], {"username": "anna", "password": WACHTWOORD}, follow=True))
    assert pagina.meldt("uw bestand is niet aangekomen. Kies en verstuur het opnieuw.")
    assert not Pagina.van(client.get(ADRES)).heeft("niet aangekomen")
    assert not Import.objects.exists()


def test_een_gewone_inlogpagina_zegt_niets(analist: User) -> None:
    client = Client()
    client.get(ADRES)
    assert not Pagina.van(client.get("/inloggen/")).heeft("uitgelogd")


def test_een_ander_formulier_is_niet_bewaard(analist: User) -> None:
    client = Client()
    adres = reverse("invoer_bezetting", kwargs={"kwartaal": Kwartaal(2025, 1)})
    naar = client.post(adres, "os=1", content_type="application/x-www-form-urlencoded")
    client.post(naar["Location"].split("?")[0], {"username": "anna", "password": WACHTWOORD})
    assert Pagina.van(client.get("/")).meldt("wat u verstuurde is niet bewaard. Vul het opnieuw in.")
