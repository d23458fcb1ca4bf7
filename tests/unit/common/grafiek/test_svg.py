"""A drawing stays inside its canvas, its words do not touch, and it says what the chart says."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.grafiek.beeld import Beeld, Rol, Vorm, merk, naar_json, van_json
from common.grafiek.schaal import breedte, op_regels, uiteen
from common.grafiek.svg import GROOT, HOOG, KLEIN, VONK, teken
from common.grafiek.tekening import maak
from common.grafiek.vel import Doek
from config.omgeving import BASE_DIR
from scripts.wanden.boom import APPS, bestanden_in_git
from tests.boom import Knoop, lees
from tests.unit.common.grafiek import beelden
from tests.unit.common.grafiek.beelden import LASTIG, LEEG, NAMEN, SOORTEN

ALLE = (*SOORTEN, *LASTIG)
elk = pytest.mark.parametrize("beeld", ALLE, ids=lambda b: b.naam[:20])
Vak = tuple[float, float, float, float]


def _maat(wortel: Knoop) -> tuple[float, float]:
    [svg] = [knoop for knoop in wortel.alle() if knoop.naam == "svg"]
    breed, hoog = svg["viewbox"].split()[2:]
    return float(breed), float(hoog)


def _regels(knoop: Knoop) -> list[str]:
    delen = [kind.tekst() for kind in knoop.elementen if kind.naam == "tspan"]
    titel = next((kind.tekst() for kind in knoop.elementen if kind.naam == "title"), "")
    return delen or [knoop.tekst().removeprefix(titel).strip()]


def _vakken(wortel: Knoop) -> Iterator[tuple[str, Vak]]:
    """Of each text the room it takes, by the estimate of the drawing itself."""
    for knoop in wortel.alle():
        if knoop.naam == "text":
            regels, x, y = _regels(knoop), float(knoop["x"]), float(knoop["y"])
            breed = max(map(breedte, regels))
            links = {"end": x - breed, "middle": x - breed / 2}.get(knoop["text-anchor"], x)
            yield " ".join(regels), (links, y - 9, links + breed, y + 1 + 15 * (len(regels) - 1))


@elk
@pytest.mark.parametrize("doek", [GROOT, HOOG, KLEIN])
def test_niets_valt_buiten_de_tekening(beeld: Beeld, doek: Doek) -> None:
    svg = teken(beeld, doek)
    wortel = lees(svg)
    breed, hoog = _maat(wortel)
    for tekst, (links, boven, rechts, onder) in _vakken(wortel):
        assert links >= -1, tekst
        assert rechts <= breed + 1, tekst
        assert -2 <= boven <= onder <= hoog, tekst
    assert "nan" not in svg
    assert "style=" not in svg
    for knoop in wortel.alle():
        if knoop.naam == "circle":
            assert 0 < float(knoop["cx"]) < breed
            assert 0 < float(knoop["cy"]) < hoog


@elk
@pytest.mark.parametrize("doek", [GROOT, HOOG, KLEIN])
def test_geen_twee_teksten_raken_elkaar(beeld: Beeld, doek: Doek) -> None:
    vakken = list(_vakken(lees(teken(beeld, doek))))
    in_nood = doek is KLEIN and beeld in (beelden.JAAR, beelden.TWEEHONDERD)
    for (een, a), (ander, b) in itertools.combinations(vakken, 2):
        overlap = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        assert in_nood or min(overlap) < 1, (een, ander)


@elk
def test_wat_afgekort_is_staat_voluit_in_zijn_titel(beeld: Beeld) -> None:
    svg = teken(beeld, GROOT)
    titels = {knoop.tekst() for knoop in lees(svg).alle() if knoop.naam == "title"}
    for knoop in (k for k in lees(svg).alle() if k.naam == "text"):
        if "…" in (getoond := " ".join(_regels(knoop))):
            assert any(titel.startswith(getoond.replace(" ", "")[:8]) for titel in (t.replace(" ", "") for t in titels))


@elk
def test_de_tekening_zegt_bij_elk_punt_wat_de_tabel_zegt(beeld: Beeld) -> None:
    titels = [k.tekst() for k in lees(teken(beeld, GROOT)).alle() if k.naam == "title"]
    gewezen = [s for s in beeld.sporen if s.vorm in (Vorm.PUNTEN, Vorm.LIJN_MET_PUNTEN, Vorm.STAVEN)]
    for punt in (p for s in gewezen for p in s.punten if p.tekst and None not in (p.x, p.y)):
        assert " ".join(punt.tekst.split()) in titels
        assert any(punt.tekst in rij for rij in beeld.rijen)


@elk
def test_een_lijn_heeft_een_stuk_per_run_en_een_gat_blijft_een_gat(beeld: Beeld) -> None:
    wortel = lees(teken(beeld, GROOT))
    paden = [k["d"] for k in wortel.alle() if k.naam == "path" and k["class"] == "g-lijn"]
    for spoor, pad in zip(
        [
            s
            for s in beeld.sporen
            if s.vorm in (Vorm.LIJN, Vorm.LIJN_MET_PUNTEN) and any(p.y is not None for p in s.punten)
        ],
        paden,
        strict=True,
    ):
        leeg = [None in (p.x, p.y) for p in spoor.punten]
        assert pad.count("M") == sum(not nu and (n == 0 or leeg[n - 1]) for n, nu in enumerate(leeg))
        assert pad.count("M") + pad.count("L") == leeg.count(False)


def test_een_negatief_getal_heeft_een_echt_minteken() -> None:
    assert ">−40</text>" in teken(beelden.NEGATIEF, GROOT)


def test_namen_staan_van_boven_naar_beneden() -> None:
    hoogten = [
        float(k["y"])
        for k in lees(teken(beelden.MARGES, HOOG)).alle()
        if k.naam == "text" and k["text-anchor"] == "end"
    ]
    assert len(hoogten) == len(NAMEN)
    assert hoogten == sorted(hoogten)


def test_een_staaf_staat_op_de_vorige() -> None:
    staven = [
        (float(k["x"]), float(k["width"]))
        for k in lees(teken(beelden.GESTAPELD, GROOT)).alle()
        if k["class"] == "g-staaf"
    ]
    for (x, breed), (erop, _) in zip(staven[:5], staven[5:], strict=True):
        assert erop == pytest.approx(x + breed, abs=0.11)


def test_veertig_jaar_heeft_leesbare_jaren_met_het_laatste() -> None:
    jaren = [tekst for tekst, _ in _vakken(lees(teken(beelden.VEERTIG_JAAR, GROOT))) if re.fullmatch(r"\d{4}", tekst)]
    assert jaren[-1] == "2026"
    assert 5 <= len(jaren) <= 20
    assert len({int(b) - int(a) for a, b in itertools.pairwise(jaren)}) == 1


def test_zonder_een_enkel_getal_is_er_geen_tekening_maar_wel_een_tabel() -> None:
    tekening = maak(LEEG, id="leeg")
    assert tekening.leeg
    assert teken(LEEG, VONK) == ""
    assert teken(beelden.ALLEEN_DOEL, GROOT)


@elk
def test_een_vonk_heeft_geen_woorden_en_blijft_binnen_zijn_vak(beeld: Beeld) -> None:
    wortel = lees(teken(beeld, VONK))
    assert not [k for k in wortel.alle() if k.naam in ("text", "title")]
    breed, hoog = _maat(wortel)
    paden = "".join(k["d"] for k in wortel.alle() if k["class"] == "g-lijn")
    for x, y in re.findall(r"[ML]([\d.-]+) ([\d.-]+)", paden):
        assert 0 <= float(x) <= breed
        assert -1 <= float(y) <= hoog + 1


def test_tekst_wordt_letterlijk_getoond() -> None:
    kwaad = '"><script>x</script>'
    spoor = beelden.lijn(kwaad, Rol.HOOFD, [1, 2], Vorm.LIJN_MET_PUNTEN)
    svg = teken(beelden.beeld(kwaad, beelden.kwartalen(2), beelden.GETAL, spoor), GROOT)
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


def test_een_legenda_noemt_elke_naam_een_keer_en_een_enkele_niet() -> None:
    assert [naam for _, naam in maak(beelden.JAAR, id="a").legenda] == [
        "Verwachting",
        "2024",
        "2025",
        "Norm",
        "2026",
        "Doel",
    ]
    assert maak(beelden.TEGEN_ELKAAR, id="a").legenda == []


@elk
def test_een_beeld_komt_gelijk_uit_zijn_json_en_houdt_zijn_merk(beeld: Beeld) -> None:
    terug = van_json(naar_json(beeld))
    assert (terug, merk(terug)) == (beeld, merk(beeld))
    assert len({merk(ander) for ander in ALLE}) == len(ALLE)


@given(st.text(max_size=300), st.floats(40, 300), st.integers(1, 3))
def test_regels_zijn_nooit_meer_of_langer_dan_past(tekst: str, breed: float, meeste: int) -> None:
    regels = op_regels(tekst, breed, meeste)
    assert 1 <= len(regels) <= meeste
    assert all(len(regel) <= max(breed / 7.4, 4) for regel in regels)


@pytest.mark.parametrize("breed", range(60, 260, 15))
def test_een_getal_breekt_niet_binnenin(breed: int) -> None:
    regels = op_regels("verwacht € 20,5 mln tot € 22,5 mln, 3 fte", breed, 9)
    assert "".join(regels).replace(" ", "") == "verwacht€20,5mlntot€22,5mln,3fte"
    if breed > 7.4 * len("€ 20,5 mln,"):
        assert all(regel.count("€") == regel.count("mln") and "3" not in regel.split()[-1] for regel in regels)


@given(st.lists(st.floats(0, 300), min_size=1, max_size=12))
def test_wat_uiteen_geschoven_is_raakt_elkaar_niet_en_houdt_zijn_volgorde(plekken: list[float]) -> None:
    middens = uiteen([(plek, 16.0) for plek in plekken], 0, 300)
    volgorde = sorted(range(len(plekken)), key=lambda n: plekken[n])
    for boven, onder in itertools.pairwise(volgorde):
        assert middens[onder] - middens[boven] >= 16 - 1e-6
    assert min(middens) >= 8 - 1e-6


def test_geen_ander_bestand_schrijft_zelf_een_onderdeel_van_een_tekening() -> None:
    onderdeel = re.compile(r"</?(svg|path|circle|rect|line|polyline|polygon|g|text)[\s/>]")
    alle = [pad for pad in bestanden_in_git(BASE_DIR) if pad.suffix in {".py", ".html"}]
    eigen = [pad for pad in alle if pad.relative_to(BASE_DIR).parts[0] in {*APPS, "templates"}]
    schrijvers = {str(pad.relative_to(BASE_DIR)) for pad in eigen if onderdeel.search(pad.read_text(encoding="utf-8"))}
    assert schrijvers == set()
    assert BASE_DIR / "common/grafiek/svg.py" in eigen
