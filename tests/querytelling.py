"""The number of queries of a page, pinned in tests/query_counts.json; UPDATE_QUERY_COUNTS=1 rewrites it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from unittest.mock import patch

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from common.hartslag import ACHTERGROND, lees_achtergrond
from formatie.bezetting.zicht import bewaard
from monitor.rekenen.narekenen.selectors import NAGEREKEND, lees_nagerekend

BESTAND = Path(__file__).parent / "query_counts.json"


def tel(client: Client, adres: str) -> tuple[int, str]:
    """How many queries one GET takes when nothing is kept yet, and all of them as text."""
    bewaard.cache_clear()
    # Asked once in ten seconds for all pages of a process, so it is of none of them.
    cache.set(ACHTERGROND, lees_achtergrond(), 60)
    cache.set(NAGEREKEND, (lees_nagerekend(),), 60)
    # Kept for all pages until anything changes; the page /voor-mij/ itself is counted with it.
    voor_mij = patch("config.context.lees_voor_mij", lambda request: {})
    with voor_mij, CaptureQueriesContext(connection) as gevangen:
        antwoord = client.get(adres)
    assert antwoord.status_code == 200, adres
    return len(gevangen), "\n".join(query["sql"] for query in gevangen)


def controleer(naam: str, aantal: int, queries: str) -> None:
    """Compare with the pinned number; a page that is not in the file yet fails too."""
    vast = json.loads(BESTAND.read_text()) if BESTAND.exists() else {}
    if os.environ.get("UPDATE_QUERY_COUNTS") == "1":
        vast[naam] = aantal
        BESTAND.write_text(json.dumps(vast, indent=2, sort_keys=True) + "\n")
    assert vast.get(naam) == aantal, f"{naam}: {aantal} queries, vastgelegd {vast.get(naam)}:\n{queries}"
