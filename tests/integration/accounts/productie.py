"""The settings as production has them: read by a process of its own, for they are judged once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

WORTEL = Path(__file__).parents[3]


def instellingen(*namen: str) -> list[str]:
    omgeving = os.environ | {
        "DEBUG": "0",
        "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "monitor.example",
        "DATABASE_URL": "postgres://strategie_site:x@127.0.0.1:1/strategie",
    }
    opdracht = f"from config import settings\nfor naam in {namen!r}: print(getattr(settings, naam))"
    uit = subprocess.run(
        [sys.executable, "-c", opdracht], cwd=WORTEL, env=omgeving, capture_output=True, text=True, check=True
    )
    return uit.stdout.split()
