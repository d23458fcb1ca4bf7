"""Keeping a question under a name: who may what, what stays, and what is said when something is gone."""

from __future__ import annotations

import pytest
from django.test import Client

from common.vaststellen.audit import AuditEvent
from common.vaststellen.bewaking import Geweigerd, NietToegestaan
from monitor.dashboards.verkennen import services
from monitor.dashboards.verkennen.uitkomst import Legopdracht
from monitor.models import Indicator, Monitorregel, Verkenning
from tests.databaserol import als_superuser
from tests.factories import maak_persoon
from tests.integration.monitor.dashboards.opstelling import VANDAAG, maak_monitor
from tests.integration.monitor.dashboards.verkennen.opstelling import leg_meteen
from tests.integration.monitor.dashboards.verleden import stel_klok
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
VRAAG = "indicator=aanrijdtijd&onderdeel=teams&als=naast"


@pytest.fixture(autouse=True, scope="module")
def _monitor(gedeelde_stand: None) -> None:
    maak_monitor({"A": 3, "B": 2})


@pytest.fixture(autouse=True)
def gevraagd(monkeypatch: pytest.MonkeyPatch) -> list[Legopdracht]:
    stel_klok(monkeypatch, VANDAAG)
    return leg_meteen(monkeypatch)


def _als(rol: str, naam: str = "") -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, naam=naam or f"proef-{rol}"))
    return client


def _bewaar(client: Client, naam: str, vraag: str = VRAAG) -> str:
    antwoord = client.post("/verkennen/", {"naam": naam, "vraag": vraag})
    assert antwoord.status_code == 302, Pagina.van(antwoord).tekst
    return antwoord["Location"]


def test_bewaren_heropenen_delen_hernoemen_en_verwijderen() -> None:
    client = _als("analist")
    adres = _bewaar(client, "  Prio 1   per team ")
    pagina = Pagina.van(client.get(adres))
    assert pagina.kop1 == "Prio 1 per team"
    assert pagina.tabel("Aanrijdtijd: de getekende cijfers").rijen
    assert pagina.heeft("Alleen u ziet deze weergave.")
    assert Pagina.van(client.get("/verkennen/")).link("Prio 1 per team") == adres
    client.post(adres, {"actie": "hernoem", "naam": "Teams"})
    client.post(adres, {"actie": "deel"})
    assert Pagina.van(client.get(adres)).kop1 == "Teams"
    assert Pagina.van(_als("rvo-lid").get(adres)).heeft("Gemaakt en gedeeld door")
    client.post(adres, {"actie": "verwijder"})
    assert client.get(adres).status_code == 404
    sporen = AuditEvent.objects.filter(object_soort="verkenning").order_by("pk").values_list("handeling", flat=True)
    assert list(sporen) == ["delen", "verwijderen"]


def test_wat_niet_gedeeld_is_bestaat_voor_een_ander_niet() -> None:
    adres = _bewaar(_als("analist"), "Van mij")
    ander = _als("vaststeller")
    assert ander.get(adres).status_code == 404
    assert ander.post(adres, {"actie": "verwijder"}).status_code == 404
    assert not Pagina.van(ander.get("/verkennen/")).heeft("Van mij")


def test_alleen_de_eigenaar_wijzigt_wat_gedeeld_is_en_een_poging_blijft_in_het_spoor() -> None:
    eigenaar = _als("analist")
    adres = _bewaar(eigenaar, "Gedeeld")
    eigenaar.post(adres, {"actie": "deel"})
    ander = _als("rvo-lid")
    for actie in ("deel-niet", "hernoem", "verwijder"):
        assert ander.post(adres, {"actie": actie, "naam": "Van mij"}).status_code == 403
    gevonden = Verkenning.objects.get()
    assert (gevonden.naam, gevonden.gedeeld) == ("Gedeeld", True)
    assert AuditEvent.objects.filter(handeling="geweigerd").count() == 3
    assert Pagina.van(ander.get(adres)).knoppen.count("Deel") == 0


def test_een_gedeelde_weergave_toont_elk_wat_die_mag_zien(gevraagd: list[Legopdracht]) -> None:
    eigenaar = _als("analist")
    adres = _bewaar(eigenaar, "Verzuim", "indicator=verzuim&onderdeel=teams&onderdeel=RE07")
    eigenaar.post(adres, {"actie": "deel"})
    eigenaar.get(adres)
    _als("rvo-lid").get(adres)
    van_analist, van_lid = gevraagd
    assert {rij[1] for rij in van_analist["rijen"]} == {"RE07", "A1", "A2", "A3", "B1", "B2"}
    assert {rij[1] for rij in van_lid["rijen"]} == {"RE07"}


