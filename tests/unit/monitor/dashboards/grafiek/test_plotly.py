"""The figure for the browser: the same numbers and words as the drawing and the table, and nothing plotly refuses."""

from __future__ import annotations

import json
from decimal import Decimal
from html import unescape

import plotly.graph_objects as go
import pytest

from common.grafiek.beeld import Beeld, Punt, Rol, Spoor, Vorm, merk
from common.grafiek.schaal import tekenvolgorde
from common.grafiek.svg import GROOT, HOOG, teken
from config.omgeving import BASE_DIR
from monitor.dashboards.grafiek.controle import Tekenfout, keur_figuur
from monitor.dashboards.grafiek.plotly import teken_figuur
from monitor.dashboards.grafiek.sjabloon import SYMBOOL
from tests.boom import lees
from tests.unit.common.grafiek import beelden
from tests.unit.common.grafiek.beelden import LASTIG, LEEG, SOORTEN

ALLE = (*SOORTEN, *LASTIG)
elk = pytest.mark.parametrize("beeld", ALLE, ids=lambda b: b.naam[:20])


def _figuur(beeld: Beeld) -> dict:
    return dict(json.loads(teken_figuur(beeld)))


def _zegt(figuur: dict) -> list[str]:
    """What one can read at the points that are drawn."""
    return [
        unescape(tekst)
        for spoor in figuur["data"]
        for x, y, tekst in zip(spoor["x"], spoor["y"], spoor.get("customdata", [""] * len(spoor["x"])), strict=True)
        if tekst and None not in (x, y)
    ]


@elk
def test_tekening_figuur_en_tabel_zeggen_hetzelfde(beeld: Beeld) -> None:
    gezegd = _zegt(_figuur(beeld))
    assert gezegd == [cel for rij in beeld.rijen for cel in rij]
    titels = [k.tekst() for k in lees(teken(beeld, HOOG if beeld.liggend else GROOT)).alle() if k.naam == "title"]
    lijnen = {p.tekst for s in beeld.sporen if s.vorm is Vorm.LIJN for p in s.punten}
    assert [" ".join(t.split()) for t in gezegd if t not in lijnen] == [
        t for t in titels if t in {" ".join(g.split()) for g in gezegd}
    ]


@elk
def test_elk_getal_van_de_figuur_is_dat_van_het_beeld(beeld: Beeld) -> None:
    """Worked out here again, from the figure back to the exact number: no digit is lost."""
    sporen = [spoor for spoor in _figuur(beeld)["data"] if not spoor["meta"].get("steel")]
    for bedoeld, spoor in zip(tekenvolgorde(beeld), sporen, strict=True):
        if bedoeld.vorm is Vorm.VLAK:
            continue
        for punt, x, y, basis in zip(
            bedoeld.punten, spoor["x"], spoor["y"], spoor.get("base", [0] * len(spoor["x"])), strict=True
        ):
            if None in (punt.x, punt.y):
                assert None in (x, y)
                continue
            bij = (basis, 0) if beeld.liggend else (0, basis)
            assert (float(punt.x), float(punt.y)) == pytest.approx((x + bij[0], y + bij[1]), rel=1e-15)


@elk
def test_plotly_neemt_elke_figuur_aan_en_zij_is_klein(beeld: Beeld) -> None:
    figuur = _figuur(beeld)
    go.Figure(data=figuur["data"], layout=figuur["layout"])
    assert figuur["merk"] == merk(beeld)
    assert {spoor["type"] for spoor in figuur["data"]} <= {"scatter", "bar"}
    assert len(figuur["layout"]["annotations"] if beeld.woorden else []) == len(
        figuur["layout"]["meta"].get("kort", []) if beeld.woorden else []
    )


@elk
def test_elke_kleur_is_de_naam_van_een_token(beeld: Beeld) -> None:
    tokens = (BASE_DIR / "static/common/tokens.css").read_text(encoding="utf-8")

    def _loop(deel: object, naam: str = "") -> None:
        if isinstance(deel, dict):
            for sleutel, waarde in deel.items():
                _loop(waarde, sleutel)
        elif isinstance(deel, list):
            for waarde in deel:
                _loop(waarde, naam)
        elif "color" in naam and deel != "rgba(0,0,0,0)":
            assert f"  --{str(deel).removeprefix('var(--').removesuffix(')')}:" in tokens

    _loop(_figuur(beeld))


def test_een_zwevend_punt_heeft_een_eigen_symbool_en_een_open_is_open() -> None:
    [_, teams] = _figuur(beelden.MARGES)["data"]
    assert teams["marker"]["symbol"] == [SYMBOOL[merk_] for merk_ in beelden.MERKEN[1:6]]
    assert teams["meta"]["adres"] == [f"/t/{n}/" for n in range(5)]
    assert (teams["error_x"]["array"], teams["error_x"]["arrayminus"]) == ([2, 3, 4, 5, 6], [3] * 5)
    open_ = next(spoor for spoor in _figuur(beelden.JAAR)["data"] if spoor["meta"]["rol"] == "hoofd")
    assert set(open_["marker"]["symbol"]) == {"circle-open"}


def test_namen_worden_letterlijk_getoond() -> None:
    kwaad = "<b onclick=x>{{7*7}}</b>"
    spoor = beelden.lijn(kwaad, Rol.HOOFD, [1, 2], Vorm.LIJN_MET_PUNTEN)
    tekst = teken_figuur(beelden.beeld("x", beelden.kwartalen(2), beelden.GETAL, spoor))
    assert "<b " not in tekst
    assert "&lt;b onclick=x&gt;" in tekst


def test_zonder_getal_is_er_een_lege_figuur() -> None:
    [spoor] = _figuur(LEEG)["data"]
    assert spoor["y"] == [None] * 4


@pytest.mark.parametrize("bederf", ["getal", "tekst", "spoor", "marge", "basis"])
def test_een_figuur_die_iets_anders_zegt_wordt_geweigerd(bederf: str) -> None:
    beeld = beelden.GESTAPELD if bederf == "basis" else beelden.MARGES
    figuur = _figuur(beeld)
    keur_figuur(beeld, figuur)
    teams = figuur["data"][1]
    if bederf == "getal":
        teams["x"][2] += 1
    elif bederf == "tekst":
        teams["customdata"][0] = "iets anders"
    elif bederf == "marge":
        teams["error_x"]["array"][4] = 0
    elif bederf == "basis":
        teams["base"][3] -= 1
    else:
        figuur["data"].append(teams)
    with pytest.raises(Tekenfout):
        keur_figuur(beeld, figuur)


def test_een_vorm_die_niemand_kent_wordt_geweigerd() -> None:
    spoor = Spoor("a", Rol.HOOFD, Vorm.PUNTEN, (Punt(1, Decimal(1), merk="hart"),))
    with pytest.raises(KeyError):
        teken_figuur(beelden.beeld("x", beelden.GETAL, beelden.GETAL, spoor))
