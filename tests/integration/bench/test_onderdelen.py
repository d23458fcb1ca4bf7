"""Every part of the bench runs from begin to end, and does not take something else for what it measures."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bench.__main__ import ONDERDELEN
from bench.paginas import Blad, controleer
from bench.regel import Regel, toon
from config.omgeving import BASE_DIR

# What only a run that measured has in its table.
REGELS = {
    "rekenen": "PROEF: rijen anders dan de SQL-referentie",
    "paginas": "/formatie/controle/ opnieuw gemaakt",
    "invoer": "van vastgesteld tot het oordeel in de API",
    "invoer_bestand": "ods: voorstel",
    "formatie": "lezer: p50 van M / S",
    "drukte": "verkeerde antwoorden",
    "aanval": "40 trage lezers: p95",
    "gewicht": "/formatie/districten/A/: als verstuurd",
    "narekenen": "proef: een geplante fout niet gevonden",
}


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_elk_onderdeel_meet_wat_het_noemt() -> None:
    """All in one go, as ``make bench`` runs them, on databases of their own."""
    assert set(REGELS) == set(ONDERDELEN)
    opdracht = [sys.executable, "-m", "bench", "--kort"]
    uit = subprocess.run(opdracht, capture_output=True, text=True, cwd=BASE_DIR, check=False)
    assert uit.returncode == 0, uit.stdout + uit.stderr
    assert [regel for regel in REGELS.values() if regel not in uit.stdout] == []


def test_een_onderdeel_dat_er_niet_is_wordt_gezegd() -> None:
    opdracht = [sys.executable, "-m", "bench", "snelheid"]
    uit = subprocess.run(opdracht, capture_output=True, text=True, cwd=BASE_DIR, check=False)
    assert (uit.returncode, uit.stderr.startswith("Onbekend: snelheid.")) == (1, True)


@pytest.mark.parametrize(
    ("status", "tekst"),
    [(500, "<h1>Er ging iets mis</h1>"), (200, "<h1>Inloggen</h1>"), (200, ""), (404, "<h1>Indicatoren</h1>")],
)
def test_een_foutpagina_is_geen_meting(status: int, tekst: str) -> None:
    with pytest.raises(RuntimeError, match="/indicatoren/"):
        controleer(Blad("/indicatoren/", "Indicatoren"), status, tekst)
    controleer(Blad("/indicatoren/", "Indicatoren"), 200, "<h1>Indicatoren</h1>")


def test_kort_oordeelt_niet_over_tijd_maar_wel_over_fouten() -> None:
    traag, fout = Regel("traag", 9, "×", 3), Regel("fout", 1, grens=0)
    assert (toon("", [traag], kort=True), toon("", [traag], kort=False)) == (0, 1)
    assert (toon("", [fout], kort=True), toon("", [], kort=True)) == (1, 1)
