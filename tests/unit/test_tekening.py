"""The drawing of the house in the README is what the house is now, and can be read without seeing it."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from config.omgeving import BASE_DIR
from scripts.wanden.afspraken import DEUREN
from scripts.wanden.boom import Boom, bestanden_in_git, lees_boom
from scripts.wanden.tekening import NIET_GETEKEND, Kamer, beschrijving, lees_kamers, teken

PLAAT = BASE_DIR / "docs" / "beelden" / "huis.svg"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def boom() -> Boom:
    return lees_boom(BASE_DIR, bestanden_in_git(BASE_DIR))


@pytest.fixture(scope="module")
def huis(boom):
    return lees_kamers(boom)


@pytest.fixture
def plaat(huis) -> ElementTree.Element:
    return ElementTree.fromstring(teken(huis))  # noqa: S314  # made here


def test_de_plaat_is_het_huis_van_nu(huis):
    assert PLAAT.read_text(encoding="utf-8") == teken(huis), "Run: scripts/huis --tekening > docs/beelden/huis.svg"


def test_elke_kamer_staat_erop(huis, boom):
    getekend = {kamer for kamer in DEUREN if kamer.split(".")[-1] not in NIET_GETEKEND}
    los = {kamer for kamer in getekend if kamer.split(".")[-1] in huis.kamers["monitor"].inhoud}
    assert los == {"monitor.zicht", "monitor.selectors", "monitor.reikwijdte", "monitor.eigenaars"}
    assert huis.kamers.keys() == (getekend - los) | {"monitor"}


def test_in_een_kamer_staat_wat_in_haar_map_staat(huis):
    kamer = huis.kamers["monitor.invoer"]
    op_schijf = {
        f"{pad.name}/" for pad in (BASE_DIR / "monitor" / "invoer").iterdir() if (pad / "__init__.py").exists()
    }
    assert {deel for deel in kamer.inhoud if deel.endswith("/")} == op_schijf
    assert "indienen" in kamer.inhoud
    assert {"vaststellen/", "meting/"} <= op_schijf


def test_een_pijl_gaat_omhoog_door_een_deur_en_alle_deuren_volgen_eruit(huis):
    erop: dict[str, set[str]] = {naam: set() for naam in huis.kamers}
    for onder, boven in sorted(huis.deuren, key=lambda deur: huis.verdieping[deur[1]]):
        assert huis.verdieping[onder] < huis.verdieping[boven]
        assert onder in huis.kamers[boven].rust_op
        erop[boven] |= {onder} | erop[onder]
    assert erop == {naam: set(kamer.rust_op) for naam, kamer in huis.kamers.items()}


def test_geen_pijl_loopt_door_een_kamer(huis):
    assert all(huis.tot[onder] + 1 == huis.verdieping[boven] for onder, boven in huis.deuren)


def test_geen_twee_kamers_liggen_over_elkaar_en_elke_tekst_past(plaat):
    vakken = [
        [float(r.get(maat)) for maat in ("x", "y", "width", "height")] for r in plaat.iter(f"{SVG}rect") if r.get("x")
    ]
    for (x, y, breed, hoog), (x2, y2, breed2, hoog2) in pairwise(sorted(vakken, key=lambda vak: (vak[0], vak[1]))):
        assert x + breed <= x2 or x2 + breed2 <= x or y + hoog <= y2 or y2 + hoog2 <= y
    for tekst in plaat.iter(f"{SVG}text"):
        links, voet = float(tekst.get("x")), float(tekst.get("y"))
        rechts = links + len(tekst.text) * 7.85
        assert any(
            x <= links and rechts <= x + breed and y <= voet - 10 and voet + 4 <= y + hoog
            for x, y, breed, hoog in vakken
        )


def test_wie_de_plaat_niet_ziet_leest_hetzelfde(plaat, huis):
    assert plaat.get("role") == "img"
    assert plaat.get("aria-labelledby") == "titel inhoud"
    zinnen = plaat.find(f"{SVG}desc").text
    assert zinnen == beschrijving(huis)
    for kamer in huis.kamers.values():
        assert f"{kamer.map} rests on" in zinnen
        assert all(deel in zinnen for deel in kamer.inhoud)


def test_de_plaat_heeft_een_donkere_kant(plaat):
    assert "prefers-color-scheme: dark" in plaat.find(f"{SVG}style").text


def test_een_nieuwe_map_verandert_de_plaat(huis, boom, tmp_path):
    """The test that compares would not notice a drawing that looks at nothing."""
    for module in boom.modules.values():
        (tmp_path / module.pad).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / module.pad).write_text(module.tekst, encoding="utf-8")
    nieuw = tmp_path / "monitor" / "invoer" / "duiding"
    nieuw.mkdir()
    (nieuw / "services.py").write_text("A = 1\n", encoding="utf-8")
    verbouwd = lees_kamers(lees_boom(tmp_path, sorted(tmp_path.rglob("*.py"))))
    assert isinstance(verbouwd.kamers["monitor.invoer"], Kamer)
    assert teken(verbouwd) != teken(huis)
    assert "duiding/" in teken(verbouwd)
