"""A file handed in on the site: nothing before it is submitted, then all of it, once; or a list of all its faults."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from accounts.models import User
from common.models import AuditEvent, JobRun
from common.vaststellen.model import Staat
from monitor.invoer.importeren import services
from monitor.invoer.importeren.bestand.lezen import lees_bytes
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Import, Meting
from tests import querytelling
from tests.factories import IndicatorFactory, maak_eenheid, maak_persoon
from tests.integration.monitor.invoer.importeren.importbestanden import maak_xlsx, maak_zip
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
ADRES = "/invoer/importeren/"
KOP = ";".join(METINGKOLOMMEN)
GOED = (
    "verdachten;RE07;2025;1;9;;;;definitief;2025-04-05;",
    "verdachten;RE07;2025;2;nb;;;;voorlopig;;wacht op de leverancier",
    "prio1;A1;2025;1;;1.012;1.234;;voorlopig;;",
)


@pytest.fixture(autouse=True)
def _opstelling(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    # No other worker of these tests may be first; the browser test goes by the queue.
    monkeypatch.setattr(services, "_vraag_lezen", lambda pk: None)
    maak_eenheid()
    IndicatorFactory(code="verdachten")
    IndicatorFactory(code="prio1", percentage=True)


@pytest.fixture
def analist() -> User:
    return maak_persoon("analist")


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _csv(*rijen: str) -> bytes:
    return "\n".join([KOP, *rijen]).encode()


def _lees(user: User, *rijen: str, naam: str = "metingen.csv") -> Import:
    bestand = services.ontvang(naam, _csv(*rijen), door=user)
    assert services.verwerk(bestand.pk)
    bestand.refresh_from_db()
    return bestand


def _pagina(user: User, bestand: Import, vraag: str = "") -> Pagina:
    return Pagina.van(_client(user).get(f"{ADRES}{bestand.pk}/{vraag}"))


def _besluit(user: User, bestand: Import, besluit: str) -> Pagina:
    return Pagina.van(_client(user).post(f"{ADRES}{bestand.pk}/", {"besluit": besluit}, follow=True))


def test_van_bestand_naar_ingediend(analist: User) -> None:
    client = _client(analist)
    antwoord = client.post(ADRES, {"bestand": SimpleUploadedFile("q1.csv", _csv(*GOED))})
    bestand = Import.objects.get()
    assert antwoord["Location"] == f"{ADRES}{bestand.pk}/"
    assert _pagina(analist, bestand).meldt("ontvangen en wordt zo gelezen")
    assert services.verwerk_wachtende() == 1
    voorstel = _pagina(analist, bestand)
    assert voorstel.meldt("3 nieuw, 0 gewijzigd, 0 gelijk. Er is nog niets gewijzigd.")
    assert "Indienen" in voorstel.knoppen
    assert not Meting.objects.exists()
    assert _besluit(analist, bestand, "indienen").meldt("Iemand anders moet ze nog vaststellen")
    assert set(Meting.objects.values_list("staat", "ingevoerd_door")) == {(Staat.INGEDIEND, analist.pk)}
    assert Meting.objects.count() == 3
    stappen = AuditEvent.objects.filter(object_soort="import").order_by("pk").values_list("handeling", flat=True)
    assert list(stappen) == ["bestand ontvangen", "bestand ingediend"]
    assert set(JobRun.objects.values_list("soort", "afloop")) == {
        ("import lezen", "geslaagd"),
        ("import indienen", "geslaagd"),
    }


def test_nog_een_klik_dient_niets_opnieuw_in(analist: User) -> None:
    bestand = _lees(analist, *GOED)
    _besluit(analist, bestand, "indienen")
    spoor = AuditEvent.objects.count()
    assert services.dien_in_als_getoond(bestand.pk, door=analist) is None
    _besluit(analist, bestand, "indienen")
    _besluit(analist, bestand, "intrekken")
    bestand.refresh_from_db()
    assert (Meting.objects.count(), AuditEvent.objects.count(), bestand.staat) == (3, spoor, "doorgevoerd")


def test_een_tweede_klik_leest_hetzelfde_als_de_eerste(analist: User) -> None:
    """The browser drops the answer to the first of two clicks."""
    bestand = _lees(analist, *GOED)
    _client(analist).post(f"{ADRES}{bestand.pk}/", {"besluit": "indienen"})
    assert _besluit(analist, bestand, "indienen").meldt("Iemand anders moet ze nog vaststellen")


@pytest.mark.parametrize(
    "knop", [{"besluit": "indienen"}, {"besluit": "intrekken"}, {"besluit": "achterlaten"}, {"weg": "2"}]
)
def test_een_controle_in_de_pagina_besluit_niets(analist: User, knop: dict[str, str]) -> None:
    """The script sends along the button that has the focus while a cell is checked: nobody pressed it."""
    bestand = _lees(analist, *GOED)
    antwoord = _client(analist).post(f"{ADRES}{bestand.pk}/", knop, headers={"HX-Request": "true"})
    bestand.refresh_from_db()
    assert (antwoord.status_code, bestand.staat, bestand.nieuw, Meting.objects.count()) == (200, "voorstel", 3, 0)


def test_wat_een_deel_van_de_pagina_ververst_leest_geen_melding_weg(analist: User) -> None:
    bestand, client = _lees(analist, *GOED), _client(analist)
    client.post(f"{ADRES}{bestand.pk}/", {"besluit": "indienen"})
    client.get(f"{ADRES}{bestand.pk}/", headers={"HX-Request": "true"})
    assert Pagina.van(client.get(f"{ADRES}{bestand.pk}/")).meldt("Iemand anders moet ze nog vaststellen")


def test_hetzelfde_bestand_nog_eens_is_gelijk(analist: User) -> None:
    services.dien_in_als_getoond(_lees(analist, *GOED).pk, door=analist)
    nog_eens = _lees(analist, *GOED)
    pagina = _pagina(analist, nog_eens)
    assert pagina.meldt("Alle waarden in dit bestand zijn gelijk aan wat er al is.")
    assert pagina.meldt("U leverde ditzelfde bestand eerder aan")
    assert "Intrekken" in pagina.knoppen
    assert "Indienen" not in pagina.knoppen
    voor = list(Meting.objects.order_by("pk").values())
    services.dien_in_als_getoond(nog_eens.pk, door=analist)
    assert list(Meting.objects.order_by("pk").values()) == voor


def _stel_vast(analist: User) -> None:
    services.dien_in_als_getoond(_lees(analist, *GOED).pk, door=analist)
    ander = maak_persoon("vaststeller")
    stel_vast(METING, list(Meting.objects.select_related("indicator", "onderdeel")), door=ander, herkomst="proef")


def test_het_voorstel_noemt_oud_en_nieuw_per_cel(analist: User) -> None:
    _stel_vast(analist)
    bestand = _lees(analist, GOED[0].replace(";9;", ";11;"), GOED[1], GOED[2].replace("A1;2025;1", "A2;2025;1"))
    assert (bestand.nieuw, bestand.gewijzigd, bestand.gelijk) == (1, 1, 1)
    regels = {regel.soort: regel.verschillen for regel in bestand.regels.all()}
    assert regels["gewijzigd"] == [["waarde", "9", "11"]]
    assert ["teller", "", "1.012"] in regels["nieuw"] or ["teller", "", "1012"] in regels["nieuw"]
    assert regels["gelijk"] == []
    [alleen] = _pagina(analist, bestand, "?soort=gewijzigd").tabel().rijen
    assert alleen.heeft("waarde: 9 →wordt 11")  # an arrow for the eye, a word for the ear
    assert len(_pagina(analist, bestand, "?soort=x'&page=9e9&sort=__class__").tabel().rijen) == 3


def test_een_wijziging_intussen_wordt_niet_ongezien_overschreven(analist: User) -> None:
    bestand = _lees(analist, GOED[0])
    ander = maak_persoon("analist", naam="ander")
    services.dien_in_als_getoond(_lees(ander, GOED[0].replace(";9;", ";11;")).pk, door=ander)
    assert _besluit(analist, bestand, "indienen").meldt("Er is niets ingediend")
    assert [int(m.waarde) for m in Meting.objects.all()] == [11]
    assert services.verwerk_wachtende() == 1
    pagina = _pagina(analist, bestand)
    assert pagina.tabel().rij(0).heeft("ligt al een andere waarde ter vaststelling")
    assert pagina.link("Bekijk de waarde die al wacht") == "/invoer/2025-Q1/?toon=alles#cel-verdachten-RE07"
    assert "#rij-2" in [link.adres for link in pagina.links]  # nothing in a cell puts this right


def test_elke_fout_op_zijn_rij_en_niets_komt_binnen(analist: User) -> None:
    bestand = _lees(analist, *GOED, "verdachten;RE07;2025;3;1.2.3;;;;;;", "onbekend;Z9;2025;9;1;;;;definitief;;")
    assert (bestand.staat, bestand.geweigerd, bestand.nieuw, len(bestand.fouten)) == ("fouten", 2, 3, 5)
    assert bytes(bestand.inhoud).startswith(b"indicator;")
    pagina = _pagina(analist, bestand, "?soort=geweigerd")
    assert pagina.meldt("Verbeter deze 5 fouten")
    assert [rij.heeft("waarde:") for rij in pagina.tabel().rijen] == [True, False]
    _besluit(analist, bestand, "indienen")
    assert not Meting.objects.exists()


def test_de_lijst_noemt_elke_eigen_import_met_zijn_stand(analist: User) -> None:
    bestand = _lees(analist, *GOED)
    [rij] = Pagina.van(_client(analist).get(ADRES)).tabel().rijen
    assert rij.link("metingen.csv") == f"{ADRES}{bestand.pk}/"
    assert rij.heeft("Klaar om in te dienen")


@pytest.mark.django_db(transaction=True)
def test_twee_klikken_tegelijk_dienen_een_keer_in(analist: User) -> None:
    bestand = _lees(analist, *GOED)

    def klik(_: int) -> bool:
        try:
            return services.dien_in_als_getoond(bestand.pk, door=analist) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as handen:
        assert sorted(handen.map(klik, range(4))) == [False, False, False, True]
    assert Meting.objects.count() == 3
    assert AuditEvent.objects.filter(handeling="bestand ingediend").count() == 1


def test_het_aantal_queries_groeit_niet_met_het_bestand(analist: User) -> None:
    def tel(rijen: int) -> tuple[int, int]:
        regels = (f"verdachten;RE07;{2000 + n};4;9;;;;definitief;;" for n in range(rijen))
        bestand = _lees(analist, *regels, naam=f"{rijen}.csv")
        return tuple(querytelling.tel(client, adres)[0] for adres in (ADRES, f"{ADRES}{bestand.pk}/"))  # type: ignore[return-value]

    client = _client(analist)
    assert tel(1) == tel(20)


def test_intrekken(analist: User) -> None:
    bestand = _lees(analist, *GOED)
    assert _besluit(analist, bestand, "intrekken").meldt("De import is ingetrokken")
    _besluit(analist, bestand, "indienen")
    assert not Meting.objects.exists()


def test_van_een_ander_is_er_niets(analist: User) -> None:
    bestand = _lees(analist, *GOED)
    ander = _client(maak_persoon("analist", naam="ander"))
    assert ander.get(f"{ADRES}{bestand.pk}/").status_code == 404
    assert ander.post(f"{ADRES}{bestand.pk}/", {"besluit": "indienen"}).status_code == 404
    van_ander = Pagina.van(ander.get(ADRES))
    assert (van_ander.kop1, van_ander.ergens(bestand.naam)) == ("Importeren", False)
    assert not Meting.objects.exists()


VREEMD = {
    "bom.xlsx": (lambda: maak_zip("xl/workbook.xml", grootte=201 * 1024**2), "uitgepakt te groot"),
    "tekst.odt": (lambda: maak_zip("mimetype", "content.xml"), "maar geen rekenblad"),
    "blad.xlsb": (lambda: maak_zip("xl/workbook.bin"), ".xlsb-bestand"),
    "macro.xlsm": (lambda: maak_zip("xl/workbook.xml", "xl/vbaProject.bin"), "bevat macro's (.xlsm)"),
    "hoek.xlsx": (lambda: maak_xlsx(list(METINGKOLOMMEN), cel="XFD1048576"), "16384 kolommen en 1048576 rijen"),
    "oud.xls": (lambda: b"\xd0\xcf\x11\xe0" + b"x" * 100, "oud Excel-bestand (.xls)"),
    "pdf.xlsx": (lambda: b"%PDF-1.7", "Dit is een pdf"),
    "half.xlsx": (lambda: maak_xlsx(list(METINGKOLOMMEN))[:2000], "beschadigd"),
    "kop.csv": (lambda: b"a;b\n1;2", "Deze kolom staat er niet"),
}


@pytest.mark.parametrize("naam", VREEMD)
def test_elk_vreemd_bestand_zijn_eigen_zin(analist: User, naam: str) -> None:
    maak, zin = VREEMD[naam]
    bestand = services.ontvang(naam, maak(), door=analist)
    services.verwerk(bestand.pk)
    bestand.refresh_from_db()
    assert bestand.staat == "fouten"
    pagina = _pagina(analist, bestand)
    assert pagina.meldt("Er is niets ingelezen.")
    assert pagina.meldt(zin)


def test_leeg_te_groot_of_niets_gekozen(analist: User) -> None:
    client = _client(analist)
    leeg = client.post(ADRES, {"bestand": SimpleUploadedFile("leeg.csv", b"")})
    assert (leeg.status_code, Pagina.van(leeg).veld("Bestand").fouten) == (400, ["Het bestand is leeg."])
    assert Pagina.van(client.post(ADRES)).veld("Bestand").fouten == ["Kies eerst een bestand."]
    soort = "multipart/form-data; boundary=x"
    groot = client.generic("POST", ADRES, b"x", content_type=soort, CONTENT_LENGTH=str(2**30))
    assert (groot.status_code, Pagina.van(groot).meldt("hoogstens 20 MB")) == (413, True)
    assert not Import.objects.exists()


def test_een_bestand_van_een_andere_site_wordt_geweigerd(analist: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(analist)
    assert client.post(ADRES, {"bestand": SimpleUploadedFile("a.csv", _csv(*GOED))}).status_code == 403
    assert not Import.objects.exists()


def test_het_sjabloon_is_zelf_te_lezen(analist: User) -> None:
    client = _client(analist)
    csv = client.get(f"{ADRES}sjabloon.csv").content
    assert csv.decode("utf-8-sig").strip() == KOP
    ods = client.get(f"{ADRES}sjabloon.ods").content
    with pytest.raises(InvoerFout, match="wel een kop, maar geen waarden"):
        lees_bytes(ods)
    blad = load_workbook(io.BytesIO(client.get(f"{ADRES}sjabloon.xlsx").content)).active
    assert tuple(cel.value for cel in blad[1]) == METINGKOLOMMEN
    assert client.get(f"{ADRES}sjabloon.exe").status_code == 404


def test_een_naam_met_tekens_die_de_tekst_omdraaien(analist: User) -> None:
    bestand = services.ontvang("q1\u202excod.csv", _csv(*GOED), door=analist)
    assert bestand.naam == "q1xcod.csv"


def test_na_drie_onderbrekingen_stopt_het(analist: User) -> None:
    bestand = services.ontvang("a.csv", _csv(*GOED), door=analist)
    Import.objects.update(staat="bezig", pogingen=3)
    assert services.verwerk(bestand.pk)
    assert _pagina(analist, bestand).meldt("3 keer onderbroken")
    assert not services.verwerk(bestand.pk)


def test_een_geweigerd_bestand_zegt_hoe_het_gelezen_is_en_geeft_het_sjabloon(analist: User) -> None:
    bestand = services.ontvang("q1.csv", _csv(*GOED).replace(b";", b"^"), door=analist)
    assert services.verwerk(bestand.pk)
    pagina = _pagina(analist, bestand)
    assert pagina.meldt("Deze kolom staat er niet.")
    assert pagina.meldt("met een puntkomma tussen de kolommen; er staan ^ in de kop.")
    assert pagina.meldt("sjabloon als xlsx")
