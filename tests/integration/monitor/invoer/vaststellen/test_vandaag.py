"""What was decided today: who, what and when; and a mistake is answered by a new version, never undone."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.models import AuditEvent
from common.vaststellen.bewaking import Geweigerd, NietToegestaan
from common.vaststellen.model import Staat
from formatie.models import Bezetting
from monitor.invoer.bezetting.services import dien_bezetting_in
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.eisen import KwartaalGesloten
from monitor.invoer.vaststellen.selectors import keuze_van
from monitor.invoer.vaststellen.services import stel_vast, stuur_terug, vraag_correctie
from monitor.invoer.vaststellen.soorten import BEZETTING, METING
from monitor.models import Indicator, Meting
from strategie.models import Thema
from tests.factories import AfsluitingFactory, MetingFactory, maak_persoon
from tests.integration.monitor.invoer.bezetting import opstelling
from tests.integration.monitor.invoer.bezetting.opstelling import van
from tests.integration.monitor.invoer.soortproeven import JAAR, PROEVEN, maak_invoerder, maak_wereld
from tests.integration.monitor.invoer.toezicht.nagaan import afwijkingen_van_werk
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
ADRES = "/vaststellen/vandaag/"
REDEN = "Een cijfer te veel."


@pytest.fixture
def anna() -> User:
    return maak_invoerder("anna")


@pytest.fixture
def vera() -> User:
    return maak_persoon("vaststeller", naam="vera")


@pytest.fixture
def client(vera: User) -> Client:
    client = Client()
    client.force_login(vera)
    return client


@pytest.fixture
def besloten(anna: User, vera: User) -> Meting:
    maak_wereld()
    PROEVEN["meting"].dien_in(anna, 2, JAAR)
    return stel_vast(METING, list(METING.wachtend()), door=vera, herkomst="proef")[0]


def _pagina(client: Client) -> Pagina:
    return Pagina.van(client.get(ADRES))


def _keuzes(pagina: Pagina) -> list[str]:
    return [veld.waarde for veld in pagina.velden if veld.naam == "keuze"]


def _vraag(client: Client, reden: str = REDEN) -> Pagina:
    return Pagina.van(client.post(ADRES, {"keuze": _keuzes(_pagina(client)), "reden": reden}, follow=True))


def test_wie_wat_wanneer_van_elke_soort(client: Client, anna: User, vera: User) -> None:
    maak_wereld()
    wim = maak_persoon("vaststeller", naam="wim")
    for proef in PROEVEN.values():
        proef.dien_in(anna, 1, JAAR)
        rijen = list(proef.soort.wachtend())
        if proef.soort is BEZETTING:
            stuur_terug(BEZETTING, rijen, door=wim, reden="Welke bron?", herkomst="proef")
        else:
            stel_vast(proef.soort, rijen, door=vera, herkomst="proef")
    tabel = _pagina(client).tabel()
    koppeling, *andere = [(rij.kop, rij.cel("Door").partition(",")[0], rij.cel("Nu")) for rij in tabel.rijen]
    assert (koppeling[0].partition(" ")[0], *koppeling[1:]) == ("Koppeling", "u", "geldt")
    assert andere == [
        (f"Ambitie 1 van {Thema.objects.get()}, eerste helft van 2025", "u", "geldt"),
        ("Duiding van Proef, RE07 Onderdeel RE07, Q1 2025", "u", "geldt"),
        ("Werkgebied in Proefgemeente", "u", "geldt"),
        ("Grenzen van Proef, vanaf Q1 2025", "u", "geldt"),
        ("Definitie van Proef", "u", "geldt"),
        ("Doel van Proef, 2025, RE07 Onderdeel RE07", "u", "geldt"),
        ("Bezetting van A1 Onderdeel A1, Q1 2025", "wim", "ligt bij de invoerder"),
        ("Proef, A1 Onderdeel A1, Q1 2025", "u", "geldt"),
    ]
    assert tabel.cel("Bezetting van A1", "Besluit") == "Teruggestuurd. Reden: Welke bron?"
    assert tabel.cel("Proef, A1", "Besluit") == "Vastgesteld: 1 onderzoeken"
    # A value and a duiding are given back here; a target is answered by another one, which this person may propose.
    assert [keuze.partition(":")[0] for keuze in _keuzes(_pagina(client))] == ["duiding", "meting"]
    assert tabel.rij("Doel van").link("nieuw voorstel") == "/indicatoren/proef/doelen/"
    pk = Meting.objects.get().pk
    assert tabel.rij("Proef, A1").link("Proef, A1 Onderdeel A1, Q1 2025") == f"/metingen/{pk}/geschiedenis/"
    assert tabel.rij("Grenzen van").link("Grenzen van Proef, vanaf Q1 2025") == "/indicatoren/proef/grenzen/"


def test_gisteren_en_wat_een_programma_deed_staat_er_niet(client: Client, besloten: Meting) -> None:
    spoor = AuditEvent.objects.get(handeling="vastgesteld")
    for velden in ({"op": timezone.now() - timedelta(days=1)}, {"door_id": None, "op": timezone.now()}):
        extra = {"handeling": "vastgesteld", "object_soort": "meting", "object_id": spoor.object_id, "door_id": 1}
        AuditEvent.objects.create(**extra | {"object_naam": "x", "herkomst": "proef", "door_naam": "x"} | velden)
    assert len(_pagina(client).tabel().rijen) == 1
    assert client.get("/vaststellen/vandaag/?page=99").status_code == 200


def test_een_correctie_in_twee_klikken_gaat_de_hele_weg(client: Client, besloten: Meting, anna: User) -> None:
    """One box and one button; then the author hands in what it should be, and another approves that."""
    assert _vraag(client).meldt("Om een correctie van 1 waarde gevraagd. Wat is vastgesteld, geldt tot")
    terug = Meting.objects.get(vervangt=besloten)
    assert (terug.staat, terug.ingevoerd_door, terug.waarde, terug.afkeurreden) == (Staat.AFGEKEURD, anna, 2, REDEN)
    besloten.refresh_from_db()
    assert (besloten.staat, besloten.waarde) == (Staat.VASTGESTELD, 2)  # nothing was undone
    assert _pagina(client).tabel().kolom("Nu") == ["correctie gevraagd"]
    assert not _keuzes(_pagina(client))
    invoerder = Client()
    invoerder.force_login(anna)
    assert REDEN in Pagina.van(invoerder.get("/invoer/2025-Q1/")).tekst
    PROEVEN["meting"].dien_in(anna, 1, JAAR)
    assert _pagina(client).tabel().kolom("Nu") == ["correctie wacht op een besluit"]
    rij = Pagina.van(client.get("/vaststellen/")).tabel().rijen[0]
    assert rij.onder("Nieuw", "Geldt nu") == ["1 onderzoeken", "2 onderzoeken"]
    assert rij.cel("Toelichting").startswith("Correctie gevraagd op ")
    assert f"door vera: “{REDEN.rstrip('.')}”. Toen stond er: 2 onderzoeken." in rij.cel("Toelichting")
    assert f"Correctie: {REDEN}" not in rij.cel("Toelichting")  # the approver's words, not the author's
    stel_vast(METING, list(METING.wachtend()), door=maak_persoon("vaststeller", naam="wim"), herkomst="proef")
    assert _pagina(client).tabel().kolom("Nu") == ["geldt", "vervangen door een nieuwere versie"]
    assert [m.waarde for m in Meting.objects.geldend()] == [Decimal(1)]
    assert afwijkingen_van_werk(Meting) == []
    geschiedenis = Pagina.van(client.get(f"/metingen/{terug.pk}/geschiedenis/")).lijst("Wat er gebeurde")
    assert any("vera vroeg om een correctie van 2 onderzoeken. Reden: " + REDEN in stap for stap in geschiedenis)


def test_de_invoerder_vindt_dat_het_toch_klopt(client: Client, besloten: Meting, anna: User) -> None:
    """The same value once more is an answer too: it waits again, and what counts stays."""
    _vraag(client)
    PROEVEN["meting"].dien_in(anna, 2, JAAR)
    assert METING.wachtend().get().vervangt == besloten
    toelichting = Pagina.van(client.get("/vaststellen/")).tabel().rijen[0].cel("Toelichting")
    assert "De waarde is sindsdien niet gewijzigd." in toelichting
    assert "Gelijk aan wat geldt." in toelichting


def test_meer_dan_een_correctie_vraagt_eerst_of_het_klopt(client: Client, anna: User, vera: User) -> None:
    maak_wereld()
    indicator = Indicator.objects.get(code="proef")
    for kwartaal in (1, 2):
        MetingFactory(indicator=indicator, kwartaal=kwartaal, ingevoerd_door=anna, wachtend=True)
    stel_vast(METING, list(METING.wachtend()), door=vera, herkomst="proef")
    gekozen = {"keuze": _keuzes(_pagina(client)), "reden": REDEN}
    vraag = Pagina.van(client.post(ADRES, gekozen))
    assert vraag.heeft("U vraagt om een correctie van 2 waarden. Klopt dat?")
    assert not Meting.objects.filter(staat=Staat.AFGEKEURD).exists()
    assert [veld.gaat_mee for veld in vraag.velden if veld.naam == "keuze"] == [True, True]
    client.post(ADRES, gekozen | {"kies": "nee"})
    assert not Meting.objects.filter(staat=Staat.AFGEKEURD).exists()
    assert Pagina.van(client.post(ADRES, gekozen | {"zeker": "2"}, follow=True)).meldt("Om een correctie van 2 waarden")


def test_bezetting_gaat_dezelfde_weg(client: Client, anna: User, vera: User) -> None:
    opstelling.maak_wereld()
    dien_bezetting_in([van("A1", toelichting="Gezien.")], door=anna, herkomst="proef")
    [rij] = stel_vast(BEZETTING, list(BEZETTING.wachtend()), door=vera, herkomst="proef")
    assert _vraag(client).meldt("Om een correctie van 1 regel bezetting gevraagd.")
    assert Bezetting.objects.get(vervangt=rij).staat == Staat.AFGEKEURD
    assert afwijkingen_van_werk(Bezetting) == []


def test_zonder_reden_of_keuze_gebeurt_er_niets_en_blijft_het_vinkje(client: Client, besloten: Meting) -> None:
    pagina = _vraag(client, reden=" ")
    assert pagina.meldt("Schrijf waarom")
    assert [veld.gaat_mee for veld in pagina.velden if veld.naam == "keuze"] == [True]
    assert Pagina.van(client.post(ADRES, {"reden": REDEN})).meldt("nog niets aangevinkt")
    assert Meting.objects.count() == 1


def test_wat_intussen_vervangen_is_wordt_genoemd(client: Client, besloten: Meting, anna: User) -> None:
    keuzes = _keuzes(_pagina(client))
    PROEVEN["meting"].dien_in(anna, 1, JAAR)
    stuur = {"keuze": keuzes, "reden": REDEN}
    assert Pagina.van(client.post(ADRES, stuur)).meldt("Hieraan wordt al gewerkt: Proef, A1 Onderdeel A1, Q1 2025.")
    stel_vast(METING, list(METING.wachtend()), door=maak_persoon("vaststeller", naam="wim"), herkomst="proef")
    pagina = Pagina.van(client.post(ADRES, stuur))
    assert pagina.plek("niet-gedaan").lijst() == [
        "Proef, A1 Onderdeel A1, Q1 2025: er geldt intussen een nieuwere versie."
    ]
    assert pagina.veld("Wat er niet klopt").waarde == REDEN or pagina.heeft(REDEN)


def _wat(rij: Meting, door: User) -> list[Meting]:
    return vraag_correctie(METING, [rij], door=door, reden=REDEN, herkomst="proef")


def test_wie_en_wat_geen_correctie_vraagt(besloten: Meting, anna: User, vera: User) -> None:
    with pytest.raises(NietToegestaan, match="mag dit niet"):
        _wat(besloten, anna)
    maak_persoon("vaststeller", naam="anna")
    with pytest.raises(NietToegestaan, match="zelf invoerde"):
        _wat(besloten, User.objects.get(pk=anna.pk))
    afgeleid = MetingFactory(ingevoerd_door=anna, kwartaal=2)  # nobody decided on it: it followed
    with pytest.raises(Geweigerd, match="uit de bezetting volgt"):
        _wat(afgeleid, vera)
    with pytest.raises(InvoerFout):
        vraag_correctie(METING, [besloten], door=vera, reden="", herkomst="proef")
    AfsluitingFactory(jaar=JAAR, kwartaal=1)
    with pytest.raises(KwartaalGesloten):
        _wat(besloten, vera)
    assert not Meting.objects.filter(staat=Staat.AFGEKEURD).exists()


@pytest.mark.parametrize("rol", ["analist", "rvo-lid", "districtschef"])
def test_wie_niet_besluit_vraagt_niets(besloten: Meting, rol: str) -> None:
    ander = Client()
    ander.force_login(maak_persoon(rol, naam="ander", onderdeel="A" if rol == "districtschef" else ""))
    stuur = {"keuze": [keuze_van(METING, besloten)], "reden": REDEN}
    assert ander.post(ADRES, stuur).status_code in (403, 404)
    assert Meting.objects.count() == 1


def test_zonder_besluiten_staat_er_wat_hier_komt(client: Client) -> None:
    assert _pagina(client).heeft("Er is vandaag nog niets besloten.")
