"""Every text of every model filled with what nobody sees: no page, file, figure or message shows it raw."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pgtrigger
import pytest
from django.apps import apps
from django.core import mail
from django.db import DatabaseError, models, transaction
from django.db.models import F, Func, Value
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.grafiek.beeld import As, Assoort, Beeld, Punt, Rol, Spoor, Vorm
from common.jobs import JobRun
from common.tekst.tekens import onzichtbare, zichtbaar_in_html
from formatie.models import Onderdeel
from monitor.dashboards.grafiek.plotly import teken_figuur
from monitor.invoer.werklijst import herinneren
from monitor.models import Herinnering, Import, Importregel, Indicator
from tests.databaserol import als_superuser
from tests.factories import AfsluitingFactory, ConceptFactory, MetingFactory, maak_persoon
from tests.integration.site import als, maak_site
from tests.rechten import GEEN_ADMIN, ROLLEN, ROUTES

pytestmark = pytest.mark.django_db
RAAR = "\u202e\u200b\u00ad\U000e0041"
APPS = {"accounts", "common", "formatie", "strategie", "monitor", "sturing"}
# Chosen from a list, made by a machine, or the key by which others find it: nobody types a text there.
GEEN_TEKST = (
    "password",
    "vingerafdruk",
    "vorige",
    "hash",
    "sha256",
    "sleutel",
    "generatie",
    "regelversie",
    "svg",
    "cbs_code",
    "vanaf",
    "tot",
)
CODES = (
    "rol",
    "onderdeel_code",
    "thema_slug",
    "gemeente_slug",
    "tabel",
    "handeling",
    "object_soort",
    "object_id",
    "soort",
)
VELDEN = re.compile(
    r'<textarea.*?</textarea>|<script.*?</script>|\s(?:value|href|action|src|data-\w+)="[^"]*"', re.DOTALL
)


def _tekstvelden() -> Iterator[tuple[type[models.Model], str, int]]:
    for model in apps.get_models():
        if model._meta.app_label not in APPS or model._meta.proxy:
            continue
        for veld in model._meta.local_concrete_fields:
            gekozen = bool(getattr(veld, "choices", None)) or veld.primary_key or isinstance(veld, models.SlugField)
            los = isinstance(veld, models.CharField | models.TextField) and not gekozen
            if los and veld.name not in GEEN_TEKST + CODES and not (veld.name == "code" or "gedrukt" in veld.name):
                yield model, veld.name, veld.max_length or 1000


def _vul() -> list[str]:
    """Put the characters behind what is there, past every trigger; the fields that could not be filled."""
    geweigerd = []
    for model, naam, lengte in _tekstvelden():
        nieuw = Func(Func(F(naam), Value(max(lengte - len(RAAR), 1)), function="left"), Value(RAAR), function="concat")
        try:
            with als_superuser(), transaction.atomic(), pgtrigger.ignore():
                model._base_manager.exclude(**{naam: ""}).update(**{naam: nieuw})
        except DatabaseError:
            geweigerd.append(f"{model.__name__}.{naam}")
    return geweigerd


@pytest.fixture
def gevuld() -> None:
    maak_site()
    for rol in ROLLEN[1:]:
        als(rol)
    indicator, eenheid = Indicator.objects.get(code="proef"), Onderdeel.objects.get(code="RE07")
    analist = User.objects.get(username="proef-analist")
    MetingFactory(
        pk=90,
        indicator=indicator,
        onderdeel=eenheid,
        kwartaal=3,
        wachtend=True,
        toelichting="x",
        ingevoerd_door=analist,
    )
    ConceptFactory(
        indicator=indicator, onderdeel=eenheid, door=maak_persoon("analist", naam="x"), cellen={"waarde": f"1{RAAR}"}
    )
    AfsluitingFactory(jaar=2025, kwartaal=3)
    bestand = Import.objects.create(
        door=analist,
        naam="a.csv",
        inhoud=b"",
        sha256="x",
        staat="geweigerd",
        fouten=[[0, "", f"fout{RAAR}"]],
        opmerkingen=[f"las{RAAR}"],
    )
    Importregel.objects.create(
        bestand=bestand, rij=1, soort="geweigerd", cellen={"indicator": f"i{RAAR}", "onderdeel": f"o{RAAR}"},
        verschillen=[["waarde", f"1{RAAR}", f"2{RAAR}"]], fouten=[["waarde", f"nee{RAAR}"]],
    )  # fmt: skip
    JobRun.objects.create(soort="proef", omschrijving="taak", fout="fout", afloop="mislukt")
    assert _vul() == []


def _adressen() -> list[str]:
    eigen = [
        f"/invoer/importeren/{Import.objects.get().pk}/",
        "/metingen/90/geschiedenis/",
        "/invoer/2025-Q3/?toon=alles",
    ]
    zoekt = [f"/zoeken/?q=x{RAAR}", f"/formatie/?zoek=x{RAAR}", f"/indicatoren/?q={RAAR}", f"/bestaat/{RAAR}/"]
    van_user = [f"/beheer/accounts/user/{User.objects.first().pk}/change/"]  # type: ignore[union-attr]
    return [*(route.adres for route in ROUTES.values()), *GEEN_ADMIN, *eigen, *zoekt, *van_user]


def _zonder_velden(client: Client, adres: str) -> str:
    antwoord = client.get(adres)
    soort = antwoord.get("Content-Type", "")
    if antwoord.streaming or not soort.startswith(("text/html", "application/json")) or adres.startswith("/api/"):
        return ""
    return VELDEN.sub("", antwoord.content.decode())


@pytest.mark.parametrize("rol", ROLLEN)
def test_geen_pagina_toont_ze_rauw(rol: str, gevuld: None) -> None:
    client, genoemd = als(rol), 0
    for adres in _adressen():
        tekst = _zonder_velden(client, adres)
        assert not onzichtbare(tekst), adres
        genoemd += "[U+202E]" in tekst
    assert genoemd > (20 if rol == "analist" else 3 if rol != "anoniem" else -1)


@pytest.mark.parametrize(
    "adres", ["/indicatoren/?_export=csv", "/indicatoren/proef/?_export=csv", "/formatie/controle/?_export=csv"]
)
def test_een_bestand_van_een_tabel(adres: str, gevuld: None) -> None:
    assert not onzichtbare(als("analist").get(adres).content.decode("utf-8-sig"))


def test_een_figuur() -> None:
    as_, punt = As(Assoort.GETAL, titel=RAAR), Punt(1, 1, f"x{RAAR}")
    spoor = Spoor(RAAR, Rol.HOOFD, Vorm.PUNTEN, (punt,))
    assert not onzichtbare(teken_figuur(Beeld(RAAR, RAAR, as_, as_, (spoor,), (), ())))


def test_een_bericht() -> None:
    wie = maak_persoon("analist")
    bericht = Herinnering(user=wie, dag=timezone.localdate(), onderwerp=f"wacht{RAAR}", tekst=f"{RAAR}\n")
    herinneren._verzend(bericht, "a@site.example")
    assert "[U+202E]" in mail.outbox[0].subject
    assert not onzichtbare(mail.outbox[0].subject + mail.outbox[0].body)


def test_een_veld_blijft_zoals_het_getypt_is() -> None:
    veld = f'<input name="a" value="1{RAAR}"><textarea>x{RAAR}</textarea>'
    assert zichtbaar_in_html(f"{veld}<b title='{RAAR[0]}'>{RAAR[1]}</b>") == f"{veld}<b title='[U+202E]'>[U+200B]</b>"
