"""What is entered is compared with what is there once per request, while nobody else can write a value."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import User
from common.locks import Slot
from common.tekst.periode import Kwartaal
from formatie.models import Bezetting
from monitor.invoer.importeren import services
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from monitor.invoer.regels.vergelijking import Vergelijking
from monitor.invoer.rooster.services import Celtekst, bewaar_concepten
from monitor.models import Import, Meting
from tests.factories import BezettingFactory, IndicatorFactory, MetingFactory, maak_persoon
from tests.integration.monitor.invoer.bezetting.opstelling import maak_wereld

pytestmark = pytest.mark.django_db
ROOSTER = "/invoer/2025-Q1/"
KOP = ";".join(METINGKOLOMMEN)
SLOT = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND classid = %s"


Geteld = list[bool]


@pytest.fixture
def analist(monkeypatch: pytest.MonkeyPatch) -> User:
    monkeypatch.setattr(services, "_vraag_lezen", lambda pk: None)
    maak_wereld()
    IndicatorFactory(code="telling")
    return maak_persoon("analist")


@pytest.fixture
def geteld(monkeypatch: pytest.MonkeyPatch) -> Geteld:
    """For each comparison whether it was made under the lock; every comparison looks once for closed quarters."""
    keren: Geteld = []
    echt: Callable[[Vergelijking], None] = Vergelijking.meld_gesloten

    def meld_gesloten(self: Vergelijking) -> None:
        with connection.cursor() as cursor:
            cursor.execute(SLOT, [Slot.METING])
            keren.append(cursor.fetchone()[0] > 0)
        echt(self)

    monkeypatch.setattr(Vergelijking, "meld_gesloten", meld_gesloten)
    return keren


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _typ(user: User, waarde: str) -> None:
    cel = Celtekst("telling", "RE07", Kwartaal(2025, 1), {"waarde": waarde, "status": "definitief"}, 0)
    assert bewaar_concepten([cel], door=user, herkomst="proef")[0].is_veilig


def _dien_in(client: Client) -> str:
    velden = {"actie": "indienen", "telling:RE07:versie": "1:0000000000000000"}
    formulier = velden | {"telling:RE07:waarde": "9", "telling:RE07:status": "definitief"}
    return client.post(ROOSTER, formulier).content.decode()


def test_het_rooster_vergelijkt_een_keer_bij_indienen(analist: User, geteld: Geteld) -> None:
    _typ(analist, "9")
    _dien_in(_client(analist))
    assert Meting.objects.get().waarde == 9
    assert geteld == [True]


def test_wat_het_rooster_weigert_staat_er_zoals_onder_het_slot_gevonden(analist: User, geteld: Geteld) -> None:
    MetingFactory(indicator__code="telling", jaar=2024, kwartaal=4, waarde=Decimal(900))
    _typ(analist, "9")
    pagina = _dien_in(_client(analist))
    assert "ongeveer 100 keer zo weinig als de vorige meting (900)" in pagina
    assert not Meting.objects.filter(jaar=2025).exists()
    assert geteld == [True]


def test_een_bestand_vergelijkt_een_keer_bij_indienen(analist: User, geteld: Geteld) -> None:
    bestand = services.ontvang("a.csv", f"{KOP}\ntelling;RE07;2025;1;9;;;;definitief;;".encode(), door=analist)
    services.verwerk(bestand.pk)
    assert geteld == [False]  # the proposal writes no value
    _client(analist).post(f"/invoer/importeren/{bestand.pk}/", {"besluit": "indienen"})
    assert Import.objects.get().staat == Import.Staat.DOORGEVOERD
    assert geteld == [False, True]


def test_een_twijfel_met_toelichting_die_er_al_zo_staat_is_geen_wijziging(analist: User) -> None:
    """The remark makes the row equal to what is approved: there is nothing left to submit."""
    telling = MetingFactory(indicator__code="telling", jaar=2024, kwartaal=4, waarde=Decimal(9)).indicator
    MetingFactory(indicator=telling, jaar=2025, kwartaal=1, waarde=Decimal(900), toelichting="Een actie.")
    bestand = services.ontvang("a.csv", f"{KOP}\ntelling;RE07;2025;1;900;;;;definitief;;".encode(), door=analist)
    services.verwerk(bestand.pk)
    services.dien_in_als_getoond(bestand.pk, door=analist, toelichting="Een actie.")
    assert not Meting.objects.filter(staat="ingediend").exists()


def test_de_opdracht_vergelijkt_een_keer(analist: User, geteld: Geteld, tmp_path: Path) -> None:
    pad = tmp_path / "a.csv"
    pad.write_text(f"{KOP}\ntelling;RE07;2025;1;9;;;;definitief;;\n")
    call_command("importeer_metingen", pad, "--door", analist.username)
    assert geteld == [True]


def test_de_bezetting_vergelijkt_een_keer(analist: User, geteld: Geteld) -> None:
    BezettingFactory(onderdeel__code="A2", os=Decimal(91), nos=Decimal(8))
    client = _client(maak_persoon("districtschef", onderdeel="A"))
    velden = {"A1.basisteam.os": "85,5", "A1.basisteam.nos": "10", "A1.basisteam.gezien": ""}
    client.post("/invoer/2025-Q1/bezetting/?district=A", velden)
    assert Bezetting.objects.filter(staat="ingediend").count() == 1
    assert geteld == [True]