def test_een_weergave_waarvan_een_indicator_weg_is_opent_en_zegt_welke() -> None:
    client = _als("analist")
    adres = _bewaar(client, "Samen", "indicator=aanrijdtijd&indicator=verdachten")
    with als_superuser():
        Monitorregel.objects.filter(indicator__code="verdachten").delete()
    pagina = Pagina.van(client.get(adres))
    assert pagina.heeft("Weggelaten, want dit is er niet meer: verdachten.")
    assert pagina.figuren
    with als_superuser():
        Monitorregel.objects.filter(indicator__code="aanrijdtijd").delete()
    pagina = Pagina.van(client.get(adres))
    assert pagina.heeft("aanrijdtijd en verdachten")
    assert pagina.heeft("Kies ten minste één indicator.")
    assert Indicator.objects.filter(code="verdachten").exists()


@pytest.mark.parametrize(
    ("naam", "zin"),
    [
        ("", services.ZONDER_NAAM),
        (" \t ", services.ZONDER_NAAM),
        ("x" * 81, services.NAAM_TE_LANG),
        ("on\u202ezichtbaar", services.ONZICHTBAAR),
        ("nul\x00", services.ONZICHTBAAR),
    ],
)
def test_een_naam_die_niet_kan_blijft_staan_met_de_reden(naam: str, zin: str) -> None:
    client = _als("analist")
    antwoord = client.post("/verkennen/", {"naam": naam, "vraag": VRAAG})
    assert antwoord.status_code == 400
    pagina = Pagina.van(antwoord)
    assert pagina.heeft(zin)
    assert pagina.tabel("Aanrijdtijd: de getekende cijfers").rijen
    assert not Verkenning.objects.exists()


def test_een_naam_bestaat_per_persoon_een_keer() -> None:
    client = _als("analist")
    _bewaar(client, "Teams")
    antwoord = client.post("/verkennen/", {"naam": "Teams", "vraag": VRAAG})
    assert antwoord.status_code == 400
    assert Pagina.van(antwoord).veld("Naam").waarde == "Teams"
    _bewaar(_als("vaststeller"), "Teams")
    tweede = _bewaar(client, "Andere")
    assert client.post(tweede, {"actie": "hernoem", "naam": "Teams"}).status_code == 400


@pytest.mark.parametrize("naam", ["<script>alert(1)</script>", "{{ 7*7 }}", "=1+1", "a" * 80])
def test_een_rare_naam_staat_er_letterlijk(naam: str) -> None:
    client = _als("analist")
    assert Pagina.van(client.get(_bewaar(client, naam))).kop1 == naam


def test_er_is_een_grens_aan_hoeveel_iemand_bewaart() -> None:
    door = maak_persoon("analist")
    for n in range(services.MEESTE_WEERGAVEN):
        services.bewaar_weergave(door=door, naam=f"w{n}", vraag=VRAAG)
    with pytest.raises(Geweigerd, match="Verwijder er eerst een"):
        services.bewaar_weergave(door=door, naam="nog een", vraag=VRAAG)
    with pytest.raises(Geweigerd, match="te groot"):
        services.bewaar_weergave(door=maak_persoon("vaststeller"), naam="groot", vraag="x" * 2001)


def test_wie_niet_de_eigenaar_is_wordt_ook_door_de_dienst_geweigerd() -> None:
    verkenning = services.bewaar_weergave(door=maak_persoon("analist"), naam="a", vraag=VRAAG)
    with pytest.raises(NietToegestaan):
        services.deel(verkenning=verkenning, door=maak_persoon("vaststeller"), gedeeld=True)


@pytest.mark.parametrize("vraag", ["", "naam=x", "indicator=bestaat-niet", "indicator=aanrijdtijd&als=taart"])
def test_wat_geen_vraag_is_wordt_niet_bewaard(vraag: str) -> None:
    assert _als("analist").post("/verkennen/", {"naam": "x", "vraag": vraag}).status_code == 400
    assert not Verkenning.objects.exists()


def test_twee_keer_delen_is_een_keer_in_het_spoor() -> None:
    client = _als("analist")
    adres = _bewaar(client, "a")
    for _ in range(2):
        client.post(adres, {"actie": "deel"})
    assert AuditEvent.objects.filter(handeling="delen").count() == 1
    assert client.post(adres, {"actie": "iets"}).status_code == 400
