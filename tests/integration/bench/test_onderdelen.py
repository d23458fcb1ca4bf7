"""Every part of the bench runs from begin to end (in chaos), and takes nothing else for what it measures."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from inspect import signature
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from bench.__main__ import ONDERDELEN
from bench.paginas import KAAL, Blad, controleer
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


def _draai(*namen: str) -> str:
    opdracht = [sys.executable, "-m", "bench", "--kort", *namen]
    uit = subprocess.run(opdracht, capture_output=True, text=True, cwd=BASE_DIR, check=False)
    assert uit.returncode == 0, uit.stdout + uit.stderr
    return uit.stdout


@pytest.mark.chaos
@pytest.mark.browser
@pytest.mark.timeout(600)
def test_elk_onderdeel_meet_wat_het_noemt() -> None:
    """All in one go, as ``make bench`` runs them, on databases of their own."""
    assert set(REGELS) == set(ONDERDELEN)
    gezegd = _draai()
    assert [regel for regel in REGELS.values() if regel not in gezegd] == []


@pytest.mark.traag
@pytest.mark.timeout(300)
def test_een_onderdeel_draait_van_begin_tot_eind() -> None:
    """The suite runs one, on a database of its own; of the others it looks whether what they name is there."""
    assert REGELS["rekenen"] in _draai("rekenen")


@pytest.mark.parametrize("naam", ONDERDELEN)
def test_wat_een_onderdeel_noemt_is_er(naam: str) -> None:
    onderdeel = import_module(f"bench.{naam}")
    assert onderdeel.KOP
    assert signature(onderdeel.meet).parameters.keys() == {"kort"}
    rijen = [waarde for waarde in vars(onderdeel).values() if isinstance(waarde, tuple)]
    for blad in (een for rij in rijen for een in (rij, *rij) if isinstance(een, Blad) and een != KAAL):
        assert resolve(urlsplit(blad.pad).path), blad.pad


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
