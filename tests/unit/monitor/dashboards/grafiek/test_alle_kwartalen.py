"""Every quarter with its limits: what is drawn, what begins where, and that the table says the same."""

from __future__ import annotations

from decimal import Decimal as D
from types import SimpleNamespace
from typing import Any

import pytest

from common.grafiek.beeld import Beeld, Rol, Vorm
from common.tekst.periode import Kwartaal
from monitor.dashboards.grafiek.alle_kwartalen import build_alle_kwartalen, heeft_alle_kwartalen
from tests.unit.monitor.dashboards.grafiek.cijferreeks import (
    jaardoel,
    rijen_van,
    soort_indicator,
    tot_en_met,
    verloop_van,
)
from tests.unit.monitor.dashboards.grafiek.keuring import keur
from tests.unit.monitor.dashboards.grafiek.soorten import soorten

SOORTEN = soorten()


def beeld_van(naam: str, wissels: Any = (), besluiten: Any = ()) -> Beeld:
    i, rijen = SOORTEN[naam]
    return build_alle_kwartalen(i, tot_en_met(rijen), verloop_van(i, rijen, besluiten=besluiten), wissels)


@pytest.mark.parametrize("naam", SOORTEN)
def test_wat_getekend_is_staat_in_de_tabel_en_andersom(naam: str) -> None:
    keur(beeld_van(naam))


@pytest.mark.parametrize("naam", [naam for naam in SOORTEN if heeft_alle_kwartalen(SOORTEN[naam][0])])
def test_een_kwartaal_zonder_waarde_heeft_geen_punt(naam: str) -> None:
    i, rijen = SOORTEN[naam]
    verloop = verloop_van(i, rijen)
    hoofd = [spoor for spoor in beeld_van(naam).sporen if spoor.rol is Rol.HOOFD]
    assert [p.y is None for spoor in hoofd for p in spoor.punten] == [w is None for w in verloop.waarden]


def test_nieuwe_grenzen_beginnen_met_hun_reden_en_breken_het_vlak() -> None:
    besluit = SimpleNamespace(begin=Kwartaal(2024, 1), reden="nieuwe wijze van tellen")
    beeld = beeld_van("klein", [(Kwartaal(2023, 1), "agenda 2023-2026")], [besluit])
    assert [(g.x, g.tekst) for g in beeld.gebeurtenissen] == [
        (D("7.5"), "agenda 2023-2026"),
        (D("11.5"), "nieuwe grenzen: nieuwe wijze van tellen"),
    ]
    assert len([spoor for spoor in beeld.sporen if spoor.vorm is Vorm.VLAK]) == 2
    assert "vanaf hier nieuwe grenzen: nieuwe wijze van tellen" in beeld.rijen[12][-1]


def test_een_signaal_heeft_zijn_vorm_en_zijn_woorden() -> None:
    i = soort_indicator()
    reeks = dict.fromkeys(range(2021, 2026), (10, 11, 9, 10)) | {2026: (10, 9, 40)}
    rijen = rijen_van(i, reeks, [jaardoel(2026)])
    beeld = build_alle_kwartalen(i, tot_en_met(rijen), verloop_van(i, rijen))
    punt = beeld.sporen[-1].punten[-1]
    assert (punt.merk, punt.tekst) == ("ruit", "Q3 2026: 40 verdachten; een waarde buiten de grenzen")
    assert beeld.rijen[-1][-1] == "een waarde buiten de grenzen"
    assert "Ruit: een waarde buiten de grenzen." in beeld.uitleg
    assert beeld.zoombaar


def test_een_doel_dat_in_het_jaar_wijzigt_is_te_zien() -> None:
    assert [g.tekst for g in beeld_van("doel gewijzigd").gebeurtenissen] == ["doel van 30 naar 40 verdachten"]


def test_de_norm_van_een_kwartaal_is_zijn_deel_van_het_jaardoel() -> None:
    normen = {punt.y for spoor in beeld_van("klein").sporen if spoor.rol is Rol.NORM for punt in spoor.punten}
    assert normen == {D("7.5")}


def test_veertig_jaar_past() -> None:
    i = soort_indicator()
    rijen = rijen_van(i, dict.fromkeys(range(1986, 2026), (9, 10, 11, 10)))
    keur(build_alle_kwartalen(i, rijen, verloop_van(i, rijen)))
