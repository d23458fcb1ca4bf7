"""A file put right without a new one: cells typed anew, rows left out, wrong rows kept for later, columns matched."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from common.models import AuditEvent
from common.vaststellen.bewaking import NietToegestaan
from formatie.models import Bezetting
from monitor.invoer.bezetting.validatie import BEZETTINGKOLOMMEN
from monitor.invoer.importeren import herstellen, services
from monitor.invoer.importeren.bestand.rijen import BEVINDING, NIET_GELEZEN
from monitor.invoer.importeren.herstellen import Celherstel, herstel, koppel, laat_achter
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from monitor.models import Import, Kolomkoppeling, Meting
from tests.factories import BezettingFactory, IndicatorFactory, maak_eenheid, maak_persoon
from tests.integration.monitor.invoer.bezetting.opstelling import maak_wereld
from tests.integration.monitor.invoer.importeren.importbestanden import maak_xlsx
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
ADRES = "/invoer/importeren/"
GOED = "verdachten;RE07;2025;1;9;;;;definitief;2025-04-05;"
FOUT = "verdachten;RE07;2025;2;1.2.3;;;;zeker;;"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _opstelling(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_vraag_lezen", lambda pk: None)
    maak_eenheid()
    IndicatorFactory(code="verdachten", naam="Verdachten in beeld")


@pytest.fixture
def analist() -> User:
    return maak_persoon("analist")


def _lees(user: User, *rijen: str, kop: str = ";".join(METINGKOLOMMEN), naam: str = "q1.csv") -> Import:
    return _verwerk(services.ontvang(naam, "\n".join([kop, *rijen]).encode(), door=user))


def _verwerk(bestand: Import) -> Import:
    assert services.verwerk(bestand.pk)
    bestand.refresh_from_db()
    return bestand


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _pagina(user: User, bestand: Import, vraag: str = "") -> Pagina:
    return Pagina.van(_client(user).get(f"{ADRES}{bestand.pk}/{vraag}"))


def _regels(bestand: Import) -> dict[int, str]:
    return dict(bestand.regels.values_list("rij", "soort"))


def test_een_cel_wordt_meteen_opnieuw_gecontroleerd_en_het_spoor_zegt_waar_zij_vandaan_komt(analist: User) -> None:
    bestand = _lees(analist, GOED, FOUT)
    assert _regels(bestand) == {2: "nieuw", 3: "geweigerd"}
    eerst = herstel(bestand.pk, [Celherstel(3, "waarde", "1.2.3", "12")], door=analist)
    assert (eerst.gewijzigd, eerst.botst) == (1, [])
    bestand.refresh_from_db()
    assert bestand.fouten == [[3, "status", "“zeker” is geen status. Vul voorlopig of definitief in."]]
    herstel(bestand.pk, [Celherstel(3, "status", "zeker", "definitief")], door=analist)
    bestand.refresh_from_db()
    assert (bestand.staat, bestand.nieuw, bestand.geweigerd) == ("voorstel", 2, 0)
    assert bestand.regels.get(rij=3).hersteld == {"waarde": "1.2.3", "status": "zeker"}
    assert not Meting.objects.exists()
    services.dien_in_als_getoond(bestand.pk, door=analist)
    assert {int(m.waarde) for m in Meting.objects.all()} == {9, 12}
    bronnen = AuditEvent.objects.filter(object_soort="meting").values_list("naar__waarde", "herkomst")
    assert {(str(Decimal(waarde).normalize()), bron) for waarde, bron in bronnen} == {
        ("9", "import q1.csv, rij 2"),
        ("12", "import q1.csv, rij 3, hersteld"),
    }
    hersteld = AuditEvent.objects.filter(handeling="rijen hersteld").order_by("pk")
    assert [(stap.van, stap.naar) for stap in hersteld] == [
        ({"rij 3 waarde": "1.2.3"}, {"rij 3 waarde": "12"}),
        ({"rij 3 status": "zeker"}, {"rij 3 status": "definitief"}),
    ]


def test_de_pagina_zet_de_fout_vooraan_met_naam_link_en_veld(analist: User) -> None:
    bestand = _lees(analist, GOED, FOUT)
    antwoord = _client(analist).get(f"{ADRES}{bestand.pk}/")
    pagina, html = Pagina.van(antwoord), antwoord.content.decode()
    assert pagina.meldt("1 rij met een fout")
    rij = "Rij 3, Verdachten in beeld (verdachten), Onderdeel RE07 (RE07), Q2 2025"
    assert pagina.link(f"{rij}, waarde") == "#cel-3-waarde"
    assert 'id="cel-3-waarde" name="cel:3:waarde" value="1.2.3"' in html
    assert html.index('id="rij-3"') < html.index('id="regels"')
    assert "autofocus" in html
    assert pagina.tabel().rij(0).heeft("Geweigerd")
    assert pagina.tabel().rij(0).heeft("Verdachten in beeld verdachten")


def test_zonder_script_doet_de_knop_hetzelfde_en_gaat_niets_verloren(analist: User) -> None:
    bestand = _lees(analist, GOED, FOUT)
    velden = {"was:3:waarde": "1.2.3", "cel:3:waarde": "12", "was:3:status": "zeker", "cel:3:status": "vast"}
    pagina = Pagina.van(_client(analist).post(f"{ADRES}{bestand.pk}/", velden | {"besluit": "herstel"}, follow=True))
    assert pagina.meldt("1 rij met een fout")
    assert bestand.regels.get(rij=3).cellen["waarde"] == "12"
    assert bestand.regels.get(rij=3).cellen["status"] == "vast"


def test_ter_plekke_komt_de_pagina_zelf_terug_zonder_de_aandacht_te_verleggen(analist: User) -> None:
    bestand = _lees(analist, GOED, FOUT)
    velden = {"was:3:waarde": "1.2.3", "cel:3:waarde": "12"}
    antwoord = _client(analist).post(f"{ADRES}{bestand.pk}/", velden, headers=HTMX)
    assert antwoord.status_code == 200
    assert "autofocus" not in antwoord.content.decode()
    assert Pagina.van(antwoord).meldt("Verbeter deze fout in de cellen")


def test_wat_in_een_ander_venster_veranderde_wordt_niet_overschreven(analist: User) -> None:
    bestand = _lees(analist, GOED, FOUT)
    herstel(bestand.pk, [Celherstel(3, "waarde", "1.2.3", "12")], door=analist)
    velden = {"was:3:waarde": "1.2.3", "cel:3:waarde": "13"}
    antwoord = _client(analist).post(f"{ADRES}{bestand.pk}/", velden)
    assert antwoord.status_code == 409
    assert 'value="13"' in antwoord.content.decode()
    assert Pagina.van(antwoord).meldt("in een ander venster gewijzigd")
    assert bestand.regels.get(rij=3).cellen["waarde"] == "12"


@pytest.mark.parametrize("koppen", [{}, HTMX])
def test_wat_bij_een_rij_is_getypt_die_intussen_apart_staat_gaat_niet_verloren(
    analist: User, koppen: dict[str, str]
) -> None:
    bestand = _lees(analist, GOED, FOUT)
    laat_achter(bestand.pk, door=analist)
    velden = {"was:3:waarde": "1.2.3", "cel:3:waarde": "12 <b>", "besluit": "indienen"}
    antwoord = _client(analist).post(f"{ADRES}{bestand.pk}/", velden, headers=koppen)
    assert antwoord.status_code == (200 if koppen else 409)
    assert Pagina.van(antwoord).meldt("Wat u typte bij waarde is niet bewaard: “12 <b>”")
    bestand.refresh_from_db()
    assert bestand.staat == "voorstel"


def test_een_rij_weglaten_en_weer_meenemen(analist: User) -> None:
    bestand = _lees(analist, GOED, GOED.replace(";9;", ";10;"))
    assert bestand.fouten == [[3, "", "Deze waarde staat ook op rij 2. Laat er één staan."]]
    herstel(bestand.pk, [], door=analist, weg=[3])
    bestand.refresh_from_db()
    assert (bestand.staat, bestand.nieuw, bestand.weggelaten) == ("voorstel", 1, 1)
    assert "Neem rij 3 weer mee" in _pagina(analist, bestand, "?rij=3").knoppen
    herstel(bestand.pk, [], door=analist, terug=[3])
    bestand.refresh_from_db()
    assert (bestand.staat, bestand.geweigerd) == ("fouten", 1)
    herstel(bestand.pk, [], door=analist, weg=[2])
    services.dien_in_als_getoond(bestand.pk, door=analist)
    assert [int(meting.waarde) for meting in Meting.objects.all()] == [10]


def test_wat_alleen_het_bestand_toont_gaat_over_als_de_cel_is_getypt(analist: User) -> None:
    bestand = _lees(analist, "verdachten;RE07;2025;1;#DEEL/0!;;;;definitief;;")
    assert "bevat een fout" in bestand.regels.get(rij=2).bestandsfouten[0][1]
    herstel(bestand.pk, [Celherstel(2, "status", "definitief", "voorlopig")], door=analist)
    assert _regels(bestand) == {2: "geweigerd"}
    herstel(bestand.pk, [Celherstel(2, "waarde", "#DEEL/0!", "8")], door=analist)
    assert _regels(bestand) == {2: "nieuw"}


def test_een_leeggemaakte_rij_verdwijnt_niet(analist: User) -> None:
    bestand = _lees(analist, GOED, "verdachten;RE07;2025;2;x;;;;definitief;;")
    herstel(bestand.pk, [Celherstel(3, "waarde", "x", "")], door=analist)
    bestand.refresh_from_db()
    assert _regels(bestand) == {2: "nieuw", 3: "weggelaten"}
    assert "1 rij zonder waarde is overgeslagen: rij 3." in bestand.opmerkingen


def test_van_een_ander_of_al_ingediend_verandert_niets(analist: User) -> None:
    bestand = _lees(analist, GOED)
    ander = maak_persoon("analist", naam="ander")
    cel = [Celherstel(2, "waarde", "9", "10")]
    assert herstel(bestand.pk, cel, door=ander).botst == cel
    services.dien_in_als_getoond(bestand.pk, door=analist)
    assert herstel(bestand.pk, cel, door=analist).botst == cel
    with pytest.raises(NietToegestaan):
        herstel(bestand.pk, cel, door=maak_persoon("rvo-lid", naam="lid"))
    assert bestand.regels.get().cellen["waarde"] == "9"


@pytest.mark.parametrize("cel", [(2, "id", "", "1"), (99, "waarde", "", "1"), (2, "waarde", "9", "\x00")])
def test_wat_geen_cel_is_of_niet_te_bewaren_geeft_geen_storing(analist: User, cel: tuple[int, str, str, str]) -> None:
    bestand = _lees(analist, GOED)
    herstel(bestand.pk, [Celherstel(*cel)], door=analist)
    assert bestand.regels.get().cellen.keys() == set(METINGKOLOMMEN)


def test_alleen_de_goede_rijen_laat_de_rest_als_bestand_na(analist: User) -> None:
    dubbel = GOED.replace(";9;", ";10;").replace("2025;1", "2025;4").replace("2025-04-05", "")
    bestand = _lees(analist, GOED, FOUT, dubbel, dubbel.replace(";10;", ";11;"))
    rest = laat_achter(bestand.pk, door=analist)
    assert rest is not None
    bestand.refresh_from_db()
    assert (bestand.staat, _regels(bestand)) == ("voorstel", {2: "nieuw"})
    # Of two rows about one value neither is known to be right.
    assert [regel.cellen["waarde"] for regel in rest.regels.all()] == ["1.2.3", "10", "11"]
    assert [regel.rij for regel in rest.regels.all()] == [2, 3, 4]
    assert (rest.naam, rest.rest_van_id, rest.door) == ("rest van q1.csv", bestand.pk, analist)
    assert _pagina(analist, bestand).link("rest van q1.csv") == f"{ADRES}{rest.pk}/"
    assert _pagina(analist, rest).link("q1.csv") == f"{ADRES}{bestand.pk}/"
    services.dien_in_als_getoond(bestand.pk, door=analist)
    assert [int(meting.waarde) for meting in Meting.objects.all()] == [9]
    assert laat_achter(bestand.pk, door=analist) is None


def test_blijft_elke_rij_achter_dan_wordt_dat_gezegd(analist: User) -> None:
    bestand = _lees(analist, GOED, GOED.replace(";9;", ";10;"))
    antwoord = _client(analist).post(f"{ADRES}{bestand.pk}/", {"besluit": "achterlaten"})
    assert Pagina.van(antwoord).meldt("Laat eerst van die twee er één weg.")
    assert Import.objects.count() == 1


@pytest.mark.parametrize("formaat", ["csv", "xlsx", "ods"])
def test_de_foute_rijen_komen_als_bestand_met_de_reden_en_lezen_weer_in(analist: User, formaat: str) -> None:
    bestand = _lees(analist, GOED, FOUT)
    client = _client(analist)
    antwoord = client.get(f"{ADRES}{bestand.pk}/rijen.{formaat}")
    if formaat == "csv":
        kop, rij = csv.reader(io.StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";")
        assert kop == [*METINGKOLOMMEN, BEVINDING]
        assert rij[4] == "1.2.3"
        assert "status: “zeker” is geen status." in rij[-1]
    terug = _verwerk(services.ontvang(f"rest.{formaat}", antwoord.content, door=analist))
    [regel] = terug.regels.all()
    assert regel.cellen == bestand.regels.get(rij=3).cellen
    assert client.get(f"{ADRES}{bestand.pk}/rijen.exe").status_code == 404
    assert _client(maak_persoon("analist", naam="ander")).get(f"{ADRES}{bestand.pk}/rijen.csv").status_code == 404


KOP_ANDERS = "Wat;Wijk;jaar;kwartaal;Aantal;status;Opmerking intern"
RIJ_ANDERS = "verdachten;RE07;2025;1;9;definitief;niet voor buiten"
KEUZE = {"Wat": "indicator", "Wijk": "onderdeel", "Aantal": "waarde", "Opmerking intern": NIET_GELEZEN}


def test_andere_koppen_worden_een_keer_gekoppeld_en_onthouden(analist: User) -> None:
    bestand = _lees(analist, RIJ_ANDERS, kop=KOP_ANDERS)
    assert (bestand.staat, bestand.gelezen) == ("fouten", 0)
    voorbeelden = [["Wat", "verdachten"], ["Wijk", "RE07"], ["Aantal", "9"], ["Opmerking intern", "niet voor buiten"]]
    assert bestand.koppen == voorbeelden
    client = _client(analist)
    keuzes = {f"kop:{plek}": KEUZE[kop] for plek, (kop, _) in enumerate(voorbeelden)}
    client.post(f"{ADRES}{bestand.pk}/", keuzes | {"besluit": "koppelen"})
    bestand.refresh_from_db()
    assert _verwerk(bestand).staat == "voorstel"
    assert bestand.regels.get().cellen["waarde"] == "9"
    nog_een = _lees(analist, RIJ_ANDERS.replace(";9;", ";8;"), kop=KOP_ANDERS.upper())
    assert nog_een.staat == "voorstel"
    assert "Volgens uw eigen keuze is niet gelezen: ‘OPMERKING INTERN’." in nog_een.opmerkingen
    assert "Volgens uw eigen keuze is gelezen: ‘WAT’ als indicator, ‘WIJK’ als onderdeel, ‘AANTAL’ als waarde." in (
        nog_een.opmerkingen
    )
    assert _lees(maak_persoon("analist", naam="ander"), RIJ_ANDERS, kop=KOP_ANDERS).staat == "fouten"
    assert AuditEvent.objects.filter(handeling="kolommen gekoppeld").count() == 1


def test_wie_koppen_koppelde_ziet_en_vergeet_ze(analist: User) -> None:
    """Only the own ones; what is forgotten is asked again at the next file."""
    bestand, ander = _lees(analist, RIJ_ANDERS, kop=KOP_ANDERS), maak_persoon("analist", naam="ander")
    koppel(bestand.pk, KEUZE, door=analist)
    Kolomkoppeling.objects.create(user=ander, kop="wijk", kolom="onderdeel")
    client = _client(analist)
    assert "‘wijk’ als onderdeel" in Pagina.van(client.get(ADRES)).tekst
    antwoord = client.post(f"{ADRES}koppelingen/", {"kop": "wijk"}, follow=True)
    assert Pagina.van(antwoord).meldt("De kop ‘wijk’ is vergeten.")
    assert "‘wijk’ als" not in Pagina.van(antwoord).tekst
    assert Pagina.van(client.post(f"{ADRES}koppelingen/", {"kop": "wijk"}, follow=True)).meldt("was al vergeten")
    assert Kolomkoppeling.objects.get(kop="wijk").user == ander
    assert _lees(analist, RIJ_ANDERS, kop=KOP_ANDERS).koppen


def test_een_rekenblad_met_een_titel_boven_andere_koppen(analist: User) -> None:
    blad = maak_xlsx(["Levering Q1"], [], KOP_ANDERS.split(";"), RIJ_ANDERS.split(";"))
    bestand = _verwerk(services.ontvang("q1.xlsx", blad, door=analist))
    assert [kop for kop, _ in bestand.koppen] == list(KEUZE)
    assert koppel(bestand.pk, KEUZE, door=analist)
    bestand.refresh_from_db()
    assert _verwerk(bestand).regels.get().cellen["onderdeel"] == "RE07"


def test_een_keuze_die_niet_past_wordt_opnieuw_gevraagd_met_wat_er_gekozen_was(analist: User) -> None:
    bestand = _lees(analist, RIJ_ANDERS, kop=KOP_ANDERS)
    assert not koppel(bestand.pk, {"Wat": "bestaat niet"}, door=analist)
    assert koppel(bestand.pk, KEUZE | {"Wijk": "waarde"}, door=analist)
    bestand.refresh_from_db()
    assert _verwerk(bestand).staat == "fouten"
    pagina = _pagina(analist, bestand)
    assert pagina.meldt("rij 1, onderdeel: Deze kolom staat er niet.")
    assert pagina.meldt("rij 1, waarde: Deze kolom staat er twee keer.")
    assert Kolomkoppeling.objects.get(kop="wijk").kolom == "waarde"


def test_wie_de_pagina_verlaat_leest_elders_dat_het_klaar_is(analist: User) -> None:
    client = _client(analist)
    inhoud = "\n".join([";".join(METINGKOLOMMEN), FOUT]).encode()
    client.post(ADRES, {"bestand": SimpleUploadedFile("q1.csv", inhoud)})
    bestand = Import.objects.get()
    elders = client.get("/themas/").content.decode()
    assert "data-bezig" in elders
    assert "Uw bestand" not in elders
    _verwerk(bestand)
    assert Pagina.van(client.get("/themas/")).meldt("Uw bestand ‘q1.csv’ is gelezen: 1 rij met een fout.")
    assert "data-bezig" not in client.get(f"{ADRES}klaar/").content.decode()
    assert Pagina.van(client.get("/themas/")).link("Bekijk het bestand") == f"{ADRES}{bestand.pk}/"
    client.get(f"{ADRES}{bestand.pk}/")
    assert "importmelding" not in client.get("/themas/").content.decode()


def test_een_groot_bestand_wordt_in_de_achtergrond_gecontroleerd(
    analist: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(herstellen, "MEESTE_METEEN", 1)
    bestand = _lees(analist, GOED, FOUT)
    herstel(bestand.pk, [Celherstel(3, "waarde", "1.2.3", "12")], door=analist)
    bestand.refresh_from_db()
    assert bestand.staat == "ontvangen"
    cel = [Celherstel(3, "status", "zeker", "definitief")]
    assert herstel(bestand.pk, cel, door=analist).botst == cel
    assert _verwerk(bestand).fouten == [[3, "status", "“zeker” is geen status. Vul voorlopig of definitief in."]]


def test_een_correctie_vraagt_een_reden_waar_het_scherm_die_vraagt() -> None:
    maak_wereld()
    chef = maak_persoon("districtschef", onderdeel="A")
    BezettingFactory(onderdeel__code="A2", os=Decimal(91), nos=Decimal(8))
    rij = "A2;basisteam;2025;1;90;8;;;;4,5;voorlopig;2025-04-02;"
    bestand = _lees(chef, rij, kop=";".join(BEZETTINGKOLOMMEN), naam="bezetting.csv")
    assert bestand.zonder_reden == 1
    client, adres = _client(chef), f"{ADRES}{bestand.pk}/"
    zonder = client.post(adres, {"besluit": "indienen"})
    assert zonder.status_code == 400
    veld = Pagina.van(zonder).veld("Waarom veranderen de vastgestelde waarden?")
    assert veld.fouten == ["Schrijf waarom vastgestelde waarden veranderen."]
    client.post(adres, {"besluit": "indienen", "reden": "Telfout"})
    assert Bezetting.objects.get(staat="ingediend").vervangreden == "Telfout"


def test_wat_getypt_is_gaat_niet_ongezien_mee_met_indienen(analist: User) -> None:
    bestand = _lees(analist, GOED)
    velden = {"besluit": "indienen", "was:2:waarde": "9", "cel:2:waarde": "11"}
    antwoord = _client(analist).post(f"{ADRES}{bestand.pk}/", velden)
    assert (antwoord.status_code, Pagina.van(antwoord).meldt("u wijzigde nog iets")) == (409, True)
    assert not Meting.objects.exists()
    assert bestand.regels.get().cellen["waarde"] == "11"


def test_een_onbekende_code_heeft_een_lijst_en_een_link(analist: User) -> None:
    bestand = _lees(analist, GOED, "verdachten;X9;2025;2;9;;;;definitief;;")
    antwoord = _client(analist).get(f"{ADRES}{bestand.pk}/")
    html, pagina = antwoord.content.decode(), Pagina.van(antwoord)
    assert pagina.link("Alle onderdelen") == "/formatie/"
    assert 'value="X9" list="codes-onderdeel"' in html
    assert '<option value="RE07">Onderdeel RE07</option>' in html
    assert pagina.heeft("Goede rijen: 1 van 2. Er is nog niets ingediend.")
    assert not pagina.heeft("Er is niets ingelezen")


def test_wat_nog_af_te_maken_is_staat_bovenaan(analist: User) -> None:
    rest = laat_achter(_lees(analist, GOED, FOUT).pk, door=analist)
    pagina = Pagina.van(_client(analist).get(ADRES))
    assert rest is not None
    assert pagina.deel("Nog af te maken").link("rest van q1.csv") == f"{ADRES}{rest.pk}/"
    cellen = [Celherstel(2, "waarde", "1.2.3", "12"), Celherstel(2, "status", "zeker", "definitief")]
    herstel(rest.pk, cellen, door=analist)
    assert not Pagina.van(_client(analist).get(ADRES)).heeft("Nog af te maken")


def test_een_datum_leest_zoals_elders(analist: User) -> None:
    assert _pagina(analist, _lees(analist, GOED)).tabel().rij(0).heeft("meetdatum: 05-04-2025")
