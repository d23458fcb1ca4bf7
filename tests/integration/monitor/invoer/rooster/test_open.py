"""The grid opens on what is open, lists by name what is wrong, and each cell is a place an address can end in."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import User
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from monitor.invoer.rooster.services import Celtekst, bewaar_concepten, dien_concepten_in
from monitor.invoer.vaststellen.services import stuur_terug
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Concept, Indicator, Meting
from tests.factories import IndicatorFactory, MetingFactory, maak_eenheid, maak_persoon
from tests.integration.monitor.invoer.rooster.test_rooster import ADRES, ALLES, formulier, lees, tokens
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
Q3 = Kwartaal(2025, 3)


@pytest.fixture
def anna(client: Client) -> User:
    persoon = maak_persoon("analist", naam="anna")
    client.force_login(persoon)
    return persoon


@pytest.fixture
def tijd() -> Indicator:
    """Of the five teams A1 waits, A2 and B1 are approved, A3 is not known, and of B2 there is nothing."""
    onderdelen = maak_eenheid()
    indicator = IndicatorFactory(code="tijd", naam="Aanrijdtijd", percentage=True)
    op = {"indicator": indicator, "kwartaal": 3, "waarde": None}
    MetingFactory(onderdeel=onderdelen["A1"], teller=8, noemer=10, wachtend=True, **op)
    MetingFactory(onderdeel=onderdelen["A2"], teller=8, noemer=10, **op)
    MetingFactory(onderdeel=onderdelen["A3"], onbekend=True, **op)
    MetingFactory(onderdeel=onderdelen["B1"], teller=8, noemer=10, **op)
    return indicator


def test_het_rooster_opent_op_wat_open_staat(client: Client, anna: User, tijd: Indicator) -> None:
    open_, alles = lees(client), lees(client, ALLES)
    assert [rij.kop for rij in open_.tabel().rijen] == ["Onderdeel A3 A3", "Onderdeel B2 B2"]
    assert open_.tabel().zinnen[0] == "2 al geleverd. Toon ze"
    assert open_.link("Toon ze") == "?toon=alles#cel-tijd-A1"
    assert (open_.link("Wat open staat (2)"), open_.link("Alles (5)")) == (ADRES, "?toon=alles")
    assert len(alles.tabel().rijen) == 5
    assert (open_.hier[-1], alles.hier[-1]) == ("Wat open staat (2)", "Alles (5)")


def test_wat_is_weggelaten_neemt_bij_plakken_zijn_eigen_regels(client: Client, anna: User, tijd: Indicator) -> None:
    """As many lines as there are rows, so that a block for all teams stays beside its own teams."""
    html = client.get(ADRES).content.decode()
    volgorde = re.findall(r'data-regels="(\d+)"|<tr role="row" id="cel-tijd-(\w+)" data-plek', html)
    assert volgorde == [("2", ""), ("", "A3"), ("1", ""), ("", "B2")]


def test_elke_cel_is_een_plek(client: Client, anna: User, tijd: Indicator) -> None:
    pagina = lees(client, ALLES)
    assert [pagina.plek(f"cel-tijd-{team}").tekst[:12] for team in ("A1", "B2")] == ["Onderdeel A1", "Onderdeel B2"]


def test_als_niets_open_staat_zegt_het_rooster_dat(client: Client, anna: User) -> None:
    maak_eenheid()
    MetingFactory(indicator=IndicatorFactory(code="telling"), kwartaal=3, wachtend=True)
    pagina = lees(client)
    assert pagina.heeft("Er staat niets meer open.")
    assert pagina.tabellen == []
    assert pagina.link("Bekijk alle waarden") == "?toon=alles"


def test_de_gekozen_blik_blijft_na_bewaren(client: Client, anna: User, tijd: Indicator) -> None:
    velden = formulier(tokens(client)["tijd:B2"], "tijd:B2", teller="8", noemer="10")
    assert client.post(ALLES, {"actie": "bewaar", **velden})["Location"] == ALLES
    assert client.post(ADRES, {"actie": "bewaar", **velden})["Location"] == ADRES


def test_fouten_staan_bovenaan_met_naam_en_link(client: Client, anna: User, tijd: Indicator) -> None:
    velden = formulier(tokens(client)["tijd:B2"], "tijd:B2", teller="8", noemer="")
    pagina = Pagina.van(client.post(ADRES, {"actie": "indienen", **velden}))
    assert pagina.link("Aanrijdtijd B2 Onderdeel B2") == "#cel-tijd-B2"
    [zin] = pagina.lijst("1 punt vraagt uw aandacht")
    assert zin.startswith("Aanrijdtijd B2 Onderdeel B2: Noemer: ")
    lijst = next(k for k in pagina.plek("aandacht")._knopen)
    assert {"autofocus", "tabindex"} <= set(lijst.kenmerken)


def test_een_teruggestuurde_waarde_staat_in_de_lijst_met_de_reden(client: Client, anna: User) -> None:
    maak_eenheid()
    IndicatorFactory(code="telling", naam="Telling")
    velden = formulier(tokens(client)["telling:RE07"], "telling:RE07", waarde="12")
    client.post(ADRES, {"actie": "indienen", **velden})
    stuur_terug(METING, list(Meting.objects.all()), door=maak_persoon("vaststeller"), reden="Bron?", herkomst="proef")
    pagina = lees(client)
    assert pagina.lijst("1 punt vraagt uw aandacht") == ["Telling: teruggestuurd: Bron?"]
    assert pagina.veld("Telling, Waarde").waarde == "12"


def test_een_deel_gaat_niet_zonder_het_geheel_waar_het_op_leunt(anna: User) -> None:
    """Right beside the whole that was typed, wrong beside the one that counts once that stays behind."""
    maak_eenheid()
    geheel = IndicatorFactory(code="geheel")
    IndicatorFactory(code="deel", waarvan_van=geheel)
    IndicatorFactory(code="los")
    MetingFactory(indicator=geheel, kwartaal=3, waarde=5)
    teksten = {"geheel": "12", "deel": "9", "los": "3"}  # a correction without a reason stays behind
    celteksten = [
        Celtekst(code, "RE07", Q3, {"waarde": tekst, "status": "definitief"}, 0) for code, tekst in teksten.items()
    ]
    bewaar_concepten(celteksten, door=anna, herkomst="proef")
    metingen, blijft = dien_concepten_in(Q3, door=anna, herkomst="proef")
    assert [m.indicator.code for m in metingen] == ["los"]
    assert set(blijft) == {("geheel", "RE07"), ("deel", "RE07")}
    assert "kan niet meer zijn" in blijft["deel", "RE07"].alle[0].reden
    assert Concept.objects.getypt().count() == 2
    assert Meting.objects.filter(staat=Staat.INGEDIEND).count() == 1


def test_de_bezetting_is_een_blad_van_hetzelfde_kwartaal(client: Client, anna: User, tijd: Indicator) -> None:
    for adres, hier in ((ADRES, "Waarden"), (f"{ADRES}bezetting/", "Bezetting")):
        bladen = lees(client, adres).deel("Bladen van dit kwartaal")
        assert [(link.tekst, link.adres) for link in bladen.links] == [
            ("Waarden", ADRES),
            ("Bezetting", f"{ADRES}bezetting/"),
        ]
        assert bladen.hier == [hier]


def test_na_terugnemen_staat_er_welke_waarde_met_de_weg_naar_haar_cel(client: Client, anna: User) -> None:
    maak_eenheid()
    IndicatorFactory(code="telling", naam="Telling")
    meting = MetingFactory(indicator__code="telling", kwartaal=3, wachtend=True, ingevoerd_door=anna)
    client.post(ALLES, {"terug": str(meting.pk)})
    pagina = lees(client, ALLES)
    assert pagina.meldt("U kunt Telling, RE07 Onderdeel RE07 nu wijzigen.")
    assert pagina.link("Telling, RE07") == f"{ADRES}#cel-telling-RE07"


def test_wie_niets_wijzigt_aan_wat_terugkwam_leest_hoe_te_antwoorden(client: Client, anna: User) -> None:
    maak_eenheid()
    IndicatorFactory(code="telling", naam="Telling")
    MetingFactory(indicator__code="telling", kwartaal=2, wachtend=True, ingevoerd_door=anna)
    client.post(ADRES, {"actie": "indienen"})
    assert lees(client).meldingen == ["Er is niets gewijzigd dat u kunt indienen."]
    MetingFactory(indicator__code="telling", kwartaal=3, wachtend=True, ingevoerd_door=anna)
    stuur_terug(METING, list(Meting.objects.all()), door=maak_persoon("vaststeller"), reden="Bron?", herkomst="proef")
    client.post(ADRES, {"actie": "indienen"})
    assert lees(client).meldt("Antwoord dan in de toelichting van die waarde")
    velden = formulier(tokens(client)["telling:RE07"], "telling:RE07", waarde="9", toelichting="Nageteld.")
    client.post(ADRES, {"actie": "indienen", **velden})
    assert Meting.objects.get(kwartaal=3).staat == Staat.INGEDIEND


def test_wat_niet_bekend_was_leest_als_een_zin(client: Client, anna: User) -> None:
    maak_eenheid()
    telling = IndicatorFactory(code="telling", naam="Telling")
    MetingFactory(indicator=telling, kwartaal=3, waarde=None, onbekend=True, toelichting="Bron stil.")
    velden = formulier(tokens(client)["telling:RE07"], "telling:RE07", waarde="12")
    pagina = Pagina.van(client.post(ADRES, {"actie": "indienen", **velden}))
    assert pagina.heeft("Vastgesteld is dat de waarde nog niet bekend is. Schrijf in de toelichting waarom")
