"""The description of the API is a promise to other programs: a change in it is seen here first."""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.test import Client

GOUD = Path(__file__).with_name("openapi.json")


def test_de_beschrijving_is_die_van_het_bestand(db: None) -> None:
    """``make golden`` writes the file anew; look at what changed for those who use the API."""
    antwoord = Client().get("/api/v1/openapi.json")
    assert antwoord.status_code == 200
    beschrijving = antwoord.json()
    del beschrijving["info"]["contact"]  # whom to ask differs per installation
    if os.environ.get("UPDATE_GOLDEN"):
        GOUD.write_text(json.dumps(beschrijving, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    assert beschrijving == json.loads(GOUD.read_text(encoding="utf-8"))
