"""Forgeries, in chaos a hundred, by who holds the database, past every trigger: each is found and named by its row."""

from __future__ import annotations

import re
from collections import Counter
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from common.spoor.koppen import noteer_kop
from monitor.invoer.toezicht.controle import controleer
from tests.databaserol import als_superuser
from tests.integration.monitor.invoer.toezicht.vervalsing import VERVALSINGEN, breek_slot_open, vraag

pytestmark = pytest.mark.django_db
AANTAL = [len(VERVALSINGEN), pytest.param(100, marks=pytest.mark.chaos)]  # each once, or with more figures of chance


def _verzegel() -> None:
    connection.check_constraints()  # the end of a transaction
    noteer_kop("proef")


def _verval(zaad: int) -> tuple[str, str, tuple[str, ...]]:
    """Which forgery, what must be named, and what the check says; taken back."""
    vervals = VERVALSINGEN[zaad % len(VERVALSINGEN)]
    with transaction.atomic():
        with als_superuser():
            vraag("SET LOCAL session_replication_role = replica")
            geraakt = vervals(Random(zaad))
            vraag("SET LOCAL session_replication_role = origin")
        gevonden = controleer().fouten
        transaction.set_rollback(True)
    return vervals.__name__, geraakt, gevonden


@pytest.mark.traag
@pytest.mark.parametrize("aantal", AANTAL)
def test_elke_vervalsing_wordt_gevonden_en_genoemd(settings: Any, tmp_path: Path, aantal: int) -> None:
    settings.DATA_DIR = tmp_path
    call_command("laad_agenda", stdout=StringIO())
    _verzegel()
    call_command("laad_demo", "--tot", "2023-Q3", stdout=StringIO())
    _verzegel()
    assert controleer().fouten == ()

    with als_superuser():
        vraag("ANALYZE")  # nobody did so yet in this transaction
        breek_slot_open()
    geprobeerd = Counter[str]()
    for zaad in range(aantal):
        naam, geraakt, gevonden = _verval(zaad)
        genoemd = re.compile(rf"\b{re.escape(geraakt)}\b", re.IGNORECASE)
        assert any(map(genoemd.search, gevonden)), (zaad, naam, geraakt, gevonden[:5])
        geprobeerd[naam] += 1
    assert set(geprobeerd) == {een.__name__ for een in VERVALSINGEN}
    assert controleer().fouten == ()
