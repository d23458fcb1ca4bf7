"""After the agenda, the demo and taking the demo away the check of the trail finds nothing."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import Rolvervulling, User
from common.models import AuditEvent
from common.spoor.keten import lees_kop
from common.spoor.koppen import koppenbestand
from monitor.invoer.toezicht.controle import controleer
from monitor.models import Meting
from tests.databaserol import als_superuser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _eigen_koppen(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def _controleer(*opties: str) -> str:
    connection.check_constraints()  # the end of a transaction
    with als_superuser(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what the database itself does after a transaction
    uit = StringIO()
    call_command("controleer_audit", *opties, stdout=uit)
    return uit.getvalue()


@pytest.mark.traag
def test_van_agenda_en_demo_volgt_alles_uit_het_spoor() -> None:
    assert _controleer() == "Er is nog niets gebeurd.\nAlles volgt uit het spoor.\n"
    for opdracht in ("laad_agenda", "laad_demo"):
        call_command(opdracht, stdout=StringIO())
    assert _controleer() == f"Kop van het spoor: {lees_kop()}.\nAlles volgt uit het spoor.\n"
    zonder_rij = ("concept", "volging", "ladder")
    assert AuditEvent.objects.filter(stand__isnull=True).exclude(object_soort__in=zonder_rij).count() == 0
    gemaakt = (Meting.objects.count(), User.objects.count(), Rolvervulling.objects.count())
    assert all(gemaakt)

    call_command("wis_demo", stdout=StringIO())
    kop = lees_kop()
    assert kop is not None
    uitslag = json.loads(_controleer("--json"))
    assert uitslag["fouten"] == []
    assert uitslag["kop"]["nummer"] > kop.nummer
    assert Meting.objects.count() == 0
    assert len(koppenbestand().read_text().splitlines()) == 2

    call_command("laad_demo", stdout=StringIO())
    _controleer()


def test_een_rij_zonder_spoor_wordt_genoemd_en_de_opdracht_mislukt() -> None:
    User.objects.create(username="spook")
    uit = StringIO()
    with pytest.raises(CommandError, match=r"Er klopt 1 ding niet\."):
        call_command("controleer_audit", stdout=uit)
    assert "staat er zonder dat het spoor zegt waar het vandaan komt." in uit.getvalue()
    assert controleer().kop is None
