"""What we give out in the form of an import changes nothing when it is handed in again."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db.models import Q
from django.test import Client

from accounts.models import User
from common.models import AuditEvent
from common.pagina.tonen import DEMOMELDING
from common.pagina.uitvoer import FORMATEN
from common.vaststellen.model import Staat
from monitor.invoer.importeren import services
from monitor.invoer.importeren.bestand.lezen import lees_bytes
from monitor.invoer.importeren.uitvoer import get_rijen
from monitor.models import Import, Meting
from tests.factories import IndicatorFactory, MetingFactory, maak_eenheid, maak_persoon

pytestmark = pytest.mark.django_db
ADRES = "/invoer/importeren/uitvoer."
VREEMD = (
    '=HYPERLINK("http://example.org")',
    "+31 6 12345678",
    "'een apostrof",
    "@SUM(A1)",
    "voor\ttab",
    "een\rwagenterugloop",
    'twee\nregels en “aanhaling” met "deze"; en komma\'s',
    "twee\r\nregels",
    "Zuid–Holland  met twee spaties",
    "_x000D_ letterlijk",
)


@pytest.fixture(autouse=True)
def _geen_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_vraag_lezen", lambda pk: None)


def _terug(user: User, inhoud: bytes, naam: str) -> Import:
    bestand = services.ontvang(naam, inhoud, door=user)
    assert services.verwerk(bestand.pk)
    bestand.refresh_from_db()
    return bestand


def _haal(user: User, soort: str) -> bytes:
    client = Client()
    client.force_login(user)
    antwoord = client.get(f"{ADRES}{soort}")
    assert antwoord.status_code == 200
    return antwoord.content


@pytest.mark.traag
def test_de_hele_demoset_komt_gelijk_terug_in_elk_formaat() -> None:
    call_command("laad_agenda", stdout=StringIO())
    call_command("laad_demo", "--tot", "2025-Q4", stdout=StringIO())
    analist = User.objects.get(username="analist")
    for nummer, meting in enumerate(Meting.objects.filter(staat=Staat.VASTGESTELD, jaar=2025)[: len(VREEMD)]):
        MetingFactory(
            **{veld: getattr(meting, veld) for veld in ("indicator", "onderdeel", "jaar", "kwartaal")},
            **{veld: getattr(meting, veld) for veld in Meting.INHOUD} | {"toelichting": VREEMD[nummer]},
            wachtend=True,
            vervangt=meting,
            vervangreden="Om mee te proeven.",
        )
    # Of a first value that waits there is a row as well; a waiting correction is in the row of what it would replace.
    telt = Q(staat=Staat.VASTGESTELD) | Q(staat=Staat.INGEDIEND, vervangt=None)
    geldend = Meting.objects.filter(telt).count()
    for soort in FORMATEN:
        inhoud = _haal(analist, soort)
        bestand = _terug(analist, inhoud, f"alles.{soort}")
        assert bestand.fouten == []
        assert (bestand.gelijk, bestand.nieuw, bestand.gewijzigd, bestand.twijfel) == (geldend, 0, 0, 0), soort
        assert "De kop staat op rij 2; wat daarboven staat is niet gelezen." in bestand.opmerkingen
    assert DEMOMELDING in inhoud_als_tekst(_haal(analist, "csv"))


def inhoud_als_tekst(inhoud: bytes) -> str:
    return inhoud.decode("utf-8-sig")


@pytest.fixture
def analist() -> User:
    maak_eenheid()
    return maak_persoon("analist")


@pytest.mark.parametrize("soort", FORMATEN)
def test_een_kwartaal_komt_gelijk_terug(analist: User, soort: str) -> None:
    telling, enquete = IndicatorFactory(code="telling", decimalen=4), IndicatorFactory(code="enquete", enquete=True)
    MetingFactory(indicator=telling, jaar=2023, kwartaal=4, waarde=Decimal("1234567890123.4567"), toelichting="=1")
    MetingFactory(indicator=telling, jaar=2023, kwartaal=3)
    MetingFactory(indicator=enquete, jaar=2023, kwartaal=None, waarde=None, onbekend=True)
    client = Client()
    client.force_login(analist)
    antwoord = client.get(f"/invoer/2023-Q4/?_export={soort}")
    assert f'filename="metingen-2023-Q4.{soort}"' in antwoord["Content-Disposition"]
    bestand = _terug(analist, antwoord.content, f"q4.{soort}")
    assert (bestand.fouten, bestand.gelijk, bestand.nieuw + bestand.gewijzigd) == ([], 2, 0)
    spoor = AuditEvent.objects.get(handeling="export")
    assert (spoor.door_id, spoor.naar) == (analist.pk, {"bestand": f"metingen-2023-Q4.{soort}"})


def test_zonder_vraag_is_er_geen_bestand(analist: User) -> None:
    client = Client()
    client.force_login(analist)
    assert "Content-Disposition" not in client.get("/invoer/2025-Q1/")


def test_wat_terugkwam_of_een_concept_is_gaat_niet_mee(analist: User) -> None:
    indicator = IndicatorFactory(code="telling")
    oud = MetingFactory(indicator=indicator, kwartaal=1)
    MetingFactory(
        indicator=indicator, kwartaal=1, waarde=10, staat=Staat.AFGEKEURD, vervangt=oud, vervangreden="Anders.",
        vastgesteld_door=None, vastgesteld_op=None, afgekeurd_door=maak_persoon("vaststeller"), afkeurreden="Nee.",
        afgekeurd_op=oud.ingevoerd_op,
    )  # fmt: skip
    MetingFactory(indicator=indicator, kwartaal=2)
    assert [rij[3] for rij in get_rijen(analist)] == ["kwartaal", 2]


def test_een_chef_krijgt_alleen_wat_hij_mag_aanleveren_en_zien(analist: User) -> None:
    per_team = IndicatorFactory(code="per-team", niveau="basisteam")
    gevoelig = IndicatorFactory(code="gevoelig", niveau="basisteam", gevoelig=True)
    for indicator in (per_team, gevoelig):
        for team in ("A1", "B1"):
            MetingFactory(indicator=indicator, onderdeel__code=team)
    chef = maak_persoon("districtschef", onderdeel="A")
    inhoud = _haal(chef, "csv")
    rijen = lees_bytes(inhoud).rijen
    assert [(rij["indicator"], rij["onderdeel"]) for _, rij in rijen] == [("per-team", "A1")]
    assert _terug(chef, inhoud, "a.csv").gelijk == 1


def test_een_ander_formaat_is_er_niet(analist: User) -> None:
    client = Client()
    client.force_login(analist)
    assert client.get(f"{ADRES}{quote('exe')}").status_code == 404


def test_het_rooster_geeft_zijn_kwartaal_als_bestand() -> None:
    onderdelen = maak_eenheid()
    MetingFactory(indicator=IndicatorFactory(code="verdachten"), onderdeel=onderdelen["RE07"])
    client = Client()
    client.force_login(maak_persoon("analist"))
    tekst = client.get("/invoer/2025-Q1/?_export=csv").content.decode("utf-8-sig")
    assert "verdachten;RE07;2025;1;9" in tekst
    assert "verdachten" not in client.get("/invoer/2025-Q2/?_export=csv").content.decode("utf-8-sig")
    assert client.get("/invoer/2025-Q1/?_export=exe").status_code == 400
