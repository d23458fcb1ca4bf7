"""The walls of the house: who may import whom, how much fits in a room, what may never be written down."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from config.omgeving import BASE_DIR
from scripts.wanden.__main__ import aantal_regels
from scripts.wanden.afspraken import LANGSTE_BESTAND, MEESTE_REGELS
from scripts.wanden.boom import APPS, Boom, bestanden_in_git, lees_boom
from scripts.wanden.keuring import REGELS

TEKSTBESTANDEN = {".py", ".md", ".toml", ".yml", ".html", ".css", ".js", ".json", ".lock", ".txt", ".example", ""}


@cache
def bestanden() -> list[Path]:
    return bestanden_in_git(BASE_DIR)


@cache
def huis() -> Boom:
    return lees_boom(BASE_DIR, bestanden())


def test_het_huis_is_gelezen():
    """A rule that finds nothing because there was nothing to read, proves nothing."""
    assert {module.app for module in huis().modules.values()} == set(APPS)
    assert len(huis().modules) > 150


@pytest.mark.parametrize("naam", REGELS)
def test_elke_regel_houdt(naam):
    fouten = REGELS[naam](huis())
    assert not fouten, "\n".join([REGELS[naam].__doc__, *sorted(fouten)])


def test_er_is_niet_meer_code_dan_afgesproken():
    assert aantal_regels(huis()) <= MEESTE_REGELS


def test_ook_buiten_het_product_is_geen_bestand_te_lang():
    eigen = [pad for pad in bestanden() if pad.suffix == ".py" and "migrations" not in pad.parts]
    lengtes = {str(pad.relative_to(BASE_DIR)): len(pad.read_text(encoding="utf-8").splitlines()) for pad in eigen}
    assert not {naam: lengte for naam, lengte in lengtes.items() if lengte > LANGSTE_BESTAND}


def test_het_huis_laat_zich_opmeten():
    uitvoer = subprocess.run([BASE_DIR / "scripts" / "huis"], capture_output=True, text=True, check=True).stdout
    assert str(aantal_regels(huis())) in uitvoer


@pytest.mark.parametrize("naam", ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"])
def test_een_lock_noemt_geen_adres_en_heeft_overal_een_hash(naam):
    tekst = (BASE_DIR / naam).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|index-url|find-links|(^|\s)/", tekst)
    blokken = re.split(r"\n(?=[A-Za-z0-9])", tekst.strip())
    assert all("--hash=sha256:" in blok for blok in blokken)


def test_het_lock_van_npm_noemt_geen_adres_en_heeft_overal_een_hash():
    tekst = (BASE_DIR / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in tekst
    assert "http" not in tekst
    assert tekst.count('"node_modules/') == tekst.count('"integrity"')


def test_geen_bestand_noemt_een_pakketserver_of_een_pad_van_een_computer():
    # Put together here, so that this file does not name them either.
    woorden = [
        *("py" + "pi.org", "files.python" + "hosted.org", "registry." + "npm" + "js", "deb." + "debian"),
        *("/opt/" + "pypi", "/opt/" + "wheels", "/ro" + "ot/", "/wo" + "rk/"),
    ]
    patroon = re.compile("|".join(re.escape(woord) for woord in woorden))
    fout = [
        f"{pad.relative_to(BASE_DIR)}: {gevonden[0]}"
        for pad in bestanden()
        if pad.suffix in TEKSTBESTANDEN and (gevonden := patroon.search(pad.read_text("utf-8", errors="replace")))
    ]
    assert not fout, "\n".join(fout)


def test_geen_bestand_heeft_een_open_eindje():
    patroon = re.compile(r"\b(" + "TO" + "DO|FIX" + r"ME|XX" + r"X)\b")
    fout = [
        f"{pad.relative_to(BASE_DIR)}"
        for pad in bestanden()
        if pad.suffix in {".py", ".html", ".css", ".js", ".md"} and patroon.search(pad.read_text("utf-8"))
    ]
    assert not fout
