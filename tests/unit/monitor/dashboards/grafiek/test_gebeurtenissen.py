"""What happened stands in the drawing, in the figure for the browser and in the table, and nowhere twice."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal as D
from html import unescape
from itertools import combinations
from typing import Any

import pytest

from common.grafiek.beeld import Beeld, merk, naar_json, van_json
from common.grafiek.schaal import REGEL, breedte
from common.grafiek.svg import GROOT, KLEIN, VONK, teken
from common.grafiek.tijdlijn import Voorval
from common.grafiek.vel import Vel
from monitor.dashboards.grafiek.alle_kwartalen import build_alle_kwartalen
from monitor.dashboards.grafiek.controle import Tekenfout, keur_figuur
from monitor.dashboards.grafiek.dit_jaar import build_dit_jaar
from monitor.dashboards.grafiek.plotly import teken_figuur
from tests.boom import lees
from tests.unit.monitor.dashboards.grafiek.cijferreeks import NU, tot_en_met, verloop_van
from tests.unit.monitor.dashboards.grafiek.keuring import keur
from tests.unit.monitor.dashboards.grafiek.soorten import soorten

SOORTEN = soorten()
GEBEURD = (
    Voorval(date(2024, 3, 1), "Nieuwe vragenlijst", "Telling gewijzigd"),
    Voorval(date(2026, 8, 10), "Meldkamer meet & telt <anders>", "Telling gewijzigd"),
    Voorval(date(2026, 7, 15), "Tunnel dicht", "Anders", date(2026, 8, 30)),
    Voorval(date(1999, 1, 1), "Lang geleden", "Anders"),
    Voorval(date(2029, 1, 1), "Nog lang niet", "Anders"),
)
elk = pytest.mark.parametrize("naam", SOORTEN)


def _beelden(naam: str, gebeurd: tuple[Voorval, ...] = GEBEURD) -> list[Beeld]:
    i, rijen = SOORTEN[naam]
    verloop = verloop_van(i, rijen)
    return [
        build_alle_kwartalen(i, tot_en_met(rijen), verloop, (), gebeurd),
        build_dit_jaar(i, tot_en_met(rijen), NU, verloop, (), gebeurd),
    ]


def _genummerd(beeld: Beeld) -> list[str]:
    return [g.tekst for g in beeld.gebeurtenissen if g.kort]


@elk
def test_tekening_figuur_en_tabel_noemen_dezelfde_gebeurtenissen(naam: str) -> None:
    for beeld in _beelden(naam):
        if beeld.leeg:
            continue
        keur(beeld)
        genoemd = _genummerd(beeld)
        titels = [tekst.partition(" ")[2] for tekst in genoemd]
        svg = [k.tekst() for k in lees(teken(beeld, GROOT)).alle() if k.naam == "title"]
        assert [t for t in svg if t in genoemd][: len(genoemd)] == genoemd
        figuur: dict[str, Any] = json.loads(teken_figuur(beeld))
        assert [s["x0"] for s in figuur["layout"].get("shapes", ())] == [float(g.x) for g in beeld.gebeurtenissen]
        erbij = [a for a in figuur["layout"]["annotations"] if a["name"] == "gebeurtenis"]
        kort = [unescape(a["text"]).split(" ")[0] for a in erbij]
        assert [g.kort for g in beeld.gebeurtenissen if g.kort] == [k for k in kort if k.isdigit()]
        assert [noot.partition(": ")[2].rpartition(" (")[0] for noot in beeld.noten] == titels
        in_tabel = " ".join(cel for rij in beeld.rijen for cel in rij)
        assert all(f"{noot.partition('. ')[2].rpartition(' (')[0]}" in in_tabel for noot in beeld.noten)


@elk
def test_alleen_wat_op_de_as_ligt_en_dit_jaar_alleen_van_dit_jaar(naam: str) -> None:
    alle, jaar = (" ".join(beeld.noten) for beeld in _beelden(naam))
    assert "Lang geleden" not in alle + jaar
    assert "Nog lang niet" not in alle + jaar
    if "Q" in "".join(_beelden(naam)[1].x.labels):
        assert "Nieuwe vragenlijst" not in jaar
        assert "Tunnel dicht" in jaar


@elk
def test_zonder_gebeurtenis_verandert_er_niets(naam: str) -> None:
    i, rijen = SOORTEN[naam]
    verloop = verloop_van(i, rijen)
    zonder = [build_alle_kwartalen(i, tot_en_met(rijen), verloop), build_dit_jaar(i, tot_en_met(rijen), NU, verloop)]
    assert [naar_json(b) for b in _beelden(naam, ())] == [naar_json(b) for b in zonder]
    assert not [b for b in zonder if '"noten"' in naar_json(b)]


def test_met_een_gebeurtenis_meer_is_het_een_andere_tekening() -> None:
    zonder, met = _beelden("klein", ())[0], _beelden("klein")[0]
    assert merk(zonder) != merk(met)
    assert van_json(naar_json(met)) == met


@pytest.mark.parametrize("hoeveel", [1, 3, 6, 9])
@pytest.mark.parametrize("doek", [GROOT, KLEIN])
def test_veel_in_een_kwartaal_staat_niet_over_elkaar(hoeveel: int, doek: Any) -> None:
    """What has no room for its words has its number; every one of them is in the list below."""
    dagen = [date(2026, 8, 1 + n) for n in range(hoeveel)]
    druk = tuple(Voorval(dag, f"Een lange naam voor een gebeurtenis {n}", "Anders") for n, dag in enumerate(dagen))
    beeld = _beelden("klein", druk)[0]
    assert len(beeld.noten) == hoeveel
    rijen = Vel(beeld, doek).rijen_boven
    vakken = [(r.rij, r.begin, r.begin + breedte(r.regels[0])) for r in rijen]
    assert not [(a, b) for a, b in combinations(vakken, 2) if a[0] == b[0] and a[1] < b[2] and b[1] < a[2]]
    assert [r for r in rijen if r.gebeurtenis.kort]
    assert max(r.rij for r in rijen) < 8
    assert doek is GROOT or {r.regels for r in rijen} <= {(str(n),) for n in range(1, 10)}


@elk
def test_een_waarde_staat_niet_over_een_streep_of_tussen_de_namen(naam: str) -> None:
    for beeld in _beelden(naam):
        vel = Vel(beeld, GROOT)
        strepen = [vel.x(g.x) for g in beeld.gebeurtenissen]
        for _, regels, (x, y) in [] if beeld.leeg else vel.woorden_erin():
            assert not [s for s in strepen if x < s < x + max(map(breedte, regels))]
            assert not vel.rijen_boven or y - REGEL * len(regels) / 2 >= vel.boven - 12


def test_een_figuur_met_een_gebeurtenis_minder_wordt_niet_bewaard() -> None:
    beeld = _beelden("klein")[0]
    figuur = json.loads(teken_figuur(beeld))
    keur_figuur(beeld, figuur)
    figuur["layout"]["shapes"].pop()
    with pytest.raises(Tekenfout, match="gebeurtenissen"):
        keur_figuur(beeld, figuur)


def test_een_vonk_heeft_geen_gebeurtenissen() -> None:
    assert teken(_beelden("klein")[1], VONK) == teken(_beelden("klein", ())[1], VONK)


def test_wie_typt_maakt_geen_opmaak() -> None:
    beeld = _beelden("klein")[0]
    assert "<anders>" not in teken(beeld, GROOT)
    assert "<anders>" not in teken_figuur(beeld)
    assert D("0") <= min(g.x for g in beeld.gebeurtenissen)
