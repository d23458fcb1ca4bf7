"""The database falls away under a request: a 503 in Dutch, that says "niet opgeslagen" only when that is certain."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from celery import Celery
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from config.celery import app
from monitor.invoer.importeren import services as inlezen
from monitor.invoer.vaststellen import services, soorten
from monitor.invoer.vaststellen import views as besluitpagina
from monitor.invoer.vaststellen.selectors import keuze_van
from monitor.models import Import, Meting
from tests.factories import MetingFactory, MonitorregelFactory, maak_persoon
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(maak_persoon("vaststeller"))
    return client


def _weg(*_: object, **__: object) -> None:
    raise OperationalError("the connection is closed")


def _stel_vast(client: Client) -> tuple[int, Pagina]:
    MonitorregelFactory(indicator=MetingFactory(wachtend=True).indicator)
    keuze = keuze_van(soorten.METING, Meting.objects.get())
    antwoord = client.post("/vaststellen/", {"besluit": "vaststellen", "keuze": [keuze]})
    return antwoord.status_code, Pagina.van(antwoord)


def test_voor_er_iets_geschreven_is_staat_er_niet_opgeslagen(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "vergrendel", _weg)
    status, pagina = _stel_vast(client)
    assert (status, pagina.kop1) == (503, "Niet opgeslagen")


@pytest.mark.parametrize("waar", ["erin", "erna"])
def test_zodra_er_iets_geschreven_is_staat_er_dat_het_niet_zeker_is(
    client: Client, monkeypatch: pytest.MonkeyPatch, waar: str
) -> None:
    """Also when the approval itself was written, and only what came after it failed."""
    if waar == "erin":
        monkeypatch.setattr(soorten, "vraag_herberekeningen", _weg)
    else:
        monkeypatch.setattr(besluitpagina.messages, "success", _weg)
    status, pagina = _stel_vast(client)
    assert (status, pagina.kop1) == (503, "Misschien niet opgeslagen")
    assert Meting.objects.get().staat == ("ingediend" if waar == "erin" else "vastgesteld")


def test_wie_alleen_leest_hoort_dat_het_even_niet_gaat(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Already while the log-in is looked up, which is before any page begins."""
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", _weg)
    antwoord = client.get("/")
    assert (antwoord.status_code, antwoord["Retry-After"]) == (503, "30")
    assert Pagina.van(antwoord).kop1 == "Even niet bereikbaar"
    van_api = client.get("/api/v1/doelbereik")
    assert (van_api.status_code, van_api["Retry-After"]) == (503, "30")
    assert van_api["Content-Type"].startswith("application/problem+json")
    assert "even niet bereikbaar" in van_api.content.decode()


def test_een_andere_fout_blijft_een_500(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def kapot(*_: object, **__: object) -> Callable[[], None]:
        raise RuntimeError("kapot")

    monkeypatch.setattr(besluitpagina, "tel_wachtend", kapot)
    antwoord = client.get("/vaststellen/")
    assert antwoord.status_code == 500
    assert Pagina.van(antwoord).kop1 == "Er ging iets mis"


@pytest.mark.django_db(transaction=True)
def test_een_bestand_aanleveren_lukt_ook_zonder_wachtrij(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Kept, and read later by the sweep; the person sees the page of the file."""
    dood = Celery("dood", broker="redis+socket:///nergens/redis.sock", set_as_current=False)
    dood.conf.broker_transport_options = app.conf.broker_transport_options
    monkeypatch.setattr(inlezen, "current_app", dood)
    client = Client()
    client.force_login(maak_persoon("analist"))
    bestand = SimpleUploadedFile("metingen.csv", b"indicator;onderdeel\n")
    antwoord = client.post("/invoer/importeren/", {"bestand": bestand}, follow=True)
    assert antwoord.status_code == 200
    assert Import.objects.get().staat == Import.Staat.ONTVANGEN
    assert "niet bereikbaar" in caplog.text
