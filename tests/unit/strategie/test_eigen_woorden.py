"""No running sentence of the agenda is copied: our texts share no run of seven words with it.

``zeven_woorden.txt`` holds the start of the SHA-256 of every run of seven words of the agenda, so that the
agenda itself need not be here. Names, headings and targets as printed are taken over on purpose.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

WORTEL = Path(__file__).parents[3]
LENGTE = 7
BEKEND = set((Path(__file__).parent / "zeven_woorden.txt").read_text(encoding="ascii").split())
OVERGENOMEN = {"naam", "titel", "dienst", "gedrukt_doel", "besluit", "bron"}
TEKSTEN = [*sorted((WORTEL / "docs").rglob("*.md")), *sorted((WORTEL / "templates").rglob("*.html"))]
TEKSTEN += sorted(WORTEL.glob("*.md"))


def woorden(tekst: str) -> list[str]:
    return re.findall(r"[^\W_]+", tekst.lower())


def reeksen(tekst: str) -> Iterator[str]:
    rij = woorden(tekst)
    return (" ".join(rij[plek : plek + LENGTE]) for plek in range(len(rij) - LENGTE + 1))


def kenmerk(reeks: str) -> str:
    return hashlib.sha256(reeks.encode()).hexdigest()[:8]


def gedeeld(tekst: str) -> list[str]:
    return [reeks for reeks in reeksen(tekst) if kenmerk(reeks) in BEKEND]


def eigen_teksten(waarde: Any, naam: str = "") -> Iterator[str]:
    """Every text of a fixture but those that are names, headings or figures."""
    if isinstance(waarde, dict):
        for sleutel, deel in waarde.items():
            yield from eigen_teksten(deel, sleutel)
    elif isinstance(waarde, list):
        for deel in waarde:
            yield from eigen_teksten(deel, naam)
    elif isinstance(waarde, str) and naam not in OVERGENOMEN:
        yield waarde


@pytest.mark.parametrize("pad", sorted((WORTEL / "fixtures").rglob("*.toml")), ids=lambda pad: pad.stem)
def test_fixture_is_in_our_own_words(pad: Path) -> None:
    teksten = eigen_teksten(tomllib.loads(pad.read_text(encoding="utf-8")))
    assert not [reeks for tekst in teksten for reeks in gedeeld(tekst)]


@pytest.mark.parametrize("pad", TEKSTEN, ids=lambda pad: pad.name)
def test_page_is_in_our_own_words(pad: Path) -> None:
    assert not gedeeld(pad.read_text(encoding="utf-8"))


def test_a_copied_heading_would_be_found() -> None:
    assert gedeeld("Inzet van effectieve ketensamenwerking door persoonsgerichte aanpak (PGA) op lokaal niveau")
    assert not gedeeld("Deze zin van ons komt nergens in de agenda voor, zo veel is zeker")
