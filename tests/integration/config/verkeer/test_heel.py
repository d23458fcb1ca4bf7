"""A body shorter than it says, over a bare connection to the real web server: refused whole, nothing stored."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from config.diensten.proces import start_proces, stop_proces
from config.toezicht import web
from config.verkeer.heel import Afgebroken, Geteld
from monitor.models import Concept, Import
from tests import proefserver
from tests.factories import MonitorregelFactory, maak_eenheid, maak_persoon
from tests.integration.opstelling import vrije_poort
from tests.pagina import Pagina

WAARDE = "3456"
GRENS = "grens"
PAD = "/invoer/2025-Q1/"


@pytest.fixture
def site(transactional_db: None, tmp_path: Path) -> Iterator[int]:
    """The port of the web server as ``make run`` starts it, on the test database."""
    poort = vrije_poort()
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        proefserver.DATABASENAAM: str(settings.DATABASES["default"]["NAME"]),
    }
    logboek = tmp_path / "web.log"
    proces = start_proces(
        [sys.executable, *web(f"127.0.0.1:{poort}")], bij_dood=signal.SIGTERM, logboek=logboek, env=env
    )
    eind = time.monotonic() + 30
    while not _leeft(poort):
        assert time.monotonic() < eind, logboek.read_text()
        time.sleep(0.1)
    yield poort
    stop_proces(proces, signal.SIGTERM, geduld=15)


def _leeft(poort: int) -> bool:
    verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=2)
    try:
        verbinding.request("GET", "/gezondheid/")
        return verbinding.getresponse().status == 200
    except OSError:
        return False
    finally:
        verbinding.close()


@pytest.fixture
def client() -> Client:
    maak_eenheid()
    MonitorregelFactory(indicator__code="proef", indicator__niveau="eenheid")
    client = Client()
    client.force_login(maak_persoon("analist"))
    return client


def _stuur(poort: int, client: Client, pad: str, soort: str, inhoud: bytes, weg: int, **koppen: str) -> tuple[int, str]:
    """Announce the whole body, send all but its last ``weg`` bytes, and send no more."""
    token = client.cookies["csrftoken"].value
    koekjes = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"
    alle = {"Host": "localhost", "Cookie": koekjes, "Content-Type": soort, "Connection": "close"} | koppen
    kop = "".join(f"{naam}: {waarde}\r\n" for naam, waarde in (alle | {"Content-Length": str(len(inhoud))}).items())
    with socket.create_connection(("127.0.0.1", poort), timeout=15) as verbinding:
        verbinding.sendall(f"POST {pad} HTTP/1.1\r\n{kop}\r\n".encode() + inhoud[: len(inhoud) - weg])
        if weg:
            verbinding.shutdown(socket.SHUT_WR)
        antwoord = b""
        while deel := verbinding.recv(65536):
            antwoord += deel
    koppen_, _, tekst = antwoord.partition(b"\r\n\r\n")
    return int(koppen_.split()[1]) if koppen_ else 0, tekst.decode(errors="replace")


def _rooster(client: Client) -> tuple[str, bytes]:
    """The form of the grid with the value at its very end, as a browser sends the last field."""
    velden = {veld.naam: veld.waarde for veld in Pagina.van(client.get(PAD)).velden if veld.naam and ":" in veld.naam}
    versie = next(naam for naam in velden if naam.endswith(":versie"))
    cel = versie.replace(":versie", ":waarde")
    rest = {naam: waarde for naam, waarde in velden.items() if naam != cel}
    eerst = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value, "actie": "bewaar", **rest}
    return "application/x-www-form-urlencoded", urlencode({**eerst, cel: WAARDE}).encode()


def test_een_half_rooster_bewaart_niets(site: int, client: Client) -> None:
    soort, inhoud = _rooster(client)
    assert inhoud.endswith(b"=3456")
    for weg in (2, 1, len(WAARDE), len(inhoud) // 2, len(inhoud)):
        status, tekst = _stuur(site, client, PAD, soort, inhoud, weg)
        assert status in (0, 400), weg
        assert status == 0 or "niet in zijn geheel aangekomen" in tekst or "<h1>" not in tekst
        assert not Concept.objects.getypt().exists(), weg
    assert _stuur(site, client, PAD, soort, inhoud, 0)[0] == 302
    assert Concept.objects.getypt().get().cellen["waarde"] == WAARDE


def test_een_half_bestand_wordt_niet_ontvangen(site: int, client: Client) -> None:
    client.get("/invoer/importeren/")
    token, csv = client.cookies["csrftoken"].value, b"indicator;onderdeel\r\nproef;RE07\r\n" * 50
    velden = f'--{GRENS}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n--{GRENS}\r\n'
    bestand = 'Content-Disposition: form-data; name="bestand"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
    inhoud = (velden + bestand).encode() + csv + f"\r\n--{GRENS}--\r\n".encode()
    soort = f"multipart/form-data; boundary={GRENS}"
    for weg in (1, 20, 500):
        assert _stuur(site, client, "/invoer/importeren/", soort, inhoud, weg)[0] in (0, 400), weg
        assert not Import.objects.exists(), weg
    assert _stuur(site, client, "/invoer/importeren/", soort, inhoud, 0)[0] == 302
    assert bytes(Import.objects.get().inhoud) == csv


def test_halve_cellen_van_het_script(site: int, client: Client) -> None:
    velden = {veld.naam: veld.waarde for veld in Pagina.van(client.get(PAD)).velden if veld.naam}
    versie = next(naam for naam in velden if naam.endswith(":versie"))
    rij = {"plek": versie.removesuffix(":versie"), "cellen": {"waarde": WAARDE}, "versie": velden[versie]}
    # White space after it: half of it reads as well as the whole.
    inhoud = json.dumps({"rijen": [rij]}).encode() + b" " * 20
    token = client.cookies["csrftoken"].value
    adres, soort = f"{PAD}bewaar/", "application/json"
    assert _stuur(site, client, adres, soort, inhoud, 10, **{"X-CSRFToken": token})[0] in (0, 400)
    assert not Concept.objects.getypt().exists()
    assert _stuur(site, client, adres, soort, inhoud, 0, **{"X-CSRFToken": token})[0] == 200


class _Bron:
    def __init__(self, inhoud: bytes) -> None:
        self.over = inhoud

    def read(self, size: int = -1) -> bytes:
        deel = self.over if size < 0 else self.over[:size]
        self.over = self.over[len(deel) :]
        return deel

    readline = read


@pytest.mark.parametrize("stappen", [(None,), (-1,), (3, 3, 3, 3), (10,), (100,)])
@pytest.mark.parametrize("kort", [0, 1, 9, 10])
def test_geteld(stappen: tuple[int | None, ...], kort: int) -> None:
    stroom = Geteld(_Bron(b"0123456789"[: 10 - kort]), 10)  # type: ignore[arg-type]
    try:
        gelezen = b"".join(stroom.read(stap) for stap in stappen)
    except Afgebroken:
        gelezen = None
    assert gelezen == (None if kort else b"0123456789")
    assert stroom.is_half == bool(kort)
