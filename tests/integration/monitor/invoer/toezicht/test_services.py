"""The watch over the trail: the head is noted; a fault is an alarm every beheerder sees, and is mailed once."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import Rolvervulling, User
from accounts.services import geef_rol, maak_gebruiker
from common.models import AuditEvent, JobRun
from common.spoor.keten import lees_kop
from common.spoor.koppen import koppenbestand, noteer_kop, vind_kopfouten
from common.vaststellen.audit import gebeurtenis, leg_vast
from monitor.invoer.tasks import bewaak_spoor
from monitor.invoer.toezicht.controle import controleer
from monitor.invoer.toezicht.services import TAAK, bewaak
from monitor.models import Spooralarm
from tests.databaserol import als_superuser
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
SPOOK = "staat er zonder dat het spoor zegt waar het vandaan komt."


@pytest.fixture(autouse=True)
def _eigen_koppen(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.SITE_URL = tmp_path, "https://site.example"


@pytest.fixture
def dag() -> datetime:
    """Today: what a run of a job says of itself is the real time."""
    return timezone.localtime().replace(hour=10)


@pytest.fixture(autouse=True)
def beheerder() -> User:
    user = _maak("beheerder")
    user.email = "beheerder@site.example"
    user.save()
    leg_vast([gebeurtenis("adres gewijzigd", user, door=None, herkomst="proef")])
    return user


def _maak(rol: str) -> User:
    return maak_gebruiker(naam=rol, wachtwoord="", rol=rol, door=None, herkomst="proef", demo=True)[0]


def _spook() -> User:
    connection.check_constraints()  # the end of a transaction
    return User.objects.create(username="spook")


def _een_dag_later() -> None:
    JobRun.objects.update(begonnen_op=timezone.now() - timedelta(days=1))


def _fouten() -> tuple[str, ...]:
    connection.check_constraints()
    return controleer().fouten


def _lees(user: User, adres: str) -> Pagina:
    client = Client()
    client.force_login(user)
    return Pagina.van(client.get(adres))


def test_zonder_fout_komt_er_alleen_een_kop_bij(dag: datetime) -> None:
    connection.check_constraints()
    bewaak(dag)
    bewaak(dag)
    [regel] = koppenbestand().read_text().splitlines()
    assert regel.startswith(f"{lees_kop().nummer} {lees_kop().hash} ")  # type: ignore[union-attr]
    assert JobRun.objects.filter(soort=TAAK, afloop="geslaagd").count() == 1
    assert (mail.outbox, Spooralarm.objects.count()) == ([], 0)


def test_een_fout_wordt_een_keer_gemeld_en_blijft_in_beeld(
    dag: datetime, beheerder: User, caplog: pytest.LogCaptureFixture
) -> None:
    analist, spook = _maak("analist"), _spook()
    bewaak_spoor()
    assert f"Het spoor klopt niet: Gebruiker {spook.pk} {SPOOK}" in caplog.text
    [bericht] = mail.outbox
    assert bericht.to == ["beheerder@site.example"]
    assert f"Gebruiker {spook.pk} {SPOOK}" in bericht.body
    assert "https://site.example/spoor/" in bericht.body
    _een_dag_later()
    bewaak(dag)
    assert len(mail.outbox) == 1

    for adres in ("/", "/taken/", "/spoor/"):
        assert _lees(beheerder, adres).heeft("Bekijk wat er niet klopt (1)"), adres
    assert _lees(beheerder, "/spoor/").heeft(f"Gebruiker {spook.pk} {SPOOK}")
    assert not _lees(analist, "/").heeft("niet klopt")

    nummer = spook.pk
    with als_superuser():
        spook.delete()
    _een_dag_later()
    connection.check_constraints()
    bewaak(dag)
    assert f"Niet meer gevonden: Gebruiker {nummer}" in mail.outbox[1].body
    assert not _lees(beheerder, "/taken/").heeft("niet klopt")
    assert Spooralarm.objects.get().hersteld_op is not None


def test_een_melding_die_niet_weg_kan_gaat_het_volgende_uur(dag: datetime) -> None:
    _spook()
    with patch("monitor.invoer.werklijst.herinneren.EmailMessage.send", side_effect=OSError("geen server")):
        bewaak(dag)
    assert mail.outbox == []
    bewaak(dag + timedelta(hours=1))
    bewaak(dag + timedelta(hours=2))
    assert len(mail.outbox) == 1


def test_een_rol_volgt_uit_zijn_spoor(beheerder: User) -> None:
    """A role as events say it: given, changed, taken away; anything else is found."""
    rol = geef_rol(user=beheerder, rol="analist", door=None, herkomst="proef")
    rol.geldig_tot = timezone.localdate()
    rol.save()
    [fout] = _fouten()
    assert fout.startswith(f"Rolvervulling {rol.pk} (Analist): geldig tot volgt niet uit het spoor")
    leg_vast([gebeurtenis("rol gewijzigd", rol, door=None, herkomst="proef", naar=rol.in_het_spoor)])
    assert _fouten() == ()
    weg = gebeurtenis("rol ingetrokken", rol, door=None, herkomst="proef", van=rol.in_het_spoor)
    with als_superuser():
        rol.delete()
    [fout] = _fouten()
    assert "is verdwenen; het spoor zegt niet dat iemand dat deed" in fout
    leg_vast([weg])
    assert _fouten() == ()
    Rolvervulling.objects.create(user=beheerder, rol="vaststeller")
    assert len(_fouten()) == 1


def test_een_beschadigd_bestand_met_koppen_valt_op() -> None:
    connection.check_constraints()
    noteer_kop("proef")
    assert vind_kopfouten() == []
    with koppenbestand().open("a") as bestand:
        bestand.write("3 abc\n")
    assert vind_kopfouten() == ["Het bestand met genoteerde koppen is beschadigd: 1 onleesbaar."]


def test_de_pagina_en_haar_bestand_tonen_geen_waarde_of_reden(beheerder: User) -> None:
    spoor = gebeurtenis("ingediend", beheerder, door=beheerder, herkomst="proef", naar={"waarde": "31415"})
    spoor.reden = "geheim 27182"
    leg_vast([spoor])
    connection.check_constraints()
    kop = lees_kop()
    assert kop is not None
    pagina = _lees(beheerder, "/spoor/")
    assert pagina.heeft(f"Kop: nr {kop.nummer}, {kop.hash}")
    assert pagina.tabel().kolom("Nr")[0] == str(kop.nummer)
    client = Client()
    client.force_login(beheerder)
    for formaat in ("csv", "xlsx", "ods"):
        antwoord = client.get(f"/spoor/?_export={formaat}")
        assert antwoord.status_code == 200
    tekst = client.get("/spoor/?maand=onzin&_export=csv").content.decode("utf-8-sig")
    assert "ingediend" in tekst
    assert "Kop van het spoor: nr " in tekst
    assert not any(geheim in tekst + pagina.tekst for geheim in ("31415", "27182"))
    assert AuditEvent.objects.filter(handeling="export", object_id="spoor").count() == 4
    assert koppenbestand().exists()
