"""This year over the earlier ones: the chart and its table say the same, and neither contradicts the verdict."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.grafiek.beeld import Beeld, Rol, Vorm
from common.tekst.periode import Kwartaal
from monitor.dashboards.grafiek.dit_jaar import build_dit_jaar
from monitor.rekenen.cijfers import leid_cijfers_af
from tests.unit.monitor.dashboards.grafiek.cijferreeks import (
    NU,
    jaardoel,
    rijen_van,
    soort_indicator,
    tot_en_met,
    verloop_van,
)
from tests.unit.monitor.dashboards.grafiek.keuring import keur
from tests.unit.monitor.dashboards.grafiek.soorten import PRIO, VIER, soorten

SOORTEN = soorten()


def beeld_van(naam: str, kwartaal: Kwartaal = NU) -> Beeld:
    i, rijen = SOORTEN[naam]
    return teken(i, rijen, kwartaal)


def teken(i: Any, rijen: list[Any], kwartaal: Kwartaal = NU) -> Beeld:
    return build_dit_jaar(i, tot_en_met(rijen, kwartaal), kwartaal, verloop_van(i, rijen, kwartaal))


def van_rol(beeld: Beeld, rol: Rol) -> list[Any]:
    return [spoor for spoor in beeld.sporen if spoor.rol is rol]


def waarden(beeld: Beeld, rol: Rol) -> list[list[Any]]:
    return [[punt.y for punt in spoor.punten] for spoor in van_rol(beeld, rol)]


@pytest.mark.parametrize("naam", SOORTEN)
@pytest.mark.parametrize("nummer", [1, 2, 3, 4])
def test_wat_getekend_is_staat_in_de_tabel_en_andersom(naam: str, nummer: int) -> None:
    keur(beeld_van(naam, Kwartaal(2026, nummer)))


def test_het_beslag_van_dit_jaar() -> None:
    beeld = beeld_van("beslag")
    assert beeld.titel == "Zonder een uitzonderlijk vierde kwartaal wordt het doel van € 24,3 mln niet gehaald."
    assert beeld.uitleg.startswith(
        "Nog € 10,8 mln nodig in Q4; het beste vierde kwartaal sinds 2021 was € 8,8 mln (2024)."
    )
    assert waarden(beeld, Rol.HOOFD) == [[4_800_000, 9_400_000, 13_512_345]]
    assert [punt.open for punt in van_rol(beeld, Rol.HOOFD)[0].punten] == [False, False, True]
    assert beeld.sporen[-1].punten[-1].tekst == "Q3 2026: € 13.512.345 (voorlopig)"
    assert {spoor.naam for spoor in van_rol(beeld, Rol.EERDER)} == {"2021-2025"}
    assert len(van_rol(beeld, Rol.EERDER)) == 5
    assert [punt.x for punt in van_rol(beeld, Rol.DOEL)[0].punten] == [D("2.55"), D("3.45")]
    vlak, lijn = van_rol(beeld, Rol.VERWACHTING)
    assert vlak.vorm is Vorm.VLAK
    assert [punt.x for punt in lijn.punten] == [2, 3]
    assert lijn.punten[0].y == 13_512_345
    assert vlak.punten[-1].van < lijn.punten[-1].y < vlak.punten[-1].tot < 24_270_188
    assert {w.tekst for w in beeld.woorden} >= {
        "2026: € 13,5 mln (voorlopig)",
        "doel € 24,3 mln",
        "nog € 10,8 mln nodig",
    }
    assert beeld.y.vanaf_nul


def test_een_gat_blijft_een_gat_en_de_stand_erna_zegt_wat_ontbreekt() -> None:
    beeld = beeld_van("gat")
    assert waarden(beeld, Rol.HOOFD) == [[9, None, 17]]
    assert [rij[-1] for rij in beeld.rijen] == ["", "geen meting", "zonder Q2", ""]
    assert not van_rol(beeld, Rol.VERWACHTING)


def test_zonder_cijfer_dit_jaar_staan_de_eerdere_jaren_er_nog() -> None:
    beeld = beeld_van("niets dit jaar")
    assert not van_rol(beeld, Rol.HOOFD)
    assert van_rol(beeld, Rol.EERDER)
    assert "geen waarde geleverd" in beeld.titel


def test_een_niveau_staat_naast_zijn_doel_en_begint_niet_op_nul() -> None:
    beeld = beeld_van("minimum")
    assert not beeld.y.vanaf_nul
    assert [punt.y for punt in van_rol(beeld, Rol.DOEL)[0].punten] == [82, 82]
    assert [punt.x for punt in van_rol(beeld, Rol.DOEL)[0].punten] == [D("-0.45"), D("3.45")]
    assert beeld.titel == "2026 t/m Q3 ligt met 81,6% onder het doel: 82%."
    assert not van_rol(beeld, Rol.NORM) + van_rol(beeld, Rol.VERWACHTING)


def test_een_doel_dat_vervangen_is_staat_er_nog_bij() -> None:
    beeld = beeld_van("doel gewijzigd")
    assert [punt.y for punt in van_rol(beeld, Rol.OUD_DOEL)[0].punten] == [30, 30]
    assert "Doel tot 01-05-2026" in beeld.koppen


def test_een_enquete_heeft_haar_metingen_op_de_as_met_hun_foutmarge() -> None:
    beeld = beeld_van("enquete")
    assert beeld.x.labels == ("2021", "2023", "2025")
    assert next((p.van, p.tot) for p in van_rol(beeld, Rol.HOOFD)[0].punten) == (D("47.4"), D("51.2"))
    assert beeld.titel == "De meting van 2025 is niet te onderscheiden van die van 2023."


def test_een_afgesloten_jaar_verwacht_niets_en_zegt_wat_het_werd() -> None:
    beeld = beeld_van("klein", Kwartaal(2025, 4))
    assert not van_rol(beeld, Rol.VERWACHTING)
    assert beeld.titel == "2025 ligt met 30 verdachten precies op het doel: 30 verdachten."
    assert {spoor.naam for spoor in van_rol(beeld, Rol.HOOFD)} == {"2025"}


def test_een_plafond_zegt_hoeveel_er_nog_bij_mag() -> None:
    assert "Er mogen dit jaar nog 17 verdachten bij komen." in beeld_van("plafond").uitleg


def test_zonder_rijen_is_het_beeld_leeg_en_zegt_het_dat() -> None:
    beeld = beeld_van("leeg")
    assert beeld.leeg
    assert beeld.titel == "Er zijn nog geen cijfers."


def test_een_andere_agenda_staat_erbij_waar_die_begint() -> None:
    i, rijen = SOORTEN["klein"]
    beeld = build_dit_jaar(i, tot_en_met(rijen), NU, None, [(Kwartaal(2023, 1), "agenda 2023-2026")])
    assert "Vanaf Q1 2023: agenda 2023-2026." in beeld.uitleg


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=12, max_size=12), st.integers(1, 200), st.integers(1, 3))
def test_het_doel_ligt_nooit_in_wat_ernaast_als_buiten_wordt_genoemd(reeks: list[int], doel: int, tot: int) -> None:
    jaren = {j: tuple(reeks[4 * n : 4 * n + 4]) for n, j in enumerate((2023, 2024, 2025))} | {2026: tuple(reeks[:tot])}
    i = soort_indicator()
    beeld = teken(i, rijen_van(i, jaren, [jaardoel(2026, waarde=doel)]), Kwartaal(2026, tot))
    keur(beeld)
    waaier = [spoor for spoor in van_rol(beeld, Rol.VERWACHTING) if spoor.vorm is Vorm.VLAK]
    if waaier and ("Zonder" in beeld.titel or "vrijwel zeker" in beeld.titel):
        eind = waaier[0].punten[-1]
        assert not eind.van < doel < eind.tot


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**5), st.decimals(0, 100, places=4))
def test_een_afgerond_woord_ligt_aan_de_kant_van_het_oordeel(teller: int, doel: D) -> None:
    rijen = rijen_van(PRIO, {2025: VIER[2025], 2026: ((teller, 10**5),)}, [jaardoel(2026, "minimum", doel)])
    rijen = [rij for rij in rijen if rij.jaar == 2026]
    beeld = teken(PRIO, rijen, Kwartaal(2026, 1))
    waarde = leid_cijfers_af(rijen[0], PRIO, rijen[0].doelstelling).cumulatief
    kant = "boven" if waarde > doel else "onder" if waarde < doel else "precies op"
    assert f" {kant} het doel" in beeld.titel
    keur(beeld)
