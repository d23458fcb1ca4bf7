"""What is written in a small chart stays inside it and does not touch."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal

import pytest

from common.grafiek.reeks import Lijn, Reeks
from common.grafiek.svg import GROOT, JAARBREEDTE, KLEIN, Doek, tekening
from common.tekst.periode import Kwartaal, kwartalen
from config.omgeving import BASE_DIR
from scripts.wanden.boom import APPS, bestanden_in_git
from tests.boom import lees


def _reeks(begin: Kwartaal, eind: Kwartaal) -> Reeks:
    perioden = tuple(kwartalen(begin, eind))
    waarden = (Decimal(24_270_188),) * len(perioden)
    redenen = ("",) * len(perioden)
    return Reeks("Proef", "€", 0, perioden, Lijn("Waarde", waarden), doel=waarden, redenen=redenen)


def _teksten(svg: str) -> list[tuple[float, str]]:
    return [(float(knoop["x"]), knoop.tekst()) for knoop in lees(svg).alle() if knoop.naam == "text"]


def _jaren(svg: str) -> list[tuple[float, str]]:
    return [(x, tekst) for x, tekst in _teksten(svg) if re.fullmatch(r"\d{4}|’\d\d", tekst)]


@pytest.mark.parametrize("nummer", [1, 2, 3, 4])
@pytest.mark.parametrize("doek", [GROOT, KLEIN])
def test_jaren_onder_een_grafiek_raken_elkaar_niet(nummer: int, doek: Doek) -> None:
    jaren = _jaren(tekening(_reeks(Kwartaal(2024, nummer), Kwartaal(2026, 3)), "Proef", doek))
    afstanden = [later - eerder for (eerder, _), (later, _) in itertools.pairwise(jaren)]
    assert jaren[-1][1][-2:] == "26"
    assert min(afstanden) >= JAARBREEDTE


def test_een_los_jaar_staat_er_altijd() -> None:
    assert [jaar for _, jaar in _jaren(tekening(_reeks(Kwartaal(2025, 4), Kwartaal(2025, 4)), "Proef", KLEIN))] == [
        "2025"
    ]


def test_het_doel_in_miljoenen_past_naast_een_kleine_grafiek() -> None:
    svg = tekening(_reeks(Kwartaal(2026, 1), Kwartaal(2026, 3)), "Proef", KLEIN)
    [plek] = [x for x, tekst in _teksten(svg) if tekst == "doel 24,3 mln"]
    assert KLEIN.breed - plek >= 6.5 * len("doel 24,3 mln")


@pytest.mark.parametrize("doek", [GROOT, KLEIN])
def test_een_waarde_op_het_doel_bovenaan_staat_niet_buiten_de_tekening(doek: Doek) -> None:
    perioden = tuple(kwartalen(Kwartaal(2026, 1), Kwartaal(2026, 3)))
    waarden = tuple(map(Decimal, (10, 15, 20)))
    svg = tekening(Reeks("Proef", "", 0, perioden, Lijn("Waarde", waarden), doel=waarden[-1:] * 3), "Proef", doek)
    naast = str(doek.breed - doek.rechts + 6)
    plekken = [float(knoop["y"]) for knoop in lees(svg).alle() if knoop.naam == "text" and knoop["x"] == naast]
    assert len(plekken) == 2
    assert min(plekken) >= 8
    assert max(plekken) - min(plekken) >= 15


def test_geen_ander_bestand_schrijft_zelf_een_onderdeel_van_een_tekening() -> None:
    onderdeel = re.compile(r"</?(svg|path|circle|rect|line|polyline|polygon|g|text)[\s/>]")
    alle = [pad for pad in bestanden_in_git(BASE_DIR) if pad.suffix in {".py", ".html"}]
    eigen = [pad for pad in alle if pad.relative_to(BASE_DIR).parts[0] in {*APPS, "templates"}]
    schrijvers = {str(pad.relative_to(BASE_DIR)) for pad in eigen if onderdeel.search(pad.read_text(encoding="utf-8"))}
    assert schrijvers == set()
    assert BASE_DIR / "common/grafiek/svg.py" in eigen
