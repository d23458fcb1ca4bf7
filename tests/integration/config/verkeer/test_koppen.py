"""The headers of every answer: each route × role × kind of status, files, static files and the faults of Django."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from config.verkeer.koppen import NERGENS
from tests.integration.site import als, bewaar_menu, maak_site
from tests.rechten import GEEN_ADMIN, ROLLEN, ROUTES

pytestmark = pytest.mark.django_db
OVERAL = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Its address holds a secret, which no other page may hear of.
MET_GEHEIM = {"toegang", "toegang_link"}
ANDERS = ("head", "put", "post")
VOOR_IEDEREEN = {"security_txt"}  # holds no figures and no persons: may be kept


def _ontbreekt(antwoord: HttpResponse, *, bewaarbaar: bool = False) -> list[str]:
    """What is not as agreed."""
    fout = [f"{naam}: {antwoord.get(naam)}" for naam, waarde in OVERAL.items() if antwoord.get(naam) != waarde]
    if "default-src 'none'" not in antwoord.get("Content-Security-Policy", ""):
        fout.append("Content-Security-Policy")
    if "camera=()" not in antwoord.get("Permissions-Policy", ""):
        fout.append("Permissions-Policy")
    bewaard = antwoord.get("Cache-Control", "")
    if ("public" in bewaard) if bewaarbaar else (bewaard == NERGENS):
        return fout
    return [*fout, f"Cache-Control: {bewaard}"]


def _vragen(rol: str, *, alle: bool) -> Iterator[tuple[str, str]]:
    """Each route by ``get`` and by one other method, so that over the roles every method comes by; or by all."""
    for nummer, naam in enumerate(ROUTES):
        if rol != "anoniem" and naam == "uitloggen":
            continue
        anders = ANDERS if alle else (ANDERS[(nummer + ROLLEN.index(rol)) % len(ANDERS)],)
        yield from ((methode, naam) for methode in ("get", *anders))


def test_elke_route_krijgt_elke_methode() -> None:
    gevraagd = {vraag for rol in ROLLEN for vraag in _vragen(rol, alle=False)}
    assert gevraagd >= {(methode, naam) for methode in ("get", *ANDERS) for naam in ROUTES if naam != "uitloggen"}


@pytest.mark.parametrize("alle", [False, pytest.param(True, marks=pytest.mark.chaos)], ids=["om beurten", "alle"])
@pytest.mark.parametrize("rol", ROLLEN)
def test_elke_route_bij_elke_rol_en_methode(rol: str, alle: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    maak_site()
    bewaar_menu(monkeypatch)
    client, fout, gezien = als(rol), {}, set()
    client.raise_request_exception = False
    for methode, naam in _vragen(rol, alle=alle):
        adres = ROUTES[naam].adres
        antwoord = getattr(client, methode)(adres)
        gezien.add(antwoord.status_code)
        bewaarbaar = naam in VOOR_IEDEREEN and antwoord.status_code == 200
        if naam in MET_GEHEIM and antwoord.get("Referrer-Policy") == "no-referrer":
            antwoord["Referrer-Policy"] = OVERAL["Referrer-Policy"]
        if mis := _ontbreekt(antwoord, bewaarbaar=bewaarbaar):
            fout[methode, adres] = (antwoord.status_code, mis)
    assert not fout
    assert {200, 302, 405} <= gezien


@pytest.mark.parametrize("rol", ROLLEN)
def test_beheer_en_wat_er_niet_is(rol: str) -> None:
    maak_site()
    client = als(rol)
    nergens = (
        "/bestaat/niet/",
        "/api/v1/bestaat-niet",
        "/beheer/bestaat-niet/",
        "/?kwartaal=2026-Q9",
        "/static/weg.js",
    )
    adressen = (*GEEN_ADMIN, *nergens)
    assert not {adres: mis for adres in adressen if (mis := _ontbreekt(client.get(adres)))}


@pytest.mark.parametrize("formaat", ["csv", "xlsx", "ods", "exe"])
@pytest.mark.parametrize("naam", ["indicatoren", "formatie_controle", "invoer_kwartaal"])
def test_een_bestand(naam: str, formaat: str) -> None:
    maak_site()
    antwoord = als("analist").get(f"{ROUTES[naam].adres}?_export={formaat}")
    assert antwoord.status_code == (400 if formaat == "exe" else 200)
    assert not _ontbreekt(antwoord)


@pytest.mark.parametrize("adres", ["/static/common/toetsen.js", "/static/common/stijl.css"])
def test_wat_vast_is_mag_bewaard_worden(adres: str, settings: Any) -> None:
    settings.WHITENOISE_USE_FINDERS = True
    antwoord = Client().get(adres)
    assert b"".join(antwoord.streaming_content)  # read to its end: then the file is closed
    assert antwoord.status_code == 200
    assert not _ontbreekt(antwoord, bewaarbaar=True)


def _storingen() -> Iterator[tuple[int, Client, str, dict[str, str]]]:
    yield 400, Client(), "/", {"HTTP_HOST": "vreemd.example"}
    yield 403, Client(enforce_csrf_checks=True), "/inloggen/", {}
    yield 413, als("analist"), "/invoer/importeren/", {"CONTENT_LENGTH": "99999999"}


def test_de_fouten_van_django_zelf() -> None:
    for status, client, adres, extra in _storingen():
        antwoord = client.get(adres, **extra) if status == 400 else client.post(adres, {"a": "b"}, **extra)
        assert (antwoord.status_code, _ontbreekt(antwoord)) == (status, []), adres


def test_over_http_in_productie(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    antwoord = Client().get("/hulp/")
    assert (antwoord.status_code, _ontbreekt(antwoord)) == (301, [])


@pytest.mark.parametrize(("fout", "status"), [("OperationalError", 503), ("ValueError", 500)])
@pytest.mark.parametrize("adres", ["/hulp/", "/api/v1/indicatoren"])
def test_een_storing(adres: str, fout: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    client = als("rvo-lid")
    client.raise_request_exception = False

    def stuk(*args: object) -> None:
        raise OperationalError if fout == "OperationalError" else ValueError

    monkeypatch.setattr("monitor.dashboards.naslag.views.render", stuk, raising=False)
    monkeypatch.setattr("accounts.models.User.mag", stuk)
    antwoord = client.get(adres)
    assert (antwoord.status_code, _ontbreekt(antwoord)) == (status, [])


def test_security_txt_noemt_wie_het_hoort_en_is_nooit_verlopen(settings: Any) -> None:
    settings.BEVEILIGING_CONTACT, settings.SITE_URL = "mailto:meld@site.example", "https://site.example"
    antwoord = Client().get(reverse("security_txt"))
    regels = dict(regel.split(": ", 1) for regel in antwoord.content.decode().splitlines())
    assert regels["Contact"] == "mailto:meld@site.example"
    assert regels["Preferred-Languages"] == "nl, en"
    assert regels["Canonical"] == "https://site.example/.well-known/security.txt"
    over = datetime.fromisoformat(regels["Expires"]) - timezone.now()
    assert 80 < over.days < 365
    assert antwoord["Content-Type"] == "text/plain; charset=utf-8"
    settings.BEVEILIGING_CONTACT = ""
    assert Client().get(reverse("security_txt")).status_code == 404


def test_een_antwoord_buiten_de_reeks_krijgt_ze_ook() -> None:
    """The middleware itself: whatever a layer below answers, and nothing said to be public loses that."""
    from config.verkeer.koppen import zet_koppen

    verzoek = RequestFactory().get("/")
    assert zet_koppen(lambda _: HttpResponse())(verzoek)["Cache-Control"] == NERGENS
    publiek = zet_koppen(lambda _: HttpResponse(headers={"Cache-Control": "max-age=60, public"}))(verzoek)
    assert publiek["Cache-Control"] == "max-age=60, public"
