"""The web process does without what only a worker needs; a worker has it all, and stays small."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from common.grafiek.beeld import merk, naar_json
from common.grafiek.figuur import TEKENTAAK, Figuur
from common.jobs import stuur
from config.omgeving import BASE_DIR
from tests import proefserver
from tests.integration.site import als, maak_site
from tests.rechten import ROLLEN
from tests.unit.common.grafiek.beelden import SOORTEN

MEESTE_MEGABYTES = 350


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("wie", [[], pytest.param(["--alle"], marks=pytest.mark.chaos)], ids=["een lezer", "alle"])
def test_het_webproces_heeft_plotly_en_pandas_niet_in_het_geheugen(wie: list[str]) -> None:
    maak_site()
    for rol in ROLLEN:
        als(rol)
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        proefserver.DATABASENAAM: str(settings.DATABASES["default"]["NAME"]),
    }
    opdracht = [sys.executable, "-m", "tests.integration.config.web.bezoek_alles", *wie]
    uit = subprocess.run(opdracht, cwd=BASE_DIR, env=env, capture_output=True, text=True, check=False)
    assert uit.returncode == 0, uit.stderr[-3000:]
    gezien = json.loads(uit.stdout)
    assert gezien["zwaar"] == []
    assert gezien["bezocht"] > 100
    assert set(gezien["figuren"]) <= {200, 202}


@pytest.mark.django_db(transaction=True)
def test_een_worker_tekent_wat_gevraagd_is_binnen_zijn_geheugen(worker: subprocess.Popen[bytes]) -> None:
    for beeld in SOORTEN:
        stuur(TEKENTAAK, naar_json(beeld))
    merken, eind = {merk(beeld) for beeld in SOORTEN}, time.monotonic() + 20
    while set(Figuur.objects.values_list("merk", flat=True)) != merken and time.monotonic() < eind:
        time.sleep(0.05)
    assert set(Figuur.objects.values_list("merk", flat=True)) == merken
    kinderen = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    assert kinderen
    assert max(map(_megabytes, kinderen)) <= MEESTE_MEGABYTES


def _megabytes(pid: str) -> float:
    regels = Path(f"/proc/{pid}/status").read_text().splitlines()
    kilobytes = next(int(regel.split()[1]) for regel in regels if regel.startswith("VmRSS"))
    return kilobytes / 1024
