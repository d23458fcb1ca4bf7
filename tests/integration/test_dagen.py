"""A short run on another day: the clock of the tests and of what they start is really moved."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from config.omgeving import BASE_DIR

PROEF = """
from datetime import date
import psycopg
from django.db import connection
from django.utils import timezone

def test_de_klok_van_python_en_van_de_database():
    waar = connection.get_connection_params() | {"dbname": "postgres", "cursor_factory": psycopg.Cursor}
    with psycopg.connect(**waar) as verbinding:  # a database without the tables: the clock is that of the server
        vandaag = verbinding.execute("SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date").fetchone()[0]
    assert vandaag == timezone.localdate() == date(2028, 2, 29)
"""


@pytest.mark.timeout(120)
def test_een_schrikkeldag_is_overal_die_dag() -> None:
    proef = BASE_DIR / "tests" / "test_klok_van_deze_dag.py"
    proef.write_text(PROEF, encoding="utf-8")
    try:
        opdracht = [sys.executable, "scripts/dagen", "2028-02-29 23:00", "--", str(proef)]
        # A session of its own, with servers of its own.
        schoon = {naam: w for naam, w in os.environ.items() if not naam.startswith(("STRATEGIE_TEST", "PYTEST_"))}
        uit = subprocess.run(opdracht, cwd=BASE_DIR, env=schoon, capture_output=True, text=True, check=False)
    finally:
        proef.unlink()
    assert (uit.returncode, "1 van 1 dagen goed" in uit.stdout) == (0, True), uit.stdout + uit.stderr
