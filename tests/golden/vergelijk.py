"""Compare with a file that was read by a person; UPDATE_GOLDEN=1 writes it anew."""

from __future__ import annotations

import os
from pathlib import Path


def vergelijk_met_goud(bestand: Path, tekst: str) -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        bestand.write_text(tekst, encoding="utf-8")
    assert tekst == bestand.read_text(encoding="utf-8")
